"""The facts of an advance registration as its record shows them with the act in it: for the department that does the act, and for
the city that judges it again from what the event carries. What has to be looked up stays abstract.
"""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from datetime import datetime

from yifa.enforcement.v1 import advance_registration_pb2 as pb
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1.case_pb2 import Case

from services.law.moment import moment_at
from services.law.procedures.advance_registration.facts import Listed, RegistrationFacts, RegistrationRecord
from services.law.procedures.penalty.stayed import stayed_by
from services.law.process import Move
from services.law.rule import Unknown

# Where the record says when an act was done, and by whom.
DONE: Mapping[str, str] = {
    "REQUEST": "request_time",
    "APPROVE": "approve_time",
    "REFUSE": "refuse_time",
    "REGISTER": "on_site.register_time",
    "REGISTER_URGENTLY": "on_site.register_time",
    "APPROVE_AFTERWARDS": "approve_time",
    **dict.fromkeys(
        ("PRESERVE", "SEND_TO_APPRAISAL", "SEAL_OR_SEIZE", "CONFISCATE", "RELEASE", "LAPSE"), "end.end_time"
    ),
}
BY: Mapping[str, str] = {
    "REQUEST": "requester",
    "APPROVE": "approver",
    "APPROVE_AFTERWARDS": "approver",
    **dict.fromkeys(
        ("PRESERVE", "SEND_TO_APPRAISAL", "SEAL_OR_SEIZE", "CONFISCATE", "RELEASE"), "end.decider"
    ),
}
ON_SITE = frozenset({"REGISTER", "REGISTER_URGENTLY"})
TERM = "PEN-07"
"""The clock that runs once evidence is registered."""
# The states in which something lies registered.
OPEN = frozenset({"URGENT", "REGISTERED"})


def state_of(registration: pb.AdvanceRegistration) -> str:
    return str(pb.RegistrationState.Name(registration.state)).removeprefix("REGISTRATION_STATE_")


def record_of(registration: pb.AdvanceRegistration) -> RegistrationRecord:
    """What the rules ask of a registration's record."""
    on_site = registration.on_site
    return RegistrationRecord(
        danger=registration.danger,
        urgency=registration.urgency,
        approve_time=moment_at(registration, "approve_time"),
        consent_time=moment_at(on_site, "consent_time"),
        register_time=moment_at(on_site, "register_time"),
        certificate_shown=on_site.certificate_shown,
        things=tuple(Listed(t.name, t.quantity) for t in on_site.things),
        list_sign_time=moment_at(on_site, "list_sign_time"),
        list_deliver_time=moment_at(on_site, "list_deliver_time"),
        notice_deliver_time=moment_at(on_site, "notice_deliver_time"),
        evidence_ids=tuple(registration.end.evidence_ids),
    )


class RecordedRegistration(RegistrationFacts):
    """The facts that the record with the act in it shows. `at` is the time of the event, for what has none of its own."""

    def __init__(
        self, registration: pb.AdvanceRegistration, move: Move, now: datetime, at: datetime | None = None
    ) -> None:
        self.registration, self.move, self.now, self._at = registration, move, now, at
        self.record = record_of(registration)

    def sector(self) -> str:
        return self.registration.sector

    def at(self) -> datetime:
        at = moment_at(self.registration, DONE[self.move.act]) or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    @abstractmethod
    def case(self) -> Case:
        """The case that it is of."""

    def stayed_by(self) -> tuple[str, ...]:
        return stayed_by(self.case(), self.at())

    def place(self) -> str:
        return self.registration.area_code

    def signer(self) -> str:
        """Who approved it."""
        return self.registration.approver

    def taking_part(self) -> frozenset[str]:
        """Those who registered it, or who did the act."""
        act = self.move.act
        if act in ON_SITE:
            return frozenset(self.registration.on_site.officer_ids)
        path = BY.get(act, "")
        whole, _, part = path.partition(".")
        who = getattr(self.registration, whole) if whole else ""
        return frozenset([str(getattr(who, part) if part else who)]) - {""}

    def since(self, at: datetime | None) -> bool:
        """Whether something was done after the registration."""
        registered = self.record.register_time
        return at is not None and registered is not None and registered <= at


def names_held(registration: RecordedRegistration, held: Iterable[measures.Measure]) -> frozenset[str]:
    """The names of what seals and seizures that were taken since the registration hold."""
    freeze = measures.MEASURE_KIND_FREEZE
    since = (
        m for m in held if m.kind != freeze and registration.since(moment_at(m, "execution.execute_time"))
    )
    return frozenset(t.name for m in since for t in m.execution.things)
