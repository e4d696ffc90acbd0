"""The facts of a matter of accountability: the record with what the act hands in, and what the city knows of unit and people."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.supervision.v1 import accountability_pb2 as pb

from services.law.heads import CHIEF, rank_at
from services.law.moment import moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.accountability.facts import (
    AccountabilityFacts,
    AccountabilityRecord,
    Found,
    Meeting,
    PriorNotice,
)
from services.law.procedures.accountability.kinds import (
    FOLLOWS,
    Against,
    Cause,
    Effect,
    Kind,
    LeaderShare,
    Share,
)
from services.law.procedures.papers import Minutes, Statement
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.supervision.accountability.model import Accountability
from services.supervision.accountability.source import source_key, stands
from services.supervision.body.model import Body
from services.supervision.certificate.model import Certificate
from services.supervision.complaint.facts import word
from services.supervision.deadline.model import Clock
from services.supervision.head.model import Heads

TERM = "ACC-02"
STATEMENT = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_STATEMENT
EXECUTION = answers.SUPERVISION_ANSWER_KIND_ACCOUNTABILITY_EXECUTION
ASKED = ("appeal.ask_time",)
BROUGHT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "DELIBERATE": ("investigation.conclude_time",),
        "DECIDE": ("statement.recheck_time", "statement.waive_time"),
        **dict.fromkeys(("UPHOLD", "CHANGE", "ANNUL"), ASKED),
    }
)
"""Where a matter has the time from which on there is what the meeting of an act has before it."""


def kinds_of(kinds: Any) -> tuple[Kind, ...]:
    return tuple(Kind(pb.AccountabilityKind.Name(k).removeprefix("ACCOUNTABILITY_KIND_")) for k in kinds if k)


def causes_of(causes: Any) -> tuple[Cause, ...]:
    return tuple(
        Cause(pb.AccountabilityCause.Name(c).removeprefix("ACCOUNTABILITY_CAUSE_")) for c in causes if c
    )


def against_of(matter: pb.Accountability) -> Against | None:
    if not matter.against:
        return None
    return Against(pb.AccountabilityAgainst.Name(matter.against).removeprefix("ACCOUNTABILITY_AGAINST_"))


@whole
class Pursued(AccountabilityFacts):
    """An act about a matter. `look` is a transaction or a view; `request` what the act hands in, None where nobody asks."""

    def __init__(self, record: pb.Accountability, look: Any, move: Move, request: Any = None) -> None:
        self.matter, self.look, self.now, self.move, self.request = record, look, look.now, move, request
        self.caller = str(look.caller.subject)
        self.record = recorded(record, move, asked=request is not None)

    def at(self) -> datetime:
        return self.now

    def source_stands(self) -> bool:
        return stands(self.look, self.matter)

    def pursued_known(self) -> bool:
        """The unit is confirmed and of that node; the officer holds, or held, a certificate of it, or heads it."""
        matter = self.matter
        body = self.look.find(Body, matter.body_id)
        if body is None or body.from_time is None or body.node != matter.node:
            return False
        if matter.against == pb.ACCOUNTABILITY_AGAINST_ORGANISATION:
            return not matter.officer_id
        return bool(matter.officer_id) and matter.officer_id in {*self._officers(), *self._heads()}

    def leads(self) -> bool:
        return bool(self.matter.officer_id) and self.matter.officer_id in set(self._heads())

    @fact
    def heads_then(self) -> frozenset[str]:
        return frozenset(self._ranked())

    @fact
    def chief_then(self) -> str:
        return next((who for who, rank in self._ranked().items() if rank == CHIEF), "")

    def _ranked(self) -> dict[str, int]:
        """The heads of when it happened, each with the rank."""
        at, heads = self.record.found.occur_time, self.look.find(Heads, self.matter.body_id)
        if at is None or heads is None:
            return {}
        ranks = {term["officer"]: rank_at(heads.terms, term["officer"], at) for term in heads.terms}
        return {who: rank for who, rank in ranks.items() if rank}

    def pursued_already(self) -> bool:
        key = source_key(self.matter)
        rows = self.look.query(select(Accountability).where(Accountability.source_key == key).limit(2))
        return any(row.accountability_id != self.matter.accountability_id for row in rows)

    def brought_time(self) -> datetime | None:
        times = (moment_at(self.matter, where) for where in BROUGHT.get(self.move.act, ()))
        return max((at for at in times if at is not None), default=None)

    def term_end(self) -> datetime | None:
        clock = self.look.find(Clock, f"{self.matter.accountability_id}/{TERM}")
        return clock.due_time if clock is not None else None

    def done_by(self) -> str:
        return self.caller

    def acting(self) -> tuple[str, ...]:
        named: tuple[str, ...] = ()
        if self.move.act == "OPEN":
            named = self.record.investigators
        elif self.move.act in BROUGHT:
            named = self.record.meeting.participants
        return (self.caller, *named)

    @fact
    def involved(self) -> frozenset[str]:
        return frozenset({self.matter.officer_id, *self._officers(), *self._heads()}) - {""}

    def _officers(self) -> Iterator[str]:
        held = select(Certificate).where(Certificate.body_id == self.matter.body_id)
        yield from (row.officer_id for row in self.look.query(held))

    def _heads(self) -> Iterator[str]:
        heads = self.look.find(Heads, self.matter.body_id)
        yield from (term["officer"] for term in (heads.terms if heads is not None else ()))

    def stated(self) -> bool:
        return any(answer.kind == STATEMENT for answer in self.matter.answers)

    def by_pursued(self) -> bool:
        if self.request is None:
            raise NotAsked
        answerer = getattr(self.request, "answerer", "")
        if self.matter.officer_id:
            return bool(answerer == self.matter.officer_id)
        return self.by_head()

    def by_head(self) -> bool:
        if self.request is None:
            raise NotAsked
        answerer, heads = getattr(self.request, "answerer", ""), self.look.find(Heads, self.matter.body_id)
        if not answerer or answerer == self.matter.officer_id or heads is None:
            return False
        return rank_at(heads.terms, answerer, moment_of(self.request.answer_time)) > 0

    def served_time(self) -> datetime | None:
        return moment_at(self.matter, "notice.serve_time" if self._of_notice() else "decision.serve_time")

    def receipt(self) -> str:
        return str(self.matter.notice.receipt if self._of_notice() else self.matter.decision.receipt)

    def _of_notice(self) -> bool:
        return self.move.act == "GIVE_NOTICE"

    def review_end(self) -> datetime | None:
        return moment_at(self.matter, "decision.review_end_time")

    def reviewed_again(self) -> bool:
        return bool(self.matter.appeal.result)

    def carried_out(self) -> bool:
        """The registry acted on certificates, or said why it cannot; all but the revocation the unit reported by a paper."""
        laid_on = kinds_of(self.matter.decision.kinds)
        return bool(laid_on) and all(self._done(kind) for kind in laid_on)

    def _done(self, kind: Kind) -> bool:
        effect = FOLLOWS[kind].effect
        refusals = [each.refusal for each in self.matter.applied if kinds_of([each.kind]) == (kind,)]
        if effect != Effect.NONE and not refusals:
            return False
        if effect == Effect.REVOKES and not any(refusals):
            return True
        return any(
            kind in answer.carried_out and answer.document_number.strip()
            for answer in self.matter.answers
            if answer.kind == EXECUTION
        )

    def filed(self) -> bool:
        return bool(self.matter.round and self.matter.filed_round == self.matter.round)


def recorded(matter: pb.Accountability, move: Move, *, asked: bool) -> AccountabilityRecord:
    """What a matter says, as its rules ask for it; where something is asked, with that."""
    review, found = matter.review, matter.investigation
    decided = move.act in ("DECIDE", "CHANGE", "SERVE", "EXECUTE", "RECORD")
    kinds = (
        matter.decision.kinds
        if decided
        else matter.notice.kinds
        if move.act == "GIVE_NOTICE"
        else found.kinds
    )
    return AccountabilityRecord(
        against=against_of(matter),
        review_time=moment_at(matter, "review.review_time"),
        pursue=review.pursue,
        opinion=review.opinion,
        causes=causes_of(review.causes),
        proposers=frozenset({review.reviewer, found.investigator, *matter.opening.investigators}) - {""},
        investigators=tuple(matter.opening.investigators),
        complexity=matter.extensions[-1].complexity if matter.extensions else "",
        extension_count=len(matter.extensions) - (asked and move.act == "EXTEND"),
        found=_found(found),
        meeting=_meeting(matter),
        notice=_notice(matter.notice),
        statement=_statement(matter.statement),
        minutes=_minutes(matter.statement.minutes),
        kinds=kinds_of(kinds),
        document_number=matter.decision.document_number,
        remedy_told=matter.decision.remedy_told,
        competent_body=matter.transfer.competent_body,
        reasons=_reasons(matter, move.act),
    )


def _found(found: pb.AccountabilityInvestigation) -> Found:
    return Found(
        facts=found.facts,
        evidence=tuple(found.evidence),
        fault=found.fault,
        harm=found.harm,
        circumstances=found.circumstances,
        grave=found.grave,
        occur_time=moment_at(found, "occur_time"),
        leaders=tuple(
            LeaderShare(
                officer=each.officer_id,
                share=word(pb.AccountabilityShare, each.share, "ACCOUNTABILITY_SHARE_", Share),
                cause=word(pb.AccountabilityCause, each.cause, "ACCOUNTABILITY_CAUSE_", Cause),
                reasons=each.reasons,
            )
            for each in found.leaders
        ),
        no_leader=found.no_leader_reasons,
    )


def _reasons(matter: pb.Accountability, act: str) -> str:
    """Those of the act: of what is dropped, transferred or reviewed its own, else those of the decision."""
    own = {"DROP": matter.drop.reasons, "TRANSFER": matter.transfer.reasons}
    own |= dict.fromkeys(("UPHOLD", "CHANGE", "ANNUL"), matter.appeal.reasons)
    return str(own.get(act, matter.decision.reasons))


def _meeting(matter: pb.Accountability) -> Meeting:
    if not matter.meetings:
        return Meeting()
    last = matter.meetings[-1]
    held = moment_at(last, "hold_time")
    return Meeting(held, tuple(last.participants), last.record_number, last.conclusion)


def _notice(n: pb.AccountabilityNotice) -> PriorNotice:
    served = moment_at(n, "serve_time")
    return PriorNotice(served, n.facts, n.reasons, n.basis, n.rights_told, kinds_of(n.kinds))


def _statement(s: pb.AccountabilityStatement) -> Statement:
    return Statement(
        receive_time=moment_at(s, "receive_time"),
        recheck_time=moment_at(s, "recheck_time"),
        recheck_opinion=s.recheck_opinion,
        waive_time=moment_at(s, "waive_time"),
    )


def _minutes(m: pb.AccountabilityMinutes) -> Minutes:
    return Minutes(moment_at(m, "write_time"), m.signed, m.refusal_noted, m.witness_signed)
