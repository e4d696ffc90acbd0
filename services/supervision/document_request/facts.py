"""The facts of a request: what it says, and how the document that it names stands."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import document_request_pb2 as pb

from services.law.procedure import whole
from services.law.procedures.document_request import Finding, RequestFacts, RequestRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.complaint.facts import word
from services.supervision.document_filing.model import DocumentFiling
from services.supervision.normative_document.model import NormativeDocument

CORRECTING = frozenset(
    {"CORRECTING", "CORRECTED", "REFUSED", "BEFORE_GOVERNMENT", "OVERRULED", "ANNOUNCED", "STANDING"}
)
"""The states of a filing in which somebody found the document to be wrong, and saw to it."""
NO_BASIS = frozenset({"OFF_LIST", "CLAUSE_SUSPENDED", "REPEALED", "EXPIRED"})


@whole
class Requested(RequestFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, asked: pb.DocumentRequest, look: Any, _move: Move, _request: Any = None) -> None:
        self.asked, self.look = asked, look
        self.record = RequestRecord(
            text=asked.text,
            finding=word(pb.DocumentRequestFinding, asked.finding, "DOCUMENT_REQUEST_FINDING_", Finding),
            answer=asked.answer,
        )

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def document_public(self) -> bool:
        row = self.look.find(NormativeDocument, self.asked.document_id)
        return row is not None and row.standing > 0

    @fact
    def being_corrected(self) -> bool:
        row = self.look.find(NormativeDocument, self.asked.document_id)
        if row is None:
            return False
        its = select(DocumentFiling).where(DocumentFiling.document_id == row.document_id)
        seen_to = any(filing.state in CORRECTING for filing in self.look.query(its))
        return seen_to or row.state in NO_BASIS
