"""The facts of a guide: what it says with what the act hands in, and what the department knows of body, list and other guides."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as pb

from services.enforcement.body.model import Body, PowerItem
from services.enforcement.permit_guide.model import published_of
from services.law.procedure import whole
from services.law.procedures.penalty.body import may_enforce
from services.law.procedures.permit.recorded import legal_days, permit_item
from services.law.procedures.permit_guide import GuideFacts, GuidePoint, GuideRecord, GuideStep
from services.law.process import Move
from services.law.rule import NotAsked

# What only the act itself hands in.
_HANDED = {
    "KEEP": ("opinion", "consulted", "reviewer"),
    "DROP": ("opinion", "consulted", "reviewer", "reasons"),
}
_HANDED |= {"PUBLISH": ("address",), "WITHDRAW": ("reasons",)}


class _Listed:
    """A record in a listing of open acts, where nothing is handed in."""

    def __init__(self, record: GuideRecord, act: str) -> None:
        self._record, self._act = record, act

    def __getattr__(self, name: str) -> Any:
        if name in _HANDED.get(self._act, ()):
            raise NotAsked(name)
        return getattr(self._record, name)


def record_of(guide: pb.PermitGuide, act: str) -> GuideRecord:
    """What the rules on an act ask of a guide's record."""
    terms, review = guide.terms, guide.review
    return GuideRecord(
        window=terms.window,
        conditions=tuple(GuidePoint(p.code, p.text, p.law) for p in terms.conditions),
        materials=tuple(GuidePoint(p.code, p.text, p.law) for p in terms.materials),
        steps=tuple(GuideStep(s.name, s.unit, s.standard, s.days) for s in terms.steps),
        promised_days=terms.promised_days,
        compensation=terms.compensation,
        fee=terms.fee.amount.fen,
        fee_law=terms.fee.law,
        drafter=guide.drafter,
        reviewer=review.reviewer,
        opinion=review.opinion,
        consulted=tuple(review.consulted),
        reasons=guide.withdraw_cause if act == "WITHDRAW" else review.reasons,
        address=guide.publish_address,
    )


@whole
class Guiding(GuideFacts):
    """An act about a guide. `look` is a transaction or a view."""

    def __init__(self, guide: pb.PermitGuide, look: Any, move: Move, request: Any = None) -> None:
        self.guide, self.look, self.now = guide, look, look.now
        record = record_of(guide, move.act)
        self.record = record if request is not None else _Listed(record, move.act)  # type: ignore[assignment]

    def sector(self) -> str:
        return self.guide.sector

    def at(self) -> datetime:
        return self.now

    def listed(self) -> bool:
        body = self.look.find(Body, self.guide.body_id)
        item = self.look.find(PowerItem, self.guide.item_id)
        may = body is not None and may_enforce(body, self.look.node, self.now, self.now)
        return may and permit_item(item, body.mandator_id or body.body_id, self.now)

    def legal_days(self) -> int:
        return legal_days(self.look.parameters, self.guide.terms.handling, self.now, self.guide.sector)

    def another(self) -> bool:
        rows = published_of(self.look, self.guide.body_id, self.guide.item_id)
        return any(row.guide_id != self.guide.guide_id for row in rows)
