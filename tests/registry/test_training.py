"""Training: planned, held, attended, closed; credited to officers, and known at both sides."""

from datetime import timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_plan_pb2 as training_plans

from tests.registry.school import HOUR, School
from tests.registry.town import CITY

EXISTS = grpc.StatusCode.ALREADY_EXISTS
INVALID = grpc.StatusCode.INVALID_ARGUMENT
MISSING = grpc.StatusCode.NOT_FOUND


async def test_a_training_is_held_and_credited_to_those_who_came(school: School) -> None:
    body = await school.body()
    came, stayed = await school.register(body), await school.register(body)
    training = await school.schedule(body, hours=8, half_days=2)

    held = await school.attend(training, [came], [stayed])

    assert (held.state, held.attended, held.absent) == (messages.TRAINING_STATE_HELD, 1, 1)
    officer = (await school.get_officer("huanbao", came)).officer
    assert officer.training_hours == 8
    assert (await school.get_officer("huanbao", stayed)).officer.training_hours == 0
    known = await school.known(CITY, came, "TRAINING")
    await school.seen(lambda: school.get_officer(CITY, came), lambda reply: reply.officer.training_hours == 8)
    assert known.officer.node == "huanbao"
    at_city = await school.seen(lambda: school.training(CITY, training), lambda reply: reply.attendances)
    assert {(a.officer_id, a.attended) for a in at_city.attendances} == {
        (came.officer_id, True),
        (stayed.officer_id, False),
    }


