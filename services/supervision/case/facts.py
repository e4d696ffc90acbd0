"""The facts of the penalty procedure at the city: from the record that a department's event carries, and what the registry said.

What the city cannot know raises Unknown: such a rule is listed as not judged, and never taken for kept.
"""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2

from services.kit.clocks import clock_on
from services.kit.store import micros
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.procedure import whole
from services.law.procedures.penalty import PENALTY
from services.law.procedures.penalty.recorded import RecordedFacts, as_it_stood
from services.law.process import Move, NotKnown, Unknown, fact
from services.law.standing import Person, Scope, person_at
from services.supervision.certificate.model import Certificate, Moved

WINDOW_CLOCKS = ("PEN-10", "PEN-11")


def time_in(message: Any, name: str) -> datetime | None:
    """A Timestamp field of a message as an aware datetime, None when it is not set."""
    return getattr(message, name).ToDatetime(UTC) if message.HasField(name) else None


class SeenFacts(RecordedFacts):
    """The facts of an act as the city sees it. `only` narrows the act to one of its officers; `awaited` are those whose
    certificate may still be on its way.
    """

    def __init__(
        self,
        look: Any,
        record: case_pb2.Case,
        move: Move,
        at: datetime,
        *,
        event: Any = None,
        only: str | None = None,
        awaited: Collection[str] = (),
    ) -> None:
        stood = as_it_stood(record, at)
        if move.act in ("PASS_REVIEW", "RETURN_REVIEW", "SERVE_PRIOR_NOTICE"):
            stood = record
        super().__init__(
            stood,
            record,
            move,
            event=event,
            at=at,
            now=look.now,
            parameters=look.parameters,
            calendar=look.calendar,
        )
        self.look, self.only, self.awaited = look, only, awaited

    def officer_ids(self) -> tuple[str, ...]:
        return super().officer_ids() if self.only is None else (self.only,)

    @fact
    def officers(self) -> tuple[Person, ...]:
        """What fields and acts a certificate covers is not known here."""
        people = super().officer_ids() if self.only is None else (self.only,)
        found = (self.stood(p, self.at(), Scope(place=self.place())) for p in dict.fromkeys(people))
        return tuple(p._replace(outside=NotKnown("what the certificate covers")) for p in found)  # type: ignore[arg-type]

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        """By the certificate that the record names, or by any of the officer's where it names none."""
        named = {o.officer_id: o for o in self.record.officers}.get(person, case_pb2.AssignedOfficer())
        held = list(self._certificates(person, named.certificate_number))
        if not held and person in self.awaited:
            raise Unknown("a certificate that may be on its way")
        mine = [as_kept(c) for c in held if c.officer_id == person]
        found = person_at(person, named.name or person, mine, at, self._away(person), scope)
        return found._replace(certificate_number=found.certificate_number or named.certificate_number)

    def _certificates(self, person: str, number: str) -> Iterable[Certificate]:
        if number:
            used = self.look.find(Certificate, number)
            return [used] if used is not None else []
        return self.look.query(select(Certificate).where(Certificate.officer_id == person))

    def _away(self, person: str) -> list[tuple[int, int | None]]:
        """When the officer was with another department, as the city had decided."""
        moved = self.look.find(Moved, person)
        if moved is None:
            return []
        node = self.record.node
        return [(s["from"] or 0, s["until"]) for s in moved.spans if s["node"] != node]

    def body(self, body_id: str) -> Any:
        raise Unknown("how the body stood")

    def item(self, item_id: str) -> Any:
        raise Unknown("what the power list says")

    def band(self) -> Any:
        raise Unknown("the benchmark of the department")

    def filed_before(self) -> Any:
        raise Unknown("what else the department filed")

    def birth_date(self) -> date | None:
        raise Unknown("the whole identity number")


whole(SeenFacts)


def as_kept(row: Certificate) -> dict[str, Any]:
    """A certificate as the law looks at it."""
    return {
        "number": row.certificate_number,
        "from": micros(row.issue_time),
        "to": micros(row.expire_time),
        "area": row.area_code,
        "suspensions": [(s["from"], s["until"] or None) for s in row.suspensions],
    }


def is_major(case: case_pb2.Case, look: Any) -> bool:
    """Whether the penalty is a major one by the law of the day, whatever the department says of it."""
    if not case.HasField("decision"):
        return False
    decided = time_in(case.decision, "decide_time") or look.now
    try:
        return SeenFacts(look, case, PENALTY.named("MAKE_DECISION"), decided).major()
    except Unknown:  # decided before the threshold was law
        return False


def window_end(case: case_pb2.Case, look: Any) -> datetime | None:
    """The last moment in which the party may answer the notice, counted here, not by the department."""
    served = time_in(case.notice, "serve_time")
    if served is None:
        return None
    day = served.astimezone(SHANGHAI).date()
    ends = []
    for clock_id in WINDOW_CLOCKS:
        try:
            ends.append(due(clock_on(look.parameters, clock_id, day, case.sector), served, look.calendar).at)
        except ValueError:  # the term was not yet law on that day
            continue
    return max(ends, default=None)
