"""What a node signed of its journal is held against what was received of it, and against what it signed before."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select, update
from yifa.journal.v1 import checkpoint_pb2 as pb
from yifa.journal.v1.events_pb2 import CheckpointMade, CheckpointsWitnessed

from services.kit.checkpoint import witness as witnesses
from services.kit.checkpoint.keeping import sign_own, witness
from services.kit.checkpoint.origin import origin_of, signatures_of, witness_of
from services.kit.note import Checkpoint, cosign, parse, sign
from services.kit.signing import Signer
from services.kit.tree import Growing
from tests.kit.signing import WHEN, Bureau, Keys, bureau, signing_office
from tests.supervision.office import CITY, URBAN, Office, at


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Keys]]:
    async with signing_office(tmp_path_factory.mktemp("checkpoints")) as both:
        yield both


@pytest.fixture
def d(shared: tuple[Office, Keys]) -> Bureau:
    return bureau(*shared)


async def signs(
    d: Bureau, from_size: int, hashes: list[bytes] | None = None, by: Signer | None = None
) -> Checkpoint:
    """It signs its journal up to here, or another one in its place, and the city looks at it."""
    whole = d.hashes if hashes is None else hashes
    checkpoint = Checkpoint(d.origin, len(whole), Growing().extended(whole).root())
    note = sign(checkpoint, (by or d.office.signers[d.node])).text
    await sends(d, from_size=from_size, size=len(whole), leaves=b"".join(whole[from_size:]), note=note)
    await witness(d.office.running)
    return checkpoint


async def sends(d: Bureau, **said: Any) -> None:
    made = CheckpointMade(**{"origin": d.origin, **said})
    await d.send(d.journal.entry(made, at(WHEN), d.origin, "all"))


def kept(d: Bureau) -> Any:
    """The checkpoints that the city keeps of the department's journal."""
    table = d.office.running.kit.checkpoint
    return d.office.running.rows(
        select(table).where(table.c.origin == d.origin).order_by(table.c.at, table.c.size)
    )


def states(d: Bureau) -> list[tuple[str, str]]:
    return [(row.state, row.why) for row in kept(d)]


def countersigned(d: Bureau) -> list[int]:
    """The sizes at which the city countersigned the department's journal."""
    told = d.office.emitted(CheckpointsWitnessed)
    return [c.size for e in told for c in e.cosignatures if c.origin == d.origin]


async def three(d: Bureau) -> None:
    for name in "123":
        await d.tells(name)


async def test_what_was_received_is_countersigned(d: Bureau) -> None:
    await three(d)
    await signs(d, 0)
    await d.tells("4")
    await signs(d, 3)

    assert [(r.size, r.state) for r in kept(d)] == [(5, "GOOD")], "the one before says nothing more"
    assert countersigned(d) == [3, 5] and d.office.addressees(CheckpointsWitnessed) == {"all"}
    found = signatures_of(parse(kept(d)[0].note), d.office.running.around.directory.all)
    assert found.by_its_node and set(found.witnesses) == {CITY} and not found.wrong
    await witness(d.office.running)
    assert countersigned(d) == [3, 5], "once each"
    assert d.found() == []


@pytest.mark.parametrize("changed", [0, 1, 2])
async def test_a_journal_that_was_rebuilt_is_refused(d: Bureau, changed: int) -> None:
    """An old entry was changed and every hash after it made anew: what it signs is not what the city received."""
    await three(d)

    await signs(d, 0, d.hashes[:changed] + [bytes([n]) * 32 for n in range(changed, 3)])

    why = f"entry {changed + 1} is not the one that was received"
    assert states(d) == [("REFUSED", why)]
    assert d.found() == ["REWRITTEN"] and countersigned(d) == []
    [warning] = await d.warned()
    assert why in warning.detail_en and "改写" in warning.detail_zh


async def test_what_was_signed_once_stays_at_the_beginning(d: Bureau) -> None:
    """A head whose hashes since are right, over another beginning than was signed before."""
    await three(d)
    await signs(d, 0)
    await d.tells("4")

    await signs(d, 3, [b"?" * 32, *d.hashes[1:]])

    assert states(d)[1:] == [("REFUSED", "it does not go on from the checkpoint before it")]
    assert d.found() == ["REWRITTEN"]


async def test_a_journal_that_begins_anew_is_refused(d: Bureau) -> None:
    """As of a database that was set back, also where nothing in it was changed."""
    await three(d)
    await signs(d, 0)

    await signs(d, 1, [*d.hashes[:2], b"?" * 32, b"?" * 32])

    [_, (state, why)] = states(d)
    assert state == "REFUSED" and "begins anew after 1, and 3 entries were signed before" in why


