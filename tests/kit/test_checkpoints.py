"""What a node signed of its journal is held against what was received of it, and against what it signed before."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from yifa.journal.v1 import checkpoint_pb2 as pb
from yifa.journal.v1.events_pb2 import CheckpointMade, CheckpointsWitnessed
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.arrival import read_event
from services.kit.checkpoint.keeping import sign_own, witness
from services.kit.checkpoint.origin import origin_of, signatures_of, witness_of
from services.kit.checkpoint.witness import MOST_WAITING
from services.kit.note import Checkpoint, cosign, parse, sign
from services.kit.reader import Delivery
from services.kit.signing import Signer
from services.kit.tree import Growing
from tests.kit.signing import Keys, signing_office
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at, new_case

WHEN = "2026-03-02 10:00"
ORIGIN = origin_of(CITY, ENVIRONMENT, "enforcement")


@pytest.fixture
async def signing(tmp_path: Path) -> AsyncIterator[tuple[Office, Keys]]:
    async with signing_office(tmp_path) as both:
        yield both


@dataclass
class Department:
    """The department's journal as its node signs it."""

    office: Office
    hashes: list[bytes] = field(default_factory=list)

    @property
    def signer(self) -> Signer:
        return self.office.signers[ENVIRONMENT]

    async def tells(self, *case_ids: str, heard: bool = True) -> None:
        for case_id in case_ids:
            await self.send(self.office.told(new_case(case_id), "CaseFiled", WHEN), heard)

    async def send(self, delivery: Delivery, heard: bool = True) -> Delivery:
        self.hashes.append(read_event(delivery, "law.>").hash)
        if heard:
            await self.office.take(delivery)
        return delivery

    async def signs(
        self, from_size: int, hashes: list[bytes] | None = None, by: Signer | None = None
    ) -> Checkpoint:
        """It signs its journal up to here, or another one in its place, and the city looks at it."""
        whole = self.hashes if hashes is None else hashes
        checkpoint = Checkpoint(ORIGIN, len(whole), Growing().extended(whole).root())
        note = sign(checkpoint, (by or self.signer).key).text
        leaves = b"".join(whole[from_size:])
        made = CheckpointMade(origin=ORIGIN, from_size=from_size, size=len(whole), leaves=leaves, note=note)
        journal = self.office.journal(ENVIRONMENT, "enforcement")
        await self.send(journal.entry(made, at(WHEN), ORIGIN, "all"))
        await witness(self.office.running)
        return checkpoint

    def states(self) -> list[tuple[int, str, str]]:
        """What the city thinks of the checkpoints: size, state and why."""
        table = self.office.running.kit.checkpoint
        rows = self.office.running.rows(
            select(table).where(table.c.origin == ORIGIN).order_by(table.c.at, table.c.size)
        )
        return [(row.size, row.state, row.why) for row in rows]

    def found(self) -> list[str]:
        return [supervision.ChainFault.Name(e.fault) for e in self.office.emitted(supervision.ChainBroken)]


async def test_what_was_received_is_countersigned(signing: tuple[Office, Keys]) -> None:
    office, _ = signing
    d = Department(office)
    await d.tells("C-1", "C-2", "C-3")

    await d.signs(0)
    await d.tells("C-4")
    await d.signs(3)

    assert [s[:2] for s in d.states()] == [(5, "GOOD")], "the one before says nothing more"
    told = office.emitted(CheckpointsWitnessed)
    assert [[(c.origin, c.size) for c in e.cosignatures] for e in told] == [[(ORIGIN, 3)], [(ORIGIN, 5)]]
    assert office.addressees(CheckpointsWitnessed) == {"all"}
    [row] = office.running.rows(select(office.running.kit.checkpoint))
    found = signatures_of(parse(row.note), office.running.around.directory.all)
    assert found.by_its_node and set(found.witnesses) == {CITY} and not found.wrong
    await witness(office.running)
    assert len(office.emitted(CheckpointsWitnessed)) == 2, "once each"
    assert d.found() == []


@pytest.mark.parametrize("changed", [0, 1, 2])
async def test_a_journal_that_was_rebuilt_is_refused(signing: tuple[Office, Keys], changed: int) -> None:
    """An old entry was changed and every hash after it made anew: what it signs is not what the city received."""
    office, _ = signing
    d = Department(office)
    await d.tells("C-1", "C-2", "C-3")
    rebuilt = d.hashes[:changed] + [bytes([n]) * 32 for n in range(changed, 3)]

    await d.signs(0, rebuilt)

    [(_, state, why)] = d.states()
    assert (state, why) == ("REFUSED", f"entry {changed + 1} is not the one that was received")
    assert d.found() == ["CHAIN_FAULT_REWRITTEN"] and not office.emitted(CheckpointsWitnessed)
    [warning] = await office.warnings(rule_id="CHAIN")
    assert warning.node == ENVIRONMENT and why in warning.detail_en and "改写" in warning.detail_zh


async def test_what_was_signed_once_stays_at_the_beginning(signing: tuple[Office, Keys]) -> None:
    """A head whose hashes since are right, over another beginning than was signed before."""
    office, _ = signing
    d = Department(office)
    await d.tells("C-1", "C-2")
    await d.signs(0)
    await d.tells("C-3")

    await d.signs(2, [b"?" * 32, *d.hashes[1:]])

    assert [s[1:] for s in d.states()][1:] == [("REFUSED", "it does not go on from the checkpoint before it")]
    assert d.found() == ["CHAIN_FAULT_REWRITTEN"]


