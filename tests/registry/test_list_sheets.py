"""Which list a file holds: what nobody sees is not taken for it, what is merged holds for each line, what is lost is no blank."""

import resource
from pathlib import Path
from typing import Any

import pytest

from services.node.failure import Failure
from tests.registry.lists import HEAD
from tests.registry.sheets import book, cell_of, document, fill, line, patched, read_list, row

FILES = Path(__file__).parent / "files"
PART = "xl/worksheets/sheet1.xml"
GUIDE = [["一、本表由各执法单位填写。"], ["二、身份证号请设为文本格式。"]]


def names(rows: list[Any]) -> list[str]:
    return [row.name for row in rows]


def faults(report: Any) -> list[tuple[int, str, str]]:
    assert all(p.zh and p.en for p in report.problems) and all(n.zh and n.en for n in report.notes)
    return [(p.line, p.column, p.reason) for p in report.problems]


def notes(report: Any) -> str:
    return "\n".join(note.zh for note in report.notes)


# sheets ------------------------------------------------------------------------------------------------------------


def test_a_hidden_sheet_is_not_taken_for_the_list(tmp_path: Path) -> None:
    def old(sheet: Any) -> None:
        fill(sheet, [HEAD, line(1)])
        sheet.hide()

    file = book(tmp_path / "a.xlsx", 旧数据=old, 花名册=[HEAD, line(2)])

    rows, report = read_list(file)

    assert (names(rows), report.sheet) == (["示例2"], "花名册")
    assert "隐藏的工作表未读取：“旧数据”" in notes(report)
    with pytest.raises(Failure, match="隐藏"):
        read_list(file, sheet="旧数据")


def test_a_workbook_whose_only_list_is_hidden_has_none(tmp_path: Path) -> None:
    def old(sheet: Any) -> None:
        fill(sheet, [HEAD, line(1)])
        sheet.very_hidden()

    file = book(tmp_path / "a.xlsx", 旧数据=old, 说明=GUIDE)

    with pytest.raises(Failure, match="“说明” （隐藏的未读取 hidden, not read: “旧数据”）缺少列"):
        read_list(file)


def test_the_list_is_found_behind_the_sheet_that_explains_it(tmp_path: Path) -> None:
    rows, report = read_list(book(tmp_path / "a.xlsx", 填表说明=GUIDE, 花名册=[HEAD, line(1)]))

    assert (names(rows), report.sheet) == (["示例1"], "花名册")


def test_two_lists_in_one_file_are_asked_about(tmp_path: Path) -> None:
    file = book(tmp_path / "a.xlsx", 一大队=[HEAD, line(1)], 二大队=[HEAD, line(2)], 空表=[HEAD])

    with pytest.raises(Failure, match=r"--sheet .*“一大队”、“二大队”$"):
        read_list(file)
    assert names(read_list(file, sheet="二大队")[0]) == ["示例2"]
    with pytest.raises(Failure, match=r"没有工作表“三大队”.*“一大队”、“二大队”、“空表”"):
        read_list(file, sheet="三大队")


def test_a_form_that_is_still_empty_is_a_list_of_nobody(tmp_path: Path) -> None:
    rows, report = read_list(book(tmp_path / "a.xlsx", 空表=[HEAD]))

    assert (rows, report.rows, report.sheet) == ([], 0, "空表")


# rows and columns that nobody sees ------------------------------------------------------------------------------------


def test_hidden_rows_and_columns_are_taken_and_named(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [HEAD, line(1), line(2), line(3), line(4)])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(4, 0)
        sheet.set_column(3, 3, None, None, {"hidden": True})

    rows, report = read_list(book(tmp_path / "a.xlsx", 名册=draw))

    assert names(rows) == ["示例1", "示例2", "示例3", "示例4"]
    assert "以下行是隐藏的，已一并读取：3, 5；" in notes(report)
    assert "以下列是隐藏的，已一并读取：单位" in notes(report)


def test_of_two_columns_the_one_that_is_seen_counts(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [("原岗位", "岗位", *HEAD), ("", "旧岗", *line(1))])
        sheet.set_column(1, 1, None, None, {"hidden": True})

    [row], report = read_list(book(tmp_path / "a.xlsx", 名册=draw))

    assert row.post == "执法岗" and report.notes == []


