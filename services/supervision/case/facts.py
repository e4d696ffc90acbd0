"""The facts of the penalty procedure as the city sees them: from the record in the events, and from what its registry told.

What neither shows is not known here, and a rule on it is listed as not judged.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1.benchmark_pb2 import Benchmark
from yifa.enforcement.v1.case_pb2 import CASE_SOURCE_OUTSIDE, Case
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_ENFORCEMENT

from services.kit.clocks import clock_on
from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import due
from services.law.counted import years_of
from services.law.document_use import Listed
from services.law.heads import rank_at
from services.law.moment import micros, moment_at, moment_of
from services.law.parameters import Layers
from services.law.procedure import whole
from services.law.procedures.court_enforcement.recorded import SHOWS, state_of
from services.law.procedures.enforcement import recorded as own
from services.law.procedures.measure.recorded import holding_at
from services.law.procedures.penalty import PENALTY, table_of
from services.law.procedures.penalty.amounts import heavy
from services.law.procedures.penalty.facts import Body, Item
from services.law.procedures.penalty.recorded import RecordedFacts
from services.law.procedures.penalty.rows import THRESHOLDS, judged_by, thresholds_of
from services.law.procedures.referral.recorded import as_it_stood
from services.law.process import Move
from services.law.registers import device_in_order, qualified_then
from services.law.rule import NotKnown, Unknown
from services.law.standing import Person, Scope, person_at, within
from services.supervision.beside.model import (
    courts_of,
    enforcements_of,
    measures_of,
    referrals_of,
    registered_at,
    registrations_of,
)
from services.supervision.body.model import Body as SeenBody
from services.supervision.body.model import PowerItem
from services.supervision.case.model import CaseView
from services.supervision.certificate.model import Certificate, Moved, held_by
from services.supervision.evidence_register.model import devices_of, institutions_with
from services.supervision.head.model import Heads
from services.supervision.important_matter.awaited import awaited
from services.supervision.legal_adviser.model import adviser_then

WINDOW_CLOCKS = ("PEN-10", "PEN-11")
ON_ITS_WAY = "the certificate may be on its way"
FIELD = "which field and acts the certificate has to cover"
OUTSIDE = cast(bool, NotKnown(FIELD))
NOBODY = case_pb2.AssignedOfficer()
# What an act is judged from, whoever does it.
GIVEN = (
    "case",
    "record",
    "move",
    "event",
    "_at",
    "now",
    "parameters",
    "calendar",
    "look",
    "pending",
    "at",
    "limits",
)


def time_in(message: Any, name: str) -> datetime | None:
    """A Timestamp field of a message as an aware datetime, None when it is not set."""
    return moment_of(getattr(message, name)) if message.HasField(name) else None


class SeenFacts(RecordedFacts):
    """An act as the city sees it. `look` is a transaction or a view; of the officers in `pending` the registry may yet tell;
    `only` narrows those who act to some of them.
    """

    def __init__(
        self,
        look: Any,
        case: Case,
        after: Case,
        move: Move,
        *,
        event: Any = None,
        at: datetime | None = None,
        pending: frozenset[str] = frozenset(),
        only: tuple[str, ...] | None = None,
    ) -> None:
        super().__init__(
            case,
            after,
            move,
            event=event,
            at=at,
            now=look.now,
            parameters=look.parameters,
            calendar=look.calendar,
        )
        self.look, self.pending, self.only = look, pending, only
        self.asked = False
        """Whether anybody asked who does the act."""
        self._officers: tuple[Person, ...] | None = None
        self._alone: dict[tuple[str, ...], SeenFacts] = {}
        self._stood: dict[tuple[str, datetime, Scope], Person] = {}

    def alone(self, *officers: str) -> "SeenFacts":
        """The same act, as if none but these officers had done it."""
        if officers not in self._alone:
            same = object.__new__(type(self))
            held = self.__dict__
            same.__dict__.update({name: held[name] for name in GIVEN if name in held})
            same.only, same._officers, same.asked = officers, None, False
            same._alone, same._stood = {}, self._stood
            self._alone[officers] = same
        return self._alone[officers]

    def officer_ids(self) -> tuple[str, ...]:
        self.asked = True
        return super().officer_ids() if self.only is None else self.only

    def officers(self) -> tuple[Person, ...]:
        """Those who do the act; the field of the body is not known here."""
        self.asked = True
        if self._officers is None:
            scope, at = Scope(place=self.place()), self.at()
            people = dict.fromkeys(self.officer_ids())
            self._officers = tuple([self.stood(person, at, scope) for person in people])
        return self._officers

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        if (known := self._stood.get((person, at, scope))) is not None:
            return known
        officers, node = self.record.officers, self.record.node
        found = seen_person(self.look, person, at, scope, officers, node, self.pending)
        self._stood[person, at, scope] = found
        return found

    def rank(self, person: str) -> int:
        """By what the department's registry told; where it told of no head of the body at all, nobody here can say."""
        body_id = self.record.body_id or self.case.body_id
        return rank_then(self.look, body_id, self.record.node, person, self.at())

    def named_officers(self) -> Iterable[case_pb2.AssignedOfficer]:
        """Those who handle the case, with their certificates."""
        return self.record.officers

    def window_end(self) -> datetime | None:
        """As it is counted here, not by the department; what the party was told beyond that holds."""
        end, said = window_end(self.case, self.look), super().window_end()
        return end if said is None or (end is not None and end > said) else said

    def _beside(self) -> bool:
        """Whether anything ran beside the case: hardly ever, and then nothing has to be looked for."""
        view = self.look.find(CaseView, self.record.case_id)
        return view is not None and view.beside > 0

    def referral(self) -> Referral | None:
        """The newest referral of the case that was flagged by then, as it stood."""
        if not self._beside():
            return None
        stood = (as_it_stood(r, self.at()) for r in referrals_of(self.look, self.record.case_id))
        return next((r for r in reversed([*stood]) if r is not None), None)

    def open_measures(self) -> tuple[str, ...]:
        """Those that held something then."""
        if not self._beside():
            return ()
        at, case_id = self.at(), self.record.case_id
        held = (m.measure_id for m in measures_of(self.look, case_id) if holding_at(m, at))
        registered = (r.registration_id for r in registrations_of(self.look, case_id) if registered_at(r, at))
        return (*held, *registered)

    def awaited(self) -> tuple[str, ...]:
        """Those that waited then, as the city itself has them."""
        return awaited(self.look, self.record.case_id, self.at())

    def enforced(self, ground: int) -> bool:
        """By what its department told last of the enforcement; of a case handled elsewhere by the paper it names."""
        if self.record.source == CASE_SOURCE_OUTSIDE:
            return True
        if not self._beside():
            return False
        look, case_id, none = self.look, self.record.case_id, frozenset[str]()
        by_court = any(state_of(each) in SHOWS.get(ground, none) for each in courts_of(look, case_id))
        mine = enforcements_of(look, case_id)
        return by_court or own.shows(ground, self.record, mine, self.at(), look.calendar)

    def major(self) -> bool:
        """Whether the penalty is a major one; what the department calls major is."""
        return self.record.decision.major or heavy(self.penalty()) or super().major()

    def body(self, body_id: str) -> Body | None:
        raise Unknown("how the body stood")

    def item(self, item_id: str) -> Item | None:
        """As the list has it now, None for one of another body; whether the body held it then is asked after the body, of which
        that is not known.
        """
        found = self.look.find(PowerItem, item_id)
        if found is None:
            raise Unknown("what the power list of the body held")
        agency = self._agency()
        owners = {self.record.body_id or self.case.body_id, agency.body_id if agency is not None else ""}
        return cast(Item, found) if found.body_id in owners else None

    def device_then(self) -> bool:
        """By the register of the department, as it told it."""
        told = self.monitoring()
        recorded = moment_at(told, "record_time") if told is not None else None
        if told is None or recorded is None:
            return False
        agency = self._agency()
        bodies = {self.record.body_id or self.case.body_id, agency.body_id if agency is not None else ""} - {
            ""
        }
        known = devices_of(self.look, self.record.node, told.device, bodies)
        return any(device_in_order(each, recorded) for each in known)

    def sampler_then(self) -> bool:
        """By the list of the department, as it told it."""
        taken = self.sampling()
        if taken is None:
            return False
        known = institutions_with(self.look, self.record.node, taken.qualification)
        return any(qualified_then(each, taken.sampler, self.at()) for each in known)

    def adviser_then(self, adviser: str) -> bool:
        """By the city's own register."""
        agency = self._agency()
        bodies = (self.record.body_id or self.case.body_id, agency.body_id if agency is not None else "")
        return adviser_then(self.look, adviser, bodies, self.at())

    def _agency(self) -> SeenBody | None:
        """The body that acts, or the agency in whose name it does."""
        body = self.look.find(SeenBody, self.record.body_id or self.case.body_id)
        if body is not None and body.mandator_id:
            body = self.look.find(SeenBody, body.mandator_id)
        return cast("SeenBody | None", body)

    def seal(self) -> str:
        """By the registry, of the agency in whose name the body acts."""
        body = self._agency()
        if body is None:
            raise Unknown("which seal the agency has")
        return str(body.seal)

    def benchmark(self) -> Benchmark:
        raise Unknown("which band the department's benchmark gives")

    def listed(self, key: str) -> Listed | None:
        raise Unknown("how the list of documents stood at the department")

    def filed_before(self) -> Case | None:
        raise Unknown("which case of the matter the department filed before")

    def of_the_day(self) -> tuple[Case, ...]:
        raise Unknown("which other cases the department has about the day")

    def form_used(self) -> bool:
        raise Unknown("which forms the body has used")

    def penalised_before(self) -> bool:
        raise Unknown("whether the party was penalised before")

    def birth_date(self) -> date | None:
        raise Unknown("when the party was born")


