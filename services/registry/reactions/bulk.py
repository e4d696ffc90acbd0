"""Officers and trainings of whole lists: replicas, and at the city the way of every officer, in one answer a list."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.model import Officer, Qualification, qualification_proto
from services.registry.reactions.roster import keep_qualification, late, take_officer


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
