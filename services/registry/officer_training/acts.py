"""Trainings of single officers that no session holds, put on record one by one."""

from itertools import chain, count

from yifa.registry.v1 import training_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.officer import QUALIFICATION, ROSTER
from services.registry.lawful import admit, step
from services.registry.officer.facts import Staff
from services.registry.officer.model import Officer, officer_proto
from services.registry.officer_training.model import OfficerTraining, training_key
from services.registry.officer_year.credit import credit
from services.registry.qualification.model import Qualification
from services.registry.training.model import year_of


@write(loads=((Officer, "officer_id"), (Qualification, "officer_id")))
def record_training(request: pb.RecordTrainingRequest, tx: Tx) -> pb.RecordTrainingResponse:
    """Add class hours to an officer's record (CBZ 2019 No. 7, 16)."""
    officer = tx.get(Officer, request.officer_id)
    qualification = tx.find(Qualification, officer.officer_id)
    facts = Staff(tx, officer)
    admit(ROSTER.RECORD_TRAINING, facts, officer_id=officer.officer_id)
    unknown = "CANDIDATE" if officer.nominated else "TRAINING"
    state = qualification.state if qualification else unknown
    step(QUALIFICATION.RECORD_TRAINING, state, facts, officer_id=officer.officer_id)
    credit(
        tx,
        officer,
        year_of(tx.now),
        course=request.course,
        hours=request.hours,
        half_days=request.half_days,
        record=recorded(tx, officer, request),
    )
    return pb.RecordTrainingResponse(officer=officer_proto(officer))


def recorded(tx: Tx, officer: Officer, request: pb.RecordTrainingRequest) -> OfficerTraining:
    """A training that no session holds, put on record."""
    day = tx.now.astimezone(SHANGHAI).date()
    base = training_key(officer.officer_id, day, request.course)
    keys = chain([base], (f"{base}/{n}" for n in count(2)))
    return tx.add(
        OfficerTraining.new(
            training_key=next(key for key in keys if tx.find(OfficerTraining, key) is None),
            officer_id=officer.officer_id,
            course=request.course,
            day=day,
            hours=request.hours,
            half_days=request.half_days,
            record_time=tx.now,
        )
    )
