"""Whether the records in a service's database are as the last events about them say."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError, Message
from sqlalchemy import Connection, select

from services.kit.arrival import message_class
from services.kit.journal import Envelope
from services.kit.sql import key_of, table_of
from services.node.serve import service

# How its terms stand, an event tells beside the record: of a measure or a referral it carries the case. How many take an exam,
# and how they did, their entries tell.
TOLD_APART = {
    "": {"deadlines"},
    "yifa.registry.v1.Exam": {"registered", "passed", "failed", "version"},
}
# What goes on by the events of two nodes: a record beyond its last entry here is told by the other.
TOLD_BY_BOTH = {
    "yifa.enforcement.v1.Assistance",
    "yifa.enforcement.v1.FileReviewObjection",
    "yifa.enforcement.v1.SupervisionAnswer",
}
JUDGED_ANEW = {"yifa.enforcement.v1.Case": "breaches"}
"""What was wrong in a record of another system is judged anew, without an event, when what ran beside it is told later."""
Last = dict[tuple[str, str], tuple[int, Message]]
"""By kind and key of a record: the last entry that tells of it, and how it tells it."""


@dataclass(frozen=True)
class Unlike:
    """A record that is not as an entry of the journal says."""

    seq: int
    kind: str
    key: str
    what: str


def records(name: str) -> dict[str, Any]:
    """The rows of a service that hold a whole record, by the full name of its message."""
    pool, found = descriptor_pool.Default(), {}
    for kind in service(name).row.__subclasses__():
        table = getattr(kind, "__table__", None)
        if table is not None and "record" in table.columns:
            full = f"yifa.{name}.v1.{kind.__name__}"
            try:
                fields = pool.FindMessageTypeByName(full).fields_by_name
            except KeyError:
                continue
            if key_of(kind) in fields and "version" in fields:
                found[full] = kind
    return found


def note(e: Envelope, rows: Mapping[str, Any], last: Last) -> None:
    """Keep what an event says of the records of its own service. What cannot be read says nothing: its hash tells of that."""
    kind = message_class(e.type)
    if kind is None:
        return
    try:
        event = kind.FromString(e.data)
    except DecodeError:
        return
    for f, value in event.ListFields():
        if f.message_type is not None and not f.is_repeated and f.message_type.full_name in rows:
            full = f.message_type.full_name
            last[full, getattr(value, key_of(rows[full]))] = e.seq, value


def unlike(db: Connection, rows: Mapping[str, Any], last: Last) -> Iterator[Unlike]:
    """Every record that is not as its last event says, but for what is told apart."""
    by_kind: dict[str, dict[str, tuple[int, Message]]] = defaultdict(dict)
    for (full, key), said in last.items():
        by_kind[full][key] = said
    for full, said_of in by_kind.items():
        table, key = table_of(rows[full]), key_of(rows[full])
        made = message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(full))
        kept = {r[0]: r[1] for r in db.execute(select(table.c[key], table.c.record))}
        for subject, (seq, said) in said_of.items():
            if subject not in kept:
                yield Unlike(seq, full, subject, f"stands in entry {seq} and nowhere else")
                continue
            try:
                record: Any = made.FromString(bytes(kept[subject]))
            except (DecodeError, TypeError, ValueError):
                yield Unlike(seq, full, subject, "cannot be read")
                continue
            beyond = full in TOLD_BY_BOTH and record.version > said.version  # type: ignore[attr-defined]
            if not beyond and (wrong := differing(record, said)):
                yield Unlike(seq, full, subject, f"is not as entry {seq} says: {wrong}")


def differing(one: Message, other: Message) -> list[str]:
    apart = apart_of(one)
    names = [f.name for f in one.DESCRIPTOR.fields if f.name not in apart]
    found = [name for name in names if getattr(one, name) != getattr(other, name)]
    unknown = not found and told(one) != told(other)
    return ["what the contract does not know"] if unknown else found


def apart_of(record: Any) -> set[str]:
    """The fields of a record that its last event need not tell as they stand."""
    full = record.DESCRIPTOR.full_name
    judged = {JUDGED_ANEW[full]} if full in JUDGED_ANEW and record.HasField("origin") else set()
    return TOLD_APART[""] | TOLD_APART.get(full, set()) | judged


def told(record: Message) -> bytes:
    """All of a record that its events tell, also what the contract does not know."""
    copy = type(record)()
    copy.CopyFrom(record)
    for name in apart_of(record):
        if name in record.DESCRIPTOR.fields_by_name:
            copy.ClearField(name)
    return copy.SerializeToString(deterministic=True)
