"""Whole lists of officers: a good row costs one look; only a bad one has its faults put into words."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import officer_pb2

from services.kit.ids import new_id
from services.kit.rpc import exchange, stream
from services.kit.text import are_plain
from services.kit.tx import Tx
from services.kit.view import Feed
from services.law.identity import spelt
from services.law.parameters import Layers
from services.law.procedures.officer import still_serving
from services.registry.bulk.fault import (
    Fault,
    are_fine_texts,
    differs,
    is_fine_person,
    of_law,
    officer_faults,
)
from services.registry.bulk.page import pages
from services.registry.bulk.row import again, bodies_named, entry_of, post_unknown, posts_of, tell
from services.registry.officer.entry import must_be_checked
from services.registry.officer.model import OFFICERS, Officer, officer_proto
from services.registry.request import local

# What two rows about one person must agree in.
OFFICER_FIELDS = ("name", "body_id", "unit", "post", "staff_kind")


@dataclass(frozen=True)
class Place:
    """Where rows put people: what stands against it, and what all who come there have in common."""

    faults: tuple[Fault, ...]
    fine: bool
    values: Mapping[str, Any]
    announced: officer_pb2.Officer


@exchange
def import_officers(
    request: bulk.ImportOfficersRequest, seen: dict[str, int], tx: Tx
) -> bulk.ImportOfficersResponse:
    """Put the good rows of a part on the roster, in one event (ASR 17)."""
    reply, today = bulk.ImportOfficersResponse(), local(tx.now).date()
    rows = [*request.rows]  # a message is read faster once it is at hand
    numbers = [spelt(row.id_number) for row in rows]
    plain = are_plain([row.name for row in rows])
    roster = {o.id_number: o for o in tx.among(Officer, "id_number", numbers)}
    place_of = places(tx, {row.body for row in rows})
    added: dict[str, dict[str, Any]] = {}
    announced: list[officer_pb2.Officer] = []
    for row, number in zip(rows, numbers, strict=True):
        line, name = row.line, row.name
        place = place_of(row.body, row.unit, row.post, row.staff_kind)
        first = seen.setdefault(number, line) == line
        if not (first and place.fine and is_fine_person(row, name, number, today, plain=plain)):
            faults = *again(seen, "id_number", number, line), *officer_faults(row, number, today)
            if told := (*faults, *place.faults):
                tell(reply, line, told)
                continue
        if known := roster.get(number) or added.get(number):
            differing = [*differences(known, {**place.values, "name": name}, tx.parameters)]
            reply.unchanged += not differing
            tell(reply, line, differing)
        else:
            added[number] = {"officer_id": new_id("O-"), "name": name, "id_number": number, **place.values}
            announced.append(place.announced)
    reply.added = len(added)
    if added and not request.dry_run:
        keep([*added.values()], announced, tx)
    return reply


def places(tx: Tx, names: set[str]) -> Callable[[str, str, str, int], Place]:
    """What is to be known of every body, unit, post and kind of staff that a part names; each is looked at once."""
    bodies = bodies_named(tx, names)
    posts = posts_of(tx, {body.body_id for body in bodies.values()})
    entry = cache(lambda name, staff: (*entry_of(bodies.get(name), name, staff, tx),))
    nominated, stamp = must_be_checked(tx), Timestamp()
    stamp.FromDatetime(tx.now)

    @cache
    def place(name: str, unit: str, post: str, staff_kind: int) -> Place:
        body_id = bodies[name].body_id if name in bodies else ""
        values = {"body_id": body_id, "unit": unit, "post": post, "staff_kind": staff_kind}
        faults = *entry(name, staff_kind), *post_unknown(post, posts.get(body_id))
        announced = officer_pb2.Officer(
            **values, node=tx.node, nominated=nominated, version=1, register_time=stamp
        )
        return Place(faults, not faults and are_fine_texts(unit=unit, post=post), values, announced)

    return place


def keep(added: Sequence[Mapping[str, Any]], announced: Iterable[officer_pb2.Officer], tx: Tx) -> None:
    """The new officers of a part, and their event: what `officer_announced` says of each, made many times faster."""
    event = events.OfficersImported(officers=announced)
    for officer, values in zip(event.officers, added, strict=True):
        officer.officer_id, officer.name = values["officer_id"], values["name"]
    tx.insert(Officer, added, node=tx.node, register_time=tx.now, nominated=must_be_checked(tx))
    tx.emit(event, subject=tx.new_id("L-"))


def differences(
    known: Officer | Mapping[str, Any], row: Mapping[str, Any], layers: Layers
) -> Iterable[Fault]:
    """What a row says otherwise than the roster, or than an earlier row of the same part, of a person."""
    kept = known if isinstance(known, Mapping) else vars(known)
    if kept.get("leave_time") is not None:
        yield of_law("id_number", still_serving.broken(), layers)
    for field in OFFICER_FIELDS:
        if kept[field] != row[field]:
            yield differs("body" if field == "body_id" else field, kept[field])


@stream
async def export_officers(
    request: bulk.ExportOfficersRequest, feed: Feed
) -> AsyncIterator[bulk.ExportOfficersResponse]:
    """The officers that this node knows, id numbers masked."""
    statement = OFFICERS.where(Officer.body_id == request.body_id) if request.body_id else OFFICERS
    for rows in pages(feed, statement, (Officer.officer_id,)):
        yield bulk.ExportOfficersResponse(officers=map(officer_proto, rows))
