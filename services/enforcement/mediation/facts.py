"""The facts of a mediation: what it says with what the act hands in, and what the department knows of its bodies and people."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import mediation_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.officer.model import Standing
from services.law.moment import micros, moment_at
from services.law.procedure import whole
from services.law.procedures.mediation import MediationFacts, MediationRecord, Meeting, Paper
from services.law.procedures.penalty.body import may_enforce
from services.law.process import Move
from services.law.rule import NotAsked
from services.law.standing import within

# What only the act itself hands in.
_HANDED = {
    "ACCEPT": ("consents",),
    "MEET": ("meetings",),
    "AGREE": ("agreement", "agree_time", "signatures"),
    "END": ("reasons", "told"),
}


class _Listed:
    """A record in a listing of open acts, where nothing is handed in."""

    def __init__(self, record: MediationRecord, act: str) -> None:
        self._record, self._act = record, act

    def __getattr__(self, name: str) -> Any:
        if name in _HANDED.get(self._act, ()):
            raise NotAsked(name)
        return getattr(self._record, name)


def _papers(listed: Any) -> tuple[Paper, ...]:
    return tuple(Paper(p.party, p.text, moment_at(p, "time")) for p in listed)


def record_of(mediation: pb.Mediation) -> MediationRecord:
    """What the rules ask of a record."""
    return MediationRecord(
        subject=mediation.subject,
        parties=tuple(p.name for p in mediation.parties),
        measures=mediation.measures,
        consents=_papers(mediation.consents),
        meetings=tuple(
            Meeting(m.place, moment_at(m, "time"), tuple(m.mediators), m.public, m.closed_for, m.minutes)
            for m in mediation.meetings
        ),
        agreement=mediation.agreement.text,
        agree_time=moment_at(mediation, "agreement.agree_time"),
        signatures=_papers(mediation.agreement.signatures),
        told=_papers(mediation.ending.told),
        reasons=mediation.ending.reasons,
    )


@whole
class Mediating(MediationFacts):
    """An act about a mediation. `look` is a transaction or a view."""

    def __init__(self, mediation: pb.Mediation, look: Any, move: Move, request: Any = None) -> None:
        self.mediation, self.look, self.now = mediation, look, look.now
        record = record_of(mediation)
        self.record = record if request is not None else _Listed(record, move.act)  # type: ignore[assignment]

    def at(self) -> datetime:
        return self.now

    def may_act(self) -> bool:
        body = self.look.find(Body, self.mediation.body_id)
        return body is not None and may_enforce(body, self.look.node, self.now, self.now)

    def of_the_department(self, officer_id: str, at: datetime) -> bool:
        known = self.look.find(Standing, officer_id)
        return known is not None and not within(known.away, micros(at))
