"""Legal bases: replicas."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.fit import asked
from services.kit.tx import Tx
from services.registry.basis.model import LegalBasis, basis_columns
from services.registry.replica import Reaction, keep, of_city


def keep_basis(
    event: events.LegalBasisAdded | events.LegalBasisAmended | events.LegalBasisRepealed, tx: Tx
) -> None:
    asked(event.basis, "basis_id", "versions")
    keep(tx, LegalBasis, {"basis_id": event.basis.basis_id}, basis_columns(event.basis))


REACTIONS: dict[type[Message], Reaction] = {
    events.LegalBasisAdded: of_city(keep_basis),
    events.LegalBasisAmended: of_city(keep_basis),
    events.LegalBasisRepealed: of_city(keep_basis),
}
