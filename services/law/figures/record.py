"""Figures of what runs beside a case, and of inspections."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from yifa.enforcement.v1.measure_pb2 import MeasureKind

from services.law.figures.counts import Counted, Known, counts
from services.law.moment import moment_at


def _when(path: str, record: Any, _known: Known) -> Iterator[Counted]:
    """What counts at one moment of the record."""
    if (at := moment_at(record, path)) is not None:
        yield Counted(at, which=getattr(record, "document_number", ""))


def _measure(kind: int, measure: Any, known: Known) -> Iterator[Counted]:
    if measure.kind == kind:
        yield from _when("execution.execute_time", measure, known)


counts("measure")(partial(_when, "execution.execute_time"))
for _kind in MeasureKind.values()[1:]:
    _name = MeasureKind.Name(_kind).removeprefix("MEASURE_KIND_").lower()
    counts(f"measure.{_name}")(partial(_measure, _kind))
counts("enforcement")(partial(_when, "begin_time"))
counts("court_enforcement")(partial(_when, "application.apply_time"))
counts("referral")(partial(_when, "send_time"))
counts("inspection")(partial(_when, "check_in.check_in_time"))
