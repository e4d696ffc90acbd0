"""Delivering: every pending delivery is tried until its channel takes it or the attempts are used up.

At least once: a crash between sending and recording sends again, under the same delivery id.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import uniform
from typing import Any
from urllib.parse import urlsplit

from opentelemetry.trace import SpanKind
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.time import wall
from services.kit.tx import Tx
from services.notifications.contact.model import Contact, masked
from services.notifications.delivery.channels import Channel, configured
from services.notifications.delivery.model import Delivery
from services.notifications.delivery.outgoing import NoAnswer
from services.notifications.delivery.process import step
from services.notifications.notification.model import Notification

log = logging.getLogger(__name__)
AT_ONCE, AT_ONCE_TO_ONE = 32, 8
MOST_PASSED_OVER = 500
"""Addresses of targets that have enough under way; so many are looked past for one that has not."""
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 500
OFF = "the channel is not configured at this node"

# Everything a channel needs of a pending delivery, in one row.
LETTERS = (
    select(
        Delivery.delivery_id,
        Delivery.notification_id,
        Delivery.channel,
        Delivery.address,
        Delivery.next_attempt_time,
        Notification.recipient,
        Notification.event_type,
        Notification.level,
        Notification.title_zh,
        Notification.title_en,
        Notification.body_zh,
        Notification.body_en,
        Notification.case_id,
        Notification.case_number,
        Notification.create_time,
        Notification.trace,
        func.coalesce(Contact.language, "zh-CN").label("language"),
    )
    .join(Notification, Notification.notification_id == Delivery.notification_id)
    .outerjoin(Contact, Contact.recipient == Notification.recipient)
    .where(Delivery.state == "PENDING")
    .order_by(Delivery.next_attempt_time)
    .limit(AT_ONCE)
)


@dataclass(frozen=True)
class Patience:
    """How often, and how long apart."""

    attempts: int
    base: float

    def pause(self, attempts: int) -> timedelta:
        """Twice as long after each attempt, up to an hour; spread, so that many do not come back at once."""
        doubled = timedelta(seconds=self.base * 2 ** min(attempts - 1, 30))
        # so that not all try again at once
        return min(doubled, LONGEST_PAUSE) * uniform(0.5, 1.5)  # noqa: S311


async def deliver(running: Running) -> None:
    """Deliver what is pending, for as long as the service runs. Each delivery goes its own way: no target holds up another."""
    section = running.settings.section("notifications")
    patience = Patience(section.get("max_attempts", 12), section.get("base_backoff_seconds", 5.0))
    channels = configured(section, running.settings.node)
    async with asyncio.TaskGroup() as tasks:
        under_way = UnderWay()
        while True:
            mark = running.mark
            under_way.end.clear()
            due, wait = pending(running, under_way)
            for letter in due:
                work = attempt(running, channels, patience, letter)
                under_way.begin(letter, tasks.create_task(work))
            if not due:
                await either(running.changed(wait, mark), under_way.end.wait())


@dataclass
class UnderWay:
    """What is being sent now: so many at once, and fewer to one target, so that a slow one leaves room for the others."""

    targets: Counter[str] = field(default_factory=Counter)
    letters: dict[str, str] = field(default_factory=dict)
    end: asyncio.Event = field(default_factory=asyncio.Event)
    """Something has come to its end."""

    def takes(self, target: str) -> bool:
        return len(self.letters) < AT_ONCE and self.targets[target] < AT_ONCE_TO_ONE

    def begin(self, letter: Any, task: asyncio.Task[None]) -> None:
        target = target_of(letter)
        self.targets[target] += 1
        self.letters[letter.delivery_id] = target
        task.add_done_callback(lambda _: self.finish(letter.delivery_id))

    def finish(self, delivery_id: str) -> None:
        target = self.letters.pop(delivery_id)
        self.targets[target] -= 1
        if not self.targets[target]:
            del self.targets[target]
        self.end.set()


async def either(*works: Coroutine[Any, Any, Any]) -> None:
    """Wait for the first of some works; the others are let go."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def target_of(letter: Any) -> str:
    """Who is called for it: the host of a webhook, and of all mail the one server."""
    return (urlsplit(letter.address).hostname or "") if letter.channel == pb.CHANNEL_WEBHOOK else ""


