"""The facts of a document: the record with what the act hands in, and what the city knows of its maker and its terms."""

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlmodel import select
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.fine_target import sets_target
from services.law.moment import moment_at, moment_of
from services.law.procedure import whole
from services.law.procedures.normative_document.facts import (
    Assessed,
    Costs,
    DocumentFacts,
    DocumentRecord,
    NoComment,
    Paper,
    Trait,
    Voice,
)
from services.law.process import Move
from services.law.pushed_duty import pushed_duty
from services.law.rule import Unknown, fact
from services.supervision.case.facts import rank_then
from services.supervision.complaint.facts import word
from services.supervision.decision_expert.model import DecisionExpert, bound_to
from services.supervision.normative_document.maker import acts_for, maker_of
from services.supervision.normative_document.model import DraftComment, NormativeDocument
from services.supervision.normative_document.terms import WAIT, end_of, longest

EVALUATE = pb.EvaluateNormativeDocumentRequest
COMMENT, REVIEW = "NRM-03", "NRM-01"
COUNTED = 1000
"""How many comments without an answer are counted at most."""


def record_of(document: pb.NormativeDocument, request: Any, caller: str) -> DocumentRecord:
    """What the rules ask of the record, with what the request adds to it."""

    def asked(name: str) -> str:
        return str(getattr(request, name, ""))

    review = document.reviews[-1] if document.reviews else pb.LegalityReview()
    found = tuple(review.beyond_power)
    before = [each for each in document.evaluations if each.before_expiry]
    return DocumentRecord(
        maker=maker_of(document),
        plan_document=document.plan_document,
        text=document.text,
        assessed=tuple(
            word(pb.DocumentAssessed, each.kind, "DOCUMENT_ASSESSED_", Assessed)
            for each in document.assessments
            if each.opinion.strip()
        ),
        draft_address=document.draft_address,
        adoption=document.adoption,
        no_comment=word(pb.NoComment, document.no_comment, "NO_COMMENT_", NoComment),
        papers=tuple(
            word(pb.DocumentPaperKind, each.kind, "DOCUMENT_PAPER_KIND_", Paper) for each in document.papers
        ),
        reviewers=(caller,),
        urgency=review.urgency,
        opinion=review.opinion,
        beyond_power=found if found or review.none_beyond else None,
        minutes=document.minutes,
        deliberate_time=moment_at(document, "deliberate_time"),
        signer=document.signer,
        sign_time=moment_at(document, "sign_time"),
        number=document.number,
        print_time=moment_at(document, "print_time"),
        publish_address=asked("address") or document.publish_address,
        publish_time=moment_at(document, "publish_time"),
        effect_time=moment_at(document, "effect_time"),
        early_effect=document.early_effect,
        evaluation=asked("evaluation"),
        expiry_evaluate_time=moment_of(before[-1].evaluate_time) if before else None,
        expire_time=moment_at(document, "expire_time"),
        list_document=document.list_document,
        list_time=moment_at(document, "list_time"),
        reasons=asked("reasons"),
        document=asked("document"),
        clauses=tuple(getattr(request, "clauses", ())),
        answer=asked("answer"),
        vital_interests=trait(document, "vital_interests"),
        specialised=trait(document, "specialised"),
        legislation=trait(document, "legislation"),
        costs=costs_of(document),
        costs_evaluated=costs_of(request)
        if isinstance(request, pb.EvaluateNormativeDocumentRequest)
        else None,
        hearing_address=document.hearing.address,
        hearing_place=document.hearing.place,
        hearing_due_time=moment_at(document.hearing, "due_time"),
        hearing_notice_time=moment_at(document.hearing, "notice_time"),
        hearing_host=document.hearing.host,
        hearing_time=moment_at(document.hearing, "hold_time"),
        hearing_minutes=document.hearing.minutes,
        voices=tuple(Voice(v.voice_id, v.name, v.expert_id, v.opinion, v.answer) for v in document.voices),
        answers=tuple(Voice(v.voice_id, answer=v.answer) for v in getattr(request, "voices", ())),
    )


def trait(
    document: pb.NormativeDocument, name: Literal["vital_interests", "specialised", "legislation"]
) -> Trait:
    said = getattr(document, name)
    return Trait(said.applies, said.reasons) if document.HasField(name) else Trait()


