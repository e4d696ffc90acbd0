"""What the city does with an act of a mediation: the newest snapshot holds, in whatever order events come."""

from typing import Any

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.supervision.event.foreign import Foreign
from services.supervision.mediation.model import MediationView


def on_mediation(event: Any, tx: Tx, about: Envelope) -> None:
    """A department registered a civil dispute, or went on with it."""
    record = event.mediation
    view = tx.find(MediationView, record.mediation_id)
    if record.node != about.node or (view is not None and view.node != about.node):
        raise Foreign(f"{about.node} speaks of mediation {record.mediation_id} of {record.node}")
    values = {
        "state": record.state,
        "collective": record.group,
        "version": record.version,
        "record": record.SerializeToString(deterministic=True),
    }
    if view is None:
        tx.add(MediationView.new(mediation_id=record.mediation_id, node=about.node, **values))
    elif record.version > view.version:
        for name, value in values.items():
            setattr(view, name, value)
