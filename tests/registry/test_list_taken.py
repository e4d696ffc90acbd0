"""Lists as offices keep them, brought in at the front door: who is on the roster afterwards, and what is told of the others."""

from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.registry.v1 import bulk_pb2 as bulk

from services.cli.lists.give import give, template
from services.given.people import credit_code
from tests.registry.lists import HEAD, SERIAL, csv_file, number_of, people, person
from tests.registry.sheets import book, fill, lines_in
from tests.registry.test_bulk import bring, named, roster
from tests.registry.test_bulk_files import imported, told
from tests.registry.town import CITY, Town

BODY_HEAD = ("主体名称", "统一社会信用代码", "主体性质", "部门节点", "文书字号", "执法领域")
WIDE = {ord(c): ord(c) + 0xFEE0 for c in "0123456789X-"}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_the_example_of_every_template_is_taken(town: Town, tmp_path: Path, suffix: str) -> None:
    """The first thing that anybody tries. Once taken, the same again is there already."""
    for kind, node in (
        ("bodies", CITY),
        ("posts", "huanbao"),
        ("officers", "huanbao"),
        ("training", "huanbao"),
    ):
        file = tmp_path / f"{kind}.{suffix}"
        template(kind, file)

        report = await imported(town, file, kind, node)

        assert (report.rows, report.added + report.unchanged, told(report)) == (1, 1, []), kind
        if kind == "bodies":
            await town.seen(lambda: bodies_at(town, "huanbao"), lambda names: "示例执法机关" in names)


async def bodies_at(town: Town, node: str) -> set[str]:
    stream = town.city.stub(node, "registry").ExportBodies(
        bulk.ExportBodiesRequest(), metadata=town.city.as_(CITY, "x", "OVERSIGHT")
    )
    return {body.name async for reply in stream for body in reply.bodies}


