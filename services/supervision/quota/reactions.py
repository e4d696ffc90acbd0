"""What supervision learns of what bodies have to hold in a year."""

from typing import Any

from yifa.registry.v1.events_pb2 import TrainingHeld

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.supervision.event.foreign import Foreign
from services.supervision.figure.keeping import figured
from services.supervision.quota.model import BodyQuota
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, end, warning_id

SESSIONS, BEHIND = "OFF-03", "SESSIONS_BEHIND"


def on_held(event: TrainingHeld, tx: Tx, about: Envelope) -> None:
    """A training was held. A later list of who came, and training of a kind that no quota asks for, count towards none."""
    if event.HasField("quota"):
        on_quota(event, tx, about)


def on_quota(event: Any, tx: Tx, about: Envelope) -> None:
    """Keep how far a body has come; once it is met, what was warned of it is settled."""
    told = event.quota
    if told.node != about.node:
        raise Foreign(f"{about.node} speaks of a quota of {told.node}")
    key = f"{told.clock_id}/{told.subject_id}/{told.year}"
    row: Any = tx.find(BodyQuota, key)
    if row is not None and row.version >= told.version:
        return
    if row is None:
        row = tx.add(
            BodyQuota.new(key=key, clock_id=told.clock_id, subject_id=told.subject_id, year=told.year)
        )
    met = moment_at(told, "meet_time")
    for name, value in {
        "node": told.node,
        "needed": told.needed,
        "done": told.done,
        "law": told.citation.code,
        "meet_time": met,
        "version": told.version,
    }.items():
        setattr(row, name, value)
    figured(tx, about.occur_time)
    if met is not None:
        end(tx, tx.find(Warning, warning_id(BEHIND, told.subject_id, str(told.year))), SETTLED)
