"""A benchmark table as cities publish it becomes items, bands and exact numbers; what cannot be read is named and sets none."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks

from services.cli.benchmark.bring import Document, publish, read_table
from services.cli.benchmark.items import items_of
from services.cli.benchmark.report import SAYINGS, Report
from services.kit.access import mint
from services.law.discretion.grammar import fines_of
from services.law.discretion.saying import fine_zh
from services.node.failure import Failure
from tests.enforcement.department import Department
from tests.enforcement.listed import told
from tests.enforcement.samples import NODE
from tests.registry.sheets import book

HEAD = ("序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准", "备注")
STATUTE = "《示例法》第一条：处一万元以上十万元以下的罚款"


def table(
    file: Path, *lines: Sequence[str], head: Sequence[str] = ("sheet", *HEAD), encoding: str = "utf-8-sig"
) -> Path:
    """A text file; each line begins with the statute, and short ones are filled up."""
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows([*line, *[""] * (len(head) - len(line))] for line in lines)
    return file


def row(
    code: str = "",
    standard: str = "",
    level: str = "",
    *,
    violation: str = "",
    basis: str = "",
    why: str = "",
) -> list[str]:
    return ["示例法", code, violation, basis, level, why, standard]


def item(code: str, *levels: str, basis: str = "") -> list[list[str]]:
    """An item with a level for each wording."""
    first, *rest = [
        row(standard=standard, level=str(n), why=f"情节{n}") for n, standard in enumerate(levels, 1)
    ]
    first[1:4] = [code, f"违法行为{code}", basis]
    return [first, *rest]


def read(file: Path) -> tuple[list[benchmarks.Benchmark], Report]:
    report = Report()
    return items_of(file, report), report


def said(bands: Sequence[benchmarks.Band]) -> list[tuple[str, str]]:
    return [(band.code, "；".join(map(fine_zh, band.fines))) for band in bands]


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.findings]


def test_what_stands_above_holds_for_an_empty_cell(tmp_path: Path) -> None:
    file = table(
        tmp_path / "a.csv",
        row("1-1", "处一万元以下罚款", "1", violation="违法", basis="依据", why="轻微"),
        row(why="初次"),
        row("", "处一万元以上二万元以下罚款", "2", why="一般"),
        row("", "", "3", why="严重"),
        row("1-2", "处二万元罚款", "1", violation="另一违法", basis="另一依据", why="一般"),
    )

    [first, second], report = read(file)

    assert (first.benchmark_id, first.violation, first.basis) == ("示例法:1-1", "违法", "依据")
    assert [band.circumstances for band in first.bands] == ["轻微\n初次", "一般", "严重"]
    assert said(first.bands)[2] == ("3", "10000元以上20000元以下")
    assert second.code == "1-2" and len(second.bands) == 1 and not report.findings
    assert (report.rows, report.items, report.bands, report.with_figure, report.exact) == (5, 2, 4, 4, 4)


def test_levels_by_name_parts_and_repeated_classes(tmp_path: Path) -> None:
    file = table(
        tmp_path / "a.csv",
        row("1-1", "处一万元罚款", "1", violation="违法", basis="依据一", why="甲"),
        row("", "处二万元罚款", "2", why="乙"),
        row("", "处三万元罚款", "1", basis="依据二", why="丙"),
        row("", "处四万元罚款", "1", why="丁"),
        row("", "处五万元罚款", why="戊"),
        row("1-2", "处一万元罚款", "较轻", violation="违法", why="己"),
        row("", "处二万元罚款", "一般", why="庚"),
    )

    [first, second], report = read(file)

    assert [band.code for band in first.bands] == ["1", "2", "2-1", "2-1b", "2-1c"]
    assert first.basis == "依据一\n依据二"
    assert [(band.code, band.level) for band in second.bands] == [("较轻", "较轻"), ("一般", "一般")]
    assert codes(report)[0] == "REPEATED_CLASS"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_encoding_and_a_class_that_was_made_a_number(tmp_path: Path, encoding: str) -> None:
    line = row("1.0", "处一万元以上二万元以下罚款", "1.0", violation="违法行为", why="情节")

    [read_item], report = read(table(tmp_path / "a.csv", line, encoding=encoding))

    assert read_item.code == "1" and said(read_item.bands) == [("1", "10000元以上20000元以下")]
    assert not report.findings


def draw(sheet: Any) -> None:
    """A title, a head, an item whose cells are merged over three rows, a note, another statute in the middle."""
    sheet.merge_range(0, 0, 0, 6, "示例市行政处罚裁量基准")
    sheet.write_row(1, 0, HEAD)
    sheet.merge_range(2, 0, 4, 0, "1-1")
    sheet.merge_range(2, 1, 4, 1, "违法行为甲\n违法行为乙")
    sheet.merge_range(2, 2, 4, 2, "示例法第一条")
    sheet.write_row(2, 3, [1.0, "情节一", "处一万元以上二万元以下罚款"])
    sheet.merge_range(3, 3, 4, 3, 2.0)
    sheet.write(3, 4, "情节二")
    sheet.merge_range(3, 5, 4, 5, "处二万元以上三万元以下罚款")
    sheet.write(4, 4, "情节三")
    sheet.merge_range(5, 0, 5, 6, "二、《中华人民共和国示例污染防治法》")
    sheet.write_row(6, 0, ["2-1", "违法行为丙", "第二条", "较轻", "情节", "每吨处500元罚款"])
    sheet.merge_range(7, 0, 7, 6, "注：以上、以下均含本数。")


def test_a_workbook_as_it_was_published(tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        填表说明=[["先看这里"]],
        示例法=draw,
        示例条例=[HEAD, ["3-1", "违法行为丁", "", 1, "", "处五千元以下罚款"]],
    )

    items, report = read(file)

    assert [each.benchmark_id for each in items] == ["示例法:1-1", "示例污染防治法:2-1", "示例条例:3-1"]
    assert [said(each.bands) for each in items] == [
        [("1", "10000元以上20000元以下"), ("2", "20000元以上30000元以下")],
        [("较轻", "每吨500元")],
        [("1", "5000元以下")],
    ]
    assert items[0].violation == "违法行为甲\n违法行为乙"
    assert items[0].bands[1].circumstances == "情节二\n情节三"
    assert report.titles == ["示例市行政处罚裁量基准"]
    assert codes(report) == ["NO_TABLE", "NOTE"] and not report.problems


def test_what_nobody_sees_is_not_read_or_said(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file) as made:
        for name in ("旧表", "示例法"):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, HEAD)
            sheet.write_row(1, 0, ["1-1", "违法", "", "1", "", "处一万元罚款"])
            sheet.write_row(2, 3, ["2", "", "处二万元罚款"])
        sheet.set_row(2, None, None, {"hidden": True})
        made.get_worksheet_by_name("旧表").hide()
        sheet.activate()

    [read_item], report = read(file)

    assert read_item.statute == "示例法" and len(read_item.bands) == 2
    assert [(finding.sheet, finding.line, finding.code) for finding in report.findings] == [
        ("旧表", 0, "HIDDEN_SHEET"), ("示例法", 3, "HIDDEN_ROW"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_named_and_sets_no_band(tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", *item("1-1", "处一万五罚款", "处二万元以上五万元以下罚款", "给予警告"))

    [read_item], report = read(file)

    [problem] = report.problems
    assert (problem.line, problem.column, problem.item, problem.code) == (
        2,
        "裁量标准",
        "1-1 1",
        "UNREADABLE",
    )
    assert problem.text == "处一万五罚款" and "一万五" in problem.zh and "一万五" in problem.en
    assert not read_item.bands[0].fines and read_item.bands[1].fines
    assert codes(report) == ["UNREADABLE", "NO_AMOUNT"]
    assert (report.with_figure, report.exact) == (2, 1)
    report.save(tmp_path / "report.csv")
    lines = [*csv.DictReader((tmp_path / "report.csv").open(encoding="utf-8-sig"))]
    assert [line["识别为 read as"] for line in lines] == ["", "20000元以上50000元以下", ""]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([row(standard="处一万元罚款", level="1")], "NO_ITEM"),
        ([*item("1-1", "处一万元罚款"), *item("1-1", "处二万元罚款")], "REPEATED_ITEM"),
        ([["", *item("1-1", "处一万元罚款")[0][1:]]], "NO_STATUTE"),
        ([row("1-1", "处一万元罚款", "1")], "NO_VIOLATION"),
        (item("1-1", "处二十万元罚款", basis=STATUTE), "BEYOND_STATUTE"),
        (item("1-1", "处五千元以上一万元以下罚款", basis=STATUTE), "BEYOND_STATUTE"),
        (item("1-1", "=1+1"), "BAD_FIELD"),
        (item("1-1", "#REF!"), "BAD_FIELD"),
    ],
)
def test_what_cannot_be_taken_sets_nothing(tmp_path: Path, lines: list[list[str]], code: str) -> None:
    items, report = read(table(tmp_path / "a.csv", *lines))

    assert code in [problem.code for problem in report.problems]
    taken = [band for each in items for band in each.bands if band.fines]
    assert len(taken) == (code == "REPEATED_ITEM")


def test_an_item_number_that_became_a_date_is_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet("示例法")
        sheet.write_row(0, 0, HEAD)
        sheet.write_datetime(1, 0, date(2026, 1, 1))
        sheet.write_row(1, 1, ["违法", "", 1, "", "处一万元罚款"])
        sheet.write_row(2, 3, [2, "", "处二万元罚款"])

    items, report = read(file)

    assert items == [] and [(p.line, p.code) for p in report.problems] == [(2, "IS_DATE")]


@pytest.mark.parametrize(
    ("levels", "found"),
    [
        (("处一万元以上二万元以下罚款", "处三万元以上十万元以下罚款"), ["GAP"]),
        (("处一万元以上三万元以下罚款", "处二万元以上十万元以下罚款"), ["OVERLAP"]),
        (("处一万元以上三万元以下罚款", "处三万元以上十万元以下罚款"), []),
        (("处一万元以上二万元以下罚款", "处一万五罚款", "处三万元以上十万元以下罚款"), ["UNREADABLE"]),
    ],
)
def test_levels_are_held_against_each_other(
    tmp_path: Path, levels: tuple[str, ...], found: list[str]
) -> None:
    [read_item], report = read(table(tmp_path / "a.csv", *item("1-1", *levels, basis=STATUTE)))

    assert codes(report) == found
    assert fine_zh(read_item.statute_fines[0]) == "10000元以上100000元以下"


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong.csv"
    file.write_text("a,b\n1,2\n", "utf-8")

    with pytest.raises(Failure, match=r"缺少列 columns are missing: 序号"):
        read_table(file, Document(), Report())


def test_the_page_on_tables_says_what_is_read() -> None:
    page = Path("docs/benchmarks.md").read_text("utf-8")
    rows = [
        line.strip("| ").split(" | ")
        for line in page.splitlines()
        if line.startswith(("| 处", "| 违", "| 没", "| 对"))
    ]

    assert len(rows) > 10
    for wording, read_as in rows:
        assert "；".join(map(fine_zh, fines_of(wording))) == read_as
    assert all(f"`{code}`" in page for code in SAYINGS)


async def bring(department: Department, file: Path, **document: Any) -> Report:
    """Import a file at the department."""
    report = Report()
    items = read_table(file, Document(**document), report)
    token = mint(
        (department.folder / "token.key").read_bytes(), "importer", NODE, ("ROSTER_CLERK", "AGENCY_HEAD")
    )
    target = department.target
    await publish(target, (("authorization", f"Bearer {token}"),), NODE, items, report)
    return report


async def test_what_changed_becomes_a_version_and_the_rest_stays(
    department: Department, tmp_path: Path
) -> None:
    def lines(second: str) -> list[list[str]]:
        found = [*item("7-1", "处一万元罚款"), *item("7-2", second)]
        return [["导入测试法", *line[1:]] for line in found]

    await department.hear(told(department, 41, number="示例基准〔2026〕1号"))
    first = await bring(
        department, table(tmp_path / "a.csv", *lines("处二万元罚款")), title="示例基准〔2026〕1号"
    )
    again = await bring(
        department, table(tmp_path / "a.csv", *lines("处二万元罚款")), title="示例基准〔2026〕1号"
    )
    changed = await bring(
        department, table(tmp_path / "a.csv", *lines("处三万元罚款")), title="示例基准〔2026〕1号"
    )
    listed = (
        await department.do("ListBenchmarks", ("head-1", "AGENCY_HEAD"), statute="导入测试法")
    ).benchmarks

    assert [(r.published, r.unchanged, r.refused) for r in (first, again, changed)] == [
        (2, 0, []),
        (0, 2, []),
        (1, 1, []),
    ]
    assert [(each.code, each.version) for each in listed] == [("7-1", 1), ("7-2", 2)]
    assert listed[0].document == "示例基准〔2026〕1号"
