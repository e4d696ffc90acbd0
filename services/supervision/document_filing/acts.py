"""Filing a document and its review (GF-2008-17 14): what is filed is reviewed, and what is wrong is put right."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import document_filing_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.document_filing import DOCUMENT_FILING as FILING
from services.law.term import Term
from services.supervision.accountability.clue import of_missing_filing
from services.supervision.document_filing.act import act
from services.supervision.normative_document.model import NormativeDocument
from services.supervision.normative_document.turning import annul, leave_off

RECEIVES: Mapping[int, Act] = MappingProxyType(
    {
        pb.DOCUMENT_RECEIPT_REGISTER: FILING.REGISTER,
        pb.DOCUMENT_RECEIPT_ASK_SUPPLEMENT: FILING.ASK_SUPPLEMENT,
        pb.DOCUMENT_RECEIPT_DECLINE: FILING.DECLINE,
    }
)
RULES: Mapping[int, Act] = MappingProxyType(
    {
        pb.DOCUMENT_RULING_LET_STAND: FILING.LET_STAND,
        pb.DOCUMENT_RULING_AMEND: FILING.AMEND,
        pb.DOCUMENT_RULING_ANNUL: FILING.ANNUL,
    }
)


def note(filing: pb.DocumentFiling, do: Do, text: str) -> None:
    """Put on record what was asked, explained or said on the way."""
    said = filing.notes.add(what=do.move.title_zh, text=text, author=do.caller)
    put_moment(said.note_time, do.now)


def in_days(tx: Tx, days: int) -> Any:
    """The end of a term of calendar days that begins now."""
    return due(Term(days, "calendar_day"), tx.now.astimezone(SHANGHAI), tx.calendar).at


def _filed(request: pb.SubmitDocumentFilingRequest, filing: pb.DocumentFiling, tx: Tx) -> None:
    del filing.papers[:]
    filing.papers.extend(request.papers)
    filing.submitter = tx.caller.subject
    put_moment(filing.submit_time, tx.now)


def _supplements(_request: Any, filing: pb.DocumentFiling) -> Act:
    asked = filing.state == pb.DOCUMENT_FILING_STATE_SUPPLEMENTING
    return FILING.SUPPLEMENT if asked else FILING.SUBMIT


@act(FILING.SUBMIT, FILING.SUPPLEMENT, by=_supplements, takes=_filed)
def submit_document_filing(_request: Any, _filing: pb.DocumentFiling, _do: Do) -> events.DocumentFiled:
    """File it, or supplement what was filed (GF-2008-17 14, RFR 9). Stops NRM-04, NRM-19."""
    return events.DocumentFiled()


@act(FILING.URGE)
def urge_document_filing(
    request: pb.UrgeDocumentFilingRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentFilingUrged:
    """Set a last term to file (GF-2008-17 14). Starts NRM-19."""
    filing.urging = request.text
    put_moment(filing.urge_time, do.now)
    put_moment(filing.urged_until_time, in_days(do.tx, request.days))
    return events.DocumentFilingUrged()


@act(FILING.REPORT_MISSING)
def report_missing_filing(
    request: pb.ReportMissingFilingRequest, filing: pb.DocumentFiling, do: Do
) -> events.MissingFilingReported:
    """Make it known that it was not filed (GF-2008-17 14). It is a clue of responsibility, once (CITY-ERS 6(5))."""
    filing.missing_document = request.document
    do.then = lambda: of_missing_filing(do.tx, filing)
    return events.MissingFilingReported()


RECEIVED: Mapping[int, Any] = MappingProxyType(
    {
        pb.DOCUMENT_RECEIPT_REGISTER: events.DocumentFilingRegistered,
        pb.DOCUMENT_RECEIPT_ASK_SUPPLEMENT: events.DocumentSupplementAsked,
        pb.DOCUMENT_RECEIPT_DECLINE: events.DocumentFilingDeclined,
    }
)


@act(*RECEIVES.values(), by=lambda request, _filing: RECEIVES[request.receipt])
def receive_document_filing(
    request: pb.ReceiveDocumentFilingRequest, filing: pb.DocumentFiling, do: Do
) -> Any:
    """Register what was filed, ask for a supplement, or decline what is no normative document (GF-2008-17 14, RFR 9).

    What is declined stands on no list: it is no normative document.
    """
    if request.reasons:
        note(filing, do, request.reasons)
    if request.receipt == pb.DOCUMENT_RECEIPT_REGISTER:
        registered(filing, do)
    if request.receipt == pb.DOCUMENT_RECEIPT_DECLINE:
        reasons = request.reasons
        do.then = lambda: leave_off(
            do.tx, do.tx.get(NormativeDocument, filing.document_id).document(), reasons
        )
    return RECEIVED[request.receipt]()


def registered(filing: pb.DocumentFiling, do: Do) -> None:
    filing.reviewers[:] = dict.fromkeys([*filing.reviewers, do.caller])
    put_moment(filing.register_time, do.now)


@act(FILING.ASK_MAKER)
def ask_document_maker(
    request: pb.AskDocumentMakerRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentMakerAsked:
    """Ask the maker to explain (RFR 11, by analogy)."""
    note(filing, do, request.reasons)
    return events.DocumentMakerAsked()


@act(FILING.EXPLAIN)
def explain_document(
    request: pb.ExplainDocumentRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentExplained:
    """Explain (RFR 11, by analogy)."""
    note(filing, do, request.reasons)
    return events.DocumentExplained()


def _objected(request: pb.ConcludeDocumentFilingRequest, filing: pb.DocumentFiling, tx: Tx) -> None:
    filing.objections[:] = () if request.passed else request.objections
    filing.opinion = request.reasons
    put_moment(filing.conclude_time, tx.now)


@act(
    FILING.PASS,
    FILING.ISSUE_OPINION,
    by=lambda request, _filing: FILING.PASS if request.passed else FILING.ISSUE_OPINION,
    takes=_objected,
)
def conclude_document_filing(
    request: pb.ConcludeDocumentFilingRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentFilingReviewed:
    """Pass it, or issue an opinion that it be corrected within a term (GF-2008-17 14). Stops NRM-05."""
    registered(filing, do)
    if not request.passed:
        put_moment(filing.correction_end_time, in_days(do.tx, request.days or CORRECTION_DAYS))
    return events.DocumentFilingReviewed()


CORRECTION_DAYS = 30
"""How long a maker has to correct a document where the opinion does not say (RFR 21, by analogy)."""


def _corrected(request: pb.ReportDocumentCorrectionRequest, filing: pb.DocumentFiling, tx: Tx) -> None:
    filing.correction = request.correction
    put_moment(filing.correction_report_time, tx.now)


@act(FILING.REPORT_CORRECTION, takes=_corrected)
def report_document_correction(
    _request: Any, _filing: pb.DocumentFiling, _do: Do
) -> events.DocumentCorrectionReported:
    """Report how it was corrected (GF-2008-17 14)."""
    return events.DocumentCorrectionReported()


def _refused(request: pb.RefuseDocumentCorrectionRequest, filing: pb.DocumentFiling, _tx: Tx) -> None:
    filing.refusal = request.refusal


@act(FILING.REFUSE_CORRECTION, takes=_refused)
def refuse_document_correction(
    _request: Any, _filing: pb.DocumentFiling, _do: Do
) -> events.DocumentCorrectionRefused:
    """Note that the maker refuses, or let the time pass (GF-2008-17 14)."""
    return events.DocumentCorrectionRefused()


@act(FILING.SUBMIT_TO_GOVERNMENT)
def submit_document_to_government(
    request: pb.SubmitDocumentToGovernmentRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentSubmittedToGovernment:
    """Ask the government to decide (GF-2008-17 14)."""
    note(filing, do, request.reasons)
    return events.DocumentSubmittedToGovernment()


@act(*RULES.values(), by=lambda request, _filing: RULES[request.ruling])
def record_document_ruling(
    request: pb.RecordDocumentRulingRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentRuled:
    """Record what the government decided (GF-2008-17 14): what it annuls has ended, what it has amended is no basis meanwhile."""
    filing.ruling, filing.ruling_document = request.ruling, request.document

    def follow() -> None:
        document = do.tx.get(NormativeDocument, filing.document_id).document()
        if request.ruling == pb.DOCUMENT_RULING_ANNUL:
            annul(do.tx, document, "被本级人民政府撤销", request.document)
        if request.ruling == pb.DOCUMENT_RULING_AMEND:
            leave_off(do.tx, document, f"责令修改（{request.document}）")

    do.then = follow
    return events.DocumentRuled()


@act(FILING.ANNOUNCE)
def announce_document_ruling(
    request: pb.AnnounceDocumentRulingRequest, filing: pb.DocumentFiling, _do: Do
) -> events.DocumentRulingAnnounced:
    """Make the result public (GF-2008-17 14)."""
    filing.ruling_address = request.document
    return events.DocumentRulingAnnounced()


@act(FILING.REVIEW_AGAIN)
def review_document_again(
    request: pb.ReviewDocumentAgainRequest, filing: pb.DocumentFiling, do: Do
) -> events.DocumentFilingRegistered:
    """Take the review up again, as on a citizen's request (GF-2008-17 14). Starts NRM-05 anew."""
    note(filing, do, request.reasons)
    registered(filing, do)
    return events.DocumentFilingRegistered()