async def test_a_journal_that_begins_anew_is_refused(signing: tuple[Office, Keys]) -> None:
    """As of a database that was set back, also where nothing in it was changed."""
    office, _ = signing
    d = Department(office)
    await d.tells("C-1", "C-2", "C-3")
    await d.signs(0)

    await d.signs(1, [*d.hashes[:2], b"?" * 32, b"?" * 32])

    [_, (_, state, why)] = d.states()
    assert state == "REFUSED" and "begins anew after 1, and 3 entries were signed before" in why


async def test_another_key_signs_for_no_journal(signing: tuple[Office, Keys]) -> None:
    office, _ = signing
    d = Department(office)
    await d.tells("C-1")

    await d.signs(0, by=office.signers[URBAN])

    assert [s[1:] for s in d.states()] == [("REFUSED", "its node did not sign it")]


async def test_it_waits_for_what_is_missing_and_goes_on_then(signing: tuple[Office, Keys]) -> None:
    """An entry that comes late, and a head that comes late."""
    office, _ = signing
    d = Department(office)
    await d.tells("C-1")
    late = await d.send(office.told(new_case("C-2"), "CaseFiled", WHEN), heard=False)
    await d.signs(0)
    assert [s[1] for s in d.states()] == ["WAITS"]
    await d.signs(2)
    assert [s[1] for s in d.states()] == ["WAITS", "WAITS"]

    await office.take(late)
    await witness(office.running)

    assert {s[1] for s in d.states()} == {"GOOD"}
    assert "CHAIN_FAULT_REWRITTEN" not in d.found()


async def test_who_lacks_one_head_lets_no_number_of_others_pile_up(signing: tuple[Office, Keys]) -> None:
    office, _ = signing
    d = Department(office)
    await d.tells("C-1")

    for n in range(MOST_WAITING + 3):
        hashes = [bytes([n % 256, n // 256]) * 16] * 6
        checkpoint = Checkpoint(ORIGIN, 6, Growing().extended(hashes).root())
        made = CheckpointMade(
            origin=ORIGIN, from_size=5, size=6, leaves=hashes[5], note=sign(checkpoint, d.signer.key).text
        )
        await office.take(office.journal(ENVIRONMENT, "enforcement").entry(made, at(WHEN), ORIGIN, "all"))

    assert len(d.states()) == MOST_WAITING and office.running.parked() == 3


@pytest.mark.parametrize(
    "change",
    [
        {"origin": origin_of(CITY, URBAN, "enforcement")},
        {"origin": origin_of(CITY, ENVIRONMENT, "registry")},
        {"size": 2},
        {"from_size": -1},
        {"leaves": b"x" * 31},
        {"leaves": b""},
        {"note": ""},
        {"note": "yifa/city/huanbao/enforcement\n1\n\n"},
    ],
)
async def test_what_is_no_head_of_its_journal_is_parked(
    signing: tuple[Office, Keys], change: dict[str, Any]
) -> None:
    office, _ = signing
    d = Department(office)
    checkpoint = Checkpoint(ORIGIN, 1, Growing().extended([bytes(32)]).root())
    said = {
        "origin": ORIGIN,
        "from_size": 0,
        "size": 1,
        "leaves": bytes(32),
        "note": sign(checkpoint, d.signer.key).text,
    }

    await d.send(
        office.journal(ENVIRONMENT, "enforcement").entry(
            CheckpointMade(**{**said, **change}), at(WHEN), ORIGIN, "all"
        )
    )

    assert office.running.parked() == 1 and d.states() == []
    await d.tells("C-9")
    assert (await office.case("C-9")).case.case_id == "C-9"


@pytest.mark.parametrize("by", [URBAN, ENVIRONMENT, "nobody"])
async def test_only_a_witness_itself_countersigns(signing: tuple[Office, Keys], by: str) -> None:
    office, keys = signing
    d = Department(office)
    await d.tells("C-1")
    checkpoint = await d.signs(0)
    signer = keys.stranger("nobody") if by == "nobody" else office.signers[by]
    line = cosign(checkpoint, witness_of(CITY, URBAN), signer.key, 1).line
    told = CheckpointsWitnessed(
        cosignatures=[pb.Cosignature(origin=ORIGIN, size=1, root=checkpoint.root, line=line)]
    )

    await office.take(office.journal(URBAN, "registry").entry(told, at(WHEN), "w", "all"))

    [row] = office.running.rows(select(office.running.kit.checkpoint.c.note))
    found = signatures_of(parse(row.note), office.running.around.directory.all)
    assert set(found.witnesses) == ({CITY, URBAN} if by == URBAN else {CITY})
    assert office.running.parked() == (by != URBAN)


async def test_a_service_does_not_sign_what_was_changed_under_it(signing: tuple[Office, Keys]) -> None:
    """Its own journal, and it says so as a finding."""
    office, _ = signing
    d, running = Department(office), office.running
    await d.tells("C-1")
    await office.take(d.office.told(new_case("C-7"), "CaseClosed", WHEN))
    await d.signs(0, [b"?" * 32])
    await sign_own(running)
    [row] = running.rows(
        select(running.kit.tree).where(running.kit.tree.c.origin == origin_of(CITY, CITY, "supervision"))
    )
    assert row.size and bytes(row.hash) in {e.hash for e in running.entries(0, 1000)}

    with running.engine.begin() as connection:
        connection.execute(
            update(running.kit.tree).where(running.kit.tree.c.origin == row.origin).values(hash=b"?" * 32)
        )
    office.clock("2026-03-03 10:00")
    await d.signs(0, [b"!" * 32])
    before = len(office.emitted(CheckpointMade))
    await sign_own(running)

    assert len(office.emitted(CheckpointMade)) == before
    assert [e.node for e in office.emitted(supervision.ChainBroken)][-1] == CITY
