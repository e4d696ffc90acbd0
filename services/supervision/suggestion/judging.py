"""The early warnings that watch suggestions from outside look at one, after every act and every term."""

from dataclasses import dataclass
from typing import Any

from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.tx import Tx
from services.supervision.suggestion.model import Suggestion
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, id_of, raise_about


@dataclass(frozen=True)
class SeenSuggestion:
    """A suggestion as the register has it. `look` is a transaction or a view."""

    look: Any
    view: Suggestion
    record: pb.Suggestion


def judge(tx: Tx, view: Suggestion, record: pb.Suggestion) -> None:
    """Raise what is found, and settle what is over."""
    for kind in watching("suggestion"):
        for finding in kind.find(SeenSuggestion(tx, view, record)):
            if finding.over:
                end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
            else:
                raise_about(tx, kind, view, finding)
