"""The journal: what happened at a service, for good. Each entry seals the one before it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from urllib.parse import quote, unquote

from google.protobuf.message import DecodeError
from sqlalchemy import BigInteger, Connection, Integer, Row, Select, Table, bindparam, select
from yifa.journal.v1.events_pb2 import EpochBegun

from services.kit.signature import HEADER
from services.kit.store import moment

EPOCH_BEGUN = EpochBegun.DESCRIPTOR.full_name
GENESIS = bytes(32)
FIELDS = (
    "seq",
    "event_id",
    "type",
    "addressee",
    "count",
    "subject",
    "at",
    "actor",
    "request_id",
    "trace",
    "data",
)


def seal(
    prev: bytes,
    seq: int,
    event_id: str,
    type: str,
    addressee: str,
    count: int,
    subject: str,
    at: int,
    actor: str,
    request_id: str,
    trace: str,
    data: bytes,
) -> bytes:
    """SHA-256 over the last hash and every field.

    The encoding is stable: the 32 bytes of the last hash; then each field in the order of FIELDS as netstring, that is
    its length in bytes in decimal, ":", its bytes, ","; numbers in decimal, texts in UTF-8.
    """
    n, c, t = str(seq), str(count), str(at)
    head = (
        f"{len(n)}:{n},{len(event_id)}:{event_id},{len(type)}:{type},{len(addressee)}:{addressee},"
        f"{len(c)}:{c},{len(subject)}:{subject},{len(t)}:{t},{len(actor)}:{actor},"
        f"{len(request_id)}:{request_id},{len(trace)}:{trace},"
    ).encode()
    # characters are bytes only as long as all of them are ASCII
    if not head.isascii():
        texts = (n, event_id, type, addressee, c, subject, t, actor, request_id, trace)
        head = b"".join([b"%d:%b," % (len(e), e) for e in map(str.encode, texts)])
    return sha256(b"%b%b%d:%b," % (prev, head, len(data), data)).digest()


@dataclass(frozen=True, slots=True)
class Envelope:
    """One event as a reader gets it: the journal's fields, and where it was read."""

    node: str
    service: str
    seq: int
    event_id: str
    type: str
    to: str
    count: int
    subject: str
    at: int
    actor: str
    request_id: str
    trace: str
    data: bytes
    prev_hash: bytes
    hash: bytes
    source: str = ""
    position: int = 0
    traceparent: str = ""
    signature: str = ""
    """As its node sent it (services.kit.signature)."""

    @property
    def occur_time(self) -> datetime:
        return moment(self.at)

    def sealed(self) -> bool:
        """Whether the hash is the hash of these fields."""
        return self.hash == seal(
            self.prev_hash,
            self.seq,
            self.event_id,
            self.type,
            self.to,
            self.count,
            self.subject,
            self.at,
            self.actor,
            self.request_id,
            self.trace,
            self.data,
        )


def from_row(row: Row[Any], node: str, service: str) -> Envelope:
    """An entry of the journal table as an envelope."""
    return from_values(row._asdict(), node, service)


def from_values(e: Mapping[str, Any], node: str, service: str) -> Envelope:
    """The same from the values of its columns."""
    return Envelope(
        node,
        service,
        e["seq"],
        e["event_id"],
        e["type"],
        e["addressee"],
        e["number"],
        e["subject"],
        e["at"],
        e["actor"],
        e["request_id"],
        e["trace"],
        bytes(e["data"]),
        bytes(e["prev_hash"]),
        bytes(e["hash"]),
        traceparent=e["trace"],
    )


