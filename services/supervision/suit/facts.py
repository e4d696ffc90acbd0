"""The facts of a suit: the register with what the act hands in, and what the city knows of body, heads and case."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_RECONSIDERATION
from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.store import EPOCH
from services.law.heads import rank_at
from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.litigation import LitigationFacts, Simple, SuitRecord
from services.law.procedures.papers import Evidence
from services.law.process import Move
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate
from services.supervision.deadline.model import Clock
from services.supervision.head.model import Heads
from services.supervision.legal_adviser.model import adviser_then
from services.supervision.suit.timing import SuitTerm, term_of

APPEAL = ("LIT-08", "LIT-09")
JUDGMENTS = (
    "REJECT", "ANNUL", "ORDER_PERFORMANCE", "ORDER_PAYMENT", "DECLARE_UNLAWFUL", "DECLARE_VOID", "CHANGE"
)  # fmt: skip
# When each act was done, by the field of the register that says so.
WHEN = {
    "FILE": "file_time",
    "ACCEPT": "accept_time",
    "ACCEPT_SIMPLIFIED": "accept_time",
    "REFUSE": "end_time",
    "WITHDRAW": "end_time",
    "DISMISS": "end_time",
    "RECEIVE_COPY": "copy_time",
    "ANSWER": "answer.answer_time",
    "SERVE": "judgment.serve_time",
    "APPEAL": "appeal.appeal_time",
    "JUDGE_APPEAL": "judgment.second_time",
    "PERFORM": "performance.perform_time",
    **dict.fromkeys(JUDGMENTS, "judgment.judge_time"),
}
# What each of them builds on: the last of these that the register knows.
FILED, CALLED, RULED = (
    ("file_time",),
    ("file_time", "accept_time", "copy_time"),
    ("judgment.judge_time", "end_time"),
)
AFTER = {
    **dict.fromkeys(("ACCEPT", "ACCEPT_SIMPLIFIED", "REFUSE"), FILED),
    **dict.fromkeys(("RECEIVE_COPY", "WITHDRAW", "DISMISS"), ("file_time", "accept_time")),
    **dict.fromkeys(("ANSWER", "HEAR", *JUDGMENTS), CALLED),
    **dict.fromkeys(("SERVE", "APPEAL", "PERFORM"), RULED),
    "JUDGE_APPEAL": ("appeal.appeal_time",),
}


def heads_at(look: Any, body_id: str, people: Any, at: datetime) -> list[str]:
    """Those of some people who headed a body at a moment, by the registry."""
    heads = look.find(Heads, body_id)
    return [p for p in people if heads is not None and rank_at(heads.terms, p, at) > 0]


@whole
class Sued(LitigationFacts):
    """An act about a suit. `look` is a transaction or a view."""

    def __init__(self, record: pb.Suit, look: Any, move: Move, _request: Any = None) -> None:
        self.suit, self.look, self.now, self.move = record, look, look.now, move
        self.record = recorded(record, self.case(), move.act)

    def at(self) -> datetime:
        if self.move.act == "HEAR" and self.suit.hearings:
            return moment_at(self.suit.hearings[-1], "hold_time") or self.now
        return moment_at(self.suit, WHEN[self.move.act]) or self.now if self.move.act in WHEN else self.now

    def after(self) -> datetime:
        act = self.move.act
        known = [moment_at(self.suit, where) for where in AFTER.get(act, ())]
        if act in JUDGMENTS:
            known += [moment_at(heard, "hold_time") for heard in self.suit.hearings]
        return max((at for at in known if at is not None), default=EPOCH)

    def case(self) -> cases.Case | None:
        view = self.look.find(CaseView, self.suit.case_id) if self.suit.case_id else None
        return view.case() if view is not None else None

    def unit_known(self) -> bool:
        body = self.look.find(Body, self.suit.body_id)
        if body is None or body.from_time is None:
            return False
        case = self.case()
        return not self.suit.case_id or (case is not None and case.body_id == self.suit.body_id)

    def term(self) -> SuitTerm | None:
        return term_of(self.look, self.suit, self.case(), self.record.reconsideration_end_time)

    def suit_end(self) -> datetime | None:
        term = self.term()
        return term.end if term is not None else None

    def waited(self) -> bool:
        term, filed = self.term(), self.record.file_time
        return term is not None and (
            term.not_before is None or (filed is not None and filed > term.not_before)
        )

    def reconsideration_first(self) -> bool:
        """Of what was decided on the spot reconsideration comes first (ARL 23(1)[1]); where no case is known it may."""
        case = self.case()
        return case is None or case.procedure == cases.PROCEDURE_SUMMARY

    def head_present(self) -> bool:
        return bool(self.suit.hearings and self.suit.hearings[-1].heads_known)

    def adviser_then(self, adviser: str) -> bool:
        return adviser_then(self.look, adviser, (self.suit.body_id,), self.at())

    def interferer_known(self) -> bool:
        said = self.suit.interferences[-1] if self.suit.interferences else pb.SuitInterference()
        body = self.look.find(Body, said.body_id) if said.body_id else None
        if body is None or body.from_time is None:
            return False
        held = select(Certificate).where(
            Certificate.officer_id == said.officer_id, Certificate.body_id == said.body_id
        )
        at = moment_at(said, "do_time") or self.now
        return (
            not said.officer_id
            or bool(heads_at(self.look, said.body_id, [said.officer_id], at))
            or bool(self.look.query(held.limit(1)))
        )

    def appeal_end(self) -> datetime | None:
        clocks = (self.look.find(Clock, f"{self.suit.suit_id}/{clock_id}") for clock_id in APPEAL)
        return next((clock.due_time for clock in clocks if clock is not None), None)


def recorded(suit: pb.Suit, case: cases.Case | None, act: str) -> SuitRecord:
    """What the register says, as the rules on an act ask for it."""
    heard = suit.hearings[-1] if suit.hearings else pb.CourtHearing()
    name = pb.SuitSimple.Name(suit.simple).removeprefix("SUIT_SIMPLE_")
    return SuitRecord(
        file_time=moment_at(suit, "file_time"),
        accept_time=moment_at(suit, "accept_time"),
        reconsideration_end_time=_reconsidered(case),
        simple=Simple(name) if suit.simple else None,
        sum_fen=suit.sum_fen or None,
        evidence=tuple(
            Evidence(e.name, moment_at(e, "collect_time"), moment_at(e, "agree_time"))
            for e in suit.answer.evidence
        ),
        heads=tuple(heard.heads_known),
        head_excuse=heard.excuse if heard.excuse_document.strip() else "",
        staff=tuple(heard.staff),
        advisers=tuple(heard.advisers if act == "HEAR" else suit.answer.advisers),
        document=suit.document,
        interference=suit.interferences[-1].facts if suit.interferences else "",
    )


def _reconsidered(case: cases.Case | None) -> datetime | None:
    """When a reconsideration of the decision ended, as the case says."""
    if case is None:
        return None
    ended = [
        moment_at(r, "end_time")
        for r in case.remedies
        if r.kind == REMEDY_KIND_RECONSIDERATION and r.HasField("end_time")
    ]
    ended += [
        moment_at(o, "outcome_time")
        for o in case.outcomes
        if o.remedy == cases.REMEDY_RECONSIDERATION and o.HasField("outcome_time")
    ]
    return max((each for each in ended if each is not None), default=None)
