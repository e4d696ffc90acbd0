"""The facts of a permit as its record shows them with the act in it. What registry, roster and guides say stays abstract."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import permit_guide_pb2 as guides
from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.registry.v1.power_pb2 import POWER_KIND_PERMIT

from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import Term, catalogue, due
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers
from services.law.procedures.penalty.body import during
from services.law.procedures.permit.facts import Handling, PermitFacts, PermitHearing, PermitRecord
from services.law.procedures.permit.recorded_held import HANDED as HELD_HANDED
from services.law.procedures.permit.recorded_held import answering, held_of
from services.law.procedures.publishing import Publishing, age_of, ground_of
from services.law.process import Move
from services.law.rule import NotAsked, fact

HANDLINGS: Mapping[int, Handling] = MappingProxyType(
    {
        guides.PERMIT_HANDLING_ALONE: Handling.ALONE,
        guides.PERMIT_HANDLING_JOINT: Handling.JOINT,
        guides.PERMIT_HANDLING_BELOW: Handling.BELOW,
    }
)
CONDITIONS: Mapping[Handling, str] = MappingProxyType(
    {
        Handling.ALONE: "handled_alone",
        Handling.JOINT: "handled_jointly",
        Handling.BELOW: "handled_below",
    }
)
"""Under which condition the clocks know each."""
TERMS: Mapping[Handling, str] = MappingProxyType(
    {Handling.ALONE: "LIC-02", Handling.JOINT: "LIC-03", Handling.BELOW: "LIC-04"}
)
"""The term that runs from the acceptance."""
# What happens by itself, and where the record says from when on it counts.
BY_ITSELF: Mapping[str, str] = MappingProxyType(
    {
        "DEEM_ACCEPTED": "acceptance.accept_time",
        "MISS_PROMISE": "promise.due_time",
        "DEEM_RENEWED": "certificate.from_time",
        "LAPSE": "lapse_time",
    }
)
# What of the record only the act itself hands in: in a listing of open acts it depends on that.
HANDED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "TELL_SUPPLEMENT": frozenset({"missing"}),
        "SUPPLEMENT": frozenset({"supplied"}),
        "ACCEPT": frozenset({"joint_order"}),
        "NOT_ACCEPT": frozenset({"reasons"}),
        "WITHDRAW": frozenset({"reasons"}),
        "ASSIGN_INSPECTORS": frozenset({"inspectors"}),
        "EXCLUDE": frozenset({"excluded_by"}),
        "EXTEND": frozenset({"reasons", "told_by", "extender", "extensions"}),
        "TELL_HEARING_RIGHT": frozenset({"hearing"}),
        "NOTIFY_HEARING": frozenset({"hearing"}),
        "HOLD_HEARING": frozenset({"hearing"}),
        "REVIEW": frozenset({"met", "unmet", "verifiers", "reviewer"}),
        "GRANT": frozenset({"fee", "decider"}),
        "REFUSE": frozenset({"fee", "decider", "reasons", "standard", "authority", "court"}),
        "ISSUE": frozenset({"window", "number", "from_time", "until_time"}),
        "PUBLISH": frozenset({"address"}),
        "WITHHOLD": frozenset({"publishing"}),
        "COMPENSATE": frozenset({"compensation"}),
        "RENEW": frozenset({"next_until"}),
        "DECLINE_RENEWAL": frozenset({"reasons", "authority", "court"}),
        **HELD_HANDED,
    }
)


class Listed:
    """A record in a listing of open acts, where nothing is handed in."""

    def __init__(self, record: PermitRecord, act: str) -> None:
        self._record, self._act = record, act

    def __getattr__(self, name: str) -> Any:
        if name in HANDED.get(self._act, ()):
            raise NotAsked(name)
        return getattr(self._record, name)


def state_of(permit: pb.Permit) -> str:
    return str(pb.PermitState.Name(permit.state)).removeprefix("PERMIT_STATE_")


def conditions_of(permit: pb.Permit) -> frozenset[str]:
    """The conditions of clocks that hold for an application."""
    handling = HANDLINGS.get(permit.terms.handling)
    tested = {"needs_inspection"} if permit.terms.tested else set()
    return frozenset(tested | ({CONDITIONS[handling]} if handling else set()))


def excluding(permit: pb.Permit) -> bool:
    """Whether time is being taken out of the term."""
    return any(not each.HasField("until_time") for each in permit.exclusions)


def reasons_of(permit: pb.Permit, act: str) -> str:
    """The reasons that an act gives."""
    if act in ("NOT_ACCEPT", "WITHDRAW"):
        return permit.ending.reasons
    if act == "EXTEND":
        return permit.extensions[-1].reasons if permit.extensions else ""
    if act == "DECLINE_RENEWAL":
        return permit.renewals[-1].reasons if permit.renewals else ""
    return str(getattr(answering(permit, act) or permit.decision, "reasons", ""))


def record_of(permit: pb.Permit, act: str) -> PermitRecord:
    """What the rules on an act ask of a permit's record."""
    terms, review, decision = permit.terms, permit.review, permit.decision
    renewal = permit.renewals[-1] if permit.renewals else pb.PermitRenewal()
    answer: Any = renewal if act == "DECLINE_RENEWAL" else answering(permit, act) or decision
    others = permit.exclusions[:-1] if act == "EXCLUDE" else permit.exclusions
    return PermitRecord(
        conditions=tuple(p.code for p in terms.conditions),
        listed=tuple(p.code for p in terms.materials),
        guide_window=terms.window,
        guide_fee=terms.fee.amount.fen,
        guide_fee_law=terms.fee.law,
        handling=HANDLINGS.get(terms.handling),
        joint_order=permit.acceptance.joint_order,
        tested=terms.tested,
        verified=terms.verified,
        window=permit.certificate.window if act == "ISSUE" else permit.window,
        handed=(*permit.materials, *permit.supplement.supplied),
        missing=tuple(permit.supplement.missing),
        supplied=tuple(permit.supplement.supplied),
        reasons=reasons_of(permit, act),
        inspectors=tuple(permit.inspectors.officer_ids),
        verifiers=tuple(review.verifier_ids),
        excluded_by=permit.exclusions[-1].document if permit.exclusions else "",
        excluding=any(not each.HasField("until_time") for each in others),
        extender=permit.extensions[-1].approver if permit.extensions else "",
        extensions=len(permit.extensions),
        told_by=permit.extensions[-1].document if permit.extensions else "",
        reviewer=review.reviewer,
        met=tuple(review.met),
        unmet=tuple(review.unmet),
        decider=decision.decider,
        standard=decision.standard,
        authority=answer.authority,
        court=answer.court,
        fee=decision.fee.fen,
        number=permit.certificate.number,
        from_time=moment_at(permit, "certificate.from_time"),
        until_time=moment_at(permit, "certificate.until_time"),
        next_until=moment_at(renewal, "until_time"),
        address=permit.publication.address,
        break_time=moment_at(permit, "promise.break_time"),
        compensation=permit.promise.compensation,
        compensated=permit.promise.HasField("compensate_time"),
        hearing=hearing_of(permit.hearing),
        publishing=Publishing(
            age_of(permit.applicant), permit.HasField("withholding"), ground_of(permit.withholding)
        ),
        **held_of(permit, act),
    )


