"""What is public of a body, or of its powers, and was not brought up to date in its time: a term that passed (EW-02, PUB-09)."""

from typing import Any

from yifa.registry.v1 import events_pb2 as registry

from services.kit.tx import Tx
from services.supervision.warning.catalogue import kinds
from services.supervision.warning.model import Warning
from services.supervision.warning.overdue import overdue
from services.supervision.warning.runner import SETTLED, OfNode, end, raise_about, warning_id

CLOCK_ID = "PUB-09"
BODY, POWERS = "body", "powers"
# What brings it up to date, or leaves nothing to be published.
MENDS = {
    registry.BodyPublished: (BODY,),
    registry.PowerListPublished: (POWERS,),
    registry.PowerListReviewed: (POWERS,),
    registry.BodyWithdrawn: (BODY, POWERS),
}


def information_told(tx: Tx, event: Any) -> None:
    """Raise what the registry says was not brought up to date; settle it when it is after all."""
    if isinstance(event, registry.BasicInformationOverdue):
        about = OfNode(event.body.node, event.body.body_id, body_id=event.body.body_id)
        raise_about(tx, kinds()["EW-02"], about, overdue(event.deadline, f"{CLOCK_ID}/{event.part}"))
    body_id = getattr(event, "body_id", "") or event.body.body_id
    for part in MENDS.get(type(event), ()):
        name = warning_id("CLOCK_PASSED", body_id, f"{CLOCK_ID}/{part}")
        end(tx, tx.find(Warning, name), SETTLED)
