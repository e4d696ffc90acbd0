"""Important matters (重大事项请示报告): a department asks its superior for instructions before it acts (请示), or tells it
in time what happened and what was done about it (报告). Its head sends either; the superior replies, or takes note (OPR-SUP 11):
the government, the oversight body, or the department above it, whose head answers (CITY-ERS 1(2)).
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, stands_apart, under
from services.law.procedures.work_task import by_unit, unit_known
from services.law.process import table
from services.law.reportable import MatterKind, Superior
from services.law.rule import Facts, rule

LAW = "OPR-SUP:11"
LEVELS = "OPR-SUP:11;CITY-ERS:1(2)"
PREFIX = "MT-"
"""How the id of a matter begins."""
REPORT, REPLY = "RPT-01", "RPT-02"
"""The time to report what became known; to reply to what was asked."""


class Outcome(StrEnum):
    """What a reply says to what the department proposes."""

    AGREED = "AGREED"
    NOT_AGREED = "NOT_AGREED"
    OTHERWISE = "OTHERWISE"
    """It is to be done in another way."""


@dataclass(frozen=True)
class ImportantMatterRecord:
    """The record of a matter, with what the act hands in."""

    kind: MatterKind | None = None
    to: Superior | None = None
    title: str = ""
    content: str = ""
    proposal: str = ""
    """What the department itself proposes to do."""
    measures: str = ""
    """What was done about it."""
    happen_time: datetime | None = None
    learn_time: datetime | None = None
    """When the department came to know of it: from then its time to report runs."""
    drafters: tuple[str, ...] = ()
    senders: tuple[str, ...] = ()
    caller: str = ""
    outcome: Outcome | None = None
    reply: str = ""
    document: str = ""
    supplement: str = ""
    instructions: str = ""
    reasons: str = ""
    to_next: Superior | None = None
    """To whom it is to go instead."""


class ImportantMatterFacts(Facts):
    """The record of a matter with what the act hands in (`record`), and the node's own time."""

    record: ImportantMatterRecord
    now: datetime

    @abstractmethod
    def body_known(self) -> bool:
        """Whether the unit is a confirmed enforcement body."""

    @abstractmethod
    def of_body(self) -> bool:
        """Whether who acts does so for the unit."""

    @abstractmethod
    def listed(self) -> bool:
        """Whether the list of the day has the item that the matter names, under its kind."""

    @abstractmethod
    def record_of_unit(self) -> bool:
        """Whether the case, inspection or measure that the matter is about is one of the unit; so where it is about none."""

    @abstractmethod
    def asked_already(self) -> bool:
        """Whether the same is asked of the same record, and waits for its reply."""

    @abstractmethod
    def by_head(self) -> bool:
        """Whether who acts is a head of the unit now, as its registry has it."""

    @abstractmethod
    def people_of_body(self) -> frozenset[str]:
        """The people of the unit whom the registry knows."""

    @abstractmethod
    def head_of_oversight(self) -> bool:
        """Whether who acts heads the oversight body, which enters what the government says."""

    @abstractmethod
    def of_oversight(self) -> bool:
        """Whether who acts is of the oversight body."""

    @abstractmethod
    def superior_in_force(self) -> bool:
        """Whether the registry has a body in force above the unit; where it is passed up, above the one to which it went."""

    @abstractmethod
    def head_of_superior(self) -> bool:
        """Whether who acts is a head now of the superior department to which it went, which is in force."""

    @abstractmethod
    def elsewhere(self) -> bool:
        """Whether it would go to somebody to whom it did not go already."""

    def reasons(self) -> str:
        return self.record.reasons

    def acting(self) -> tuple[str, ...]:
        return (self.record.caller,)

    def involved(self) -> frozenset[str]:
        """Who drafted and who sent it, and who is of the unit."""
        return frozenset((*self.record.drafters, *self.record.senders)) | self.people_of_body()


