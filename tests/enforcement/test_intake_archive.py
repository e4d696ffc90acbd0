"""Cases of the archive: brought in by the same intake, judged by the law of their day; what is over runs no terms."""

import asyncio
from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED

from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.stages_told import in_time, named, new_record, reasons, report, send, years_back


async def test_an_old_case_is_judged_by_the_law_of_its_day(world: Department) -> None:
    """Before the law of 2021 nothing of today's is held against an act; after it, all of it is."""
    before, after = (years_back(in_time(new_record("ordinary")), years) for years in (9, 3))
    named(after, "make_decision").actor = "O-1"

    [old], [newer] = await send(world, before), await send(world, after)

    [standing] = old.standings
    assert not standing.breaches and not standing.missing
    assert ("MakeDecision", "COLLECTIVE_DISCUSSION_REQUIRED") in {
        (n.act, n.reason) for n in standing.not_judged
    }
    assert "SOD_VIOLATION" in reasons(newer.standings[0], "MakeDecision")


async def test_terms_of_a_case_that_was_over_long_ago_do_not_run(world: Department) -> None:
    [reply] = await send(world, years_back(in_time(new_record("ordinary")), 3))

    [standing] = reply.standings
    case = await world.case(standing.case_id)
    assert standing.state == cases.CASE_STATE_CLOSED and not standing.due and not case.deadlines
    assert case.origin.imported
    assert world.names(standing.case_id) == ["OutsideCaseReported"], "the city is told once, of the whole"


async def test_terms_of_an_open_case_of_the_archive_warn_when_the_rest_had_time_to_come(
    world: Department,
) -> None:
    until = {"register_clue", "file_case", "assign_officers"}
    stages = [s for s in in_time(new_record("ordinary")) if s.WhichOneof("act") in until]
    [reply] = await send(world, years_back(stages, 2))
    [standing] = reply.standings
    assert {d.clock_id for d in standing.due} >= {"PEN-15"}

    def passed() -> list[str]:
        everything = world.running.entries(0, 10**9)
        return [
            e.type for e in everything if e.subject == standing.case_id and e.type.endswith("DeadlinePassed")
        ]

    assert passed() == []
    world.now = LATER + timedelta(days=1, seconds=1)
    async with asyncio.timeout(20):
        while not passed():
            await asyncio.sleep(0.05)
    world.now = LATER


async def test_of_a_term_that_passed_nobody_is_told_again_when_an_earlier_stage_comes(
    world: Department,
) -> None:
    stages = [
        s for s in in_time(new_record("ordinary")) if s.WhichOneof("act") in ("file_case", "assign_officers")
    ]
    for stage in stages:
        stage.act_time.seconds -= 365 * 86400
        stage.matter.violation.occur_time.seconds -= 365 * 86400
    case_id = (await report(world, *stages)).case_id

    async def state() -> int:
        return {d.clock_id: d.state for d in (await world.case(case_id)).deadlines}["PEN-15"]

    async with asyncio.timeout(20):
        while await state() != CLOCK_STATE_EXPIRED:
            await asyncio.sleep(0.05)
    early = pb.OutsideStage.FromString(stages[0].SerializeToString())
    early.stage_id, early.act_time.seconds = "early", early.act_time.seconds - 86400
    early.register_clue.summary = "举报"

    standing = await report(world, early)

    assert {d.clock_id: d.state for d in standing.due}["PEN-15"] == CLOCK_STATE_EXPIRED


async def test_a_case_of_late_is_none_of_the_archive_whatever_it_is_called(world: Department) -> None:
    stages = in_time(new_record("ordinary"))
    for stage in stages:
        stage.imported = True

    [reply] = await send(world, stages)

    case = await world.case(reply.standings[0].case_id)
    assert not case.origin.imported and case.deadlines
    assert "DecisionMade" in world.names(case.case_id)
