"""What enforcement learns of legal advisers and public lawyers, whom only the city enters."""

from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.body.reactions import from_city
from services.enforcement.legal_adviser.model import LegalAdviser
from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.reactions import Reactions
from services.kit.tx import Tx


def on_adviser(
    event: registry.LegalAdviserEntered | registry.LegalAdviserLeft, tx: Tx, about: Envelope
) -> None:
    """Keep the newest that the city told of an adviser."""
    from_city(tx, about)
    told = event.adviser
    asked(told, "adviser_id", "enter_time")
    row = tx.find(LegalAdviser, told.adviser_id)
    if row is None:
        row = tx.add(LegalAdviser.new(adviser_id=told.adviser_id, version=-1, record=b""))
    if told.version > row.version:
        row.version, row.record = told.version, told.SerializeToString(deterministic=True)


REACTIONS: Reactions = {
    registry.LegalAdviserEntered: on_adviser,
    registry.LegalAdviserLeft: on_adviser,
}
