"""The early warnings that watch suggestions from outside look at one, after every act and every term."""

from dataclasses import dataclass
from typing import Any

from yifa.supervision.v1 import suggestion_pb2 as pb

from services.kit.tx import Tx
from services.supervision.suggestion.model import Suggestion
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, WITHDRAWN, end, id_of, raise_about, warning_id

TERM = "CLOCK_PASSED"


@dataclass(frozen=True)
class SeenSuggestion:
    """A suggestion as the register has it. `look` is a transaction or a view."""

    look: Any
    view: Suggestion
    record: pb.Suggestion


def judge(tx: Tx, view: Suggestion, record: pb.Suggestion) -> None:
    """Raise what is found, settle what is over, and withdraw what was done in time and only told late."""
    found = set()
    for kind in watching("suggestion"):
        for finding in kind.find(SeenSuggestion(tx, view, record)):
            found.add(finding.about)
            if finding.over:
                end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
            else:
                raise_about(tx, kind, view, finding)
    for clock_id in {each.clock_id for each in record.deadlines} - found:
        end(tx, tx.find(Warning, warning_id(TERM, view.subject, clock_id)), WITHDRAWN)