def test_an_old_workbook_is_read_with_what_it_hides_and_merges() -> None:
    rows, report = read_list(FILES / "hidden.xls")

    assert names(rows) == ["甲示例", "离示例", "乙示例"] and report.sheet == "名册"
    assert {(row.body, row.unit) for row in rows} == {("示例执法机关", "执法大队")}
    assert [row.birth_date.year for row in rows] == [1985, 1992, 1985]
    assert faults(report) == [(5, "身份证号", "BAD_FIELD")] and "#N/A" in report.problems[0].zh
    assert notes(report).split("\n") == [
        "隐藏的工作表未读取：“旧数据”",
        "以下列是隐藏的，已一并读取：出生日期",
        "以下行是隐藏的，已一并读取：3；不应在名单中的请删除后再导入",
        "以下行跨列合并，视为说明，未作为名单读取：6",
    ]


# merged cells ---------------------------------------------------------------------------------------------------------


def test_what_is_merged_holds_for_each_of_its_lines_and_a_footer_is_nobody(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 6, "行政执法人员花名册")
        fill(sheet, [HEAD, line(1), line(2, 执法主体="", 单位=""), line(3, 执法主体="")], 1)
        sheet.merge_range(2, 2, 5, 2, "示例执法机关")
        sheet.merge_range(2, 3, 3, 3, "执法大队")
        sheet.merge_range(6, 0, 6, 6, "填表人：某某      审核人：某某")

    rows, report = read_list(book(tmp_path / "a.xlsx", 名册=draw))

    assert [(r.line, r.body, r.unit) for r in rows] == [
        (3, "示例执法机关", "执法大队"), (4, "示例执法机关", "执法大队"), (5, "示例执法机关", "执法大队"),
    ]  # fmt: skip
    assert (report.rows, faults(report)) == (3, [])
    assert "未作为名单读取：7" in notes(report)


def test_a_person_across_two_columns_is_no_footer(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [HEAD, line(1)])
        sheet.merge_range(1, 3, 1, 4, "执法大队")

    [row], report = read_list(book(tmp_path / "a.xlsx", 名册=draw))

    assert (row.name, row.unit, row.post, report.notes) == ("示例1", "执法大队", "", [])


def test_a_head_of_two_lines_is_one_head(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [HEAD, HEAD, line(1), HEAD, line(2)])
        for column, title in enumerate(HEAD):
            if column not in (3, 4):
                sheet.merge_range(0, column, 1, column, title)
        sheet.merge_range(0, 3, 0, 4, "岗位情况")

    rows, report = read_list(book(tmp_path / "a.xlsx", 名册=draw))

    assert (names(rows), report.problems) == (["示例1", "示例2"], [])


def test_a_form_that_was_numbered_beforehand_ends_with_its_people(tmp_path: Path) -> None:
    lines = [("序号", *HEAD), (1, *line(1)), *((n, *[""] * 7) for n in range(2, 50))]

    rows, report = read_list(book(tmp_path / "a.xlsx", 名册=lines))

    assert (names(rows), report.rows, report.problems) == (["示例1"], 1, [])


# formulas and errors --------------------------------------------------------------------------------------------------


def test_an_error_or_a_formula_without_a_value_is_no_blank(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [HEAD, *(line(n) for n in range(1, 8))])
        sheet.write_formula("G2", "=VLOOKUP(A2,X:X,1)", None, "#N/A")
        sheet.write_formula("G3", '=TEXT(B3,"")', None, "")
        sheet.write_formula("D4", '="执法"&"大队"', None, "执法大队")
        sheet.write_formula("G5", '=IF(A5="x",1,"")', None, "")
        sheet.write("A6", "#REF!")
        sheet.write_string("A7", "=B7")
        sheet.write_formula("E8", "=1/0", None, "#DIV/0!")

    file = book(tmp_path / "a.xlsx", 名册=draw)
    patched(file, PART, '<c r="G5"><f>', '<c r="G5" t="str"><f>')
    patched(file, PART, "<f>1/0</f>", "")

    rows, report = read_list(file)

    assert [(r.line, r.unit) for r in rows] == [(4, "执法大队"), (5, "执法大队")]
    assert faults(report) == [
        (2, "出生日期", "BAD_FIELD"), (3, "出生日期", "BAD_FIELD"), (6, "姓名", "BAD_FIELD"), (7, "姓名", "BAD_FIELD"),
        (8, "岗位", "BAD_FIELD"),
    ]  # fmt: skip
    assert "#N/A" in report.problems[0].zh and "未经计算的公式" in report.problems[1].zh
    assert "#DIV/0!" in report.problems[4].en
    assert "#REF!" in report.problems[2].en and "never worked out" in report.problems[3].en


