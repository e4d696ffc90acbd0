"""An administrative suit against a decision."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.papers import Evidence, past, within
from services.law.procedures.shared import nothing_collected, under
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
    head_appears: bool = False
    head_excuse: str = ""
    staff_appears: bool = False
    """Somebody of the agency beside the lawyer."""


class LitigationFacts(Facts):
    """The record of a suit with what the act hands in (`record`), and the node's own time."""

    record: SuitRecord
    now: datetime

    @abstractmethod
    def suit_end(self) -> datetime | None:
        """When the time to sue ends: six months, or fifteen days after a reconsideration."""

    @abstractmethod
    def reconsideration_first(self) -> bool:
        """Whether a law or regulation wants reconsideration before a suit."""

    @abstractmethod
    def appeal_end(self) -> datetime | None:
        """When the time to appeal ends: fifteen days after a judgment, ten after a ruling."""

    def evidence_collected_since(self) -> bool:
        """Whether the agency gathered evidence of its own while the suit ran; true where a time is not known."""
        return any(e.gathered_since(self.record.accept_time) for e in self.record.evidence)


@rule(
    "SUIT_LATE",
    law="ALIT-2017:45;ALIT-2017:46",
    zh="应当在法定期限内起诉。",
    en="The suit was brought after its time, or it is not known when. A late suit is not accepted.",
)
def sued_in_time(f: LitigationFacts) -> bool:
    """The suit is brought in time (ALIT 45, 46)."""
    return within(f.suit_end(), f.record.file_time)


@rule(
    "RECONSIDERATION_FIRST",
    law="ALIT-2017:44(2);ARL-2023:23",
    zh="法律、法规规定复议前置的，应当先申请复议。",
    en="A law wants reconsideration first, and none has ended. Have the decision reconsidered first.",
)
def reconsidered_first(f: LitigationFacts) -> bool:
    """Where a law or regulation asks for it, reconsideration came first (ALIT 44(2), ARL 23)."""
    return f.reconsideration_first() is False or f.record.reconsideration_end_time is not None


@rule(
    "NOT_SIMPLE",
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
    """The head of the agency appears, or gives a reason in writing (ALIT 3(3))."""
    return f.record.head_appears or bool(f.record.head_excuse.strip())


@rule(
    "LAWYER_ALONE",
    guard="G-89",
    law="ALIT-2017:3(3)",
    zh="行政机关不得仅委托律师出庭。",
    en="Nobody of the agency appears beside the lawyer. Send the head or somebody of its staff.",
)
def not_lawyer_alone(f: LitigationFacts) -> bool:
    """The agency is never represented by a lawyer alone (ALIT 3(3))."""
    return f.record.head_appears or f.record.staff_appears


@rule(
    "APPEAL_LATE",
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


_ADMISSIBLE = (sued_in_time, reconsidered_first)
_NO_COLLECTION = under(nothing_collected, "ALIT-2017:35")
_APPEARANCE = (head_appears, not_lawyer_alone)
_JUDGED = "suit.judged"
_OPEN = "ACCEPTED ANSWER_DUE ANSWERED HEARD"

# fmt: off
TABLE = table(
    "litigation",
    ("FILE", "", "FILED", "ALIT-2017:45;ALIT-2017:46", (), "PARTY", ("提起诉讼", "File the suit"), "suit.filed"),
    ("ACCEPT", "FILED", "ACCEPTED", "ALIT-2017:51", _ADMISSIBLE,
     "COURT", ("立案（普通程序）", "Accept, ordinary procedure"), "suit.accepted"),
    ("ACCEPT_SIMPLIFIED", "FILED", "ACCEPTED", "ALIT-2017:82", (*_ADMISSIBLE, simple),
     "COURT", ("立案（简易程序）", "Accept, simplified procedure"), "suit.accepted_simplified"),
    ("REFUSE", "FILED", "RULED_AGAINST", "ALIT-2017:51", (),
     "COURT", ("裁定不予立案", "Refuse to accept"), "ruling.served"),
    ("RECEIVE_COPY", "ACCEPTED", "ANSWER_DUE", "ALIT-2017:67(1)", (),
     "AGENCY", ("收到起诉状副本", "Receive the copy"), "suit.copy_received"),
    ("ANSWER", "ANSWER_DUE", "ANSWERED", "ALIT-2017:67(1)", (_NO_COLLECTION,),
     "AGENCY", ("提交答辩状和证据", "Answer"), "suit.answered"),
    ("HEAR", "ANSWER_DUE ANSWERED", "HEARD", "ALIT-2017:67(2);ALIT-2017:3(3)", _APPEARANCE,
     "COURT", ("开庭审理", "Hear the case")),
    ("WITHDRAW", _OPEN, "WITHDRAWN", "ALIT-2017:62", (), "PARTY", ("撤诉", "Withdraw"), "suit.ended"),
    ("DISMISS", "ACCEPTED ANSWER_DUE ANSWERED HEARD", "RULED_AGAINST", "ALIT-JI-2018:69", (),
     "COURT", ("裁定驳回起诉", "Dismiss the suit"), "suit.ended ruling.served"),
    ("REJECT", "HEARD", "JUDGED", "ALIT-2017:69", (), "COURT", ("判决驳回诉讼请求", "Reject the claims"), _JUDGED),
    ("ANNUL", "HEARD", "JUDGED", "ALIT-2017:70", (),
     "COURT", ("判决撤销", "Annul"), f"{_JUDGED} decision.annulled"),
    ("ORDER_PERFORMANCE", "HEARD", "JUDGED", "ALIT-2017:72", (),
     "COURT", ("判决履行", "Order performance"), _JUDGED),
    ("ORDER_PAYMENT", "HEARD", "JUDGED", "ALIT-2017:73", (), "COURT", ("判决给付", "Order payment"), _JUDGED),
    ("DECLARE_UNLAWFUL", "HEARD", "JUDGED", "ALIT-2017:74", (),
     "COURT", ("确认违法", "Declare unlawful"), f"{_JUDGED} decision.declared_unlawful"),
    ("DECLARE_VOID", "HEARD", "JUDGED", "ALIT-2017:75", (),
     "COURT", ("确认无效", "Declare void"), f"{_JUDGED} decision.declared_void"),
    ("CHANGE", "HEARD", "JUDGED", "ALIT-2017:77", (),
     "COURT", ("判决变更", "Change"), f"{_JUDGED} decision.changed"),
    ("SERVE", "JUDGED", "SERVED", "ALIT-2017:80", (),
     "COURT", ("送达判决书", "Serve the judgment"), "judgment.served"),
    ("APPEAL", "SERVED RULED_AGAINST", "APPEALED", "ALIT-2017:85", (appealed_in_time,),
     "PARTY_OR_AGENCY", ("上诉", "Appeal"), "suit.appealed"),
    ("LET_STAND", "SERVED RULED_AGAINST", "FINAL", "ALIT-2017:85", (appeal_over,),
     "SYSTEM", ("上诉期满，发生法律效力", "Let it become final")),
    ("JUDGE_APPEAL", "APPEALED", "FINAL", "ALIT-2017:89", (), "COURT", ("二审裁判", "Judge the appeal")),
    ("PERFORM", "FINAL", "PERFORMED", "ALIT-2017:94", (),
     "AGENCY PARTY", ("履行生效裁判", "Perform the judgment")),
    titles=("行政诉讼", "Administrative suit"),
    ends="WITHDRAWN PERFORMED",
)
# fmt: on
LITIGATION = Procedure("litigation", LitigationFacts, TABLE)
