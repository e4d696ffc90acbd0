"""The review of a filed major penalty (重大行政处罚备案审查), by the city legal office: what has to come, the check of its form,
the review of its substance, the opinion, and what is put right (有件必备、有备必审、有错必纠).
"""

from abc import abstractmethod

from services.law.procedure import Procedure
from services.law.procedures.file_review.rules import every_item_judged, verdicts_reasoned
from services.law.procedures.shared import under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "LN-SUP:16;ASR-2025:15"
# No rule of the State lists what comes along. What the record of the case has to show, each with its name: only what can still be
# brought; what is unlawful because it was never done is for the review of substance.
FORMAL: tuple[tuple[str, str, str], ...] = (
    ("decision.document_number", "行政处罚决定书", "the decision"),
    ("evidence_count", "证据材料", "evidence"),
    ("service.receipt", "送达回证", "the receipt of service"),
)


class FilingFacts(Facts):
    """What the review of a filed penalty asks."""

    @abstractmethod
    def opinion(self) -> str:
        """What the reviewer says of the penalty."""

    @abstractmethod
    def missing(self) -> tuple[str, ...]:
        """What of the filing the record of the case does not show, by its parts."""

    @abstractmethod
    def reviewer(self) -> str:
        """Who checks or reviews it."""

    @abstractmethod
    def involved(self) -> frozenset[str]:
        """Those who took part in the case."""

    @abstractmethod
    def unjudged(self) -> tuple[str, ...]:
        """The points of legality without exactly one verdict that says something, and verdicts on what is none."""

    @abstractmethod
    def unreasoned(self) -> tuple[str, ...]:
        """The points whose verdict departs from the machine's, or finds something, without a reason."""

    @abstractmethod
    def problems(self) -> tuple[str, ...]:
        """The points that the reviewer found not to be met."""

    @abstractmethod
    def corrected(self) -> bool:
        """Whether the supervision matter that was opened from it is closed with the correction verified (ASR 26)."""


@rule(
    "FILING_PAPERS_MISSING",
    law=LAW,
    zh="备案材料不齐全，不予登记，应当退回补正。",
    en="The record of the case does not show all that is filed. Return the filing, so that it is made whole.",
    tells=lambda f: {"missing": ",".join(f.missing() or ())},
)
def papers_there(f: FilingFacts) -> bool:
    """What is filed is whole before it is reviewed."""
    return f.missing() == ()


@rule(
    "FILING_COMPLETE",
    law=LAW,
    zh="备案材料齐全的，不得退回补正。",
    en="The filing lacks nothing. Register it.",
)
def papers_lacking(f: FilingFacts) -> bool:
    """A filing is returned for what it lacks, and only then."""
    return bool(f.missing())


@rule(
    "OVERSIGHT_ROLE_CONFLICT",
    guard="G-83",
    law="ASR-2025:8;CITY-ERS:6(4)",
    zh="参与过案件办理、审核或者决定的人员不得审查该案的备案。",
    en="Who reviews the filing took part in the case. Let somebody else review it.",
)
def reviewer_apart(f: FilingFacts) -> bool:
    """Nobody reviews what one took part in (ASR 8, CITY-ERS 6(4))."""
    return bool(f.reviewer().strip()) and f.reviewer() not in f.involved()


@rule(
    "FILING_PROBLEM_FOUND",
    law="ASR-2025:28(1)",
    zh="发现合法性问题的，不得准予备案，应当提出审查意见。",
    en="A point was found not to be met. Object to the filing, with an opinion.",
    tells=lambda f: {"problems": ",".join(f.problems() or ())},
)
def nothing_found(f: FilingFacts) -> bool:
    """What is found wrong is objected to (有错必纠)."""
    return f.problems() == ()


@rule(
    "FILING_NO_PROBLEM",
    law="ASR-2025:28(1)",
    zh="未指明不符合的审查项目，不得提出异议。",
    en="No point was found not to be met. Say which (verdicts), or accept the filing.",
)
def problem_named(f: FilingFacts) -> bool:
    """An objection rests on a point that was found not to be met."""
    return bool(f.problems())


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


@rule(
    "NOT_CORRECTED",
    law="ASR-2025:26",
    zh="经核实已经纠正的，方可作为已纠正。",
    en="It was not verified that the matter is corrected. Verify it in the supervision matter.",
)
def put_right(f: FilingFacts) -> bool:
    """What was objected to is put right when its supervision matter says so (ASR 26)."""
    return f.corrected() is True


_JUDGED = (reviewer_apart, under(every_item_judged, LAW), under(verdicts_reasoned, LAW))

# fmt: off
FILING = table(
    "filing",
    ("FILE", "DUE", "FILED", "ASR-2025:22[4]", (), "", ("报备", "File")),
    ("REGISTER_FILING", "FILED", "REGISTERED", LAW, (papers_there, reviewer_apart), "OVERSIGHT",
     ("形式审查合格，登记备案", "Register it")),
    ("RETURN_FILING", "FILED", "RETURNED", LAW, (papers_lacking, reviewer_apart), "OVERSIGHT",
     ("材料不全，退回补正", "Return it to be made whole")),
    ("SUPPLEMENT_FILING", "RETURNED", "FILED", LAW, (papers_there,), "", ("补正", "Made whole")),
    ("ACCEPT_FILING", "REGISTERED", "ACCEPTED", "ASR-2025:15", (*_JUDGED, nothing_found), "OVERSIGHT", ("准予备案", "Accept")),
    ("OBJECT_TO_FILING", "REGISTERED", "OBJECTED", "ASR-2025:28(1)", (*_JUDGED, problem_named, opinion_given), "OVERSIGHT",
     ("提出异议", "Object")),
    ("CORRECT_FILING", "OBJECTED", "CORRECTED", "ASR-2025:26", (put_right,), "", ("已纠正", "Corrected")),
    # No second supervision of what reconsideration or a court has undone.
    ("LAPSE", "DUE FILED RETURNED REGISTERED", "LAPSED", "ASR-2025:33(3)", (), "",
     ("决定已被撤销，终止审查", "Lapse")),
    titles=("重大行政处罚备案审查", "Filing review of a major penalty"),
)
# fmt: on
FILING_REVIEW = Procedure("filing", FilingFacts, FILING)
