"""What the credit websites show of a penalty follows what was decided about it, in the same transaction."""

from collections.abc import Callable
from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1.publication_pb2 import PublicDecision

from services.enforcement.case.act import act
from services.enforcement.publication.showing import put_public
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.penalty.credit import shown_until

Told = events.CreditDisplayEnded | events.CreditDisplayShielded | events.CreditDisplayRestored


def end_display(tx: Tx, case_id: str, repair_id: str, at: datetime) -> None:
    """The display ends before its time: the penalty was repaired (CREDIT-2025 3)."""

    def ended(case: cases.Case) -> None:
        put_moment(case.credit.end_time, at)
        case.credit.repair_id = repair_id

    _change(tx, case_id, ended, events.CreditDisplayEnded())


def shield(tx: Tx, case_id: str) -> None:
    """Nothing is shown for the time of a restructuring (CREDIT-2025 20(1))."""
    _change(tx, case_id, lambda case: setattr(case.credit, "shielded", True), events.CreditDisplayShielded())


def unshield(tx: Tx, case_id: str) -> None:
    """It is shown again, until the end that it had (CREDIT-2025 20(2))."""
    _change(tx, case_id, lambda case: setattr(case.credit, "shielded", False), events.CreditDisplayRestored())


def _change(tx: Tx, case_id: str, change: Callable[[cases.Case], None], event: Told) -> None:
    case = act.open(tx, case_id)
    change(case)
    public = PublicDecision()
    public.CopyFrom(case.publication.decision)
    put_public(tx, public, shown_until(case))
    act.write(tx, case, event)