async def test_another_key_signs_for_no_journal(d: Bureau) -> None:
    await d.tells("1")

    await signs(d, 0, by=d.office.signers[URBAN])

    assert states(d) == [("REFUSED", "its node did not sign it")]


async def test_it_waits_for_what_is_missing_and_goes_on_then(d: Bureau) -> None:
    """An entry that comes late, and a head that comes before the one it goes on from."""
    await d.tells("1")
    late = await d.send(d.told("2"), heard=False)
    await signs(d, 0)
    assert states(d) == [("WAITS", "")]
    await signs(d, 2)
    assert states(d) == [("WAITS", ""), ("WAITS", "")]

    await d.office.take(late)
    await witness(d.office.running)

    assert {state for state, _ in states(d)} == {"GOOD"} and "REWRITTEN" not in d.found()


async def test_heads_that_wait_do_not_pile_up(d: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnesses, "MOST_WAITING", 3)
    await d.tells("1")

    for n in range(5):
        hashes = [bytes([n]) * 32] * 6
        checkpoint = Checkpoint(d.origin, 6, Growing().extended(hashes).root())
        note = sign(checkpoint, d.office.signers[d.node]).text
        await sends(d, from_size=5, size=6, leaves=hashes[5], note=note)

    assert len(states(d)) == 3 and len(d.why_refused()) == 2


async def test_what_is_no_head_of_its_journal_is_parked(d: Bureau) -> None:
    checkpoint = Checkpoint(d.origin, 1, Growing().extended([bytes(32)]).root())
    good = {
        "from_size": 0,
        "size": 1,
        "leaves": bytes(32),
        "note": sign(checkpoint, d.office.signers[d.node]).text,
    }
    wrong: list[dict[str, Any]] = [
        {"origin": origin_of(CITY, URBAN, "enforcement")},
        {"origin": origin_of(CITY, d.node, "registry")},
        {"size": 2},
        {"from_size": -1},
        {"leaves": b"x" * 31},
        {"leaves": b""},
        {"note": ""},
        {"note": f"{d.origin}\n1\n\n"},
    ]

    for change in wrong:
        await sends(d, **{**good, **change})

    assert len(d.why_refused()) == len(wrong) and states(d) == []
    assert await d.tells("9")


@pytest.mark.parametrize("by", ["witness", "journal", "nobody"])
async def test_only_a_witness_itself_countersigns(d: Bureau, by: str) -> None:
    other = bureau(d.office, d.keys)
    await d.tells("1")
    checkpoint = await signs(d, 0)
    signers = {"witness": d.office.signers[other.node], "journal": d.office.signers[d.node]}
    signer = signers.get(by) or d.keys.stranger("nobody")
    line = cosign(checkpoint, witness_of(CITY, other.node), signer, 1).line
    each = pb.Cosignature(origin=d.origin, size=1, root=checkpoint.root, line=line)

    told = CheckpointsWitnessed(cosignatures=[each])
    await other.send(d.office.journal(other.node, "registry").entry(told, at(WHEN), "w", "all"))

    found = signatures_of(parse(kept(d)[0].note), d.office.running.around.directory.all)
    assert set(found.witnesses) == ({CITY, other.node} if by == "witness" else {CITY})
    assert len(other.why_refused()) == (by != "witness")


async def test_a_service_does_not_sign_what_was_changed_under_it(d: Bureau) -> None:
    """Its own journal, and it says so as a finding."""
    running, tree = d.office.running, d.office.running.kit.tree
    mine = tree.c.origin == origin_of(CITY, CITY, "supervision")
    await d.tells("1")
    await signs(d, 0, [b"?" * 32])
    await sign_own(running)
    [row] = running.rows(select(tree).where(mine))
    assert row.size and bytes(row.hash) in {e.hash for e in running.entries(0, 1000)}

    with running.engine.begin() as connection:
        connection.execute(update(tree).where(mine).values(hash=b"?" * 32))
    other = bureau(d.office, d.keys)
    await other.tells("1")
    await signs(other, 0, [b"?" * 32])
    before = len(d.office.emitted(CheckpointMade))
    await sign_own(running)

    assert len(d.office.emitted(CheckpointMade)) == before
    assert Bureau(d.office, d.keys, CITY).found() == ["REWRITTEN"]
