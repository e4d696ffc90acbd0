"""What enforcement hears of transfers: from the department on the other side, and from the city that designates."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.body.reactions import from_city
from services.enforcement.transfer.receiving import HEARD, follow_designation
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx

SENT = {events.CaseTransferred, events.ClueTakenBack, events.CaseTakenBack}


def on_transfer(event: Any, tx: Tx, about: Envelope) -> None:
    """The other side of a transfer says what it did. Inside one department it was done at once."""
    case, transfer = event.case, event.case.transfer
    speaks, hears = transfer.from_node, transfer.to_node
    if type(event) not in SENT:
        speaks, hears = hears, speaks
    if not case.node == speaks == about.node:
        raise NotItsHome(f"{about.type} of {case.node} in a transfer by {speaks} came from {about.node}")
    if hears == tx.node != about.node:
        HEARD[type(event)](tx, case, event)


def on_designated(event: supervision.JurisdictionDesignated, tx: Tx, about: Envelope) -> None:
    """Only the city says who handles a disputed matter."""
    from_city(tx, about)
    follow_designation(tx, event.dispute)


REACTIONS: Reactions = {
    **dict.fromkeys(HEARD, on_transfer),
    supervision.JurisdictionDesignated: on_designated,
}
