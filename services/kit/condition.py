"""How a node stands: what is not as it should be, told to whoever asks, and the gravest of it to gRPC's health.

Each look is at the thing itself: the last write of each database, its file, the disks, the node's NATS server, the link, the
clock. What a look finds is an alert from then on until a look finds it mended.
"""

import asyncio
import logging
import os
import shutil
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from nats.errors import Error as NatsError
from prometheus_client import Gauge
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError
from yifa.journal.v1 import condition_pb2 as pb

from services.kit.backup.broken_off import unasked
from services.kit.bus import BusError, asked, stream_of
from services.kit.connection import Connection
from services.kit.forwarder import Link, Progress
from services.kit.growth import disks, folder_of, parked_of_one, size, sizes, tell
from services.kit.key_change import half_changed
from services.kit.limits import Limits
from services.kit.said import HOUR, SAID
from services.kit.sized import sized
from services.kit.supervised import read
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI

if TYPE_CHECKING:
    from services.kit.service import Running
    from services.kit.settings import Settings

log = logging.getLogger(__name__)
LOOK = 1.0
MEASURE = 15.0
LEAP = 2.0
"""So many seconds the clock may differ from what passed between two looks."""
WITHIN = 1.5
FLAPPING = 3
ALERTS = Gauge("yifa_alert", "1 while something is not as it should be", ("node", "service", "kind"))
REFUSING = frozenset({pb.ALERT_KIND_DATABASE_READ_ONLY, pb.ALERT_KIND_DATABASE_AWAY, pb.ALERT_KIND_DISK_FULL})
"""What a service with such an alert refuses is every write: it does not serve."""
TROUBLES = {
    "DISK_FULL": pb.ALERT_KIND_DISK_FULL,
    "DATABASE_READ_ONLY": pb.ALERT_KIND_DATABASE_READ_ONLY,
    "DATABASE_UNAVAILABLE": pb.ALERT_KIND_DATABASE_AWAY,
}
HALF_CHANGED = {
    "sign": pb.ALERT_KIND_SIGN_KEY_HALF_CHANGED,
    "token": pb.ALERT_KIND_TOKEN_KEY_HALF_CHANGED,
}
FAULT, WARNING = pb.ALERT_LEVEL_FAULT, pb.ALERT_LEVEL_WARNING
Key = tuple[int, str]
Serving = Callable[[set[str]], Awaitable[None]]


@dataclass(frozen=True)
class Alert:
    """One thing that is not as it should be. `told` are the figures of its sentences."""

    kind: int
    level: int
    service: str = ""
    told: dict[str, object] = field(default_factory=dict, compare=False)
    since: float = 0.0

    @property
    def key(self) -> Key:
        return self.kind, self.service

    def message(self) -> pb.Alert:
        zh, en = (sentence.format(**self.told) for sentence in SAID[self.kind])
        said = pb.Alert(service=self.service, message_zh=zh, message_en=en)
        said.kind, said.level = self.kind, self.level  # type: ignore[assignment]
        said.since_time.FromNanoseconds(int(self.since * 1e9))
        return said


@dataclass
class Clock:
    """Whether the machine's clock goes as time does: what it showed last, against a clock that nobody sets."""

    wall: float = 0.0
    steady: float = 0.0
    leapt: float = 0.0
    at: float = 0.0

    def look(self, wall: float, steady: float) -> Alert | None:
        """An alert for an hour after it leapt, by how many seconds."""
        if self.steady:
            leap = (wall - self.wall) - (steady - self.steady)
            if abs(leap) > LEAP:
                self.leapt, self.at = leap, steady
        self.wall, self.steady = wall, steady
        if not self.leapt or steady - self.at > HOUR:
            return None
        return Alert(pb.ALERT_KIND_CLOCK_JUMPED, WARNING, told={"seconds": f"{self.leapt:+.0f}"})


