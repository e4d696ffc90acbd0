"""EW-25: a case in work rests on a law that ended and does not hold for it. That a decision does mirrors the procedure's rules."""

from collections.abc import Iterable

from services.law.calendar import SHANGHAI
from services.law.concordance import Holds, bases_on
from services.law.ended import end_time, written
from services.law.procedures.penalty.law_then import act_day
from services.supervision.case.matter import GIVEN_UP
from services.supervision.warning.catalogue import Finding, also
from services.supervision.warning.seen import SeenCase

OUT = (Holds.NOT_LAW, Holds.LIGHTER)


@also("EW-25", watches="case")
def basis_ended(seen: SeenCase) -> Iterable[Finding]:
    """Since the case was filed the article that it names ended, and it is not the one that holds: it was not law on the day of the
    act, or what came in its place is lighter (APL 37). Looked at when its department finds what a change of the law
    touches; settled once the case is decided under what holds, or given up.
    """
    case = seen.case
    if seen.event is not None or not case.HasField("file_time"):
        return
    today = seen.look.now.astimezone(SHANGHAI).date()
    over = case.HasField("decision") or case.no_penalty.HasField("decide_time") or case.state in GIVEN_UP
    for text in dict.fromkeys((case.violation.law, case.notice.basis)):
        for basis in bases_on(text, act_day(case), today):
            end = end_time(basis.statute)
            if basis.holds not in OUT or end is None or end < case.file_time.ToDatetime(SHANGHAI):
                continue
            instead = "、".join(written(code) for code in basis.instead) or "—"
            yield Finding(
                at=end,
                zh=f"在办案件所依据的{written(basis.code)}已于{end:%Y-%m-%d}失效，对本案不再适用；对应规定：{instead}。",
                en=f"The case rests on {basis.code}, which ended on {end:%Y-%m-%d} and does not hold for it; in its place: "
                f"{instead}.",
                about=basis.code,
                reason="BASIS_ENDED",
                over=over,
            )