# open documents -------------------------------------------------------------------------------------------------------


def test_an_open_document_is_read_as_it_is_written(tmp_path: Path) -> None:
    style = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    day = cell_of('office:value-type="date" office:date-value="1970-01-03"', "3.1.70")
    big = cell_of('office:value-type="float" office:value="440700198810177200"', "440700198810177000")
    error = cell_of(
        'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"', "错误:502"
    )
    unworked = '<table:table-cell table:formula="of:=A1"/>'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    noted = f"<table:table-cell>{note}<text:p>执<text:s/>法</text:p></table:table-cell>"
    below = "<table:covered-table-cell/>"
    block = cell_of('office:value-type="string" table:number-rows-spanned="2"', "示例执法机关")
    hidden = 'table:visibility="collapse"'
    rows = [
        row(HEAD),
        row([*line(2)[:2], block, *line(2)[3:6], day]),
        row([*line(1)[:2], below, *line(1)[3:6]], hidden),
        row([line(3)[0], big, *line(3)[2:]]),
        row([*line(4)[:6], error]),
        row([*line(5)[:6], unworked]),
        row([*line(6)[:3], noted, *line(6)[4:]]),
        row(
            ['<table:table-cell table:number-columns-repeated="1024"/>'],
            'table:number-rows-repeated="1048560"',
        ),
        row(line(7)),
    ]
    old = f'<table:table table:name="旧" table:style-name="ta2">{row(HEAD)}{row(line(9))}</table:table>'
    columns = '<table:table-column table:number-columns-repeated="3"/><table:table-column table:visibility="collapse"/>'
    tables = f'{old}<table:table table:name="名册">{columns}{"".join(rows)}</table:table>'
    file = document(tmp_path / "a.ods", tables, style)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    found, report = read_list(file)

    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000, "blank rows are only counted"
    assert [(r.line, r.name, r.body, r.unit) for r in found] == [
        (2, "示例2", "示例执法机关", "执法大队"), (3, "示例1", "示例执法机关", "执法大队"),
        (7, "示例6", "示例执法机关", "执 法"), (1048568, "示例7", "示例执法机关", "执法大队"),
    ]  # fmt: skip
    assert found[0].birth_date.day == 3
    assert faults(report) == [
        (4, "身份证号", "NUMBER_FOR_TEXT"), (5, "出生日期", "BAD_FIELD"), (6, "出生日期", "BAD_FIELD"),
    ]  # fmt: skip
    assert notes(report).split("\n") == [
        "隐藏的工作表未读取：“旧”",
        "以下列是隐藏的，已一并读取：单位",
        "以下行是隐藏的，已一并读取：3；不应在名单中的请删除后再导入",
    ]


def test_a_line_that_is_repeated_without_end_is_named(tmp_path: Path) -> None:
    endless = row(line(1), 'table:number-rows-repeated="1048570"')
    file = document(tmp_path / "a.ods", f'<table:table table:name="名册">{row(HEAD)}{endless}</table:table>')

    with pytest.raises(ValueError, match="第2行重复1048570次"):
        read_list(file)


def test_a_cell_at_the_end_of_the_sheet_is_named_and_not_filled_up_to(tmp_path: Path) -> None:
    def draw(sheet: Any) -> None:
        fill(sheet, [HEAD, line(1)])
        sheet.write(1_048_575, 16_383, "x")

    file = book(tmp_path / "a.xlsx", 名册=draw)

    with pytest.raises(ValueError, match="“名册”延伸至第1048576行、第16384列"):
        read_list(file)
