"""What a department hears of requests for help: from the one on the other side, and from the city that rules on them.

Each side changes the record in its turn alone, so the version tells which of two snapshots is the newer, in whatever order they
come.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.enforcement.v1 import assistance_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.assistance.act import act
from services.enforcement.assistance.model import Assistance
from services.enforcement.body.reactions import from_city
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx

# Who speaks, and the states in which what it says leaves the request.
SPEAKS: Mapping[type[Any], tuple[str, frozenset[int]]] = MappingProxyType(
    {
        events.AssistanceAsked: ("node", frozenset({pb.ASSISTANCE_STATE_ASKED})),
        events.AssistanceAccepted: ("to_node", frozenset({pb.ASSISTANCE_STATE_RECEIVED})),
        events.AssistanceDeferred: ("to_node", frozenset({pb.ASSISTANCE_STATE_RECEIVED})),
        events.AssistanceAnswered: ("to_node", frozenset({pb.ASSISTANCE_STATE_ANSWERED})),
        events.AssistanceDeclined: ("to_node", frozenset({pb.ASSISTANCE_STATE_DECLINED})),
    }
)


def on_assistance(event: Any, tx: Tx, about: Envelope) -> None:
    """The other side says what it did."""
    record = event.assistance
    side, states = SPEAKS[type(event)]
    if about.node != getattr(record, side) or record.state not in states:
        raise NotItsHome(f"{about.type} of {record.assistance_id} came from {about.node}")
    take(tx, record)


def on_ruled(event: supervision.AssistanceRuled, tx: Tx, about: Envelope) -> None:
    """Only the city rules on help that was declined."""
    from_city(tx, about)
    take(tx, event.assistance)


def take(tx: Tx, record: pb.Assistance) -> None:
    """The newest snapshot holds. Raises NotItsHome for a request that this department never made, or made of another."""
    if tx.node not in (record.node, record.to_node):
        return
    row = tx.find(Assistance, record.assistance_id)
    if row is None:
        if tx.node == record.node:
            raise NotItsHome(f"{record.assistance_id} is no request of {tx.node}")
        row = tx.add(
            Assistance.new(
                assistance_id=record.assistance_id, state="", version=-1, record=b"", **_sides(record)
            )
        )
    elif _sides(record) != {name: getattr(row, name) for name in ("case_id", "node", "to_node")}:
        raise NotItsHome(f"{record.assistance_id} is a request between others")
    if record.version > row.version:
        act.keep(tx, record, row)


def _sides(record: pb.Assistance) -> dict[str, str]:
    return {"case_id": record.case_id, "node": record.node, "to_node": record.to_node}


REACTIONS: Reactions = {
    **dict.fromkeys(SPEAKS, on_assistance),
    supervision.AssistanceRuled: on_ruled,
}
