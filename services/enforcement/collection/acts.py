"""Fines collected on the spot, handed in and paid to the bank (APL 68–71)."""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import payment_pb2 as pb
from yifa.enforcement.v1.collection_pb2 import COLLECTION_GROUND_ON_WATER

from services.enforcement.case.act import act
from services.enforcement.payment.credit import credit
from services.enforcement.payment.model import PaymentReference, count, refuse_known
from services.enforcement.payment.settling import settle
from services.enforcement.receipt_batch.model import use_receipt
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY


def _where(request: pb.CollectFineRequest, _case: cases.Case) -> Act:
    aboard = request.ground == COLLECTION_GROUND_ON_WATER
    return PENALTY.COLLECT_FINE_ABOARD if aboard else PENALTY.COLLECT_FINE


@act(PENALTY.COLLECT_FINE, PENALTY.COLLECT_FINE_ABOARD, by=_where)
def collect_fine(
    request: pb.CollectFineRequest, case: cases.Case, do: Do
) -> events.FineCollected | events.FineCollectedAboard:
    """Record that the fine was collected on the spot: for the party it is paid (APL 68, 69)."""
    collected = case.collection
    collected.CopyFrom(do.facts.collection())
    collected.amount.CopyFrom(request.amount)
    collected.collector = do.caller
    collected.receipt.series = collected.receipt.series.strip()
    credit(case, request.amount.fen, do.at, do.caller, do.tx.calendar)
    for stamp in (collected.collect_time, case.perform_time):
        put_moment(stamp, do.at)
    do.then = lambda: settle(do.tx, case)
    use_receipt(do.tx, case.case_id, collected.receipt)
    aboard = do.move.act == "COLLECT_FINE_ABOARD"
    return events.FineCollectedAboard() if aboard else events.FineCollected()


@act(PENALTY.LAND_FINE)
def land_fine(_request: pb.LandFineRequest, case: cases.Case, do: Do) -> events.FineLanded:
    """Record that who collected a fine on water came ashore. Starts the two days to hand it in (APL 71)."""
    put_moment(case.collection.land_time, do.at)
    return events.FineLanded()


@act(PENALTY.HAND_IN_FINE)
def hand_in_fine(_request: pb.HandInFineRequest, case: cases.Case, do: Do) -> events.FineHandedIn:
    """Record that the agency has what was collected. Starts its two days to pay it to the bank (APL 71)."""
    case.collection.receiver = do.caller
    put_moment(case.collection.hand_in_time, do.at)
    return events.FineHandedIn()


def _unknown(request: pb.BankFineRequest, _case: cases.Case, tx: Tx) -> None:
    """Raise Exists for a payment that is recorded already."""
    refuse_known(tx, request.bank_reference.strip())


@act(PENALTY.BANK_FINE, takes=_unknown, loads=((PaymentReference, "bank_reference"),))
def bank_fine(request: pb.BankFineRequest, case: cases.Case, do: Do) -> events.FineBanked:
    """Record that the designated bank has it, by the bank's number (APL 71)."""
    banked, paid = case.collection, case.payments[-1]
    banked.bank_reference = paid.bank_reference = request.bank_reference.strip()
    banked.banker = do.caller
    put_moment(banked.bank_time, do.at)
    count(do.tx, case.case_id, paid, do.at)
    return events.FineBanked()
