"""The facts of a reconsideration: the register with what the act hands in, and what the city knows of body, people and case."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import reconsideration_pb2 as pb
from yifa.supervision.v1.normative_document_pb2 import NORMATIVE_MAKER_SUPERIOR

from services.kit.clocks import clock_on
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.papers import past
from services.law.procedures.penalty import gains
from services.law.procedures.penalty.amounts import heavier
from services.law.procedures.reconsideration import ReconsiderationFacts
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate
from services.supervision.deadline.model import Clock
from services.supervision.head.model import Heads
from services.supervision.legal_adviser.model import adviser_then
from services.supervision.normative_document.model import NormativeDocument
from services.supervision.reconsideration.model import Reconsideration, Reconsiderer
from services.supervision.reconsideration.recorded import last_opinion, record_of, review_of
from services.supervision.suit.model import Suit
from services.supervision.suit.timing import SuitTerm

APPLY, APPLY_UNTOLD, LIMIT, ANEW, REPORT = "REC-01", "REC-02", "REC-03", "REC-25", "REC-20"
HEARING = "REC-13"
ADMIT, DECIDE, REPLY = ("REC-04",), ("REC-11", "REC-12"), ("REC-08", "REC-10")
NOT_ADMITTED = ("AT_AGENCY", "RECEIVED", "SUPPLEMENTING", "ABANDONED", "REFUSED", "CORRECTED", "SETTLED")
NOT_SUED = ("FILED", "RULED_AGAINST")


def act_key(record: pb.Reconsideration) -> str:
    """Who challenges what: by the case, or by the act of the body as it is named. Empty where neither is told."""
    about = record.case_id or record.act_document.strip() or "".join(record.act.split())
    who = "".join(record.applicant.split()).casefold()
    return sha256(f"{who}\0{record.body_id}\0{about}".encode()).hexdigest() if about and who else ""


@whole
class Reconsidered(ReconsiderationFacts):
    """An act about a reconsideration. `look` is a transaction or a view."""

    def __init__(self, record: pb.Reconsideration, look: Any, move: Move, request: Any = None) -> None:
        self.entry, self.look, self.now, self.move, self.request = record, look, look.now, move, request
        self.record = record_of(record, request)

    def at(self) -> datetime:
        done = moment_at(self.entry, "done_time") if self.request is not None else None
        return done or self.now

    def case(self) -> cases.Case | None:
        view = self.look.find(CaseView, self.entry.case_id) if self.entry.case_id else None
        return view.case() if view is not None else None

    @fact
    def unit_known(self) -> bool:
        body = self.look.find(Body, self.entry.body_id) if self.entry.body_id else None
        if body is None or body.from_time is None:
            return False
        case = self.case()
        return not self.entry.case_id or (case is not None and case.body_id == self.entry.body_id)

    @fact
    def taken_before(self) -> bool:
        key = act_key(self.entry)
        same = select(Reconsideration).where(
            Reconsideration.act_key == key,
            Reconsideration.reconsideration_id != self.entry.reconsideration_id,
            Reconsideration.state.not_in(NOT_ADMITTED),  # type: ignore[attr-defined]
        )
        if not key or self.look.query(same.limit(1)):
            return True
        if not self.entry.case_id:
            return False
        sued = select(Suit).where(Suit.case_id == self.entry.case_id, Suit.state.not_in(NOT_SUED))  # type: ignore[attr-defined]
        return bool(self.look.query(sued.limit(1)))

    @fact
    def term(self) -> SuitTerm | None:
        """By when the decision was served as the case shows, else by when the applicant knew; five years from the act at most."""
        case = self.case()
        served = moment_at(case, "service.serve_time") if case is not None else None
        made = moment_at(case, "decision.decide_time") if case is not None else None
        known = self._term(
            APPLY_UNTOLD if self.entry.rights_untold else APPLY, served or moment_at(self.entry, "know_time")
        )
        limit = self._term(LIMIT, made or moment_at(self.entry, "act_time"))
        return None if known is None else min((known, limit or known), key=lambda term: term.end)

    def _term(self, clock_id: str, since: datetime | None) -> SuitTerm | None:
        end = self._end(clock_id, since)
        return SuitTerm(clock_id, since, end) if since is not None and end is not None else None

    def application_end(self) -> datetime | None:
        term = self.term()
        return term.end if term is not None else None

    def admission_end(self) -> datetime | None:
        return self._due(ADMIT)

    def reply_end(self) -> datetime | None:
        return self._due(REPLY)

    def decision_end(self) -> datetime | None:
        return self._due(DECIDE)

    def hearing_notice_end(self) -> datetime | None:
        return self._end(HEARING, moment_at(self.entry, "hearing.set_time"))

    def worse_for_applicant(self) -> bool:
        """By what the case holds; where it is no case of this system, by what was written of it."""
        said, case = self.entry.decision, self.case()
        if case is None:
            return not said.not_worse.strip()
        return not (said.HasField("penalty") and case.HasField("decision")) or heavier(
            said.penalty, case.decision.penalty
        )

    def gains_said(self) -> bool:
        """A change of what is no penalty has none, and what the parties agreed on may leave the penalty as it is."""
        said = self.entry.mediation if self.move.act == "MEDIATE" else self.entry.decision
        return not said.HasField("penalty") or all(
            held(said.penalty) for held in (gains.stated, gains.agrees, gains.not_beyond)
        )

    def adviser_then(self, adviser: str) -> bool:
        return adviser_then(self.look, adviser, (self.entry.body_id,), self.at())

    @fact
    def unqualified(self) -> tuple[str, ...]:
        return tuple(who for who in self.entry.reviewers if not self._qualified(who))

    def _qualified(self, who: str) -> bool:
        row, at = self.look.find(Reconsiderer, who), self.at()
        if row is None:
            return False
        entered = row.reconsiderer()
        trained, left = moment_at(entered, "train_time"), moment_at(entered, "leave_time")
        return trained is not None and trained <= at and (left is None or at < left)

    @fact
    def partial(self) -> tuple[str, ...]:
        """By the registry, the case and the application; a person is known by its id, or by the name that it is entered with."""
        involved = frozenset(self._involved()) - {""}
        return tuple(
            who for who in self.entry.reviewers if not involved.isdisjoint({who, self._name(who)} - {""})
        )

    def _name(self, who: str) -> str:
        row = self.look.find(Reconsiderer, who)
        return row.reconsiderer().name if row is not None else ""

    def _involved(self) -> Iterator[str]:
        entry, case = self.entry, self.case()
        yield from (entry.applicant, entry.third_party)
        if entry.body_id:
            heads = self.look.find(Heads, entry.body_id)
            yield from (term["officer"] for term in (heads.terms if heads is not None else ()))
            holders = select(Certificate).where(Certificate.body_id == entry.body_id)
            yield from (row.officer_id for row in self.look.query(holders))
        if case is not None:
            yield from (officer.officer_id for officer in case.officers)
            yield from (case.review.reviewer, case.decision.decider, *case.decision.discussion_members)

    @fact
    def own_power(self) -> bool:
        return has_power(self.look, review_of(self.entry).document_id)

    @fact
    def overdue(self) -> bool:
        """By the term that the decision or the agreement sets, else that of the law for an act made anew; by that of a report."""
        opinion = last_opinion(self.entry)
        waiting = opinion is not None and not opinion.HasField("report_time")
        late = waiting and past(self._due((REPORT,)), self.at())
        return late or (not self.entry.HasField("performance") and past(self._perform_end(), self.at()))

    def _perform_end(self) -> datetime | None:
        entry = self.entry
        for name in (
            "decision.perform_until_time",
            "decision.anew_until_time",
            "mediation.perform_until_time",
        ):
            if (end := moment_at(entry, name)) is not None:
                return end
        return self._end(ANEW, moment_at(entry, "decision.serve_time")) if entry.decision.anew else None

    def _due(self, clock_ids: tuple[str, ...]) -> datetime | None:
        rows = (self.look.find(Clock, f"{self.entry.reconsideration_id}/{each}") for each in clock_ids)
        found = [row for row in rows if row is not None]
        return max(found, key=lambda row: row.start_time).due_time if found else None

    def _end(self, clock_id: str, since: datetime | None) -> datetime | None:
        if since is None:
            return None
        local = since.astimezone(SHANGHAI)
        clock = clock_on(self.look.parameters, clock_id, local.date(), "")
        return due(clock, local, self.look.calendar).at if clock is not None else None


def has_power(look: Any, document_id: str) -> bool:
    """Whether the city has power over a document: one of its register, not made by a superior."""
    row = look.find(NormativeDocument, document_id) if document_id else None
    return row is not None and row.document().maker != NORMATIVE_MAKER_SUPERIOR
