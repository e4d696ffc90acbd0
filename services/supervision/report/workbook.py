"""A report as a workbook: the figures on one sheet, all that they count on the next, one row for each."""

import io
from typing import Any

import xlsxwriter
from yifa.supervision.v1 import report_pb2 as pb

from services.law.calendar import SHANGHAI
from services.law.figure import FIGURES
from services.supervision.report.asked import Asked
from services.supervision.report.making import Made, row_message

FIGURES_SHEET, ROWS_SHEET, LEFT_OUT_SHEET = "数据", "明细", "未计入"
ROW_TITLES = ("指标", "执法主体", "案号、编号", "事项", "文号", "时间", "金额（元）", "记录编号")
LEFT_OUT_TITLES = ("案件编号", "案号", "执法主体")


def yuan(fen: int) -> float:
    return fen / 100


def workbook(asked: Asked, made: Made) -> bytes:
    """The file."""
    out, report = io.BytesIO(), made.report
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        plain = {"valign": "vcenter", "border": 1}
        formats = {
            "title": book.add_format({"bold": True, "font_size": 16}),
            "head": book.add_format(
                {**plain, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#eeeeee"}
            ),
            "text": book.add_format({**plain, "num_format": "@", "text_wrap": True}),
            "count": book.add_format({**plain, "num_format": "#,##0"}),
            "sum": book.add_format({**plain, "num_format": "#,##0.00"}),
            "note": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _figures(book.add_worksheet(FIGURES_SHEET), report, formats)
        _rows(book.add_worksheet(ROWS_SHEET), asked, made, formats)
        if report.left_out:
            _left_out(book.add_worksheet(LEFT_OUT_SHEET), report, formats)
    return out.getvalue()


def _figures(sheet: Any, report: pb.Report, formats: Any) -> None:
    """A line for each group, two columns for each figure that has an amount."""
    sheet.write_string(0, 0, report.title_zh, formats["title"])
    sheet.write_string(1, 0, f"统计期间：{report.from_day}至{report.until_day}")
    sheet.merge_range(2, 0, 3, 0, "单位", formats["head"])
    sheet.set_column(0, 0, 28)
    column, places = 1, []
    for each in report.columns:
        figure = each.figure
        title = f"{each.section_zh}\n{figure.title_zh}".strip()
        if figure.has_amount:
            sheet.merge_range(2, column, 2, column + 1, title, formats["head"])
            sheet.write_string(3, column, "件数", formats["head"])
            sheet.write_string(3, column + 1, "金额（元）", formats["head"])
        else:
            sheet.write_string(2, column, title, formats["head"])
            sheet.write_string(3, column, "件数", formats["head"])
        places.append(column)
        column += 2 if figure.has_amount else 1
    sheet.set_column(1, max(column - 1, 1), 12)
    sheet.set_row(2, 48)
    sheet.freeze_panes(4, 1)
    for n, line in enumerate(report.lines, 4):
        sheet.write_string(n, 0, line.title_zh, formats["text"])
        for place, value in zip(places, line.values, strict=True):
            sheet.write_number(n, place, value.count, formats["count"])
            if value.HasField("amount"):
                sheet.write_number(n, place + 1, yuan(value.amount.fen), formats["sum"])
    end = 5 + len(report.lines)
    if report.note_zh:
        sheet.merge_range(
            end, 0, end, min(max(column - 1, 1), 12), f"说明：{report.note_zh}", formats["note"]
        )
        sheet.set_row(end, 48)
    if report.left_out_total:
        sheet.write_string(end + 1, 0, f"因数据质量未计入案件{report.left_out_total}件。")


def _rows(sheet: Any, asked: Asked, made: Made, formats: Any) -> None:
    """All that is counted, by figure and time."""
    for n, title in enumerate(ROW_TITLES):
        sheet.write_string(0, n, title, formats["head"])
    sheet.set_column(0, 3, 24)
    sheet.set_column(4, len(ROW_TITLES) - 1, 20)
    sheet.freeze_panes(1, 0)
    order = {name: n for n, name in enumerate(asked.criteria.figure_ids)}
    sorted_ = sorted(
        made.entries, key=lambda e: (order[e.figure_id], e.counted.at, e.about.subject_id, e.counted.which)
    )
    names: dict[str, str] = {}
    for n, entry in enumerate(sorted_, 1):
        row = row_message(asked.view, entry, names)
        at = entry.counted.at.astimezone(SHANGHAI)
        texts = (
            FIGURES[entry.figure_id].title_zh,
            row.body_name,
            row.number,
            row.title,
            row.which,
            f"{at:%Y-%m-%d %H:%M}",
        )
        for column, text in enumerate(texts):
            sheet.write_string(n, column, text, formats["text"])
        if row.HasField("amount"):
            sheet.write_number(n, 6, yuan(row.amount.fen), formats["sum"])
        sheet.write_string(n, 7, row.subject_id, formats["text"])


def _left_out(sheet: Any, report: pb.Report, formats: Any) -> None:
    for n, title in enumerate(LEFT_OUT_TITLES):
        sheet.write_string(0, n, title, formats["head"])
    sheet.set_column(0, 2, 30)
    for n, each in enumerate(report.left_out, 1):
        for column, text in enumerate((each.case_id, each.case_number, each.body_name)):
            sheet.write_string(n, column, text, formats["text"])
