"""The facts of a suggestion: the register with what the act hands in, and what the city knows of body, case and suit."""

from datetime import datetime
from typing import Any

from yifa.supervision.v1 import suggestion_pb2 as pb

from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.suggestion import Kind, Outcome, Stage, SuggestionFacts, SuggestionRecord
from services.law.process import Move
from services.law.rule import fact
from services.supervision.body.model import Body
from services.supervision.body.people import people_of
from services.supervision.case.model import CaseView
from services.supervision.complaint.facts import word
from services.supervision.suit.model import Suit


@whole
class Suggested(SuggestionFacts):
    """An act about a suggestion. `look` is a transaction or a view."""

    def __init__(self, record: pb.Suggestion, look: Any, move: Move, request: Any = None) -> None:
        self.entry, self.look, self.now, self.move, self.request = record, look, look.now, move, request
        self.record = record_of(record, request, str(look.caller.subject))

    def at(self) -> datetime:
        done = moment_at(self.entry, "done_time") if self.request is not None else None
        return done or self.now

    @fact
    def unit_known(self) -> bool:
        body = self.look.find(Body, self.entry.body_id) if self.entry.body_id else None
        if body is None or body.from_time is None:
            return False
        view = self.look.find(CaseView, self.entry.case_id) if self.entry.case_id else None
        return not self.entry.case_id or (view is not None and view.case().body_id == self.entry.body_id)

    @fact
    def people_of_body(self) -> frozenset[str]:
        return people_of(self.look, self.entry.body_id)

    @fact
    def suit_known(self) -> bool:
        sued = self.look.find(Suit, self.entry.suit_id) if self.entry.suit_id else None
        return sued is not None and sued.body_id == self.entry.body_id


def record_of(record: pb.Suggestion, request: Any, caller: str) -> SuggestionRecord:
    """The register with what the request adds to it; who verifies is who calls."""
    met = record.meetings[-1] if record.meetings else pb.SuggestionMeeting()
    said = record.answers[-1] if record.answers else pb.SuggestionAnswer()
    back = record.returns[-1] if record.returns else pb.SuggestionReturn()
    return SuggestionRecord(
        kind=word(pb.SuggestionKind, record.kind, "SUGGESTION_KIND_", Kind),
        stage=word(pb.SuggestionStage, record.stage, "SUGGESTION_STAGE_", Stage),
        maker=record.maker,
        number=record.number,
        text=record.text,
        handlers=tuple(record.handlers),
        maker_people=tuple(met.court_people),
        body_people=tuple(met.body_people),
        conclusions=met.conclusions,
        outcome=word(pb.SuggestionOutcome, said.outcome, "SUGGESTION_OUTCOME_", Outcome),
        measures=said.measures,
        why_not=said.why_not,
        answered_to=said.answered_to,
        consult_time=moment_at(said, "consult_time"),
        found=record.verification.found,
        verifiers=(caller,),
        days=back.days,
        return_reasons=back.reasons,
        document=record.document if request is not None else "",
    )
