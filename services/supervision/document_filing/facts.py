"""The facts of a filing: the record with what the act hands in, and what the city knows of the document and its maker."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import document_filing_pb2 as pb

from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.document_filing import FilingFacts, FilingRecord, Objection, Paper
from services.law.process import Move
from services.law.rule import fact
from services.supervision.complaint.facts import word
from services.supervision.deadline.model import Clock
from services.supervision.normative_document.maker import acts_for
from services.supervision.normative_document.model import NormativeDocument

FILE, FILE_AT_LAST = "NRM-04", "NRM-19"
"""The term to file, and that which the urging sets."""


def record_of(filing: pb.DocumentFiling, request: Any, caller: str) -> FilingRecord:
    return FilingRecord(
        papers=tuple(
            word(pb.DocumentFilingPaperKind, p.kind, "DOCUMENT_FILING_PAPER_KIND_", Paper)
            for p in filing.papers
        ),
        urge_time=moment_at(filing, "urge_time"),
        reasons=str(getattr(request, "reasons", "")),
        objections=tuple(
            word(pb.DocumentObjection, o, "DOCUMENT_OBJECTION_", Objection) for o in filing.objections
        ),
        correction=filing.correction,
        correction_report_time=moment_at(filing, "correction_report_time"),
        reviewers=(caller,),
        refusal=filing.refusal,
        document=str(getattr(request, "document", "")),
    )


@whole
class DoneFiling(FilingFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, filing: pb.DocumentFiling, look: Any, _move: Move, request: Any = None) -> None:
        self.filing, self.look = filing, look
        self.now = look.now
        self.record = record_of(filing, request, str(look.caller.subject))

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    def of_maker(self) -> bool:
        """By the document: who goes on with the powers of a body that ended files for it."""
        row = self.look.find(NormativeDocument, self.filing.document_id)
        return row is not None and acts_for(self.look, row.body_id)

    def term_end(self) -> datetime | None:
        """By the clock; once it was urged, what was set then."""
        if self.filing.HasField("urged_until_time"):
            return moment_at(self.filing, "urged_until_time")
        row = self.look.find(Clock, f"{self.filing.filing_id}/{FILE}")
        return row.due_time if row is not None else None

    def correction_end(self) -> datetime | None:
        return moment_at(self.filing, "correction_end_time")

    @fact
    def involved(self) -> frozenset[str]:
        row = self.look.find(NormativeDocument, self.filing.document_id)
        if row is None:
            return frozenset(self.record.reviewers)  # of a document that is not there nobody stands apart
        document = document_of(row)
        return frozenset([*document.drafters, *(review.reviewer for review in document.reviews)])


def document_of(row: Any) -> Any:
    """The document of a row, or of its columns."""
    return NormativeDocument.document(row)
