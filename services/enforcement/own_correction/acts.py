"""The agency corrects a decision of its own that it found to be wrong: proposed, decided by another, followed by all that an
outcome of a remedy has (APL 75(2)); and the credit platform is told of what was withdrawn (APL 48(2)).
"""

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import own_correction_pb2 as pb

from services.enforcement.case.act import act, check_penalty
from services.enforcement.decision.serving import put_announcement, put_service
from services.enforcement.outcome.acts import Told, follow
from services.enforcement.own_correction.asked import unfit
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed, Missing
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.outcome import decided_time, number_of
from services.law.procedures.penalty.own_correction import act_by, of_id, outcome_of, to_tell


def _whole(request: pb.ProposeOwnCorrectionRequest, _case: cases.Case, _tx: Tx) -> None:
    """Raise Malformed for what cannot stand in one paper."""
    check_penalty(request.penalty, "penalty")
    if found := unfit(request):
        raise Malformed(found)


@act(PENALTY.PROPOSE_OWN_CORRECTION, takes=_whole)
def propose_own_correction(
    _request: pb.ProposeOwnCorrectionRequest, case: cases.Case, do: Do
) -> events.OwnCorrectionProposed:
    """Propose that the decision be annulled or changed. It holds as it is until another approves that."""
    own = case.own_corrections.add()
    own.CopyFrom(do.facts.own_correction())
    own.correction_id, own.proposer, own.decision_number = do.new_id("W-"), do.caller, number_of(case)
    if (made := decided_time(case)) is not None:
        put_moment(own.decision_time, made)
    put_moment(own.propose_time, do.now)
    return events.OwnCorrectionProposed(own_correction=own)


def _in_this_case(request: pb.DecideOwnCorrectionRequest, case: cases.Case, _tx: Tx) -> None:
    """Raise Missing for a proposal that is not in the case."""
    if not of_id(case, request.correction_id).correction_id:
        raise Missing("OwnCorrection", request.correction_id)


def _by(request: pb.DecideOwnCorrectionRequest, case: cases.Case) -> Act:
    own = of_id(case, request.correction_id)
    return getattr(PENALTY, act_by(case, own, approved=request.approved))  # type: ignore[no-any-return]


@act(
    PENALTY.REFUSE_OWN_CORRECTION,
    PENALTY.CHANGE_OWN_DECISION,
    PENALTY.ANNUL_OWN_DECISION,
    PENALTY.REOPEN_OWN_DECISION,
    PENALTY.REOPEN_OWN_SPOT_DECISION,
    by=_by,
    takes=_in_this_case,
)
def decide_own_correction(
    request: pb.DecideOwnCorrectionRequest, case: cases.Case, do: Do
) -> events.OwnCorrectionRefused | Told:
    """Refuse the correction, or annul or change the decision by it: what was public has to be withdrawn, what was paid and is not
    owed given back, and the case is taken up again where it has to be decided anew.
    """
    own = of_id(case, request.correction_id)
    own.state = (
        cases.OWN_CORRECTION_STATE_APPROVED if request.approved else cases.OWN_CORRECTION_STATE_REFUSED
    )
    own.decider, own.opinion = do.caller, request.opinion
    put_moment(own.decide_time, do.now)
    if do.move.act == "REFUSE_OWN_CORRECTION":
        return events.OwnCorrectionRefused(own_correction=own)
    own.document_number = next_number(do.tx, case.body_id, "own_correction", do.now)
    kept = cases.CorrectingPaper(correction_id=own.correction_id, document_number=own.document_number)
    put_moment(kept.decide_time, do.now)
    told = follow(case, outcome_of(case, own), do)
    case.correcting_paper.CopyFrom(kept)
    return told


@act(PENALTY.ANNOUNCE_OWN_CORRECTION)
def announce_own_correction(
    request: pb.AnnounceOwnCorrectionRequest, case: cases.Case, do: Do
) -> events.OwnCorrectionAnnounced:
    """Record a public notice by which the paper of a correction is to be served (APL 61; CPL 95)."""
    put_announcement(case.correcting_paper.announcement, request, do.at)
    return events.OwnCorrectionAnnounced()


@act(PENALTY.SERVE_OWN_CORRECTION)
def serve_own_correction(
    request: pb.ServeOwnCorrectionRequest, case: cases.Case, do: Do
) -> events.OwnCorrectionServed:
    """Record that the paper of a correction of its own reached the party (APL 61), whose time to seek a remedy runs from then."""
    put_service(case.correcting_paper.service, request, do.at)
    return events.OwnCorrectionServed()


@act(PENALTY.CORRECT_CREDIT)
def correct_credit(request: pb.CorrectCreditRequest, case: cases.Case, do: Do) -> events.CreditCorrected:
    """Record that the credit platform took in that a decision was withdrawn."""
    told = to_tell(case).withdrawal
    told.credit_receipt, told.credit_teller = request.receipt, do.caller
    put_moment(told.credit_time, do.now)
    return events.CreditCorrected()
