"""Attendance of a training put right: a wrong person, wrong hours."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2 as messages

from services.kit.refusal import Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.procedures.training import CREDIT, TRAINING
from services.registry.attendance.facts import Credit
from services.registry.attendance.model import Attendance, attendance_proto
from services.registry.attendance.record import attendances_of, rebook
from services.registry.lawful import admit
from services.registry.officer.model import Officer
from services.registry.request import change, own
from services.registry.training.facts import TrainingFacts
from services.registry.training.model import Training, training_values
from services.registry.training.record import proceed


@write(loads=(Training, "training_id"))
def correct_attendance(
    request: messages.CorrectAttendanceRequest, tx: Tx
) -> messages.CorrectAttendanceResponse:
    """Put right who came to a training, or how long it was; credit and quotas follow (CITY-ERS 3(9))."""
    row = own(tx, Training, request.training_id)
    before = messages.Training.FromString(row.record)
    listed = attendances_of(tx, row.training_id)
    corrected = differing(request.attendances, listed)
    after = messages.Training.FromString(row.record)
    after.hours = request.hours if request.HasField("hours") else before.hours
    after.half_days = request.half_days if request.HasField("half_days") else before.half_days
    longer = (after.hours, after.half_days) != (before.hours, before.half_days)
    facts = TrainingFacts(tx, before, longer or bool(corrected), corrected)
    proceed(after, row, TRAINING.CORRECT_ATTENDANCE, facts)
    came = [i for i, a in listed.items() if a.attended] if longer else []
    require_here(tx, before, [a.officer_id for a in corrected] + came)
    after.corrections.add(
        corrector=tx.caller.subject,
        cause=request.cause,
        correct_time=tx.now,
        hours_before=before.hours,
        half_days_before=before.half_days,
    )
    replaced = {i: attendance_proto(listed[i]) for i in (a.officer_id for a in corrected) if i in listed}
    rebook(tx, before, after, corrected)
    count(after, listed, corrected)
    after.version += 1
    change(row, training_values(after))
    tell(tx, after, listed, corrected, replaced)
    return messages.CorrectAttendanceResponse(training=after)


def differing(
    said: Iterable[messages.Attendance], listed: Mapping[str, Attendance]
) -> list[messages.Attendance]:
    """What is said otherwise than it is on record. Raises Malformed for an officer who is named twice."""
    wanted = {a.officer_id: a for a in said}
    if len(wanted) < len(list(said)):
        raise Malformed({"attendances": ("names an officer twice", "同一人员重复登记")})
    return [a for i, a in wanted.items() if i not in listed or attendance_proto(listed[i]) != a]


def require_here(tx: Tx, training: messages.Training, officer_ids: list[str]) -> None:
    """Raise Missing for an unknown officer, Unlawful for one whose credit another department keeps by now."""
    tx.load(Officer, officer_ids)
    begins = training.start_time.ToDatetime(tzinfo=UTC)
    for officer_id in officer_ids:
        officer = tx.get(Officer, officer_id)
        facts = Credit(tx, officer, begins)
        admit(CREDIT.CORRECT_ATTENDANCE, facts, officer_id=officer_id)


def count(
    training: messages.Training,
    listed: Mapping[str, Attendance],
    corrected: Iterable[messages.Attendance],
) -> None:
    """The numbers of a training after a correction; `listed` is already put right, who was added is not there."""
    came = [row.attended for row in listed.values()]
    came += [a.attended for a in corrected if a.officer_id not in listed]
    training.attended, training.absent = sum(came), len(came) - sum(came)


def tell(
    tx: Tx,
    training: messages.Training,
    listed: Iterable[str],
    corrected: Iterable[messages.Attendance],
    replaced: Mapping[str, messages.Attendance],
) -> None:
    """Announce a correction: a department's to the city, the city's to each department of those who were listed."""
    theirs: dict[str, list[messages.Attendance]] = defaultdict(list)
    said = {a.officer_id: [a] for a in corrected}
    for officer_id in dict.fromkeys((*listed, *said)):
        node = tx.get(Officer, officer_id).node if tx.node == tx.city else tx.city
        theirs[node] += said.get(officer_id, [])
    for node, people in theirs.items():
        before = [replaced[a.officer_id] for a in people if a.officer_id in replaced]
        told = events.AttendanceCorrected(training=training, attendances=people, attendances_before=before)
        tx.emit(told, subject=training.training_id, to=node)
