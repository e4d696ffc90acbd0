"""The newest snapshot of a request for help, kept."""

from yifa.enforcement.v1 import assistance_pb2 as pb

from services.kit.tx import Tx
from services.supervision.assistance.model import AssistanceView


def keep(tx: Tx, view: AssistanceView | None, record: pb.Assistance) -> AssistanceView:
    """The row of a request as its newest snapshot says."""
    values = {
        "state": pb.AssistanceState.Name(record.state).removeprefix("ASSISTANCE_STATE_"),
        "version": record.version,
        "record": record.SerializeToString(deterministic=True),
    }
    if view is None:
        sides = {"from_node": record.node, "node": record.to_node, "case_id": record.case_id}
        return tx.add(AssistanceView.new(assistance_id=record.assistance_id, **sides, **values))
    if record.version > view.version:
        for name, value in values.items():
            setattr(view, name, value)
    return view
