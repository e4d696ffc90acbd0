"""The acts of a suit: bound to the procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.act import Acts, Do
from services.kit.tx import Tx
from services.law.moment import moment_of, put_moment
from services.law.procedures.litigation import LITIGATION
from services.supervision.deadline.model import Clock
from services.supervision.suit.facts import Sued
from services.supervision.suit.judging import judge
from services.supervision.suit.model import Suit

_STATES = {n: name.removeprefix("SUIT_STATE_") for name, n in pb.SuitState.items()}


def columns(suit: pb.Suit) -> dict[str, Any]:
    return {
        "node": suit.node,
        "body_id": suit.body_id,
        "case_id": suit.case_id,
        "case_number": suit.case_number,
        "state": _STATES[suit.state],
        "register_time": moment_of(suit.register_time),
        "version": suit.version,
    }


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, tx.get(Suit, record.suit_id), record)


act = Acts(
    row=Suit,
    record=pb.Suit,
    key="suit_id",
    procedure=LITIGATION,
    facts=Sued,
    columns=columns,
    clocks=Clock,
    tags=("suit_id", "case_id"),
    then=then,
)


def remark(suit: pb.Suit, do: Do) -> None:
    """Put down what of an act is against the law as it looks from here: the court's acts are not refused."""
    for rule in do.move.rules:
        if rule.severity == "warn" and not rule.holds(do.facts):
            said = suit.remarks.add(reason=rule.reason, law=rule.law, says_zh=rule.says_zh, says_en=rule.says)
            put_moment(said.remark_time, do.now)