def hearing_of(hearing: pb.PermitHearing) -> PermitHearing:
    return PermitHearing(
        told=tuple(hearing.told),
        tell_time=moment_at(hearing, "tell_time"),
        request_time=moment_at(hearing, "request_time"),
        hold_at=moment_at(hearing, "hold_at"),
        place=hearing.place,
        host=hearing.host,
        presider=hearing.presider,
        public=hearing.public,
        minutes=hearing.minutes,
        signed=hearing.signed,
        hold_time=moment_at(hearing, "hold_time"),
    )


def permit_item(item: Any, owner: str, at: datetime) -> bool:
    """Whether an item of a permit stood in the published list of a body at a moment."""
    return (
        item is not None
        and item.body_id == owner
        and item.kind == POWER_KIND_PERMIT
        and item.from_time is not None
        and during(item.from_time, item.until_time, at)
    )


def legal_days(parameters: Layers, handling: int, at: datetime, sector: str) -> int:
    """The working days that the law gives a body for an item that is handled so; none where it says nothing of it."""
    if (known := HANDLINGS.get(handling)) is None:
        return 0
    day = at.astimezone(SHANGHAI).date()
    clock = parameters.clock(catalogue()[TERMS[known]], day, sector)
    return 0 if clock is None else clock.term_on(day).amount


def promise_end(permit: pb.Permit, calendar: Calendar) -> datetime | None:
    """When the time is over that the body promised: counted in working days from the acceptance, without the times that do not
    count (ALIC 45); None while one of these lasts, before the acceptance, and where nothing was promised.
    """
    accepted = moment_at(permit, "acceptance.accept_time")
    if accepted is None or permit.promise.days <= 0 or excluding(permit):
        return None
    spans = [
        (moment_of(each.from_time).astimezone(SHANGHAI), moment_of(each.until_time).astimezone(SHANGHAI))
        for each in permit.exclusions
    ]
    return due(Term(permit.promise.days, "working_day"), accepted.astimezone(SHANGHAI), calendar, spans).at


def remedies_of(look: Any, sector: str) -> tuple[str, str]:
    """The government that reconsiders and the court by its whole name, as the city has set them; empty what it has not. A layer
    may leave out what every court is called.
    """
    said = look.parameters.numbering(sector)
    court = said.court.strip()
    return said.government.strip(), court if not court or court.endswith("法院") else f"{court}人民法院"


class RecordedPermit(PermitFacts):
    """The facts that the record with the act in it shows. `look` has the law, the calendar and the time of the node; `asked` is
    false in a listing, where nothing is handed in.
    """

    def __init__(self, permit: pb.Permit, look: Any, move: Move, *, asked: bool = True) -> None:
        self.permit, self.look, self.move, self.asked = permit, look, move, asked
        self.now = look.now
        record = record_of(permit, move.act)
        self.record = record if asked else Listed(record, move.act)  # type: ignore[assignment]

    def sector(self) -> str:
        return self.permit.sector

    def at(self) -> datetime:
        """Now; of what happens by itself, from when on it counts."""
        then = BY_ITSELF.get(self.move.act, "")
        return (moment_at(self.permit, then) if then else None) or self.now  # type: ignore[no-any-return]

    @fact
    def hearing_ask_end(self) -> datetime | None:
        return self._end("LIC-06", moment_at(self.permit, "hearing.tell_time"))

    @fact
    def notice_end(self) -> datetime | None:
        return self._end("LIC-08", moment_at(self.permit, "hearing.hold_at"))

    @fact
    def renewal_end(self) -> datetime | None:
        return self._end("LIC-09", moment_at(self.permit, "certificate.until_time"))

    @fact
    def remedies(self) -> tuple[str, str]:
        return remedies_of(self.look, self.permit.sector)

    def _end(self, clock_id: str, since: datetime | None) -> datetime | None:
        if since is None:
            return None
        local = since.astimezone(SHANGHAI)
        clock = self.look.parameters.clock(catalogue()[clock_id], local.date(), self.permit.sector)
        return None if clock is None else due(clock, local, self.look.calendar).at
