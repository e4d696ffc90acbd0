"""Legal bases and items of power lists: replicas."""

from yifa.registry.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.registry.model.power import LegalBasis, PowerItem, basis_columns, item_columns, rest_on
from services.registry.reactions.body import keep_body
from services.registry.reactions.replica import Reaction, keep, of_city


def keep_basis(
    event: events.LegalBasisAdded | events.LegalBasisAmended | events.LegalBasisRepealed, tx: Tx
) -> None:
    keep(tx, LegalBasis, {"basis_id": event.basis.basis_id}, basis_columns(event.basis))


def keep_item(event: events.PowerItemChanged, tx: Tx) -> None:
    if keep(tx, PowerItem, {"item_id": event.item.item_id}, item_columns(event.item)):
        rest_on(tx, event.item)


POWER_REACTIONS: dict[type, Reaction] = {
    events.LegalBasisAdded: of_city(keep_basis),
    events.LegalBasisAmended: of_city(keep_basis),
    events.LegalBasisRepealed: of_city(keep_basis),
    events.PowerItemChanged: of_city(keep_item),
    events.PowerListPublished: of_city(keep_body),
}