def headers(e: Envelope, traceparent: str, signature: str = "") -> dict[str, str]:
    """The envelope as NATS headers: CloudEvents 1.0 binary mode, and what the chain needs.

    Texts that a caller chose are percent-encoded: a header holds no line break and nothing beyond ASCII.
    """
    signed = {HEADER: signature} if signature else {}
    return signed | {
        "Nats-Msg-Id": e.event_id,
        "ce-specversion": "1.0",
        "ce-id": e.event_id,
        "ce-type": e.type,
        "ce-source": f"/nodes/{e.node}/{e.service}",
        "ce-time": e.occur_time.isoformat(timespec="microseconds"),
        "ce-subject": quote(e.subject),
        "traceparent": traceparent,
        "yifa-service": e.service,
        "yifa-seq": str(e.seq),
        "yifa-to": e.to,
        "yifa-count": str(e.count),
        "yifa-at": str(e.at),
        "yifa-actor": quote(e.actor),
        "yifa-request": quote(e.request_id),
        "yifa-trace": e.trace,
        "yifa-prev": e.prev_hash.hex(),
        "yifa-hash": e.hash.hex(),
    }


def from_headers(h: Mapping[str, str], data: bytes, node: str, source: str, position: int) -> Envelope:
    """The envelope in a message from `node`. Raises KeyError or ValueError when it is not one."""
    return Envelope(
        node,
        h["yifa-service"],
        int(h["yifa-seq"]),
        h["ce-id"],
        h["ce-type"],
        h["yifa-to"],
        int(h["yifa-count"]),
        unquote(h.get("ce-subject", "")),
        int(h["yifa-at"]),
        unquote(h.get("yifa-actor", "")),
        unquote(h.get("yifa-request", "")),
        h.get("yifa-trace", ""),
        data,
        bytes.fromhex(h["yifa-prev"]),
        bytes.fromhex(h["yifa-hash"]),
        source,
        position,
        h.get("traceparent", ""),
        h.get(HEADER, ""),
    )


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a chain."""

    seq: int
    what: str


def verify(entries: Iterable[Envelope], after: tuple[int, bytes] = (0, GENESIS)) -> tuple[int, list[Fault]]:
    """Check a run of entries that follows the entry `after` (sequence, hash).

    Returns how many were read and every fault: a changed entry, a missing one, one out of place.
    """
    seq, prev = after
    faults: list[Fault] = []
    read = 0
    for e in entries:
        read += 1
        if begins_epoch(e, seq, prev):
            faults.append(Fault(e.seq, f"a new epoch begins: entries {seq + 1} to {e.seq - 1} were lost"))
        elif e.seq != seq + 1:
            faults.append(Fault(e.seq, f"expected entry {seq + 1}, found {e.seq}"))
        elif e.prev_hash != prev:
            faults.append(Fault(e.seq, "does not continue the entry before it"))
        if not e.sealed():
            faults.append(Fault(e.seq, "was changed: its hash is not the hash of its content"))
        seq, prev = e.seq, e.hash
    return read, faults


def begins_epoch(e: Envelope, seq: int, prev: bytes) -> bool:
    """Whether an entry goes on behind numbers that were lost, as it says itself."""
    if e.type != EPOCH_BEGUN or e.seq <= seq + 1 or e.prev_hash != prev:
        return False
    try:
        begun = EpochBegun.FromString(e.data)
    except DecodeError:
        return False
    return (begun.last_seq, begun.last_hash, begun.lost_seq) == (seq, prev, e.seq - 1)


def read(
    connection: Connection, journal: Table, node: str, service: str, after: int = 0, limit: int = 500
) -> list[Envelope]:
    """Up to `limit` entries after a sequence, in order."""
    found = connection.execute(_following(journal), {"after": after, "most": limit})
    return [from_row(row, node, service) for row in found]


@lru_cache
def _following(journal: Table) -> Select[Any]:
    """The select behind `read`, made once: the relay asks after every commit."""
    after, most = bindparam("after", type_=BigInteger), bindparam("most", type_=Integer)
    return select(journal).where(journal.c.seq > after).order_by(journal.c.seq).limit(most)


def walk(page: Callable[[int], list[Envelope]]) -> Iterable[Envelope]:
    """All entries of a journal, page by page; `page(after)` reads one."""
    after = 0
    while entries := page(after):
        yield from entries
        after = entries[-1].seq
