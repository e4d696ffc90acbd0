"""Watch: every event from a position on. Replay and live are one loop over the stored events.

The reader sets the pace: one page of rows is held at a time, and nothing is queued for a slow one.
"""

import time
from collections.abc import AsyncIterator, Iterable
from typing import Any

from sqlalchemy import BigInteger, bindparam, func, select
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import watch_pb2 as pb

from services.kit.arrival import is_event
from services.kit.refusal import Malformed
from services.kit.view import Feed, View
from services.supervision.case.facts import time_in
from services.supervision.event.messages import entry_message
from services.supervision.event.model import Received, Source

RECEIVED = Received.__table__
SOURCES = Source.__table__
LAST = select(SOURCES.c.events).where(SOURCES.c.node == "*")

PAGE = 200
KEEP_ALIVE = 15.0
WARNING_EVENTS = {m.DESCRIPTOR.full_name: m for m in (events.WarningRaised, events.WarningEnded)}


async def watch(request: pb.WatchRequest, feed: Feed) -> AsyncIterator[pb.WatchResponse]:
    """What is asked for, in order of position, each event once; an empty response when nothing more waits."""
    after = start(request, feed)
    wanted = narrowed(request)
    told = float("-inf")
    while True:
        seen = feed.mark
        rows = feed.rows(wanted, after=after)
        last = after
        if not rows:
            # Positions have no gaps: when a page is empty that is read after the end, nothing lies before that.
            last = last_position(feed)
            rows = feed.rows(wanted, after=after)
        for row in rows:
            yield response(row)
        after = rows[-1].position if rows else last
        if len(rows) == PAGE:
            continue
        if time.monotonic() - told >= KEEP_ALIVE:
            yield pb.WatchResponse()
            told = time.monotonic()
        await feed.changed(told + KEEP_ALIVE - time.monotonic(), seen)


def start(request: pb.WatchRequest, feed: Feed) -> int:
    """The position after which to begin: as asked for, or the newest."""
    match request.WhichOneof("start"):
        case "after_position":
            return int(request.after_position)
        case "from_time":
            since = time_in(request, "from_time")
            first = select(func.min(RECEIVED.c.position)).where(RECEIVED.c.receive_time >= since)
            row = feed.one(first)
            return row[0] - 1 if row and row[0] is not None else last_position(feed)
    return last_position(feed)


def narrowed(request: pb.WatchRequest) -> Any:
    """The select of a page of the events asked for, after a position `after`."""
    beyond = RECEIVED.c.position > bindparam("after", type_=BigInteger)
    wanted = select(RECEIVED).where(beyond).order_by(RECEIVED.c.position).limit(PAGE)
    if request.node:
        wanted = wanted.where(RECEIVED.c.node == request.node)
    if request.case_id:
        wanted = wanted.where(RECEIVED.c.case_id == request.case_id)
    if request.service:
        wanted = wanted.where(RECEIVED.c.service == request.service)
    if request.types:
        wanted = wanted.where(RECEIVED.c.type.in_(known(request.types)))
    if request.only_warnings:
        wanted = wanted.where(RECEIVED.c.type.in_(WARNING_EVENTS))
    return wanted


def known(types: Iterable[str]) -> list[str]:
    """Raises Malformed for a name that is no event of the contract: a watcher of it would wait for ever."""
    wrong = {
        f"types[{n}]": (
            f"{name} is no event of the contract: give its full name, as yifa.enforcement.v1.DecisionMade",
            f"{name}不是接口定义中的事件，请填写全名，例如yifa.enforcement.v1.DecisionMade",
        )
        for n, name in enumerate(types)
        if not is_event(name)
    }
    if wrong:
        raise Malformed(wrong)
    return list(types)


def response(row: Any) -> pb.WatchResponse:
    kind = WARNING_EVENTS.get(row.type)
    warning = kind.FromString(row.data).warning if kind else None
    return pb.WatchResponse(entry=entry_message(row), warning=warning)


def last_position(view: View) -> int:
    """The newest position of Watch, 0 before the first event."""
    row = view.one(LAST)
    return row[0] if row else 0
