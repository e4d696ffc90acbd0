"""The lists of monitoring devices and of institutions that take samples, brought in: once, whole, every bad line named."""

import csv
from pathlib import Path
from typing import Any

from yifa.enforcement.v1 import monitoring_device_pb2 as devices

from services.cli.lists.bring import bring
from services.cli.lists.columns import TABLES
from services.cli.lists.give import give, template
from services.cli.lists.report import Report
from services.kit.access import mint
from tests.enforcement.department import Department
from tests.enforcement.samples import NODE, REVIEWER, START, UNIT, serial
from tests.enforcement.test_registers import recorded


def file_of(folder: Path, kind: str, *rows: dict[str, str], titled: bool = False) -> Path:
    """A list with the columns of its template; what a row does not say is as the example has it. Rows that are `titled` say all,
    by the titles of the columns.
    """
    table = TABLES[kind]
    example = {} if titled else dict(zip(table.titles, table.example, strict=True))
    file = folder / f"{kind}-{next(serial)}.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(table.titles.values())
        writer.writerows((example | row).values() for row in rows)
    return file


async def taken(d: Department, kind: str, file: Path, **more: Any) -> Report:
    token = mint((d.folder / "token.key").read_bytes(), REVIEWER[0], NODE, REVIEWER[1:])
    return await bring(d.target, (("authorization", f"Bearer {token}"),), kind, file, **more)


async def on_register(d: Department, body_id: str) -> list[devices.MonitoringDevice]:
    return list((await d.do("ListMonitoringDevices", REVIEWER, body_id=body_id)).devices)


async def test_a_list_of_devices_enters_what_is_not_there_yet(department: Department, tmp_path: Path) -> None:
    """With reviews and publications; the calibration of the next year joins them, and nothing is made good afterwards."""
    d, dossier = department, await department.investigating()
    d.now = START
    number, bare = f"名册{next(serial)}号", f"名册{next(serial)}号"
    own = {"body": dossier.body_id, "technical_until": "2099-12-31"}
    unreviewed = dict.fromkeys(
        (
            "legal_document", "legal_reviewer", "legal_date", "technical_document", "technical_reviewer", "technical_date",
            "technical_until", "address", "publish_date",
        ),
        "",
    )  # fmt: skip
    file = file_of(tmp_path, "devices", own | {"number": number}, own | {"number": bare} | unreviewed)

    dry = await taken(d, "devices", file, dry_run=True)
    assert (dry.added, dry.problems) == (2, []) and await on_register(d, dossier.body_id) == []
    first, again = await taken(d, "devices", file), await taken(d, "devices", file)

    assert (first.added, first.problems, again.added, again.unchanged) == (2, [], 0, 2)
    whole, alone = await on_register(d, dossier.body_id)
    assert (len(whole.reviews), len(whole.publications)) == (2, 1) and not alone.reviews
    await recorded(d, dossier, number, d.now)
    async with d.refused("MONITORING_NOT_REVIEWED"):
        await recorded(d, dossier, bare, d.now)

    calibrated = own | {
        "number": number,
        "technical_document": "下一年度检定证书",
        "technical_date": "2026-01-05",
    }
    more = await taken(d, "devices", file_of(tmp_path, "devices", calibrated))
    assert (more.added, more.problems) == (1, [])
    assert len((await on_register(d, dossier.body_id))[0].reviews) == 3


async def test_what_is_given_out_of_the_registers_is_brought_in_again_as_it_is(
    department: Department, tmp_path: Path
) -> None:
    """What is not in use any more stays out of it; what an institution or a device has not is empty."""
    d, dossier = department, await department.investigating()
    d.now = START
    kept, gone, kept_by, gone_from = (f"名册{next(serial)}号" for _ in range(4))
    own = {"body": dossier.body_id, "technical_until": "2099-12-31"}
    await taken(d, "devices", file_of(tmp_path, "devices", *(own | {"number": n} for n in (kept, gone))))
    both = file_of(tmp_path, "institutions", *({"qualification": q} for q in (kept_by, gone_from)))
    await taken(d, "institutions", both)
    retired = next(each for each in await on_register(d, dossier.body_id) if each.number == gone)
    await d.do("RetireMonitoringDevice", REVIEWER, device_id=retired.device_id, cause="拆除")
    listed = await d.do("ListSamplingInstitutions", REVIEWER, qualification=gone_from)
    left = listed.institutions[0].institution_id
    await d.do("RemoveSamplingInstitution", REVIEWER, institution_id=left, cause="资质被撤销")

    token = mint((d.folder / "token.key").read_bytes(), REVIEWER[0], NODE, REVIEWER[1:])
    for kind, number, mine, its in (
        ("devices", "设备编号", kept, gone),
        ("institutions", "资质证书号", kept_by, gone_from),
    ):
        file = tmp_path / f"out-{kind}.csv"
        count = await give(d.target, (("authorization", f"Bearer {token}"),), kind, file)
        with file.open(encoding="utf-8-sig", newline="") as given:
            rows = list(csv.DictReader(given))
        numbers = {row[number] for row in rows}
        own_rows = [row for row in rows if row[number] == mine]
        back = await taken(d, kind, file_of(tmp_path, kind, *own_rows, titled=True))

        assert count == len(rows) and mine in numbers and its not in numbers
        assert (back.added, back.unchanged, back.problems) == (0, 1, [])


