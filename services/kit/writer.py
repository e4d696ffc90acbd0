"""One thread that writes: whatever waits becomes the next transaction."""

import asyncio
import gc
import logging
import os
import shutil
import threading
import time
from collections import deque
from contextlib import closing
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError

from services.kit.batch import Batch, Name, Tail
from services.kit.call import Call, Surroundings
from services.kit.refusal import Busy, Exists, Full, Malformed, Refusal
from services.kit.sql import Driver
from services.kit.store import KitTables, Row
from services.kit.tx import Spoiled
from services.kit.tx import answer as answered
from services.law.rule import Unlawful

log = logging.getLogger(__name__)
RECENT = 64
BUSY, ENOUGH = 8, 32
"""Batches that were lately larger than this show that more is to come, and so many calls are worth a transaction at once."""
STEP, STEPS = 0.001, 10
TRIES = 3
OF_THE_DATABASE = frozenset({"DISK_FULL", "DATABASE_READ_ONLY", "DATABASE_UNAVAILABLE"})
NO_ROOM, READ_ONLY = "53100", "25006"
GAVE_WAY = frozenset({"40001", "40P01"})
"""What PostgreSQL calls a transaction that it ended for another's sake: it could not be put in order with it, or both waited."""
LITTLE = 1024 * 1024
"""With less than this free, a failed write failed for want of room, whatever SQLite calls it."""
Outcome = tuple[Call, Any]


def tell(waiter: "asyncio.Future[bool]", news: bool) -> None:
    if not waiter.done():
        waiter.set_result(news)


class Signal:
    """Something that happens again and again; waiters wake at the next time it does."""

    def __init__(self) -> None:
        self.count = 0
        self.waiting: set[asyncio.Future[bool]] = set()

    def fire(self) -> None:
        self.count += 1
        for waiter in self.waiting:
            tell(waiter, True)
        self.waiting.clear()

    async def wait(self, timeout: float, seen: int | None = None) -> bool:
        """Wait for the next time, or at once if it happened since `seen`. False when the timeout came first."""
        if seen is not None and self.count != seen:
            return True
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[bool] = loop.create_future()
        self.waiting.add(waiter)
        over = loop.call_later(timeout, tell, waiter, False)
        try:
            return await waiter
        finally:
            over.cancel()
            self.waiting.discard(waiter)


