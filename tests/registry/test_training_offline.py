"""A department whose link is cut goes on teaching and asking; nothing is lost or counted twice."""

from datetime import UTC, datetime, timedelta
from typing import Any

from yifa.registry.v1 import exam_pb2, points_pb2

from tests.registry.exam_room import announce, get
from tests.registry.school import School
from tests.registry.town import CITY


async def test_what_both_sides_do_while_the_link_is_cut_comes_together(school: School) -> None:
    await school.points_table()
    body = await school.body()
    officer, ready = await school.register(body), await school.examinee()
    await school.known(CITY, officer, "TRAINING")
    entry = (await school.score(ready, "RUDE")).entry
    await known_points(school, ready, points_pb2.POINTS_STATE_SCORED)
    exam = await announce(school)
    await school.seen(lambda: get(school, "huanbao", exam), lambda reply: True)
    await school.city.cables["huanbao"].cut()

    try:
        await school.attend(await school.schedule(body, hours=40, half_days=10), [officer])
        await school.attend(await school.schedule_by_city(hours=20, half_days=4), [officer])
        await school.ask("huanbao", "RegisterForExam", request_for(exam, ready))
        appeal = points_pb2.AppealPointsRequest(entry_id=entry.entry_id, grounds="误认")
        await school.ask("huanbao", "AppealPoints", appeal)
        alone = await school.get_officer("huanbao", officer)
    finally:
        await school.city.cables["huanbao"].mend()

    assert alone.officer.training_hours == 40
    for node in (CITY, "huanbao"):
        await school.seen(
            lambda node=node: school.get_officer(node, officer),
            lambda reply: reply.officer.training_hours == 60,
        )
        [quota] = [q for q in await school.officer_quotas(node, body.body_id)]
        assert (quota.hours, quota.half_days, quota.sessions) == (60, 14, 2)
    await school.known("huanbao", officer, "EXAM_READY")
    await known_points(school, ready, points_pb2.POINTS_STATE_APPEALED)
    registered = exam_pb2.EXAM_ENTRY_STATE_REGISTERED
    await school.seen(
        lambda: get(school, "huanbao", exam), lambda reply: [e.state for e in reply.entries] == [registered]
    )


async def test_who_asked_in_time_is_entered_though_the_link_was_cut(school: School) -> None:
    ready, exam = await school.examinee(), await announce(school, until=timedelta(seconds=3))
    await school.seen(lambda: get(school, "huanbao", exam), lambda reply: True)
    await school.city.cables["huanbao"].cut()

    try:
        await school.ask("huanbao", "RegisterForExam", request_for(exam, ready))
        closed = exam.register_until.ToDatetime(tzinfo=UTC)
        await school.seen(now, lambda at: at > closed)
    finally:
        await school.city.cables["huanbao"].mend()

    registered = exam_pb2.EXAM_ENTRY_STATE_REGISTERED
    await school.seen(
        lambda: get(school, "huanbao", exam), lambda reply: [e.state for e in reply.entries] == [registered]
    )


async def now() -> datetime:
    return datetime.now(UTC)


def request_for(exam: exam_pb2.Exam, officer: Any) -> exam_pb2.RegisterForExamRequest:
    return exam_pb2.RegisterForExamRequest(exam_id=exam.exam_id, officer_ids=[officer.officer_id])


async def known_points(school: School, officer: Any, state: int) -> None:
    """Wait until the department knows of an officer's points in a state."""
    request = points_pb2.GetOfficerPointsRequest(officer_id=officer.officer_id)
    await school.seen(
        lambda: school.ask("huanbao", "GetOfficerPoints", request),
        lambda reply: [e.state for e in reply.entries] == [state],
    )
