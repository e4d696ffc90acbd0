"""The pursuit of responsibility for enforcement."""

from abc import abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import Statement
from services.law.procedures.shared import term_runs, under
from services.law.process import table
from services.law.rule import Facts, rule


class Against(StrEnum):
    """Whom responsibility is pursued against."""

    ORGANISATION = "organisation"
    PERSON = "person"


# What may follow for an organisation and for a person; discipline is for the competent body alone.
KINDS: dict[str, frozenset[str]] = {
    "organisation": frozenset({"RECTIFY", "CIRCULATE_CRITICISM", "NO_HONOURS"}),
    "person": frozenset({"CRITICISM", "OFF_POST_TRAINING", "TRANSFER_FROM_POST", "DISQUALIFY", "RECOVERY"}),
}


def allowed(against: str | None) -> frozenset[str]:
    """The kinds that may be laid on an organisation or a person; none where it is not said which it is."""
    return KINDS.get(against or "", frozenset())


@dataclass(frozen=True)
class PriorNotice:
    """What is told before responsibility is decided on."""

    serve_time: datetime | None = None
    facts: str = ""
    reasons: str = ""
    basis: str = ""
    rights_told: bool = False
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccountabilityRecord:
    """The record of a pursuit of responsibility, with what the act hands in."""

    against: Against | None = None
    review_time: datetime | None = None
    causes: tuple[str, ...] = ()
    complexity: str = ""
    extension_count: int = 0
    """How often the term was extended before."""
    notice: PriorNotice = field(default_factory=PriorNotice)
    statement: Statement = field(default_factory=Statement)
    kinds: tuple[str, ...] = ()
    """What the decision lays on the organisation or person."""
    competent_body: str = ""
    """The body to which discipline or a crime belongs, where it is one."""


class AccountabilityFacts(Facts):
    """The record with what the act hands in (`record`), and the node's own time."""

    record: AccountabilityRecord
    now: datetime

    @abstractmethod
    def term_end(self) -> datetime | None:
        """When the term of the investigation ends, as it stands before the act."""


@rule(
    "NOT_REVIEWED",
    law="CITY-ERS:2(7)",
    zh="初步审查完成并指明追究事由的，方可立项调查。",
    en="The clue was not reviewed, or the review names no cause. Review it, and name the causes.",
)
def reviewed(f: AccountabilityFacts) -> bool:
    """The preliminary review is done and names the cause (CITY-ERS 2(7))."""
    return f.record.review_time is not None and any(c.strip() for c in f.record.causes)


@rule(
    "EXTENSION_INVALID",
    law="CITY-ERS:2(7)",
    zh="情况复杂的，经批准可以延长一次；应当说明何以复杂。",
    en="The term was extended before, or it is not said what makes the case complex. Conclude in time.",
)
def extended_once(f: AccountabilityFacts) -> bool:
    """The term is extended once, for complexity that is stated (CITY-ERS 2(7))."""
    return f.record.extension_count == 0 and bool(f.record.complexity.strip())


@rule(
    "PRIOR_NOTICE_INCOMPLETE",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="应当告知事实、理由、依据和享有的权利。",
    en="The notice lacks facts, reasons, basis or rights. Complete it.",
)
def notice_complete(f: AccountabilityFacts) -> bool:
    """Facts, reasons, basis and rights are told (GBF-2005-37)."""
    n = f.record.notice
    return bool(n.facts.strip() and n.reasons.strip() and n.basis.strip() and n.rights_told)


@rule(
    "ACCOUNTABILITY_HEARING_RIGHT",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="作出决定前应当听取陈述和申辩并复核，明确放弃的除外。",
    en="The person was not heard, or what it said was not rechecked, and it waived nothing. Hear it, and recheck.",
)
def heard(f: AccountabilityFacts) -> bool:
    """Before the decision the notice came, and the statement was heard and rechecked or expressly waived (GBF-2005-37)."""
    served, s = f.record.notice.serve_time, f.record.statement
    waived = s.receive_time is None and s.waive_time is not None
    return served is not None and (s.rechecked() or waived)


@rule(
    "AGGRAVATED_AFTER_DEFENCE",
    guard="G-84",
    law="CITY-ERS:2(7);GBF-2005-37",
    zh="不得因陈述、申辩加重处理。",
    en="More is laid on than the notice told. Lay on no more than that, or give notice anew.",
)
def not_heavier(f: AccountabilityFacts) -> bool:
    """Nobody is treated worse for the defence: nothing is laid on that the notice did not tell (GBF-2005-37)."""
    return frozenset(f.record.kinds) <= frozenset(f.record.notice.kinds)


@rule(
    "ACCOUNTABILITY_KIND",
    guard="G-85",
    law="ASR-2025:32;ASR-2025:33(1)",
    zh="处理种类应当在权限之内，处分由有权机关作出。",
    en="No measure is named, or one that this body may not take. Name those it may; discipline goes to the competent body.",
    tells=lambda f: {"kinds": ",".join(sorted({*f.record.kinds} - allowed(f.record.against)))},
)
def kind_allowed(f: AccountabilityFacts) -> bool:
    """The measure is one that this body may take; discipline and crime are not (ASR 32, 33)."""
    kinds = frozenset(f.record.kinds)
    return bool(kinds) and kinds <= allowed(f.record.against)


