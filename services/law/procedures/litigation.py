"""An administrative suit against a decision, as the agency and the oversight body follow it.

What the court does is the court's: where it is against the law as it looks from here, it is put on record and remarked.
"""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.legal_adviser import advisers_stand
from services.law.procedures.papers import Evidence, past, within
from services.law.procedures.shared import in_order, local, nothing_collected, under
from services.law.process import table
from services.law.rule import Facts, rule

SMALL_SUM = 200_000  # fen: what a suit under the simplified procedure may be about, ALIT 82(1)[2]


class Simple(StrEnum):
    """The cases of the simplified procedure, ALIT 82."""

    ON_THE_SPOT = "ON_THE_SPOT"
    SMALL_SUM = "SMALL_SUM"
    OPEN_INFORMATION = "OPEN_INFORMATION"
    AGREED = "AGREED"


@dataclass(frozen=True)
class SuitRecord:
    """The record of a suit, with what the act hands in."""

    file_time: datetime | None = None
    accept_time: datetime | None = None
    reconsideration_end_time: datetime | None = None
    """When a reconsideration of the decision ended, by a decision or because its time ran out."""
    simple: Simple | None = None
    sum_fen: int | None = None
    evidence: tuple[Evidence, ...] = ()
    heads: tuple[str, ...] = ()
    """Those who appeared as heads of the agency."""
    head_excuse: str = ""
    staff: tuple[str, ...] = ()
    """Those of the agency's staff who appeared beside the lawyer."""
    advisers: tuple[str, ...] = ()
    """The agency's legal advisers and public lawyers who took part, by their ids on the register."""
    document: str = ""
    """The paper that shows the act: the court's notice, judgment or ruling, the agency's answer."""
    interference: str = ""
    """What somebody did to keep the court from taking or judging it."""


class LitigationFacts(Facts):
    """The record of a suit with what the act hands in (`record`), and the node's own time."""

    record: SuitRecord
    now: datetime

    @abstractmethod
    def suit_end(self) -> datetime | None:
        """When the time to sue ends: six months, or fifteen days after a reconsideration."""

    @abstractmethod
    def waited(self) -> bool:
        """Whether the two months were over in which a duty that was asked for may be done; true where none was."""

    @abstractmethod
    def reconsideration_first(self) -> bool:
        """Whether a law or regulation wants reconsideration before a suit."""

    @abstractmethod
    def head_present(self) -> bool:
        """Whether one of those who appeared headed the agency at that moment, by the registry."""

    @abstractmethod
    def after(self) -> datetime:
        """When that was done that the act builds on, by the register; long ago where it tells of nothing."""

    @abstractmethod
    def unit_known(self) -> bool:
        """Whether the agency is a confirmed body, and the case, if one is named, its own."""

    @abstractmethod
    def interferer_known(self) -> bool:
        """Whether who interfered is of a confirmed body, and an officer of it where one is named, by the registry."""

    @abstractmethod
    def adviser_then(self, adviser: str) -> bool:
        """Whether somebody was an adviser of the agency, or of the government, by the register when the act was done."""

    def advisers(self) -> tuple[str, ...]:
        return self.record.advisers

    @abstractmethod
    def appeal_end(self) -> datetime | None:
        """When the time to appeal ends: fifteen days after a judgment, ten after a ruling."""

    def evidence_collected_since(self) -> bool:
        """Whether the agency gathered evidence of its own while the suit ran; true where a time is not known."""
        return any(e.gathered_since(self.record.accept_time) for e in self.record.evidence)


@rule(
    "UNIT_UNKNOWN",
    law="ALIT-2017:26(1)",
    zh="被告应当是登记在册的行政执法主体，所涉案件应当是其案件。",
    en="The registry knows no such body, or the case is not its own. Name the body that is sued, and its case.",
)
def unit_known(f: LitigationFacts) -> bool:
    """Sued is the agency that made the decision (ALIT 26(1))."""
    return f.unit_known() is True


