"""The exam before a renewal."""

from datetime import UTC, datetime

from sqlalchemy import select
from yifa.registry.v1 import exam_pb2

from services.kit.tx import Tx
from services.registry.exam.model import Exam, ExamEntry
from services.registry.request import FIRST


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
