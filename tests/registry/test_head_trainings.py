"""Heads are trained in the responsibility system, apart from officers; who was not is listed and told (DL-ERS-2005)."""

from datetime import UTC, datetime, timedelta

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import head_training_pb2 as pb
from yifa.registry.v1 import post_pb2
from yifa.registry.v1 import training_pb2 as messages

from services.given import registry as given
from tests.registry.town import CITY


async def heads(school, body, node, **more):
    asked = pb.ListHeadTrainingsRequest(body_id=body.body_id, **more)
    return list((await school.ask(node, "ListHeadTrainings", asked)).heads)


async def trained(school, body, node):
    return {each.officer_id: bool(each.training_id) for each in await heads(school, body, node)}


async def test_a_head_is_trained_in_time_and_who_was_not_is_listed(school):
    """R-166: by the department or by the city; what was recorded wrongly is put right, and the head is missing again."""
    body = await school.body()
    chief, deputy = await given.appoint_heads(school.say, body)

    own = await given.train_heads(school.say, body, (chief,))
    assert await trained(school, body, "huanbao") == {chief: True, deputy: False}
    [missing] = await heads(school, body, "huanbao", missing=True)
    assert (missing.officer_id, missing.post_name, missing.body_name) == (deputy, "副局长", body.name)

    by_city = await school.schedule(None, after=timedelta(), kind=messages.TRAINING_KIND_HEADS)
    came = [messages.Attendance(officer_id=deputy, attended=True)]
    request = messages.RecordAttendanceRequest(training_id=by_city.training_id, attendances=came)
    await school.seen(lambda: heads(school, body, CITY), lambda found: len(found) == 2)
    await school.ask(CITY, "RecordAttendance", request)
    both = {chief: True, deputy: True}
    assert await school.seen(lambda: trained(school, body, "huanbao"), lambda seen: seen == both)
    assert await school.seen(lambda: trained(school, body, CITY), lambda seen: seen == both)

    wrong = messages.CorrectAttendanceRequest(training_id=own.training_id, cause="未到课")
    wrong.attendances.add(officer_id=chief, attended=False)
    await school.ask("huanbao", "CorrectAttendance", wrong)
    assert await trained(school, body, "huanbao") == {chief: False, deputy: True}


async def test_heads_are_trained_apart_from_officers(school):
    body = await school.body()
    chief, deputy = await given.appoint_heads(school.say, body)
    officer = await school.register(body)
    before = await school.schedule(body, after=timedelta(hours=-2), kind=messages.TRAINING_KIND_HEADS)

    async def record(training, *people):
        came = [messages.Attendance(officer_id=each, attended=True) for each in people]
        request = messages.RecordAttendanceRequest(training_id=training.training_id, attendances=came)
        return await school.ask("huanbao", "RecordAttendance", request)

    with school.refused("NOT_A_HEAD", officers=chief):
        await record(before, chief)
    held = await given.train_heads(school.say, body, (chief,))
    with school.refused("NOT_A_HEAD", officers=officer.officer_id):
        await record(held, officer.officer_id)
    more = messages.CorrectAttendanceRequest(training_id=held.training_id, cause="漏登")
    more.attendances.add(officer_id=officer.officer_id, attended=True)
    with school.refused("NOT_A_HEAD", officers=officer.officer_id):
        await school.ask("huanbao", "CorrectAttendance", more)
    plain = await school.schedule(body)
    await record(plain, deputy, officer.officer_id)

    assert await trained(school, body, "huanbao") == {chief: True, deputy: False}


async def test_who_is_not_trained_in_time_is_told_and_so_is_the_city(school):
    """OFF-16: the time runs from taking office and stops with the training, or when the office is left."""
    body, long_ago = await school.body(), datetime.now(UTC) - timedelta(days=100)
    chief, deputy = await given.appoint_heads(school.say, body)
    await given.train_heads(school.say, body, (chief,))
    late = await school.register(body)
    posts = await school.ask("huanbao", "ListPosts", post_pb2.ListPostsRequest(body_id=body.body_id))
    post_id = next(post.post_id for post in posts.posts if post.name == "副局长")
    appoint = post_pb2.AppointOfficerRequest(post_id=post_id, officer_id=late.officer_id, from_time=long_ago)
    held = (await school.ask("huanbao", "AppointOfficer", appoint)).appointment
    left = await school.ask(
        "huanbao", "ListAppointments", post_pb2.ListAppointmentsRequest(officer_id=deputy)
    )
    leave = post_pb2.EndAppointmentRequest(appointment_id=left.appointments[0].appointment_id, cause="离任")
    await school.ask("huanbao", "EndAppointment", leave)

    async def told(officer):
        return [
            each for each in await school.events("huanbao", "registry", officer) if each.startswith("Head")
        ]

    over = ["HeadTrainingWanted", "HeadTrainingOverdue"]
    assert await school.seen(lambda: told(late.officer_id), lambda seen: seen == over)
    [entry] = [
        e
        for e in await school.journal("huanbao", "registry")
        if e.type.endswith(over[1]) and e.subject_id == late.officer_id
    ]
    said = events.HeadTrainingOverdue.FromString(entry.data)
    assert (said.head.appointment_id, said.head.rank) == (held.appointment_id, post_pb2.POST_RANK_DEPUTY)
    assert (said.deadline.clock_id, said.deadline.citation.code) == ("OFF-16", "EX-ERS")
    assert await told(chief) == ["HeadTrainingWanted", "HeadTrained"]
    assert await told(deputy) == ["HeadTrainingWanted", "HeadTrainingLifted"]
