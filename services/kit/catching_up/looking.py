"""What the node's own stream and the hub's copy of it have of a service beyond the end of its journal."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass

from services.kit.arrival import Misplaced, Unreadable, read_event
from services.kit.bus import NO_STREAM, Refused, StoredMessage, get_message, stream_of
from services.kit.connection import Connection
from services.kit.forwarder import HUB_GET
from services.kit.journal import Envelope, begins_epoch
from services.kit.reader import Delivery


@dataclass(frozen=True)
class Copy:
    """A stream that has what a service published: `ask` gets a message of it, `lead` stands before its subjects."""

    name: str
    node: str
    service: str
    ask: str
    lead: str = ""

    @property
    def filter(self) -> str:
        return f"{self.lead}evt.*.{self.service}.>"

    async def last(self, nc: Connection) -> StoredMessage | None:
        """The newest of the service. Raises BusError."""
        return await self._message(nc, last_by_subj=self.filter)

    async def next(self, nc: Connection, position: int) -> StoredMessage | None:
        """The first of the service at a position or after it. Raises BusError."""
        return await self._message(nc, seq=position, next_by_subj=self.filter)

    async def _message(self, nc: Connection, **which: str | int) -> StoredMessage | None:
        try:
            return await get_message(nc, self.ask, **which)
        except Refused as no:
            if no.code == NO_STREAM:
                return None
            raise

    def entry(self, message: StoredMessage) -> Envelope | None:
        """The entry in a message; None for what is none, or not what its hash says."""
        tokens = message.subject.removeprefix(self.lead).split(".", 3)
        if len(tokens) < 4:
            return None
        _, to, service, kind = tokens
        delivery = Delivery(
            message.sequence, message.subject, to, self.node, service, kind, message.headers, message.data
        )
        try:
            e = read_event(delivery, self.name)
        except (Unreadable, Misplaced):
            return None
        return e if e.sealed() else None


def own_stream(node: str, service: str) -> Copy:
    return Copy("local", node, service, f"$JS.API.STREAM.MSG.GET.{stream_of(node)}")


def hub_copy(node: str, service: str) -> Copy:
    return Copy("hub", node, service, f"{HUB_GET}.UP_{node}", f"in.{node}.")


async def beyond(nc: Connection, copy: Copy, seq: int, last: int) -> list[Envelope]:
    """The entries of the service after a number, up to a position of the stream. Raises BusError.

    A stream that was begun anew has them more than once, and maybe those of more than one history: all are taken.
    """
    position = await _place_after(nc, copy, seq, last)
    found = [e async for e in _walk(nc, copy, position, last) if e.seq > seq]
    if not found or min(e.seq for e in found) > seq + 1:
        found = [e async for e in _walk(nc, copy, 1, last) if e.seq > seq]
    return found


async def _walk(nc: Connection, copy: Copy, position: int, last: int) -> AsyncIterator[Envelope]:
    while position <= last and (message := await copy.next(nc, position)) is not None:
        if (e := copy.entry(message)) is not None:
            yield e
        position = message.sequence + 1


async def _place_after(nc: Connection, copy: Copy, seq: int, last: int) -> int:
    """Where the entries after a number begin, in the newest run of them."""
    low, high = 1, last
    while low < high:
        middle = (low + high) // 2
        message = await copy.next(nc, middle)
        e = copy.entry(message) if message is not None else None
        if e is None or e.seq > seq:
            high = middle
        else:
            low = middle + 1
    return low


def following(head: tuple[int, bytes], entries: Iterable[Envelope], end: Envelope) -> list[Envelope]:
    """The entries that lead from the journal's head to `end`, each sealing the one before it; where one is missing in between,
    as many as follow without a hole.
    """
    by_hash = {e.hash: e for e in entries}
    way = list(_back(by_hash, end, head[0]))[::-1]
    if way and goes_on(way[0], *head):
        return way
    # of two that follow, the one that begins an epoch: what it left behind is lost for good
    after = {e.prev_hash: e for e in sorted(by_hash.values(), key=lambda e: e.seq)}
    way, (seq, digest) = [], head
    while (e := after.get(digest)) is not None and goes_on(e, seq, digest):
        way.append(e)
        seq, digest = e.seq, e.hash
    return way


def goes_on(e: Envelope, seq: int, digest: bytes) -> bool:
    """Whether an entry follows from another one: as the next, or as the first of an epoch behind numbers that were lost."""
    return (e.seq, e.prev_hash) == (seq + 1, digest) or begins_epoch(e, seq, digest)


def _back(by_hash: dict[bytes, Envelope], end: Envelope, seq: int) -> Iterator[Envelope]:
    e: Envelope | None = end
    while e is not None and e.seq > seq:
        yield e
        e = by_hash.get(e.prev_hash)
