"""How an entry of the register begins, for every act and event that comes to it."""

from typing import Any

from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import put_moment
from services.supervision.body.model import Body
from services.supervision.case.model import CaseView

PREFIX = "LS-"


def new_suit(tx: Tx, body_id: str, case_id: str, **said: Any) -> pb.Suit:
    """The entry that a suit begins with: its body and case as the city knows them."""
    body, view = tx.find(Body, body_id), tx.find(CaseView, case_id) if case_id else None
    suit = pb.Suit(
        suit_id=tx.new_id(PREFIX),
        node=body.node if body is not None else "",
        body_id=body_id,
        body_name=body.name if body is not None else "",
        case_id=case_id,
        case_number=view.case_number if view is not None else "",
        registrar=tx.caller.subject,
        **said,
    )
    put_moment(suit.register_time, tx.now)
    return suit
