"""Points: appeals that departments hand on, and what they keep of the city's decisions."""

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.rule import Unlawful
from services.registry.points.appeal import take_appeal
from services.registry.points.model import (
    PointsEntry,
    PointsStanding,
    PointsTable,
    entry_values,
    standing_values,
    table_values,
)
from services.registry.replica import NotItsHome, Reaction, keep, of_city, utc

Changed = events.PointsScored | events.PointsAppealDecided
Threshold = events.PointsThresholdReached | events.PointsThresholdLifted


def on_table(event: events.PointsTablePublished, tx: Tx) -> None:
    keep(tx, PointsTable, {"table_id": event.table.table_id}, table_values(event.table))


def on_changed(event: Changed, tx: Tx) -> None:
    keep(tx, PointsEntry, {"entry_id": event.entry.entry_id}, entry_values(event.entry))
    on_threshold(event, tx)


def on_threshold(event: Threshold | Changed, tx: Tx) -> None:
    standing = event.standing
    keep(tx, PointsStanding, {"key": f"{standing.officer_id}/{standing.cycle}"}, standing_values(standing))


def on_taken(event: events.PointsAppealTaken, tx: Tx) -> None:
    keep(tx, PointsEntry, {"entry_id": event.entry.entry_id}, entry_values(event.entry))


def on_appealed(event: events.PointsAppealed, tx: Tx, about: Envelope) -> None:
    """At the city: open the appeal, or say why one that comes again, or after the time, is not taken in."""
    if about.node != event.node:
        raise NotItsHome(f"{about.type} of {event.node} came from {about.node}")
    if tx.node != tx.city:
        return
    row = tx.get(PointsEntry, event.entry_id)
    if row.node != about.node:
        raise NotItsHome(f"{about.type} about points at {row.node} came from {about.node}")
    try:
        take_appeal(tx, row, min(utc(event.appeal_time), tx.now), event.grounds)
    except Unlawful as no:
        refused = events.PointsAppealRefused(
            entry_id=row.entry_id,
            officer_id=row.officer_id,
            node=about.node,
            refusals=[b.reason for b in no.broken],
            says_zh="；".join(b.says_zh for b in no.broken),
            says_en="; ".join(b.says for b in no.broken),
        )
        tx.emit(refused, subject=row.officer_id, to=about.node)


REACTIONS: dict[type[Message], Reaction] = {
    events.PointsTablePublished: of_city(on_table),
    events.PointsScored: of_city(on_changed),
    events.PointsAppealDecided: of_city(on_changed),
    events.PointsAppealTaken: of_city(on_taken),
    events.PointsAppealed: on_appealed,
    events.PointsThresholdReached: of_city(on_threshold),
    events.PointsThresholdLifted: of_city(on_threshold),
}
