"""Which report is asked for: a yearly one, a saved one, or criteria as they are given."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.refusal import Malformed, Missing
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.figure import FIGURES
from services.law.reports import YearlyReport, reports
from services.supervision.body.model import Body, PowerItem
from services.supervision.certificate.model import Certificate
from services.supervision.report.counting import Entry, days
from services.supervision.report.model import ReportDefinition
from services.supervision.report.source import About, Span

BODIES: Any = Body.__table__  # type: ignore[attr-defined]
NONE = "-"
"""The group of what does not tell."""
FIRST_YEAR = 1997
"""Nothing was decided by the Law on Administrative Penalties in a whole year before."""
OUTCOMES = {
    pb.REPORT_OUTCOME_PENALISED: ("予以行政处罚", "Penalised"),
    pb.REPORT_OUTCOME_NOT_PENALISED: ("不予行政处罚", "Not penalised"),
    pb.REPORT_OUTCOME_UNDONE: ("决定被撤销、确认无效", "Decision annulled or void"),
    pb.REPORT_OUTCOME_UNDECIDED: ("未作出决定", "Not decided"),
}
Groups = Callable[[Entry, Mapping[str, str]], tuple[str, ...]]
GROUPS: Mapping[int, Groups] = MappingProxyType(
    {
        pb.REPORT_GROUPING_BODY: lambda e, fields: (e.about.body_id or NONE,),
        pb.REPORT_GROUPING_FIELD: lambda e, fields: (fields.get(e.about.body_id, "") or NONE,),
        pb.REPORT_GROUPING_ITEM: lambda e, fields: e.about.items or (NONE,),
        pb.REPORT_GROUPING_MONTH: lambda e, fields: (f"{e.counted.at.astimezone(SHANGHAI):%Y-%m}",),
        pb.REPORT_GROUPING_OFFICER: lambda e, fields: e.about.officers or (NONE,),
        pb.REPORT_GROUPING_OUTCOME: lambda e, fields: (str(e.about.outcome or NONE),),
    }
)
"""The groups that something belongs to, given the fields of the bodies."""
UNTOLD = ("未注明", "Not told")


@dataclass(frozen=True)
class Asked:
    """A report that is asked for, with all that it counts and how it groups."""

    view: View
    criteria: pb.ReportCriteria
    first: date
    last: date
    title: str = ""
    yearly: YearlyReport | None = None

    @property
    def span(self) -> Span:
        return days(self.first, self.last)

    @cached_property
    def fields(self) -> dict[str, str]:
        """The field of administration of each body."""
        return {row.body_id: row.field for row in self.view.rows(select(BODIES.c.body_id, BODIES.c.field))}

    def wants(self, about: About) -> bool:
        """Whether a record meets what narrows. What does not tell of it does not."""
        c = self.criteria
        return (
            (not c.body_ids or about.body_id in c.body_ids)
            and (not c.fields or self.fields.get(about.body_id, "") in c.fields)
            and (not c.item_ids or not set(c.item_ids).isdisjoint(about.items))
            and (not c.officer_ids or not set(c.officer_ids).isdisjoint(about.officers))
            and (not c.outcomes or about.outcome in c.outcomes)
        )

    def keys(self, entry: Entry) -> tuple[str, ...]:
        """The groups that something belongs to; none where there are no groups."""
        by = self.criteria.group_by
        return GROUPS[by](entry, self.fields) if by else ()

    def titles(self, key: str) -> tuple[str, str]:
        """What a group is called."""
        by = self.criteria.group_by
        if key == NONE:
            return UNTOLD
        if by == pb.REPORT_GROUPING_OUTCOME:
            return OUTCOMES[int(key)]  # type: ignore[index]
        if by == pb.REPORT_GROUPING_BODY:
            found = self.view.find(Body, key)
            return (found.name,) * 2 if found is not None and found.name else (key, key)
        if by == pb.REPORT_GROUPING_ITEM:
            item = self.view.find(PowerItem, key)
            return (f"{item.code} {item.name}".strip(),) * 2 if item is not None else (key, key)
        if by == pb.REPORT_GROUPING_OFFICER:
            held = Certificate.__table__  # type: ignore[attr-defined]
            named = self.view.one(select(held.c.officer_name).where(held.c.officer_id == key).limit(1))
            return (
                (f"{named.officer_name}（{key}）", f"{named.officer_name} ({key})") if named else (key, key)
            )
        return key, key

    def lines(self) -> Iterator[str]:
        """The groups that have a line though nothing counts for them: in a yearly report, every body that stood."""
        if self.yearly is None or self.criteria.group_by != pb.REPORT_GROUPING_BODY:
            return
        since, until = self.span
        for row in self.view.rows(select(BODIES).order_by(BODIES.c.body_id)):
            stood = row.confirmed and (row.from_time is None or row.from_time < until)
            asked = not self.criteria.body_ids or row.body_id in self.criteria.body_ids
            if stood and asked and (row.until_time is None or row.until_time > since):
                yield row.body_id


def asked_of(view: View, asked: pb.ReportAsked) -> Asked:
    """Raises Missing for a report, a definition or a body that there is not, Malformed for what cannot be counted."""
    ways = [bool(asked.report_id), bool(asked.definition_id), asked.HasField("criteria")]
    if sum(ways) != 1:
        said = ("names one report: report_id, definition_id or criteria", "应当且只能指明一种报表")
        raise Malformed({"asked": said})
    if asked.report_id:
        return _yearly(view, asked)
    title, criteria = "", asked.criteria
    if asked.definition_id:
        row = view.find(ReportDefinition, asked.definition_id)
        if row is None or row.deleted:
            raise Missing("ReportDefinition", asked.definition_id)
        saved = pb.ReportDefinition.FromString(row.record)
        title, criteria = saved.title, saved.criteria
    check(criteria)
    first, last = span_of(criteria)
    if asked.year:
        first, last = year_of(asked.year)
    return Asked(view, criteria, first, last, title)


def _yearly(view: View, asked: pb.ReportAsked) -> Asked:
    report = reports().get(asked.report_id)
    if report is None:
        raise Missing("YearlyReport", asked.report_id)
    if asked.body_id and view.find(Body, asked.body_id) is None:
        raise Missing("EnforcementBody", asked.body_id)
    criteria = pb.ReportCriteria(
        figure_ids=report.figures,
        body_ids=[asked.body_id] if asked.body_id else [],
        group_by=pb.REPORT_GROUPING_BODY,
    )
    first, last = year_of(asked.year)
    return Asked(view, criteria, first, last, report.title_zh, report)


def year_of(year: int) -> tuple[date, date]:
    """The first and the last day of a year. Raises Malformed."""
    if not FIRST_YEAR <= year <= 9998:
        raise Malformed(
            {"asked.year": (f"is a year from {FIRST_YEAR} on", f"应当为{FIRST_YEAR}年以后的年度")}
        )
    return date(year, 1, 1), date(year, 12, 31)


def check(criteria: pb.ReportCriteria) -> None:
    """Raises Malformed for figures that there are not, none, and days that are none."""
    if not criteria.figure_ids or len(set(criteria.figure_ids)) != len(criteria.figure_ids):
        raise Malformed({"criteria.figure_ids": ("are figures, each once", "应当列明统计指标，不得重复")})
    if unknown := [name for name in criteria.figure_ids if name not in FIGURES]:
        raise Malformed(
            {"criteria.figure_ids": (f"there is no figure {unknown[0]}", f"没有统计指标{unknown[0]}")}
        )
    span_of(criteria)


def span_of(criteria: pb.ReportCriteria) -> tuple[date, date]:
    """The days that are counted. Raises Malformed."""
    found = []
    for name in ("from_day", "until_day"):
        try:
            found.append(date.fromisoformat(getattr(criteria, name)))
        except ValueError:
            raise Malformed(
                {f"criteria.{name}": ("is a day as 2026-01-31", "应当为日期，如2026-01-31")}
            ) from None
    if not date(FIRST_YEAR, 1, 1) <= found[0] <= found[1] < date(9998, 1, 1):
        said = ("is no earlier than from_day", "不得早于起始日")
        raise Malformed({"criteria.until_day": said})
    return found[0], found[1]
