"""Qualifications: replicas of what the city announced."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.kit.tx import Tx
from services.registry.qualification.model import Qualification
from services.registry.replica import Reaction, keep, of_city, utc


def keep_qualification(
    event: events.QualificationUpdated | events.ExamRecorded | events.OfficerRemoved, tx: Tx
) -> None:
    qualification = event.qualification
    state = qualifications.QualificationState.Name(qualification.state)
    values = {
        "state": state.removeprefix("QUALIFICATION_STATE_"),
        "training_hours": qualification.training_hours,
        "failures": qualification.failures,
        "update_time": utc(qualification.update_time),
        "version": qualification.version,
        "legal_qualification": qualification.legal_qualification,
        "reviewing_since": qualification.reviewing_since,
        "reviewing_proof": qualification.reviewing_proof,
    }
    keep(tx, Qualification, {"officer_id": qualification.officer_id}, values)


REACTIONS: dict[type[Message], Reaction] = {
    events.QualificationUpdated: of_city(keep_qualification),
    events.OfficerRemoved: of_city(keep_qualification),
    events.EligibilityChecked: of_city(keep_qualification),
    events.NamePosted: of_city(keep_qualification),
}
