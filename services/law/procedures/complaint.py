"""A complaint or report about enforcement."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.shared import guided_to_remedy, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule


class Identity(StrEnum):
    """Whether who complains gives its name."""

    NAMED = "NAMED"
    ANONYMOUS = "ANONYMOUS"


class Conclusion(StrEnum):
    """What became of what was complained of."""

    FOUNDED = "FOUNDED"
    PARTLY_FOUNDED = "PARTLY_FOUNDED"
    UNFOUNDED = "UNFOUNDED"


@dataclass(frozen=True)
class ComplaintRecord:
    """The record of a complaint, with what the act hands in."""

    number: str = ""
    identity: Identity | None = None
    informer_sealed: bool = False
    person_tell_time: datetime | None = None
    """When the person was told where the matter goes."""
    merged_with: str = ""
    handlers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    conclusion: Conclusion | None = None
    reasons: str = ""
    new_facts: str = ""


class ComplaintFacts(Facts):
    """The record of a complaint with what the act hands in (`record`), and the node's own time."""

    record: ComplaintRecord
    now: datetime

    @abstractmethod
    def own_matter(self) -> bool:
        """Whether the matter belongs to the oversight body."""

    @abstractmethod
    def in_remedy(self) -> bool:
        """Whether the matter is in reconsideration or before a court, or belongs there."""

    @abstractmethod
    def same_act(self) -> bool:
        """Whether the complaint that it is merged with is about the same act."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """The units and people that are complained of, and the people of those units."""

    def acting(self) -> tuple[str, ...]:
        return self.record.handlers


@rule(
    "INFORMER_CONFIDENTIALITY",
    guard="G-90",
    law="CITY-ERS:2(8);CITY-ERS:6(6)",
    zh="为投诉举报人保密，其身份应当密封，不得将材料转给被投诉举报的单位和个人。",
    en="The informer's identity is not sealed. Seal it before the complaint goes on.",
)
def informer_sealed(f: ComplaintFacts) -> bool:
    """The informer stays sealed (CITY-ERS 2(8), 6(6))."""
    return f.record.informer_sealed


@rule(
    "NOT_NUMBERED",
    law="CBZ-2019-7:19",
    zh="投诉举报应当登记编号。",
    en="The complaint has no number of its own. Give it one (number).",
)
def numbered(f: ComplaintFacts) -> bool:
    """It is registered under a number of its own (CBZ-2019-7 19)."""
    return bool(f.record.number.strip())


@rule(
    "NOT_COMPETENT",
    law="LN-SUP:19",
    zh="属于本机构职责且未进入复议、诉讼的，予以受理。",
    en="The matter belongs to another body or to a remedy. Transfer it, or guide the person there.",
)
def own_matter(f: ComplaintFacts) -> bool:
    """The matter belongs to the oversight body and to no remedy (LN-SUP 19)."""
    return f.own_matter() and f.in_remedy() is False


@rule(
    "OWN_MATTER",
    law="LN-SUP:19",
    zh="不属于本机构职责的，移送有权机关并告知投诉举报人。",
    en="The matter is this body's own, or the person was not told of the transfer. Accept it, or tell the person.",
)
def other_body(f: ComplaintFacts) -> bool:
    """What belongs to another body is transferred, and the person told (LN-SUP 19)."""
    return f.own_matter() is False and f.record.person_tell_time is not None


@rule(
    "NOT_DUPLICATE",
    law="LN-SUP:19",
    zh="同一事项的投诉举报方可合并办理。",
    en="No other complaint about the same act is named. Name it (merged_with), or handle this one.",
)
def same_matter(f: ComplaintFacts) -> bool:
    """Complaints about the same act are handled together (LN-SUP 19)."""
    return bool(f.record.merged_with.strip()) and f.same_act()


@rule(
    "CONCLUSION_MISSING",
    law="LN-SUP:19",
    zh="结论应当属实、部分属实或者不属实，有证据并说明理由。",
    en="The conclusion, its evidence or its reasons are missing. State all three.",
)
def concluded(f: ComplaintFacts) -> bool:
    """The conclusion rests on evidence and gives reasons (LN-SUP 19)."""
    r = f.record
    return r.conclusion in tuple(Conclusion) and bool(r.evidence) and bool(r.reasons.strip())


@rule(
    "NOBODY_TO_ANSWER",
    law="LN-SUP:19",
    zh="实名投诉举报的，应当答复；匿名的无从答复。",
    en="Nobody complained by name. Close it as anonymous (CloseAnonymous).",
)
def named(f: ComplaintFacts) -> bool:
    """Who complains by name is answered (LN-SUP 19)."""
    return f.record.identity == Identity.NAMED


@rule(
    "ANSWER_OWED",
    law="LN-SUP:19",
    zh="匿名投诉举报方可不予答复。",
    en="The complaint is not anonymous. Answer it first.",
)
def anonymous(f: ComplaintFacts) -> bool:
    """Only an anonymous complaint is closed without an answer (LN-SUP 19)."""
    return f.record.identity == Identity.ANONYMOUS


@rule(
    "NO_NEW_FACTS",
    law="LN-SUP:19",
    zh="有新的事实和证据的，方可重新办理。",
    en="No new facts are stated. State them (new_facts).",
)
def new_facts(f: ComplaintFacts) -> bool:
    """It is taken up again on new facts (LN-SUP 19)."""
    return bool(f.record.new_facts.strip())


_APART = under(stands_apart, "CITY-ERS:6(6)", guard="G-90", reason="HANDLER_CONFLICT")

# fmt: off
TABLE = table(
    "complaint",
    ("RECEIVE", "", "RECEIVED", "LN-SUP:19", (informer_sealed,),
     "OVERSIGHT PUBLIC", ("接收投诉举报", "Receive"), "complaint.received"),
    ("REGISTER", "RECEIVED", "REGISTERED", "CBZ-2019-7:19", (informer_sealed, numbered),
     "OVERSIGHT", ("登记", "Register")),
    ("ACCEPT", "REGISTERED", "ACCEPTED", "LN-SUP:19", (own_matter,),
     "OVERSIGHT", ("受理", "Accept"), "complaint.accepted"),
    ("TRANSFER", "REGISTERED", "TRANSFERRED", "LN-SUP:19", (informer_sealed, other_body),
     "OVERSIGHT", ("移送有权机关", "Transfer")),
    ("GUIDE", "REGISTERED", "GUIDED", "ASR-2025:33(3)", (guided_to_remedy,),
     "OVERSIGHT", ("引导复议、诉讼", "Guide to remedies")),
    ("MERGE", "REGISTERED ACCEPTED", "MERGED", "LN-SUP:19", (same_matter,),
     "OVERSIGHT", ("合并办理", "Merge"), "complaint.merged"),
    ("ASSIGN", "ACCEPTED", "ASSIGNED", "CITY-ERS:6(6)", (informer_sealed, _APART),
     "OVERSIGHT_HEAD", ("交办", "Assign")),
    ("INVESTIGATE", "ASSIGNED", "INVESTIGATING", "LN-SUP:19", (_APART,), "OVERSIGHT", ("调查", "Investigate")),
    ("CONCLUDE", "INVESTIGATING", "FOUND", "LN-SUP:19", (concluded,),
     "OVERSIGHT", ("作出结论", "Conclude"), "complaint.concluded"),
    ("REFER_TO_SUPERVISION", "FOUND", "=", "ASR-2025:20(2)", (),
     "OVERSIGHT", ("转行政执法监督", "Refer to supervision"), "supervision.clue_registered"),
    ("REFER_TO_ACCOUNTABILITY", "FOUND", "=", "CITY-ERS:2(7)", (),
     "OVERSIGHT", ("转责任追究", "Refer to accountability"), "accountability.clue_received"),
    ("ANSWER", "FOUND", "ANSWERED", "LN-SUP:19", (named,),
     "OVERSIGHT", ("答复投诉举报人", "Answer"), "complaint.answered"),
    ("RATE", "ANSWERED", "=", "CITY-ERS:3(37)", (), "PUBLIC", ("评价满意度", "Rate")),
    ("REOPEN", "ANSWERED", "ASSIGNED", "LN-SUP:19", (new_facts,),
     "OVERSIGHT_HEAD", ("重新办理", "Take up again"), "complaint.accepted"),
    ("CLOSE", "ANSWERED", "CLOSED", "LN-SUP:19", (), "OVERSIGHT", ("办结", "Close")),
    ("CLOSE_ANONYMOUS", "FOUND", "CLOSED", "LN-SUP:19", (anonymous,),
     "OVERSIGHT", ("匿名件办结", "Close an anonymous one"), "complaint.answered"),
    titles=("执法投诉举报", "Complaint about enforcement"),
    ends="TRANSFERRED GUIDED MERGED CLOSED",
)
# fmt: on
COMPLAINT = Procedure("complaint", ComplaintFacts, TABLE)
