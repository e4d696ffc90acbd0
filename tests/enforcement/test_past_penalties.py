"""Penalties of before, brought in from a table of 双公示: whole, exact, once, every bad row named; and given out as they came."""

import csv
import datetime as dates
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from yifa.enforcement.v1 import past_penalty_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as publications

from services.cli.lists.bring import bring
from services.cli.lists.give import template
from services.cli.lists.penalties import give
from services.cli.lists.report import Report
from services.kit.access import mint
from services.law.procedures.penalty.penalty_table import columns
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, NODE, fine, serial
from tests.enforcement.test_penalty_table import AGENCY, penalised, table
from tests.enforcement.test_publication import ADULT, CODE

CODES = [column.code for column in columns()]


def a_row(**more: Any) -> dict[str, Any]:
    """A row that is right; its number of the decision is new."""
    row = {
        "CF_XDR_MC": "示例企业", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": CODE, "CF_FRDB": "示例代表",
        "CF_WSH": f"示罚决〔2025〕{next(serial)}号", "CF_WFXW": "未按规定记录", "CF_SY": "未按规定记录", "CF_YJ": "示例法第一条",
        "CF_CFLB": "罚款;没收违法所得", "CF_NR": "罚款2万元；没收1万元", "CF_NR_FK": "2.000001", "CF_NR_WFFF": "1.000000",
        "CF_JDRQ": "2025/05/06", "CF_YXQ": "2099/12/31", "CF_GSJZQ": "2026/05/06", "CF_CFJG": "示例执法机关", "CF_CFJGDM": AGENCY,
        "CF_SJLY": "示例执法机关", "CF_SJLYDM": AGENCY,
    }  # fmt: skip
    return row | more


def text_file(file: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig", head: Any = CODES) -> Path:
    with file.open("w", encoding=encoding, newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        writer.writerows([row.get(code, "") for code in CODES] for row in rows)
    return file


async def taken(d: Department, file: Path, **more: Any) -> Report:
    return await bring(*asked(d), "penalties", file, **more)


def asked(d: Department) -> tuple[str, Any]:
    token = mint((d.folder / "token.key").read_bytes(), CLERK[0], NODE, CLERK[1:])
    return d.target, (("authorization", f"Bearer {token}"),)


async def past(d: Department) -> list[dict[str, str]]:
    """The penalties of before, as the exporter gives them."""
    _, metadata = asked(d)
    found = d.stub.ExportPenaltyTable(publications.ExportPenaltyTableRequest(past=True), metadata=metadata)
    return [dict(row.values) async for reply in found for row in reply.rows]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "gb18030"])
async def test_a_table_is_kept_as_it_came_and_once(
    department: Department, tmp_path: Path, encoding: str
) -> None:
    rows = [a_row(), a_row(CF_XDR_SHXYM=f" {CODE.lower()} ", CF_JDRQ="2025-05-06")]
    file = text_file(tmp_path / "table.csv", rows, encoding)

    tried = await taken(department, file, dry_run=True)
    first = await taken(department, file)
    again = await taken(department, file)

    assert (tried.added, tried.problems) == (2, []) and (first.added, first.unchanged) == (2, 0)
    assert (again.added, again.unchanged, again.problems) == (0, 2, [])
    kept = [row for row in await past(department) if row["CF_WSH"] in {r["CF_WSH"] for r in rows}]
    assert sorted(kept, key=lambda r: r["CF_WSH"]) == sorted(
        [rows[0], rows[1] | {"CF_XDR_SHXYM": CODE, "CF_JDRQ": "2025/05/06"}], key=lambda r: r["CF_WSH"]
    )


WRONG = {
    "CF_XDR_MC": "", "CF_XDR_LB": "企业", "CF_XDR_SHXYM": "914407000000000017", "CF_FRDB": "", "CF_WSH": "长" * 129,
    "CF_CFLB": "罚款;罚酒", "CF_NR_FK": "2.0000001", "CF_JDRQ": "2099/01/01", "CF_YXQ": "无期限", "CF_GSJZQ": "2025/02/30",
    "CF_CFJGDM": "", "CF_NR_WFFF": "", "CF_SY": "",
}  # fmt: skip


@pytest.mark.parametrize("code", WRONG)
async def test_a_bad_row_is_named_and_holds_up_no_other(
    department: Department, tmp_path: Path, code: str
) -> None:
    rows = [a_row(), a_row(**{code: WRONG[code]}), a_row()]

    report = await taken(department, text_file(tmp_path / "table.csv", rows))

    title = next(column.zh for column in columns() if column.code == code)
    assert (report.rows, report.added, report.bad) == (3, 2, 1)
    assert {(p.line, p.column) for p in report.problems} == {(3, title)}, report.problems
    assert all(p.zh and p.en for p in report.problems)