whole(SeenFacts)


def seen_person(
    look: Any,
    person: str,
    at: datetime,
    scope: Scope,
    officers: Iterable[case_pb2.AssignedOfficer],
    node: str,
    pending: frozenset[str],
) -> Person:
    """How somebody of a node stood at a moment, by the certificate that the record names for one of its officers, or any of the
    officer's where it names none. Of those in `pending` the registry may yet tell.
    """
    if person in pending:
        unknown = cast(bool, NotKnown(ON_ITS_WAY))
        return Person(person, "", "", unknown, unknown, unknown, unknown)
    named = next((o for o in officers if o.officer_id == person), NOBODY)
    held = certificates(look, person, named.certificate_number, scope.kind)
    own = [as_kept(row) for row in held if row.officer_id == person]
    found = person_at(person, named.name, own, at, away(look, person, node), scope)
    # for a review no field is asked, so all that the certificate has to cover is known
    unknown = found.certified and scope.kind == CERTIFICATE_KIND_ENFORCEMENT
    return found._replace(outside=OUTSIDE) if unknown else found


def rank_then(look: Any, body_id: str, node: str, person: str, at: datetime) -> int:
    """The rank of the head of a body of a node, or of the agency that it acts for, that a person was at a moment, by what their
    registries told; 0 for none. Raises Unknown where it may be one of a body of whose heads nothing was told.
    """
    body = look.find(SeenBody, body_id)
    agency = body.mandator_id if body is not None and body.mandate_from is not None else ""
    ranks, untold = [], not body_id
    for each in filter(None, (body_id, agency)):
        heads = look.find(Heads, each)
        if heads is None or (each == body_id and heads.node != node):
            untold = True
        elif not within(away(look, person, heads.node), micros(at)):
            ranks.append(rank_at(heads.terms, person, at))
    found = min(filter(None, ranks), default=0)
    if untold and not found:
        raise Unknown("who heads the body")
    return found


