"""A report as it is asked for, and what its figures count one by one."""

from collections.abc import Iterator
from typing import NamedTuple

from yifa.law.v1.law_pb2 import Money
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.clocks import citation
from services.kit.view import View
from services.law.figure import FIGURES, Figure
from services.law.moment import put_moment
from services.supervision.body.model import Body
from services.supervision.report.asked import Asked
from services.supervision.report.counting import Entry, counted
from services.supervision.report.source import About

MOST_LEFT_OUT = 100
TOTAL = ("合计", "Total")


class Made(NamedTuple):
    """A report, and all that it counts."""

    report: pb.Report
    entries: list[Entry]


def figure_message(view: View, figure: Figure) -> pb.ReportFigure:
    """A figure, under an article that binds here."""
    return pb.ReportFigure(
        figure_id=figure.id,
        title_zh=figure.title_zh,
        title_en=figure.title_en,
        citation=citation(view.parameters.cited(figure.law)),
        has_amount=figure.amount,
        within=figure.within,
        of_fines=figure.of_fines,
    )


def make(asked: Asked) -> Made:
    """Count a report."""
    names = list(asked.criteria.figure_ids)
    faulty: list[About] = []
    entries = list(
        counted(asked.view, asked.span, names, asked.wants, faulty.append, asked.criteria.body_ids)
    )
    sums: dict[str, list[list[int]]] = {"": [[0, 0] for _ in names]}
    for key in asked.lines():
        sums[key] = [[0, 0] for _ in names]
    at = {name: n for n, name in enumerate(names)}
    for entry in entries:
        for key in ("", *asked.keys(entry)):
            cell = sums.setdefault(key, [[0, 0] for _ in names])[at[entry.figure_id]]
            cell[0] += 1
            cell[1] += entry.counted.fen
    report = _head(asked)
    for key in ("", *sorted(sums.keys() - {""})):
        zh, en = asked.titles(key) if key else TOTAL
        line = report.lines.add(key=key, title_zh=zh, title_en=en)
        for name, (count, fen) in zip(names, sums[key], strict=True):
            line.values.add(count=count, amount=Money(fen=fen) if FIGURES[name].amount else None)
    report.left_out_total = len(faulty)
    for about in faulty[:MOST_LEFT_OUT]:
        report.left_out.add(
            case_id=about.case_id, case_number=about.number, body_name=body_name(asked.view, about.body_id)
        )
    return Made(report, entries)


def _head(asked: Asked) -> pb.Report:
    yearly = asked.yearly
    report = pb.Report(
        title_zh=asked.title or "统计报表",
        title_en=asked.title or "Report",
        from_day=f"{asked.first}",
        until_day=f"{asked.last}",
    )
    if yearly is not None:
        report.title_zh = f"{asked.first.year}年度{yearly.title_zh}"
        report.title_en = f"{yearly.title_en} {asked.first.year}"
        report.citation.CopyFrom(citation(asked.view.parameters.cited(yearly.law)))
        report.due_day = f"{yearly.due_on(asked.first.year)}"
        report.note_zh, report.note_en = yearly.note_zh, yearly.note_en
    put_moment(report.generate_time, asked.view.now)
    headings = {
        name: (s.title_zh, s.title_en) for s in (yearly.sections if yearly else ()) for name in s.figures
    }
    for name in asked.criteria.figure_ids:
        zh, en = headings.get(name, ("", ""))
        report.columns.add(figure=figure_message(asked.view, FIGURES[name]), section_zh=zh, section_en=en)
    return report


def rows(asked: Asked, figure_id: str, line_key: str) -> Iterator[pb.ReportRow]:
    """What a figure of a line counts, the first first."""
    found = [
        entry
        for entry in counted(asked.view, asked.span, [figure_id], asked.wants, bodies=asked.criteria.body_ids)
        if not line_key or line_key in asked.keys(entry)
    ]
    names: dict[str, str] = {}
    for entry in sorted(found, key=lambda e: (e.counted.at, e.about.subject_id, e.counted.which)):
        yield row_message(asked.view, entry, names)


def row_message(view: View, entry: Entry, names: dict[str, str]) -> pb.ReportRow:
    about, one = entry.about, entry.counted
    if about.body_id not in names:
        names[about.body_id] = body_name(view, about.body_id)
    row = pb.ReportRow(
        subject_id=about.subject_id,
        number=about.number,
        title=about.title,
        which=one.which,
        body_id=about.body_id,
        body_name=names[about.body_id],
        case_id=about.case_id,
    )
    if FIGURES[entry.figure_id].amount:
        row.amount.fen = one.fen
    put_moment(row.occur_time, one.at)
    return row


def body_name(view: View, body_id: str) -> str:
    found = view.find(Body, body_id) if body_id else None
    return found.name if found is not None else body_id