def waiting(requests: Iterable[Any], at: datetime | None = None) -> tuple[str, ...]:
    """The ids of the requests that waited for their reply at a moment, or wait now. Each row has `ask_time` and `end_time`, None
    before.
    """
    return tuple(
        sorted(
            each.matter_id
            for each in requests
            if each.ask_time is not None
            and (at is None or each.ask_time <= at)
            and (each.end_time is None or (at is not None and each.end_time > at))
        )
    )


def _stated(*texts: str) -> bool:
    return all(text.strip() for text in texts)


@rule(
    "IMPORTANT_MATTER_INCOMPLETE",
    law=LAW,
    zh="请示应当载明标题、事由和拟办意见；报告应当载明标题、情况、发生和知悉的时间（知悉不早于发生、不晚于现在）和已采取的措施。",
    en="A request lacks its title, what it is about or what the department proposes; or a report its title, what happened, when, "
    "when it became known (not before, nor in the future) or what was done. State all.",
)
def matter_whole(f: ImportantMatterFacts) -> bool:
    """Who asks says what they propose; who reports says what happened, when, and what was done (OPR-SUP 11)."""
    r = f.record
    if not _stated(r.title, r.content) or r.kind not in tuple(MatterKind):
        return False
    if r.kind == MatterKind.REQUEST:
        return _stated(r.proposal)
    happened, learnt = r.happen_time, r.learn_time
    return _stated(r.measures) and happened is not None and learnt is not None and happened <= learnt <= f.now


@rule(
    "REQUEST_IN_REPORT",
    law=LAW,
    zh="报告不得夹带请示事项；需要请示的，另行请示。",
    en="A report asks for nothing. Ask for instructions in a request of its own (proposal).",
)
def nothing_asked_in_report(f: ImportantMatterFacts) -> bool:
    """Nothing is asked in a report: it would wait for a reply that nobody owes."""
    r = f.record
    return r.kind == MatterKind.REQUEST or (r.kind == MatterKind.REPORT and not r.proposal.strip())


@rule(
    "MATTER_NOT_LISTED",
    law=LAW,
    zh="当日的重大事项请示报告清单没有这一类别的该项目。",
    en="The list of matters of this day has no such item of this kind. Name one that it has (code).",
)
def on_the_list(f: ImportantMatterFacts) -> bool:
    """Which matters are told to the superior is on a list of the day (OPR-SUP 11)."""
    return f.listed() is True


@rule(
    "MATTER_RECORD_UNKNOWN",
    law=LAW,
    zh="所涉案件、检查或者措施应当是本单位已经上报的记录。",
    en="The case, inspection or measure is none of the unit's that the city knows. Name one, or wait until the city heard of it "
    "(record_id).",
)
def about_own_record(f: ImportantMatterFacts) -> bool:
    """A matter is about a record of the unit that the city knows, or about none."""
    return f.record_of_unit() is True


@rule(
    "ASKED_ALREADY",
    law=LAW,
    zh="同一项目就同一记录已经请示，尚未批复。",
    en="The same was asked of that record, and waits for its reply. Go on with that one.",
)
def asked_once(f: ImportantMatterFacts) -> bool:
    """The same is asked once, until it is replied to."""
    return f.asked_already() is False


@rule(
    "MATTER_NOT_BY_HEAD",
    law=LAW,
    zh="请示、报告应当由本单位现任负责人签发、退回、撤回或者续报。",
    en="You are no head of the unit now, as the registry has it. Let a head send it, return it, withdraw it or add to it.",
)
def sent_by_head(f: ImportantMatterFacts) -> bool:
    """What goes to the superior goes by the head of the unit (OPR-SUP 11)."""
    return f.by_head() is True


