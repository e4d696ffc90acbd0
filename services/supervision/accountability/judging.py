"""The early warnings that watch the pursuit of responsibility look at one matter, after every act and when a term passes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb

from services.kit.tx import Tx
from services.supervision.accountability.model import Accountability
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, id_of, raise_about


@dataclass(frozen=True)
class SeenAccountability:
    """A matter as it stands. `look` is a transaction or a view. The warning stays with the city."""

    look: Any
    view: Accountability
    matter: pb.Accountability
    now: datetime

    @property
    def city(self) -> str:
        return str(self.look.city)


def judge(tx: Tx, view: Accountability, matter: pb.Accountability) -> None:
    """Raise what is found, and settle what is over."""
    for kind in watching("accountability"):
        for finding in kind.find(SeenAccountability(tx, view, matter, tx.now)):
            if finding.over:
                end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
            else:
                raise_about(tx, kind, view, finding)
