"""What a supervised agency, or an officer of it, answers to the oversight body (ASR 22, 26–32)."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.accountability.kinds import Kind
from services.law.process import table
from services.law.rule import Facts, rule

PREFIX = "V-"
"""How the id of an answer begins."""


@dataclass(frozen=True)
class AnswerRecord:
    """The record of an answer, with what the act hands in."""

    text: str = ""
    papers_whole: bool = False
    """Whether every paper that comes along is named, with a digest that can be one."""
    answerer: str = ""
    adopted: bool = False
    document_number: str = ""
    """The paper by which the competent body decided on a proposal, or by which something was carried out."""
    carried_out: tuple[str, ...] = ()
    """What is reported as carried out of what was laid on in a matter of accountability."""


class AnswerFacts(Facts):
    """The record of an answer with what the act hands in (`record`), and the node's own time."""

    record: AnswerRecord
    now: datetime

    @abstractmethod
    def asked_for(self) -> bool:
        """Whether the matter, as the oversight body told of it last, waits for this answer."""

    @abstractmethod
    def given(self) -> bool:
        """Whether it was answered before, in the same turn."""

    @abstractmethod
    def about(self) -> str:
        """The officer whom the proposal, or the matter of accountability, is about; empty where there is none."""

    @abstractmethod
    def heads_unit(self) -> bool:
        """Whether the answerer heads the unit at this moment, by the registry."""


@rule(
    "NOT_ASKED_FOR",
    law="ASR-2025:25",
    zh="该监督事项现阶段不需要这项答复。",
    en="The matter does not wait for this answer at its stage. See what it waits for (ListSupervisionOrders).",
)
def asked_for(f: AnswerFacts) -> bool:
    """Answered is what the oversight body asks for (ASR 25)."""
    return f.asked_for() is True


@rule(
    "ANSWERED_ALREADY",
    law="ASR-2025:25",
    zh="该项答复已经报送，正在等待监督机构处理。",
    en="This was answered already. Wait for the oversight body.",
)
def not_given(f: AnswerFacts) -> bool:
    """Each thing is answered once; when a report is sent back it is asked for anew."""
    return f.given() is False


@rule(
    "ANSWER_EMPTY",
    law="ASR-2025:22[1];ASR-2025:27(2);ASR-2025:28(2);ASR-2025:30",
    zh="答复应当载明内容，所附材料应当有名称和摘要值。",
    en="The answer says nothing, or a paper has no name or no digest of 32 bytes. Complete it.",
)
def says_something(f: AnswerFacts) -> bool:
    """An explanation explains, a report says what was put right, an objection gives its reasons (ASR 22[1], 27(2), 28(2), 30)."""
    return bool(f.record.text.strip()) and f.record.papers_whole is True


@rule(
    "NOT_ONESELF",
    law="CITY-ERS:2(7)",
    zh="对人员处理建议的陈述、申辩应当由本人提出。",
    en="The proposal is about somebody else. Whom it is about states for oneself.",
)
def by_oneself(f: AnswerFacts) -> bool:
    """Whom a proposal is about states for oneself (CITY-ERS 2(7))."""
    return bool(f.about()) and f.record.answerer == f.about()


@rule(
    "ANSWERS_FOR_ONESELF",
    law="ASR-2025:32",
    zh="被建议处理的人员不得答复该处理建议。",
    en="The proposal is about the caller. Somebody else decides on it.",
)
def not_about_oneself(f: AnswerFacts) -> bool:
    """Nobody decides on a proposal about oneself (ASR 32)."""
    return bool(f.about()) and f.record.answerer != f.about()


@rule(
    "ANSWER_PAPER_MISSING",
    law="ASR-2025:32",
    zh="采纳人员处理建议的，应当载明处理决定文号。",
    en="The proposal is followed and the paper that decides so is not named. Name it (document_number).",
)
def decided_by_paper(f: AnswerFacts) -> bool:
    """What is laid on a person is decided by a paper of the competent body (ASR 32)."""
    return f.record.adopted is False or bool(f.record.document_number.strip())


@rule(
    "NOT_THE_PURSUED",
    guard="G-84",
    law="GBF-2005-37",
    zh="陈述申辩、放弃陈述申辩和申请复核应当由本人提出；追究单位责任的，由登记的单位负责人提出。",
    en="The matter is about somebody else. Whom it is about speaks for oneself, for a unit its head by the registry.",
)
def speaks_for_oneself(f: AnswerFacts) -> bool:
    """Who is pursued states, waives and asks for a review itself, a unit by its head (GBF-2005-37)."""
    return f.record.answerer == f.about() if f.about() else f.heads_unit() is True


