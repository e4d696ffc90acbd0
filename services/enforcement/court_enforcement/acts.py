"""Enforcement by the court: the end of the remedies, the demand, the application, and what the court makes of it (ACL 53–60)."""

from contextlib import suppress
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.case.facts import when
from services.enforcement.case.model import Case
from services.enforcement.court_enforcement.act import act, new_enforcement
from services.enforcement.court_enforcement.model import under_way
from services.enforcement.enforcement.demanding import demanded, rechecked, stated
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT as COURT
from services.law.procedures.court_enforcement.recorded import SAID, left_of, state_of
from services.law.rule import Unlawful


def _begun(request: pb.BeginCourtEnforcementRequest, tx: Tx) -> pb.CourtEnforcement:
    return new_enforcement(tx, request.case_id)


def _which(_request: Any, enforcement: pb.CourtEnforcement) -> Act:
    return COURT.NOTE_DEFERRAL_OVER if enforcement.deferred else COURT.NOTE_REMEDY_OVER


@act(
    COURT.NOTE_REMEDY_OVER,
    COURT.NOTE_DEFERRAL_OVER,
    by=_which,
    begins=_begun,
    loads=((Case, "case_id"),),
)
def begin_court_enforcement(
    _request: pb.BeginCourtEnforcementRequest, _enforcement: pb.CourtEnforcement, do: Do
) -> events.RemedyPeriodOver | events.DeferralOver:
    """Note that the time for remedies is over. The three months run from its true end (ACL 53, APL 72(2))."""
    return _note(do)


def _note(do: Do) -> events.RemedyPeriodOver | events.DeferralOver:
    do.at = do.facts.remedy_end()
    return events.DeferralOver() if do.move.act == "NOTE_DEFERRAL_OVER" else events.RemedyPeriodOver()


def note_remedy_over(tx: Tx, case_id: str) -> None:
    """The time to sue ended: where nobody did, and the decision is not carried out, the way to the court is open (ACL 53)."""
    enforcement = new_enforcement(tx, case_id)
    with suppress(Unlawful):
        act.do(tx, _which(None, enforcement), enforcement, None, lambda _request, _enforcement, do: _note(do))


def _over(event: Any) -> Any:
    """What is done when an enforcement comes to an end by itself."""

    def body(_request: None, enforcement: pb.CourtEnforcement, do: Do) -> Any:
        put_moment(enforcement.end_time, do.now)
        return event()

    return body


def _by_itself(tx: Tx, act_name: str, event: Any, enforcement_id: str) -> None:
    """An act of nobody, where it is open."""
    enforcement = act.open(tx, enforcement_id)
    if COURT.tables[0].move(act_name, act.names[enforcement.state]) is not None:
        act.do(tx, Act(COURT, act_name), enforcement, None, _over(event))


def lapse(tx: Tx, enforcement_id: str) -> None:
    """The three months are over: the right to enforce is lost (ACL 53)."""
    _by_itself(tx, "LAPSE", events.CourtEnforcementLapsed, enforcement_id)


def let_stand(tx: Tx, enforcement_id: str) -> None:
    """The fifteen days to challenge a ruling are over (ACL 56(2), 58(3))."""
    _by_itself(tx, "LET_STAND", events.RulingStood, enforcement_id)


def performed(tx: Tx, case: cases.Case) -> None:
    """Nothing of the decision is left to carry out: what is under way to enforce it ends (APL 66(1))."""
    if not left_of(case, tx.now, tx.calendar):
        for enforcement_id in under_way(tx, case.case_id):
            _by_itself(tx, "RECORD_PERFORMANCE", events.CourtEnforcementPerformed, enforcement_id)


@act(COURT.DEMAND, takes=demanded)
def demand_performance(
    _request: pb.DemandPerformanceRequest, enforcement: pb.CourtEnforcement, do: Do
) -> events.PerformanceDemanded:
    """Tell the party in writing to perform. Starts the ten days (ACL 35, 54)."""
    return events.PerformanceDemanded()


@act(COURT.RECORD_STATEMENT, takes=stated)
def record_demand_statement(
    _request: pb.RecordDemandStatementRequest, _enforcement: pb.CourtEnforcement, _do: Do
) -> events.DemandAnswered:
    """Record what the party stated against the demand (ACL 36)."""
    return events.DemandAnswered()


