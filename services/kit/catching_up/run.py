"""At each start, before a service serves: what it wrote and lost is asked for and had back, or a new epoch begins."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from services.kit.backup.broken_off import put_off, seen_to, was_restored
from services.kit.bus import BusError, StoredMessage, asked, recreate_local_stream, stream_of
from services.kit.catching_up.city import kept_beyond
from services.kit.catching_up.epoch import begin_epoch, go_on_from
from services.kit.catching_up.looking import Copy, beyond, following, hub_copy, own_stream
from services.kit.chain import FAR
from services.kit.connection import Connection
from services.kit.journal import EPOCH_BEGUN, Envelope
from services.kit.regain.putting import Regained, put
from services.kit.settings import BadSettings, Settings

if TYPE_CHECKING:
    from services.kit.member import Member

log = logging.getLogger(__name__)
PATIENCE = 2.0
"""So many seconds a node waits at its start for a hub that does not answer: its link may be coming up. One that was restored
waits as long as it takes: without the hub it cannot know what it lost.
"""
PAUSE = 0.2
ASKED_FOR = 30.0
"""So many seconds the city is asked for what it kept, before it is gone on without; `[restore] city_seconds` says otherwise."""
MOST_SECONDS = 7 * 86_400
SAID_EVERY = 50
AT_ONCE = 200
GRACE, CUT_FOR = 1.0, 20.0
"""So long everything has to be quiet, and so long the link to the hub has to be cut, before nothing more is waited for."""


@dataclass(frozen=True)
class Patience:
    """For how many seconds the hub and the city are asked; nought for who did not answer before."""

    hub: float = PATIENCE
    city: float = ASKED_FOR

    @staticmethod
    def of(settings: Settings) -> "Patience":
        """As the settings of a node say. Raises BadSettings."""
        seconds = settings.section("restore").get("city_seconds", ASKED_FOR)
        if type(seconds) not in (int, float) or not 0 <= seconds < MOST_SECONDS:
            raise BadSettings(
                f"{settings.path}: [restore] city_seconds 须为秒数 · must be a number of seconds, not {seconds!r}"
            )
        return Patience(city=float(seconds))


@dataclass(frozen=True)
class Found:
    """What a copy, or the city, has of a service: its newest entry, at which position of the stream it ends, and what is beyond
    the journal.
    """

    entry: Envelope
    position: int
    beyond: list[Envelope]


async def regain(running: "Member", nc: Connection, patience: Patience) -> Patience:
    """Have back what the journal lost; what patience is left for the node's next service, as one's waiting is enough for all.
    Raises nothing that waiting would mend.
    """
    node, name = running.settings.node, running.name
    restored = was_restored(running.settings, name)
    if restored is not None:
        log.warning(
            "%s: was restored from %s up to entry %s", running.title, restored["copy"], restored["seq"]
        )
    found = [await newest(running, nc, own_stream(node, name), None)]
    limit, answered = None if restored is not None else patience.hub, True
    try:
        found.append(await newest(running, nc, hub_copy(node, name), limit))
    except BusError:
        answered, patience = False, replace(patience, hub=0.0)
    there = [each for each in found if each is not None]
    ahead = [each for each in there if each.entry.seq > running.head()[0]]
    reached = reaches(running.head(), ahead)
    if node != running.settings.city and (restored is not None or reached is None):
        # what the bus has without a hole nobody is asked for once more
        after = reached or running.head()[0]
        try:
            ahead += await from_city(running, nc, after, patience.city)
        except BusError as problem:
            log.error(
                "%s: goes on without the city, which does not answer what it kept after entry %d: %s",
                running.title, after, problem,
            )  # fmt: skip
            put_off(running.settings, name, restored["copy"] if restored is not None else "", after)
            patience = replace(patience, city=0.0)
    if ahead:
        await take_back(running, ahead)
    if (own := found[0]) is not None and not running.has(own.entry):
        log.error("%s: the node's stream has another history; it is begun anew", running.title)
        await begin_stream_anew(running, nc, there)
    if restored is not None and answered:
        seen_to(running.settings, name)
    return patience


def reaches(head: tuple[int, bytes], ahead: Sequence[Found]) -> int | None:
    """The newest entry that is known, where journal and what is ahead of it lead there without a hole."""
    if not ahead:
        return head[0]
    way = following(head, [e for each in ahead for e in each.beyond], most := newest_of(ahead))
    return most.seq if way and way[-1].seq == most.seq else None


def newest_of(ahead: Sequence[Found]) -> Envelope:
    return max((each.entry for each in ahead), key=lambda e: e.seq)


async def from_city(running: "Member", nc: Connection, after: int, patience: float) -> list[Found]:
    """What the city kept of the journal after an entry, before any number of it is used again or given up. It is believed no
    more than the hub: an entry counts that the node itself has signed. Raises BusError when the city does not answer for so
    long.
    """
    given = await kept_beyond(running, nc, after, patience)
    entries = [e for e in given if good(running, e, running.head()[0])]
    if refused := len([e for e in given if e.signature]) - len(entries):
        log.error("%s: %d entries that the city gave are not as they were signed", running.title, refused)
    return [Found(max(entries, key=lambda e: e.seq), 0, entries)] if entries else []


async def newest(running: "Member", nc: Connection, copy: Copy, patience: float | None) -> Found | None:
    """What a copy has newest; what is no entry of this journal, or cannot be, is passed over. Raises BusError when it does not
    answer for so long.
    """
    message = await asked_for(running, nc, copy, patience)
    if message is None:
        return None
    seq = running.head()[0]
    entry = copy.entry(message)
    if entry is not None and entry.seq <= seq and good(running, entry, seq):
        return Found(entry, message.sequence, [])
    entries = [e for e in await beyond(nc, copy, seq, message.sequence) if good(running, e, seq)]
    if not entries:
        return None
    return Found(max(entries, key=lambda e: e.seq), message.sequence, entries)


def good(running: "Member", e: Envelope, seq: int) -> bool:
    """Whether an entry may be this journal's own: whoever has the node's key for the hub may send what he likes."""
    return e.seq - seq <= FAR and not running.reactor.sieve.refusal_of(e)


async def asked_for(
    running: "Member", nc: Connection, copy: Copy, patience: float | None
) -> StoredMessage | None:
    """The newest message of a copy. Raises BusError when it does not answer for so long."""
    tries, began = 0, time.monotonic()
    while True:
        try:
            return await copy.last(nc)
        except BusError as problem:
            tries += 1
            if patience is not None and time.monotonic() - began >= patience:
                raise
            if tries % SAID_EVERY == 0:
                log.warning("%s: waits for the %s stream: %s", running.title, copy.name, problem)
            await asyncio.sleep(PAUSE)


async def take_back(running: "Member", ahead: list[Found]) -> None:
    """Put what others have into the journal again, each entry sealing the one before it; what cannot be had ends its epoch."""
    most, entries = newest_of(ahead), [e for each in ahead for e in each.beyond]
    way = following(running.head(), entries, most)
    for at in range(0, len(way), AT_ONCE):
        await running.do(lambda tx, some=way[at : at + AT_ONCE]: put(tx, some))  # type: ignore[misc]
    running.reactor.regained = Regained(running)
    log.warning("%s: had back %d entries, up to %d", running.title, len(way), running.head()[0])
    counts: dict[str, int] = {}
    for e in entries:
        counts[e.to] = max(counts.get(e.to, 0), e.count)
    end = running.head()[0]
    if any(e.type == EPOCH_BEGUN for e in way):
        # also those that an epoch left behind had their numbers
        await running.do(lambda tx: go_on_from(tx, tx.batch, end, counts))
    if end < most.seq:
        known = [e for e in {e.seq: e for e in entries}.values() if e.seq > end]
        log.critical("%s: entries %d to %d are lost; a new epoch begins", running.title, end + 1, most.seq)
        await running.do(lambda tx: begin_epoch(tx, running.name, most, known, counts))


async def settle(running: "Member", sources: Sequence[str], linked: Callable[[], bool]) -> None:
    """Once all was heard again that came after the copy: put what is left of the entries that were had back into the rows."""
    if not running.reactor.regained.some:
        return
    await heard(running, sources, linked)
    regained = running.reactor.regained
    try:
        await running.do(regained.rest)
    except Exception as wrong:
        log.error("%s: one by one: %r", running.title, wrong)
        while running.rows(select(running.kit.regained.c.seq).limit(1)):
            await one_by_one(running, regained)
    regained.some = False
    log.warning("%s: what was had back is in its rows", running.title)


async def one_by_one(running: "Member", regained: Regained) -> None:
    """The first of what is left; where it cannot be put into the rows, people are told."""
    try:
        await running.do(regained.one)
    except Exception as wrong:
        why = repr(wrong)
        await running.do(lambda tx: regained.put_aside(tx, why))


async def heard(running: "Member", sources: Sequence[str], linked: Callable[[], bool]) -> None:
    """Return when the journals are published and the sources are read to their end; without the hub, when its link stays cut."""
    loop = asyncio.get_running_loop()
    since, cut = loop.time(), loop.time()
    while True:
        if running.relayed < running.head()[0]:
            since = loop.time()
        if linked():
            cut = loop.time()
        waits = [s for s in sources if not running.reactor.current.get(s)]
        if (not waits and loop.time() - since >= GRACE) or loop.time() - cut >= CUT_FOR:
            return
        await asyncio.sleep(PAUSE / 4)


async def begin_stream_anew(running: "Member", nc: Connection, found: list[Found]) -> None:
    """The node's stream holds what the journal has not: the journals fill it again, above all numbers that were given out."""
    js, node = nc.jetstream(), running.settings.node
    try:
        info = await asked(lambda: js.stream_info(stream_of(node)))
        await recreate_local_stream(js, node, max(info.state.last_seq, *(f.position for f in found)) + 1)
    except BusError as problem:
        log.error("%s: its stream could not be begun anew: %s", running.title, problem)