@rule(
    "PAPER_MISSING",
    law="ALIT-2017:51;ALIT-2017:67(1);ALIT-2017:80",
    zh="应当载明法院或者当事人的文书。",
    en="The paper that shows it is not named. Name it (document).",
)
def shown(f: LitigationFacts) -> bool:
    """What the court and the parties do is shown by its paper."""
    return bool(f.record.document.strip())


@rule(
    "ACTS_OUT_OF_ORDER",
    law="ALIT-2017:51;ALIT-2017:67;ALIT-2017:80",
    zh="诉讼中的行为不得早于其所依据的前一行为：先立案，后送达副本、答辩、开庭、判决、送达判决书、上诉。",
    en="The time given lies before the act that this one builds on. Correct the time.",
    tells=lambda f: {"at": local(f.at()), "after": local(f.after())},
)
def told_in_order(f: LitigationFacts) -> bool:
    """A suit is filed, accepted, answered, heard, judged and served in this order (ALIT 51, 67, 80)."""
    return f.after() is not None and in_order.holds(f)


@rule(
    "SUIT_LATE",
    severity="warn",
    law="ALIT-2017:45;ALIT-2017:46",
    zh="应当在法定期限内起诉。",
    en="The suit was brought after its time, or it is not known when. A late suit is not accepted.",
)
def sued_in_time(f: LitigationFacts) -> bool:
    """The suit is brought in time (ALIT 45, 46)."""
    return within(f.suit_end(), f.record.file_time)


@rule(
    "SUIT_EARLY",
    severity="warn",
    law="ALIT-2017:47(1)",
    zh="申请行政机关履行法定职责的，接到申请之日起两个月内不履行的，方可起诉，紧急情况除外。",
    en="The two months in which the duty may still be done were not over, or it is not known when they began.",
)
def sued_when_waited(f: LitigationFacts) -> bool:
    """Who asked for a duty waits two months before it sues (ALIT 47(1))."""
    return f.waited() is True


@rule(
    "RECONSIDERATION_FIRST",
    severity="warn",
    law="ALIT-2017:44(2);ARL-2023:23",
    zh="法律、法规规定复议前置的，应当先申请复议。",
    en="A law wants reconsideration first, and none has ended. Have the decision reconsidered first.",
)
def reconsidered_first(f: LitigationFacts) -> bool:
    """Where a law or regulation asks for it, reconsideration came first (ALIT 44(2), ARL 23)."""
    return f.reconsideration_first() is False or f.record.reconsideration_end_time is not None


@rule(
    "NOT_SIMPLE",
    severity="warn",
    law="ALIT-2017:82",
    zh="符合法定情形或者各方同意的，方可适用简易程序；应当指明何种情形。",
    en="No case of the simplified procedure is named, or the sum is too large for it. Use the ordinary procedure.",
)
def simple(f: LitigationFacts) -> bool:
    """The simplified procedure is for the cases of the law, or if all agree; a small sum is two thousand yuan (ALIT 82)."""
    case, total = f.record.simple, f.record.sum_fen
    small = case != Simple.SMALL_SUM or (total is not None and 0 <= total <= SMALL_SUM)
    return case in tuple(Simple) and small


@rule(
    "HEAD_APPEARANCE",
    severity="warn",
    guard="G-89",
    law="ALIT-2017:3(3);ALIT-JI-2018:129",
    zh="行政机关负责人应当出庭，不能出庭的应当书面说明理由。",
    en="The head of the agency does not appear and gives no reason. Let the head appear, or give the reason in writing.",
)
def head_appears(f: LitigationFacts) -> bool:
    """The head of the agency, as the registry knows it, appears, or gives a reason in writing (ALIT 3(3), ALIT-JI 129)."""
    return f.head_present() is True or bool(f.record.head_excuse.strip())


@rule(
    "LAWYER_ALONE",
    severity="warn",
    guard="G-89",
    law="ALIT-2017:3(3)",
    zh="行政机关不得仅委托律师出庭。",
    en="Nobody of the agency appears beside the lawyer. Send the head or somebody of its staff.",
)
def not_lawyer_alone(f: LitigationFacts) -> bool:
    """The agency is never represented by a lawyer alone (ALIT 3(3))."""
    return f.head_present() is True or any(name.strip() for name in f.record.staff)