@act(COURT.RECHECK_STATEMENT)
def recheck_demand_statement(
    request: pb.RecheckDemandStatementRequest, enforcement: pb.CourtEnforcement, do: Do
) -> events.DemandAnswerRechecked:
    """Say what became of it; a good reason is adopted (ACL 36)."""
    rechecked(request, enforcement, do.tx)
    return events.DemandAnswerRechecked()


def _applied(request: pb.ApplyToCourtRequest, enforcement: pb.CourtEnforcement, tx: Tx) -> None:
    enforcement.application.CopyFrom(
        pb.CourtApplication(
            court=request.court,
            papers=dict.fromkeys(request.papers),
            head=tx.caller.subject,
            urgency=request.urgency if request.at_once else "",
            public_safety=request.public_safety if request.at_once else "",
        )
    )
    put_moment(enforcement.application.apply_time, tx.now)


def _how(request: pb.ApplyToCourtRequest, _enforcement: pb.CourtEnforcement) -> Act:
    return COURT.APPLY_FOR_IMMEDIATE if request.at_once else COURT.APPLY


@act(COURT.APPLY, COURT.APPLY_FOR_IMMEDIATE, by=_how, takes=_applied)
def apply_to_court(
    _request: pb.ApplyToCourtRequest, enforcement: pb.CourtEnforcement, do: Do
) -> events.CourtApplied:
    """Apply to the court; the head signs by doing it (ACL 53–55, 59)."""
    number = next_number(do.tx, enforcement.body_id, "court_application", do.now)
    enforcement.application.document_number = number
    return events.CourtApplied()


def _answered(request: pb.RecordCourtAnswerRequest, enforcement: pb.CourtEnforcement, tx: Tx) -> None:
    """Raises Malformed for what the court does not say at this stage."""
    if (state_of(enforcement), request.said) not in SAID:
        said = ("is not what the court says at this stage", "现阶段人民法院不会作出该答复")
        raise Malformed({"said": said})
    at = when(request, "receive_time", tx.now)
    answer = enforcement.answers.add(
        said=request.said, document=request.document, reason=request.reason, recorder=tx.caller.subject
    )
    put_moment(answer.receive_time, at)


def _said(request: pb.RecordCourtAnswerRequest, enforcement: pb.CourtEnforcement) -> Act:
    return Act(COURT, SAID[state_of(enforcement), request.said])


COURT_SAYS = {
    "ACCEPT": events.CourtAccepted,
    "REFUSE": events.CourtRefused,
    "RULE": events.CourtRuled,
    "RULE_URGENTLY": events.CourtRuledAtOnce,
    "RULE_AGAINST": events.CourtRuledAgainst,
    "ALLOW": events.ChallengeAllowed,
    "DISMISS": events.ChallengeDismissed,
    "ENFORCE": events.CourtEnforced,
    "END": events.CourtEnforcementEnded,
}


@act(*(Act(COURT, name) for name in COURT_SAYS), by=_said, takes=_answered)
def record_court_answer(
    _request: pb.RecordCourtAnswerRequest, _enforcement: pb.CourtEnforcement, do: Do
) -> Any:
    """Record what the court said: that it accepts, rules, enforces, or does not (ACL 56–60)."""
    return COURT_SAYS[do.move.act]()


def _challenged(request: pb.ChallengeRulingRequest, enforcement: pb.CourtEnforcement, tx: Tx) -> None:
    enforcement.challenge = request.challenge
    put_moment(enforcement.challenge_time, tx.now)


@act(COURT.CHALLENGE, takes=_challenged)
def challenge_ruling(
    _request: pb.ChallengeRulingRequest, _enforcement: pb.CourtEnforcement, _do: Do
) -> events.RulingChallenged:
    """Ask the superior court to reconsider a ruling against the agency, within fifteen days (ACL 56(2), 58(3))."""
    return events.RulingChallenged()


@act(COURT.WITHDRAW)
def withdraw_court_application(
    request: pb.WithdrawCourtApplicationRequest, enforcement: pb.CourtEnforcement, do: Do
) -> events.CourtApplicationWithdrawn:
    """Withdraw the application."""
    enforcement.withdraw_cause = request.cause
    put_moment(enforcement.withdraw_time, do.now)
    return events.CourtApplicationWithdrawn()
