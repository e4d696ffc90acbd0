"""The law of the day of the act: on what a case may rest when the law has changed since (APL 37; EEC 1057)."""

from collections.abc import Iterable
from datetime import date

from yifa.enforcement.v1.case_pb2 import Case

from services.law.calendar import SHANGHAI
from services.law.concordance import Basis, Holds, bases_on
from services.law.discretion.version import until, words
from services.law.document_use import bracketed, unusable
from services.law.ended import written
from services.law.moment import moment_at
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.rule import rule

_OUT = (Holds.NOT_LAW, Holds.LIGHTER)


def act_day(case: Case) -> date | None:
    """The day of the act, None where it is not stated."""
    at = moment_at(case, "violation.occur_time")
    return at.astimezone(SHANGHAI).date() if at is not None else None


def _words(f: PenaltyFacts) -> tuple[str, str]:
    """The words in which the case says on what it rests: the article that was violated, and the basis that the party is or was
    told.
    """
    told = f.told().basis if f.move.act == "SERVE_PRIOR_NOTICE" else f.case.notice.basis
    return f.case.violation.law, told


def _named(f: PenaltyFacts) -> tuple[Basis, ...]:
    """What the case rests on by its words."""
    judged = f.at().astimezone(SHANGHAI).date()
    return tuple(basis for text in _words(f) for basis in bases_on(text, act_day(f.case), judged))


def _no_basis(f: PenaltyFacts) -> list[str]:
    """The normative documents that the case cites, and that are no basis when the act is done."""
    at = f.at().astimezone(SHANGHAI)
    return list(dict.fromkeys(each for text in _words(f) for each in unusable(text, f.listed, at)))


def _benchmark_no_basis(f: PenaltyFacts) -> list[str]:
    """The document behind the benchmark, if it was one neither on the day of the act nor when the penalty is weighed."""
    acted = moment_at(f.case, "violation.occur_time")
    moments = (f.at().astimezone(SHANGHAI), *((acted,) if acted is not None else ()))
    return list(unusable(bracketed(f.benchmark().document), f.listed, *moments))


def _benchmark(f: PenaltyFacts) -> tuple[Basis, ...]:
    """What the benchmark item rests on that the penalty names."""
    return bases_on(words(f.benchmark()), act_day(f.case), f.at().astimezone(SHANGHAI).date())


def _document_held(f: PenaltyFacts) -> bool:
    """Whether the document behind the item had not ended by the day of the act, or has not when the penalty is weighed."""
    days = (act_day(f.case), f.at().astimezone(SHANGHAI).date())
    return any(day is not None and day <= until(f.benchmark()) for day in days)


def _said(found: Iterable[Basis], *wrong: Holds) -> dict[str, str]:
    """The bases that do not hold as they stand, what became of them, and the articles on the other side of the change."""
    out = [basis for basis in found if basis.holds in wrong]
    told = {
        "basis": (written(basis.code) for basis in out),
        "instead": (written(code) for basis in out for code in basis.instead),
        "gap": (basis.gap.zh for basis in out if basis.gap is not None),
    }
    joined = {name: "、".join(dict.fromkeys(texts)) for name, texts in told.items()}
    return {name: text for name, text in joined.items() if text}


@rule(
    "BASIS_NOT_IN_FORCE",
    guard="G-02 G-26",
    warning="EW-25",
    law="APL-2021:37",
    zh="所载依据在违法行为发生之日不是有效的法律；请载明当时有效的依据。",
    en="The basis named was not law on the day of the act. Name the one that was.",
    tells=lambda f: _said(_named(f), Holds.NOT_LAW),
)
def basis_was_law(f: PenaltyFacts) -> bool:
    """A case is filed under what was law on the day of the act, or under a lighter law that came later."""
    return not any(basis.holds is Holds.NOT_LAW for basis in _named(f))


@rule(
    "BASIS_NOT_IN_FORCE",
    guard="G-02 G-26",
    warning="EW-25",
    law="APL-2021:37",
    zh="所载依据在违法行为发生之日不是有效的法律，或者其后的新规定较轻；请适用当时有效的或者较轻的规定。",
    en="The basis named was not law on the day of the act, or the new law is lighter. Apply the law of then, or the lighter one.",
    tells=lambda f: _said(_named(f), *_OUT),
)
def basis_holds(f: PenaltyFacts) -> bool:
    """A penalty rests on the law of the day of the act, unless the new one is lighter: then on the new one."""
    return not any(basis.holds in _OUT for basis in _named(f))


@rule(
    "BASIS_NOT_IN_FORCE",
    guard="G-02 G-26",
    law="APL-2021:37;APL-2021:34",
    zh="所适用的裁量基准以违法行为发生之日尚未施行、已经废止或者已被较轻规定取代的法律为依据，或者其自身已经失效；请适用相应的裁量基准。",
    en="The benchmark has ended, or rests on a law that was not in force on the day of the act or is heavier than the new one. "
    "Name another.",
    tells=lambda f: _said(_benchmark(f), *_OUT),
)
def benchmark_holds(f: PenaltyFacts) -> bool:
    """A penalty is measured by a benchmark in force, of the law that holds for the act."""
    return _document_held(f) and not any(basis.holds in _OUT for basis in _benchmark(f))


_USABLE = (
    "所引规范性文件未公布、未施行、已失效、已废止、未列入继续有效目录或者所引条款已停止执行，不得作为依据；"
    "请改引有效的依据。"
)


@rule(
    "NORMDOC_NOT_USABLE",
    guard="G-68",
    law="GF-2008-17:13;GF-2008-17:15",
    zh=_USABLE,
    en="A normative document that is cited is unknown, not in force or off the list, or its clause is suspended. Cite one of the "
    "public list (ListDocumentsInForce).",
    tells=lambda f: {"documents": "、".join(_no_basis(f))},
)
def documents_usable(f: PenaltyFacts) -> bool:
    """What a case cites of normative documents is published, in force and on the list (GF-2008-17 13, 15)."""
    return not _no_basis(f)


@rule(
    "NORMDOC_NOT_USABLE",
    guard="G-68 G-28",
    law="GF-2008-17:15;GBF-2022-27:10",
    zh=_USABLE,
    en="The document behind the benchmark was no basis on the day of the act, and is none now. Name another benchmark.",
    tells=lambda f: {"documents": "、".join(_benchmark_no_basis(f))},
)
def benchmark_usable(f: PenaltyFacts) -> bool:
    """A penalty is measured by a benchmark whose document was a basis on the day of the act, or is one (GF-2008-17 15)."""
    return not _benchmark_no_basis(f)


@rule(
    "LAW_CHOICE_NOT_REASONED",
    guard="G-26",
    warning="EW-33",
    law="APL-2021:37",
    zh="违法行为发生后法律已经变化，应当说明适用原规定或者新规定的理由。",
    en="The law changed since the act. Say why the law of then, or the new one, is applied (law_choice).",
    tells=lambda f: _said(_named(f), Holds.CHOICE),
)
def law_chosen(f: PenaltyFacts) -> bool:
    """Where the law changed since the act, the choice of the old or the new one is reasoned: with the proposal, or later."""
    open_choice = any(basis.holds is Holds.CHOICE for basis in _named(f))
    return not open_choice or bool(_reason(f).strip())


def _reason(f: PenaltyFacts) -> str:
    """A decision that does not say it anew keeps to what the notice said, and that to the proposal."""
    return f.penalty().law_choice or f.case.notice.penalty.law_choice or f.case.proposal.law_choice
