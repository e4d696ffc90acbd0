"""EW-25: a case in work rests on a law, or a normative document, that ended. That a decision does mirrors rules."""

from collections.abc import Iterable

from yifa.enforcement.v1.case_pb2 import Case

from services.law.calendar import SHANGHAI
from services.law.concordance import Holds, bases_on
from services.law.ended import end_time, written
from services.law.moment import moment_of
from services.law.procedures.penalty.law_then import act_day
from services.supervision.case.matter import GIVEN_UP
from services.supervision.normative_document.cited import ended_documents
from services.supervision.warning.catalogue import ORANGE, RED, Finding, also, said
from services.supervision.warning.seen import SeenCase

# They look when the department finds what a change of the law touches, not when it tells of an act.
NO_EVENT = frozenset[object]()
LEVELS = {Holds.NOT_LAW: RED, Holds.LIGHTER: RED, Holds.CHOICE: ORANGE}


@also("EW-25", watches="case", on=NO_EVENT)
def basis_ended(seen: SeenCase) -> Iterable[Finding]:
    """Since the case was filed the article that it names ended: red where it does not hold for the act, as one that was no law on
    its day, or as the heavier one; orange where either may hold, and nothing says which is chosen and why (APL 37). Looked at
    when the department finds what a change of the law touches; settled once the case is decided, or given up.
    """
    case = seen.case
    if not case.HasField("file_time"):
        return
    today = seen.look.now.astimezone(SHANGHAI).date()
    over = case.HasField("decision") or case.no_penalty.HasField("decide_time") or case.state in GIVEN_UP
    for text in dict.fromkeys((case.violation.law, case.notice.basis)):
        for basis in bases_on(text, act_day(case), today):
            end = end_time(basis.statute)
            if basis.holds not in LEVELS or end is None or end < moment_of(case.file_time):
                continue
            if basis.holds is Holds.CHOICE and chosen(case):
                continue
            instead = "、".join(written(code) for code in basis.instead) or "—"
            yield Finding(
                at=end,
                zh=f"在办案件所依据的{written(basis.code)}已于{end:%Y-%m-%d}失效，应当按照从旧兼从轻选择适用并说明理由；对应规定：{instead}。",
                en=f"The case rests on {basis.code}, which ended on {end:%Y-%m-%d}. Choose the law of the day of the act or the "
                f"lighter one, and say why; in its place: {instead}.",
                about=basis.code,
                reason="BASIS_ENDED",
                level=LEVELS[basis.holds],
                over=over,
            )


@also("EW-25", watches="case", on=NO_EVENT)
def document_ended(seen: SeenCase) -> Iterable[Finding]:
    """Since the case was filed a normative document that it cites ended, went off the list of those that go on, or had the clause
    stopped: it is no basis any more (GF-2008-17 13, 15). Looked at and settled as with a law.
    """
    case = seen.case
    if not case.HasField("file_time"):
        return
    over = case.HasField("decision") or case.no_penalty.HasField("decide_time") or case.state in GIVEN_UP
    filed = moment_of(case.file_time)
    for name, end in ended_documents(seen.look, (case.violation.law, case.notice.basis)):
        if end < filed:
            continue
        yield Finding(
            at=end,
            zh=f"在办案件所引规范性文件{name}自{said(end)}起已失效、未列入继续有效目录或者所引条款已停止执行，不得作为依据，应当改引有效的依据。",
            en=f"The case cites the normative document {name}, which since {said(end)} is no basis: it ended, is off "
            "the list, or the clause is suspended. Cite another basis.",
            about=name,
            reason="DOCUMENT_ENDED",
            law="GF-2008-17:15",
            over=over,
        )


def chosen(case: Case) -> bool:
    """Whether it is said which law is applied, and why."""
    return bool((case.notice.penalty.law_choice or case.proposal.law_choice).strip())
