"""Taking in an appeal against points, at the city: directly, or as a department hands it on."""

from datetime import datetime

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import points_pb2 as messages

from services.kit.tx import Tx
from services.law.procedures.points import POINTS
from services.registry.lawful import step
from services.registry.points.facts import PointsFacts
from services.registry.points.model import PointsEntry, entry_values


def open_to_appeal(tx: Tx, entry: messages.PointsEntry, row: PointsEntry, at: datetime) -> str:
    """The state that an appeal leads to. Raises Unlawful for one that is late or comes again."""
    return step(POINTS.APPEAL_POINTS, row.state, PointsFacts(tx, entry, at), entry_id=row.entry_id)


def take_appeal(tx: Tx, row: PointsEntry, at: datetime, grounds: str) -> messages.PointsEntry:
    """Open the appeal of an entry and tell the officer's department. Raises Unlawful."""
    entry = messages.PointsEntry.FromString(row.record)
    entry.state = messages.PointsState.Value(f"POINTS_STATE_{open_to_appeal(tx, entry, row, at)}")
    entry.appeal_time.FromDatetime(at)
    entry.grounds = grounds
    keep_entry(row, entry)
    tx.emit(events.PointsAppealTaken(entry=entry), subject=entry.entry_id, to=entry.node)
    return entry


def keep_entry(row: PointsEntry, entry: messages.PointsEntry) -> None:
    """Keep an entry one version on."""
    entry.version += 1
    for name, value in entry_values(entry).items():
        setattr(row, name, value)