def away(look: Any, person: str, node: str) -> list[tuple[int, int | None]]:
    """When an officer of a node was with another department, as the city had decided."""
    moved = look.find(Moved, person)
    if moved is None:
        return []
    return [(s["from"] or 0, s["until"]) for s in moved.spans if s["node"] != node]


def certificates(
    look: Any, officer_id: str, number: str, kind: int = CERTIFICATE_KIND_ENFORCEMENT
) -> list[Any]:
    """The certificate that was used, or all of the kind that the officer has where the record names none of the kind."""
    used = look.find(Certificate, number) if number else None
    if number and (kind == CERTIFICATE_KIND_ENFORCEMENT or (used is not None and used.kind == kind)):
        return [used] if used is not None else []
    return [row for row in held_by(look, officer_id) if row.kind == kind]


def as_kept(row: Any) -> dict[str, Any]:
    """A certificate as the law looks at it. Takes a row or a select of its columns."""
    held = vars(row) if isinstance(row, Certificate) else row._mapping
    return {
        "number": held["certificate_number"],
        "kind": held["kind"],
        "from": micros(held["issue_time"]),
        "to": micros(held["expire_time"]),
        "area": held["area_code"],
        "fields": held["fields"],
        "acts": held["acts"],
        "suspensions": [(s["from"], s["until"] or None) for s in held["suspensions"]],
    }


