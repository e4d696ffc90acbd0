"""A document is planned, drafted, assessed, laid before the public and published (GF-2008-17 13, GBF-2018-37)."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import moment_at, put_moment
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.supervision.body.model import Body
from services.supervision.document_filing.expecting import expect
from services.supervision.normative_document.act import PREFIX, act
from services.supervision.normative_document.facts import COMMENT
from services.supervision.normative_document.maker import GOVERNMENT, SUPERIOR, put_maker
from services.supervision.normative_document.terms import end_of, is_trial, longest, near
from services.supervision.supervision_order.number import next_number

Request = Any


def _planned(request: pb.PlanNormativeDocumentRequest, tx: Tx) -> pb.NormativeDocument:
    document = pb.NormativeDocument(
        document_id=tx.new_id(PREFIX),
        title=request.title,
        trial=is_trial(request.title),
        plan_year=request.plan_year,
        plan_document=request.plan_document,
        planner=tx.caller.subject,
    )
    put_maker(document, request.body_id, tx, request.body_name)
    put_moment(document.plan_time, tx.now)
    return document


@act(DOCUMENT.PLAN, begins=_planned)
def plan_normative_document(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentPlanned:
    """Put it on the plan of making (CITY-ERS 5(2))."""
    return events.NormativeDocumentPlanned()


def _drafted(request: pb.DraftNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    document.text = request.text
    document.bases[:] = request.bases
    document.drafters[:] = dict.fromkeys([tx.caller.subject, *request.drafters])
    put_moment(document.draft_time, tx.now)


@act(DOCUMENT.DRAFT, takes=_drafted)
def draft_normative_document(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentDrafted:
    """Hand in the draft (GBF-2018-37)."""
    return events.NormativeDocumentDrafted()


def _assessed(request: pb.AssessNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    del document.assessments[:]
    document.assessments.extend(request.assessments)
    for name in ("vital_interests", "specialised", "legislation", "costs"):
        document.ClearField(name)  # type: ignore[arg-type]
        if request.HasField(name):  # type: ignore[arg-type]
            getattr(document, name).CopyFrom(getattr(request, name))
    put_moment(document.assess_time, tx.now)


@act(DOCUMENT.ASSESS, takes=_assessed)
def assess_normative_document(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentAssessed:
    """Say what was assessed (GBF-2018-37)."""
    return events.NormativeDocumentAssessed()


def _laid_open(request: pb.PublishNormativeDraftRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """The public has the time that the law gives, or more."""
    document.draft_address = request.address
    least, told = end_of(tx, COMMENT, tx.now), moment_at(request, "comment_end_time")
    put_moment(document.comment_end_time, max(least, told or least))
    put_moment(document.comment_start_time, tx.now)


@act(DOCUMENT.PUBLISH_DRAFT, takes=_laid_open)
def publish_normative_draft(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDraftPublished:
    """Put the draft before the public (GBF-2018-37). Starts NRM-03."""
    return events.NormativeDraftPublished()


def _closed(request: pb.CloseDraftCommentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    document.adoption = request.adoption
    put_moment(document.comment_close_time, tx.now)


@act(DOCUMENT.CLOSE_COMMENT, takes=_closed)
def close_draft_comment(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.DraftCommentClosed:
    """Close the comment and tell what was taken up (GBF-2018-37). Stops NRM-03."""
    return events.DraftCommentClosed()


def _skipped(request: pb.SkipDraftCommentRequest, document: pb.NormativeDocument, _tx: Tx) -> None:
    document.no_comment, document.no_comment_reasons = request.no_comment, request.reasons


@act(DOCUMENT.SKIP_COMMENT, takes=_skipped)
def skip_draft_comment(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.DraftCommentSkipped:
    """Go on without public comment (GBF-2018-37)."""
    return events.DraftCommentSkipped()


def _deliberated(
    request: pb.DeliberateNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx
) -> None:
    document.minutes = request.minutes
    put_moment(document.deliberate_time, tx.now)


@act(DOCUMENT.DELIBERATE, takes=_deliberated)
def deliberate_normative_document(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentDeliberated:
    """Record that the heads of the maker decided together (GF-2008-17 13)."""
    return events.NormativeDocumentDeliberated()


def _signed(request: pb.SignNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """The head signs in person; for the government the legal office records who signed."""
    document.signer = request.signer if document.maker == GOVERNMENT else tx.caller.subject
    put_moment(document.sign_time, tx.now)


@act(DOCUMENT.SIGN, takes=_signed)
def sign_normative_document(
    _request: Request, _document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentSigned:
    """Sign it (GBF-2018-37)."""
    return events.NormativeDocumentSigned()


@act(DOCUMENT.NUMBER)
def number_normative_document(
    _request: Request, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentNumbered:
    """Register, number and print it: one register, one series, one print (CBZ-2019-7 8)."""
    document.number = next_number(do.tx, "normative_document", prefix_of(document, do.tx))
    document.numberer = do.caller
    put_moment(document.print_time, do.now)
    return events.NormativeDocumentNumbered()


def prefix_of(document: pb.NormativeDocument, tx: Tx) -> str:
    """What stands for the maker in the number."""
    if document.maker == GOVERNMENT:
        return f"{tx.parameters.numbering().region}府"
    body = tx.find(Body, document.body_id)
    return body.document_prefix if body is not None else ""


def _published(request: pb.PublishNormativeDocumentRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    document.publish_address, document.early_effect = request.address, request.early_effect
    put_moment(document.publish_time, tx.now)
    if request.HasField("effect_time"):
        document.effect_time.CopyFrom(request.effect_time)
    last_until(tx, request, document, moment_at(document, "effect_time"))


def last_until(tx: Tx, request: Any, document: pb.NormativeDocument, since: datetime | None) -> None:
    """Until when it is valid: as it says, else as long as the law lets it be; and when its maker is told that this is near."""
    latest = longest(tx, document.trial, since)
    if request.HasField("expire_time"):
        document.expire_time.CopyFrom(request.expire_time)
    elif latest is not None and document.maker != SUPERIOR:
        put_moment(document.expire_time, latest)
    if (told := near(tx, moment_at(document, "expire_time"))) is not None:
        put_moment(document.expiry_notice_due_time, told)


@act(DOCUMENT.PUBLISH, takes=_published)
def publish_normative_document(
    _request: Request, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentPublished:
    """Publish it (GF-2008-17 13). It takes effect on its day, and is to be filed within fifteen days (14)."""
    do.then = lambda: expect(do.tx, document)
    return events.NormativeDocumentPublished()


def ended(document: pb.NormativeDocument, do: Do, reasons: str, paper: str = "") -> None:
    """The document ends, or its making does."""
    document.end_reasons, document.end_document, document.on_list = reasons, paper, False
    put_moment(document.end_time, do.at)
    if document.HasField("publish_time") and not document.HasField("off_time"):
        put_moment(document.off_time, do.at)


@act(DOCUMENT.ABANDON)
def abandon_normative_document(
    request: pb.AbandonNormativeDocumentRequest, document: pb.NormativeDocument, do: Do
) -> events.NormativeDocumentAbandoned:
    """Give the making up (GBF-2018-37)."""
    ended(document, do, request.reasons)
    return events.NormativeDocumentAbandoned()
