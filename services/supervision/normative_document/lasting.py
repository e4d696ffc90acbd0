"""The life of a published document: entered, evaluated, published anew, repealed, corrected (GF-2008-17 15, HN-PROC 50, 51)."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedure import Act
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.supervision.document_filing.expecting import expect
from services.supervision.normative_document.act import PREFIX, act
from services.supervision.normative_document.maker import SUPERIOR, put_maker
from services.supervision.normative_document.making import ended, last_until
from services.supervision.normative_document.terms import is_trial

TIMES = ("publish_time", "effect_time", "list_time")


def _entered(request: pb.EnterNormativeDocumentRequest, tx: Tx) -> pb.NormativeDocument:
    document = pb.NormativeDocument(
        document_id=tx.new_id(PREFIX),
        title=request.title,
        trial=is_trial(request.title),
        number=request.number,
        text=request.text,
        bases=request.bases,
        publish_address=request.publish_address,
        list_document=request.list_document,
        entered=True,
        on_list=True,
    )
    if request.superior:
        document.maker, document.body_name, document.node = SUPERIOR, request.superior, tx.city
    else:
        put_maker(document, request.body_id, tx)
    for name in TIMES:
        if request.HasField(name):
            getattr(document, name).CopyFrom(getattr(request, name))
    last_until(tx, request, document, moment_at(document, "effect_time"))
    put_moment(document.plan_time, tx.now)
    return document


@act(DOCUMENT.ENTER, begins=_entered)
def enter_normative_document(
    _request: Any, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentEntered:
    """Enter one that was made before this register, from its list (GF-2008-17 15)."""
    return events.NormativeDocumentEntered()


def _which(request: pb.EvaluateNormativeDocumentRequest, _document: pb.NormativeDocument) -> Act:
    return DOCUMENT.EVALUATE_BEFORE_EXPIRY if request.before_expiry else DOCUMENT.EVALUATE


@act(DOCUMENT.EVALUATE, DOCUMENT.EVALUATE_BEFORE_EXPIRY, by=_which)
def evaluate_normative_document(
    request: pb.EvaluateNormativeDocumentRequest, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentEvaluated | events.DocumentEvaluatedBeforeExpiry:
    """Report an evaluation: after a year in force, or towards the end (CITY-ERS 6(3), HN-PROC 51)."""
    made = document.evaluations.add(
        before_expiry=request.before_expiry, text=request.evaluation, evaluator=do.caller
    )
    if request.HasField("costs"):
        made.costs.CopyFrom(request.costs)
    put_moment(made.evaluate_time, do.now)
    if request.before_expiry:
        return events.DocumentEvaluatedBeforeExpiry()
    return events.NormativeDocumentEvaluated()


def _renewed(request: pb.RenewNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    last_until(tx, request, document, tx.now)


@act(DOCUMENT.RENEW, takes=_renewed)
def renew_normative_document(
    request: pb.RenewNormativeDocumentRequest, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentRenewed:
    """Publish it anew for another term, and file it again (HN-PROC 51)."""
    document.publish_address = request.address
    put_moment(document.publish_time, do.now)
    do.then = lambda: expect(do.tx, document)
    document.ClearField("expiry_notice_time")
    return events.NormativeDocumentRenewed()


@act(DOCUMENT.REPEAL)
def repeal_normative_document(
    request: pb.RepealNormativeDocumentRequest, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentRepealed:
    """Repeal it (GF-2008-17 15)."""
    ended(document, do, request.reasons, request.document)
    return events.NormativeDocumentRepealed()


@act(DOCUMENT.SUSPEND_CLAUSE)
def suspend_document_clause(
    request: pb.SuspendDocumentClauseRequest, document: pb.NormativeDocument, do: Do
) -> events.DocumentClauseSuspended:
    """Record that a reconsideration stopped clauses (ARL 59)."""
    stopped = document.suspensions.add(clauses=request.clauses, document=request.document, recorder=do.caller)
    put_moment(stopped.suspend_time, do.now)
    return events.DocumentClauseSuspended()


@act(DOCUMENT.CORRECT_CLAUSE)
def correct_document_clause(
    request: pb.CorrectDocumentClauseRequest, document: pb.NormativeDocument, do: Do
) -> events.DocumentClauseCorrected:
    """Report how the clauses were corrected (ARL 59)."""
    for stopped in document.suspensions:
        if not stopped.HasField("correct_time"):
            stopped.correction = request.answer
            put_moment(stopped.correct_time, do.now)
    return events.DocumentClauseCorrected()


@act(DOCUMENT.RECEIVE_SUGGESTION)
def receive_judicial_suggestion(
    request: pb.ReceiveJudicialSuggestionRequest, document: pb.NormativeDocument, do: Do
) -> events.JudicialSuggestionReceived:
    """Record what a court suggests (ALIT-JI 149). Starts LIT-10."""
    made = document.suggestions.add(document=request.document, clauses=request.clauses)
    put_moment(made.receive_time, do.now)
    return events.JudicialSuggestionReceived()


@act(DOCUMENT.ANSWER_SUGGESTION)
def answer_judicial_suggestion(
    request: pb.AnswerJudicialSuggestionRequest, document: pb.NormativeDocument, do: Do
) -> events.JudicialSuggestionAnswered:
    """Answer what courts suggested and nobody answered yet (ALIT-JI 149). Stops LIT-10."""
    for made in document.suggestions:
        if not made.HasField("answer_time"):
            made.answer = request.answer
            put_moment(made.answer_time, do.now)
    return events.JudicialSuggestionAnswered()