@rule(
    "NO_DISCIPLINE",
    guard="G-85",
    law="ASR-2025:33(1)",
    zh="应当给予处分或者涉嫌犯罪的，方可移送有权机关；应当载明该机关。",
    en="It is not said which body is competent for discipline or a crime here. Name it (competent_body), or go on.",
)
def for_competent_body(f: AccountabilityFacts) -> bool:
    """What is discipline or a crime goes to the competent body, which is named (ASR 33)."""
    return bool(f.record.competent_body.strip())


_EXTENSION = (extended_once, under(term_runs, "CITY-ERS:2(7)", reason="EXTENSION_INVALID"))
_HEARD = (heard, not_heavier, kind_allowed)

# fmt: off
TABLE = table(
    "accountability",
    ("REGISTER", "", "CLUE", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE SYSTEM", ("登记追责线索", "Register a clue"), "accountability.clue_received"),
    ("REVIEW", "CLUE", "REVIEWED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("初步审查", "Review"), "accountability.reviewed"),
    ("DROP", "REVIEWED INVESTIGATED DELIBERATED HEARD", "NOT_PURSUED", "CITY-ERS:2(7)", (),
     "AGENCY_HEAD COLLECTIVE", ("不予追究", "Do not pursue")),
    ("OPEN", "REVIEWED", "INVESTIGATING", "CITY-ERS:2(7)", (reviewed,),
     "AGENCY_HEAD", ("批准立项调查", "Open the investigation"), "accountability.opened"),
    ("EXTEND", "INVESTIGATING", "=", "CITY-ERS:2(7)", _EXTENSION,
     "AGENCY_HEAD", ("延长调查期限", "Extend"), "accountability.extended"),
    ("CONCLUDE", "INVESTIGATING", "INVESTIGATED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("调查终结，提出意见", "Conclude and propose"), "accountability.investigated"),
    ("DELIBERATE", "INVESTIGATED", "DELIBERATED", "CITY-ERS:2(7)", (),
     "COLLECTIVE", ("局长办公会审议", "Deliberate")),
    ("GIVE_NOTICE", "DELIBERATED", "NOTICED", "CITY-ERS:2(7);GBF-2005-37", (notice_complete,),
     "INSPECTION_OFFICE", ("告知事实、理由、依据和权利", "Give prior notice")),
    ("HEAR_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7);GBF-2005-37", (),
     "INSPECTION_OFFICE", ("听取陈述申辩", "Hear the statement")),
    ("WAIVE_STATEMENT", "NOTICED", "HEARD", "CITY-ERS:2(7)", (),
     "OFFICER UNIT", ("放弃陈述申辩", "Waive the statement")),
    ("DECIDE", "HEARD", "DECIDED", "CITY-ERS:2(7);ASR-2025:32", _HEARD,
     "COLLECTIVE", ("作出追究决定", "Decide"), "accountability.decided"),
    ("SERVE", "DECIDED", "SERVED", "CITY-ERS:2(7)", (), "INSPECTION_OFFICE", ("送达", "Serve")),
    ("ASK_FOR_REVIEW", "SERVED", "UNDER_REVIEW", "CITY-ERS:2(7)", (),
     "OFFICER UNIT", ("申请复核", "Ask for a review")),
    ("UPHOLD", "UNDER_REVIEW", "FINAL", "CITY-ERS:2(7)", (), "COLLECTIVE", ("维持", "Uphold")),
    ("CHANGE", "UNDER_REVIEW", "FINAL", "CITY-ERS:2(7)", _HEARD[1:], "COLLECTIVE", ("变更", "Change")),
    ("ANNUL", "UNDER_REVIEW", "NOT_PURSUED", "CITY-ERS:2(7)", (), "COLLECTIVE", ("撤销", "Annul")),
    ("EXECUTE", "SERVED FINAL", "EXECUTED", "CITY-ERS:2(7)", (),
     "UNIT", ("执行", "Execute"), "accountability.executed"),
    ("RECORD", "EXECUTED", "RECORDED", "CITY-ERS:2(7)", (),
     "INSPECTION_OFFICE", ("记入执法档案和考核", "Record")),
    ("TRANSFER", "CLUE REVIEWED INVESTIGATING INVESTIGATED DELIBERATED", "TRANSFERRED", "ASR-2025:33(1)",
     (for_competent_body,), "AGENCY_HEAD", ("移送有权机关", "Transfer to the competent body"),
     "accountability.transferred"),
    titles=("执法责任追究", "Accountability"),
    ends="NOT_PURSUED RECORDED TRANSFERRED",
)
# fmt: on
ACCOUNTABILITY = Procedure("accountability", AccountabilityFacts, TABLE)
