"""What follows from an award: payment, what is made good without money, and recourse against who did it (SCL 16, 32, 37)."""

from yifa.supervision.v1 import compensation_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.procedure import Act
from services.law.procedures.compensation import COMPENSATION
from services.supervision.accountability.clue import name_of
from services.supervision.compensation.act import act, took
from services.supervision.compensation.recorded import record_of


def _requested(request: pb.RequestCompensationPaymentRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.payment_document = request.document
    record.payment_request_time.CopyFrom(request.done_time)


@act(COMPENSATION.REQUEST_PAYMENT, takes=_requested)
def request_compensation_payment(
    _request: pb.RequestCompensationPaymentRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationPaymentRequested:
    """Record that payment was asked for by the paper that awards it (SCL 37(2)). Starts CMP-06."""
    return events.CompensationPaymentRequested()


def _forwarded(request: pb.AskFinanceForCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.finance_document = request.document
    record.finance_ask_time.CopyFrom(request.done_time)


@act(COMPENSATION.ASK_FINANCE, takes=_forwarded)
def ask_finance_for_compensation(
    _request: pb.AskFinanceForCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationFinanceAsked:
    """Record that the finance department was asked (SCL 37(3)). Stops CMP-06, starts CMP-07."""
    return events.CompensationFinanceAsked()


def _paid(request: pb.PayCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.paid_fen, record.paid_document = request.fen, request.document
    record.pay_time.CopyFrom(request.done_time)


@act(COMPENSATION.PAY, takes=_paid)
def pay_compensation(
    _request: pb.PayCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationPaid:
    """Record the payment of what was awarded (SCL 37(3)). Stops CMP-07."""
    return events.CompensationPaid()


def _restored(request: pb.RestoreCompensatedRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.restore_document = request.document
    record.restore_time.CopyFrom(request.done_time)


@act(COMPENSATION.RESTORE, takes=_restored)
def restore_compensated(
    _request: pb.RestoreCompensatedRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationRestored:
    """Record what was made good without money (SCL 32(2), 35, 36)."""
    return events.CompensationRestored()


def _recovered(request: pb.RecoverCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.recourses.add(
        officer_id=request.officer_id,
        officer_name=name_of(tx, request.officer_id),
        fault=request.fault,
        fen=request.fen,
        reasons=request.reasons,
        document=request.document,
        order_time=request.done_time,
    )


@act(COMPENSATION.RECOVER, takes=_recovered)
def recover_compensation(
    _request: pb.RecoverCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationRecourseOrdered:
    """Order who did it to bear costs; that it is pursued follows from the event (SCL 16)."""
    return events.CompensationRecourseOrdered()


def _closed(request: pb.CloseCompensationRequest, record: pb.Compensation, tx: Tx) -> None:
    took(request, record, tx)
    record.no_fault = request.no_fault
    record.end_time.CopyFrom(request.done_time)


def _how(_request: pb.CloseCompensationRequest, record: pb.Compensation) -> Act:
    """What was paid closes by recourse, what was awarded in kind by its restoration, what was denied by its standing."""
    if record.state in (pb.COMPENSATION_STATE_SERVED, pb.COMPENSATION_STATE_FINAL):
        if record_of(record, None).in_kind or record.awarded_fen:
            return COMPENSATION.CLOSE_RESTORED
        served = record.state == pb.COMPENSATION_STATE_SERVED
        return COMPENSATION.CLOSE_DENIED if served else COMPENSATION.CLOSE_REJECTED
    return COMPENSATION.CLOSE


@act(
    COMPENSATION.CLOSE, COMPENSATION.CLOSE_RESTORED, COMPENSATION.CLOSE_DENIED, COMPENSATION.CLOSE_REJECTED,
    by=_how, takes=_closed,
)  # fmt: skip
def close_compensation(
    _request: pb.CloseCompensationRequest, _record: pb.Compensation, _do: Do
) -> events.CompensationClosed:
    """Close it: performed and recourse decided on, or nothing awarded and no longer open to a suit (SCL 14, 16, 37)."""
    return events.CompensationClosed()
