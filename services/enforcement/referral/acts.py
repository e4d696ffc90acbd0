"""Suspected crimes: flagged, verified, approved, sent to the police, and what they make of it (CRT 3–13, APL 27, 35)."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import referral_pb2 as pb
from yifa.enforcement.v1.case_pb2 import CASE_STATE_SUSPENDED

from services.enforcement.case.act import act as case_act
from services.enforcement.case.facts import legible, when
from services.enforcement.case.model import Case
from services.enforcement.deadline.standstill import REFERRAL_TIME, SUSPENSION_TIME, go_on, stand_still
from services.enforcement.officer.model import Standing
from services.enforcement.paper.number import next_number
from services.enforcement.referral.act import act, new_referral
from services.kit.act import Do
from services.kit.refusal import Malformed
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.referral import REFERRAL
from services.law.procedures.referral.recorded import SAID, state_of
from services.law.procedures.shared import not_in_future
from services.law.rule import Unlawful


def _flagged(_request: pb.FlagCrimeRequest, referral: pb.Referral, tx: Tx) -> None:
    referral.flagger = tx.caller.subject
    put_moment(referral.flag_time, tx.now)


@act(REFERRAL.FLAG, begins=new_referral, takes=_flagged, loads=((Case, "case_id"),))
def flag_crime(_request: pb.FlagCrimeRequest, _referral: pb.Referral, _do: Do) -> events.CrimeFlagged:
    """Say that a crime is suspected in a case. From then on no penalty takes its place (CRT 3(1), 11(1))."""
    return events.CrimeFlagged()


def _reported(request: pb.ReportCrimeRequest, referral: pb.Referral, tx: Tx) -> None:
    del referral.officer_ids[:]
    referral.officer_ids.extend(dict.fromkeys(request.officer_ids))
    referral.report = request.report
    put_moment(referral.report_time, tx.now)


@act(REFERRAL.REPORT, takes=_reported, loads=((Standing, "officer_ids"),))
def report_crime(_request: pb.ReportCrimeRequest, referral: pb.Referral, do: Do) -> events.ReferralReported:
    """Hand in the report of those who verified the case. Starts the chief's three days (CRT 5)."""
    del referral.officers[:]
    for person in do.facts.officers():
        referral.officers.add(
            officer_id=person.officer_id, name=person.name, certificate_number=person.certificate_number
        )
    return events.ReferralReported()


def _decided(request: Any, referral: pb.Referral, tx: Tx) -> None:
    referral.chief, referral.reasons = tx.caller.subject, getattr(request, "reasons", "")
    put_moment(referral.decide_time, tx.now)


@act(REFERRAL.APPROVE, takes=_decided)
def approve_referral(
    _request: pb.ApproveReferralRequest, _referral: pb.Referral, _do: Do
) -> events.ReferralApproved:
    """Approve the referral. Starts the twenty-four hours to send it (CRT 5(2))."""
    return events.ReferralApproved()


@act(REFERRAL.REJECT, takes=_decided)
def reject_referral(
    _request: pb.RejectReferralRequest, _referral: pb.Referral, _do: Do
) -> events.ReferralRejected:
    """Do not approve it, with reasons on record: the case goes on (CRT 5(2))."""
    return events.ReferralRejected()


def _sent(request: pb.SendReferralRequest, referral: pb.Referral, tx: Tx) -> None:
    if request.HasField("copy_time"):
        legible(request, "copy_time")
        referral.copy_time.CopyFrom(request.copy_time)
    del referral.papers[:]
    referral.papers.extend(dict.fromkeys(request.papers))
    referral.police = request.police
    put_moment(referral.send_time, tx.now)


@act(REFERRAL.SEND, takes=_sent)
def send_referral(_request: pb.SendReferralRequest, referral: pb.Referral, do: Do) -> events.ReferralSent:
    """Record that the case went to the police, with its papers and a copy to the procuratorate (CRT 5(2), 6)."""
    referral.document_number = next_number(do.tx, referral.body_id, "referral", do.now)
    do.then = lambda: stand_still(do.tx, referral.case_id, referral.document_number, REFERRAL_TIME)
    return events.ReferralSent()


def _answered(request: pb.RecordPoliceAnswerRequest, referral: pb.Referral, tx: Tx) -> None:
    """Raises Malformed for what the police do not say at this stage, Unlawful for what has not come yet."""
    if (state_of(referral), request.said) not in SAID:
        said = ("is not what the police say at this stage", "现阶段公安机关不会作出该答复")
        raise Malformed({"said": said})
    at = when(request, "receive_time", tx.now)
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], {"referral_id": referral.referral_id})
    answer = referral.answers.add(
        said=request.said,
        document=request.document,
        reason=request.reason,
        forwarded_to=request.forwarded_to,
    )
    put_moment(answer.receive_time, at)