@rule(
    "MATTER_SENT_BY_DRAFTER",
    law="CITY-ERS:6(4)",
    zh="拟稿人不得签发自己拟写的请示、报告。",
    en="You drafted it. Let another head approve it and send it.",
)
def sent_by_another(f: ImportantMatterFacts) -> bool:
    """Who approves did not draft."""
    r = f.record
    return bool(r.caller) and bool(r.drafters) and r.caller not in r.drafters


@rule(
    "REPLY_NOT_BY_ADDRESSEE",
    law=LAW,
    zh="请示、报告由受文的上级办理：报上级部门的，由该部门现任负责人办理，该部门已撤销的，由监督机构改送；"
    "报监督机构的，由监督机构办理；报政府的，由监督机构负责人登记政府的批复、批示。",
    en="You are not the one to whom it went. A matter for the department above is answered by a head of it (where it has ended, let "
    "oversight readdress it), one for the oversight body by that body; of one for the government, the head of the oversight body "
    "enters what it says.",
)
def by_addressee(f: ImportantMatterFacts) -> bool:
    """The superior to whom it went replies (OPR-SUP 11)."""
    to = f.record.to
    if to == Superior.DEPARTMENT:
        return f.head_of_superior() is True
    if to == Superior.OVERSIGHT:
        return f.of_oversight() is True
    return to == Superior.GOVERNMENT and f.head_of_oversight() is True


@rule(
    "SUPERIOR_UNKNOWN",
    law=LEVELS,
    zh="登记中没有有效的上级部门（未登记，或者已撤销）；请市登记机构登记上级部门，或者改按报政府、监督机构的项目办理。",
    en="The registry has no department in force above this one: none was named, or it has ended. Let the city's registrar name "
    "one (NameSuperiorBody), or send it under an item that goes to the government or the oversight body (code).",
)
def superior_known(f: ImportantMatterFacts) -> bool:
    """What goes to the department above goes to one that is in force."""
    r = f.record
    return (r.to_next or r.to) in _OTHERS or f.superior_in_force() is True


@rule(
    "READDRESS_INVALID",
    law=LEVELS,
    zh="改送应当写明新的受文上级，且不同于现在的受文上级。",
    en="It is not said to whom it is to go, or it went there already. Name another superior (to).",
)
def readdressed_elsewhere(f: ImportantMatterFacts) -> bool:
    """What went to the wrong superior goes to another."""
    return f.record.to_next in tuple(Superior) and f.elsewhere() is True


@rule(
    "MATTER_REPLY_INCOMPLETE",
    law=LAW,
    zh="批复应当载明结果、内容和文号。",
    en="The reply lacks its outcome, its words or its number. State all (outcome, reply, document_number).",
)
def reply_whole(f: ImportantMatterFacts) -> bool:
    """A reply says whether the superior agrees, and is a paper with a number."""
    return f.record.outcome in tuple(Outcome) and _stated(f.record.reply, f.record.document)


@rule(
    "SUPPLEMENT_MISSING",
    law=LAW,
    zh="续报应当载明补充的情况。",
    en="It is not said what is added to the report. State it (supplement).",
)
def supplement_said(f: ImportantMatterFacts) -> bool:
    """What is added to a report is said."""
    return _stated(f.record.supplement)


@rule(
    "INSTRUCTIONS_MISSING",
    law=LAW,
    zh="批示应当载明要求。",
    en="It is not said what is to be done. State it (instructions).",
)
def instructions_said(f: ImportantMatterFacts) -> bool:
    """Instructions say what is to be done."""
    return _stated(f.record.instructions)


_UNIT, _WHY = under(by_unit, LAW), under(reasons_given, LAW)
_APART = under(stands_apart, "OPR-SUP:11;CITY-ERS:6(4)", reason="OVERSIGHT_ROLE_CONFLICT")
_OTHERS = (Superior.GOVERNMENT, Superior.OVERSIGHT)
_STATED = (matter_whole, nothing_asked_in_report)
_HEAD = (_UNIT, sent_by_head)
_ANSWERING = "OVERSIGHT OVERSIGHT_HEAD AGENCY_HEAD"
_LIVE = "DRAFTED RETURNED ASKED MORE_WANTED SENT_BACK"

