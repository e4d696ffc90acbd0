"""An early warning that a person closes, where no fact has ended it (ASR 37(1))."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule


@dataclass(frozen=True)
class ClosingRecord:
    """What the closing of a warning hands in."""

    reasons: str = ""


class WarningFacts(Facts):
    """What a closing hands in (`record`), and the node's own time."""

    record: ClosingRecord
    now: datetime

    @abstractmethod
    def in_handling(self) -> bool:
        """Whether a supervision matter that was opened from it goes on."""

    def reasons(self) -> str:
        return self.record.reasons


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
TABLE = table(
    "warning",
    ("RAISE_WARNING", "", "OPEN", "ASR-2025:37(1)", (), "SYSTEM", ("预警", "Raise")),
    ("CLOSE_WARNING", "OPEN", "CLOSED", "ASR-2025:26;ASR-2025:37(1)",
     (not_in_handling, under(reasons_given, "ASR-2025:26")), "OVERSIGHT", ("人工关闭预警", "Close by a person")),
    titles=("预警关闭", "Warning closed by a person"),
    ends="CLOSED",
)
# fmt: on
WARNING = Procedure("warning", WarningFacts, TABLE)
