"""What a graded exam does to an officer's way to a certificate."""

import contextlib

from sqlalchemy import select
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.law.procedures.officer import QUALIFICATION
from services.law.rule import Unlawful
from services.registry.certificate.model import Certificate
from services.registry.exam.model import ExamEntry, exam_entry_proto
from services.registry.lawful import step, why_not
from services.registry.measure.suspension import suspend
from services.registry.officer.model import Officer
from services.registry.qualification.facts import Way
from services.registry.qualification.model import Qualification, qualification_proto

REMOVAL = "CBZ-2019-7:16"


def grade(
    tx: Tx, officer: Officer, qualification: Qualification, entry: ExamEntry, passed: bool, failed: int
) -> qualifications.Qualification:
    """Take one step on for a result; who failed as often as the law bears leaves the register. Raises Unlawful.

    `failed` counts the failures before this one.
    """
    about = {"officer_id": officer.officer_id}
    facts = Way(tx, qualification, officer, failed)
    act = QUALIFICATION.PASS_EXAM if passed else QUALIFICATION.FAIL_EXAM
    qualification.state = step(act, qualification.state, facts, **about)
    qualification.failures = failed + (not passed)
    facts = Way(tx, qualification, officer, qualification.failures)
    if not passed and not why_not(QUALIFICATION.REMOVE, qualification.state, facts):
        qualification.state = step(QUALIFICATION.REMOVE, qualification.state, facts, **about)
    qualification.update_time = tx.now
    qualification.version += 1
    result = qualification_proto(qualification)
    recorded = events.ExamRecorded(
        qualification=result,
        passed=passed,
        score=min(entry.general_score, entry.special_score),
        entry=exam_entry_proto(entry),
    )
    tx.emit(recorded, subject=officer.officer_id, to=officer.node)
    if qualification.state == "REMOVED":
        tx.emit(events.OfficerRemoved(qualification=result), subject=officer.officer_id, to=officer.node)
        stop_certificates(tx, officer.officer_id)
    return result


def stop_certificates(tx: Tx, officer_id: str) -> None:
    """Whoever left the register acts no more: suspend what is still in force."""
    held = select(Certificate).where(Certificate.officer_id == officer_id, Certificate.expire_time > tx.now)
    for certificate in tx.query(held):
        with contextlib.suppress(Unlawful):
            suspend(tx, certificate, cause="考试不合格，已清出执法人员信息库", law=REMOVAL, from_time=tx.now)
