"""A case while it is being played: who handles it, what it is about, and where it stands."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from random import Random

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import assistance_pb2 as assistance
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import collection_pb2 as collections
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import credit_repair_pb2 as repairs
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1.enforcement_pb2 import Enforcement

from services.demo.violations import LONGEST, Choice
from services.given.people import officer
from services.given.say import Who
from services.law.calendar import SHANGHAI
from services.law.concordance import Holds, bases_on
from services.law.parameters import Layers, national

CHOSEN = "示例：违法行为发生后法律已有变化，经比较处罚轻重，适用所载依据（行政处罚法第三十七条）。"


@dataclass
class Desk:
    """A department at work: its body, and its officers by the number in their label."""

    node: str
    body_id: str
    place: str
    officers: dict[int, str] = field(default_factory=dict)
    certificates: dict[int, str] = field(default_factory=dict)
    forms: int = 0
    # How many receipts of the finance department were given.
    receipts: int = 0
    # The items of its published power list that its penalties, its seals and seizures, and its permits rest on.
    item_id: str = ""
    coercion_id: str = ""
    permit_id: str = ""
    levy_id: str = ""
    # The head and the deputy, who hold posts on record, and the reviewer, who is qualified by the registry.
    heads: dict[str, str] = field(default_factory=dict)
    # The record number of the seal of its body.
    seal: str = ""

    def person(self, post: str) -> str:
        """The one who holds a post: head, deputy, unit, reviewer, host, clerk, finance, roster."""
        return self.heads.get(post) or f"{self.node}-{post}"

    def form_number(self, at: datetime) -> str:
        self.forms += 1
        return f"示例当场{at.astimezone(SHANGHAI):%Y%m%d}-{self.forms:04d}"

    def receipt(self) -> collections.ReceiptNumber:
        """The next receipt of the finance department."""
        self.receipts += 1
        return collections.ReceiptNumber(series=self.series, number=self.receipts)

    @property
    def series(self) -> str:
        """The series of the receipts that the finance department issued to the body."""
        return f"示例票据{self.node[:2].upper()}"


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
    referral: referrals.Referral = field(default_factory=referrals.Referral)
    measure: measures.Measure = field(default_factory=measures.Measure)
    letter: assistance.Assistance = field(default_factory=assistance.Assistance)
    enforcement: courts.CourtEnforcement = field(default_factory=courts.CourtEnforcement)
    own: Enforcement = field(default_factory=Enforcement)
    repair: repairs.CreditRepair = field(default_factory=repairs.CreditRepair)
    evidence: list[str] = field(default_factory=list)
    # What the party owes of the fine and its surcharge on the day it pays, in fen.
    owed: int = 0
    broken: bool = False
    # The department that the case is transferred to.
    other: Desk | None = None
    # When the act was done.
    acted: datetime | None = None

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
        """What is proposed; with the reason for the law applied, where the law changes before the case may be over."""
        found, about, acted = self.choice.penalty(), self.choice.violation, self.act_day
        over = self.at.astimezone(SHANGHAI).date() + LONGEST
        if any(b.holds is Holds.CHOICE for b in bases_on(f"{about.law}，{about.basis}", acted, over)):
            found.law_choice = CHOSEN
        return found

    @property
    def act_day(self) -> date | None:
        told = self.case.violation.occur_time if self.case is not None else None
        acted = told.ToDatetime(tzinfo=UTC) if told is not None else self.acted
        return acted.astimezone(SHANGHAI).date() if acted is not None else None

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
