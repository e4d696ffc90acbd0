"""Suggestions from outside: registered, assigned, met about, answered, verified or handed back (CBZ-2019-7 18, 25)."""

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.suggestion import PREFIX, SUGGESTION
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.suggestion.act import act, took

SAID = ("body_id", "case_id", "kind", "stage", "suit_id", "maker", "number", "text", "wide", "days")


def _registered(request: pb.RegisterSuggestionRequest, tx: Tx) -> pb.Suggestion:
    """The entry that a suggestion begins with: its body and case as the city knows them."""
    body = tx.find(Body, request.body_id)
    view = tx.find(CaseView, request.case_id) if request.case_id else None
    record = pb.Suggestion(
        suggestion_id=tx.new_id(PREFIX),
        node=body.node if body is not None else "",
        body_name=body.name if body is not None else "",
        case_number=view.case_number if view is not None else "",
        registrar=tx.caller.subject,
        receive_time=request.done_time,
    )
    for name in SAID:
        setattr(record, name, getattr(request, name))
    put_moment(record.register_time, tx.now)
    took(request, record, tx)
    return record


@act(SUGGESTION.REGISTER, begins=_registered)
def register_suggestion(
    _request: pb.RegisterSuggestionRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionRegistered:
    """Register a suggestion. Starts SGN-01 or SGN-02 (DRL 51(2)), else SGN-03."""
    return events.SuggestionRegistered()


def _assigned(request: pb.AssignSuggestionRequest, record: pb.Suggestion, tx: Tx) -> None:
    took(request, record, tx)
    record.handlers[:] = request.handlers


@act(SUGGESTION.ASSIGN, takes=_assigned)
def assign_suggestion(
    _request: pb.AssignSuggestionRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionAssigned:
    """Say who handles it (CBZ-2019-7 18)."""
    return events.SuggestionAssigned()


def _met(request: pb.RecordSuggestionMeetingRequest, record: pb.Suggestion, tx: Tx) -> None:
    took(request, record, tx)
    record.meetings.add(
        court_people=request.court_people,
        body_people=request.body_people,
        conclusions=request.conclusions,
        document=request.document,
        hold_time=request.done_time,
    )


@act(SUGGESTION.MEET, takes=_met)
def record_suggestion_meeting(
    _request: pb.RecordSuggestionMeetingRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionMeetingRecorded:
    """Record a joint meeting with the court (CITY-ERS 3(28))."""
    return events.SuggestionMeetingRecorded()


def _answered(request: pb.AnswerSuggestionRequest, record: pb.Suggestion, tx: Tx) -> None:
    took(request, record, tx)
    said = record.answers.add(
        outcome=request.outcome,
        measures=request.measures,
        why_not=request.why_not,
        answered_to=request.answered_to,
        document=request.document,
        answer_time=request.done_time,
    )
    if request.HasField("consult_time"):
        said.consult_time.CopyFrom(request.consult_time)


@act(SUGGESTION.ANSWER, takes=_answered)
def answer_suggestion(
    _request: pb.AnswerSuggestionRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionAnswered:
    """Answer who made it (PPOL 21(1), DRL 51(2), CBZ-2019-7 25). Stops its term."""
    return events.SuggestionAnswered()


def _verified(request: pb.VerifySuggestionRequest, record: pb.Suggestion, tx: Tx) -> None:
    took(request, record, tx)
    record.verification.CopyFrom(
        pb.SuggestionVerification(
            found=request.found, verifier=tx.caller.subject, verify_time=request.done_time
        )
    )


@act(SUGGESTION.VERIFY, takes=_verified)
def verify_suggestion(
    _request: pb.VerifySuggestionRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionVerified:
    """Verify that it was carried out, by another than who handled it (CBZ-2019-7 25)."""
    return events.SuggestionVerified()


def _returned(request: pb.ReturnSuggestionRequest, record: pb.Suggestion, tx: Tx) -> None:
    took(request, record, tx)
    record.returns.add(
        reasons=request.reasons,
        days=request.days,
        returner=tx.caller.subject,
        return_time=request.done_time,
    )


@act(SUGGESTION.RETURN, takes=_returned)
def return_suggestion(
    _request: pb.ReturnSuggestionRequest, _record: pb.Suggestion, _do: Do
) -> events.SuggestionReturned:
    """Hand it back to be answered anew within a term (CBZ-2019-7 25). Starts SGN-03."""
    return events.SuggestionReturned()
