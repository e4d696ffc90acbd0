"""Legal advisers and public lawyers: replicas of what the city recorded."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.fit import asked
from services.kit.tx import Tx
from services.registry.legal_adviser.model import LegalAdviser, adviser_values
from services.registry.replica import Reaction, keep, of_city


def keep_adviser(event: events.LegalAdviserEntered | events.LegalAdviserLeft, tx: Tx) -> None:
    asked(event.adviser, "adviser_id", "enter_time")
    keep(tx, LegalAdviser, {"adviser_id": event.adviser.adviser_id}, adviser_values(event.adviser))


REACTIONS: dict[type[Message], Reaction] = {
    events.LegalAdviserEntered: of_city(keep_adviser),
    events.LegalAdviserLeft: of_city(keep_adviser),
}
