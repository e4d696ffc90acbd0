"""The review of a document that comes with a reconsideration."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class DocumentReviewRecord:
    """The record of the review of a document in a reconsideration, with what the act hands in."""

    maker_notify_time: datetime | None = None
    clauses: tuple[str, ...] = ()
    """The clauses that the maker is asked about."""


class DocumentReviewFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: DocumentReviewRecord
    now: datetime

    @abstractmethod
    def own_power(self) -> bool:
        """Whether the reconsideration body may deal with the document itself."""


@rule(
    "NO_POWER_OVER_DOCUMENT",
    law="ARL-2023:56;ARL-2023:57",
    zh="有权处理的，方可自行处理。",
    en="The body has no power over the document. Forward it to who has (Forward).",
)
def own_power(f: DocumentReviewFacts) -> bool:
    """Only a body with power over the document deals with it (ARL 56, 57)."""
    return f.own_power()


@rule(
    "POWER_OVER_DOCUMENT",
    law="ARL-2023:56;ARL-2023:57",
    zh="无权处理的，方可转送。",
    en="The body itself has power over the document. Deal with it.",
)
def no_own_power(f: DocumentReviewFacts) -> bool:
    """A body with power over the document does not forward it (ARL 56, 57)."""
    return f.own_power() is False


@rule(
    "MAKER_NOT_ASKED",
    law="ARL-2023:58(1)",
    zh="应当书面通知制定机关就相关条款的合法性提出书面答复。",
    en="The maker was not asked about the clauses. Ask it, and name them (clauses).",
)
def maker_asked(f: DocumentReviewFacts) -> bool:
    """The maker of the document was asked for its reply about the clauses (ARL 58(1))."""
    return f.record.maker_notify_time is not None and any(c.strip() for c in f.record.clauses)


# fmt: off
TABLE = table(
    "document_review",
    ("START", "", "STARTED", "ARL-2023:56;ARL-2023:57", (),
     "RECON_BODY", ("启动附带审查", "Start"), "document_review.started"),
    ("NOTIFY_MAKER", "STARTED", "MAKER_NOTIFIED", "ARL-2023:58(1)", (own_power,),
     "RECON_BODY", ("通知制定机关", "Notify the maker"), "document_review.maker_notified"),
    ("RECEIVE_REPLY", "MAKER_NOTIFIED", "MAKER_REPLIED", "ARL-2023:58(1)", (),
     "MAKER", ("制定机关答复", "Receive the reply"), "document_review.maker_replied"),
    ("FIND_LAWFUL", "MAKER_NOTIFIED MAKER_REPLIED", "FOUND_LAWFUL", "ARL-2023:59", (own_power, maker_asked),
     "RECON_BODY", ("认为条款合法", "Find it lawful"), "document_review.decided"),
    ("STOP_CLAUSE", "MAKER_NOTIFIED MAKER_REPLIED", "STOPPED", "ARL-2023:59", (own_power, maker_asked),
     "RECON_BODY", ("停止条款执行，责令纠正", "Stop the clause"), "document_review.decided"),
    ("FORWARD", "STARTED", "FORWARDED", "ARL-2023:56;ARL-2023:57", (no_own_power,),
     "RECON_BODY", ("转送有权机关", "Forward"), "document_review.forwarded"),
    ("RECEIVE_ANSWER", "FORWARDED", "ANSWERED", "ARL-2023:60", (),
     "COMPETENT_BODY", ("收到处理意见", "Receive the answer"), "document_review.answered"),
    titles=("规范性文件附带审查", "Incidental review of a document"),
    ends="FOUND_LAWFUL STOPPED ANSWERED",
)
# fmt: on
DOCUMENT_REVIEW = Procedure("document_review", DocumentReviewFacts, TABLE)
