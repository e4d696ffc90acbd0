"""What a run is judged by, where it is not right: each fault of the outcome is counted. And what is drawn is drawn again."""

from collections import Counter
from pathlib import Path

import pytest

from services.kit.journal import GENESIS, Envelope, seal
from tests.chaos.judge import TOLD, Found, of_journals, of_ledger
from tests.chaos.kinds import KINDS, drawn
from tests.chaos.town import Town
from tests.chaos.writers import Done, Ledger

SAID = "巡查发现七"
DONE = Done("huanbao", "enforcement", "RegisterClue", "r-1", "C-1", SAID)


def entry(seq: int, prev: bytes, request: str = "r-1", said: str = SAID, subject: str = "C-1") -> Envelope:
    """An entry that tells of a clue, sealed as it has to be."""
    told = (f"e-{seq}", TOLD["RegisterClue"], "city", seq, subject, seq, "unit-1", request, "", said.encode())
    digest = seal(prev, seq, *told)
    event_id, kind, to, number, subject, at, actor, request_id, trace, data = told
    return Envelope(
        "huanbao", "enforcement", seq, event_id, kind, to, number, subject, at, actor, request_id, trace, data,
        prev_hash=prev, hash=digest,
    )  # fmt: skip


def journal(*wanted: dict[str, str]) -> list[Envelope]:
    entries: list[Envelope] = []
    for seq, more in enumerate(wanted, 1):
        entries.append(entry(seq, entries[-1].hash if entries else GENESIS, **more))
    return entries


@pytest.mark.parametrize(
    ("wanted", "what"),
    [
        ([{}], None),
        ([{"request": "r-2"}], "acknowledged and lost"),
        ([{}, {}], "done twice"),
        ([{"said": "别的"}], "kept otherwise than asked"),
        ([{"subject": "C-2"}], "kept otherwise than asked"),
    ],
)
def test_a_write_that_was_acknowledged_has_to_be_there_once_as_it_was_asked(
    wanted: list[dict[str, str]], what: str | None
) -> None:
    found = Found()

    of_ledger(found, {("huanbao", "enforcement"): journal(*wanted)}, Ledger({DONE.request_id: DONE}))

    assert +found.counts == Counter({what: 1} if what else {})
    assert found.clean == (what is None)


def test_a_chain_with_a_hole_is_found() -> None:
    entries, found = journal({}, {}, {}), Found()

    of_journals(found, {("huanbao", "enforcement"): [entries[0], entries[2]]})

    assert found.counts["faults of chains"] == 1


def test_the_same_seed_draws_the_same_faults_and_every_kind_comes(tmp_path: Path) -> None:
    town = Town.founded(tmp_path / "var", 20_000)
    town.disks = [town.var / "city"]
    town.cables = dict.fromkeys(town.nodes)  # type: ignore[arg-type]
    turn = sum(kind.weight for kind in KINDS)

    first, again, other = (drawn(town, seed, turn) for seed in (3, 3, 4))

    told = [(f.kind.name, f.about, f.draw().random()) for f in first]
    assert told == [(f.kind.name, f.about, f.draw().random()) for f in again]
    assert told != [(f.kind.name, f.about, f.draw().random()) for f in other]
    assert Counter(f.kind.name for f in first) == {kind.name: kind.weight for kind in KINDS}
