"""A record, and its clocks, as an event tells them: what a service puts into its rows when it cannot know the request again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.law.v1 import law_pb2

from services.kit.act import Acts
from services.kit.clocks import MET, SUSPENDED, ClockRow, mark_of
from services.kit.clocks.count import stages
from services.kit.store import moment
from services.kit.tx import Tx


def put_record(tx: Tx, act: Acts, record: Any, at: datetime) -> bool:
    """Bring the row of a record to the version that an event of `at` tells. Says whether there was none."""
    key = getattr(record, act.key)
    row: Any = tx.find(act.row, key)
    fresh = row is None
    if row is None:
        row = tx.add(act.row.new(**{act.key: key, **act.columns(record)}, record=b""))
    elif row.record and act.record.FromString(row.record).version > record.version:  # type: ignore[attr-defined]
        return False
    act.keep(tx, record, row)
    if act.clocks is not None:
        for told in record.deadlines:
            put_clock(tx, act.clocks, told, record.sector, at)
    return fresh


def put_clock(tx: Tx, kind: type[ClockRow], told: law_pb2.Deadline, sector: str, at: datetime) -> None:
    """A clock as a record shows it. What it had fired by then is not fired again."""
    key = f"{told.subject_id}/{told.clock_id}"
    values: Mapping[str, Any] = {
        "law": told.citation.code,
        "sector": sector,
        "state": law_pb2.ClockState.Name(told.state).removeprefix("CLOCK_STATE_"),
        "start_time": moment(_micros(told.start_time)),
        "due_time": moment(_micros(told.due_time)),
        "stop_time": moment(_micros(told.stop_time)) if told.HasField("stop_time") else None,
        "provisional": told.provisional,
        "excluded": tuple(map(_excluded, told.excluded)),
        "extensions": tuple(map(_extension, told.extensions)),
        "edition": mark_of(told.receipt),
    }
    row = tx.find(kind, key)
    if row is None:
        row = tx.add(kind.new(key=key, subject=told.subject_id, clock_id=told.clock_id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    plan = stages(tx.parameters, tx.calendar, row)
    ahead = next((n for n, (_, reached) in enumerate(plan) if reached > at), len(plan))
    row.stage = ahead
    over = row.state in (MET, SUSPENDED) or ahead == len(plan)
    row.next_time = None if over else plan[ahead][1]


def _micros(at: Timestamp) -> int:
    return int(at.seconds) * 1_000_000 + int(at.nanos) // 1000


def _excluded(told: law_pb2.ExcludedTime) -> dict[str, Any]:
    return {
        "from": _micros(told.from_time),
        "until": _micros(told.until_time) if told.HasField("until_time") else None,
        "ground": law_pb2.Ground.Name(told.ground).removeprefix("GROUND_"),
        "law": told.citation.code,
        "cause": told.cause,
    }


def _extension(told: law_pb2.Extension) -> dict[str, Any]:
    return {
        "amount": told.amount,
        "unit": told.unit,
        "by": "collective" if told.discussion else "agency_head",
        "approved": _micros(told.approve_time),
        "recorded": _micros(told.record_time),
        "document": told.document,
        "approver": told.approver,
        "law": told.citation.code,
        "cause": told.cause,
        "discussion": told.discussion,
    }
