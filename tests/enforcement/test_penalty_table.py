"""The table of penalties for the credit platforms (双公示): its columns, what is wrong with a row, a province's own columns."""

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import publication_pb2 as pb
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.cli.lists.penalties import Fault, give, save_faults
from services.kit.access import mint
from services.law.calendar import SHANGHAI
from services.law.procedures.penalty.penalty_table import columns
from services.node.failure import Failure
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, NODE, START, Dossier, fine, serial, stamp
from tests.enforcement.test_publication import ADULT, CITIZEN, CODE, MINOR, decided, publish

MAY = datetime(2026, 5, 6, 9, 0, tzinfo=SHANGHAI)
AGENCY = "11440700000000001E"


async def penalised(d: Department, representative: str = "示例代表", **more: Any) -> Dossier:
    """Decided on 6 May 2026 by a body whose code is known, against a party whose representative is."""
    d.now = MAY
    body = body_pb2.EnforcementBody(
        body_id=f"B-{next(serial)}",
        name="示例市市场监督管理局",
        node=NODE,
        kind=body_pb2.BODY_KIND_AGENCY,
        unified_social_credit_code=AGENCY,
        document_prefix="示罚",
        field="市场监督管理",
        state=body_pb2.BODY_STATE_PUBLISHED,
        confirm_time=stamp(START - 300 * DAY),
        version=1,
    )
    await d.hear(registry.BodyConfirmed(body=body))
    return await decided(d, body_id=body.body_id, representative=representative, **more)


async def table(d: Department, **bounds: Any) -> dict[str, pb.PenaltyTableRow]:
    asked = pb.ExportPenaltyTableRequest(**bounds)
    token = mint((d.folder / "token.key").read_bytes(), CLERK[0], NODE, CLERK[1:])
    found = d.stub.ExportPenaltyTable(asked, metadata=(("authorization", f"Bearer {token}"),))
    return {row.case_id: row async for reply in found for row in reply.rows}


def wrong(row: pb.PenaltyTableRow) -> set[str]:
    return {fault.column for fault in row.faults}


async def test_a_row_has_the_values_of_the_standard(department: Department) -> None:
    kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_GAINS]
    proposal = fine(20_000.01, kinds=kinds, confiscation={"fen": 1_234_567})
    dossier = await penalised(department, party="示例企业", number=CODE, proposal=proposal)

    row = (await table(department))[dossier.case_id]

    assert len(columns()) == 30
    assert {
        "CF_XDR_MC": "示例企业",
        "CF_XDR_LB": "法人及非法人组织",
        "CF_XDR_SHXYM": CODE,
        "CF_FRDB": "示例代表",
    }.items() <= dict(row.values).items()
    said = dict(row.values)
    assert (said["CF_CFLB"], said["CF_NR"]) == ("罚款;没收违法所得", "罚款20000.01元；没收违法所得12345.67元")
    assert (said["CF_NR_FK"], said["CF_NR_WFFF"]) == ("2.000001", "1.234567"), "in units of 10,000 yuan"
    assert (said["CF_JDRQ"], said["CF_GSJZQ"], said["CF_YXQ"]) == ("2026/05/06", "2027/05/06", "2099/12/31")
    assert (said["CF_CFJG"], said["CF_CFJGDM"]) == ("示例市市场监督管理局", AGENCY) and not row.faults
    assert said["CF_SY"] == "事实" and said["CF_WSH"].startswith("示罚决〔2026〕")


@pytest.mark.parametrize(
    ("more", "columns_wrong"),
    [
        ({"representative": ""}, {"CF_FRDB"}),
        ({"facts": "长" * 5001}, {"CF_SY"}),
        ({"kind": CITIZEN, "number": ADULT}, set()),
        ({"proposal": fine(20_000, kinds=[3, 8])}, {"CF_NR_ZKDX"}),
    ],
    ids=["no representative", "too long", "a person needs none", "which licence"],
)
async def test_what_the_platform_would_not_take_is_told(
    department: Department, more: dict[str, Any], columns_wrong: set[str]
) -> None:
    more = {"proposal": fine(20_000)} | more

    dossier = await penalised(department, **more)

    row = (await table(department))[dossier.case_id]
    assert wrong(row) == columns_wrong
    assert all(fault.text_zh and fault.text_en for fault in row.faults)


async def test_what_is_kept_back_or_minor_is_not_sent(department: Department) -> None:
    """CREDIT-2025 12(1): minor dishonesty is not shown; a minor is never told of."""
    warning = fine(0, kinds=[1], band_code="3")
    lighter = fine(20_000, lenience={"degree": 1, "grounds": [1], "reasons": "已满十四周岁不满十八周岁"})
    young = await penalised(department, kind=CITIZEN, number=MINOR, proposal=lighter)
    unknown = await penalised(
        department, kind=CITIZEN, number="P1234567", born="1990-01-01", proposal=fine(20_000)
    )
    light = await penalised(department, proposal=warning)
    secret = await penalised(department)
    await department.do(
        "WithholdPublication",
        HEAD,
        case_id=secret.case_id,
        ground=pb.WITHHOLD_GROUND_STATE_SECRET,
        reason="涉密",
    )

    found = await table(department)

    assert not {each.case_id for each in (young, unknown, light, secret)} & found.keys()
    await publish(department, unknown, adult_proof="护照复印件")
    assert unknown.case_id in await table(department)


async def test_whole_numbers_are_for_those_who_send_them(department: Department) -> None:
    async with department.refused("ROLE_REQUIRED"):
        async for _ in department.stub.ExportPenaltyTable(
            pb.ExportPenaltyTableRequest(),
            metadata=(("authorization", f"Bearer {_token(department, 'OVERSIGHT')}"),),
        ):
            pass


def _token(d: Department, role: str) -> str:
    return mint((d.folder / "token.key").read_bytes(), "clerk-9", NODE, (role,))


async def test_each_province_has_its_own_columns(department: Department, tmp_path: Path) -> None:
    """The rows without a fault go to the file, the faults to the report."""
    bad = await penalised(department, representative="")
    good = await penalised(department, party="示例出口企业")
    mine, file = tmp_path / "columns.toml", tmp_path / "table.xlsx"
    mine.write_text(
        '[[column]]\ntitle = "当事人"\ncode = "CF_XDR_MC"\n[[column]]\ntitle = "决定日期"\ncode = "CF_JDRQ"\nday = "%Y-%m-%d"\n'
        '[[column]]\ntitle = "地方编码"\nvalue = "440700"\n',
        "utf-8",
    )
    metadata = (("authorization", f"Bearer {_token(department, 'CLERK')}"),)
    target = department.target

    count, faults = await give(target, metadata, file, mine)

    head, *rows = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0).to_python()
    assert head == ["当事人", "决定日期", "地方编码"] and len(rows) == count
    assert ["示例出口企业", "2026-05-06", "440700"] in rows
    assert bad.case_id in {f.case_id for f in faults if f.column == "CF_FRDB"}
    assert good.case_id not in {f.case_id for f in faults}
    save_faults(tmp_path / "faults.csv", faults[:1])
    with (tmp_path / "faults.csv").open(encoding="utf-8-sig") as lines:
        assert [Fault(*line) for line in csv.reader(lines)][1] == faults[0]
    mine.write_text('[[column]]\ntitle = "当事人"\ncode = "CF_NICHTS"\n', "utf-8")
    with pytest.raises(Failure, match="当事人"):
        await give(target, metadata, file, mine)