async def test_a_row_that_says_otherwise_than_the_record_changes_nothing(
    department: Department, tmp_path: Path
) -> None:
    row = a_row()
    await taken(department, text_file(tmp_path / "one.csv", [row]))

    other = await taken(
        department, text_file(tmp_path / "two.csv", [row | {"CF_NR_FK": "3.000000"}, a_row(), row])
    )

    assert (other.added, other.unchanged) == (1, 0)
    assert [(p.line, p.column) for p in other.problems] == [
        (2, "罚款金额（万元）"),
        (4, "行政处罚决定书文号"),
    ]
    [kept] = [each for each in await past(department) if each["CF_WSH"] == row["CF_WSH"]]
    assert kept == row


async def test_a_workbook_is_read_by_what_its_cells_hold(department: Department, tmp_path: Path) -> None:
    """Days and amounts as cells; a formula that was never worked out is no empty cell; a hidden sheet is never read."""
    good, lost, hidden = a_row(), a_row(), a_row()
    with xlsxwriter.Workbook(tmp_path / "table.xlsx") as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet, aside = book.add_worksheet("处罚"), book.add_worksheet("旧表")
        aside.hide()
        for page, rows in ((sheet, (good, lost)), (aside, (hidden,))):
            page.write_row(0, 0, [column.zh for column in columns()])
            for n, row in enumerate(rows, 1):
                page.write_row(n, 0, [row.get(code, "") for code in CODES])
        sheet.write_datetime(1, CODES.index("CF_JDRQ"), dates.datetime(2025, 5, 6), day)
        sheet.write_number(1, CODES.index("CF_NR_FK"), 2.000001)
        sheet.write_formula(2, CODES.index("CF_NR_FK"), "=1+1", None, "")

    report = await taken(department, tmp_path / "table.xlsx")

    assert (report.sheet, report.rows, report.added) == ("处罚", 2, 1)
    assert [(p.line, p.column, p.reason) for p in report.problems] == [(3, "罚款金额（万元）", "BAD_FIELD")]
    assert "公式" in report.problems[0].zh and "旧表" in report.notes[0].zh
    kept = {row["CF_WSH"]: row for row in await past(department)}
    assert kept[good["CF_WSH"]] == good and not {lost["CF_WSH"], hidden["CF_WSH"]} & kept.keys()


async def test_old_editions_name_some_columns_otherwise(department: Department, tmp_path: Path) -> None:
    old = {"CF_FRDB": "CF_FR", "CF_CFJG": "CF_XZJG", "CF_NR": "CF_JG"}
    row = a_row()

    report = await taken(
        department, text_file(tmp_path / "old.csv", [row], head=[old.get(code, code) for code in CODES])
    )

    assert (report.added, report.problems) == (1, [])
    assert row in await past(department)


async def test_what_the_exporter_gives_comes_back_the_same(department: Department, tmp_path: Path) -> None:
    kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS]
    proposal = fine(20_000.01, kinds=kinds, confiscation={"fen": 1_234_567})
    dossier = await penalised(department, party=f"示例企业{next(serial)}", proposal=proposal)
    for name in ("table.csv", "table.xlsx"):
        await give(*asked(department), tmp_path / name, None)

    first = await taken(department, tmp_path / "table.csv")
    again = await taken(department, tmp_path / "table.xlsx")

    assert first.problems == again.problems == [] and (again.added, again.unchanged) == (0, first.added)
    sent = dict((await table(department))[dossier.case_id].values)
    assert sent in await past(department)
    assert sent["CF_NR_FK"] == "2.000001"


async def test_who_was_penalised_before_is_no_first_offender(department: Department, tmp_path: Path) -> None:
    """APL 33(1): by a decision of before, as by one of a case here."""
    dossier = await department.investigating(number=CODE)
    evidence = (await department.evidence(dossier)).evidence.evidence_id
    ground = {
        "ground": penalties.NO_PENALTY_GROUND_FIRST_OFFENCE,
        "reasons": "初次违法，危害后果轻微并及时改正",
        "evidence_ids": [evidence],
        "education": "已教育",
    }
    await taken(department, text_file(tmp_path / "table.csv", [a_row()]))

    async with department.refused("NO_PENALTY_GROUND_WRONG", more=True) as no:
        await department.do(
            "SubmitReport",
            dossier.officers[0].who,
            case_id=dossier.case_id,
            report="报告",
            no_penalty=ground,
        )
    assert "NO_PENALTY_GROUND_WRONG" in no.violations


async def test_only_the_clerk_brings_a_table_in_and_a_form_can_be_had(
    department: Department, tmp_path: Path
) -> None:
    token = mint((department.folder / "token.key").read_bytes(), "o", NODE, ("OVERSIGHT",))
    async with department.refused("ROLE_REQUIRED"):
        call = department.stub.ImportPastPenalties(metadata=(("authorization", f"Bearer {token}"),))
        await call.write(pb.ImportPastPenaltiesRequest(rows=[pb.PastPenaltyRow(line=1)]))
        await call.read()
        raise AssertionError(await call.code())

    template("penalties", tmp_path / "form.csv")
    report = await taken(department, tmp_path / "form.csv")
    assert report.problems == [] and report.added + report.unchanged == 1
    assert ADULT not in str(await past(department))
