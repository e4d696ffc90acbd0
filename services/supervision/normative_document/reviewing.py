"""The review of legality (GBF-2018-115): by the legal office, never by who drafted."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT as DOCUMENT
from services.supervision.normative_document.act import act
from services.supervision.normative_document.making import ended

CONCLUDES: Mapping[int, Act] = MappingProxyType(
    {
        pb.LEGALITY_CONCLUSION_LAWFUL: DOCUMENT.PASS_REVIEW,
        pb.LEGALITY_CONCLUSION_TO_BE_CHANGED: DOCUMENT.ASK_CHANGES,
        pb.LEGALITY_CONCLUSION_UNLAWFUL: DOCUMENT.FAIL_REVIEW,
    }
)


def _submitted(request: pb.SubmitForLegalityReviewRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    """The last text before the review: nothing changes it after that."""
    del document.papers[:]
    document.papers.extend(request.papers)
    document.text = request.text or document.text
    if tx.caller.subject not in document.drafters:
        document.drafters.append(tx.caller.subject)
    put_moment(document.submit_time, tx.now)


@act(DOCUMENT.SUBMIT_FOR_REVIEW, takes=_submitted)
def submit_for_legality_review(
    _request: Any, _document: pb.NormativeDocument, _do: Do
) -> events.LegalityReviewSubmitted:
    """Hand the draft in for review (GBF-2018-115). Starts NRM-01 and NRM-02."""
    return events.LegalityReviewSubmitted()


def _reviewed(request: pb.ConcludeLegalityReviewRequest, document: pb.NormativeDocument, tx: Tx) -> None:
    review = document.reviews.add(
        conclusion=request.conclusion,
        reviewer=tx.caller.subject,
        opinion=request.opinion,
        beyond_power=request.beyond_power,
        none_beyond=request.none_beyond,
        urgency=request.urgency,
    )
    put_moment(review.conclude_time, tx.now)


@act(
    *CONCLUDES.values(),
    by=lambda request, _document: CONCLUDES[request.conclusion],
    takes=_reviewed,
)
def conclude_legality_review(
    request: pb.ConcludeLegalityReviewRequest, document: pb.NormativeDocument, do: Do
) -> events.LegalityReviewConcluded:
    """Say what the review found (GBF-2018-115). Stops NRM-01 and NRM-02."""
    if request.conclusion == pb.LEGALITY_CONCLUSION_UNLAWFUL:
        ended(document, do, request.opinion)
    return events.LegalityReviewConcluded()


@act(DOCUMENT.REVISE)
def revise_normative_document(
    _request: pb.ReviseNormativeDocumentRequest, document: pb.NormativeDocument, _do: Do
) -> events.NormativeDocumentRevised:
    """Take a reviewed draft back: what is changed is reviewed again (GBF-2018-115)."""
    document.ClearField("minutes")
    document.ClearField("deliberate_time")
    return events.NormativeDocumentRevised()