class Writer:
    """Runs calls in batches, one transaction each. An outcome is given only after its commit."""

    def __init__(
        self,
        engine: Engine,
        kit: KitTables,
        around: Surroundings,
        loop: asyncio.AbstractEventLoop,
        *,
        batch: int = 256,
        queue: int = 20_000,
    ):
        self.engine, self.kit, self.around, self.loop = engine, kit, around, loop
        self.batch, self.room = batch, queue
        self.waiting: SimpleQueue[Call | None] = SimpleQueue()
        self.committed = Signal()
        self.batches = 0
        self.open = True
        self.ended = asyncio.Event()
        self.failure: BaseException | None = None
        self.connection: Connection | None = None
        self.tail: Tail | None = None
        self.kept: dict[Name, Row | None] = {}
        self.trouble = ""
        """The reason for which the last write was refused by the database; empty once it took one."""
        self.written: list[dict[str, Any]] = []
        self.recent: deque[dict[str, Any]] = deque(maxlen=RECENT)
        """The newest entries of the journal, without a hole; for the loop, which spares itself a look at the database."""
        self.thread = threading.Thread(target=self.run, name="writer", daemon=True)
        self.thread.start()

    def write(self, call: Call) -> "asyncio.Future[Any]":
        """Queue a call; the future gets its outcome. Raises Busy when too much waits or the node is going down."""
        if not self.open:
            raise Busy("SHUTTING_DOWN", "the node is going down; ask again", "节点正在停止，请稍后重试")
        if self.waiting.qsize() >= self.room:
            raise Busy("OVERLOADED", "too many writes wait; ask again later", "待处理的写入过多，请稍后重试")
        call.settled = self.loop.create_future()
        self.waiting.put(call)
        return call.settled

    def run(self) -> None:
        """The thread. If it ever ends by an error, `guard` takes the process down rather than let callers wait for ever."""
        try:
            self.work()
        except BaseException as wrong:
            self.failure = wrong
            raise
        finally:
            self.let_go()
            self.loop.call_soon_threadsafe(self.ended.set)

    async def guard(self) -> None:
        """Return when the thread was stopped; raise when it died."""
        await self.ended.wait()
        if self.failure is not None:
            raise RuntimeError("the writer thread died") from self.failure

    def work(self) -> None:
        calm()
        lately = 0
        while (first := self.waiting.get()) is not None:
            if lately > BUSY:
                self.gather()
            calls = [first]
            last = False
            try:
                while len(calls) < self.batch:
                    more = self.waiting.get_nowait()
                    if more is None:
                        last = True
                        break
                    calls.append(more)
            except Empty:
                pass
            lately = max(len(calls), lately // 2)
            outcomes = self.outcomes(calls)
            self.batches += 1
            entries, self.written = self.written, []
            self.loop.call_soon_threadsafe(self.settle, outcomes, entries)
            if last:
                return

    def gather(self) -> None:
        """Under load, let more calls come as long as they do: the loop needs the interpreter to bring them, and the larger a
        batch, the less of a commit falls to each.
        """
        for _ in range(STEPS):
            waiting = self.waiting.qsize()
            if waiting >= ENOUGH:
                return
            time.sleep(STEP)
            if self.waiting.qsize() == waiting:
                return

    def outcomes(self, calls: list[Call]) -> list[Outcome]:
        """What became of each call. If one spoils the batch, each is run again alone."""
        try:
            return self.attempt(calls)
        except Exception as wrong:
            if len(calls) > 1 and not lost(wrong):
                return [self.outcomes([call])[0] for call in calls]
            told = explain(wrong, self.engine)
            if isinstance(told, Busy | Full) and told.reason in OF_THE_DATABASE:
                self.trouble = told.reason
            return [(call, told) for call in calls]

    def attempt(self, calls: list[Call], tries: int = TRIES) -> list[Outcome]:
        """One transaction. What was lost with its connection, or gave way, is tried again: request ids and reader positions make
        that safe.
        """
        try:
            if self.connection is None:
                self.connection = self.engine.connect()
            # taken away, and given back by a batch that was committed: one that failed may have changed the rows
            kept, self.kept = self.kept, {}
            with self.connection.begin(), closing(Driver(self.connection)) as driver:
                batch = Batch(self.connection, driver, self.kit, self.around, calls, self.tail, kept)
                batch.again = tries < TRIES
                outcomes = [(call, answer(batch, call)) for call in calls]
                batch.close()
            if self.trouble and batch.wrote and not self.still_full():
                self.trouble = ""
            self.tail = batch.tail
            self.written += batch.journal
            self.kept = batch.keepsakes()
            return outcomes
        except (DBAPIError, Spoiled) as wrong:
            self.let_go()
            if tries <= 1 or not (lost(wrong) or gave_way(wrong)):
                raise
        time.sleep(0.2)
        return self.attempt(calls, tries - 1)

    def still_full(self) -> bool:
        """Whether a write that was taken shows nothing: SQLite writes a little over what its log has no more use for."""
        file = path_of(self.engine)
        return self.trouble == "DISK_FULL" and file is not None and cramped(file)

    def let_go(self) -> None:
        """Give the connection back, so that the next transaction begins on one that is known to be good."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def settle(self, outcomes: list[Outcome], entries: list[dict[str, Any]]) -> None:
        """Hand back the outcomes of one batch, on the loop. Callers who left are passed over."""
        for entry in entries:
            if self.recent and entry["seq"] != self.recent[-1]["seq"] + 1:
                self.recent.clear()
            self.recent.append(entry)
        for call, outcome in outcomes:
            if call.settled is None or call.settled.done():
                continue
            if isinstance(outcome, Exception):
                call.settled.set_exception(outcome)
            else:
                call.settled.set_result(outcome)
        self.committed.fire()

    async def stop(self) -> None:
        """Finish what waits, then end the thread."""
        self.open = False
        self.waiting.put(None)
        await self.ended.wait()


def answer(batch: Batch, call: Call) -> Any:
    """An outcome, or an exception that left nothing behind. A spoiled batch is not answered at all."""
    try:
        return answered(batch, call)
    except (Spoiled, DBAPIError):
        raise
    except Exception as no:
        return no


def cause_of(wrong: Exception) -> Exception:
    """What spoiled a batch."""
    cause = wrong.__cause__
    return cause if isinstance(wrong, Spoiled) and isinstance(cause, Exception) else wrong


def lost(wrong: Exception) -> bool:
    """Whether the connection to the database broke."""
    return bool(getattr(cause_of(wrong), "connection_invalidated", False))


def gave_way(wrong: Exception) -> bool:
    """Whether PostgreSQL ended the transaction for another's sake; nothing of it was done."""
    return state_of(cause_of(wrong)) in GAVE_WAY


def state_of(wrong: Exception) -> str:
    """PostgreSQL's code of what went wrong; empty where there is none."""
    return getattr(getattr(wrong, "orig", None), "sqlstate", None) or ""


def explain(wrong: Exception, engine: Engine | None = None) -> Exception:
    """What a caller is told of a failed transaction."""
    cause = cause_of(wrong)
    if isinstance(cause, Refusal | Unlawful):
        return cause
    if isinstance(cause, IntegrityError):
        log.warning("a constraint refused a write: %s", cause.orig)
        return Exists("CONFLICT", "a record with this key exists already", "已存在相同键值的记录")
    if isinstance(cause, DataError):
        said = (
            "holds what the database cannot keep, as a NUL character",
            "含有数据库无法保存的内容（如空字符）",
        )
        return Malformed({"request": said})
    if isinstance(cause, DBAPIError) and (why := of_the_disk(cause, engine)):
        return why
    if isinstance(cause, OperationalError):
        log.error("the database does not answer: %s", cause.orig)
        return Busy(
            "DATABASE_UNAVAILABLE",
            "the node's database does not answer; ask again",
            "节点数据库暂不可用，请重试",
        )
    return cause


def of_the_disk(wrong: DBAPIError, engine: Engine | None) -> Exception | None:
    """A refusal for want of room, or of the right to write. SQLite calls either an I/O error where the system says no late;
    PostgreSQL has codes for them, and words in the language of the server.
    """
    text, state = str(wrong).lower(), state_of(wrong)
    failed, file = "disk i/o error" in text or "unable to open" in text, path_of(engine)
    if state == NO_ROOM or "disk is full" in text or (failed and file and cramped(file)):
        return Full(
            "DISK_FULL", "the node's disk is full; nothing was written", "节点磁盘已满，未写入任何内容"
        )
    if state == READ_ONLY or "readonly database" in text or (failed and file and locked(file)):
        return Busy(
            "DATABASE_READ_ONLY",
            "the node's database may only be read; nothing was written",
            "节点数据库为只读，未写入任何内容",
        )
    return None


def path_of(engine: Engine | None) -> Path | None:
    return Path(engine.url.database or "") if engine is not None and engine.dialect.name == "sqlite" else None


def cramped(file: Path) -> bool:
    return shutil.disk_usage(file.parent).free < LITTLE


def locked(file: Path) -> bool:
    """Whether a file may not be written to, by its mode, its attributes or its disk."""
    return not os.access(file, os.W_OK)


def calm() -> None:
    """Keep the collector from walking every module while requests run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