class Condition:
    """The state of the node of one process. `alerts` and `stores` are what the last look found."""

    def __init__(self, settings: "Settings", services: "Sequence[Running]", progress: Progress):
        self.settings, self.services, self.progress = settings, services, progress
        self.limits = Limits.of(settings)
        self.replies: dict[str, int] = {}
        """How many answers each service keeps."""
        self.clock = Clock()
        self.alerts: dict[Key, Alert] = {}
        self.stores: list[pb.StoreSize] = []
        self.measured = 0.0
        self.restored = 0.0

    async def run(self, nc: Connection | None, serving: Serving) -> None:
        """Look for ever; `serving` is told which services take writes."""
        while True:
            await self.look(nc)
            await serving({a.service for a in self.alerts.values() if a.kind in REFUSING})
            await asyncio.sleep(LOOK)

    async def look(self, nc: Connection | None) -> None:
        """Find what is not as it should be now."""
        if time.monotonic() - self.measured > MEASURE:
            self.measured = time.monotonic()
            self.stores = [*sizes(self.services, self.limits, self.replies), *await self.stream(nc)]
            tell(self.settings.node, self.stores)
        found = [*await self.of_databases(), *self.of_disks(), *await self.of_bus(nc), *self.of_processes()]
        found += [*self.of_stores(), *self.of_parked(), *self.of_the_restored(), *self.of_keys()]
        if (leapt := self.clock.look(time.time(), time.monotonic())) is not None:
            found.append(leapt)
        self.settle(found)

    def settle(self, found: Iterable[Alert]) -> None:
        """Take over what was found: since when it is so stays, and begin and end are told in the log."""
        now, before, node = time.time(), self.alerts, self.settings.node
        self.alerts = {
            a.key: replace(a, since=before[a.key].since if a.key in before else now) for a in found
        }
        for key in self.alerts.keys() - before.keys():
            log.error("%s: %s", node, self.alerts[key].message().message_en)
            ALERTS.labels(node, key[1], pb.AlertKind.Name(key[0])).set(1)
        for key in before.keys() - self.alerts.keys():
            log.warning("%s: over: %s", node, before[key].message().message_en)
            ALERTS.labels(node, key[1], pb.AlertKind.Name(key[0])).set(0)

    def messages(self) -> list[pb.Alert]:
        """The alerts, the gravest first."""
        return [
            a.message() for a in sorted(self.alerts.values(), key=lambda a: (-a.level, a.kind, a.service))
        ]

    async def of_databases(self) -> list[Alert]:
        """What each database refuses. After a failed write a write of our own shows whether it takes any again."""
        found = []
        for running in self.services:
            if running.writer.trouble:
                await try_again(running)
            why = running.writer.trouble or ("" if writable(running) else "DATABASE_READ_ONLY")
            if why:
                found.append(Alert(TROUBLES[why], FAULT, running.name))
        return found

    def of_disks(self) -> Iterator[Alert]:
        folders = {f for running in self.services if (f := folder_of(running)) is not None}
        if self.services and (files := self.services[0].around.files.folder).is_dir():
            folders.add(files)
        for disk in disks(folders):
            total, _, free = shutil.disk_usage(disk)
            share = 100 * free / total if total else 0
            if share < self.limits.disk_low:
                level = FAULT if share < self.limits.disk_critical else WARNING
                zh, en = sized(free)
                told = {"folder": disk, "percent": f"{share:.1f}", "free_zh": zh, "free_en": en}
                yield Alert(pb.ALERT_KIND_DISK_LOW, level, told=told)
                return

    async def of_bus(self, nc: Connection | None) -> list[Alert]:
        """Whether the node's server answers, and the hub is reached."""
        if nc is None:
            return []
        waiting = sum(max(0, r.head()[0] - r.relayed) for r in self.services if readable(r))
        if not await answers(nc):
            return [Alert(pb.ALERT_KIND_NATS_AWAY, FAULT, told={"waiting": waiting})]
        found = []
        if self.progress.link is Link.RESTORED:
            self.restored = time.monotonic()
        if self.restored and time.monotonic() - self.restored < HOUR:
            found.append(Alert(pb.ALERT_KIND_STREAM_RESTORED, WARNING))
        if self.progress.link is Link.CUT and self.forwards:
            found.append(
                Alert(pb.ALERT_KIND_HUB_AWAY, WARNING, told={"waiting": self.progress.lag() + waiting})
            )
        return found

    @property
    def forwards(self) -> bool:
        """Whether this process is the one of its node that speaks to the hub."""
        return bool(self.services) and self.services[0].name == self.settings.services[0]

    async def stream(self, nc: Connection | None) -> list[pb.StoreSize]:
        if nc is None or not nc.is_connected:
            return [s for s in self.stores if s.name == "stream"]
        try:
            info = await asked(
                lambda: nc.jetstream(timeout=WITHIN).stream_info(stream_of(self.settings.node))
            )
        except BusError:
            return [s for s in self.stores if s.name == "stream"]
        return [
            size("stream", info.state.bytes, max(info.config.max_bytes or 0, 0), rows=info.state.messages)
        ]

    def of_stores(self) -> Iterator[Alert]:
        """What is near its limit."""
        for s in self.stores:
            if s.name != "stream" or not s.limit_bytes:
                continue
            full = any("maximum bytes" in r.relay_problem for r in self.services)
            percent = 100 * s.bytes // s.limit_bytes
            if full or percent >= self.limits.nearly:
                yield Alert(
                    pb.ALERT_KIND_STREAM_FULL,
                    FAULT if full else WARNING,
                    told={"percent": 100 if full else percent},
                )

    def of_parked(self) -> Iterator[Alert]:
        """What no reaction took, and whether of one sender it is near what is kept, or beyond."""
        for running in self.services:
            if not (count := parked(running)):
                continue
            yield Alert(pb.ALERT_KIND_EVENTS_PARKED, WARNING, running.name, {"count": count})
            node, most, left = parked_of_one(running)
            if left or 100 * most >= self.limits.nearly * self.limits.parked:
                told = {"node": node, "count": most, "most": self.limits.parked, "left": left}
                yield Alert(pb.ALERT_KIND_PARKED_FULL, FAULT if left else WARNING, running.name, told)

    def of_the_restored(self) -> Iterator[Alert]:
        """Whether the city has yet to say what it kept."""
        for running in self.services:
            if (mark := unasked(self.settings, running.name)) is not None:
                yield Alert(pb.ALERT_KIND_CITY_UNASKED, WARNING, running.name, {"seq": mark["seq"]})

    def of_keys(self) -> Iterator[Alert]:
        """Whether a change of a key was cut off: the old one counts for a while, or not any more."""
        for section, kind in HALF_CHANGED.items():
            if half_changed(self.settings, section):
                yield Alert(kind, FAULT, told={"node": self.settings.node})

    def of_processes(self) -> Iterator[Alert]:
        """What the supervisor had to start again, where there is one that keeps a file."""
        if not (named := self.settings.section("supervisor").get("state")):
            return
        now = time.time()
        for process in read(self.settings.path.parent / named):
            if process.node == self.settings.node and (ends := process.lately(now, HOUR)):
                level = FAULT if len(ends) >= FLAPPING or not process.pid else WARNING
                at = datetime.fromtimestamp(ends[-1].at, SHANGHAI)
                told = {
                    "name": process.name,
                    "times": len(ends),
                    "code": ends[-1].code,
                    "at": f"{at:%H:%M:%S}",
                }
                yield Alert(pb.ALERT_KIND_PROCESS_RESTARTED, level, process.name, told)


