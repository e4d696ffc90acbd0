"""Officers: replicas, and at the city the way of every officer."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.officer.model import Officer
from services.registry.officer.replica import carry_over, late, take_officer
from services.registry.qualification.model import Qualification, qualification_proto
from services.registry.qualification.reactions import keep_qualification
from services.registry.replica import Reaction, of_city


def on_officer(event: events.OfficerRegistered | events.TrainingRecorded, tx: Tx, about: Envelope) -> None:
    """Keep the officer; at the city, follow the training and tell the officer's node."""
    officer = event.officer
    if late(officer, tx, about):
        carry_over(event, tx)
    elif qualification := take_officer(officer, tx, about):
        updated = events.QualificationUpdated(qualification=qualification_proto(qualification))
        tx.emit(updated, subject=officer.officer_id, to=officer.node)


def on_officers(event: events.OfficersImported, tx: Tx, about: Envelope) -> None:
    """Keep the officers; at the city, follow their training and tell their node."""
    load(tx, [officer.officer_id for officer in event.officers])
    here = [officer for officer in event.officers if not late(officer, tx, about)]
    followed = [q for officer in here if (q := take_officer(officer, tx, about))]
    if followed:
        updated = events.QualificationsUpdated(qualifications=map(qualification_proto, followed))
        tx.emit(updated, subject=about.subject, to=about.node)


def keep_qualifications(event: events.QualificationsUpdated, tx: Tx) -> None:
    load(tx, [q.officer_id for q in event.qualifications])
    for qualification in event.qualifications:
        keep_qualification(events.QualificationUpdated(qualification=qualification), tx)


def load(tx: Tx, officer_ids: list[str]) -> None:
    for kind in (Officer, Qualification):
        tx.load(kind, officer_ids)


REACTIONS: dict[type[Message], Reaction] = {
    events.OfficerRegistered: on_officer,
    events.OfficersImported: on_officers,
    events.QualificationsUpdated: of_city(keep_qualifications),
    events.OfficerReceived: on_officer,
}