@rule(
    "APPEAL_LATE",
    severity="warn",
    law="ALIT-2017:85",
    zh="应当在上诉期限内提起上诉。",
    en="The time to appeal is over, or not known. The judgment stands.",
)
def appealed_in_time(f: LitigationFacts) -> bool:
    """An appeal comes in time (ALIT 85)."""
    return within(f.appeal_end(), f.at())


@rule(
    "TERM_RUNS",
    law="ALIT-2017:85",
    zh="上诉期限届满未上诉的，方发生法律效力。",
    en="The time to appeal is not over yet. Wait until it has ended.",
)
def appeal_over(f: LitigationFacts) -> bool:
    """A judgment becomes final when the time to appeal has passed (ALIT 85)."""
    return past(f.appeal_end(), f.at())


@rule(
    "INTERFERENCE_UNSAID",
    law="ALIT-2017:3(2);CITY-ERS:8(9)",
    zh="应当载明干预、阻碍人民法院受理、审理的事实和证明文书。",
    en="It is not said what was done to keep the court from taking or judging the case, or what paper shows it. State both.",
)
def interference_said(f: LitigationFacts) -> bool:
    """What is recorded as interference was done, and is shown (ALIT 3(2))."""
    return bool(f.record.interference.strip() and f.record.document.strip())


@rule(
    "INTERFERER_UNKNOWN",
    law="ALIT-2017:3(2);CITY-ERS:8(9)",
    zh="应当载明登记在册的行政机关及其工作人员。",
    en="The registry knows no such body, or no such officer of it. Name who did it.",
)
def interferer_known(f: LitigationFacts) -> bool:
    """No agency and nobody of one interferes with a court (ALIT 3(2))."""
    return f.interferer_known() is True


_SHOWN = (told_in_order, shown)
_ADMISSIBLE = (sued_in_time, sued_when_waited, reconsidered_first)
_NO_COLLECTION = under(nothing_collected, "ALIT-2017:35")
_APPEARANCE = (head_appears, not_lawyer_alone, advisers_stand)
_JUDGED = "suit.judged"
_OPEN = "ACCEPTED ANSWER_DUE ANSWERED HEARD"
_ANY = f"FILED {_OPEN} JUDGED SERVED RULED_AGAINST APPEALED FINAL PERFORMED WITHDRAWN"

