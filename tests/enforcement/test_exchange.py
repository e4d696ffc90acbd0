"""The five kinds of enforcement data for the province: columns one by one, from what is on record and nothing else."""

import csv
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from yifa.enforcement.v1 import exchange_pb2 as pb

from services.cli.lists.exchange import NoSource, give
from services.kit.access import mint
from services.law import exchange
from services.node.failure import Failure
from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import CLERK, DAY, NODE, serial, stamp
from tests.enforcement.test_measure import seized

PENALTY, COERCION = pb.ENFORCEMENT_DATA_KIND_PENALTY, pb.ENFORCEMENT_DATA_KIND_COERCION


def caller(d: Department, role: str = CLERK[1]) -> tuple[str, Any]:
    token = mint((d.folder / "token.key").read_bytes(), CLERK[0], NODE, (role,))
    return d.target, (("authorization", f"Bearer {token}"),)


async def exported(d: Department, kind: int, role: str = CLERK[1], **more: Any) -> list[dict[str, str]]:
    _, metadata = caller(d, role)
    request = pb.ExportEnforcementDataRequest(kind=kind, **more)  # type: ignore[arg-type]
    replies = [each async for each in d.stub.ExportEnforcementData(request, metadata=metadata)]
    return [dict(zip(replies[0].titles, row.cells, strict=True)) for each in replies[1:] for row in each.rows]


async def test_a_penalty_is_told_as_it_is_on_record(department: Department) -> None:
    name = f"示例企业{next(serial)}"
    dossier = await department.served(party=name)
    open_case = await department.investigating(party=f"示例企业{next(serial)}")
    case = await department.case(dossier.case_id)

    rows = await exported(department, PENALTY)

    [row] = [each for each in rows if each["当事人"] == name]
    assert row["决定书文号"] == case.decision.document_number and row["案件编号"] == case.case_number
    assert (row["处罚种类"], row["罚款金额（元）"], row["适用程序"]) == ("罚款", "30000.00", "普通程序")
    assert row["执法人员证号"] == "；".join(o.certificate_number for o in case.officers)
    assert row["结案日期"] == row["没收金额（元）"] == "", "what is not on record is blank"
    open_name = (await department.case(open_case.case_id)).party.name
    assert open_name not in {each["当事人"] for each in rows}, "what is not decided is no penalty"


async def test_a_measure_is_told_once_it_was_taken(department: Department) -> None:
    taken = await seized(department)

    rows = await exported(department, COERCION)

    measure = taken.measure
    [row] = [each for each in rows if each["执法主体"] == measure.body_name]
    assert (row["强制措施种类"], row["决定书文号"]) == ("扣押", measure.document_number)
    assert row["实施时间"] and row["解除时间"] == ""


async def test_an_inspection_is_told_once_it_was_begun(department: Department) -> None:
    bureau = Bureau(department)
    begun, noticed = await bureau.begun(), await bureau.noticed()
    inspection, waiting = await bureau.of(begun), await bureau.of(noticed)

    rows = {row["检查对象"]: row for row in await exported(department, pb.ENFORCEMENT_DATA_KIND_INSPECTION)}

    row = rows[inspection.enterprise.name]
    assert (row["检查编号"], row["检查码"]) == (inspection.number, inspection.code.code)
    assert row["检查结果"] == "" and row["进入时间"] and waiting.enterprise.name not in rows


async def test_the_time_bounds_what_is_told(department: Department) -> None:
    dossier = await department.served(party=f"示例企业{next(serial)}")
    case = await department.case(dossier.case_id)
    at = case.decision.decide_time.ToDatetime()

    async def told(**bounds: Any) -> bool:
        rows = await exported(department, PENALTY, **{name: stamp(when) for name, when in bounds.items()})
        return case.party.name in {row["当事人"] for row in rows}

    assert await told(since=at, until=at) and await told()
    assert not await told(since=at + DAY) and not await told(until=at - DAY)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
async def test_a_province_has_its_own_columns(department: Department, tmp_path: Path, suffix: str) -> None:
    dossier = await department.served(party=f"示例企业{next(serial)}")
    case = await department.case(dossier.case_id)
    mine, file = tmp_path / "columns.toml", tmp_path / f"data.{suffix}"
    mine.write_text(
        '[[column]]\ntitle = "文号"\npath = "decision.document_number"\n'
        '[[column]]\ntitle = "当事人"\npath = "party.name"\n'
        '[[column]]\ntitle = "金额（万元）"\npath = "decision.penalty.fine"\nform = "ten_thousands"\n'
        '[[column]]\ntitle = "种类"\npath = "decision.penalty.kinds"\nsay = { FINE = "罚款A" }\n'
        '[[column]]\ntitle = "区划"\nvalue = "440700"\n',
        "utf-8",
    )

    count = await give(*caller(department), "penalty", file, mine)

    if suffix == "xlsx":
        head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    else:
        with file.open(encoding="utf-8-sig") as lines:
            head, *rows = csv.reader(lines)
    assert head == ["文号", "当事人", "金额（万元）", "种类", "区划"] and len(rows) == count
    assert [case.decision.document_number, case.party.name, "3.000000", "罚款A", "440700"] in rows


WRONG = {
    "no such path": {"path": "decision.nichts"},
    "no such message": {"path": "nichts.decision"},
    "a whole message": {"path": "decision"},
    "no form": {"path": "party.name", "form": "poem"},
    "a form of something else": {"path": "party.name", "form": "day"},
    "both": {"path": "party.name", "value": "x"},
    "neither": {},
}


@pytest.mark.parametrize("column", WRONG.values(), ids=list(WRONG))
async def test_a_column_that_no_record_fills_is_refused(
    department: Department, column: dict[str, str]
) -> None:
    async with department.refused("MALFORMED") as no:
        await exported(department, PENALTY, columns=[pb.ExchangeColumn(title="栏目", **column)])
    assert [field for field in no.fields if "columns[0]" in field]


@pytest.mark.parametrize("kind", ["permit", "levy"])
async def test_what_is_on_no_record_here_says_so(department: Department, tmp_path: Path, kind: str) -> None:
    with pytest.raises(NoSource, match=r"没有该类记录.*no record"):
        await give(*caller(department), kind, tmp_path / "data.csv", None)
    assert not (tmp_path / "data.csv").exists()


async def test_only_who_may_send_them_gets_them_and_a_file_of_columns_is_checked(
    department: Department, tmp_path: Path
) -> None:
    async with department.refused("ROLE_REQUIRED"):
        await exported(department, PENALTY, role="OVERSIGHT")
    mine = tmp_path / "columns.toml"
    for wrong in ("", "[[column]]\ntitel = 1\n", "no toml"):
        mine.write_text(wrong, "utf-8")
        with pytest.raises(Failure, match="columns"):
            await give(*caller(department), "penalty", tmp_path / "data.csv", mine)


def test_every_kind_has_a_record_or_says_why_not() -> None:
    names = {
        name.removeprefix("ENFORCEMENT_DATA_KIND_").lower() for name in pb.EnforcementDataKind.keys()
    } - {"unspecified"}

    assert exchange.kinds().keys() == names
    assert {kind.record for kind in exchange.kinds().values()} == {"", *exchange.RECORDS}
