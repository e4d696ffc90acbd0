"""A citizen's request to review a normative document (公民审查建议): received, handled and answered."""

from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class Finding(StrEnum):
    """What the review on request found."""

    LAWFUL = "LAWFUL"
    TO_BE_CORRECTED = "TO_BE_CORRECTED"
    NOT_REVIEWABLE = "NOT_REVIEWABLE"


@dataclass(frozen=True)
class RequestRecord:
    """The record of a request, with what the act hands in."""

    text: str = ""
    finding: Finding | None = None
    answer: str = ""


class RequestFacts(Facts):
    """The record of a request with what the act hands in (`record`), and the node's own time."""

    record: RequestRecord

    @abstractmethod
    def document_public(self) -> bool:
        """Whether the document is there and was published."""

    @abstractmethod
    def being_corrected(self) -> bool:
        """Whether the document is being corrected, was corrected, or is in force no longer."""


@rule(
    "DOCUMENT_NOT_PUBLISHED",
    law="HN-PROC:53;GF-2008-17:14",
    zh="没有这件已公布的规范性文件。",
    en="There is no published document of this kind. Name one of the public list (document_id).",
)
def document_there(f: RequestFacts) -> bool:
    """Anybody may ask for the review of a published document (HN-PROC 53, GF-2008-17 14)."""
    return f.document_public() is True


@rule(
    "REQUEST_EMPTY",
    law="HN-PROC:53",
    zh="审查建议应当写明理由。",
    en="The request does not say what is wrong with the document. State it (text).",
)
def request_says(f: RequestFacts) -> bool:
    """A request says what is wrong (HN-PROC 53)."""
    return bool(f.record.text.strip())


@rule(
    "ANSWER_NOT_REASONED",
    law="HN-PROC:53;CITY-ERS:3(27)",
    zh="答复应当写明审查结论和理由。",
    en="The finding, or the answer to who asked, is missing. State both (finding, answer).",
)
def request_answered(f: RequestFacts) -> bool:
    """The answer says what the review found, and why (HN-PROC 53)."""
    return f.record.finding in tuple(Finding) and bool(f.record.answer.strip())


@rule(
    "NOTHING_CORRECTED",
    law="GF-2008-17:14;CITY-ERS:3(27)",
    zh="认为应当纠正的，应当先发出审查意见（有错必纠）。",
    en="The finding says that the document is to be corrected, and nobody corrects it. Issue the opinion first "
    "(ReviewDocumentAgain, ConcludeDocumentFiling).",
)
def error_put_right(f: RequestFacts) -> bool:
    """What is found to be wrong is put right (GF-2008-17 14, CITY-ERS 3(27))."""
    return f.record.finding != Finding.TO_BE_CORRECTED or f.being_corrected() is True


# fmt: off
TABLE = table(
    "document_request",
    ("RECEIVE", "", "RECEIVED", "HN-PROC:53", (document_there, request_says),
     "PUBLIC OVERSIGHT", ("公民申请审查", "Ask for a review"), "document.review_requested", "RequestDocumentReview"),
    ("ANSWER", "RECEIVED", "ANSWERED", "HN-PROC:53", (request_answered, error_put_right),
     "OVERSIGHT", ("答复审查申请", "Answer the request"), "document.review_answered", "AnswerDocumentRequest"),
    titles=("规范性文件审查建议", "Request to review a document"),
    ends="ANSWERED",
)
# fmt: on
DOCUMENT_REQUEST = Procedure("document_request", RequestFacts, TABLE)
