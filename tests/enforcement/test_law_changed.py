"""A case on both sides of the day on which its law ended (APL-2021 37; EEC-2026 1054, 1057, 1242)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, HEAD, HOUR, Dossier, fine, stamp

# The first Saturday of the Code, and the Friday before it.
DAY_ONE = datetime(2026, 8, 15, 0, 0, tzinfo=SHANGHAI)
FRIDAY = DAY_ONE - 15 * HOUR
WATER, CODE = "《中华人民共和国水污染防治法》第八十三条第（二）项", "《生态环境法典》第一千一百零七条"
FORM, LIGHTER = "《环境影响评价法》第三十一条第三款", "《生态环境法典》第一千零九十五条第三款"
REASON = "新规定的罚款幅度相同，适用行为发生时的规定。"


async def clue(d: Department, law: str, act: datetime, **about: Any) -> Dossier:
    return await d.clue(law=law, occur_time=stamp(act), **about)


async def test_a_case_is_filed_under_the_law_of_the_day_of_the_act(department: Department) -> None:
    """On the day itself the old law is no law for what is done from then on, and the new one none for what was done before."""
    department.now = DAY_ONE + 9 * HOUR
    last, first = DAY_ONE - timedelta(seconds=1), DAY_ONE

    for law, act in ((WATER, last), (CODE, first), (FORM, last), (LIGHTER, last), (LIGHTER, first)):
        await department.act("FileCase", await clue(department, law, act))
    for law, act in ((WATER, first), (CODE, last), (FORM, first)):
        dossier = await clue(department, law, act)
        async with department.refused("BASIS_NOT_IN_FORCE", law="APL-2021:37"):
            await department.act("FileCase", dossier)


async def test_before_the_day_nothing_is_filed_under_the_new_law(department: Department) -> None:
    department.now = FRIDAY

    await department.act("FileCase", await clue(department, WATER, FRIDAY - DAY))
    for law in (CODE, LIGHTER):
        dossier = await clue(department, law, FRIDAY - DAY)
        async with department.refused("BASIS_NOT_IN_FORCE"):
            await department.act("FileCase", dossier)


async def test_a_refusal_names_what_took_the_place(department: Department) -> None:
    department.now = DAY_ONE + 9 * HOUR
    dossier = await clue(department, WATER, DAY_ONE)

    async with department.refused("BASIS_NOT_IN_FORCE") as no:
        await department.act("FileCase", dossier)

    assert no.metadata["basis"] == WATER
    assert no.metadata["instead"] == "《中华人民共和国生态环境法典》第一千一百零七条"


async def inquired(d: Department, law: str, act: datetime) -> Dossier:
    """A case up to the end of the inquiry, before the report."""
    dossier = await d.investigating(law=law, occur_time=stamp(act))
    await d.evidence(dossier)
    return dossier


async def test_an_old_act_is_judged_by_its_law_for_a_reason(department: Department) -> None:
    department.now = FRIDAY
    dossier = await inquired(department, WATER, FRIDAY - DAY)

    department.now = DAY_ONE + 9 * HOUR
    async with department.refused("LAW_CHOICE_NOT_REASONED", law="APL-2021:37"):
        await department.report(dossier, fine(30_000))

    reply = await department.report(dossier, fine(30_000, law_choice=REASON))
    assert reply.case.proposal.law_choice == REASON


async def test_the_reason_goes_with_the_case_to_its_decision(department: Department) -> None:
    department.now = FRIDAY
    dossier = await inquired(department, WATER, FRIDAY - DAY)
    department.now = DAY_ONE + 9 * HOUR
    await department.report(dossier, fine(30_000, law_choice=REASON))
    for rpc in ("SubmitForReview", "ConcludeReview"):
        await department.act(rpc, dossier)

    async with department.refused("BASIS_NOT_IN_FORCE"):
        await department.notice(dossier, basis=CODE)
    await department.notice(dossier, basis=WATER)
    await department.act("WaiveDefence", dossier)
    decided = await department.decide(dossier)

    assert decided.case.decision.penalty.law_choice == REASON


async def test_the_lighter_new_law_takes_the_place_of_the_old_one(department: Department) -> None:
    department.now = FRIDAY
    dossier = await inquired(department, FORM, FRIDAY - DAY)
    await department.report(dossier, fine(30_000))
    for rpc in ("SubmitForReview", "ConcludeReview"):
        await department.act(rpc, dossier)

    department.now = DAY_ONE + 9 * HOUR
    async with department.refused("BASIS_NOT_IN_FORCE") as no:
        await department.notice(dossier, basis=FORM)

    assert no.metadata["instead"] == "《中华人民共和国生态环境法典》第一千零九十五条第三款"


@pytest.mark.parametrize("law", [WATER, FORM])
async def test_a_case_that_was_done_before_the_day_needs_no_reason(department: Department, law: str) -> None:
    department.now = FRIDAY
    dossier = await inquired(department, law, FRIDAY - DAY)

    assert (await department.report(dossier, fine(30_000))).case.proposal.kinds


async def test_a_benchmark_of_the_law_that_ended_measures_no_new_act(department: Department) -> None:
    await department.benchmark(statute="水污染防治法", code="1-1", basis="第八十三条第（二）项")
    department.now = DAY_ONE + 9 * HOUR
    dossier = await inquired(department, CODE, DAY_ONE)

    async with department.refused("BASIS_NOT_IN_FORCE", law="APL-2021:37;APL-2021:34"):
        await department.report(dossier, fine(30_000, benchmark_id="水污染防治法:1-1"))

    assert (await department.report(dossier, fine(30_000))).case.proposal.kinds


async def test_what_was_not_read_is_not_chosen_by_itself(department: Department) -> None:
    """A declared gap: which article of the Code took that one's place is not known here."""
    department.now = FRIDAY
    dossier = await inquired(department, "《海洋环境保护法》第九十三条", FRIDAY - DAY)

    department.now = DAY_ONE + 9 * HOUR
    async with department.refused("LAW_CHOICE_NOT_REASONED") as no:
        await department.report(dossier, fine(30_000))

    assert no.metadata["gap"] == "生态环境法典的海洋、放射性、绿色低碳各章未读，不能自动选择"


async def test_harm_to_the_environment_is_pursued_for_five_years(department: Department) -> None:
    """EEC-2026:1054(1): what ended before the Code keeps the two years."""
    department.now = DAY_ONE + 1200 * DAY
    old, new = DAY_ONE - HOUR, DAY_ONE + HOUR

    harmed = await clue(department, "示例法第一条", new, harm_to_environment=True)
    assert (await department.act("FileCase", harmed)).case.case_number
    for act, harm in ((old, True), (new, False)):
        dossier = await clue(department, "示例法第一条", act, harm_to_environment=harm)
        async with department.refused("LIMITATION_EXPIRED"):
            await department.act("FileCase", dossier, HEAD)


async def test_on_the_spot_nothing_rests_on_what_ended(department: Department) -> None:
    department.now = DAY_ONE + 9 * HOUR
    about = {"title": "示例违法行为", "occur_time": stamp(DAY_ONE)}

    async with department.refused("BASIS_NOT_IN_FORCE"):
        await department.spot(violation=penalties.Violation(law=WATER, **about))

    assert (await department.spot(violation=penalties.Violation(law=CODE, **about))).case.case_id