@rule(
    "NOT_HEAD_OF_UNIT",
    law="CITY-ERS:2(7)",
    zh="执行情况应当由登记的单位负责人报告，被追究人不得自行报告。",
    en="Only a head of the unit by the registry reports what was carried out, and not whom it was laid on.",
)
def head_reports(f: AnswerFacts) -> bool:
    """What is carried out is reported by a head of the unit, who is not whom it is laid on (CITY-ERS 2(7))."""
    return f.heads_unit() is True and f.record.answerer != f.about()


@rule(
    "EXECUTION_UNPROVED",
    law="CITY-ERS:2(7)",
    zh="报告执行情况应当载明执行的处理种类和文号。",
    en="It is not said what was carried out, or by which paper. Name both (carried_out, document_number).",
)
def execution_proved(f: AnswerFacts) -> bool:
    """It is said what was carried out, and by which paper (CITY-ERS 2(7))."""
    done = f.record.carried_out
    return bool(done) and all(kind in tuple(Kind) for kind in done) and bool(f.record.document_number.strip())


_ANSWER = (asked_for, not_given, says_something)
_ANYBODY = "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK"

# fmt: off
TABLE = table(
    "supervision_answer",
    ("EXPLAIN_SUPERVISION", "", "GIVEN", "ASR-2025:22[1];SH-SUP:20", _ANSWER,
     "UNIT_HEAD AGENCY_HEAD CLERK", ("自查说明、提交案卷", "Explain, hand in the file")),
    ("REPORT_CORRECTION", "", "GIVEN", "ASR-2025:27(2);ASR-2025:28(2)", _ANSWER,
     "UNIT_HEAD AGENCY_HEAD", ("报送纠正情况", "Report what was put right")),
    ("OBJECT_TO_SUPERVISION", "", "GIVEN", "ASR-2025:30", _ANSWER,
     "AGENCY_HEAD", ("提出异议", "Object")),
    ("STATE_ON_PROPOSAL", "", "GIVEN", "CITY-ERS:2(7)", (*_ANSWER, by_oneself),
     _ANYBODY, ("陈述、申辩", "State on a proposal")),
    ("ANSWER_PROPOSAL", "", "GIVEN", "ASR-2025:32", (*_ANSWER, not_about_oneself, decided_by_paper),
     "AGENCY_HEAD", ("答复人员处理建议", "Answer a proposal")),
    ("STATE_ON_ACCOUNTABILITY", "", "GIVEN", "CITY-ERS:2(7);GBF-2005-37", (*_ANSWER, speaks_for_oneself),
     _ANYBODY, ("责任追究中陈述、申辩", "State on the prior notice"), "", "AnswerAccountability"),
    ("WAIVE_STATEMENT", "", "GIVEN", "CITY-ERS:2(7);GBF-2005-37", (asked_for, not_given, speaks_for_oneself),
     _ANYBODY, ("责任追究中放弃陈述、申辩", "Waive the statement"), "", "AnswerAccountability"),
    ("ASK_FOR_REVIEW", "", "GIVEN", "MOT-CERT:35;GBF-2005-37", (*_ANSWER, speaks_for_oneself),
     _ANYBODY, ("申请复核追责决定", "Ask for a review"), "", "AnswerAccountability"),
    ("REPORT_EXECUTION", "", "GIVEN", "CITY-ERS:2(7)", (*_ANSWER, head_reports, execution_proved),
     _ANYBODY, ("报告追责执行情况", "Report the execution"), "", "AnswerAccountability"),
    ("TAKE_ANSWER", "GIVEN", "TAKEN", "ASR-2025:25", (),
     "SYSTEM", ("监督机构接收", "Take it in")),
    ("LEAVE_ANSWER", "GIVEN", "LEFT", "ASR-2025:25", (),
     "SYSTEM", ("未纳入", "Leave it out")),
    titles=("答复监督机构", "Answers to the oversight body"),
    ends="TAKEN LEFT",
)
# fmt: on
SUPERVISION_ANSWER = Procedure("supervision_answer", AnswerFacts, TABLE)
