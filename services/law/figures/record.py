"""Figures of what runs beside a case, and of inspections."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from yifa.enforcement.v1.measure_pb2 import MeasureKind

from services.law.figures.case import YEARLY
from services.law.figures.figure import Counted, Known, figure
from services.law.moment import moment_at


def _when(path: str, record: Any, _known: Known) -> Iterator[Counted]:
    """What counts at one moment of the record."""
    if (at := moment_at(record, path)) is not None:
        yield Counted(at, which=getattr(record, "document_number", ""))


def _measure(kind: int, measure: Any, known: Known) -> Iterator[Counted]:
    if measure.kind == kind:
        yield from _when("execution.execute_time", measure, known)


figure("measure", "measure", "行政强制措施", "Compulsory measures", YEARLY)(
    partial(_when, "execution.execute_time")
)
for _kind, _zh, _en in (
    ("SEAL", "查封", "Seals"),
    ("SEIZE", "扣押", "Seizures"),
    ("FREEZE", "冻结", "Freezes"),
):
    figure(f"measure.{_kind.lower()}", "measure", _zh, _en, YEARLY, within="measure")(
        partial(_measure, MeasureKind.Value(f"MEASURE_KIND_{_kind}"))
    )
figure("enforcement", "enforcement", "行政机关强制执行", "Enforcements by the agency itself", YEARLY)(
    partial(_when, "begin_time")
)
figure(
    "court_enforcement",
    "court_enforcement",
    "申请人民法院强制执行",
    "Applications to the court to enforce",
    YEARLY,
)(partial(_when, "application.apply_time"))
figure("referral", "referral", "移送司法机关", "Suspected crimes referred", YEARLY)(
    partial(_when, "send_time")
)
figure("inspection", "inspection", "行政检查", "Inspections", YEARLY, of_fines=True)(
    partial(_when, "check_in.check_in_time")
)
