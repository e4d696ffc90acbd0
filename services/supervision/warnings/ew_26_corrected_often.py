"""EW-26: reconsideration and courts correct a body too often."""

from collections.abc import Iterable
from datetime import datetime, time

from yifa.enforcement.v1.case_pb2 import Case

from services.law.calendar import SHANGHAI
from services.law.procedures.penalty.corrected import Ended, ended_remedies, rate
from services.law.term import Term, shifted
from services.supervision.case.remedied import remedies_of
from services.supervision.warning.catalogue import ORANGE, Finding, warning
from services.supervision.warning.seen import SeenCase


@warning(
    "EW-26",
    ORANGE,
    law="GBF-2005-37",
    zh="败诉、被纠错率偏高",
    en="Decisions corrected too often",
    watches="case",
)
def corrected_often(seen: SeenCase) -> Iterable[Finding]:
    """Of the remedies against a body that ended in the months before (warning.EW-26.period), so many at least (.cases), so large
    a share (.share) corrected it. The remedy that makes it so is warned of, and every further correction; and so is each one that
    came because the body did not reply in time (ARL 70).
    """
    case = seen.case
    own = ended_remedies(case)
    if not own:
        return
    yield from (_unanswered(case, this) for this in own if this.unanswered)
    every = remedies_of(seen.look, case)
    for this in own:
        if (limits := _limits(seen, this.at, case.sector)) is None:
            continue
        share, least, months = limits
        before = [each for each in every if _since(this.at, months) < each.at and each < this]
        now = rate([*before, this])
        if now.high(share, least) and (this.corrected or not rate(before).high(share, least)):
            yield _finding(case, this, now.corrected, now.ended, months)


def _finding(case: Case, this: Ended, corrected: int, ended: int, months: int) -> Finding:
    percent = f"{100 * corrected / ended:.0f}%"
    return Finding(
        at=this.at,
        zh=f"{case.body_name}{months}个月内审结的复议、诉讼{ended}件，被撤销、变更、确认违法或者责令履行{corrected}件，占{percent}。",
        en=f"Of {ended} reconsiderations and suits against {case.body_name} that ended within {months} months, {corrected} "
        f"({percent}) annulled or changed what it did, declared it unlawful or ordered it to perform.",
        about=this.paper,
        reason="CORRECTED_OFTEN",
    )


def _unanswered(case: Case, this: Ended) -> Finding:
    return Finding(
        at=this.at,
        zh=f"{case.body_name}未在法定期限内提出书面答复、提交证据，被视为没有证据、依据（{this.paper}）。",
        en=f"{case.body_name} did not reply in time and was held to have no evidence ({this.paper}).",
        about=this.paper,
        reason="UNANSWERED",
        law="ARL-2023:70",
    )


def _since(at: datetime, months: int) -> datetime:
    """The first moment of the day that lies so many months before."""
    return datetime.combine(
        shifted(Term(months, "month"), at.astimezone(SHANGHAI).date(), -1), time.min, SHANGHAI
    )


def _limits(seen: SeenCase, at: datetime, sector: str) -> tuple[int, int, int] | None:
    """The share in per cent, how many remedies at least, in how many months; None before this was looked at."""
    day = at.astimezone(SHANGHAI).date()
    names = ("share", "cases", "period")
    try:
        share, least, months = (
            seen.look.parameters.value(f"warning.EW-26.{name}", day, sector).value for name in names
        )
    except ValueError:
        return None
    return share, least, months