def _said(request: pb.RecordPoliceAnswerRequest, referral: pb.Referral) -> Act:
    return Act(REFERRAL, SAID[state_of(referral), request.said])


POLICE = {
    "RECEIVE": events.ReferralReceived,
    "FIND_NOT_COMPETENT": events.ReferralMisdirected,
    "FORWARD": events.ReferralForwarded,
    "OPEN": events.ReferralOpened,
    "REFUSE": events.ReferralRefused,
    "OPEN_AFTER_ALL": events.ReferralOpenedAfterAll,
    "REFUSE_AGAIN": events.ReferralRefusedAgain,
    "OPEN_UNDER_SUPERVISION": events.ReferralOpened,
}


@act(*(Act(REFERRAL, name) for name in POLICE), by=_said, takes=_answered)
def record_police_answer(request: pb.RecordPoliceAnswerRequest, referral: pb.Referral, do: Do) -> Any:
    """Record what the police said: that they got it, are not competent, open a case or none (CRT 7–9)."""
    referral.police = request.forwarded_to or referral.police
    return POLICE[do.move.act]()


def _asked(_request: pb.AskReconsiderationRequest, referral: pb.Referral, tx: Tx) -> None:
    put_moment(referral.reconsider_request_time, tx.now)


@act(REFERRAL.ASK_RECONSIDERATION, takes=_asked)
def ask_reconsideration(
    _request: pb.AskReconsiderationRequest, _referral: pb.Referral, _do: Do
) -> events.PoliceAskedToReconsider:
    """Ask the police that refused to reconsider, within three days (CRT 9(1))."""
    return events.PoliceAskedToReconsider()


def _suggested(request: pb.SuggestSupervisionRequest, referral: pb.Referral, tx: Tx) -> None:
    referral.supervision = request.suggestion
    put_moment(referral.supervision_time, tx.now)


@act(REFERRAL.SUGGEST_SUPERVISION, takes=_suggested)
def suggest_supervision(
    _request: pb.SuggestSupervisionRequest, _referral: pb.Referral, _do: Do
) -> events.SupervisionSuggested:
    """Ask the procuratorate to supervise that a case be opened (CRT 9)."""
    return events.SupervisionSuggested()


def _returned(referral: pb.Referral, do: Do) -> events.ReferralReturned:
    """The administrative case goes on, and its term with it."""
    put_moment(referral.resume_time, do.now)

    def then() -> None:
        go_on(do.tx, referral.case_id, REFERRAL_TIME)
        case = case_act.open(do.tx, referral.case_id)
        if case.state == CASE_STATE_SUSPENDED:  # its inquiry was suspended meanwhile
            stand_still(do.tx, case.case_id, case.suspensions[-1].cause, SUSPENSION_TIME)

    do.then = then
    return events.ReferralReturned()


@act(REFERRAL.RESUME_CASE)
def resume_case(_request: pb.ResumeCaseRequest, referral: pb.Referral, do: Do) -> events.ReferralReturned:
    """Go on with the administrative case when the police open none (CRT 10)."""
    return _returned(referral, do)


def _handed(request: pb.HandOverToPoliceRequest, referral: pb.Referral, tx: Tx) -> None:
    if request.HasField("list_time"):
        legible(request, "list_time")
        referral.list_time.CopyFrom(request.list_time)
    referral.things = request.things
    put_moment(referral.hand_over_time, tx.now)


@act(REFERRAL.HAND_OVER, takes=_handed)
def hand_over_to_police(
    _request: pb.HandOverToPoliceRequest, _referral: pb.Referral, _do: Do
) -> events.EvidenceHandedOver:
    """Hand over things and papers once the police opened a case (CRT 12)."""
    return events.EvidenceHandedOver()


def _outcome(request: pb.RecordCriminalOutcomeRequest, referral: pb.Referral, tx: Tx) -> None:
    referral.outcome.CopyFrom(request.outcome)
    put_moment(referral.outcome.end_time, when(request.outcome, "end_time", tx.now, "outcome.end_time"))


def _how(request: pb.RecordCriminalOutcomeRequest, _referral: pb.Referral) -> Act:
    return REFERRAL.CONVICT if request.outcome.convicted else REFERRAL.TAKE_BACK


@act(REFERRAL.TAKE_BACK, REFERRAL.CONVICT, by=_how, takes=_outcome)
def record_criminal_outcome(
    request: pb.RecordCriminalOutcomeRequest, referral: pb.Referral, do: Do
) -> events.CriminalCaseEnded | events.ReferralReturned:
    """Record how the criminal case ended: with a conviction, or sent back to the agency (APL 27(1), 35)."""
    return events.CriminalCaseEnded() if request.outcome.convicted else _returned(referral, do)