# fmt: off
TABLE = table(
    "litigation",
    ("FILE", "", "FILED", "ALIT-2017:45;ALIT-2017:46", (unit_known,),
     "PARTY", ("提起诉讼", "File the suit"), "suit.filed", "RegisterSuit"),
    ("ACCEPT", "FILED", "ACCEPTED", "ALIT-2017:51", (*_SHOWN, *_ADMISSIBLE),
     "COURT", ("立案（普通程序）", "Accept, ordinary procedure"), "suit.accepted", "AcceptSuit"),
    ("ACCEPT_SIMPLIFIED", "FILED", "ACCEPTED", "ALIT-2017:82", (*_SHOWN, *_ADMISSIBLE, simple),
     "COURT", ("立案（简易程序）", "Accept, simplified procedure"), "suit.accepted_simplified", "AcceptSuit"),
    ("REFUSE", "FILED", "RULED_AGAINST", "ALIT-2017:51", _SHOWN,
     "COURT", ("裁定不予立案", "Refuse to accept"), "ruling.served", "EndSuit"),
    ("RECEIVE_COPY", "ACCEPTED", "ANSWER_DUE", "ALIT-2017:67(1)", _SHOWN,
     "AGENCY", ("收到起诉状副本", "Receive the copy"), "suit.copy_received", "ReceiveSuitCopy"),
    ("ANSWER", "ANSWER_DUE", "ANSWERED", "ALIT-2017:67(1)", (*_SHOWN, _NO_COLLECTION, advisers_stand),
     "AGENCY", ("提交答辩状和证据", "Answer"), "suit.answered", "AnswerSuit"),
    ("HEAR", "ANSWER_DUE ANSWERED", "HEARD", "ALIT-2017:67(2);ALIT-2017:3(3)", (told_in_order, *_APPEARANCE),
     "COURT", ("开庭审理", "Hear the case"), "", "RecordCourtHearing"),
    ("WITHDRAW", _OPEN, "WITHDRAWN", "ALIT-2017:62", _SHOWN,
     "PARTY", ("撤诉", "Withdraw"), "suit.ended", "EndSuit"),
    ("DISMISS", "ACCEPTED ANSWER_DUE ANSWERED HEARD", "RULED_AGAINST", "ALIT-JI-2018:69", _SHOWN,
     "COURT", ("裁定驳回起诉", "Dismiss the suit"), "suit.ended ruling.served", "EndSuit"),
    ("REJECT", "HEARD", "JUDGED", "ALIT-2017:69", _SHOWN,
     "COURT", ("判决驳回诉讼请求", "Reject the claims"), _JUDGED, "RecordJudgment"),
    ("ANNUL", "HEARD", "JUDGED", "ALIT-2017:70", _SHOWN,
     "COURT", ("判决撤销", "Annul"), f"{_JUDGED} decision.annulled", "RecordJudgment"),
    ("ORDER_PERFORMANCE", "HEARD", "JUDGED", "ALIT-2017:72", _SHOWN,
     "COURT", ("判决履行", "Order performance"), _JUDGED, "RecordJudgment"),
    ("ORDER_PAYMENT", "HEARD", "JUDGED", "ALIT-2017:73", _SHOWN,
     "COURT", ("判决给付", "Order payment"), _JUDGED, "RecordJudgment"),
    ("DECLARE_UNLAWFUL", "HEARD", "JUDGED", "ALIT-2017:74", _SHOWN,
     "COURT", ("确认违法", "Declare unlawful"), f"{_JUDGED} decision.declared_unlawful", "RecordJudgment"),
    ("DECLARE_VOID", "HEARD", "JUDGED", "ALIT-2017:75", _SHOWN,
     "COURT", ("确认无效", "Declare void"), f"{_JUDGED} decision.declared_void", "RecordJudgment"),
    ("CHANGE", "HEARD", "JUDGED", "ALIT-2017:77", _SHOWN,
     "COURT", ("判决变更", "Change"), f"{_JUDGED} decision.changed", "RecordJudgment"),
    ("SERVE", "JUDGED", "SERVED", "ALIT-2017:80", (told_in_order,),
     "COURT", ("送达判决书", "Serve the judgment"), "judgment.served", "ServeJudgment"),
    ("APPEAL", "SERVED RULED_AGAINST", "APPEALED", "ALIT-2017:85", (*_SHOWN, appealed_in_time),
     "PARTY_OR_AGENCY", ("上诉", "Appeal"), "suit.appealed", "RecordAppeal"),
    ("LET_STAND", "SERVED RULED_AGAINST", "FINAL", "ALIT-2017:85", (appeal_over,),
     "SYSTEM", ("上诉期满，发生法律效力", "Let it become final")),
    ("JUDGE_APPEAL", "APPEALED", "FINAL", "ALIT-2017:89", _SHOWN,
     "COURT", ("二审裁判", "Judge the appeal"), "", "RecordAppealJudgment"),
    ("PERFORM", "FINAL", "PERFORMED", "ALIT-2017:94", _SHOWN,
     "AGENCY PARTY", ("履行生效裁判", "Perform the judgment"), "", "RecordPerformanceOfJudgment"),
    ("RECORD_INTERFERENCE", _ANY, "=", "ALIT-2017:3(2);CITY-ERS:8(9)", (interference_said, interferer_known),
     "OVERSIGHT", ("记录干预法院的行为", "Record interference"), "", "RecordSuitInterference"),
    titles=("行政诉讼", "Administrative suit"),
    ends="WITHDRAWN PERFORMED",
)
# fmt: on
LITIGATION = Procedure("litigation", LitigationFacts, TABLE)
