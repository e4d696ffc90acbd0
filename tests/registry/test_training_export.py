"""All trainings that were held are given out: of lists, recorded alone, and sessions that were attended."""

from datetime import UTC, datetime, timedelta
from typing import Any

from google.type import date_pb2
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import reason_pb2, training_pb2

from services.law.calendar import SHANGHAI as CHINA
from tests.registry.school import School
from tests.registry.test_training_corrections import correct
from tests.registry.town import CITY


async def exported(school: School, node: str, officer: Any = None) -> list[bulk.TrainingRecord]:
    request = bulk.ExportTrainingRequest(officer_id=officer.officer_id if officer else "")
    metadata = school.city.as_(CITY, "registrar-1", "REGISTRAR")
    stream = school.city.stub(node, "registry").ExportTraining(request, metadata=metadata)
    return [training async for reply in stream for training in reply.trainings]


async def brought(school: School, *rows: bulk.TrainingRow) -> Any:
    request = bulk.ImportTrainingRequest(rows=rows)
    metadata = school.city.as_("huanbao", "clerk-1", "ROSTER_CLERK")
    stream = school.city.stub("huanbao", "registry").ImportTraining(iter([request]), metadata=metadata)
    [reply] = [reply async for reply in stream]
    return reply


async def recorded(school: School, officer: Any, course: str, hours: int) -> None:
    request = training_pb2.RecordTrainingRequest(
        officer_id=officer.officer_id, course=course, hours=hours, half_days=1
    )
    await school.ask(officer.node, "RecordTraining", request)


def on(at: datetime) -> date_pb2.Date:
    day = at.astimezone(CHINA)
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)


def line(record: bulk.TrainingRecord) -> bulk.TrainingRow:
    """The record as a list has it."""
    return bulk.TrainingRow(
        line=1,
        officer=record.officer_id,
        course=record.course,
        date=record.date,
        hours=record.hours,
        half_days=record.half_days,
    )


def named(records: list[bulk.TrainingRecord]) -> list[tuple[str, int, int]]:
    return sorted((r.course, r.hours, r.half_days) for r in records)


async def test_every_training_of_an_officer_is_given_out_once_at_both_sides(school: School) -> None:
    body = await school.body()
    officer, absent = await school.register(body), await school.register(body)
    yesterday = on(datetime.now(UTC) - timedelta(days=1))
    listed = bulk.TrainingRow(
        line=1, officer=officer.officer_id, course="名单培训", date=yesterday, hours=6, half_days=2
    )
    assert (await brought(school, listed)).added == 1
    await recorded(school, officer, "自行登记", 3)
    held = await school.attend(
        await school.schedule(body, topic="集中培训", hours=8, half_days=2), [officer], [absent]
    )
    by_city = await school.schedule_by_city(topic="市级培训", hours=4, half_days=1)
    await school.known(CITY, officer, "TRAINING")
    await school.attend(by_city, [officer])

    for node in ("huanbao", CITY):
        found = await school.seen(
            lambda node=node: exported(school, node, officer), lambda records: len(records) == 4
        )
        assert named(found) == sorted(
            [("名单培训", 6, 2), ("自行登记", 3, 1), ("集中培训", 8, 2), ("市级培训", 4, 1)]
        )
        sessions = {r.training_id for r in found if r.training_id}
        assert sessions == {held.training_id, by_city.training_id}
        assert all(bool(r.record_id) != bool(r.training_id) for r in found)
        assert all(r.HasField("record_time") == bool(r.record_id) for r in found)
        assert await exported(school, node, absent) == []
    everybody = await exported(school, "huanbao")
    assert sum(r.officer_id == officer.officer_id for r in everybody) == 4


async def test_what_was_given_out_and_is_brought_in_again_counts_once(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    await recorded(school, officer, "自行登记", 3)
    await school.attend(await school.schedule(body, topic="集中培训", hours=8), [officer])
    records = await exported(school, "huanbao", officer)
    assert len(records) == 2

    reply = await brought(school, *map(line, records))

    assert (reply.added, reply.unchanged, list(reply.problems)) == (0, 2, [])
    assert (await school.get_officer("huanbao", officer)).officer.training_hours == 11
    longer = line(next(r for r in records if r.training_id))
    longer.hours = 9
    [problem] = (await brought(school, longer)).problems
    assert (problem.field, problem.reason) == ("hours", reason_pb2.REASON_ROW_DIFFERS)


async def test_two_trainings_of_one_day_and_course_are_two(school: School) -> None:
    officer = await school.register(await school.body())

    await recorded(school, officer, "自行登记", 3)
    await recorded(school, officer, "自行登记", 2)

    assert named(await exported(school, "huanbao", officer)) == [("自行登记", 2, 1), ("自行登记", 3, 1)]
    await school.seen(lambda: exported(school, CITY, officer), lambda records: len(records) == 2)


async def test_a_session_that_was_put_right_is_given_out_as_it_is_now(school: School) -> None:
    body = await school.body()
    officer, wrong = await school.register(body), await school.register(body)
    training: training_pb2.Training = await school.attend(
        await school.schedule(body, topic="集中培训", hours=8), [officer, wrong]
    )

    await correct(school, training, stayed=[wrong], hours=7, half_days=1)

    assert named(await exported(school, "huanbao", officer)) == [("集中培训", 7, 1)]
    assert await exported(school, "huanbao", wrong) == []
