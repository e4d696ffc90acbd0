"""What a department objects to the result of a file review (GD-FILE 12(7)), at its own node."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime

from services.law.procedure import Procedure
from services.law.procedures import shared
from services.law.procedures.shared import under
from services.law.process import table
from services.law.rule import Facts, rule

LAW = "GD-FILE:12(1)[7]"
PREFIX = "KO-"
"""How the id of an objection begins."""


@dataclass(frozen=True)
class ObjectionRecord:
    """The record of an objection, with what the act hands in."""

    text: str = ""
    items_known: bool = False
    """Whether every item that it names is one of the result."""
    papers_whole: bool = False
    """Whether every paper that comes along is named, with a digest that can be one."""


class ObjectionFacts(Facts):
    """The record of an objection with what the act hands in (`record`), and the node's own time."""

    record: ObjectionRecord
    now: datetime

    @abstractmethod
    def reported(self) -> bool:
        """Whether the oversight body told of a result that waits for no more than the end of the term."""

    @abstractmethod
    def given(self) -> bool:
        """Whether it was objected to before."""

    @abstractmethod
    def term_end(self) -> datetime | None:
        """The end of the term to object, as the oversight body told of it."""


@rule(
    "NO_FILE_RESULT",
    law=LAW,
    zh="没有可以提出异议的评查结果。",
    en="There is no result of this file that can be objected to. See what was reported (ListFileReviews).",
)
def result_reported(f: ObjectionFacts) -> bool:
    """Objected to is a result that was reported and is not final."""
    return f.reported() is True


@rule(
    "FILE_OBJECTED_ALREADY",
    law=LAW,
    zh="对评查结果的异议已经提出。",
    en="The department objected already. Wait for the answer.",
)
def not_given(f: ObjectionFacts) -> bool:
    """A result is objected to once."""
    return f.given() is False


@rule(
    "ANSWER_EMPTY",
    law=LAW,
    zh="异议应当写明理由；所列项目应当是评查结果中的项目，所附材料应当有名称和摘要值。",
    en="The objection gives no reasons, names an item that the result has not, or a paper without name or digest. Complete it.",
)
def says_something(f: ObjectionFacts) -> bool:
    """An objection gives its reasons."""
    return bool(f.record.text.strip()) and f.record.items_known is True and f.record.papers_whole is True


# fmt: off
TABLE = table(
    "file_review_objection",
    ("OBJECT_TO_FILE_REVIEW", "", "GIVEN", LAW,
     (result_reported, not_given, says_something, under(shared.term_runs, LAW, reason="FILE_OBJECTION_LATE")),
     "UNIT_HEAD AGENCY_HEAD", ("对评查结果提出异议", "Object to the result of a file review")),
    ("TAKE_OBJECTION", "GIVEN", "TAKEN", LAW, (), "SYSTEM", ("监督机构接收", "Take it in")),
    ("LEAVE_OBJECTION", "GIVEN", "LEFT", LAW, (), "SYSTEM", ("未纳入", "Leave it out")),
    titles=("案卷评查异议", "Objections to file reviews"),
    ends="TAKEN LEFT",
)
# fmt: on
FILE_REVIEW_OBJECTION = Procedure("file_review_objection", ObjectionFacts, TABLE)
