"""The early warnings that watch supervision matters look at one, after every act and when a term passes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.tx import Tx
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, id_of, raise_about


@dataclass(frozen=True)
class SeenOrder:
    """A matter as it stands. `look` is a transaction or a view."""

    look: Any
    view: SupervisionOrder
    order: pb.SupervisionOrder
    now: datetime


def judge(tx: Tx, view: SupervisionOrder, order: pb.SupervisionOrder) -> None:
    """Raise what is found, and settle what is over."""
    for kind in watching("supervision_order"):
        for finding in kind.find(SeenOrder(tx, view, order, tx.now)):
            if finding.over:
                end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
            else:
                raise_about(tx, kind, view, finding)
