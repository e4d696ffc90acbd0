"""Cases that go to the body that has jurisdiction, and disputes over who that is (APL 22, 25)."""

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import transfer_pb2 as transfers

from services.enforcement.body.model import Body
from services.enforcement.case.act import act
from services.enforcement.evidence.model import Evidence
from services.enforcement.evidence.telling import evidence_proto
from services.enforcement.transfer.receiving import case_of, pass_over, settle
from services.kit.act import Do
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY


@act(PENALTY.TRANSFER_CASE, loads=((Body, "body_id"),))
def transfer_case(request: transfers.TransferCaseRequest, case: cases.Case, do: Do) -> events.CaseTransferred:
    """Pass a case to the body that has jurisdiction over it, with its evidence and what was found of illegal gains (APL 22, SAMR
    14).
    """
    body = do.facts.receiver()
    transfer_id = do.new_id("T-")
    case.transfer.CopyFrom(
        cases.Transfer(
            transfer_id=transfer_id,
            from_node=do.tx.node,
            from_body_id=case.body_id,
            from_body_name=case.body_name,
            from_case_id=case.case_id,
            from_case_number=case.case_number,
            to_node=body.node,
            to_body_id=body.body_id,
            to_body_name=body.name,
            to_case_id=case_of(transfer_id),
            cause=request.cause,
        )
    )
    put_moment(case.transfer.send_time, do.now)
    if case.HasField("proposal"):
        case.transfer.gains.CopyFrom(case.proposal.gains)
    rows = do.tx.query(
        select(Evidence).where(Evidence.case_id == case.case_id).order_by(Evidence.evidence_id)
    )
    return pass_over(do, case, events.CaseTransferred(pieces=map(evidence_proto, rows)), body.node)


@act(PENALTY.ACKNOWLEDGE_TRANSFER)
def acknowledge_transfer(
    _request: transfers.AcknowledgeTransferRequest, case: cases.Case, do: Do
) -> events.TransferAcknowledged:
    """Take over a case that was transferred here, also after disputing it (SAMR 14)."""
    put_moment(case.transfer.acknowledge_time, do.now)
    settle(case, do.now)
    return pass_over(do, case, events.TransferAcknowledged(), case.transfer.from_node)


@act(PENALTY.DISPUTE_TRANSFER)
def dispute_transfer(
    request: transfers.DisputeTransferRequest, case: cases.Case, do: Do
) -> events.JurisdictionDisputed:
    """Dispute the own jurisdiction over a case that was transferred here. Starts the seven days to agree (SAMR 13)."""
    put_moment(case.transfer.dispute_time, do.now)
    case.transfer.dispute_cause = request.cause
    return pass_over(do, case, events.JurisdictionDisputed(), case.transfer.from_node)


@act(PENALTY.REFER_DISPUTE)
def refer_dispute(
    request: transfers.ReferDisputeRequest, case: cases.Case, do: Do
) -> events.JurisdictionReferred:
    """Ask the common superior to designate (APL 25(2)). Starts the superior's seven days (SAMR 16)."""
    put_moment(case.transfer.refer_time, do.now)
    case.transfer.refer_cause = request.cause
    return events.JurisdictionReferred()


def _as_it_was(_request: transfers.TakeBackCaseRequest | None, case: cases.Case) -> Act:
    """It comes back as the clue or the filed case that it was."""
    return PENALTY.TAKE_BACK_CASE if case.HasField("file_time") else PENALTY.TAKE_BACK_CLUE


@act(PENALTY.TAKE_BACK_CLUE, PENALTY.TAKE_BACK_CASE, by=_as_it_was)
def take_back_case(
    _request: transfers.TakeBackCaseRequest, case: cases.Case, do: Do
) -> events.CaseTakenBack | events.ClueTakenBack:
    """Take back a case whose receiver disputes its jurisdiction: the two agree (APL 25(2))."""
    settle(case, do.now)
    event = events.CaseTakenBack() if do.move.act == "TAKE_BACK_CASE" else events.ClueTakenBack()
    return pass_over(do, case, event, case.transfer.to_node)
