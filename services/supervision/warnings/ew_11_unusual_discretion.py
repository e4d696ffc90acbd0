"""EW-11: fines outside the band, unlike those of the city for the same act, or too often as high as the statute allows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

from sqlalchemy import func, select

from services.law.discretion.measure import measured_band, unread
from services.law.moment import moment_at
from services.law.procedures.penalty.amounts import party_of, yuan
from services.law.procedures.penalty.outcome import in_force
from services.supervision.case.model import CaseView
from services.supervision.figure.keeping import AT_MOST, NOT_KNOWN, decided_first, measuring
from services.supervision.warning.catalogue import ORANGE, Finding, also, warning
from services.supervision.warning.seen import DECIDING, SeenCase, SeenMonth

CASES = CaseView.__table__
# The median distance from the median, times this, is the standard deviation of what is spread normally.
SIGMA = 1.4826
LAW = "GBF-2022-27:12"


@warning("EW-11", ORANGE, law=LAW, zh="裁量异常", en="Unusual discretion", watches="case", on=DECIDING)
def outside_band(seen: SeenCase) -> Iterable[Finding]:
    """A fine lies outside the band that the decision names, and no reason for it was approved. What the department's published
    benchmark does not let anybody reckon is not judged.
    """
    at = moment_at(seen.case, "decision.decide_time")
    if at is None or not in_force(seen.case) or seen.limits(at, "EW-11.cases") is None:
        return
    case, penalty = seen.case, decided_first(seen.case)
    if not penalty.band_code or (penalty.deviation_reason.strip() and penalty.deviation_approver.strip()):
        return
    item = measuring(seen.look, case)
    band = next((b for b in item.bands if b.code == penalty.band_code), None) if item is not None else None
    if band is None or unread(band):
        return
    found = measured_band(band, penalty, party_of(case, penalty))
    if found.missing or not found.spans or found.holds(penalty.fine.fen):
        return
    fine, least = yuan(penalty.fine.fen), yuan(min(span.lowest() for span in found.spans))
    highs = [span.highest() for span in found.spans]
    most = "" if None in highs else yuan(max(high for high in highs if high is not None))
    yield Finding(
        at=at,
        zh=f"罚款{fine}元，不在所载裁量档次“{band.code} {band.level}”的幅度内（{least}元至{most or '不限'}元），"
        "也没有载明经批准的理由。",
        en=f"The fine of {fine} yuan lies outside the band “{band.code} {band.level}” that it names ({least} to "
        f"{most or 'no limit'} yuan), and no approved reason is stated.",
        reason="OUT_OF_BAND",
    )


class Decided(NamedTuple):
    """A fine, as it is compared."""

    at: datetime
    body_id: str
    body_name: str
    node: str
    weighed: int
    at_most: int
    officer_ids: Sequence[str]
    title: str


class Odd(NamedTuple):
    """Whose fines for an act are odd, and how: by their median, or by their share at the maximum."""

    reason: str
    body_id: str
    officer_id: str


@also("EW-11", watches="month")
def unlike_the_city(seen: SeenMonth) -> Iterable[Finding]:
    """For one act, so many fines at least (parameter warning.EW-11.cases) of a body or an officer within some months (.period)
    have a median that lies more robust deviations from that of the city than .sigma says, and .least per cent of it at least;
    or a share of more than .at_maximum is as high as the statute allows. The month in which that begins is warned of.
    """
    names = ("sigma", "cases", "period", "at_maximum", "least")
    if (numbers := seen.limits(*(f"EW-11.{name}" for name in names))) is None:
        return
    limits = dict(zip(names, numbers, strict=True))
    months = limits["period"]
    since, before = seen.since(months), seen.before.since(months)
    for act in acts(seen, since, limits["cases"]):
        rows = decided(seen, act, before)
        now = odd([row for row in rows if row.at >= since], limits)
        then = {} if seen.first else odd([row for row in rows if row.at < seen.before.end], limits)
        for one, (row, zh, en) in now.items():
            if one not in then:
                yield Finding(
                    at=seen.end, zh=f"{months}个月内，{zh}", en=f"Within {months} months, {en}",
                    about=f"{seen.month:%Y-%m}/{act}/{one.officer_id}", reason=one.reason,
                    subject=one.body_id, node=row.node,
                )  # fmt: skip


def acts(seen: SeenMonth, since: datetime, least: int) -> list[str]:
    """The acts for which there are fines enough."""
    counted = select(CASES.c.act).where(
        CASES.c.act != "", CASES.c.decide_time >= since, CASES.c.decide_time < seen.end
    )
    many = counted.group_by(CASES.c.act).having(func.count() >= least).order_by(CASES.c.act)
    return [row.act for row in seen.look.rows(many)]


def decided(seen: SeenMonth, act: str, since: datetime) -> list[Decided]:
    c = CASES.c
    wanted = select(
        c.decide_time, c.body_id, c.body_name, c.node, c.weighed, c.at_most, c.officer_ids, c.violation_title
    )
    its = wanted.where(c.act == act, c.decide_time >= since, c.decide_time < seen.end)
    return [Decided(*row) for row in seen.look.rows(its.order_by(c.decide_time, c.case_id))]


def odd(rows: Sequence[Decided], limits: Mapping[str, int]) -> dict[Odd, tuple[Decided, str, str]]:
    """Whose fines are odd among those for one act, with what is said of each."""
    if not rows:
        return {}
    middle = median(row.weighed for row in rows)
    sigma = SIGMA * median(abs(row.weighed - middle) for row in rows)
    found: dict[Odd, tuple[Decided, str, str]] = {}
    for (body_id, officer_id), its in groups(rows, limits["cases"]):
        own = median(row.weighed for row in its)
        away = abs(own - middle)
        row, many = its[-1], len(its)
        who, who_en = (
            (f"执法人员{officer_id}", f"officer {officer_id}") if officer_id else (row.body_name,) * 2
        )
        if away * 100 > limits["sigma"] * sigma and away * 100 >= limits["least"] * middle:
            times = f"{own / middle:.2f}" if middle else "0"
            found[Odd("MEDIAN_UNLIKE", body_id, officer_id)] = (
                row,
                (f"{who}对“{row.title}”作出罚款{many}件，其中位数为全市中位数的{times}倍，偏离明显。"),
                f"the median of {many} fines of {who_en} for “{row.title}” is {times} times that of the city, which stands out.",
            )
        known = [each for each in its if each.at_most != NOT_KNOWN]
        top = sum(each.at_most == AT_MOST for each in known)
        if len(known) >= limits["cases"] and top * 100 > limits["at_maximum"] * len(known):
            found[Odd("AT_MAXIMUM", body_id, officer_id)] = (
                row,
                (f"{who}对“{row.title}”作出罚款{len(known)}件，其中{top}件为法定最高限额。"),
                f"{top} of {len(known)} fines of {who_en} for “{row.title}” are as high as the statute allows.",
            )
    return found


def groups(rows: Sequence[Decided], least: int) -> Iterator[tuple[tuple[str, str], list[Decided]]]:
    """The fines of each body, and of each officer in it, where there are enough."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        found[(row.body_id, "")].append(row)
        for officer_id in row.officer_ids:
            found[(row.body_id, officer_id)].append(row)
    return ((who, its) for who, its in sorted(found.items()) if len(its) >= least)
