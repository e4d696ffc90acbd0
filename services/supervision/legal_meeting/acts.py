"""Regular meetings are set, held and minuted; what they decide becomes tasks of units (CITY-ERS 5(18))."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import legal_meeting_pb2 as pb
from yifa.supervision.v1 import work_task_pb2 as tasks

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.procedures.legal_meeting import LEGAL_MEETING as MEETING
from services.law.procedures.work_task import WORK_TASK
from services.supervision.body.model import Body
from services.supervision.legal_meeting.act import PREFIX, act
from services.supervision.warning.runner import address
from services.supervision.work_task.act import act as work_task
from services.supervision.work_task.acts import assigned, new_task

AGENDA = "上次例会议定事项的落实情况，行政执法中出现的新问题"


def meeting_of(tx: Tx, body_ids: Iterable[str], at: datetime, place: str, agenda: str) -> pb.LegalMeeting:
    meeting = pb.LegalMeeting(
        meeting_id=tx.new_id(PREFIX), place=place.strip(), agenda=agenda, planner=tx.caller.subject
    )
    for body_id in body_ids:
        body = tx.find(Body, body_id)
        unit = meeting.units.add(body_id=body_id)
        if body is not None:
            unit.body_name, unit.node = body.name, body.node
    put_moment(meeting.set_time, at)
    put_moment(meeting.plan_time, tx.now)
    return meeting


def _begins(request: pb.PlanLegalMeetingRequest, tx: Tx) -> pb.LegalMeeting:
    at = moment_of(request.set_time)
    return meeting_of(tx, request.body_ids, at, request.place, request.agenda)


def invite(meeting: pb.LegalMeeting, tx: Tx) -> None:
    """Each department is told when and where."""
    for unit in meeting.units:
        told = events.LegalMeetingInvited(meeting=meeting, node=unit.node, body_id=unit.body_id)
        tx.emit(told, subject=meeting.meeting_id, to=address(tx, unit.node))


def _planned(_request: Any, meeting: pb.LegalMeeting, do: Do) -> events.LegalMeetingPlanned:
    invite(meeting, do.tx)
    return events.LegalMeetingPlanned()


@act(MEETING.PLAN, begins=_begins)
def plan_legal_meeting(request: Any, meeting: pb.LegalMeeting, do: Do) -> events.LegalMeetingPlanned:
    """Set a meeting. Starts MTG-01. The departments are told."""
    return _planned(request, meeting, do)


@act(MEETING.POSTPONE)
def postpone_legal_meeting(
    request: pb.PostponeLegalMeetingRequest, meeting: pb.LegalMeeting, do: Do
) -> events.LegalMeetingPostponed:
    """Set it for another time. MTG-01 goes by that. The departments are told."""
    meeting.set_time.CopyFrom(request.set_time)
    meeting.postpone_reasons.append(request.reasons)
    invite(meeting, do.tx)
    return events.LegalMeetingPostponed()


@act(MEETING.HOLD)
def hold_legal_meeting(
    request: pb.HoldLegalMeetingRequest, meeting: pb.LegalMeeting, _do: Do
) -> events.LegalMeetingHeld:
    """Record that it was held, and who attended for each department. Stops MTG-01, starts MTG-02."""
    meeting.hold_time.CopyFrom(request.hold_time)
    meeting.chair = request.chair
    meeting.attendances.extend(request.attendances)
    return events.LegalMeetingHeld()


@act(MEETING.RECORD)
def record_legal_meeting(
    request: pb.RecordLegalMeetingRequest, meeting: pb.LegalMeeting, do: Do
) -> events.LegalMeetingRecorded:
    """Hand in the minutes: what was decided becomes tasks of units, and the next meeting is set. Stops MTG-02. What stands
    against a task as AssignWorkTask has it refuses the whole.
    """
    meeting.minutes, meeting.document_number = request.minutes, request.document_number.strip()
    meeting.recorder = do.caller
    put_moment(meeting.record_time, do.now)
    for matter in request.matters:
        decided = meeting.matters.add()
        decided.CopyFrom(matter)
        decided.task_id = _task(do.tx, meeting, matter)
    units = [unit.body_id for unit in meeting.units]
    following = meeting_of(do.tx, units, moment_of(request.next_time), meeting.place, AGENDA)
    act.do(do.tx, MEETING.PLAN, following, None, _planned)
    meeting.next_id = following.meeting_id
    meeting.next_time.CopyFrom(request.next_time)
    return events.LegalMeetingRecorded()


def _task(tx: Tx, meeting: pb.LegalMeeting, matter: pb.DecidedMatter) -> str:
    """The task that something decided becomes; its id."""
    wanted = tasks.AssignWorkTaskRequest(
        body_id=matter.body_id,
        kind=tasks.WORK_TASK_KIND_MEETING,
        year=tx.now.astimezone(SHANGHAI).year,
        title=matter.title,
        document_number=meeting.document_number,
        content=matter.content,
        standard=matter.standard,
    )
    if matter.HasField("due_time"):
        wanted.due_time.CopyFrom(matter.due_time)
    task = new_task(wanted, tx)
    work_task.do(tx, WORK_TASK.ASSIGN, task, wanted, assigned)
    return task.task_id
