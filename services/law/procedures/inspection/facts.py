"""What the rules of an inspection may ask. The record shows what was handed in; what has to be looked up is abstract."""

from abc import abstractmethod
from datetime import datetime
from typing import NamedTuple

from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw
from yifa.enforcement.v1.inspection_pb2 import Inspection, InspectionCode
from yifa.enforcement.v1.inspection_plan_pb2 import InspectionPlan
from yifa.registry.v1.act_pb2 import ACT_KIND_INSPECTION

from services.law.calendar import SHANGHAI
from services.law.clock import catalogue
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers
from services.law.procedures.correcting import Slip, slip_of
from services.law.procedures.inspection.acts import ACTS
from services.law.procedures.penalty.facts import Body, Item
from services.law.procedures.shared import HeadFacts
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.law.standing import Person, Scope

CAP = "INS-03"


class Lead(NamedTuple):
    """A registered clue: when it came in, whether an inspection brought it, whether it is about this enterprise."""

    receive_time: datetime
    of_inspection: bool
    about_it: bool


class InspectionFacts(HeadFacts):
    """The record with what the act hands in (`record`), the act (`move`), the node's own time and law. `asked` is false in a
    listing, where nothing is handed in.
    """

    record: Inspection
    move: Move
    now: datetime
    parameters: Layers
    asked: bool = True

    def sector(self) -> str:
        return self.record.sector

    def handed_in(self) -> Inspection:
        """The record with what the act hands in. Raises NotAsked in a listing."""
        if not self.asked:
            raise NotAsked(self.move.act)
        return self.record

    @fact
    def at(self) -> datetime:
        done = ACTS[self.move.act].done
        return (moment_at(self.record, done) if self.asked and done else None) or self.now

    def reasons(self) -> str:
        """Why others carry it out."""
        changes = self.handed_in().replacements
        return changes[-1].reason if changes else ""

    def slip(self) -> Slip:
        """The correction that is proposed or decided. Raises NotAsked in a listing."""
        record = self.handed_in()
        people = {record.opener, *(officer.officer_id for officer in record.officers)}
        return slip_of(record, "inspection", self.move.act, people)

    def after(self) -> datetime | None:
        """When what this act builds on was done, None where there is nothing."""
        record = self.record if self.move.source else self.handed_in()
        times = (moment_at(record, path) for path in ACTS[self.move.act].after.split())
        return max((at for at in times if at is not None), default=None)

    @abstractmethod
    def caller(self) -> str:
        """The person who does the act."""

    def signer(self) -> str:
        """Who does as head what is for a head of the body."""
        return self.caller()

    # The body and its items.

    @abstractmethod
    def body(self, body_id: str) -> Body | None:
        """A body as it was announced, None for an unknown one."""

    @abstractmethod
    def item(self, item_id: str) -> Item | None:
        """An item of a published power list, None for an unknown one."""

    @fact
    def own_body(self) -> Body | None:
        return self.body(self.record.body_id)

    def owners(self) -> frozenset[str]:
        """The bodies whose items are carried out: an entrusted body acts for its agency."""
        body = self.own_body()
        return frozenset() if body is None else frozenset({body.mandator_id or body.body_id})

    # Who goes.

    @abstractmethod
    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        """How a person stood at a moment, before what a certificate has to cover."""

    def officer_ids(self) -> tuple[str, ...]:
        """Those who go, or are to go."""
        if self.move.act.startswith("CHECK_IN"):
            return tuple(self.handed_in().check_in.officer_ids)
        return tuple(o.officer_id for o in self.record.officers)

    def place(self) -> str:
        """The area in which the enterprise is, as the officers found it."""
        return self.record.check_in.area_code or self.record.enterprise.area_code

    @fact
    def officers(self) -> tuple[Person, ...]:
        """Those who go, as they stood when the act was done."""
        body = self.own_body()
        scope = Scope(body.field if body is not None else "", act=ACT_KIND_INSPECTION, place=self.place())
        return tuple(self.stood(person, self.at(), scope) for person in dict.fromkeys(self.officer_ids()))

    @abstractmethod
    def shown(self) -> frozenset[str]:
        """The numbers of the certificates that were shown at the moment of the act, by the signed codes that were scanned."""

    def certificate_shown(self) -> bool:
        """Whether every officer there showed the certificate that the register has of the officer."""
        people = self.officers()
        return bool(people) and {p.certificate_number or p.officer_id for p in people} <= self.shown()

    # Why this enterprise.

    @abstractmethod
    def plan(self) -> InspectionPlan | None:
        """The plan that the record names, if it was approved; withdrawn or not."""

    @abstractmethod
    def lead(self) -> Lead | None:
        """The clue that the record names, if it is registered."""

    @abstractmethod
    def draw(self) -> InspectionDraw | None:
        """The draw that the record names, if it was made."""

    @abstractmethod
    def counted(self) -> int:
        """How many other inspections of the enterprise by this body in the year count towards the cap."""

    @abstractmethod
    def awaited(self) -> tuple[str, ...]:
        """The requests for instructions about the inspection that waited for their reply when the act was done."""

    @abstractmethod
    def exempt(self) -> bool:
        """Whether the enterprise is on the body's white list at the moment of the act."""

    @abstractmethod
    def proposals(self) -> frozenset[str]:
        """The joint visits that the city proposed for the enterprise about the day that is planned."""

    @abstractmethod
    def given_code(self) -> InspectionCode | None:
        """The code that the city gave for the inspection."""

    @abstractmethod
    def approved_before(self) -> bool:
        """Whether the record had an approval before the act."""

    # What follows.

    def on_clue(self) -> bool:
        """Whether a registered clue about the enterprise leads there, that no inspection brought, and that came before."""
        lead = self.lead()
        opened = moment_at(self.record, "open_time") or self.at()
        return lead is not None and lead.about_it and not lead.of_inspection and lead.receive_time <= opened

    def cap(self) -> int:
        """How many times a year an enterprise is inspected, as published."""
        return cap_on(self.parameters, moment_of(self.record.planned_time), self.sector())


def cap_on(parameters: Layers, at: datetime, sector: str) -> int:
    """The published cap in the year of a moment; none at all where nobody published one."""
    day = at.astimezone(SHANGHAI).date()
    clock = parameters.clock(catalogue()[CAP], day, sector)
    return clock.term_on(day).amount if clock is not None else 0