async def answers(nc: Connection) -> bool:
    """Whether the server answers now. Not by a ping: an answer that comes late to one would end the library's reading."""
    if not nc.is_connected:
        return False
    try:
        await nc.ask("$JS.API.INFO", b"", {}, WITHIN)
    except (NatsError, TimeoutError, OSError):
        return False
    return True


def readable(running: "Running") -> bool:
    try:
        running.head()
    except (DBAPIError, ValueError):
        return False
    return True


def parked(running: "Running") -> int:
    try:
        return running.parked()
    except DBAPIError:
        return 0


def writable(running: "Running") -> bool:
    """Whether the database may be written to, by what its file or its server says."""
    if folder_of(running) is not None:
        file = Path(running.engine.url.database or "")
        return os.access(file, os.W_OK) and not os.statvfs(file).f_flag & os.ST_RDONLY
    try:
        [[only]] = running.rows(text("SELECT current_setting('transaction_read_only')"))
    except DBAPIError:
        return True
    return bool(only != "on")


async def try_again(running: "Running") -> None:
    """Write what is there already; the writer notes how it went."""
    head = running.kit.head

    def same(tx: Tx) -> None:
        tx.db.connection().execute(update(head).values(changes=head.c.changes))

    try:
        await running.do(same)
    except Exception as problem:
        log.debug("%s: still not written: %s", running.title, problem)
