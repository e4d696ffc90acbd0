"""The guide of an item of permission (办事指南): conditions, papers, steps with their standards, times and who answers for them,
the fee, and the time that the body promises, argued for and published (ALIC 26(1), 30, 58; OPR-SUP 6; CITY-ERS 3(3), 3(7)).
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.naming import names_article
from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.shared import under
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "PG-"
"""How the id of a guide begins."""


@dataclass(frozen=True)
class GuideStep:
    """A step of the handling: who answers for it, by what standard it is done, and in how many working days."""

    name: str = ""
    unit: str = ""
    standard: str = ""
    days: int = 0


@dataclass(frozen=True)
class GuidePoint:
    """A condition, or a paper that is asked for, with the article that asks for it."""

    code: str = ""
    text: str = ""
    law: str = ""


@dataclass(frozen=True)
class GuideRecord:
    """The record of a guide, with what the act hands in."""

    window: str = ""
    conditions: tuple[GuidePoint, ...] = ()
    materials: tuple[GuidePoint, ...] = ()
    steps: tuple[GuideStep, ...] = ()
    promised_days: int = 0
    compensation: str = ""
    fee: int = 0
    fee_law: str = ""
    drafter: str = ""
    reviewer: str = ""
    opinion: str = ""
    consulted: tuple[str, ...] = ()
    """Who was heard: experts, those concerned, other departments."""
    reasons: str = ""
    address: str = ""


class GuideFacts(Facts):
    """The record of a guide with what the act hands in (`record`), and the node's own time."""

    record: GuideRecord
    now: datetime

    @abstractmethod
    def listed(self) -> bool:
        """Whether the body may act, and its published list has the item, of a permit."""

    @abstractmethod
    def legal_days(self) -> int:
        """The working days that the law gives for the decision."""

    @abstractmethod
    def another(self) -> bool:
        """Whether another guide of the item is published."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "PERMIT_NOT_EMPOWERED",
    law="ALIC-2019:22",
    zh="行政许可由具有行政许可权的行政机关在法定职权范围内实施；该事项不在本机关公布的许可事项内。",
    en="The body may not act, or its published list has no such item of a permit. Name an item of its list (item_id).",
)
def item_listed(f: GuideFacts) -> bool:
    """A guide is that of an item of permission of the body's published list (ALIC 22)."""
    return f.listed() is True


@rule(
    "GUIDE_NOT_ARGUED",
    law="CITY-ERS:3(3)",
    zh="保留的审批项目应当经过论证：载明论证意见和听取意见的对象，论证人不得为起草人。",
    en="The opinion or who was heard is missing, or who drafted it argues for it. Complete it (opinion, consulted).",
)
def argued(f: GuideFacts) -> bool:
    """That an item of approval stays is argued, by another than who drafted its guide, and with others heard (CITY-ERS 3(3))."""
    r = f.record
    heard = bool(r.consulted) and all(name.strip() for name in r.consulted)
    apart = bool(r.reviewer.strip() and r.drafter.strip()) and r.reviewer != r.drafter
    return bool(r.opinion.strip()) and heard and apart


@rule(
    "GUIDE_INCOMPLETE",
    law="ALIC-2019:30(1);OPR-SUP:6",
    zh="办事指南应当公布条件、材料目录及其依据，以及各环节的标准、时限和责任单位。",
    en="A condition, a paper or a step is missing or lacks its text, article, standard, days or unit. Complete them.",
)
def complete(f: GuideFacts) -> bool:
    """Conditions, papers, and each step with its standard, time and who answers for it are published (ALIC 30(1), OPR-SUP 6)."""
    r = f.record
    points = (*r.conditions, *r.materials)
    said = all(p.code.strip() and p.text.strip() and p.law.strip() for p in points)
    steps = all(s.name.strip() and s.unit.strip() and s.standard.strip() and s.days > 0 for s in r.steps)
    once = all(len({p.code for p in its}) == len(its) for its in (r.conditions, r.materials))
    return bool(r.conditions and r.materials and r.steps) and said and steps and once


@rule(
    "GUIDE_WINDOW_MISSING",
    guard="G-91",
    law="ALIC-2019:26(1)",
    zh="应当确定一个机构统一受理申请、统一送达决定。",
    en="The one unit that takes applications and serves decisions is not named. Name it (window).",
)
def window_named(f: GuideFacts) -> bool:
    """One unit takes the applications and serves the decisions (ALIC 26(1))."""
    return bool(f.record.window.strip())