def costs_of(said: Any) -> Costs:
    """What a document or a request says of costs and benefits."""
    c = said.costs
    return Costs(c.cost_fen, c.benefit_fen, c.bearers, c.method, c.conclusion)


@whole
class DoneDocument(DocumentFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, document: pb.NormativeDocument, look: Any, move: Move, request: Any = None) -> None:
        self.document, self.look, self.move = document, look, move
        self.now = look.now
        self.record = record_of(document, request, str(look.caller.subject))

    def at(self) -> datetime:
        return self.look.now  # type: ignore[no-any-return]

    @fact
    def of_maker(self) -> bool:
        return self.document.maker != pb.NORMATIVE_MAKER_UNSPECIFIED and acts_for(
            self.look, self.document.body_id
        )

    def signing(self) -> str:
        return self.document.signer if self.move.act == "SIGN" else str(self.look.caller.subject)

    def rank(self, person: str) -> int:
        """Where the registry told of no head of the maker at all, nobody is one."""
        try:
            return rank_then(self.look, self.document.body_id, self.document.node, person, self.at())
        except Unknown:
            return 0

    def involved(self) -> frozenset[str]:
        return frozenset(self.document.drafters)

    @fact
    def comment_end(self) -> datetime | None:
        """The later of what the law gives and of what the maker told the public."""
        since, told = (moment_at(self.document, f"comment_{name}_time") for name in ("start", "end"))
        return (
            max(end_of(self.look, COMMENT, since), told) if since is not None and told is not None else None
        )

    @fact
    def unanswered(self) -> int:
        waiting = select(DraftComment).where(
            DraftComment.document_id == self.document.document_id,
            DraftComment.answered.is_(False),  # type: ignore[attr-defined]
        )
        return len(self.look.query(waiting.limit(COUNTED)))

    @fact
    def review_from(self) -> datetime | None:
        since = moment_at(self.document, "submit_time")
        return end_of(self.look, REVIEW, since) if since is not None else None

    @fact
    def wait_end(self) -> datetime:
        published = moment_at(self.document, "publish_time") or self.now
        return end_of(self.look, WAIT, published)

    @fact
    def latest_end(self) -> datetime | None:
        """From its effect, or from its new publication; that of a body above the city by that body's rules, as it says."""
        if self.document.maker == pb.NORMATIVE_MAKER_SUPERIOR:
            return self.record.expire_time
        since = self.now if self.move.act == "RENEW" else self.record.effect_time
        return longest(self.look, self.document.trial, since)

    def _number(self, key: str) -> int:
        return int(self.look.parameters.value(key, self.now.astimezone(SHANGHAI).date()).value)

    @fact
    def hearing_from(self) -> datetime:
        day = self.now.astimezone(SHANGHAI).date() + timedelta(days=self._number("document.hearing.notice"))
        return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)

    @fact
    def always_heard(self) -> bool:
        return bool(self._number("document.hearing.always"))

    @fact
    def always_argued(self) -> bool:
        return bool(self._number("document.experts.always"))

    @fact
    def pool(self) -> frozenset[str]:
        rows = (self.look.find(DecisionExpert, expert) for expert in self.experts())
        return frozenset(row.expert_id for row in rows if row is not None and row.state == "IN_POOL")

    @fact
    def bound(self) -> frozenset[str]:
        """By the own unit and what was declared, against the maker's name and those who drafted."""
        concerned = {self.document.body_name.strip(), *self.document.drafters} - {""}
        rows = (self.look.find(DecisionExpert, expert) for expert in self.experts())
        return frozenset(
            row.expert_id for row in rows if row is not None and bound_to(row.record) & concerned
        )

    @fact
    def fine_target(self) -> bool:
        return bool(sets_target(self.record.text))

    @fact
    def duty_pushed(self) -> bool:
        return bool(pushed_duty(self.record.text))

    @fact
    def number_taken(self) -> bool:
        same = select(NormativeDocument).where(
            NormativeDocument.number == self.document.number,
            NormativeDocument.document_id != self.document.document_id,
        )
        return bool(self.look.query(same))
