"""The report that ends the inquiry: evidence, order to correct, kind, band."""

import grpc
import pytest
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import fine, yuan


async def test_the_report_needs_evidence(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("RECORD_MISSING", "EVIDENCE_NOT_VERIFIED", law="APL-2021:40"):
        await department.report(dossier, fine(30000))


async def test_the_report_orders_to_correct(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("CORRECTION_ORDER_MISSING", law="APL-2021:28(1)"):
        await department.report(dossier, fine(30000, correction_order=" "))


async def test_only_handling_officers_report(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await department.report(dossier, fine(30000), by=stranger.who)


@pytest.mark.parametrize(
    "proposal",
    [
        fine(30000, kinds=[]),
        fine(30000, kinds=[0, 3]),
        fine(0),
        fine(30000, kinds=[penalties.PENALTY_KIND_WARNING]),
        fine(30000, confiscation=yuan(1)),
    ],
)
async def test_a_penalty_has_its_kind_and_amount(department: Department, proposal: penalties.Penalty) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("SANCTION_KIND_NOT_ALLOWED", more=True):
        await department.report(dossier, proposal)


async def test_a_kind_that_the_contract_does_not_name_is_no_kind(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await department.report(dossier, fine(30000, kinds=[3, 99]))

    told = read_refusal(caught.value)
    assert (told.reason, told.fields) == ("MALFORMED", ["proposal.kinds[1]"])


@pytest.mark.parametrize(
    "proposal",
    [
        fine(30000, benchmark_id="", band_code=""),
        fine(30000, benchmark_id="示例法:9-9"),
        fine(30000, band_code="9"),
        fine(30000, band_code="2"),
        fine(1, band_code="4"),
        fine(1, band_code="4", deviation_reason="裁量基准未设定金额"),
    ],
)
async def test_the_band_is_stated(department: Department, proposal: penalties.Penalty) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("DISCRETION_NOT_STATED", more=True):
        await department.report(dossier, proposal)


WARNING = {"kinds": [penalties.PENALTY_KIND_WARNING], "fine": yuan(0), "band_code": "3"}


@pytest.mark.parametrize(
    ("proposal", "inside"),
    [
        (fine(20000), True),
        (fine(19999.99), False),
        (fine(200000), True),
        (fine(200000.01), False),
        (fine(10000, band_code="2", base=yuan(10000)), True),
        (fine(9999.99, band_code="2", base=yuan(10000)), False),
        (fine(30000, band_code="2", base=yuan(10000)), True),
        (fine(30000.01, band_code="2", base=yuan(10000)), False),
        (fine(0, **WARNING), True),
        (fine(1, band_code="3"), False),
        (fine(1, band_code="4", deviation_reason="裁量基准未设定金额", deviation_approver="head-1"), True),
        (fine(30000, band_code="2", deviation_reason="无违法所得", deviation_approver="head-1"), True),
        (
            fine(
                40000, band_code="2", base=yuan(0), deviation_reason="无违法所得", deviation_approver="head-1"
            ),
            True,
        ),
        (fine(300000, deviation_reason="情节特殊", deviation_approver="head-1"), True),
        (fine(300000, deviation_reason="情节特殊"), False),
        (fine(300000, deviation_approver="head-1"), False),
        (fine(300000, deviation_reason=" ", deviation_approver=" "), False),
    ],
)
async def test_the_fine_lies_inside_the_band_or_deviates_with_approval(
    department: Department, proposal: penalties.Penalty, inside: bool
) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    if inside:
        reply = await department.report(dossier, proposal)
        assert reply.case.proposal == proposal and reply.case.report == "调查终结报告"
        return
    async with department.refused("DISCRETION_OUT_OF_BAND", law="GBF-2022-27:12") as told:
        await department.report(dossier, proposal)
    assert {"fine", "min", "max"} <= told.metadata.keys()


async def test_a_handling_officer_does_not_approve_a_deviation(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)
    own = fine(300000, deviation_reason="情节特殊", deviation_approver=dossier.ids[1])

    async with department.refused("DISCRETION_OUT_OF_BAND") as told:
        await department.report(dossier, own)

    assert told.metadata["fine"] == "300000.00" and told.metadata["max"] == "200000.00"


async def test_negative_money_is_malformed(department: Department) -> None:
    dossier = await department.investigating()
    await department.evidence(dossier)

    async with department.refused("MALFORMED") as told:
        await department.report(dossier, fine(-1))

    assert told.fields == ["proposal.fine.fen"]
