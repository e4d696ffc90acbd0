"""A short part of `make fuzz`: nothing that a caller sends makes a bug of a node, or leaves half a record."""

from collections.abc import Mapping
from pathlib import Path
from random import Random

import grpc
import pytest
from yifa.enforcement.v1 import clue_pb2 as clues

from services.kit.rpc import check
from services.node.plan import DEPARTMENTS, lay_out, plan
from tests.city import Refused
from tests.database import opened
from tests.fuzz.__main__ import fuzz
from tests.fuzz.files import Files
from tests.fuzz.handlers import Handlers
from tests.fuzz.judging import Seen, Writes, improper, wrong_records
from tests.fuzz.values import Known, Values, examples

CALLS = 1_500
EVENTS, FILES = 150, 40


@pytest.mark.timeout(240)
async def test_no_call_makes_a_bug_of_a_node_or_leaves_half_a_record(tmp_path: Path) -> None:
    outcome, wrong = await fuzz(tmp_path, CALLS, seed=7, departments=1)

    assert not outcome.faults, outcome.faults
    assert not wrong, wrong
    assert outcome.calls == CALLS and len(outcome.accepted) > 40
    assert outcome.codes["replies held against what is kept"] > 10
    assert outcome.codes["records held against their last events"] > 10
    tampered(tmp_path, outcome.written)
    found = list(wrong_records(plan(tmp_path / "city", 9000, DEPARTMENTS[:1]), outcome.written, Seen()))
    for what in ("its hash is not the hash", "has no reply", "is not as entry", "answered otherwise"):
        assert any(what in each for each in found), found


def tampered(folder: Path, written: Mapping[tuple[str, str], Writes]) -> None:
    """An entry is changed, a record set back, an acknowledged reply lost, another changed."""
    at_home = ("huanbao", "enforcement")
    lost, changed = [(where, each) for where, writes in written.items() for each in writes.replies][:2]
    for (node, service), said, about in (
        (at_home, "update journal set actor = 'somebody' where seq = 5", ()),
        (at_home, "update measure set record = ?", (b"",)),
        (lost[0], "delete from reply where request_id = ?", (lost[1],)),
        (changed[0], "update reply set data = ? where request_id = ?", (b"\0", changed[1])),
    ):
        with opened(folder / "city" / node / f"{service}.db") as db:
            assert db.execute(said, about).rowcount > 0


async def test_no_event_makes_a_bug_of_a_service_or_leaves_half_a_record(tmp_path: Path) -> None:
    """A short part of the same: what is made up from the contracts, so that it is the same each time."""
    lay_out(plan(tmp_path, 9000, DEPARTMENTS[:1]))
    handlers = Handlers(tmp_path, 5, departments=1)
    handlers.receivers = [("city", "supervision"), ("huanbao", "enforcement"), ("city", "registry")]

    heard = await handlers.run(EVENTS)

    assert not heard.faults, heard.faults
    assert heard.events >= EVENTS and heard.codes["taken"] > 50
    assert heard.codes["parked as Unfit"] and heard.codes["parked as forged"], heard.codes


def test_no_file_makes_a_bug_of_a_reader_or_is_read_as_what_it_does_not_say() -> None:
    found = Files(11).run(FILES)

    assert not found.faults, found.faults
    assert found.files == FILES and len(found.codes) > 12, found.codes


def test_values_are_read_from_the_contract() -> None:
    """What is made tame passes, what is made wild hardly ever."""
    values = Values(Random(1), Known(), lambda: 1_772_000_000)
    kind = clues.RegisterClueRequest.DESCRIPTOR

    tame, wild = (sum(passes(values.message(kind, w)) for _ in range(150)) for w in (0.0, 0.6))

    assert tame == 150 and wild < 10
    assert all(len(each) == 64 for each in examples("^[0-9a-f]{64}$"))


def passes(request: object) -> bool:
    try:
        check(request)  # type: ignore[arg-type]
    except Exception:
        return False
    return True


@pytest.mark.parametrize(
    "said",
    [
        Refused(grpc.StatusCode.NOT_FOUND, "", "x.yifa", zh="没有", en="none"),
        Refused(grpc.StatusCode.NOT_FOUND, "NOT_FOUND", "x.yifa", zh="none", en="none"),
        Refused(grpc.StatusCode.NOT_FOUND, "NOT_FOUND", "x.yifa", zh="没有", en="没有"),
    ],
)
def test_a_refusal_without_reason_or_in_one_language_is_found(said: Refused) -> None:
    assert improper(said)
