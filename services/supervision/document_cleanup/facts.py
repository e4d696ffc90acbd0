"""The facts of a clean-up: what was found of each document, and which there are."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import document_cleanup_pb2 as pb
from yifa.supervision.v1 import normative_document_pb2 as pb_documents

from services.law.calendar import SHANGHAI
from services.law.ended import resting
from services.law.procedure import whole
from services.law.procedures.document_cleanup import (
    Cause,
    CleanupFacts,
    CleanupRecord,
    Flaw,
    Looked,
    Result,
)
from services.law.process import Move
from services.law.rule import fact
from services.supervision.complaint.facts import word
from services.supervision.document_cleanup.model import DocumentCleanup
from services.supervision.normative_document.maker import acts_for
from services.supervision.normative_document.model import NormativeDocument

LASTING = ("IN_FORCE", "OFF_LIST", "CLAUSE_SUSPENDED")
"""The states of a document that has not ended."""


def record_of(cleanup: pb.DocumentCleanup) -> CleanupRecord:
    return CleanupRecord(
        cause=word(pb.DocumentCleanupCause, cleanup.cause, "DOCUMENT_CLEANUP_CAUSE_", Cause),
        reasons=cleanup.reasons,
        looked=tuple(
            Looked(
                each.document_id,
                word(pb.CleanupResult, each.result, "CLEANUP_RESULT_", Result),
                tuple(word(pb.DocumentFlaw, flaw, "DOCUMENT_FLAW_", Flaw) for flaw in each.flaws),
                each.reasons,
            )
            for each in cleanup.documents
        ),
        address=cleanup.address,
    )


def documents_of(look: Any, body_id: str, node: str) -> list[Any]:
    """The documents of a maker that have not ended; not those of bodies above the city, which the office only entered."""
    above = pb_documents.NORMATIVE_MAKER_SUPERIOR
    its = select(NormativeDocument).where(
        NormativeDocument.body_id == body_id,
        NormativeDocument.node == node,
        NormativeDocument.state.in_(LASTING),  # type: ignore[attr-defined]
    )
    rows = look.query(its.order_by(NormativeDocument.document_id))
    return [row for row in rows if NormativeDocument.document(row).maker != above]


@whole
class Cleaning(CleanupFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, cleanup: pb.DocumentCleanup, look: Any, _move: Move, _request: Any = None) -> None:
        self.cleanup, self.look = cleanup, look
        self.record = record_of(cleanup)

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    def of_maker(self) -> bool:
        return acts_for(self.look, self.cleanup.body_id)

    @fact
    def open_already(self) -> bool:
        its = select(DocumentCleanup).where(
            DocumentCleanup.body_id == self.cleanup.body_id,
            DocumentCleanup.node == self.cleanup.node,
            DocumentCleanup.state == "OPEN",
            DocumentCleanup.cleanup_id != self.cleanup.cleanup_id,
        )
        return bool(self.look.query(its))

    @fact
    def documents(self) -> list[Any]:
        return documents_of(self.look, self.cleanup.body_id, self.cleanup.node)

    def to_look_at(self) -> frozenset[str]:
        return frozenset(row.document_id for row in self.documents())

    @fact
    def unfit(self) -> frozenset[str]:
        today = self.at().astimezone(SHANGHAI).date()
        return frozenset(row.document_id for row in self.documents() if self._unfit(row, today))

    @staticmethod
    def _unfit(row: Any, today: Any) -> bool:
        bases = NormativeDocument.document(row).bases
        return row.state == "CLAUSE_SUSPENDED" or any(
            ended for text in bases for ended in resting(text, today)
        )
