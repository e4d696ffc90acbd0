"""Scoring: what is counted of a body in a year, and the points that follow. Whoever counts it again comes to the same."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.view import View
from services.law.assessment import By, Indicator
from services.law.figure import FIGURES
from services.law.moment import micros
from services.supervision.assessment.scheme import ends_of
from services.supervision.report.counting import Entry, counted, days
from services.supervision.report.source import About


def entries_of(
    view: View, assessment: pb.Assessment, indicators: Iterable[Indicator], officer_id: str = ""
) -> dict[str, list[Entry]]:
    """All that counts for some indicators, by figure: that of each, and that of which it is a part; where an officer is named,
    what the officer handled.
    """
    names = {name for each in indicators for name in (each.counts, FIGURES[each.counts].within) if name}
    found: dict[str, list[Entry]] = {name: [] for name in names}
    year, body_id = assessment.year, assessment.body_id
    span = days(date(year, 1, 1), date(year, 12, 31))

    def wanted(about: About) -> bool:
        return about.body_id == body_id and (not officer_id or officer_id in about.officers)

    for entry in counted(view, span, sorted(names), wanted, bodies=(body_id,)):
        found[entry.figure_id].append(entry)
    return found


def of(indicator: Indicator, found: dict[str, list[Entry]]) -> tuple[list[Entry], int]:
    """What an indicator counts, the first first, and of how many."""

    def chosen(figure_id: str) -> list[Entry]:
        only = indicator.only
        return [e for e in found.get(figure_id, ()) if not only or e.counted.which in only]

    counted_ = chosen(indicator.counts)
    counted_.sort(key=lambda e: (e.counted.at, e.about.subject_id, e.counted.which))
    within = FIGURES[indicator.counts].within
    return counted_, len(chosen(within)) if within and not indicator.per else len(counted_)


def digest_of(entries: Iterable[Entry]) -> bytes:
    """What tells the same count from another: the records, the moments and what they are in the records."""
    lines = (f"{e.about.subject_id}\0{e.counted.which}\0{micros(e.counted.at)}" for e in entries)
    return sha256("\n".join(lines).encode()).digest()


def by_machine(indicator: Indicator, found: dict[str, list[Entry]]) -> pb.AssessedIndicator:
    """What an indicator that is counted comes to."""
    entries, among = of(indicator, found)
    return pb.AssessedIndicator(
        indicator_id=indicator.id,
        points=indicator.points(len(entries), among),
        counted=len(entries),
        of=among,
        digest=digest_of(entries),
    )


def lines_of(
    view: View, assessment: pb.Assessment, scores: Iterable[pb.PersonScore], officer_id: str = ""
) -> list[pb.AssessedIndicator]:
    """What each indicator comes to: counted, scored by a person, or by what the public says; counted of an officer, where one is
    named.
    """
    ends, said = ends_of(assessment.scheme), {each.indicator_id: each for each in scores}
    found = entries_of(view, assessment, [each for each in ends if each.by is By.MACHINE], officer_id)
    opinion, lines = assessment.opinion, []
    for each in ends:
        if each.by is By.MACHINE:
            lines.append(by_machine(each, found))
        elif each.by is By.PERSON:
            score = said[each.id]
            lines.append(pb.AssessedIndicator(indicator_id=each.id, points=score.points, reason=score.reason))
        else:
            lines.append(
                pb.AssessedIndicator(
                    indicator_id=each.id,
                    points=each.satisfied(opinion.satisfied, opinion.asked),
                    counted=opinion.satisfied,
                    of=opinion.asked,
                    reason=opinion.source,
                )
            )
    return lines
