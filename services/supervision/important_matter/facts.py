"""The facts of a matter: the record with what the act hands in, the list of the day, and what the city knows of the unit."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1.measure_pb2 import Measure
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import important_matter_pb2 as pb

from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.important_matter import (
    ImportantMatterFacts,
    ImportantMatterRecord,
    Outcome,
)
from services.law.process import Move
from services.law.reportable import MatterKind, Superior
from services.law.rule import fact
from services.supervision.beside.model import MEASURE, Beside
from services.supervision.body.model import Body
from services.supervision.body.people import people_of
from services.supervision.case.model import CaseView
from services.supervision.complaint.facts import word
from services.supervision.important_matter.item import item_of, kind_of
from services.supervision.important_matter.model import ImportantMatter
from services.supervision.important_matter.superior import heads_it, in_force, superior_of_body
from services.supervision.inspection.model import InspectionView
from services.supervision.normative_document.maker import acts_for


def readdressed(request: Any) -> int:
    return int(request.to) if isinstance(request, pb.ReaddressImportantMatterRequest) else 0


def record_of(matter: pb.ImportantMatter, request: Any, caller: str) -> ImportantMatterRecord:
    said = matter if not isinstance(request, pb.AmendImportantMatterRequest) else request
    replied = (
        request
        if isinstance(request, pb.ReplyToImportantMatterRequest)
        else pb.ReplyToImportantMatterRequest()
    )
    return ImportantMatterRecord(
        kind=word(pb.ImportantMatterKind, matter.kind, "IMPORTANT_MATTER_KIND_", MatterKind),
        to=word(pb.Superior, matter.to, "SUPERIOR_", Superior),
        title=said.title,
        content=said.content,
        proposal=said.proposal,
        measures=said.measures,
        happen_time=moment_at(matter, "happen_time"),
        learn_time=moment_at(matter, "learn_time"),
        drafters=tuple(matter.drafters),
        senders=tuple(matter.senders),
        caller=caller,
        outcome=word(pb.ImportantMatterOutcome, replied.outcome, "IMPORTANT_MATTER_OUTCOME_", Outcome),
        reply=replied.reply,
        document=replied.document_number,
        supplement=str(getattr(request, "supplement", "")),
        instructions=str(getattr(request, "instructions", "")),
        reasons=str(getattr(request, "reasons", "")),
        to_next=word(pb.Superior, readdressed(request), "SUPERIOR_", Superior),
    )


@whole
class Told(ImportantMatterFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, matter: pb.ImportantMatter, look: Any, move: Move, request: Any = None) -> None:
        self.matter, self.look, self.now, self._move = matter, look, look.now, move
        self.record = record_of(matter, request, str(look.caller.subject))

    def at(self) -> datetime:
        return self.now

    @fact
    def body_known(self) -> bool:
        body = self.look.find(Body, self.matter.body_id)
        return body is not None and bool(body.confirmed) and body.from_time is not None

    def of_body(self) -> bool:
        return bool(self.matter.body_id) and acts_for(self.look, self.matter.body_id)

    def listed(self) -> bool:
        item = item_of(self.look, self.matter.code, self.now)
        return item is not None and kind_of(item) == self.matter.kind

    @fact
    def record_of_unit(self) -> bool:
        if not self.matter.record_id:
            return True
        return (self.matter.node, self.matter.body_id) in self._owners(self.matter.record_id)

    def _owners(self, record_id: str) -> Iterator[tuple[str, str]]:
        """The node and body whose record it is, as the city has it."""
        case = self.look.find(CaseView, record_id)
        inspection = self.look.find(InspectionView, record_id)
        beside = self.look.find(Beside, record_id)
        if case is not None:
            yield case.node, case.body_id
        if inspection is not None:
            yield inspection.node, inspection.body_id
        if beside is not None and beside.kind == MEASURE:
            yield beside.node, Measure.FromString(beside.record).body_id

    @fact
    def asked_already(self) -> bool:
        if not self.matter.record_id or self.matter.kind != pb.IMPORTANT_MATTER_KIND_REQUEST:
            return False
        its = select(ImportantMatter).where(
            ImportantMatter.record_id == self.matter.record_id,
            ImportantMatter.code == self.matter.code,
            ImportantMatter.matter_id != self.matter.matter_id,
            ImportantMatter.end_time.is_(None),  # type: ignore[union-attr]
        )
        return bool(self.look.query(its.limit(1)))

    @fact
    def by_head(self) -> bool:
        return heads_it(self.look, self.matter.body_id, self.record.caller)

    @fact
    def people_of_body(self) -> frozenset[str]:
        return people_of(self.look, self.matter.body_id)

    @fact
    def superior_in_force(self) -> bool:
        return self._superior() is not None

    def _superior(self) -> Body | None:
        """Where it is passed up, the one above the department that has it; else the one above the unit."""
        passed = self._move.act == "PASS_UP"
        return superior_of_body(self.look, self.matter.superior_body_id if passed else self.matter.body_id)

    @fact
    def head_of_superior(self) -> bool:
        its = self.look.find(Body, self.matter.superior_body_id) if self.matter.superior_body_id else None
        return in_force(its) and heads_it(self.look, its.body_id, self.record.caller)

    @fact
    def elsewhere(self) -> bool:
        to = self.record.to_next
        if to != Superior.DEPARTMENT or self.record.to != to:
            return to != self.record.to
        above = self._superior()
        return above is None or above.body_id != self.matter.superior_body_id

    def of_oversight(self) -> bool:
        caller = self.look.caller
        return caller.node == self.look.city and (
            caller.has(Role.ROLE_OVERSIGHT) or caller.has(Role.ROLE_OVERSIGHT_HEAD)
        )

    def head_of_oversight(self) -> bool:
        caller = self.look.caller
        return caller.node == self.look.city and caller.has(Role.ROLE_OVERSIGHT_HEAD)