async def test_only_permanent_staff_comes_onto_the_roster(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    kinds = {
        "行政编制": "", "非参公事业编制": "", "行政编制（试用期）": "", "非行政编制": "NOT_ELIGIBLE_STAFF",
        "行政编制外": "NOT_ELIGIBLE_STAFF", "公务员（已退休返聘）": "NOT_ELIGIBLE_STAFF", "非公务员": "BAD_FIELD",
        "机关工勤": "BAD_FIELD", "": "BAD_FIELD",
    }  # fmt: skip
    lines = [person(n, body.name) for n in people(len(kinds))]
    for line, kind in zip(lines, kinds, strict=True):
        line[5] = kind

    report = await imported(town, csv_file(tmp_path / "名册.csv", lines))

    wanted = [(n, "编制类别", reason) for n, reason in enumerate(kinds.values(), 2) if reason]
    assert (report.added, told(report)) == (3, wanted)
    assert {o.name for o in await roster(town, "huanbao", body.body_id)} == {line[0] for line in lines[:3]}


async def test_an_organisation_that_is_entrusted_is_no_agency(town: Town, tmp_path: Path) -> None:
    n = 70_000 + next(SERIAL)
    kinds = ["受行政机关委托的组织", "行政机关委托执法", "法律、法规授权组织", "法定行政机关", "行政机关以外"]
    lines = [
        (f"示例{n}{k}", credit_code(n * 9 + at), k, "huanbao", f"示罚{n}{k}", "生态环境")
        for at, k in enumerate(kinds)
    ]
    lines.append(
        (
            f"示例{n}宽",
            credit_code(n * 9 + 7).translate(WIDE),
            "行政机关",
            "huanbao",
            f"示罚{n}宽",
            "生态环境",
        )
    )
    file = tmp_path / "主体.csv"
    file.write_text("\n".join(",".join(line) for line in (BODY_HEAD, *lines)), "utf-8")

    report = await imported(town, file, "bodies", CITY)

    assert told(report) == [
        (2, "主体类别", "ENTRUSTMENT_INVALID"), (3, "主体类别", "ENTRUSTMENT_INVALID"), (6, "主体类别", "BAD_FIELD"),
    ]  # fmt: skip
    assert report.added == 3


async def test_what_nobody_sees_in_a_list_changes_nothing(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    a, b, c, d = people(4)
    born = [person(n, "")[6] for n in (a, b, c, d)]
    lines = [
        ("张　三", number_of(a).translate(WIDE), born[0].translate(WIDE)),
        ("李\u200b示例\u00ad", f"\t{number_of(b)}", f"{born[1].replace('-', '/')} 0:00:00"),
        ("王示例", f"{number_of(c)[:6]}\u00a0{number_of(c)[6:14]} {number_of(c)[14:]}", f"{born[2]}\u00a0"),
        ("𡌴\u3000𬭎", f"\u202a{number_of(d)}\u202c", ""),
        ("𡌴𬭎", number_of(d).translate(WIDE), ""),
        ("钱\u202e示例", number_of(d + 1), ""),
    ]
    rows = [(name, number, body.name, "执法大队", "执法岗", "行政编制", day) for name, number, day in lines]
    file = tmp_path / "名册.csv"
    head = ("\u200b姓名", "身份证号\u00a0", *HEAD[2:])
    file.write_text("\n".join(",".join(row) for row in (head, *rows)), "utf-8-sig")

    report = await imported(town, file)

    assert told(report) == [(6, "身份证号", "DUPLICATE_IN_FILE"), (7, "姓名", "BAD_FIELD")]
    assert "U+202E" in report.problems[1].zh
    assert {o.name for o in await roster(town, "huanbao", body.body_id)} == {
        "张三",
        "李示例",
        "王示例",
        "𡌴𬭎",
    }


async def test_a_hidden_sheet_and_a_footer_add_nobody(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    old, a, b = people(3)

    def hidden(sheet: Any) -> None:
        fill(sheet, [HEAD, person(old, body.name)])
        sheet.hide()

    def shown(sheet: Any) -> None:
        fill(sheet, [HEAD, person(a, body.name), person(b, "")])
        sheet.merge_range(1, 2, 2, 2, body.name)
        sheet.merge_range(3, 0, 3, 6, "填表人：某某")
        sheet.set_row(2, None, None, {"hidden": True})

    report = await imported(town, book(tmp_path / "a.xlsx", 旧数据=hidden, 花名册=shown))

    assert (report.rows, report.added, told(report), report.sheet) == (2, 2, [], "花名册")
    assert len(report.notes) == 3
    kept = {o.name for o in await roster(town, "huanbao", body.body_id)}
    assert kept == {f"示例人员{a}", f"示例人员{b}"}


async def test_a_number_of_fifteen_digits_is_told_that_it_is_out_of_use(town: Town, tmp_path: Path) -> None:
    body = await town.body()
    a, b = people(2)
    lines = [person(a, body.name), person(b, body.name)]
    lines[0][1], lines[1][1] = 440700850305001, 440700198503050015

    report = await imported(town, book(tmp_path / "a.xlsx", 名册=[HEAD, *lines]))

    assert (
        told(report)[0] == (2, "身份证号", "BAD_ID_NUMBER")
        and "自2013年起已停止使用" in report.problems[0].zh
    )
    assert told(report)[-1] == (3, "身份证号", "NUMBER_FOR_TEXT")
    assert "440***********" in report.problems[-1].en and "19850305" not in report.problems[-1].en


async def test_rows_of_another_system_are_held_to_the_same_rules(town: Town) -> None:
    """What comes over the stream itself, without our reading of files."""
    body = await town.body()
    a, b, c = people(3)
    rows = [officer_row(n, body.name, line) for line, n in enumerate((a, b, c, c, c), 2)]
    rows[0].id_number = rows[0].id_number.translate(WIDE)
    rows[1].id_number = rows[1].id_number.replace("0", "O", 1)
    rows[2].body = ""
    rows[3].id_number, rows[4].id_number = "", f"{number_of(c)[:3]}***********{number_of(c)[-4:]}"

    [reply] = await bring(town, rows)

    assert (reply.added, named([reply])) == (1, [
        (3, "id_number", "BAD_ID_NUMBER"), (4, "body", "BAD_FIELD"), (5, "id_number", "BAD_ID_NUMBER"),
        (6, "id_number", "BAD_ID_NUMBER"),
    ])  # fmt: skip
    assert [
        "疑为数字0" in reply.problems[0].zh,
        "为空" in reply.problems[2].zh,
        "掩码" in reply.problems[3].zh,
    ] == [True] * 3
    assert (await bring(town, [officer_row(a, body.name, 2)]))[0].unchanged == 1


def officer_row(n: int, body: str, line: int) -> bulk.OfficerRow:
    name, number, _, unit, post, _, _ = person(n, body)
    return bulk.OfficerRow(
        line=line, name=name, id_number=number, body=body, unit=unit, post=post, staff_kind=1
    )


async def test_trainings_that_were_given_out_come_in_again(town: Town, tmp_path: Path) -> None:
    """By the officer's id, in whatever case; a number that nobody has is told what is wrong with it."""
    body = await town.body()
    [n] = people(1)
    await imported(town, csv_file(tmp_path / "名册.csv", [person(n, body.name)]))
    [officer] = await roster(town, "huanbao", body.body_id)
    head = ["人员编号", "培训内容", "培训日期", "学时", "培训天数"]
    lines = [
        [officer.officer_id, "行政处罚法", "2026-03-02 09:00", "8", "1"],
        [number_of(n)[:17] + ("1" if number_of(n)[17] != "1" else "2"), "行政处罚法", "2026-03-02", "8", "1"],
        ["O-unknown", "行政处罚法", "2026-03-02", "8", "1"],
        ["", "行政处罚法", "2026-03-02", "8", "1"],
    ]
    file = book(tmp_path / "培训.xlsx", 培训=[head, *lines])

    first = await imported(town, file, "training")
    target = town.city.plan.target(town.city.plan.departments[0].id)
    await give(target, town.city.as_(CITY, "x", "OVERSIGHT"), "training", tmp_path / "out.csv")
    titles, *given = [line.cells for line in lines_in(tmp_path / "out.csv")]
    mine = [cells for cells in given if cells[0] == officer.officer_id]
    again = await imported(town, book(tmp_path / "again.xlsx", 培训=[titles, *mine]), "training")

    assert (first.added, told(first)) == (1, [
        (3, "身份证号", "BAD_ID_NUMBER"), (4, "身份证号", "UNKNOWN_OFFICER"), (5, "身份证号", "BAD_FIELD"),
    ])  # fmt: skip
    assert (again.added, again.unchanged, told(again)) == (0, 1, [])


async def test_a_name_with_what_nobody_sees_is_refused_by_the_single_call_too(town: Town) -> None:
    body = await town.body()

    for mark in ("\u200b", "\ufeff", "\u00ad", "\u202e"):
        with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT) as told:
            await town.register(body, name=f"示{mark}例")
        assert told.fields == ["name"] and f"U+{ord(mark):04X}" in told.zh