def window_end(case: Case, look: Any) -> datetime | None:
    """The last moment in which the party may answer the notice; None before it was served, or where no term was law yet."""
    served = moment_at(case, "notice.serve_time")
    if served is None:
        return None
    return _window_end(look.parameters, look.calendar, served, case.sector)


@lru_cache(16384)
def _window_end(parameters: Layers, calendar: Calendar, served: datetime, sector: str) -> datetime | None:
    day, ends = served.astimezone(SHANGHAI).date(), []
    for clock_id in WINDOW_CLOCKS:
        clock = clock_on(parameters, clock_id, day, sector)
        if clock is not None:
            ends.append(due(clock, served, calendar).at)
    return max(ends, default=None)


def is_major(case: Case, look: Any) -> bool:
    """Whether the penalty has to be filed with the city, whatever the department says of it."""
    if not case.HasField("decision"):
        return False
    if case.decision.major or heavy(case.decision.penalty):
        return True
    try:
        return SeenFacts(look, case, case, PENALTY.named("MAKE_DECISION"), at=look.now).major()
    except Unknown:  # decided before the threshold was law
        return False


# The numbers of the early warnings that watch cases.
WATCHED = frozenset({"warning.EW-30.backfill", "warning.EW-34.days"})
LONGEST_WINDOW = timedelta(days=31)


def rests_on(case: Case) -> dict[str, date | None]:
    """The rows of the law data on which the judgement of how a case was handled rests, each with the day of which it holds.

    Acts of many days are judged by the numbers: where the penalty is not decided, any day of them counts.
    """
    served, decided = (moment_at(case, at) for at in ("notice.serve_time", "decision.decide_time"))
    held: dict[str, date | None] = dict.fromkeys(judged_by(table_of(case)) | WATCHED)
    held |= dict.fromkeys(thresholds_of(case), decided and decided.astimezone(SHANGHAI).date())
    if served is not None:
        day = served.astimezone(SHANGHAI).date()
        held |= {name: day for name in held if "PEN-1" in name} | dict.fromkeys(
            years_of(day, day + LONGEST_WINDOW)
        )
    return held


def may_judge(name: str) -> bool:
    """Whether the judgement of any case may rest on a row."""
    found = name in WATCHED or name in THRESHOLDS or name.startswith("calendar.")
    return found or any(name in judged_by(table) for table in PENALTY.tables)
