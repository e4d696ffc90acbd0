"""After the decision: payment and closing."""

from yifa.enforcement.v1 import enforcement_service_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.facts import Facts, moment_of, put_moment
from services.enforcement.model import Case, PaymentReference
from services.enforcement.process import step
from services.enforcement.servicer.acts import act, open_case, when
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx


class Performance:
    @write(loads=((Case, "case_id"), (PaymentReference, "bank_reference")))
    def RecordPayment(self, request: pb.RecordPaymentRequest, tx: Tx) -> pb.RecordPaymentResponse:
        """Record a payment to the designated bank (APL 67); the last one completes it."""
        row, case = open_case(tx, request.case_id)
        amount, reference = request.amount.fen, request.bank_reference.strip()
        if amount <= 0:
            raise Malformed({"amount.fen": ("must be more than zero", "必须大于零")})
        if known := tx.find(PaymentReference, reference):
            raise Exists(
                "PAYMENT_ALREADY_RECORDED",
                f"the payment {reference} is recorded already",
                f"银行流水号{reference}的缴款已记录",
                bank_reference=reference,
                case_id=known.case_id,
            )
        at = when(request, "pay_time", tx.now)
        after = moment_of(case.decision.decide_time) if case.HasField("decision") else None
        facts = Facts(case, tx.now, at, after, tx.caller.subject, amount=amount, bank_reference=reference)
        complete = amount >= facts.due
        case.state = step("COMPLETE_PAYMENT" if complete else "RECORD_PAYMENT", facts)
        tx.add(PaymentReference.new(bank_reference=reference, case_id=case.case_id))
        put_moment(case.payments.add(amount=request.amount, bank_reference=reference).pay_time, at)
        case.paid.fen += amount
        last = max(moment_of(p.pay_time) for p in case.payments)
        if complete:
            put_moment(case.perform_time, last)
            event = events.PaymentCompleted(amount=request.amount)
        else:
            event = events.PaymentRecorded(amount=request.amount)
        return pb.RecordPaymentResponse(case=act(tx, row, case, event, last if complete else at))

    @write(loads=(Case, "case_id"))
    def CloseCase(self, request: pb.CloseCaseRequest, tx: Tx) -> pb.CloseCaseResponse:
        """Close the case (SAMR 77)."""
        row, case = open_case(tx, request.case_id)
        case.state = step("CLOSE", Facts(case, tx.now, tx.now, caller=tx.caller.subject))
        case.close_report = request.report
        put_moment(case.close_time, tx.now)
        return pb.CloseCaseResponse(case=act(tx, row, case, events.CaseClosed()))
