"""A complaint or report about enforcement (执法投诉举报): received, looked into by who is not complained of, and answered."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.open_answer import (
    is_public,
    not_public_yet,
    question_and_answer,
    tells_nobody,
    wanted_in_public,
)
from services.law.procedures.shared import not_in_remedy, reasons_given, stands_apart, under
from services.law.process import table
from services.law.rule import Facts, rule


class Identity(StrEnum):
    """Whether who complains gives its name, and a way to be answered."""

    NAMED = "NAMED"
    ANONYMOUS = "ANONYMOUS"


class Conclusion(StrEnum):
    """What became of what was complained of."""

    FOUNDED = "FOUNDED"
    PARTLY_FOUNDED = "PARTLY_FOUNDED"
    UNFOUNDED = "UNFOUNDED"


class Way(StrEnum):
    """Where a matter belongs that oversight does not handle."""

    RECONSIDERATION = "RECONSIDERATION"
    LITIGATION = "LITIGATION"
    ARBITRATION = "ARBITRATION"
    PETITION = "PETITION"
    DISCIPLINE = "DISCIPLINE"


REMEDIES = frozenset({Way.RECONSIDERATION, Way.LITIGATION})


@dataclass(frozen=True)
class ComplaintRecord:
    """The record of a complaint, with what the act hands in."""

    number: str = ""
    identity: Identity | None = None
    person_tell_time: datetime | None = None
    """When the person was told where the matter goes."""
    transferred_to: str = ""
    way: Way | None = None
    """Where the person is guided."""
    merged_with: str = ""
    handlers: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    conclusion: Conclusion | None = None
    reasons: str = ""
    document: str = ""
    """The paper by which it goes on to supervision or to accountability."""
    answer: str = ""
    new_facts: str = ""
    unseal_reason: str = ""
    rated: bool = False
    """Whether the answer was rated before."""
    notice: str = ""
    """The paper by which who petitions is told that the matter is accepted."""
    sender_answer: str = ""
    """What who passed the petition on was answered, and by which paper."""
    sender_paper: str = ""
    extension_count: int = 0
    """How often the term of the petition was extended before."""
    complexity: str = ""
    """What makes the matter complex."""
    open_wanted: bool = False
    """Whether who complained wants question and answer to be public."""
    question: str = ""
    public_answer: str = ""
    in_public: bool = False
    """Whether they are, before the act."""


class ComplaintFacts(Facts):
    """The record of a complaint with what the act hands in (`record`), and the node's own time."""

    record: ComplaintRecord
    now: datetime

    @abstractmethod
    def done_by(self) -> str:
        """Who does the act."""

    @abstractmethod
    def sealed(self) -> bool:
        """Whether all that tells who complained lies sealed for somebody who is named; true where nothing was told."""

    @abstractmethod
    def holds_identity(self) -> bool:
        """Whether anything was sealed."""

    @abstractmethod
    def named_to_unseal(self) -> bool:
        """Whether who acts was named by the head to unseal."""

    @abstractmethod
    def number_taken(self) -> bool:
        """Whether another complaint has the number."""

    @abstractmethod
    def own_matter(self) -> bool:
        """Whether the matter belongs to the oversight body: enforcement by a unit that the city's registry knows."""

    @abstractmethod
    def in_remedy(self) -> bool:
        """Whether the matter is in reconsideration or before a court, or belongs there."""

    @abstractmethod
    def same_act(self) -> bool:
        """Whether the complaint that it is merged with is another, is being handled, and is about the same act."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """The units and people that are complained of, and the people of those units."""

    @abstractmethod
    def petition(self) -> bool:
        """Whether it is a petition (信访), passed on to this body or brought to it as one."""

    @abstractmethod
    def passed_on(self) -> bool:
        """Whether another body passed the petition on, which is answered too; false where it is no petition."""

    @abstractmethod
    def names_somebody(self) -> bool:
        """Whether what is to be public names who is complained of, or holds what tells who somebody is."""

    @abstractmethod
    def receipt_shown(self) -> bool:
        """Whether who rates shows the receipt that was given for the complaint."""

    def acting(self) -> tuple[str, ...]:
        return self.record.handlers

    def reasons(self) -> str:
        return self.record.unseal_reason


@rule(
    "INFORMER_CONFIDENTIALITY",
    guard="G-90",
    law="CITY-ERS:2(8);CITY-ERS:6(6)",
    zh="为投诉举报人保密，其身份应当密封，并有经指定可以拆封的人员。",
    en="The informer's identity is not sealed for anybody. Have the head name who may unseal it (NameUnsealer) first.",
)
def informer_sealed(f: ComplaintFacts) -> bool:
    """The informer stays sealed (CITY-ERS 2(8), 6(6))."""
    return f.sealed() is True


@rule(
    "TOLD_TO_COMPLAINED",
    guard="G-90",
    law="CITY-ERS:6(6)",
    zh="不得将投诉举报材料转给被投诉举报的单位和个人。",
    en="It would go to a unit or a person that is complained of, or nobody is named. Send it to the unit above, or to another.",
)
def not_to_complained(f: ComplaintFacts) -> bool:
    """What was handed in goes to nobody who is complained of (CITY-ERS 6(6))."""
    to = f.record.transferred_to.strip()
    return bool(to) and to not in f.involved()


@rule(
    "NOT_NUMBERED",
    law="CBZ-2019-7:19",
    zh="投诉举报应当登记编号，编号不得重复。",
    en="The complaint has no number of its own. Give it one that no other has (number).",
)
def numbered(f: ComplaintFacts) -> bool:
    """It is registered under a number of its own (CBZ-2019-7 19)."""
    return bool(f.record.number.strip()) and f.number_taken() is False


@rule(
    "NOT_COMPETENT",
    law="LN-SUP:19",
    zh="属于本机构职责的，方可受理。",
    en="The matter belongs to another body, or the unit is not in the registry. Transfer it, or guide the person.",
)
def own_matter(f: ComplaintFacts) -> bool:
    """The matter belongs to the oversight body (LN-SUP 19)."""
    return f.own_matter() is True


@rule(
    "OWN_MATTER",
    law="LN-SUP:19",
    zh="属于本机构职责的，应当受理，不得移送。",
    en="The matter is this body's own. Accept it.",
)
def other_body(f: ComplaintFacts) -> bool:
    """Only what belongs to another body is transferred (LN-SUP 19)."""
    return f.own_matter() is False


@rule(
    "PERSON_NOT_TOLD",
    law="LN-SUP:19",
    zh="移送或者引导的，应当告知实名投诉举报人。",
    en="Who complained by name was not told where the matter goes. Tell the person, and say when (tell_time).",
)
def person_told(f: ComplaintFacts) -> bool:
    """Who complains by name is told where the matter goes (LN-SUP 19)."""
    return f.record.identity == Identity.ANONYMOUS or f.record.person_tell_time is not None


@rule(
    "WRONG_WAY",
    guard="G-81",
    law="ASR-2025:33(3);CITY-ERS:6(6)",
    zh="已进入或者应当通过行政复议、行政诉讼解决的，引导至复议、诉讼；不属于本机构职责的，引导至有权机关。",
    en="The matter does not belong there: only what is in a remedy or belongs to one is guided to it, and only what is not "
    "this body's own to petition, arbitration or discipline. Accept it, or name the right way (way).",
)
def belongs_there(f: ComplaintFacts) -> bool:
    """A person is guided to where the matter belongs (ASR 33(3), CITY-ERS 6(6))."""
    if f.record.way in REMEDIES:
        return f.in_remedy() is True
    return f.record.way in tuple(Way) and f.own_matter() is False


@rule(
    "NOT_DUPLICATE",
    law="LN-SUP:19",
    zh="同一对象、同一行为的投诉举报方可合并办理。",
    en="No other complaint about the same unit and act is named that is being handled. Name it (merged_with), or go on.",
)
def same_matter(f: ComplaintFacts) -> bool:
    """Complaints about the same act are handled together (LN-SUP 19)."""
    return bool(f.record.merged_with.strip()) and f.same_act() is True


@rule(
    "NOT_ASSIGNED",
    law="CITY-ERS:6(6)",
    zh="应当由受交办的人员办理。",
    en="You are not among those whom it was assigned to. Let one of them do it, or have it assigned to you.",
)
def by_handler(f: ComplaintFacts) -> bool:
    """It is looked into by those whom it was assigned to (CITY-ERS 6(6))."""
    return bool(f.done_by()) and f.done_by() in f.record.handlers


@rule(
    "CONCLUSION_MISSING",
    law="LN-SUP:19",
    zh="结论应当属实、部分属实或者不属实，有证据并说明理由。",
    en="The conclusion, its evidence or its reasons are missing. State all three.",
)
def concluded(f: ComplaintFacts) -> bool:
    """The conclusion rests on evidence and gives reasons (LN-SUP 19)."""
    r = f.record
    proved = bool(r.evidence) and all(each.strip() for each in r.evidence)
    return r.conclusion in tuple(Conclusion) and proved and bool(r.reasons.strip())


@rule(
    "NOTHING_FOUND",
    law="ASR-2025:20(2);CITY-ERS:2(7)",
    zh="经查属实或者部分属实的，方可转行政执法监督或者责任追究，并注明文书。",
    en="What was complained of was found not to be so, or no paper is named. Answer the person, or name the paper (document).",
)
def founded(f: ComplaintFacts) -> bool:
    """Only what is so, or partly so, goes on to correction or accountability, by a paper (ASR 20(2), CITY-ERS 2(7))."""
    found = f.record.conclusion in (Conclusion.FOUNDED, Conclusion.PARTLY_FOUNDED)
    return found and bool(f.record.document.strip())


@rule(
    "NOBODY_TO_ANSWER",
    law="LN-SUP:19",
    zh="实名投诉举报的，应当答复；匿名的无从答复。",
    en="Nobody complained by name. Close it as anonymous (CloseAnonymousComplaint).",
)
def by_name(f: ComplaintFacts) -> bool:
    """Who complains by name is answered (LN-SUP 19)."""
    return f.record.identity == Identity.NAMED


@rule(
    "ANSWER_MISSING",
    law="LN-SUP:19",
    zh="答复应当写明处理结果。",
    en="The answer does not say what came of it. State it (answer).",
)
def answer_said(f: ComplaintFacts) -> bool:
    """The answer says what came of it (LN-SUP 19)."""
    return bool(f.record.answer.strip())


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
    "RECEIPT_WRONG",
    law="CITY-ERS:3(37)",
    zh="查询码与该投诉举报不符。",
    en="The receipt is not that of this complaint. Use the one that was given when it was filed.",
)
def by_receipt(f: ComplaintFacts) -> bool:
    """Satisfaction is asked of who complained, who shows the receipt (CITY-ERS 3(37))."""
    return f.receipt_shown() is True


@rule(
    "RATED_ALREADY",
    law="CITY-ERS:3(37)",
    zh="对该答复已经评价过。",
    en="The answer was rated before.",
)
def not_rated(f: ComplaintFacts) -> bool:
    """An answer is rated once (CITY-ERS 3(37))."""
    return f.record.rated is False


@rule(
    "NO_NEW_FACTS",
    law="LN-SUP:19",
    zh="有新的事实和证据的，方可重新办理。",
    en="No new facts are stated. State them (new_facts).",
)
def new_facts(f: ComplaintFacts) -> bool:
    """It is taken up again on new facts (LN-SUP 19)."""
    return bool(f.record.new_facts.strip())


@rule(
    "NOTHING_SEALED",
    guard="G-90",
    law="CITY-ERS:6(6)",
    zh="该投诉举报没有密封的信息。",
    en="Nothing of this complaint was sealed: nobody gave a name.",
)
def holds_identity(f: ComplaintFacts) -> bool:
    """Only what was sealed is unsealed (CITY-ERS 6(6))."""
    return f.holds_identity() is True


@rule(
    "NOT_NAMED",
    guard="G-90",
    law="CITY-ERS:6(6)",
    zh="投诉举报人的身份仅限经监督机构负责人指定的人员拆封。",
    en="The head of the oversight body did not name you to unseal. Ask somebody who was named.",
)
def named_to_unseal(f: ComplaintFacts) -> bool:
    """Who complained is told to those only whom the head of the oversight body named (CITY-ERS 6(6))."""
    return f.named_to_unseal() is True


@rule(
    "NO_PETITION",
    law="PET-2022:22",
    zh="仅信访事项适用该行为。",
    en="It is no petition. Only petitions are handled so.",
)
def is_petition(f: ComplaintFacts) -> bool:
    """What the rules on petitions ask is done of petitions (PET 22)."""
    return f.petition() is True


@rule(
    "NOTICE_MISSING",
    law="PET-2022:22;PET-2022:23",
    zh="应当书面告知信访人受理情况，载明文号。",
    en="The paper by which the person was told is not named. Name it (document).",
)
def notice_named(f: ComplaintFacts) -> bool:
    """Who petitions is told in writing whether it is accepted (PET 22, 23)."""
    return bool(f.record.notice.strip())


@rule(
    "NOT_PASSED_ON",
    law="CITY-ERS:6(6)",
    zh="没有转送、交办机关的，无须答复转送机关。",
    en="Nobody passed the petition on, so there is nobody to answer besides the person.",
)
def was_passed_on(f: ComplaintFacts) -> bool:
    """Who passed it on is answered (CITY-ERS 6(6))."""
    return f.passed_on() is True


@rule(
    "SENDER_ANSWER_MISSING",
    law="CITY-ERS:6(6)",
    zh="答复转送机关应当写明处理结果和文号。",
    en="It is not said what who passed it on is answered, or by which paper. State both (answer, document).",
)
def sender_answer_said(f: ComplaintFacts) -> bool:
    """The answer to who passed it on says what came of it (CITY-ERS 6(6))."""
    return bool(f.record.sender_answer.strip() and f.record.sender_paper.strip())


@rule(
    "SENDER_NOT_ANSWERED",
    law="CITY-ERS:6(6)",
    zh="有关机关转送、交办的信访事项，答复转送、交办机关后方可办结。",
    en="Who passed the petition on was not answered yet. Answer it first (AnswerPetitionSender).",
)
def sender_answered(f: ComplaintFacts) -> bool:
    """The person and who passed the petition on are answered before it ends (CITY-ERS 6(6))."""
    return f.passed_on() is False or bool(f.record.sender_answer.strip())


@rule(
    "EXTENSION_INVALID",
    law="PET-2022:34",
    zh="信访事项办理期限仅可延长一次，并应当说明情况复杂的理由。",
    en="The term was extended before, or it is not said what makes the matter complex. Answer in time.",
)
def extended_once(f: ComplaintFacts) -> bool:
    """The sixty days are extended once, for complexity that is stated (PET 34)."""
    return f.record.extension_count == 0 and bool(f.record.complexity.strip())


_APART = under(stands_apart, "CITY-ERS:6(6)", guard="G-90", reason="HANDLER_CONFLICT")
_WHY = under(reasons_given, "CITY-ERS:6(6)", guard="G-90")
_WITHDRAWN_FOR = under(reasons_given, "OPR-SUP:10")
_ANY = "RECEIVED REGISTERED ACCEPTED TRANSFERRED GUIDED MERGED ASSIGNED INVESTIGATING FOUND ANSWERED CLOSED"

# fmt: off
TABLE = table(
    "complaint",
    ("RECEIVE", "", "RECEIVED", "LN-SUP:19", (informer_sealed,),
     "OVERSIGHT PUBLIC", ("接收投诉举报", "Receive"), "complaint.received petition.received", "FileComplaint"),
    ("REGISTER", "RECEIVED", "REGISTERED", "CBZ-2019-7:19", (informer_sealed, numbered),
     "OVERSIGHT", ("登记", "Register"), "", "RegisterComplaint"),
    ("ACCEPT", "REGISTERED", "ACCEPTED", "LN-SUP:19", (own_matter, not_in_remedy),
     "OVERSIGHT", ("受理", "Accept"), "complaint.accepted petition.accepted", "AcceptComplaint"),
    ("TRANSFER", "REGISTERED", "TRANSFERRED", "LN-SUP:19", (informer_sealed, other_body, not_to_complained, person_told),
     "OVERSIGHT", ("移送有权机关", "Transfer"), "petition.notified", "TransferComplaint"),
    ("GUIDE", "REGISTERED", "GUIDED", "ASR-2025:33(3)", (belongs_there, person_told),
     "OVERSIGHT", ("引导复议、诉讼、仲裁、信访或者纪检监察", "Guide elsewhere"), "petition.notified", "GuideComplaint"),
    ("MERGE", "REGISTERED ACCEPTED ASSIGNED INVESTIGATING", "MERGED", "LN-SUP:19", (same_matter,),
     "OVERSIGHT", ("合并办理", "Merge"), "complaint.merged", "MergeComplaint"),
    ("ASSIGN", "ACCEPTED", "ASSIGNED", "CITY-ERS:6(6)", (informer_sealed, _APART),
     "OVERSIGHT_HEAD", ("交办", "Assign"), "", "AssignComplaint"),
    ("REASSIGN", "ASSIGNED INVESTIGATING", "=", "CITY-ERS:6(6)", (informer_sealed, _APART, _WHY),
     "OVERSIGHT_HEAD", ("改派", "Assign to others"), "", "AssignComplaint"),
    ("INVESTIGATE", "ASSIGNED", "INVESTIGATING", "LN-SUP:19", (_APART, by_handler),
     "OVERSIGHT", ("调查", "Investigate"), "", "InvestigateComplaint"),
    ("CONCLUDE", "INVESTIGATING", "FOUND", "LN-SUP:19", (_APART, by_handler, concluded),
     "OVERSIGHT", ("作出结论", "Conclude"), "complaint.concluded", "ConcludeComplaint"),
    ("REFER_TO_SUPERVISION", "FOUND", "=", "ASR-2025:20(2)", (founded,),
     "OVERSIGHT", ("转行政执法监督", "Refer to supervision"), "", "ReferComplaint"),
    ("REFER_TO_ACCOUNTABILITY", "FOUND", "=", "CITY-ERS:2(7)", (founded,),
     "OVERSIGHT", ("转责任追究", "Refer to accountability"), "", "ReferComplaint"),
    ("ANSWER", "FOUND", "ANSWERED", "LN-SUP:19", (by_name, answer_said),
     "OVERSIGHT", ("答复投诉举报人", "Answer"), "complaint.answered petition.answered", "AnswerComplaint"),
    ("RATE", "ANSWERED CLOSED", "=", "CITY-ERS:3(37)", (by_receipt, by_name, not_rated),
     "PUBLIC", ("评价满意度", "Rate"), "", "RateComplaint"),
    ("PUBLISH_ANSWER", "ANSWERED CLOSED", "=", "OPR-SUP:10",
     (wanted_in_public, question_and_answer, tells_nobody, not_public_yet),
     "OVERSIGHT_HEAD", ("公开问答", "Publish question and answer"), "", "PublishComplaintAnswer"),
    ("WITHDRAW_ANSWER", _ANY, "=", "OPR-SUP:10", (is_public, _WITHDRAWN_FOR),
     "OVERSIGHT_HEAD", ("撤下公开的问答", "Withdraw them from the public"), "", "WithdrawComplaintAnswer"),
    ("REOPEN", "ANSWERED CLOSED", "ASSIGNED", "LN-SUP:19", (informer_sealed, _APART, new_facts),
     "OVERSIGHT_HEAD", ("重新办理", "Take up again"), "complaint.accepted petition.accepted", "ReopenComplaint"),
    ("CLOSE", "ANSWERED", "CLOSED", "LN-SUP:19", (sender_answered,), "OVERSIGHT", ("办结", "Close"), "", "CloseComplaint"),
    ("CLOSE_ANONYMOUS", "FOUND", "CLOSED", "LN-SUP:19", (anonymous, sender_answered),
     "OVERSIGHT", ("匿名件办结", "Close an anonymous one"), "complaint.answered petition.answered", "CloseAnonymousComplaint"),
    ("NOTIFY_PETITIONER", "ACCEPTED ASSIGNED INVESTIGATING FOUND", "=", "PET-2022:22;PET-2022:23",
     (is_petition, by_name, notice_named),
     "OVERSIGHT", ("告知信访人受理情况", "Tell the petitioner"), "petition.notified", "NotifyPetitioner"),
    ("EXTEND_PETITION", "ACCEPTED ASSIGNED INVESTIGATING FOUND", "=", "PET-2022:34", (is_petition, extended_once),
     "OVERSIGHT_HEAD", ("延长信访办理期限", "Extend the term"), "", "ExtendPetition"),
    ("ANSWER_SENDER", "FOUND ANSWERED", "=", "CITY-ERS:6(6)", (is_petition, was_passed_on, sender_answer_said),
     "OVERSIGHT", ("答复转送、交办机关", "Answer who passed it on"), "", "AnswerPetitionSender"),
    ("UNSEAL", _ANY, "=", "CITY-ERS:6(6)", (holds_identity, named_to_unseal, _WHY),
     "OVERSIGHT OVERSIGHT_HEAD", ("拆封投诉举报人身份", "Unseal who complained"), "", "UnsealReporter"),
    titles=("执法投诉举报", "Complaint about enforcement"),
    ends="TRANSFERRED GUIDED MERGED",
)
# fmt: on
COMPLAINT = Procedure("complaint", ComplaintFacts, TABLE)
