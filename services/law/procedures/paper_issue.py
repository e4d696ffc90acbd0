"""The issue of a paper of a record: what the law asks before it is made (APL 47; 国办发〔2018〕118号 7)."""

from abc import abstractmethod
from typing import Any

from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.permit_pb2 import Permit

from services.law.paper_form import Paper, is_due, lacking
from services.law.procedure import Procedure
from services.law.procedures.penalty.recusal import standing_aside
from services.law.procedures.shared import under
from services.law.process import table
from services.law.rule import Facts, Rule, rule

ROLES = "HANDLING_OFFICER UNIT_HEAD LEGAL_REVIEWER AGENCY_HEAD CLERK"


class PaperFacts(Facts):
    """The record as it stands, the case that it stands beside, if any, and the paper that is asked for.

    The record of a case is the case itself. A permit stands beside none.
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

    @abstractmethod
    def besides(self) -> frozenset[str]:
        """What there is of that which a paper states and no record holds (paper_form.BESIDES)."""

    def handling(self) -> frozenset[str]:
        """The officers who handle the record, or the case that it stands beside."""
        if isinstance(self.record, Permit):
            return on_permit(self.record)
        held = (self.record, self.case) if self.case is not None else (self.record,)
        return frozenset(o.officer_id for each in held for o in getattr(each, "officers", ()))

    def missing(self) -> list[str]:
        """What the paper states and nobody has said."""
        return lacking(self.paper, self.record, self.besides())


def on_permit(permit: Permit) -> frozenset[str]:
    """Who reviews an application, tests or verifies it, hosts its hearing, or checks the holder."""
    hearing, review = permit.hearing, permit.review
    checked = (person for check in permit.checks for person in check.checker_ids)
    named = {*permit.inspectors.officer_ids, *review.verifier_ids, *checked, review.reviewer, hearing.host}
    return frozenset(named - {""})


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


@rule(
    "PAPER_FACTS_MISSING",
    law="GBF-2018-118:7",
    zh="文书应当载明的事项尚未登记：许可事项、理由、期限、文号等应当先行登记；行政机关印章应当在登记机关备案；行政复议机关和人民法院由本市配置。",
    en="The paper states what nobody has said. Put it on record first: the seal of the body at the registry, the government that "
    "reconsiders and the court in the city's layer ([paper]), the rest by the act.",
    tells=lambda f: {"missing": ",".join(f.missing())},
)
def all_stated(f: PaperFacts) -> bool:
    """A paper has all that it has to state (国办发〔2018〕118号 7)."""
    return not f.missing()


@rule(
    "PAPER_MADE_ELSEWHERE",
    law="GBF-2018-118:7",
    zh="该环节由外部系统办理，文书及其文号由该系统制作；本系统不另编文号重复制作。",
    en="The act was done in another system, which made this paper under a number of its own. Take that paper: here no second "
    "number is given for it.",
    tells=lambda f: {"paper": f.paper.kind, "act": f.paper.act, "system": f.record.origin.system},
)
def numbered_once(f: PaperFacts) -> bool:
    """What another system did and numbered gets no second number here."""
    told = {each.act for each in f.record.origin.told} if f.record.origin.system else set()
    return not f.paper.word or f.paper.act not in told


MADE_OF_PERMIT: tuple[Rule, ...] = (under(due, "GBF-2018-118:7"), all_stated, numbered_once)
"""What a paper of a permit has to be, whoever asks for it."""
BY_THOSE_ON_PERMIT = under(by_those_concerned, "ALIC-2019:5(2)")


def made(paper: Paper) -> tuple[Rule, ...]:
    """What a paper has to be, whoever asks for it."""
    return MADE_OF_PERMIT if paper.record == "permit" else (due,)


def concerned(paper: Paper) -> Rule:
    """Who makes a paper, and reads its file."""
    return BY_THOSE_ON_PERMIT if paper.record == "permit" else by_those_concerned


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
PERMIT_PAPER_TABLE = table(
    "permit_paper",
    (
        "ISSUE_PAPER",
        "",
        "",
        "GBF-2018-118:7",
        (*MADE_OF_PERMIT, BY_THOSE_ON_PERMIT),
        ROLES,
        ("制作文书", "Issue a paper"),
    ),
    titles=("许可文书", "Papers of a permit"),
)
PAPER_ISSUE = Procedure(
    "paper_issue",
    PaperFacts,
    PAPER_ISSUE_TABLE,
    PERMIT_PAPER_TABLE,
    goes_by=lambda paper: PERMIT_PAPER_TABLE if paper.record == "permit" else PAPER_ISSUE_TABLE,
)