def pending(running: Running, under_way: UnderWay) -> tuple[list[Any], float]:
    """The letters that are due and may be begun, or how many seconds to wait for the next."""
    now, chosen, full = wall(), list[Any](), set[str]()
    counts = Counter(under_way.targets)
    while len(under_way.letters) + len(chosen) < AT_ONCE:
        sent = [*under_way.letters, *(letter.delivery_id for letter in chosen)]
        wanted = LETTERS.where(Delivery.delivery_id.not_in(sent), Delivery.address.not_in(full))
        try:
            letters = running.rows(wanted)
        except DBAPIError as problem:
            log.warning("%s: deliveries wait for the database: %s", running.title, problem)
            return [], 1.0
        due = [letter for letter in letters if letter.next_attempt_time <= now]
        for letter in due:
            target = target_of(letter)
            if counts[target] >= AT_ONCE_TO_ONE:
                full.add(letter.address)
            elif len(under_way.letters) + len(chosen) < AT_ONCE:
                counts[target] += 1
                chosen.append(letter)
        if len(letters) < AT_ONCE or len(due) < len(letters) or len(full) > MOST_PASSED_OVER:
            later = [letter for letter in letters if letter.next_attempt_time > now]
            wait = (later[0].next_attempt_time - now).total_seconds() if later else 30.0
            return chosen, min(wait, 30.0)
    return chosen, 30.0


async def attempt(running: Running, channels: Mapping[int, Channel], patience: Patience, letter: Any) -> None:
    """Send one letter, in the trace of the act that it tells of, and record what came of it."""
    channel = channels.get(letter.channel)
    name = pb.Channel.Name(letter.channel).removeprefix("CHANNEL_").lower()
    tags = {"yifa.delivery_id": letter.delivery_id, "yifa.case_id": letter.case_id}
    with running.telemetry.span(f"send {name}", letter.trace, SpanKind.CLIENT, **tags) as span:
        error = OFF if channel is None else await problem_of(channel, letter, span.context)
        if error:
            span.fail(error)
            log.warning("%s: %s by %s: %s", running.title, letter.delivery_id, name, error)
        tries = patience if channel else Patience(0, 0)
        await record(running, letter.delivery_id, error, tries, span.context)


async def problem_of(channel: Channel, letter: Any, trace: str) -> str:
    """Send; an empty text when the channel took it, else what went wrong, without the address."""
    try:
        await channel.send(letter, trace)
    except Exception as wrong:
        log.info("%s: %r", letter.delivery_id, wrong.__cause__ or wrong)
        said = str(wrong) if isinstance(wrong, NoAnswer) else f"{type(wrong).__name__}: {wrong}"
        return said.replace(letter.address, masked(letter.address))[:LONGEST_ERROR]
    return ""


async def record(running: Running, delivery_id: str, error: str, patience: Patience, trace: str) -> None:
    """Write down one attempt. What was sent must be recorded, so a silent database is waited for."""
    at, pause = wall(), 0.1
    while True:
        try:
            await running.do(lambda tx: attempted(tx, delivery_id, error, patience, at), trace=trace)
            return
        except (Busy, Full) as problem:
            log.warning("%s: %s waits to be recorded: %s", running.title, delivery_id, problem)
            await asyncio.sleep(pause)
            pause = min(2 * pause, 5.0)


def attempted(tx: Tx, delivery_id: str, error: str, patience: Patience, at: datetime) -> None:
    """What one attempt does to a delivery."""
    delivery = tx.get(Delivery, delivery_id)
    if delivery.state != "PENDING":
        return  # a commit whose answer was lost is made again
    tries = delivery.attempts + 1
    act = "DELIVER" if not error else "GIVE_UP" if tries >= patience.attempts else "DELAY"
    delivery.state = step(act, delivery.state, delivery_id)
    delivery.attempts = tries
    delivery.last_error = error
    delivery.log = (*delivery.log, {"at": at.isoformat(), "error": error})
    delivery.next_attempt_time = at + patience.pause(tries) if act == "DELAY" else None
    delivery.deliver_time = at if act == "DELIVER" else None
    delivery.version += 1
    about = {"notification_id": delivery.notification_id, "delivery_id": delivery_id}
    if act == "DELIVER":
        delivered = events.NotificationDelivered(**about, channel=delivery.channel, attempts=tries)
        tx.emit(delivered, subject=delivery.notification_id)
    elif act == "GIVE_UP":
        failed = events.DeliveryFailed(**about, channel=delivery.channel, error=error)
        tx.emit(failed, subject=delivery.notification_id)
