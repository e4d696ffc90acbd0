"""The regular meeting on legal work: set, held with the departments, minuted; what it decides becomes tasks (CITY-ERS 5(18))."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import legal_meeting_pb2 as pb
from yifa.supervision.v1 import work_task_pb2 as tasks

from tests.supervision.office import ENVIRONMENT, OPEN, SETTLED, Office, at
from tests.supervision.orders import BODY, desk

PLANNED = {
    "set_time": at("2026-03-20 09:00"),
    "place": "第一会议室",
    "agenda": "行政执法中出现的新问题",
    "body_ids": [BODY],
}
CAME = {"body_id": BODY, "person": "法制科长"}
HELD = {"hold_time": at("2026-03-20 09:00"), "chair": "司法局局长", "attendances": [CAME]}
MATTER = {
    "body_id": BODY, "title": "更新权责清单", "content": "梳理新法依据", "standard": "清单经审核并公布",
    "due_time": at("2026-04-20 18:00"),
}  # fmt: skip
MINUTED = {
    "minutes": "议定一项", "document_number": "示法例〔2026〕1号", "matters": [MATTER], "next_time": at("2026-06-10 09:00"),
}  # fmt: skip
STATE = pb.LegalMeetingState


class Meetings:
    """One meeting, as the office acts on it."""

    def __init__(self, office: Office) -> None:
        self.office, self.id, self.serial = office, "", 0

    async def act(self, name: str, **fields: Any) -> pb.LegalMeeting:
        made: pb.LegalMeeting = (await self.office.call(name, self.request(name, **fields))).legal_meeting
        self.id = made.meeting_id
        return made

    async def refused(self, name: str, **fields: Any) -> str:
        return str((await self.office.refused(name, self.request(name, **fields)))[1])

    def request(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"R-meeting-{self.serial}", **fields}
        if not name.startswith("Plan"):
            given.setdefault("meeting_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def get(self, meeting_id: str = "") -> pb.LegalMeeting:
        asked = pb.GetLegalMeetingRequest(meeting_id=meeting_id or self.id)
        return (await self.office.call("GetLegalMeeting", asked)).legal_meeting  # type: ignore[no-any-return]


async def meetings(office: Office) -> Meetings:
    await desk(office)
    return Meetings(office)


async def test_a_meeting_is_held_and_what_it_decides_becomes_tasks_and_the_next_is_set(
    office: Office,
) -> None:
    """R-160."""
    its = await meetings(office)
    for fault in ({"place": " "}, {"agenda": ""}, {"body_ids": []}, {"set_time": at("2026-01-01 09:00")}):
        assert "MEETING_INCOMPLETE" in await its.refused("PlanLegalMeeting", **(PLANNED | fault))
    assert await its.refused("PlanLegalMeeting", **(PLANNED | {"body_ids": ["B-invented"]})) == "UNIT_UNKNOWN"
    planned = await its.act("PlanLegalMeeting", **PLANNED)
    assert (planned.deadlines[0].clock_id, planned.deadlines[0].due_time) == ("MTG-01", planned.set_time)
    assert office.addressees(events.LegalMeetingInvited) == {ENVIRONMENT}

    assert await its.refused("HoldLegalMeeting", **HELD) == "MEETING_NOT_HELD"
    office.clock("2026-03-20 12:00")
    for absent in (
        [],
        [CAME | {"excuse": "出差"}],
        [CAME | {"person": " "}],
        [CAME, {"body_id": "B-9", "person": "甲"}],
        [CAME, CAME],
    ):
        assert (
            await its.refused("HoldLegalMeeting", **(HELD | {"attendances": absent}))
            == "ATTENDANCE_INCOMPLETE"
        )
    assert await its.refused("RecordLegalMeeting", **MINUTED) == "ACT_NOT_OPEN"
    held = await its.act("HoldLegalMeeting", **HELD)
    assert held.state == STATE.LEGAL_MEETING_STATE_HELD and held.deadlines[0].HasField("stop_time")

    assert (
        await its.refused("RecordLegalMeeting", **(MINUTED | {"document_number": " "})) == "MINUTES_MISSING"
    )
    for wrong in ("2026-03-19 09:00", "2026-06-30 09:00"):
        assert (
            await its.refused("RecordLegalMeeting", **(MINUTED | {"next_time": at(wrong)}))
            == "NEXT_MEETING_UNSET"
        )
    target = MATTER | {"content": "全年罚款不少于五百万元"}
    assert (
        await its.refused("RecordLegalMeeting", **(MINUTED | {"matters": [target]}))
        == "FINE_TARGET_FORBIDDEN"
    )
    assert (
        await its.refused("RecordLegalMeeting", **(MINUTED | {"matters": [MATTER | {"body_id": "B-9"}]}))
        == "UNIT_UNKNOWN"
    )
    assert (await its.get()).state == STATE.LEGAL_MEETING_STATE_HELD, "of what was refused nothing is left"
    made = await its.act("RecordLegalMeeting", **MINUTED)

    [matter] = made.matters
    task = (await office.call("GetWorkTask", tasks.GetWorkTaskRequest(task_id=matter.task_id))).work_task
    assert (task.kind, task.title, task.document_number) == (6, "更新权责清单", "示法例〔2026〕1号")
    assert task.due_time == matter.due_time and task.deadlines[0].clock_id == "TSK-01"
    following = await its.get(made.next_id)
    assert (following.state, following.set_time) == (
        STATE.LEGAL_MEETING_STATE_PLANNED,
        its.request("RecordLegalMeeting", **MINUTED).next_time,
    )
    assert [unit.body_id for unit in following.units] == [BODY]
    listed = await office.call("ListLegalMeetings", pb.ListLegalMeetingsRequest())
    assert [each.meeting_id for each in listed.legal_meetings] == [made.next_id, made.meeting_id]


async def test_a_meeting_that_is_not_held_is_told_and_warned_of_until_it_is(office: Office) -> None:
    """MTG-01: it goes by the time for which the meeting is set, or put off to."""
    its = await meetings(office)
    await its.act("PlanLegalMeeting", **PLANNED)
    assert (
        await its.refused("PostponeLegalMeeting", set_time=at("2026-03-25 09:00"), reasons=" ")
        == "REASONS_MISSING"
    )
    later = {"set_time": at("2026-03-25 09:00"), "reasons": "与常务会议冲突"}
    put_off = await its.act("PostponeLegalMeeting", **later)
    assert put_off.deadlines[0].due_time == put_off.set_time and put_off.postpone_reasons[:] == [
        "与常务会议冲突"
    ]

    office.clock("2026-03-21 09:00")
    await office.ticked()
    assert await office.found("EW-02") == []
    office.clock("2026-03-26 09:00")
    await office.ticked()
    assert office.emitted(events.LegalMeetingReminded)[-1].passed
    assert [state for _, state in await office.found("EW-02")] == [OPEN]
    await its.act("HoldLegalMeeting", **(HELD | {"hold_time": at("2026-03-26 08:00")}))

    assert [state for _, state in await office.found("EW-02")] == [SETTLED]


async def test_a_meeting_is_not_put_off_for_ever(office: Office) -> None:
    """It stays within the interval since it was planned."""
    its = await meetings(office)
    office.clock("2026-03-01 09:00")
    assert (
        await its.refused("PlanLegalMeeting", **(PLANNED | {"set_time": at("2026-06-02 09:00")}))
        == "MEETING_TOO_FAR"
    )
    await its.act("PlanLegalMeeting", **PLANNED)
    office.clock("2026-03-15 09:00")
    later = {"set_time": at("2026-06-02 09:00"), "reasons": "与常务会议冲突"}
    assert await its.refused("PostponeLegalMeeting", **later) == "MEETING_TOO_FAR"
    await its.act("PostponeLegalMeeting", **(later | {"set_time": at("2026-06-01 09:00")}))

    assert (await its.get()).state == STATE.LEGAL_MEETING_STATE_PLANNED


async def test_minutes_that_do_not_come_are_told_and_warned_of_until_they_do(office: Office) -> None:
    """MTG-02: without them no next meeting is set. Minutes that come after the interval set one soon."""
    its = await meetings(office)
    await its.act("PlanLegalMeeting", **PLANNED)
    office.clock("2026-03-20 12:00")
    held = await its.act("HoldLegalMeeting", **HELD)
    assert [d.clock_id for d in held.deadlines if not d.HasField("stop_time")] == ["MTG-02"]
    office.clock("2026-04-02 09:00")
    await office.ticked()
    assert await office.found("EW-02") == []

    office.clock("2026-07-01 09:00")
    await office.ticked()
    assert office.emitted(events.LegalMeetingReminded)[-1].passed
    assert [state for _, state in await office.found("EW-02")] == [OPEN]
    late = MINUTED | {"matters": []}
    for wrong in ("2026-06-10 09:00", "2026-08-01 09:00"):
        assert (
            await its.refused("RecordLegalMeeting", **(late | {"next_time": at(wrong)}))
            == "NEXT_MEETING_UNSET"
        )
    await its.act("RecordLegalMeeting", **(late | {"next_time": at("2026-07-20 09:00")}))

    assert [state for _, state in await office.found("EW-02")] == [SETTLED]
