"""An early warning: closed by facts, or by a person of the oversight office who says why; escalated while nobody reacts (ASR 26).

No law says after how many days: the city sets them. While one is open it goes from yellow to orange and from orange to red, and
with each step to a higher person of the body that it is about.
"""

from abc import abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "ASR-2025:26(1)"
DAYS: Mapping[int, str] = MappingProxyType({1: "warning.escalation.yellow", 2: "warning.escalation.orange"})
"""After how many working days without a reaction a warning of a level is escalated; a red one is not."""


class WarningFacts(Facts):
    """What closing a warning asks."""

    @abstractmethod
    def reasons(self) -> str:
        """Why it is closed."""

    @abstractmethod
    def in_handling(self) -> bool:
        """Whether a supervision matter that was opened from it goes on."""


@rule(
    "WARNING_IN_HANDLING",
    law="ASR-2025:26",
    zh="预警已转为监督事项的，监督事项办结后方可关闭。",
    en="A supervision matter was opened from it and goes on. Bring that to its end first.",
)
def not_in_handling(f: WarningFacts) -> bool:
    """What a supervision matter handles is followed there to its end (ASR 26)."""
    return f.in_handling() is False


# fmt: off
WARNING = table(
    "warning",
    ("CLOSE_WARNING", "OPEN", "CLOSED", LAW, (not_in_handling, under(reasons_given, LAW)), "OVERSIGHT",
     ("了结预警", "Close a warning")),
    ("ESCALATE_WARNING", "OPEN", "OPEN", LAW, (), "", ("预警升级", "Escalate a warning")),
    ("SETTLE_WARNING", "OPEN", "SETTLED", LAW, (), "", ("补办后解除", "Settle a warning")),
    ("WITHDRAW_WARNING", "OPEN", "WITHDRAWN", LAW, (), "", ("查明无误后撤销", "Withdraw a warning")),
    ("CORRECT_WARNING", "OPEN", "CORRECTED", LAW, (), "", ("更正后解除", "End a warning on a correction")),
    titles=("预警处理", "Early warning"),
)
# fmt: on
EARLY_WARNING = Procedure("warning", WarningFacts, WARNING)
