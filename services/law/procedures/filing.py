"""The review of a filed major penalty (重大行政处罚备案审查), by the city legal office."""

from abc import abstractmethod

from services.law.procedure import Procedure
from services.law.process import table
from services.law.rule import Facts, rule


class FilingFacts(Facts):
    """What the review of a filed penalty asks."""

    @abstractmethod
    def opinion(self) -> str:
        """What the reviewer says of the penalty."""


@rule(
    "OPINION_REQUIRED",
    guard="G-80",
    law="ASR-2025:28(1)",
    zh="提出备案审查异议，应当写明存在的问题。",
    en="The objection does not say what is wrong. State it (opinion).",
)
def opinion_given(f: FilingFacts) -> bool:
    """An objection to a filed penalty says what is wrong."""
    return bool(f.opinion().strip())


# fmt: off
FILING = table(
    "filing",
    ("FILE", "DUE", "FILED", "ASR-2025:22[4]", (), "", ("报备", "File")),
    ("ACCEPT_FILING", "FILED", "ACCEPTED", "ASR-2025:15", (), "OVERSIGHT", ("准予备案", "Accept")),
    ("OBJECT_TO_FILING", "FILED", "OBJECTED", "ASR-2025:28(1)", (opinion_given,), "OVERSIGHT", ("提出异议", "Object")),
    # No second supervision of what reconsideration or a court has undone.
    ("LAPSE", "DUE FILED", "LAPSED", "ASR-2025:33(3)", (), "", ("决定已被撤销，终止审查", "Lapse")),
    titles=("重大行政处罚备案审查", "Filing review of a major penalty"),
)
# fmt: on
FILING_REVIEW = Procedure("filing", FilingFacts, FILING)
