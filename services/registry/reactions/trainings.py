"""Training: replicas at both sides, and the credit for what the city taught."""

from datetime import UTC

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import training_pb2

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.attendance import rebook
from services.registry.model import (
    Attendance,
    LawStudy,
    Officer,
    OfficerTraining,
    OfficerYear,
    Training,
    TrainingPlan,
    YearQuota,
    training_of,
)
from services.registry.model.training import plan_values, study_values, training_values, year_of
from services.registry.reactions.replica import NotItsHome, keep, of_city, utc
from services.registry.reactions.roster import on_officer
from services.registry.years import credit, hand_on

TrainingEvent = events.TrainingScheduled | events.TrainingClosed | events.TrainingCancelled
QuotaEvent = events.YearQuotaOpened | events.YearQuotaMet | events.YearQuotaReminded | events.YearQuotaMissed


def from_home(about: Envelope, node: str) -> None:
    """Raise NotItsHome unless an event comes from the node that keeps its record."""
    if about.node != node:
        raise NotItsHome(f"{about.type} about a record of {node} came from {about.node}")


def on_trained(event: events.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep the officer, the training, and what his department did for him in the year."""
    on_officer(event, tx, about)
    if event.HasField("record") and tx.find(OfficerTraining, event.record.record_id) is None:
        tx.add(training_of(event.record))
    if event.HasField("year"):
        keep_year(event.year, tx, about)


def keep_year(year: training_pb2.OfficerYear, tx: Tx, about: Envelope) -> None:
    """Keep what a department did for an officer; at the city, hand it on if he has gone to another one."""
    from_home(about, year.node)
    officer = tx.find(Officer, year.officer_id)
    if put_year(year, tx) and tx.node == tx.city and officer is not None:
        hand_on(tx, officer, [tx.get(OfficerYear, year_key(year))])


def on_handed_on(event: events.OfficerYearsHandedOn, tx: Tx) -> None:
    for year in event.years:
        put_year(year, tx)


def year_key(year: training_pb2.OfficerYear) -> str:
    return f"{year.officer_id}/{year.year}/{year.node}"


def put_year(year: training_pb2.OfficerYear, tx: Tx) -> bool:
    """Keep a replica of a year's record. False if what is kept is as new already."""
    values = {
        "officer_id": year.officer_id,
        "node": year.node,
        "year": year.year,
        "hours": year.hours,
        "half_days": year.half_days,
        "sessions": year.sessions,
        "evaluation": year.evaluation,
        "version": year.version,
    }
    return keep(tx, OfficerYear, {"key": year_key(year)}, values)


def on_plan(event: events.TrainingPlanAdopted, tx: Tx, about: Envelope) -> None:
    from_home(about, event.plan.node)
    keep(tx, TrainingPlan, {"plan_id": event.plan.plan_id}, plan_values(event.plan))


def on_training(event: TrainingEvent, tx: Tx, about: Envelope) -> None:
    from_home(about, event.training.node)
    keep(tx, Training, {"training_id": event.training.training_id}, training_values(event.training))


def on_held(event: events.TrainingHeld, tx: Tx, about: Envelope) -> None:
    """Keep who came; at a department, credit its people with what the city taught them."""
    training = event.training
    from_home(about, training.node)
    if training.node == tx.node:
        return
    keep(tx, Training, {"training_id": training.training_id}, training_values(training))
    if event.HasField("quota"):
        on_quota(event, tx, about)
    ids = [a.officer_id for a in event.attendances]
    begun = year_of(training.start_time.ToDatetime(tzinfo=UTC))
    tx.load(Attendance, [f"{training.training_id}/{i}" for i in ids])
    tx.load(Officer, ids)
    tx.load(OfficerYear, [f"{i}/{begun}/{tx.node}" for i in ids])
    for came in event.attendances:
        key = f"{training.training_id}/{came.officer_id}"
        if tx.find(Attendance, key):
            continue
        tx.add(
            Attendance.new(
                key=key,
                training_id=training.training_id,
                officer_id=came.officer_id,
                attended=came.attended,
                score=came.score if came.HasField("score") else None,
            )
        )
        officer = tx.find(Officer, came.officer_id)
        if came.attended and officer is not None and officer.node == tx.node:
            credit(
                tx,
                officer,
                begun,
                course=training.topic,
                hours=training.hours,
                half_days=training.half_days,
                sessions=1,
            )


def on_corrected(event: events.AttendanceCorrected, tx: Tx, about: Envelope) -> None:
    """Keep what was put right; at a department, its people's credit for what the city taught them follows."""
    training = event.training
    from_home(about, training.node)
    if training.node == tx.node:
        return
    known = tx.find(Training, training.training_id)
    before = training_pb2.Training.FromString(known.record) if known else training
    if keep(tx, Training, {"training_id": training.training_id}, training_values(training)):
        rebook(tx, before, training, event.attendances)


def on_quota(
    event: QuotaEvent | events.TrainingHeld | events.LawStudyRecorded, tx: Tx, about: Envelope
) -> None:
    quota = event.quota
    from_home(about, quota.node)
    if quota.node == tx.node:
        return
    state = training_pb2.YearQuotaState.Name(quota.state).removeprefix("YEAR_QUOTA_STATE_")
    values = {
        "clock_id": quota.clock_id,
        "subject_id": quota.subject_id,
        "node": quota.node,
        "year": quota.year,
        "needed": quota.needed,
        "done": quota.done,
        "state": state,
        "law": quota.citation.code,
        "due_time": utc(quota.due_time),
        "meet_time": utc(quota.meet_time) if quota.HasField("meet_time") else None,
        "version": quota.version,
    }
    keep(tx, YearQuota, {"key": f"{quota.clock_id}/{quota.subject_id}/{quota.year}"}, values)


def on_study(event: events.LawStudyRecorded, tx: Tx, about: Envelope) -> None:
    if about.node != tx.city:
        raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")
    keep(tx, LawStudy, {"study_id": event.study.study_id}, study_values(event.study))
    on_quota(event, tx, about)


TRAINING_REACTIONS = {
    events.TrainingRecorded: on_trained,
    events.OfficerYearsHandedOn: of_city(on_handed_on),
    events.TrainingPlanAdopted: on_plan,
    events.TrainingScheduled: on_training,
    events.TrainingClosed: on_training,
    events.TrainingCancelled: on_training,
    events.TrainingHeld: on_held,
    events.AttendanceCorrected: on_corrected,
    events.LawStudyRecorded: on_study,
    events.YearQuotaOpened: on_quota,
    events.YearQuotaMet: on_quota,
    events.YearQuotaReminded: on_quota,
    events.YearQuotaMissed: on_quota,
}
