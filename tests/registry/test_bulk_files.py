"""Lists as departments really keep them: encodings, workbooks, and what spreadsheets do to numbers and days."""

import asyncio
import csv
import io
import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from services.cli.lists.bring import bring
from services.cli.lists.give import give, template
from services.cli.lists.report import Report
from services.given.people import credit_code
from services.node.failure import Failure
from services.node.up import note
from tests.registry.lists import HEAD, SERIAL, csv_file, number_of, people, person, workbook
from tests.registry.sheets import lines_in
from tests.registry.test_bulk import roster
from tests.registry.town import CITY, Town


async def imported(
    town: Town, file: Path, kind: str = "officers", node: str = "huanbao", **more: Any
) -> Report:
    target = town.city.plan.target(node)
    role = "REGISTRAR" if kind == "bodies" else "ROSTER_CLERK"
    return await bring(target, town.city.as_(node, "clerk-1", role), kind, file, **more)


def told(report: Report) -> list[tuple[int, str, str]]:
    assert all(p.zh and p.en for p in report.problems)
    return [(p.line, p.column, p.reason) for p in report.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
async def test_a_list_is_read_in_the_encoding_it_was_saved_in(
    town: Town, tmp_path: Path, encoding: str
) -> None:
    body = await town.body()
    lines = [person(n, body.name) for n in people(3)]
    if encoding in ("gb18030", "utf-8"):
        lines[0][0] = "示例𠮷"  # beyond GBK

    report = await imported(town, csv_file(tmp_path / "名册.csv", lines, encoding))

    assert (report.added, report.problems) == (3, [])


async def test_a_city_of_three_thousand_with_one_percent_of_each_fault(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    lines = [person(n, body.name) for n in people(3000)]
    wanted = []
    for at in range(0, 3000, 100):
        spoilt = {
            1: (
                1,
                "身份证号",
                "BAD_ID_NUMBER",
                lines[at + 1][1][:-1] + ("1" if lines[at + 1][1][-1] != "1" else "2"),
            ),
            3: (2, "执法主体", "UNKNOWN_BODY", "没有这个机关"),
            4: (6, "出生日期", "BAD_DATE", "29221"),
            5: (1, "身份证号", "NUMBER_FOR_TEXT", "4.40703E+17"),
            6: (5, "编制类别", "NOT_ELIGIBLE_STAFF", "劳务派遣"),
            7: (6, "出生日期", "BIRTH_DATE_DIFFERS", "1999-12-31"),
            8: (0, "姓名", "BAD_FIELD", ""),
        }
        lines[at + 2] = lines[at]
        wanted.append((at + 2 + 2, "身份证号", "DUPLICATE_IN_FILE"))
        for offset, (column, title, reason, value) in spoilt.items():
            lines[at + offset][column] = value
            wanted.append((at + offset + 2, title, reason))
    file = csv_file(tmp_path / "名册.csv", lines, "gb18030")
    data = file.read_bytes().split(b"\r\n")
    for at in range(0, 3000, 100):
        data[at + 9 + 1] = data[at + 9 + 1].replace("执法大队".encode("gb18030"), b"\xff\xfe\xff")
        wanted.append((at + 9 + 2, "单位", "BAD_ENCODING"))
    file.write_bytes(b"\r\n".join(data))

    report = await imported(town, file)
    again = await imported(town, file)

    assert told(report) == sorted(wanted)
    assert (report.rows, report.added, report.bad) == (3000, 2730, 270)
    assert (again.added, again.unchanged, told(again)) == (0, 2730, told(report))
    report.save(tmp_path / "有误.csv")
    with (tmp_path / "有误.csv").open(encoding="utf-8-sig") as saved:
        assert len(list(csv.reader(saved))) == 271


async def test_a_workbook_with_days_titles_and_numbers(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    n = list(people(5))
    lines = [person(i, body.name) for i in n]
    lines[0][6] = date.fromisoformat(lines[0][6])
    lines[1][6] = 29221
    lines[2][1] = int(number_of(n[2])[:-1] + "0")
    lines[3][0] = "示　例"
    lines[4][6] = lines[4][6].replace("-", ".")

    report = await imported(town, workbook(tmp_path / "名册.xlsx", lines, "行政执法人员名册"))

    assert told(report) == [(4, "出生日期", "BAD_DATE"), (5, "身份证号", "NUMBER_FOR_TEXT")]
    assert "1980-01-01" in report.problems[0].zh and "1980-01-01" in report.problems[0].en
    assert report.added == 3


async def test_the_titles_that_departments_use(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    [n] = people(1)
    born = date.fromisoformat(person(n, "")[6])
    titles = [
        "序号",
        "人员姓名",
        "性 别",
        "公民身份号码（18位）",
        "统一社会信用代码",
        "所在科室",
        "执法岗位*",
        "人员性质",
        "出生年月日",
    ]
    cells = [
        "1", "示例 甲", "男", f"'{number_of(n).lower()}", body.unified_social_credit_code, "法制科", "审核岗",
        "参公事业编制", f"{born.year}年{born.month}月{born.day}日",
    ]  # fmt: skip
    (tmp_path / "a.csv").write_text("\t".join(titles) + "\n" + "\t".join(cells), "gbk")

    report = await imported(town, tmp_path / "a.csv")

    assert (report.added, told(report)) == (1, [])


async def test_a_list_without_a_needed_column_is_refused_by_name(town: Town, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,身份证号,单位\n示例,1,二\n", "utf-8")

    with pytest.raises(Failure, match="执法主体、岗位、编制类别"):
        await imported(town, tmp_path / "a.csv")


@pytest.mark.parametrize(
    ("name", "content"), [("a.xlsx", b"no workbook"), ("a.csv", b"\x00\x01"), ("none.csv", None)]
)
async def test_what_is_no_list_is_said_in_one_line(
    town: Town, tmp_path: Path, name: str, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(Failure, match=name):
        await imported(town, tmp_path / name)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["officers", "bodies"])
def test_a_template_is_a_list_that_can_be_read(tmp_path: Path, kind: str, suffix: str) -> None:
    file = tmp_path / f"模板.{suffix}"

    template(kind, file)

    [head, example] = lines_in(file)
    assert len(head.cells) == len(example.cells)
    if kind == "officers":
        assert head.cells == HEAD


async def test_bodies_of_a_list_are_confirmed_once(town: Town, tmp_path: Path) -> None:
    n = 50_000 + next(SERIAL)
    rows = [
        ["执法主体", "统一社会信用代码", "主体类别", "部门节点", "文书字号", "执法领域"],
        [f"示例机关{n}", credit_code(n), "行政机关", "huanbao", f"示罚{n}a", "生态环境"],
        [f"示例机关{n}b", credit_code(n)[:-1] + "0", "街道", "huanbao", f"示罚{n}b", "生态环境"],
        [f"示例机关{n}c", credit_code(60_000 + n), "受委托组织", "huanbao", f"示罚{n}c", "生态环境"],
    ]
    file = tmp_path / "主体.csv"
    file.write_text("\n".join(",".join(row) for row in rows), "utf-8")

    dry = await imported(town, file, "bodies", CITY, dry_run=True)
    first = await imported(town, file, "bodies", CITY)
    second = await imported(town, file, "bodies", CITY)

    assert (dry.added, first.added, second.added, second.unchanged) == (1, 1, 0, 1)
    assert told(dry) == told(first) == told(second)
    assert [reason for _, _, reason in told(first)] == ["BAD_CREDIT_CODE", "ENTRUSTMENT_INVALID"]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_what_is_given_out_hides_id_numbers(town: Town, tmp_path: Path, suffix: str) -> None:
    body = await town.body()
    [n] = people(1)
    await imported(town, csv_file(tmp_path / "in.csv", [person(n, body.name)]))
    target = town.city.plan.target(town.city.plan.departments[0].id)

    count = await give(target, town.city.as_(CITY, "x", "OVERSIGHT"), "officers", tmp_path / f"out.{suffix}")

    lines = lines_in(tmp_path / f"out.{suffix}")
    assert count == len(lines) - 1
    [mine] = [line.cells for line in lines if line.cells[1] == f"示例人员{n}"]
    assert mine[2] == f"{number_of(n)[:3]}***********{number_of(n)[-4:]}"
    assert mine[3:7] == (body.name, "执法大队", "执法岗", "在编")


async def test_the_command_imports_and_ends_with_one_for_bad_lines(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    good, bad = people(2)
    lines = [person(good, body.name), person(bad, "没有这个机关")]
    file = csv_file(tmp_path / "名册.csv", lines, "gbk")
    note(town.city.plan)
    environment = {**os.environ, "YIFA_VAR": str(town.city.plan.var), "PYTHONPATH": ".:proto/gen"}
    command = [sys.executable, "-m", "services.cli", "import", "officers", str(file), "--json"]

    done = await asyncio.to_thread(
        subprocess.run, command, capture_output=True, text=True, env=environment, check=False
    )

    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert (report["added"], report["bad"], report["problems"][0]["line"]) == (1, 1, 3)


async def test_a_report_names_line_column_and_reason_in_both_languages(town: Town, tmp_path: Path) -> None:
    [n] = people(1)
    file = csv_file(tmp_path / "a.csv", [person(n, "没有这个机关")])
    out = Console(record=True, width=300, file=io.StringIO())

    report = await imported(town, file, dry_run=True)
    report.print(out)

    assert "第2行 line 2 · 执法主体 · UNKNOWN_BODY：本节点没有执法主体“没有这个机关”" in out.export_text()
    assert (report.added, report.dry_run) == (0, True)


async def test_trainings_of_a_list_are_credited_once(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    n = list(people(3))
    await imported(town, csv_file(tmp_path / "名册.csv", [person(i, body.name) for i in n[:2]]))
    rows = [
        ["身份证号", "培训课程", "培训日期", "学时", "天数"],
        [number_of(n[0]), "行政处罚法", "2026-03-02", "40学时", "2.5"],
        [number_of(n[0]), "行政强制法", "2026/3/5", "20", ""],
        [number_of(n[1]), "行政处罚法", "2026-03-02", "8", "1"],
        [number_of(n[2]), "行政处罚法", "2026-03-02", "8", "1"],
        [number_of(n[0]), "行政处罚法", "2026-03-02", "41", "1"],
        [number_of(n[1]), "行政许可法", "2126-03-02", "8", "1"],
        [number_of(n[1]), "行政许可法", "46083", "8", "1"],
        [number_of(n[1]), "行政许可法", "2026-03-03", "800", "0.3"],
    ]
    file = tmp_path / "培训.csv"
    file.write_text("\n".join(",".join(row) for row in rows), "gbk")

    dry = await imported(town, file, "training", dry_run=True)
    first = await imported(town, file, "training")
    second = await imported(town, file, "training")

    assert (dry.added, first.added, second.added, second.unchanged) == (3, 3, 0, 3)
    assert told(dry) == told(first) == told(second)
    assert told(first) == [
        (5, "身份证号", "UNKNOWN_OFFICER"),
        (6, "身份证号", "DUPLICATE_IN_FILE"),
        (7, "培训日期", "BAD_DATE"),
        (8, "培训日期", "BAD_DATE"),
        (9, "培训天数", "BAD_FIELD"),
    ]
    [officer] = [o for o in await roster(town, "huanbao", body.body_id) if o.name == f"示例人员{n[0]}"]
    assert officer.training_hours == 60
    await town.known(CITY, officer, "EXAM_READY")
    target = town.city.plan.target(town.city.plan.departments[0].id)
    await give(target, town.city.as_(CITY, "x", "OVERSIGHT"), "training", tmp_path / "out.csv")
    given = [line.cells[1:] for line in lines_in(tmp_path / "out.csv") if line.cells[0] == officer.officer_id]
    assert sorted(given) == [
        ("行政处罚法", "2026-03-02", "40", "2.5"),
        ("行政强制法", "2026-03-05", "20", "0.0"),
    ]


async def test_posts_of_a_list_are_put_on_record_with_their_units(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    rows = [
        ["执法主体", "内设机构", "机构职能", "岗位", "层级", "是否敏感岗位"],
        [body.name, "执法大队", "现场检查、调查取证", "大队长", "机构负责人", "是"],
        [body.name, "执法大队", "", "办案岗", "工作人员", "否"],
        [body.name, "法制科", "", "审核岗", "工作人员", ""],
        [body.name, "执法大队", "", "办案岗", "工作人员", "否"],
        ["没有这个机关", "执法大队", "职能", "办案岗", "工作人员", "否"],
        [body.name, "执法大队", "", "内勤岗", "见习", "也许"],
    ]
    file = tmp_path / "岗位.csv"
    file.write_text("\n".join(",".join(row) for row in rows), "gb18030")

    dry = await imported(town, file, "posts", dry_run=True)
    first = await imported(town, file, "posts")
    second = await imported(town, file, "posts")

    assert (dry.added, first.added, second.added, second.unchanged) == (2, 2, 0, 2)
    assert told(dry) == told(first) == told(second)
    assert told(first) == [
        (4, "机构职能", "BAD_FIELD"),
        (5, "岗位", "DUPLICATE_IN_FILE"),
        (6, "执法主体", "UNKNOWN_BODY"),
        (7, "岗位层级", "BAD_FIELD"),
        (7, "敏感岗位", "BAD_FIELD"),
    ]
    [n] = people(1)
    line = person(n, body.name)
    line[4] = "大队长"
    assert (await imported(town, csv_file(tmp_path / "名册.csv", [line]))).added == 1
    target = town.city.plan.target(town.city.plan.departments[0].id)
    await give(target, town.city.as_(CITY, "x", "OVERSIGHT"), "posts", tmp_path / "out.xlsx")
    given = {line.cells[2:] for line in lines_in(tmp_path / "out.xlsx") if line.cells[1] == body.name}
    assert given == {
        ("执法大队", "大队长", "机构负责人", "是", "在设"),
        ("执法大队", "办案岗", "工作人员", "否", "在设"),
    }
