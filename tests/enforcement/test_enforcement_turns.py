"""The turns of an enforcement by the agency itself: agreement and waiver, suspension, the end without the money (ACL 39–42)."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import enforcement_pb2 as pb

from tests.enforcement.department import Department
from tests.enforcement.own import ENOUGH, TRANSFER, enforcing, overdue, served
from tests.enforcement.samples import DAY, FINANCE, HEAD, yuan

MENDED = "已改正违法行为并赔偿损失"
OTHER = pb.END_OF_ENFORCEMENT_OTHER


async def test_an_agreement_waives_of_the_surcharge_and_is_performed(department: Department) -> None:
    own = await served(department)
    await own.agree((30000, 10), (9700, 40), waived=yuan(20000), mended=MENDED)

    case = await department.case(own.dossier.case_id)
    [waiver] = case.surcharge_waivers
    assert (waiver.amount, waiver.enforcement_id, waiver.mended, waiver.decider) == (
        yuan(20000), own.record.enforcement_id, MENDED, HEAD[0],
    )  # fmt: skip
    assert case.owed.total == yuan(39700)
    assert "SurchargeWaived" in department.names(own.dossier.case_id)
    department.now += 9 * DAY
    left = await department.do("GetOwed", FINANCE, case_id=own.dossier.case_id)
    await department.pay(own.dossier, left.owed.total.fen / 100)
    assert left.owed.total == yuan(40000), "the day that was left to the cap ran on"
    assert (await own.found()).state == "PERFORMED"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"harmless": False}, "AGREEMENT_HARMS"),
        ({"waived": yuan(100)}, "WAIVER_NOT_EARNED"),
        ({"waived": yuan(29701), "mended": MENDED}, "WAIVER_NOT_EARNED"),
        ({"mended": MENDED}, "AGREEMENT_INCOMPLETE"),
    ],
    ids=["harm", "not mended", "more than the surcharge", "not all that is owed"],
)
async def test_an_agreement_harms_nobody_and_waives_only_what_is_earned(
    department: Department, more: dict[str, Any], reason: str
) -> None:
    own = await served(department)
    waived = more.get("waived", yuan(0)).fen / 100
    whole = 59700 - waived + (1 if reason == "AGREEMENT_INCOMPLETE" else 0)

    async with department.refused(reason, law="ACL-2011:42(1)"):
        await own.agree((whole, 10), **more)
    case = await department.case(own.dossier.case_id)
    assert not case.surcharge_waivers


@pytest.mark.parametrize(
    "stages", [[], [(59700, 0)], [(30000, 20), (29700, 10)], [(59700, 9), (0, 10)]], ids=str
)
async def test_the_stages_follow_each_other_in_days_to_come(
    department: Department, stages: list[tuple[float, int]]
) -> None:
    own = await served(department)

    async with department.refused("AGREEMENT_INCOMPLETE"):
        await own.agree(*stages)


async def test_of_a_surcharge_that_was_waived_nothing_is_waived_again(department: Department) -> None:
    own = await enforcing(department)
    await own.agree((30000, 1), waived=yuan(29700), mended=MENDED)
    department.now += 2 * DAY
    await own.act("ResumeEnforcement", HEAD, cause="逾期未付")

    async with department.refused("WAIVER_NOT_EARNED") as told:
        await own.agree((30000 - 1, 10), waived=yuan(301), mended=MENDED)
    assert told.metadata["surcharge_fen"] == "30000", "the last day to the cap"


async def test_only_a_broken_agreement_is_resumed_and_as_enforcement_is_done(department: Department) -> None:
    own = await served(department)
    await own.agree((30000, 2), (29700, 30))
    department.now += 1 * DAY
    async with department.refused("AGREEMENT_KEPT", law="ACL-2011:42(2)", more=True):
        await own.act("ResumeEnforcement", HEAD, cause="逾期", execution=TRANSFER)
    await department.pay(own.dossier, 29999)
    department.now += 2 * DAY
    async with department.refused("MEANS_INCOMPLETE", "UTILITIES_CUT"):
        await own.act("ResumeEnforcement", HEAD, cause="逾期")
    await own.act("ResumeEnforcement", HEAD, cause="首期未足额缴纳", execution=TRANSFER)

    assert own.state == "ENFORCING"


async def test_a_paid_stage_keeps_the_agreement(department: Department) -> None:
    own = await served(department)
    await own.agree((30000, 2), (29700, 30))
    await department.pay(own.dossier, 30000)
    department.now += 3 * DAY

    async with department.refused("AGREEMENT_KEPT"):
        await own.act("ResumeEnforcement", HEAD, cause="逾期", execution=TRANSFER)


async def test_suspended_resumed_and_after_three_years_given_up(department: Department) -> None:
    own = await enforcing(department)
    hardship = {"ground": pb.SUSPENSION_OF_ENFORCEMENT_HARDSHIP, "cause": "暂无履行能力"}
    async with department.refused("GROUNDS_MISSING", law="ACL-2011:39(1)"):
        await own.act("SuspendEnforcement", HEAD, **(hardship | {"ground": 0}))
    await own.act("SuspendEnforcement", HEAD, **hardship)
    await own.act("ResumeEnforcement", HEAD, cause="恢复经营")
    await own.act("SuspendEnforcement", HEAD, **hardship)
    assert own.clock("ENF-13") == 1
    department.now = ENOUGH.replace(year=2029) - timedelta(days=1)
    said = {"cause": "确无能力", "harmless": True, "unable": True}
    async with department.refused("NOT_THREE_YEARS", law="ACL-2011:39(2)"):
        await own.act("GiveUpEnforcement", HEAD, **said)
    department.now = ENOUGH.replace(year=2029)
    async with department.refused("NOT_THREE_YEARS"):
        await own.act("GiveUpEnforcement", HEAD, **(said | {"unable": False}))
    await own.act("GiveUpEnforcement", HEAD, **said)

    assert own.state == "TERMINATED"
    assert department.names(own.record.enforcement_id)[-1] == "EnforcementGivenUp"
    async with department.refused("ENFORCEMENT_TERMINATED", law="ACL-2011:39(2);ACL-2011:40"):
        await own.begin()


async def test_it_is_terminated_in_a_case_of_the_law_alone(department: Department) -> None:
    own = await overdue(department)
    async with department.refused("GROUNDS_MISSING", law="ACL-2011:40"):
        await own.act("TerminateEnforcement", HEAD, cause="无")
    async with department.refused("DECISION_STANDS", law="ACL-2011:40"):
        await own.act(
            "TerminateEnforcement", HEAD, ground=pb.END_OF_ENFORCEMENT_DECISION_ANNULLED, cause="已撤销"
        )
    await own.act("TerminateEnforcement", HEAD, ground=OTHER, cause="主体注销")

    assert own.state == "TERMINATED"
