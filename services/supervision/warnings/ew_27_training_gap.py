"""EW-27: certificates that are about to expire, too few trainings, too few reviewers, an exam failed twice."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_ENFORCEMENT, CERTIFICATE_KIND_LEGAL_REVIEW

from services.law.calendar import SHANGHAI
from services.law.citation import INTERNAL
from services.law.procedures.training import half_days_needed
from services.law.term import Term, shifted
from services.supervision.certificate.terms import EXPIRES, CertificateTerm
from services.supervision.quota.model import BodyQuota
from services.supervision.quota.reactions import BEHIND, SESSIONS
from services.supervision.training.model import half_days_of, told_of
from services.supervision.training.reactions import BEHIND as DAYS_BEHIND
from services.supervision.warning.catalogue import YELLOW, Finding, also, warning
from services.supervision.warning.seen import SeenMonth, SeenOfficer, first_of, limits
from services.supervision.warnings.ew_13_income_growth import name_of

# The city watches over who may act, and how certificates are kept.
ROSTER = "ASR-2025:10"
TERMS, QUOTAS = CertificateTerm.__table__, BodyQuota.__table__


@warning("EW-27", YELLOW, law="", zh="培训、证件缺口", en="Gaps in training or certificates", watches="month")
def gaps(seen: SeenMonth) -> Iterable[Finding]:
    """What is missing in the roster at the end of a month."""
    yield from expiring(seen)
    yield from sessions_behind(seen)
    yield from days_behind(seen)
    yield from few_reviewers(seen)


def expiring(seen: SeenMonth) -> Iterable[Finding]:
    """A certificate for enforcement expires within some months (parameter warning.EW-27.certificate); settled when it is renewed
    or ends otherwise.
    """
    if (ahead := seen.limits("EW-27.certificate")) is None:
        return
    t = TERMS.c
    last = first_of(shifted(Term(ahead[0], "month"), seen.end.date(), 1))
    soon = select(*t).where(
        t.until_time > seen.end,
        t.until_time <= last,
        t.kind == CERTIFICATE_KIND_ENFORCEMENT,
        t.from_time < seen.end,
    )
    for row in seen.look.rows(soon.order_by(t.certificate_number)):
        until = f"{row.until_time.astimezone(SHANGHAI):%Y-%m-%d}"
        yield Finding(
            at=seen.end,
            zh=f"{row.officer_name}的行政执法证件（{row.certificate_number}）将于{until}到期，尚未换证。",
            en=f"The certificate {row.certificate_number} of {row.officer_name} expires on {until} and is not renewed.",
            about=row.certificate_number,
            reason=EXPIRES,
            law=ROSTER,
            subject=row.officer_id,
            node=row.node,
        )


def sessions_behind(seen: SeenMonth) -> Iterable[Finding]:
    """By a day of the year (warning.EW-27.sessions_by) a body had not held the sessions that the law asks of it in the year; what
    it only orders for itself accuses nobody.
    """
    if (day := seen.limits("EW-27.sessions_by")) is None:
        return
    by = first_of(date(seen.month.year, day[0] // 100, day[0] % 100))
    if not first_of(seen.month) < by <= seen.end:
        return
    q = QUOTAS.c
    its = select(*q).where(
        q.year == seen.month.year, q.clock_id == SESSIONS, q.needed > 0, q.law.not_in(("", INTERNAL))
    )
    for row in seen.look.rows(its.where((q.meet_time.is_(None)) | (q.meet_time > by)).order_by(q.key)):
        name = name_of(seen, row.subject_id)
        yield Finding(
            at=by,
            zh=f"{name}{row.year}年应当组织集中培训{row.needed}次，至{by:%Y-%m-%d}已知{row.done}次。",
            en=f"{name} has to hold {row.needed} sessions of training in {row.year}; by {by:%Y-%m-%d} {row.done} are known.",
            about=str(row.year),
            reason=BEHIND,
            law=row.law,
            subject=row.subject_id,
            node=row.node,
        )


def days_behind(seen: SeenMonth) -> Iterable[Finding]:
    """By a day of the year (warning.EW-27.training_by) an officer who may enforce had not the days of training that the year
    asks, at all departments together, and has them not yet; what a city only orders for itself accuses nobody.
    """
    if (day := seen.limits("EW-27.training_by")) is None:
        return
    year = seen.month.year
    by = first_of(date(year, day[0] // 100, day[0] % 100))
    needed = half_days_needed(seen.look.parameters, year)
    if not first_of(seen.month) < by <= seen.end or not needed.amount or needed.law in ("", INTERNAL):
        return
    told = told_of(seen.look, year)
    had, has = half_days_of(told, by), half_days_of(told)
    for row in officers_at(seen, by):
        if has.get(row.officer_id, 0) >= needed.amount:
            continue
        days = f"{had.get(row.officer_id, 0) / 2:g}"
        yield Finding(
            at=by,
            zh=f"{row.officer_name}{year}年应当参加培训不少于{needed.amount / 2:g}天，至{by:%Y-%m-%d}已知{days}天。",
            en=f"{row.officer_name} needs {needed.amount / 2:g} days of training in {year}; by {by:%Y-%m-%d} {days} are known.",
            about=str(year),
            reason=DAYS_BEHIND,
            law=needed.law,
            subject=row.officer_id,
            node=row.node,
        )


def officers_at(seen: SeenMonth, at: datetime) -> list[Any]:
    """Who may enforce at a moment, each once, by the newest certificate."""
    t = TERMS.c
    held = select(*t).where(t.kind == CERTIFICATE_KIND_ENFORCEMENT, t.from_time <= at, t.until_time > at)
    rows = seen.look.rows(held.order_by(t.officer_id, t.from_time, t.certificate_number))
    return [*{row.officer_id: row for row in rows}.values()]


def few_reviewers(seen: SeenMonth) -> Iterable[Finding]:
    """Of the officers of a department so many per cent, in whole persons, are qualified to review (warning.EW-27.reviewers). The
    month in which they become too few is warned of.
    """
    if (share := seen.limits("EW-27.reviewers")) is None:
        return
    now, before = staffed(seen, seen.end), staffed(seen, first_of(seen.month))
    for node, (officers, reviewers) in sorted(now.items()):
        needed = officers * share[0] // 100
        had = before.get(node, (0, 0))
        if reviewers >= needed or (had[1] < had[0] * share[0] // 100 and not seen.first):
            continue
        yield Finding(
            at=seen.end,
            zh=f"执法人员{officers}人，具有法制审核资格的{reviewers}人，应当不少于{needed}人（{share[0]}%）。",
            en=f"Of {officers} officers {reviewers} are qualified for legal review; {needed} have to be ({share[0]}%).",
            about=f"{seen.month:%Y-%m}",
            reason="FEW_REVIEWERS",
            law="GBF-2018-118:11",
            subject=node,
            node=node,
        )


def staffed(seen: SeenMonth, at: datetime) -> dict[str, tuple[int, int]]:
    """How many officers each department has at a moment, and how many of its people are qualified to review."""
    t = TERMS.c
    held = select(t.node, t.kind, func.count(func.distinct(t.officer_id)).label("many"))
    rows = seen.look.rows(held.where(t.from_time <= at, t.until_time > at).group_by(t.node, t.kind))
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        officers, reviewers = found.get(row.node, (0, 0))
        if row.kind == CERTIFICATE_KIND_ENFORCEMENT:
            officers = row.many
        elif row.kind == CERTIFICATE_KIND_LEGAL_REVIEW:
            reviewers = row.many
        found[row.node] = officers, reviewers
    return found


@also("EW-27", watches="officer")
def failed_twice(seen: SeenOfficer) -> Iterable[Finding]:
    """Two failed exams: the person is off the register, and the post has nobody who may act."""
    if seen.failures < 2 or limits(seen.look, seen.at, "EW-27.certificate") is None:
        return
    yield Finding(
        at=seen.at,
        zh=f"执法人员{seen.officer_id}资格考试{seen.failures}次不合格，已清除出库，不得从事执法。",
        en=f"Officer {seen.officer_id} failed {seen.failures} exams, is off the register, and may not enforce.",
        about=f"{seen.at.astimezone(SHANGHAI):%Y-%m-%d}",
        reason="FAILED_TWICE",
        law=ROSTER,
        subject=seen.officer_id,
        node=seen.node,
    )
