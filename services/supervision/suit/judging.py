"""The early warnings that watch suits look at one, after every act."""

from dataclasses import dataclass
from typing import Any

from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.tx import Tx
from services.supervision.suit.model import Suit
from services.supervision.warning.catalogue import watching
from services.supervision.warning.runner import raise_about


@dataclass(frozen=True)
class SeenSuit:
    """A suit as the register has it. `look` is a transaction or a view."""

    look: Any
    view: Suit
    suit: pb.Suit


def judge(tx: Tx, view: Suit, suit: pb.Suit) -> None:
    """Raise what is found."""
    for kind in watching("suit"):
        for finding in kind.find(SeenSuit(tx, view, suit)):
            raise_about(tx, kind, view, finding)
