"""The terms of a case that is put together again: they run from the acts as they are told now, with what was decided on them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1.law_pb2 import CLOCK_STATE_RUNNING

from services.enforcement.deadline.model import Clock
from services.enforcement.deferral.term import TO_PAY
from services.kit.act import show_deadlines
from services.kit.clocks import MET, settle
from services.kit.tx import Tx

Kept = Mapping[str, Mapping[str, Any]]
COLUMNS = (
    "state",
    "start_time",
    "stop_time",
    "due_time",
    "excluded",
    "extensions",
    "edition",
    "stage",
    "next_time",
)
# The terms of an imported case warn from so long after its last stage came: by then the rest of it is here.
BY_THEN = timedelta(days=1)


def let_go(tx: Tx, record: Any, subject: str) -> Kept:
    """Stop every term of a case, or of what runs beside one, to be started anew; as they stood."""
    rows = tx.query(select(Clock).where(Clock.subject == subject))
    kept = {row.key: {name: getattr(row, name) for name in COLUMNS} for row in rows}
    for row in rows:
        row.state, row.stop_time, row.next_time, row.edition = MET, row.start_time, None, ""
    del record.deadlines[:]
    return kept


def longer(tx: Tx, case: cases.Case, kept: Kept) -> bool:
    """Whether the time to pay has other extensions than it had."""
    key = f"{case.case_id}/{TO_PAY}"
    row, was = tx.find(Clock, key), kept.get(key, {})
    return row is not None and row.extensions != was.get("extensions", ())


def take_up(tx: Tx, record: Any, kept: Kept) -> None:
    """Give the terms that run from the same moment as before what was decided on them; one that was met stays met, and of one
    that passed nobody is told again.
    """
    for key, was in kept.items():
        row = tx.get(Clock, key)
        if row.edition == "":  # what started it is not told any more
            row.edition = was["edition"]
            continue
        if row.start_time == was["start_time"]:
            if not row.extensions:
                row.extensions, row.excluded = was["extensions"], was["excluded"]
            if was["state"] == MET and row.state != MET:
                row.state, row.stop_time, row.next_time = MET, was["stop_time"], None
            settle(tx, row)
            if row.state != MET and was["state"] != MET and row.due_time == was["due_time"]:
                row.state, row.stage, row.next_time = was["state"], was["stage"], was["next_time"]
        show_deadlines(record, [row])


def hold(tx: Tx, record: Any, subject: str) -> None:
    """Let the terms of a case, or a record, from the archive warn when the rest of it had time to come."""
    for deadline in record.deadlines:
        row = tx.find(Clock, f"{subject}/{deadline.clock_id}")
        if row is not None and deadline.state == CLOCK_STATE_RUNNING and row.next_time is not None:
            row.next_time = max(row.next_time, tx.now + BY_THEN)
