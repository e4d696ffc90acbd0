"""The issue of a paper of a record: what the law asks before it is made (APL 47)."""

from abc import abstractmethod
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case

from services.law.paper import Paper, is_due
from services.law.procedure import Procedure
from services.law.procedures.penalty.recusal import standing_aside
from services.law.process import table
from services.law.rule import Facts, rule

ROLES = "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK"


class PaperFacts(Facts):
    """The record as it stands, the case that it stands beside, if any, and the paper that is asked for.

    The record of a case is the case itself.
    """

    record: Any
    case: Case | None
    paper: Paper

    def sector(self) -> str:
        return str(self.record.sector)

    @abstractmethod
    def made_here(self) -> bool:
        """Whether the record is this department's own: its papers are made by nobody else."""

    @abstractmethod
    def caller(self) -> str:
        """The person who asks for it."""

    @abstractmethod
    def roles(self) -> frozenset[str]:
        """The roles of the caller."""

    def handling(self) -> frozenset[str]:
        """The officers who handle the record, or the case that it stands beside."""
        held = (self.record, self.case) if self.case is not None else (self.record,)
        return frozenset(o.officer_id for each in held for o in getattr(each, "officers", ()))


@rule(
    "PAPER_NOT_DUE",
    law="APL-2021:47",
    zh="办理尚未进行到制作该文书的环节，或者该文书不属于所适用的程序。",
    en="The record does not hold yet what this paper tells, or the paper belongs to another procedure. Do the act first.",
    tells=lambda f: {"paper": f.paper.kind, "act": f.paper.act},
)
def due(f: PaperFacts) -> bool:
    """A paper tells what was done: whoever has the record makes it when the record holds it."""
    return f.made_here() and is_due(f.paper, f.record)


@rule(
    "NOT_ON_CASE",
    law="APL-2021:42(1)",
    zh="文书应当由承办执法人员或者有相应职责的人员制作。",
    en="The caller is no handling officer of this record. Those who handle it make its papers.",
    tells=lambda f: {"person": f.caller()},
)
def by_those_concerned(f: PaperFacts) -> bool:
    """Of the officers only those who handle the matter make its papers."""
    return f.roles() != {"HANDLING_OFFICER"} or f.caller() in f.handling()


@rule(
    "OFFICER_RECUSED",
    guard="G-10",
    law="APL-2021:43(1);SAMR-2022:4",
    zh="已决定回避的人员不得制作本案的文书。",
    en="The caller stands aside from the case. Let others make its papers.",
    tells=lambda f: {"officers": f.caller()},
)
def maker_not_recused(f: PaperFacts) -> bool:
    """Who stands aside by a granted recusal makes no paper of the case, nor of what stands beside it."""
    return f.case is None or f.caller() not in standing_aside(f.case)


@rule(
    "CASE_ARCHIVED",
    guard="G-92",
    law="APL-2021:47;ENV-2023:80",
    zh="案卷归档后，不得修改、增加、抽取案卷材料。",
    en="The case is in the archive. Nothing is added to its volume or taken out of it.",
    tells=lambda f: {"archive": f.case.archive.number},
)
def volume_open(f: PaperFacts) -> bool:
    """No paper is made for a volume that is in the archive."""
    return f.case is None or not f.case.HasField("archive")


PAPER_ISSUE_TABLE = table(
    "paper_issue",
    (
        "ISSUE_PAPER",
        "",
        "",
        "APL-2021:47",
        (due, by_those_concerned, maker_not_recused, volume_open),
        ROLES,
        ("制作文书", "Issue a paper"),
    ),
    titles=("执法文书", "Papers of a record"),
)
PAPER_ISSUE = Procedure("paper_issue", PaperFacts, PAPER_ISSUE_TABLE)