async def test_hours_attended_open_the_exam(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.schedule(body, hours=60, half_days=20)

    await school.attend(training, [officer])

    await school.known(CITY, officer, "EXAM_READY")


async def test_training_by_the_city_is_credited_at_the_department(school: School) -> None:
    here, there = await school.body("huanbao"), await school.body("chengguan")
    one, other = await school.register(here), await school.register(there)
    await school.known(CITY, one, "TRAINING")
    await school.known(CITY, other, "TRAINING")
    training = await school.schedule_by_city(hours=16, half_days=4)

    await school.attend(training, [one], [other])

    credited = lambda hours: lambda reply: reply.officer.training_hours == hours  # noqa: E731
    await school.seen(lambda: school.get_officer("huanbao", one), credited(16))
    await school.seen(lambda: school.get_officer(CITY, one), credited(16))
    theirs = await school.seen(lambda: school.training("chengguan", training), lambda r: r.attendances)
    assert [a.officer_id for a in theirs.attendances] == [other.officer_id], (
        "each node hears of its own people"
    )
    assert (await school.get_officer("chengguan", other)).officer.training_hours == 0


async def test_attendance_heard_of_twice_is_credited_once(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    await school.known(CITY, officer, "TRAINING")
    training = await school.schedule_by_city(hours=4, half_days=1)
    held = await school.attend(training, [officer])
    await school.seen(
        lambda: school.get_officer("huanbao", officer), lambda reply: reply.officer.training_hours == 4
    )

    again = events.TrainingHeld(training=held)
    again.attendances.add(officer_id=officer.officer_id, attended=True)
    await school.announce(CITY, again, to="huanbao")
    last = await school.schedule_by_city(hours=2, half_days=1)
    await school.attend(last, [officer])

    reply = await school.seen(
        lambda: school.get_officer("huanbao", officer), lambda reply: reply.officer.training_hours != 4
    )
    assert reply.officer.training_hours == 6


async def test_another_department_cannot_credit_itself_with_training_by_the_city(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    forged = messages.Training(training_id="T-forged", node=CITY, hours=400, version=1)
    event = events.TrainingHeld(training=forged)
    event.attendances.add(officer_id=officer.officer_id, attended=True)

    await school.announce("chengguan", event, to="huanbao")

    await school.parked("huanbao", "TrainingHeld")
    assert (await school.get_officer("huanbao", officer)).officer.training_hours == 0


async def test_attendance_of_an_officer_is_taken_once(school: School) -> None:
    body = await school.body()
    officer, other = await school.register(body), await school.register(body)
    training = await school.schedule(body)
    await school.attend(training, [officer])

    with school.refused("ATTENDANCE_RECORDED", EXISTS, officer_id=officer.officer_id):
        await school.attend(training, [other, officer])
    with school.refused("MALFORMED", INVALID, field="attendances"):
        await school.attend(training, [other, other])

    more = await school.attend(training, [other])
    assert more.attended == 2


async def test_people_of_another_department_are_not_listed(school: School) -> None:
    body, stranger = await school.body(), await school.register(await school.body("chengguan"))
    training = await school.schedule(body)

    with school.refused("NOT_FOUND", MISSING, kind="Officer"):
        await school.attend(training, [stranger])


async def test_what_has_not_begun_has_no_attendance(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.schedule(body, after=HOUR)

    with school.refused("TRAINING_NOT_BEGUN", law="EX-ERS", training_id=training.training_id):
        await school.attend(training, [officer])


async def test_a_training_is_closed_with_its_effect(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.schedule(body)
    with school.refused(
        "ACT_NOT_OPEN", act="CloseTraining", state="SCHEDULED", open_acts="RecordAttendance,CancelTraining"
    ):
        await school.close(training)
    await school.attend(training, [officer])

    closed = await school.close(training)

    assert (closed.state, closed.effect) == (messages.TRAINING_STATE_CLOSED, "测试合格率百分之百")
    await school.seen(
        lambda: school.training(CITY, training),
        lambda reply: reply.training.state == messages.TRAINING_STATE_CLOSED,
    )
    with school.refused(
        "ACT_NOT_OPEN", act="RecordAttendance", state="CLOSED", open_acts="CorrectAttendance"
    ):
        await school.attend(training, [await school.register(body)])


async def test_a_training_is_called_off_before_it_is_held(school: School) -> None:
    body = await school.body()
    training = await school.schedule(body)

    called_off = await school.cancel(training)

    assert (called_off.state, called_off.cancel_cause) == (messages.TRAINING_STATE_CANCELLED, "教师生病")
    held = await school.schedule(body)
    await school.attend(held, [await school.register(body)])
    with school.refused(
        "ACT_NOT_OPEN",
        act="CancelTraining",
        state="HELD",
        open_acts="RecordAttendance,CorrectAttendance,CloseTraining",
    ):
        await school.cancel(held)


async def test_each_holds_its_own_training(school: School) -> None:
    body, other = await school.body(), await school.body("chengguan")
    await school.seen(lambda: school.get_body("huanbao", other.body_id), lambda reply: True)
    city = messages.TRAINING_KIND_CITY

    with school.refused("NOT_THE_ORGANISER", law="EX-ERS", node="huanbao"):
        await school.schedule(other, node="huanbao")
    with school.refused("NOT_THE_ORGANISER", node="huanbao"):
        await school.schedule(body, kind=city)
    with school.refused("NOT_THE_ORGANISER", node="city"):
        await school.schedule(body, node=CITY, role="REGISTRAR")


async def test_a_training_is_changed_where_it_is_kept(school: School) -> None:
    training = await school.schedule(await school.body())
    await school.seen(lambda: school.training(CITY, training), lambda reply: True)

    with school.refused("NOT_HOME", home="huanbao"):
        await school.cancel(training, node=CITY, role="REGISTRAR")


async def test_a_plan_is_adopted_once_and_amended(school: School) -> None:
    body = await school.body()
    plan = await school.adopt(body, 2031)

    with school.refused("PLAN_EXISTS", EXISTS, plan_id=plan.plan_id):
        await school.adopt(body, 2031)
    with school.refused("FINE_TARGET_FORBIDDEN", grpc.StatusCode.FAILED_PRECONDITION):
        await school.amend(plan, topics=["保障每人每月办案五件的方法"])
    amended = await school.amend(plan, topics=["行政处罚法", "证据规则"])

    assert [item.topic for item in amended.items] == ["行政处罚法", "证据规则"]
    assert (amended.version, amended.plan_id) == (2, plan.plan_id)
    at_city = await school.seen(lambda: school.plan(CITY, plan), lambda reply: reply.plan.version == 2)
    assert at_city.plan == amended
    listed = await school.pages(
        CITY, "ListTrainingPlans", training_plans.ListTrainingPlansRequest(year=2031, page_size=1)
    )
    assert plan.plan_id in {p.plan_id for p in listed}


async def test_the_plan_of_the_city_is_known_to_all(school: School) -> None:
    plan = await school.adopt(None, 2032)

    assert plan.plan_id == "city/2032"
    for node in ("huanbao", "chengguan"):
        assert (await school.seen(lambda node=node: school.plan(node, plan), lambda reply: True)).plan == plan
    with school.refused("NOT_THE_ORGANISER", node="huanbao"):
        await school.adopt(None, 2033, node="huanbao")


async def test_a_training_carries_out_an_item_of_a_plan(school: School) -> None:
    body = await school.body()
    plan = await school.adopt(body, 2034)

    with school.refused("MALFORMED", INVALID, field="plan_item"):
        await school.schedule(body, plan_id=plan.plan_id, plan_item=2)
    with school.refused("MALFORMED", INVALID, field="plan_item"):
        await school.schedule(body, plan_item=1)
    training = await school.schedule(body, plan_id=plan.plan_id, plan_item=1)

    assert [t.training_id for t in (await school.plan("huanbao", plan)).trainings] == [training.training_id]


async def test_trainings_are_listed_by_year_body_and_state(school: School) -> None:
    body = await school.body()
    one, other = await school.schedule(body), await school.schedule(body)
    await school.cancel(other)

    request = messages.ListTrainingsRequest(year=school.year, body_id=body.body_id, page_size=1)
    listed = await school.pages("huanbao", "ListTrainings", request)
    request = messages.ListTrainingsRequest(body_id=body.body_id, page_size=5)
    request.state = messages.TRAINING_STATE_SCHEDULED
    scheduled = await school.pages("huanbao", "ListTrainings", request)

    assert {t.training_id for t in listed} == {one.training_id, other.training_id}
    assert [t.training_id for t in scheduled] == [one.training_id]


@pytest.mark.parametrize("seconds", [10**12, -(10**12)])
async def test_a_training_beyond_the_calendar_is_refused(school: School, seconds: int) -> None:
    body = await school.body()

    with school.refused("MALFORMED", INVALID, field="start_time"):
        await school.schedule(body, start_time=Timestamp(seconds=seconds))


async def test_a_withdrawn_body_trains_no_more(school: School) -> None:
    body = await school.body()
    await school.withdraw(body)

    with school.refused("SUBJECT_NOT_QUALIFIED", body_id=body.body_id):
        await school.schedule(body)


async def test_recorded_hours_count_in_the_year(school: School) -> None:
    officer = await school.register(await school.body())

    await school.train(officer, 12)

    [report] = await school.officer_quotas("huanbao", officer.body_id)
    assert (report.hours, report.sessions, report.half_days_missing) == (12, 0, 14)
    assert timedelta(hours=report.hours) == 12 * HOUR