# fmt: off
TABLE = table(
    "important_matter",
    ("DRAFT", "", "DRAFTED", LAW,
     (*_STATED, on_the_list, under(unit_known, LAW), _UNIT, superior_known, about_own_record, asked_once),
     "UNIT_HEAD AGENCY_HEAD", ("拟写请示、报告", "Draft a request or report"),
     "important_matter.drafted", "DraftImportantMatter"),
    ("AMEND", "DRAFTED RETURNED MORE_WANTED SENT_BACK", "DRAFTED", LAW, (*_STATED, _UNIT),
     "UNIT_HEAD AGENCY_HEAD", ("修改、补充", "Amend it"), "", "AmendImportantMatter"),
    ("RETURN", "DRAFTED", "RETURNED", LAW, (*_HEAD, _WHY),
     "AGENCY_HEAD", ("退回修改", "Return the draft"), "", "ReturnImportantMatter"),
    ("ASK", "DRAFTED", "ASKED", LAW, (*_HEAD, sent_by_another, superior_known),
     "AGENCY_HEAD", ("签发请示", "Send the request"), "important_matter.asked", "SendImportantMatter"),
    ("REPORT", "DRAFTED", "REPORTED", LAW, (*_HEAD, sent_by_another, superior_known),
     "AGENCY_HEAD", ("签发报告", "Send the report"), "important_matter.reported", "SendImportantMatter"),
    ("WITHDRAW", _LIVE, "WITHDRAWN", LAW, (*_HEAD, _WHY),
     "AGENCY_HEAD", ("撤回", "Withdraw"), "important_matter.withdrawn", "WithdrawImportantMatter"),
    ("ASK_MORE", "ASKED", "MORE_WANTED", LAW, (_APART, by_addressee, _WHY),
     _ANSWERING, ("要求补充", "Ask for more"), "important_matter.more_wanted", "AskMoreOfImportantMatter"),
    ("SEND_BACK", "ASKED", "SENT_BACK", LAW, (_APART, by_addressee, _WHY),
     _ANSWERING, ("退回请示", "Send it back"), "important_matter.sent_back", "SendImportantMatterBack"),
    ("REPLY", "ASKED", "REPLIED", LAW, (_APART, by_addressee, reply_whole),
     _ANSWERING, ("批复", "Reply"), "important_matter.replied", "ReplyToImportantMatter"),
    ("NOTE", "REPORTED", "NOTED", LAW, (_APART, by_addressee),
     _ANSWERING, ("阅知", "Take note"), "", "NoteImportantMatter"),
    ("INSTRUCT", "REPORTED NOTED", "NOTED", LAW, (_APART, by_addressee, instructions_said),
     _ANSWERING, ("批示", "Give instructions"), "", "InstructOnImportantMatter"),
    ("PASS_UP", "ASKED REPORTED", "=", LEVELS, (_APART, by_addressee, _WHY, superior_known),
     "AGENCY_HEAD", ("转报上级部门", "Pass it up"), "", "PassImportantMatterUp"),
    ("READDRESS", "ASKED REPORTED", "=", LEVELS, (_APART, _WHY, readdressed_elsewhere, superior_known),
     "OVERSIGHT OVERSIGHT_HEAD", ("改送", "Readdress it"), "", "ReaddressImportantMatter"),
    ("SUPPLEMENT", "REPORTED NOTED", "=", LAW, (*_HEAD, supplement_said),
     "AGENCY_HEAD", ("续报", "Add to the report"), "", "SupplementImportantMatter"),
    titles=("重大事项请示报告", "Important matter"),
    ends="REPLIED NOTED WITHDRAWN",
)
# fmt: on
IMPORTANT_MATTER = Procedure("important_matter", ImportantMatterFacts, TABLE)
