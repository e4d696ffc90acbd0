"""How often officers failed the exam."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from services.kit.tx import Tx
from services.registry.certificate.model import Certificate
from services.registry.certificate.standing import expiry
from services.registry.exam.model import ExamEntry
from services.registry.request import number
from services.registry.standing.objections import ENFORCEMENT


def failures(tx: Tx, officer_ids: Iterable[str]) -> dict[str, int]:
    """How often officers failed, in this cycle of certification or in life, as the layers say."""
    ids = list(officer_ids)
    failed = tx.query(select(ExamEntry).where(ExamEntry.officer_id.in_(ids), ExamEntry.state == "FAILED"))
    began = {} if number(tx, "officer.exam.lifelong") else cycles(tx, ids)
    counts = dict.fromkeys(ids, 0)
    for entry in failed:
        begin = began.get(entry.officer_id)
        counts[entry.officer_id] += begin is None or entry.update_time >= begin
    return counts


def cycles(tx: Tx, officer_ids: list[str]) -> dict[str, datetime]:
    """When the present term of each officer's newest certificate began; officers without one are left out."""
    years = number(tx, "certificate.validity")
    began: dict[str, datetime] = {}
    held = select(Certificate).where(
        Certificate.officer_id.in_(officer_ids),
        Certificate.kind.in_((0, ENFORCEMENT)),
        Certificate.issuer == "",
    )
    for certificate in tx.query(held):
        begin = max(certificate.issue_time, expiry(certificate.term_time or certificate.expire_time, -years))
        began[certificate.officer_id] = max(begin, began.get(certificate.officer_id, begin))
    return began
