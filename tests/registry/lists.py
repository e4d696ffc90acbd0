"""Lists of people as departments keep them, for tests and the bench. Nobody in them exists."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import xlsxwriter
from stdnum.cn import ric
from yifa.registry.v1 import bulk_pb2, officer_pb2

HEAD = ("姓名", "身份证号", "执法主体", "单位", "岗位", "编制类别", "出生日期")
FIRST = date(1970, 1, 1)
SERIAL = count()


def person(n: int, body: str) -> list[Any]:
    """The n-th line of a list, as a department writes it."""
    born = FIRST + timedelta(days=n % 9000)
    return [f"示例人员{n}", number_of(n), body, "执法大队", "执法岗", "行政编制", born.isoformat()]


def number_of(n: int) -> str:
    """A well-formed 公民身份号码 of nobody; another one for each n below 9,000,000."""
    born = FIRST + timedelta(days=n % 9000)
    stem = f"440703{born:%Y%m%d}{n // 9000:03d}"
    return stem + ric.calc_check_digit(stem + "0")


def people(many: int) -> Iterator[int]:
    """Numbers of people whom no other list names."""
    return (next(SERIAL) for _ in range(many))


def row(n: int, body: str, **more: Any) -> bulk_pb2.OfficerRow:
    """The same as a row of the stream."""
    made = bulk_pb2.OfficerRow(
        line=n + 2,
        name=f"示例人员{n}",
        id_number=number_of(n),
        body=body,
        unit="执法大队",
        post="执法岗",
        staff_kind=officer_pb2.STAFF_KIND_PERMANENT,
    )
    for name, value in more.items():
        setattr(made, name, value)
    return made


def csv_file(file: Path, lines: Sequence[Sequence[Any]], encoding: str = "utf-8-sig") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *lines])
    file.write_bytes(text.getvalue().encode(encoding))
    return file


def workbook(file: Path, lines: Sequence[Sequence[Any]], title: str = "") -> Path:
    """A workbook in which days are days and numbers are numbers, under a title line if there is one."""
    with xlsxwriter.Workbook(file) as book:
        sheet, as_day = book.add_worksheet(), book.add_format({"num_format": "yyyy/m/d"})
        if title:
            sheet.merge_range(0, 0, 0, 6, title)
        for number, cells in enumerate([HEAD, *lines], int(bool(title))):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, cell, as_day)
                else:
                    sheet.write(number, column, cell)
    return file
