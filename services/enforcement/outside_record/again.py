"""What runs beside a case that another system keeps, judged again when something of the case is told late: that it was decided,
that execution of the decision was stayed, that a stay or a remedy ended.
"""

from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.measure.model import measures_of
from services.enforcement.outside.model import OutsideRecord, case_key, record_key
from services.enforcement.outside_record.assembling import Run, known_of, settle
from services.enforcement.outside_record.kind import KINDS
from services.enforcement.referral.model import referrals_of
from services.kit.tx import Tx


def judge_beside_again(tx: Tx, case: cases.Case, since: datetime) -> None:
    """Find anew what the acts of its measures and referrals broke, where one was done at or after a moment."""
    if not case.origin.system:
        return
    for name, records in (
        ("measure", measures_of(tx, case.case_id)),
        ("referral", referrals_of(tx, case.case_id)),
    ):
        for record in records:
            kept = record.origin
            key = record_key(case_key(kept.system, kept.source_case), name, kept.source_record)
            home = tx.find(OutsideRecord, key) if kept.system else None
            if home is None or home.last_time < since:
                continue
            kind, reordered = KINDS[name], kept.reordered
            opened = kind.act.open(tx, home.record_id)
            Run(tx, kind, home, opened, again=True).through(known_of(tx, home), [])
            opened.origin.reordered = reordered
            settle(tx, kind, home, opened)
