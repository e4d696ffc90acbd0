"""Clocks as callers see them, and what falls due when."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.law.v1 import law_pb2

from services.kit.clocks.row import ClockRow
from services.kit.store import moment
from services.law.citation import cite
from services.law.clock import catalogue
from services.law.counted import shown_of


def deadline_proto(row: ClockRow) -> law_pb2.Deadline:
    """A clock as callers see it. Takes a row or a select of its columns."""
    clock = catalogue()[row.clock_id]
    message = law_pb2.Deadline(
        clock_id=row.clock_id,
        title_zh=clock.title_zh,
        title_en=clock.title_en,
        citation=citation(row.law),
        state=law_pb2.ClockState.Value(f"CLOCK_STATE_{row.state}"),
        start_time=stamp(row.start_time),
        due_time=stamp(row.due_time),
        provisional=row.provisional,
        subject_id=row.subject,
        excluded=[_excluded(e) for e in row.excluded],
        extensions=[_extension(e) for e in row.extensions],
        receipt=receipt(row.edition, shown_of(row.clock_id)),
    )
    if row.stop_time is not None:
        message.stop_time.CopyFrom(stamp(row.stop_time))
    return message


def deadlines(rows: Iterable[ClockRow]) -> list[law_pb2.Deadline]:
    """Clocks in the order in which they fall due."""
    return [deadline_proto(row) for row in sorted(rows, key=lambda r: (r.due_time, r.clock_id))]


@lru_cache(1024)
def citation(code: str) -> law_pb2.Citation:
    """An article as callers see it. Not to be changed."""
    law = cite(code)
    return law_pb2.Citation(code=law.code, text_zh=law.text_zh, text_en=law.text_en)


@lru_cache(4096)
def receipt(mark: str, rows: tuple[str, ...]) -> law_pb2.Receipt:
    """By which law data something was counted or judged, as callers see it. Not to be changed."""
    edition, _, kernel = mark.partition(".")
    return law_pb2.Receipt(edition=edition, kernel=kernel, rows=rows)


def mark_of(told: law_pb2.Receipt) -> str:
    """The mark of the edition that a receipt tells of; empty for none."""
    return f"{told.edition}.{told.kernel}" if told.edition else ""


def _excluded(taken: Any) -> law_pb2.ExcludedTime:
    message = law_pb2.ExcludedTime(
        from_time=stamp(moment(taken["from"])),
        ground=law_pb2.Ground.Value(f"GROUND_{taken['ground']}"),
        citation=citation(taken["law"]),
        cause=taken["cause"],
    )
    if taken["until"] is not None:
        message.until_time.CopyFrom(stamp(moment(taken["until"])))
    return message


def _extension(added: Any) -> law_pb2.Extension:
    return law_pb2.Extension(
        amount=added["amount"],
        unit=added["unit"],
        approve_time=stamp(moment(added["approved"])),
        approver=added["approver"],
        cause=added["cause"],
        citation=citation(added["law"]),
        discussion=added["discussion"],
        record_time=stamp(moment(added["recorded"])),
        document=added["document"],
    )


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at)
    return made
