"""The issue of a paper of a case: what the law asks before it is made (APL 47)."""

from abc import abstractmethod

from yifa.enforcement.v1.case_pb2 import Case, CaseState

from services.law.paper import Paper, holds
from services.law.procedure import Procedure
from services.law.procedures.penalty.recusal import standing_aside
from services.law.process import table
from services.law.rule import Facts, rule

ROLES = "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK"


class CasePaperFacts(Facts):
    """The case as it stands, and the paper that is asked for."""

    case: Case
    paper: Paper

    def sector(self) -> str:
        return self.case.sector

    @abstractmethod
    def caller(self) -> str:
        """The person who asks for it."""

    @abstractmethod
    def roles(self) -> frozenset[str]:
        """The roles of the caller."""


@rule(
    "PAPER_NOT_DUE",
    law="APL-2021:47",
    zh="案件尚未进行到制作该文书的环节，或者该文书不属于本案所适用的程序。",
    en="The record does not hold yet what this paper tells, or the paper belongs to another procedure. Do the act first.",
    tells=lambda f: {"paper": f.paper.kind, "act": f.paper.act},
)
def due(f: CasePaperFacts) -> bool:
    """A paper tells what was done: it is made when the record holds it."""
    state = CaseState.Name(f.case.state).removeprefix("CASE_STATE_")
    return (
        f.case.procedure in f.paper.procedures
        and (not f.paper.states or state in f.paper.states)
        and holds(f.case, f.paper.due)
    )


@rule(
    "NOT_ON_CASE",
    law="APL-2021:42(1)",
    zh="文书应当由本案承办执法人员或者有相应职责的人员制作。",
    en="The caller is no handling officer of this case. Those who handle it make its papers.",
    tells=lambda f: {"person": f.caller()},
)
def by_those_concerned(f: CasePaperFacts) -> bool:
    """Of the officers only those who handle the case make its papers."""
    return f.roles() != {"HANDLING_OFFICER"} or f.caller() in {o.officer_id for o in f.case.officers}


@rule(
    "OFFICER_RECUSED",
    guard="G-10",
    law="APL-2021:43(1);SAMR-2022:4",
    zh="已决定回避的人员不得制作本案的文书。",
    en="The caller stands aside from the case. Let others make its papers.",
    tells=lambda f: {"officers": f.caller()},
)
def maker_not_recused(f: CasePaperFacts) -> bool:
    """Who stands aside by a granted recusal makes no paper of the case."""
    return f.caller() not in standing_aside(f.case)


@rule(
    "CASE_ARCHIVED",
    guard="G-92",
    law="APL-2021:47;ENV-2023:80",
    zh="案卷归档后，不得修改、增加、抽取案卷材料。",
    en="The case is in the archive. Nothing is added to its volume or taken out of it.",
    tells=lambda f: {"archive": f.case.archive.number},
)
def volume_open(f: CasePaperFacts) -> bool:
    """No paper is made for a volume that is in the archive."""
    return not f.case.HasField("archive")


CASE_PAPER_TABLE = table(
    "case_paper",
    (
        "ISSUE_PAPER",
        "",
        "",
        "APL-2021:47",
        (due, by_those_concerned, maker_not_recused, volume_open),
        ROLES,
        ("制作文书", "Issue a paper"),
    ),
    titles=("执法文书", "Papers of a case"),
)
CASE_PAPER = Procedure("case_paper", CasePaperFacts, CASE_PAPER_TABLE)
