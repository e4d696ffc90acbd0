"""The pool of experts who argue decisions (决策咨询论证专家库): who is in it, and how somebody leaves it (MDR 21, 41)."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class ExpertRecord:
    """An expert or professional body in the pool, with what the act hands in."""

    name: str = ""
    unit: str = ""
    """For whom the expert works: a direct interest is looked for there."""
    fields: tuple[str, ...] = ()
    qualification: str = ""
    document: str = ""
    """The paper by which somebody comes into the pool, or leaves it."""
    reasons: str = ""
    mended: str = ""


class ExpertFacts(Facts):
    """The record of an expert with what the act hands in (`record`), and the node's own time."""

    record: ExpertRecord
    now: datetime

    @abstractmethod
    def in_pool_already(self) -> bool:
        """Whether somebody of that name and unit is in the pool."""

    def reasons(self) -> str:
        return self.record.reasons


@rule(
    "EXPERT_NOT_KNOWN",
    guard="G-74",
    law="MDR-2019:21(1)",
    zh="入库专家应当载明姓名、所在单位、专业领域、资格和入库文书。",
    en="Name, unit, fields, qualification, or the paper by which the expert comes into the pool is missing. Say all.",
)
def expert_known(f: ExpertFacts) -> bool:
    """An expert comes into the pool with unit, fields and qualification (MDR 21(1))."""
    r = f.record
    said = all(each.strip() for each in (r.name, r.unit, r.qualification, r.document))
    return said and bool(r.fields) and all(each.strip() for each in r.fields)


@rule(
    "EXPERT_IN_POOL_ALREADY",
    law="MDR-2019:21(1)",
    zh="该专家已在库中。",
    en="This expert is in the pool already.",
)
def not_in_pool(f: ExpertFacts) -> bool:
    """An expert is in the pool once (MDR 21(1))."""
    return f.in_pool_already() is False


@rule(
    "EXPERT_NOT_MENDED",
    law="MDR-2019:41",
    zh="限期整改后恢复的，应当载明整改情况。",
    en="It is not said how the expert mended what was wrong. State it (mended).",
)
def mended(f: ExpertFacts) -> bool:
    """Who was told to mend comes back when that is done (MDR 41)."""
    return bool(f.record.mended.strip())


_WHY = under(reasons_given, "MDR-2019:21(1);MDR-2019:41")

# fmt: off
TABLE = table(
    "decision_expert",
    ("ENTER", "", "IN_POOL", "MDR-2019:21", (expert_known, not_in_pool),
     "OVERSIGHT", ("专家入库", "Take into the pool"), "", "EnterDecisionExpert"),
    ("ADMONISH", "IN_POOL", "MENDING", "MDR-2019:41", (_WHY,),
     "OVERSIGHT", ("通报批评、责令限期整改", "Admonish, and tell to mend"), "", "AdmonishDecisionExpert"),
    ("RESTORE", "MENDING", "IN_POOL", "MDR-2019:41", (mended,),
     "OVERSIGHT", ("整改后恢复", "Restore"), "", "RestoreDecisionExpert"),
    ("REMOVE", "IN_POOL MENDING", "REMOVED", "MDR-2019:21(1);MDR-2019:41", (_WHY,),
     "OVERSIGHT", ("取消资格、退出专家库", "Take out of the pool"), "", "RemoveDecisionExpert"),
    titles=("决策咨询论证专家", "Expert for decisions"),
    ends="REMOVED",
)
# fmt: on
DECISION_EXPERT = Procedure("decision_expert", ExpertFacts, TABLE)
