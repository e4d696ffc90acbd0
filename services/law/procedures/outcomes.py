"""What becomes of a case when a reconsideration or a suit has ended: the effects, as a table."""

from dataclasses import dataclass

from services.law.citation import cite
from services.law.words import Words

# What the decision is worth afterwards; what becomes of the surcharge.
DECISION: dict[str, Words] = {
    "stands": ("原决定有效", "the decision stands"),
    "replaced": ("以新内容代替", "new content takes its place"),
    "annulled": ("自始失去效力", "the decision is undone"),
    "unlawful": ("确认违法，效力保留", "unlawful, but its effect remains"),
    "void": ("自始无效", "void from the start"),
    "owed": ("应当履行职责", "a duty is still owed"),
}
SURCHARGE: dict[str, Words] = {
    "resumes": ("恢复计算（复议、诉讼期间不计）", "runs on; the time in between does not count"),
    "recounted": ("按新数额重新计算", "counted anew on the new amount"),
    "ends": ("不再计算", "ends"),
}


@dataclass(frozen=True)
class Outcome:
    """One way a remedy ends: by which acts, under which article, and what it does to the case.

    `reconsideration` and `suit` are the acts of those procedures, empty where there is none. `again`
    says whether the agency may be told to act anew, `not_the_same` that it may not then do the same
    on the same facts; `starts` are clocks that begin to run.
    """

    code: str
    title_zh: str
    title_en: str
    law: str
    decision: str
    surcharge: str
    reconsideration: str = ""
    suit: str = ""
    publication_withdrawn: bool = False
    again: bool = False
    not_the_same: bool = False
    refund: bool = False
    accountability: bool = False
    starts: tuple[str, ...] = ()
    note_zh: str = ""
    note_en: str = ""

    def __post_init__(self) -> None:
        cite(self.law)
        if self.decision not in DECISION or self.surcharge not in SURCHARGE:
            raise ValueError(f"{self.code}: unknown effect {self.decision!r} or {self.surcharge!r}")


OUTCOMES = (
    Outcome(
        "UPHELD", "维持", "Upheld", "ARL-2023:68;ARL-2023:78[1]", "stands", "resumes",
        "UPHOLD", "", starts=("REC-22",),
        note_zh="由作出决定的机关强制执行或者申请法院强制执行",
        note_en="enforced by the agency that made the decision, or by the court",
    ),
    Outcome(
        "CHANGED", "变更", "Changed", "ARL-2023:63;ARL-2023:78[2];ALIT-2017:77", "replaced", "recounted",
        "CHANGE", "CHANGE", publication_withdrawn=True, starts=("PEN-24", "REC-22"),
        note_zh="不得对申请人更为不利；由复议机关强制执行或者申请法院强制执行",
        note_en="not worse for the applicant; enforced by the reconsideration body, or by the court",
    ),
    Outcome(
        "ANNULLED", "撤销、部分撤销", "Annulled, wholly or in part",
        "ARL-2023:64;ALIT-2017:70;ALIT-2017:71", "annulled", "ends", "ANNUL", "ANNUL",
        publication_withdrawn=True, again=True, not_the_same=True, refund=True, starts=("PEN-24", "REC-22"),
        note_zh="以违反法定程序为由撤销的，可以重新作出相同决定",
        note_en="annulled for its procedure, the same may be decided anew",
    ),
    Outcome(
        "UNANSWERED", "逾期不答复，视为没有证据", "No reply: held to have no evidence", "ARL-2023:70",
        "annulled", "ends", "ANNUL", "", publication_withdrawn=True, again=True, not_the_same=True,
        refund=True, accountability=True, starts=("PEN-24", "REC-22"),
    ),
    Outcome(
        "UNLAWFUL", "确认违法", "Declared unlawful", "ARL-2023:65;ALIT-2017:74", "unlawful", "resumes",
        "DECLARE_UNLAWFUL", "DECLARE_UNLAWFUL", publication_withdrawn=True, accountability=True,
        starts=("PEN-24", "REC-22"), note_zh="造成损害的，依法赔偿", note_en="damage is made good",
    ),
    Outcome(
        "VOID", "确认无效", "Declared void", "ARL-2023:67;ALIT-2017:75", "void", "ends",
        "DECLARE_VOID", "DECLARE_VOID", publication_withdrawn=True, refund=True, accountability=True,
        starts=("PEN-24", "REC-22"),
    ),
    Outcome(
        "PERFORMANCE", "限期履行", "Performance ordered", "ARL-2023:66;ALIT-2017:72", "owed", "resumes",
        "ORDER_PERFORMANCE", "ORDER_PERFORMANCE", starts=("REC-22",),
        note_zh="履行期限由决定、判决确定", note_en="the decision or judgment sets the time to perform",
    ),
    Outcome(
        "REJECTED", "驳回请求、驳回诉讼请求", "Request or claims rejected", "ARL-2023:69;ALIT-2017:69",
        "stands", "resumes", "REJECT", "REJECT", starts=("REC-22",),
    ),
    Outcome(
        "DISMISSED", "驳回申请、驳回起诉", "Application or suit dismissed", "ARL-2023:33;ALIT-JI-2018:69",
        "stands", "resumes", "DISMISS", "DISMISS",
    ),
    Outcome(
        "WITHDRAWN", "撤回申请、撤诉", "Withdrawn", "ARL-2023:41[1];ALIT-2017:62", "stands", "resumes",
        "WITHDRAW", "WITHDRAW",
    ),
    Outcome(
        "MEDIATED", "调解", "Mediated", "ARL-2023:73(1);ARL-2023:78[3]", "replaced", "recounted", "MEDIATE", "",
        note_zh="以调解书为准，由复议机关强制执行或者申请法院强制执行",
        note_en="as agreed; enforced by the reconsideration body, or by the court",
    ),
    Outcome(
        "COMPENSATION", "责令赔偿、返还（与前述决定一并作出）", "Compensation or return, with another outcome",
        "ARL-2023:72;ALIT-2017:76", "annulled", "ends", "ANNUL", "ANNUL", publication_withdrawn=True,
        refund=True, starts=("PEN-24",),
    ),
    Outcome(
        "OPINION", "行政复议意见书", "Reconsideration opinion", "ARL-2023:76", "stands", "resumes",
        "ISSUE_OPINION", "", accountability=True, starts=("REC-20",),
        note_zh="自收到之日起六十日内通报纠正情况", note_en="what was corrected is reported within sixty days",
    ),
)  # fmt: skip