async def test_a_bad_line_of_devices_is_named_and_holds_up_no_other(
    department: Department, tmp_path: Path
) -> None:
    d, dossier = department, await department.investigating()
    d.now = START
    own = {"body": dossier.body_id}
    good, moved = f"名册{next(serial)}号", f"名册{next(serial)}号"
    await taken(d, "devices", file_of(tmp_path, "devices", own | {"number": moved}))
    wrong: list[tuple[dict[str, str], str]] = [
        ({"body": "不是本部门的主体"}, "执法主体"),
        ({"number": good}, "设备编号"),
        ({"number": moved, "place": "另一地点"}, "设置地点"),
        ({"place": ""}, "设置地点"),
        ({"area_code": "44"}, "行政区划代码"),
        ({"legal_date": ""}, "法制审核日期"),
        ({"technical_date": "2099-01-01"}, "技术审核日期"),
        ({"technical_until": "2001-01-01"}, "技术审核有效期至"),
        ({"legal_document": ""}, "法制审核文书"),
        ({"address": ""}, "公布网址"),
    ]
    rows = [own | {"number": f"名册{next(serial)}号"} | row for row, _ in wrong]

    report = await taken(d, "devices", file_of(tmp_path, "devices", own | {"number": good}, *rows))

    assert [(p.line, p.column) for p in report.problems] == [
        (n, column) for n, (_, column) in enumerate(wrong, 3)
    ]
    assert report.added == 1
    assert {each.number for each in await on_register(d, dossier.body_id)} == {good, moved}


async def test_a_list_of_institutions_is_entered_once(department: Department, tmp_path: Path) -> None:
    d = department
    d.now = START
    kept, other = f"示检资名册{next(serial)}", f"示检资名册{next(serial)}"
    file = file_of(tmp_path, "institutions", {"qualification": kept})
    dry, first = await taken(d, "institutions", file, dry_run=True), await taken(d, "institutions", file)
    wrong: list[tuple[dict[str, str], str]] = [
        ({"qualification": kept, "name": "另一检测所"}, "机构名称"),
        ({"qualification": ""}, "资质证书号"),
        ({"until_date": "2001-01-01"}, "有效期至"),
        ({"from_date": ""}, "发证日期"),
        ({"qualification": other}, "资质证书号"),
    ]
    rows = [{"qualification": f"示检资名册{next(serial)}"} | row for row, _ in wrong]

    report = await taken(
        d, "institutions", file_of(tmp_path, "institutions", {"qualification": other}, *rows)
    )
    again = await taken(d, "institutions", file)

    assert (dry.added, first.added, again.added, again.unchanged) == (1, 1, 0, 1)
    assert [(p.line, p.column) for p in report.problems] == [
        (n, column) for n, (_, column) in enumerate(wrong, 3)
    ]
    listed = (await d.do("ListSamplingInstitutions", UNIT, qualification=kept)).institutions
    assert [each.name for each in listed] == ["示例检测所"]


async def test_only_the_legal_reviewer_brings_one_in_and_a_form_can_be_had(
    department: Department, tmp_path: Path
) -> None:
    for kind in ("devices", "institutions"):
        template(kind, tmp_path / f"{kind}.xlsx")
        file = tmp_path / f"{kind}.xlsx"
        token = mint((department.folder / "token.key").read_bytes(), "o", NODE, ("OVERSIGHT",))
        async with department.refused("ROLE_REQUIRED"):
            await bring(department.target, (("authorization", f"Bearer {token}"),), kind, file)
        report = await taken(department, kind, file)
        named = {problem.column for problem in report.problems}
        # the body of the example is nobody's here
        assert named == ({"执法主体"} if kind == "devices" else set())
