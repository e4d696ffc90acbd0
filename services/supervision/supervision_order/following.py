"""What is put right is verified, and what is not goes up (ASR 26–29)."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.heads import CHIEF
from services.law.moment import micros, put_moment
from services.law.procedures.supervision_order import SUPERVISION_ORDER as ORDER
from services.supervision.deadline.model import Clock
from services.supervision.head.model import Heads
from services.supervision.supervision_order.act import act
from services.supervision.supervision_order.document import SERVED
from services.supervision.supervision_order.triage import closed


def _checked(request: pb.VerifyCorrectionRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    check(order, tx, corrected=request.corrected, reasons=request.reasons)


def check(order: pb.SupervisionOrder, tx: Tx, *, corrected: bool, reasons: str) -> None:
    """What somebody found of a report."""
    found = order.verifications.add(corrected=corrected, reasons=reasons, verifier=tx.caller.subject)
    put_moment(found.verify_time, tx.now)


@act(ORDER.VERIFY, takes=_checked)
def verify_correction(
    request: pb.VerifyCorrectionRequest, order: pb.SupervisionOrder, do: Do
) -> events.SupervisionClosed:
    """Verify that the matter is corrected, and close it (ASR 26)."""
    closed(order, do, request.reasons)
    return events.SupervisionClosed()


def _wanting(request: pb.SendReportBackRequest, order: pb.SupervisionOrder, tx: Tx) -> None:
    check(order, tx, corrected=False, reasons=request.reasons)


@act(ORDER.SEND_BACK, takes=_wanting)
def send_report_back(_request: pb.SendReportBackRequest, order: pb.SupervisionOrder, do: Do) -> Any:
    """Send a report back because the matter is not corrected. The days of the document run anew."""
    order.rounds += 1
    if do.move.target == "CORRECTING":
        return events.CorrectionSentBack()
    return SERVED[order.document.kind]()


def chief_of(tx: Tx, body_id: str, at: datetime) -> str:
    """Who heads a body at a moment, by the posts of the registry; empty where nobody is known to."""
    heads, moment = tx.find(Heads, body_id), micros(at)
    terms = heads.terms if heads is not None else ()
    held = [t for t in terms if t["from"] <= moment and (t["until"] is None or moment < t["until"])]
    held.sort(key=lambda t: (t["rank"] != CHIEF, t["from"]))
    return str(held[0]["officer"]) if held else ""


def escalate(tx: Tx, order: pb.SupervisionOrder, row: Clock) -> None:
    """The term is over and no report is there: it goes up to the head of the body, by name (ASR 27(2), 28(2), 29)."""

    def body(_request: None, order: pb.SupervisionOrder, do: Do) -> events.SupervisionEscalated:
        head = chief_of(tx, order.body_id, do.now)
        gone = order.escalations.add(
            clock_id=row.clock_id, round=order.rounds, officer_id=head, vacant=not head
        )
        put_moment(gone.escalate_time, do.now)
        put_moment(gone.due_time, row.due_time)
        return events.SupervisionEscalated()

    act.do(tx, ORDER.ESCALATE, order, None, body)
