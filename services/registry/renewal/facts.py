"""Whether the exam before renewal was passed, and whether the holder could still get a certificate."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from yifa.registry.v1 import exam_pb2, officer_pb2

from services.kit.tx import Tx
from services.law.procedures.body import MAY_ENFORCE
from services.registry.body.model import Body
from services.registry.certificate.model import Certificate
from services.registry.exam.model import Exam, ExamEntry
from services.registry.officer.model import Officer
from services.registry.request import FIRST, number


def examined(tx: Tx, officer_id: str, score: int) -> dict[str, bool]:
    """Whether the exam before renewal was passed: the one that is told of, or one on record where that is asked for."""
    days = number(tx, "certificate.renewal.exam")
    if not days:
        return {"renewal_exam": score >= number(tx, "officer.exam.pass")}
    return {
        "renewal_exam": True,
        "renewal_exam_on_record": tx.now - timedelta(days=days)
        <= last_renewal_exam(tx, officer_id)
        <= tx.now,
    }


def last_renewal_exam(tx: Tx, officer_id: str) -> datetime:
    """When an officer last passed an exam for renewal; long ago if never."""
    passed = tx.query(
        select(ExamEntry).where(ExamEntry.officer_id == officer_id, ExamEntry.state == "PASSED")
    )
    ids = [entry.exam_id for entry in passed if entry.exam_id]
    tx.load(Exam, ids)
    held = [exam_pb2.Exam.FromString(tx.get(Exam, exam_id).record) for exam_id in ids]
    times = [e.exam_time.ToDatetime(tzinfo=UTC) for e in held if e.kind == exam_pb2.EXAM_KIND_RENEWAL]
    return max(times, default=FIRST)


def still_fit(tx: Tx, certificate: Certificate) -> dict[str, bool]:
    """Whether the holder could still get a certificate."""
    officer, body = tx.get(Officer, certificate.officer_id), tx.get(Body, certificate.body_id)
    return {
        "permanent": officer.staff_kind == officer_pb2.STAFF_KIND_PERMANENT,
        "body_confirmed": body.state in MAY_ENFORCE,
        "serving": officer.leave_time is None,
    }
