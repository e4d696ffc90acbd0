"""The leaders' study of law: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.registry.law_study.model import LawStudy, study_values
from services.registry.quota.reactions import on_quota
from services.registry.replica import NotItsHome, Reaction, keep


def on_study(event: events.LawStudyRecorded, tx: Tx, about: Envelope) -> None:
    if about.node != tx.city:
        raise NotItsHome(f"{about.type} came from {about.node}; only {tx.city} may announce it")
    keep(tx, LawStudy, {"study_id": event.study.study_id}, study_values(event.study))
    on_quota(event, tx, about)


REACTIONS: dict[type[Message], Reaction] = {
    events.LawStudyRecorded: on_study,
}
