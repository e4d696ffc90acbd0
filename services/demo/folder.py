"""A case while it is being played: who handles it, what it is about, and where it stands."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.demo.violations import Choice
from services.given.people import officer
from services.given.say import Who
from services.law.calendar import SHANGHAI
from services.law.parameters import Layers, national


@dataclass
class Desk:
    """A department at work: its body, and its officers by the number in their label."""

    node: str
    body_id: str
    place: str
    officers: dict[int, str] = field(default_factory=dict)
    certificates: dict[int, str] = field(default_factory=dict)
    forms: int = 0

    def person(self, post: str) -> str:
        """The one who holds a post: head, unit, reviewer, clerk, finance, roster."""
        return f"{self.node}-{post}"

    def form_number(self, at: datetime) -> str:
        self.forms += 1
        return f"示例当场{at.astimezone(SHANGHAI):%Y%m%d}-{self.forms:04d}"


@dataclass
class Folder:
    """One case: what it is about, who handles it, its random choices, and the last reply about it."""

    desk: Desk
    choice: Choice
    party: parties.Party
    officers: tuple[str, ...]
    rng: Random
    at: datetime
    story: str = ""
    case: cases.Case | None = None
    broken: bool = False
    # The department that the case is transferred to.
    other: Desk | None = None

    @property
    def case_id(self) -> str:
        assert self.case is not None, f"{self.story}: the first act of a case was not done"
        return str(self.case.case_id)

    @property
    def ids(self) -> tuple[str, ...]:
        return self.officers

    @property
    def who(self) -> Who:
        """The officer who speaks for the case."""
        return officer(self.officers[0])

    @property
    def proposal(self) -> penalties.Penalty:
        return self.choice.penalty()

    @property
    def is_person(self) -> bool:
        """A sole trader counts as a natural person (民法典 54)."""
        return bool(self.party.kind != parties.PARTY_KIND_ORGANISATION)

    @property
    def grave(self) -> bool:
        """Whether national law gives a right to a hearing, or asks for a discussion by the heads."""
        who, day = ("citizen" if self.is_person else "organisation"), self.at.astimezone(SHANGHAI).date()
        limits = (Layers(national()).value(f"{name}.fine.{who}", day) for name in ("hearing", "major"))
        return any(100 * self.choice.fine >= limit.value for limit in limits)


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at.astimezone(UTC))
    return made
