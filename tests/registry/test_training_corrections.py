"""Attendance put right: a wrong person, wrong hours; credit, quotas and the way to the exam follow."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import grpc
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2 as messages

from services.law.calendar import SHANGHAI as CHINA
from tests.registry.desk import Desk
from tests.registry.school import School
from tests.registry.town import CITY

MISSING = grpc.StatusCode.NOT_FOUND
INVALID = grpc.StatusCode.INVALID_ARGUMENT


async def correct(
    school: School,
    training: messages.Training,
    came: Sequence[Any] = (),
    stayed: Sequence[Any] = (),
    node: str = "",
    **more: Any,
) -> messages.Training:
    request = messages.CorrectAttendanceRequest(
        training_id=training.training_id, cause="签到表登记错误", **more
    )
    for officer in came:
        request.attendances.add(officer_id=officer.officer_id, attended=True, score=90)
    for officer in stayed:
        request.attendances.add(officer_id=officer.officer_id)
    return (await school.ask(node or training.node, "CorrectAttendance", request)).training


async def credited(school: School, node: str, body_id: str, **wanted: tuple[int, int, int]) -> None:
    """Wait until the year's report says hours, half days and sessions so, by officer."""
    await school.seen(
        lambda: school.officer_quotas(node, body_id),
        lambda found: (
            wanted.items() <= {q.officer_id: (q.hours, q.half_days, q.sessions) for q in found}.items()
        ),
    )


async def test_the_right_person_gets_the_credit_of_the_wrong_one(school: School) -> None:
    body = await school.body()
    wrong, right, unlisted = [await school.register(body) for _ in range(3)]
    training = await school.attend(await school.schedule(body, hours=8, half_days=2), [wrong], [right])

    put_right = await correct(school, training, [right, unlisted], [wrong])

    for node in ("huanbao", CITY):
        await credited(
            school,
            node,
            body.body_id,
            **{wrong.officer_id: (0, 0, 0), right.officer_id: (8, 2, 1), unlisted.officer_id: (8, 2, 1)},
        )
        shown = await school.seen(
            lambda node=node: school.training(node, training), lambda r: len(r.attendances) == 3
        )
        assert {a.officer_id for a in shown.attendances if a.attended} == {
            right.officer_id,
            unlisted.officer_id,
        }
        assert shown.training == put_right
    assert (put_right.attended, put_right.absent, put_right.state) == (2, 1, messages.TRAINING_STATE_HELD)
    assert [(c.cause, c.corrector) for c in put_right.corrections] == [("签到表登记错误", "roster_clerk-1")]
    [event] = [
        events.AttendanceCorrected.FromString(e.data)
        for e in await school.journal("huanbao", "registry")
        if e.subject_id == training.training_id and e.type.endswith("AttendanceCorrected")
    ]
    assert {a.officer_id: a.attended for a in event.attendances_before} == {
        wrong.officer_id: True,
        right.officer_id: False,
    }


async def test_hours_put_right_reach_everybody_who_came(school: School) -> None:
    body = await school.body()
    one, other, absent = [await school.register(body) for _ in range(3)]
    training = await school.attend(await school.schedule(body, hours=8, half_days=2), [one, other], [absent])
    await school.close(training)

    put_right = await correct(school, training, hours=5, half_days=1)

    assert (put_right.hours, put_right.state) == (5, messages.TRAINING_STATE_CLOSED)
    assert [(c.hours_before, c.half_days_before) for c in put_right.corrections] == [(8, 2)]
    for node in ("huanbao", CITY):
        await credited(
            school,
            node,
            body.body_id,
            **{one.officer_id: (5, 1, 1), other.officer_id: (5, 1, 1), absent.officer_id: (0, 0, 0)},
        )
    assert (await school.get_officer("huanbao", one)).officer.training_hours == 5


async def test_who_is_short_of_hours_after_a_correction_sits_no_exam(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.attend(await school.schedule(body, hours=60, half_days=20), [officer])
    await school.known(CITY, officer, "EXAM_READY")

    await correct(school, training, hours=59)

    await school.known(CITY, officer, "TRAINING")
    with school.refused("ACT_NOT_OPEN"):
        await school.examine(officer, 90)
    await correct(school, training, hours=60)
    await school.known(CITY, officer, "EXAM_READY")


async def test_what_the_city_puts_right_is_credited_at_the_departments(school: School) -> None:
    here, there = await school.body("huanbao"), await school.body("chengguan")
    one, other = await school.register(here), await school.register(there)
    for officer in (one, other):
        await school.known(CITY, officer, "TRAINING")
    training = await school.attend(await school.schedule_by_city(hours=16, half_days=4), [one])
    await credited(school, "huanbao", here.body_id, **{one.officer_id: (16, 4, 1)})

    await correct(school, training, [other], hours=12, half_days=3)

    await credited(school, "huanbao", here.body_id, **{one.officer_id: (12, 3, 1)})
    await credited(school, "chengguan", there.body_id, **{other.officer_id: (12, 3, 1)})
    await credited(school, CITY, here.body_id, **{one.officer_id: (12, 3, 1)})
    await credited(school, CITY, there.body_id, **{other.officer_id: (12, 3, 1)})


async def test_a_year_that_is_closed_is_not_put_right(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.attend(await school.schedule(body), [officer])
    last = datetime(school.year + 1, 2, 1, tzinfo=CHINA)

    with Desk(school).clock(last, "huanbao"), school.refused("YEAR_CLOSED", law="EX-ERS;EX-CERT"):
        await correct(school, training, stayed=[officer])

    with Desk(school).clock(last - timedelta(seconds=1), "huanbao"):
        assert (await correct(school, training, stayed=[officer])).attended == 0


async def test_a_correction_that_corrects_nothing_is_refused(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.attend(await school.schedule(body, hours=8), [officer])

    with school.refused("NOTHING_TO_CORRECT", training_id=training.training_id):
        await correct(school, training, [officer], hours=8)
    with school.refused("MALFORMED", INVALID, field="attendances"):
        await correct(school, training, [officer], [officer])


async def test_a_training_without_attendance_has_nothing_to_put_right(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)

    with school.refused("ACT_NOT_OPEN", act="CorrectAttendance", state="SCHEDULED"):
        await correct(school, await school.schedule(body), [officer])


async def test_attendance_is_put_right_where_it_was_taken(school: School) -> None:
    body = await school.body()
    officer = await school.register(body)
    training = await school.attend(await school.schedule(body), [officer])
    await school.seen(lambda: school.training(CITY, training), lambda reply: reply.attendances)

    with school.refused("NOT_HOME", home="huanbao"):
        await correct(school, training, stayed=[officer], node=CITY)
    with school.refused("NOT_FOUND", MISSING, kind="Officer"):
        await correct(school, training, [messages.Attendance(officer_id="O-nobody")])


async def test_whose_credit_went_along_to_another_department_stays_as_he_is(school: School) -> None:
    body, desk = await school.body(), Desk(school)
    officer, left = await school.register(body), await school.register(body)
    training = await school.attend(await school.schedule(body, hours=8), [officer, left])
    await school.known(CITY, left, "TRAINING")
    there = await school.body("chengguan")
    await desk.decide(await desk.transfer(left, there))
    await school.seen(
        lambda: school.get_officer("huanbao", left), lambda reply: reply.officer.node == "chengguan"
    )

    with school.refused("NOT_THIS_ROSTER", officer_id=left.officer_id):
        await correct(school, training, stayed=[left])
    with school.refused("NOT_THIS_ROSTER", officer_id=left.officer_id):
        await correct(school, training, hours=4)

    assert (await correct(school, training, stayed=[officer])).attended == 1
