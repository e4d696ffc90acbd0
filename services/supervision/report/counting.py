"""Counting: which records count for which figures of a time, one by one. Nothing is kept of it: it is counted anew each time."""

from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.discretion.measure import measured
from services.law.figure import FIGURES
from services.law.figures import COUNTS, Counted
from services.law.procedures.penalty.amounts import party_of
from services.supervision.benchmark.model import versions_of
from services.supervision.figure.keeping import measuring
from services.supervision.report.source import SOURCES, About, Span


class Entry(NamedTuple):
    """One thing that a figure counts."""

    figure_id: str
    about: About
    counted: Counted


class Looking:
    """What figures look up besides the record."""

    def __init__(self, view: View) -> None:
        self.view, self.known = view, dict[tuple[str, str], Any]()

    def versions(self, look: View, node: str, benchmark_id: str) -> Any:
        """What a department published of an item, looked up once."""
        key = (node, benchmark_id)
        if key not in self.known:
            self.known[key] = versions_of(look, node, benchmark_id)
        return self.known[key]

    def least(self, case: Any, penalty: Any) -> int | None:
        """By the department's benchmark for what was decided at first; None where that does not say."""
        if not penalty.benchmark_id or (item := measuring(self.view, case, self.versions)) is None:
            return None
        found = measured(item.statute_fines, penalty, party_of(case, penalty))
        lows = [span.lowest() for span in found.spans]
        return min(lows) if lows and not found.missing else None


def days(first: date, last: date) -> Span:
    """The time of some days, both of which count."""
    begin, end = (
        datetime(d.year, d.month, d.day, tzinfo=SHANGHAI) for d in (first, last + timedelta(days=1))
    )
    return Span(begin, end)


def counted(
    view: View,
    span: Span,
    figure_ids: Collection[str],
    wanted: Callable[[About], bool] = lambda about: True,
    left_out: Callable[[About], object] = lambda about: None,
    bodies: Collection[str] = (),
) -> Iterator[Entry]:
    """What counts for some figures, of all bodies or of some. `left_out` is told of each case whose record cannot be as it is
    (DATA): nothing of it counts, nor of what stands beside it.
    """
    known = Looking(view)
    figures = [FIGURES[name] for name in figure_ids]
    for source in dict.fromkeys(each.source for each in figures):
        its = [each for each in figures if each.source == source]
        for record, about in SOURCES[source](view, span, bodies):
            if not wanted(about):
                continue
            if about.fault:
                if source == "case":
                    left_out(about)
                continue
            for each in its:
                for one in COUNTS[each.id](record, known):
                    if span.holds(one.at):
                        yield Entry(each.id, about, one)