@rule(
    "GUIDE_PROMISE_TOO_LONG",
    law="CITY-ERS:3(7);ALIC-2019:42",
    zh="承诺时限应当短于法定期限，各环节时限之和不得超过承诺时限，并公布违诺补偿办法。",
    en="The promised time is not shorter than the law's, the steps take longer, or the compensation is not said. Correct it.",
    tells=lambda f: {
        "promised": str(f.record.promised_days),
        "legal": str(f.legal_days()),
        "steps": str(sum(s.days for s in f.record.steps)),
    },
)
def promise_kept_within(f: GuideFacts) -> bool:
    """The promise is shorter than the law's time, the steps fit in it, and what follows its breach is said (CITY-ERS 3(7))."""
    r = f.record
    fits = bool(r.steps) and sum(s.days for s in r.steps) <= r.promised_days
    return 0 < r.promised_days < f.legal_days() and fits and bool(r.compensation.strip())


@rule(
    "PERMIT_FEE_NOT_ALLOWED",
    guard="G-91",
    law="ALIC-2019:58(1)",
    zh="实施行政许可不得收取任何费用；法律、行政法规另有规定的，应当载明其名称和条款。",
    en="A fee is said, and no article of a law or administrative regulation that has it. Name title and article (fee.law), or "
    "take none.",
)
def fee_based(f: GuideFacts) -> bool:
    """No fee is taken but one that a law or administrative regulation has (ALIC 58(1))."""
    return f.record.fee == 0 or (f.record.fee > 0 and names_article(f.record.fee_law))


@rule(
    "GUIDE_PUBLISHED_ALREADY",
    guard="G-91",
    law="ALIC-2019:5(3)",
    zh="同一事项只能有一份有效的办事指南；请先撤下原办事指南。",
    en="Another guide of the item is published: the same holds for all. Withdraw that one first (WithdrawPermitGuide).",
)
def only_one(f: GuideFacts) -> bool:
    """The same conditions hold for all who apply (ALIC 5(3))."""
    return f.another() is False


@rule(
    "PERMIT_ADDRESS_MISSING",
    law="ALIC-2019:30(1);ALIC-2019:33",
    zh="应当载明公示的处所和网址。",
    en="It is not said where the guide is shown. Name the address.",
)
def shown_where(f: GuideFacts) -> bool:
    """The guide is shown at the office and on the website (ALIC 30(1), 33)."""
    return bool(f.record.address.strip())


# fmt: off
TABLE = table(
    "permit_guide",
    ("DRAFT", "", "DRAFTED", "ALIC-2019:30(1)", (item_listed,),
     "UNIT_HEAD CLERK", ("起草办事指南", "Draft the guide"), "permit_guide.drafted", "DraftPermitGuide"),
    ("KEEP", "DRAFTED", "ARGUED", "CITY-ERS:3(3)", (argued,),
     "LEGAL_REVIEWER", ("论证后保留", "Argue that the item stays"), "permit_guide.argued", "ArguePermitGuide"),
    ("DROP", "DRAFTED", "DROPPED", "CITY-ERS:3(3);ALIC-2019:20(2)",
     (argued, under(shared.reasons_given, "CITY-ERS:3(3)")),
     "LEGAL_REVIEWER", ("论证后不保留", "Argue that the item goes"), "permit_guide.dropped", "ArguePermitGuide"),
    ("PUBLISH", "ARGUED", "PUBLISHED", "ALIC-2019:30(1);ALIC-2019:33;OPR-SUP:6",
     (item_listed, complete, window_named, promise_kept_within, fee_based, only_one, shown_where),
     "AGENCY_HEAD", ("公布办事指南", "Publish the guide"), "permit_guide.published", "PublishPermitGuide"),
    ("WITHDRAW", "DRAFTED ARGUED PUBLISHED", "WITHDRAWN", "ALIC-2019:30(1)",
     (under(shared.reasons_given, "ALIC-2019:30(1)"),),
     "AGENCY_HEAD", ("撤下办事指南", "Withdraw the guide"), "permit_guide.withdrawn", "WithdrawPermitGuide"),
    titles=("许可办事指南", "Guide of a permit"),
    ends="DROPPED WITHDRAWN",
)
# fmt: on
PERMIT_GUIDE = Procedure("permit_guide", GuideFacts, TABLE)
