"""Cases of the archive: brought in by the same intake, judged by the law of their day; what is over runs no terms."""

import asyncio
from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import outside_pb2 as pb

from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER
from tests.enforcement.stages_told import in_time, named, new_record, reasons, send


def years_back(stages: list[pb.OutsideStage], years: int) -> list[pb.OutsideStage]:
    """The same from the archive, so many years before."""
    for stage in stages:
        stage.imported = True
        stage.act_time.seconds -= years * 365 * 86400
        stage.matter.violation.occur_time.seconds -= years * 365 * 86400
    return stages


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
