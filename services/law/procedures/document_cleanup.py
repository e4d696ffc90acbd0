"""The clean-up of the normative documents of a maker: every two years and after reforms, with the list of those that go on."""

from abc import abstractmethod
from dataclasses import dataclass
from enum import StrEnum

from services.law.procedure import Procedure
from services.law.procedures.normative_document.rules import by_maker
from services.law.procedures.shared import reasons_given, under
from services.law.process import table
from services.law.rule import Facts, rule


class Cause(StrEnum):
    """Why a maker looks through its documents."""

    PERIODIC = "PERIODIC"
    REFORM = "REFORM"
    NEW_POLICY = "NEW_POLICY"
    CHANGE_OF_LAW = "CHANGE_OF_LAW"


class Result(StrEnum):
    """What becomes of a document."""

    CONTINUE = "CONTINUE"
    AMEND = "AMEND"
    REPEAL = "REPEAL"


class Flaw(StrEnum):
    """What keeps a document from going on, GF-2008-17 sec. 15."""

    AGAINST_HIGHER_LAW = "AGAINST_HIGHER_LAW"
    CONTRADICTS_ANOTHER = "CONTRADICTS_ANOTHER"
    BASIS_GONE = "BASIS_GONE"
    OUTDATED = "OUTDATED"
    LOCAL_PROTECTION = "LOCAL_PROTECTION"


@dataclass(frozen=True)
class Looked:
    """One document that was looked through."""

    document_id: str = ""
    result: Result | None = None
    flaws: tuple[Flaw, ...] = ()
    reasons: str = ""


@dataclass(frozen=True)
class CleanupRecord:
    """The record of a clean-up, with what the act hands in."""

    cause: Cause | None = None
    reasons: str = ""
    """What reform, policy or law it follows; the plan of a periodic one."""
    looked: tuple[Looked, ...] = ()
    address: str = ""
    """Where the lists of those that go on, are repealed and have lapsed are public."""


class CleanupFacts(Facts):
    """The record of a clean-up with what the act hands in (`record`), and the node's own time."""

    record: CleanupRecord

    @abstractmethod
    def of_maker(self) -> bool:
        """Whether who acts does so for the body whose documents these are."""

    @abstractmethod
    def open_already(self) -> bool:
        """Whether another clean-up of the maker is not published yet."""

    @abstractmethod
    def to_look_at(self) -> frozenset[str]:
        """The documents of the maker that have not ended."""

    @abstractmethod
    def unfit(self) -> frozenset[str]:
        """Those of them that rest on a law that has ended, or of which a clause is suspended."""

    def reasons(self) -> str:
        return self.record.reasons

    def kept(self) -> frozenset[str]:
        return frozenset(each.document_id for each in self.record.looked if each.result == Result.CONTINUE)


@rule(
    "CLEANUP_OPEN",
    law="GF-2008-17:15",
    zh="该制定机关上一次清理尚未公布目录。",
    en="Another clean-up of this maker has no published lists yet. Publish those first.",
)
def none_open(f: CleanupFacts) -> bool:
    """A maker publishes the lists of one clean-up before it begins another (GF-2008-17 15)."""
    return f.open_already() is False


@rule(
    "CLEANUP_CAUSE_MISSING",
    law="GF-2008-17:15;CBZ-2019-7:10",
    zh="应当注明清理的起因：定期、机构改革、政策调整或者法律变动。",
    en="It is not said why the documents are looked through. Name the cause (cause).",
)
def cause_named(f: CleanupFacts) -> bool:
    """Documents are looked through every two years, and after reforms, new policies and changes of law (GF-2008-17 15)."""
    return f.record.cause in tuple(Cause)


def _missing(f: CleanupFacts) -> str:
    return ",".join(sorted(f.to_look_at() - {each.document_id for each in f.record.looked}))


@rule(
    "CLEANUP_INCOMPLETE",
    law="GF-2008-17:15;CBZ-2019-7:10",
    zh="清理应当全覆盖：制定机关现有的每件规范性文件均应逐件提出处理结果和理由，且仅限本机关的文件。",
    en="A document of the maker is left out, named twice or without result and reasons, or is another's. Decide each once.",
    tells=lambda f: {"missing": _missing(f)},
)
def all_looked_at(f: CleanupFacts) -> bool:
    """A clean-up covers every document of the maker, each once, with a result and reasons (GF-2008-17 15)."""
    looked = f.record.looked
    ids = [each.document_id for each in looked]
    said = all(each.result in tuple(Result) and each.reasons.strip() for each in looked)
    return said and len(ids) == len(set(ids)) and frozenset(ids) == f.to_look_at()


def _flawed(f: CleanupFacts) -> frozenset[str]:
    flawed = frozenset(each.document_id for each in f.record.looked if each.flaws)
    return f.kept() & (flawed | f.unfit())


@rule(
    "KEPT_WITH_A_FLAW",
    law="GF-2008-17:15",
    zh="与上位法不符、相互抵触、依据缺失、不适应发展要求或者含有地方保护、行业保护内容的，以及条款被停止执行的，应当修改或者废止。",
    en="A document goes on although it has a flaw, rests on a law that ended, or has a suspended clause. Amend or repeal it.",
    tells=lambda f: {"documents": ",".join(sorted(_flawed(f)))},
)
def none_flawed_kept(f: CleanupFacts) -> bool:
    """What is against the law, contradicts, lost its basis, is outdated or protects locally is amended or repealed."""
    return bool(f.record.looked) and not _flawed(f)


@rule(
    "LISTS_NOT_PUBLIC",
    guard="G-68",
    law="GF-2008-17:15",
    zh="应当向社会公布继续有效、废止和失效的规范性文件目录。",
    en="It is not said where the lists are public. Publish them, and say where (address).",
)
def lists_public(f: CleanupFacts) -> bool:
    """The lists of those that go on, are repealed and have lapsed are made public (GF-2008-17 15)."""
    return bool(f.record.address.strip())


_MAKER = "UNIT_HEAD CLERK OVERSIGHT"
_WHY = under(reasons_given, "GF-2008-17:15")
_PUBLISHED = (by_maker, all_looked_at, none_flawed_kept, lists_public)

# fmt: off
TABLE = table(
    "document_cleanup",
    ("OPEN", "", "OPEN", "GF-2008-17:15;CBZ-2019-7:10", (by_maker, none_open, cause_named, _WHY),
     _MAKER, ("开展清理", "Begin a clean-up"), "", "OpenDocumentCleanup"),
    ("OPEN_AFTER_REFORM", "", "OPEN", "CBZ-2019-7:10", (none_open, cause_named, _WHY),
     "SYSTEM", ("机构改革后清理", "Begin after a reform")),
    ("PUBLISH", "OPEN", "PUBLISHED", "GF-2008-17:15", _PUBLISHED,
     _MAKER, ("公布清理目录", "Publish the lists"), "", "PublishDocumentCleanup"),
    titles=("规范性文件清理", "Clean-up of normative documents"),
    ends="PUBLISHED",
)
# fmt: on
DOCUMENT_CLEANUP = Procedure("document_cleanup", CleanupFacts, TABLE)
