"""Measures and referrals that a department keeps in a system of its own, as the city sees them: what was not told in order is
told better by the newest record than by its events, and what came from the archive and is over warns nobody.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.enforcement.v1.referral_pb2 import Referral

from services.kit.clocks import MET
from services.kit.tx import Tx
from services.law.procedures.elsewhere import KEPT, Gone, from_the_archive, gone_through
from services.supervision.beside.mirrored import KINDS, Kind
from services.supervision.beside.model import MEASURE, REFERRAL, Beside
from services.supervision.deadline.model import Clock

MESSAGES: dict[str, Any] = {MEASURE: Measure, REFERRAL: Referral}


def gone_through_beside(look: Any, case_id: str) -> Iterator[tuple[Kind, Gone]]:
    """The acts of what was not told in order, by when they were done."""
    for row in look.among(Beside, "case_id", [case_id]):
        if row.kind not in MESSAGES:
            continue
        record = MESSAGES[row.kind].FromString(row.record)
        if record.origin.reordered and not from_the_archive(KEPT[row.kind], record):
            for gone in gone_through(KEPT[row.kind], record):
                yield KINDS[row.kind], gone


def by_its_record(look: Any, kind: Kind, key: str) -> bool:
    """Whether the newest record of something tells its acts better than its events do, or nothing of it warns any more."""
    row = look.find(Beside, key) if kind.name in MESSAGES else None
    return row is not None and apart(kind, MESSAGES[kind.name].FromString(row.record))


def apart(kind: Kind, record: Any) -> bool:
    """Whether a record is judged otherwise than by the event of the moment."""
    kept = KEPT.get(kind.name)
    return kept is not None and (record.origin.reordered or from_the_archive(kept, record))


def stood_at_acts(kind: Kind, record: Any) -> dict[tuple[str, datetime], Any]:
    """The record after each of its acts, by the act and its time; nothing where the events tell it in order."""
    kept = KEPT.get(kind.name)
    if kept is None or not record.origin.reordered:
        return {}
    return {(gone.act, gone.at): gone.after for gone in gone_through(kept, record)}


def let_go(tx: Tx, kind: Kind, record: Any) -> list[Clock]:
    """What came from the archive and is over runs no term: those that it had."""
    kept = KEPT.get(kind.name)
    if kept is None or not from_the_archive(kept, record):
        return []
    rows = list(tx.query(select(Clock).where(Clock.subject == getattr(record, kind.key))))
    for row in rows:
        row.state, row.stop_time, row.next_time = MET, row.stop_time or row.start_time, None
    return rows
