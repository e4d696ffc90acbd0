"""Events that are not as they should be, made from those that a lawful city told."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

from google.protobuf.message import Message

from services.kit.arrival import FIRST_MOMENT, LAST_MOMENT, message_class, service_of
from services.kit.journal import Envelope
from services.law.event import events
from tests.fuzz.values import Known, Values, inside

MOST_BODY = 200_000
VERSIONS = (1, 1, 1, 2, 5, 0, -1, 2**31, 2**62)
"""By how much a record is newer than the last that was told of it."""


def every_event() -> list[type[Message]]:
    """The events of all contracts, in one order."""
    return [kind for name in sorted(events()) if (kind := message_class(name)) is not None]


class Mutants:
    """Makes them; the same seed makes the same."""

    def __init__(
        self, rng: Random, lawful: Sequence[Envelope], nodes: Sequence[str], kinds: Sequence[type[Message]]
    ):
        self.rng, self.nodes, self.kinds = rng, nodes, kinds
        self.known = Known()
        self.values = Values(rng, self.known, lambda: max((e.at for e in lawful), default=0) // 1_000_000)
        self.by_type: dict[str, list[Message]] = defaultdict(list)
        self.versions: dict[str, int] = defaultdict(int)
        for e in lawful:
            if (body := body_of(e)) is not None:
                self.known.learn(body)
                self.by_type[e.type].append(body)
                self.heed(body)

    def heed(self, body: Message) -> None:
        """Keep how new the records are that were told of."""
        for record in records_in(body):
            key = key_in(record)
            self.versions[key] = max(self.versions[key], record.version)

    def of(self, e: Envelope) -> Envelope:
        """An event like this one in which something is otherwise."""
        rng = self.rng
        way = rng.choice(WAYS)
        made: Envelope = getattr(self, way)(e)
        made = replace(made, event_id=str(UUID(int=rng.getrandbits(128), version=4)))
        if rng.random() < 0.95:
            made = replace(made, service=service_of(made.type) or made.service)
        if len(made.data) > MOST_BODY:
            made = replace(made, data=made.data[:MOST_BODY])
        return made

    def other_value(self, e: Envelope) -> Envelope:
        """Some fields hold something else, or nothing."""
        body = body_of(e)
        if body is None:
            return e
        made = self.values.mutated(body, self.rng.choice((0.0, 0.0, 0.1, 0.6)))
        return self.told(e, made)

    def newer(self, e: Envelope) -> Envelope:
        """The same as what would come next."""
        made = self.other_value(e)
        if (body := body_of(made)) is None:
            return made
        for record in records_in(body):
            record.version = bounded(self.versions[key_in(record)] + self.rng.choice(VERSIONS))
        return self.told(e, body)

    def fresh(self, e: Envelope) -> Envelope:
        """Of a record that nobody knows."""
        body = body_of(e)
        if body is None:
            return e
        for record in records_in(body):
            field = record.DESCRIPTOR.fields[0]
            if field.type == field.TYPE_STRING and not field.is_repeated:
                setattr(
                    record, field.name, f"{getattr(record, field.name)[:20]}-{self.rng.getrandbits(32):08x}"
                )
        return self.told(e, self.values.mutated(body, self.rng.choice((0.0, 0.1, 0.6))))

    def lacking(self, e: Envelope) -> Envelope:
        """Whole parts are missing."""
        body = body_of(e)
        if body is None:
            return e
        for _ in range(self.rng.choice((1, 1, 2, 6))):
            holder, _ = self.values.somewhere(body)
            if fields := holder.ListFields():
                holder.ClearField(self.rng.choice(fields)[0].name)
        if self.rng.random() < 0.5:
            for record in records_in(body):
                record.version = bounded(self.versions[key_in(record)] + 1)
        return self.told(e, body)

    def blank(self, e: Envelope) -> Envelope:
        return replace(e, data=b"")

    def from_nothing(self, e: Envelope) -> Envelope:
        """Of any kind that is heard, as the contract has it, or not."""
        kind = self.rng.choice(self.kinds).DESCRIPTOR
        made = self.values.message(kind, self.rng.choice((0.0, 0.0, 0.1, 0.5)))
        if self.rng.random() < 0.7:
            for holder in (made, *inside(made)):
                if "node" in holder.DESCRIPTOR.fields_by_name:
                    holder.node = e.node  # type: ignore[attr-defined]
        return replace(self.told(e, made), type=kind.full_name)

    def like_another(self, e: Envelope) -> Envelope:
        """What another kind of event says of the same, or of something else."""
        kind = self.rng.choice(sorted(self.by_type))
        body = self.rng.choice(self.by_type[kind])
        if self.rng.random() < 0.5:
            return replace(e, type=kind)
        return replace(e, type=kind, data=body.SerializeToString(deterministic=True))

    def from_elsewhere(self, e: Envelope) -> Envelope:
        """Another node says it, of itself or of this one."""
        body, other = body_of(e), self.rng.choice(self.nodes)
        if body is not None and self.rng.random() < 0.6:
            for holder in (body, *inside(body)):
                if "node" in holder.DESCRIPTOR.fields_by_name and self.rng.random() < 0.7:
                    holder.node = self.rng.choice((other, e.node, "", "nowhere"))  # type: ignore[attr-defined]
            e = self.told(e, body)
        return replace(e, node=other)

    def at_another_time(self, e: Envelope) -> Envelope:
        edge = (FIRST_MOMENT, LAST_MOMENT, 0, e.at - 10**14, e.at + 10**14, e.at + 10**9, e.at - 10**9)
        return replace(self.newer(e), at=self.rng.choice(edge))

    def of_later_contracts(self, e: Envelope) -> Envelope:
        """It says what this contract does not know."""
        field = self.rng.choice((b"\xfa\xff\x7f\x03abc", b"\xc8\xbe\x0f\x07", b"\xfa\xff\x7f\x00"))
        if self.rng.random() < 0.1:
            return replace(e, type=f"{e.type}Later")
        return replace(e, data=self.newer(e).data + field)

    def damaged(self, e: Envelope) -> Envelope:
        data, rng = bytearray(e.data), self.rng
        for _ in range(rng.choice((1, 1, 3))):
            if data:
                data[rng.randrange(len(data))] = rng.randrange(256)
        return replace(e, data=bytes(data[: rng.choice((None, len(data) // 2, 1))]))

    def about_another(self, e: Envelope) -> Envelope:
        """What stands beside the body is otherwise: the subject, who acted, by which request."""
        said = self.rng.choice(("", "x" * 2000, self.known.other(self.rng)[:200], "'", "长" * 300))
        return replace(self.newer(e), **{self.rng.choice(("subject", "actor", "request_id")): said})

    def told(self, e: Envelope, body: Message) -> Envelope:
        return replace(e, data=body.SerializeToString(deterministic=True))


WAYS = (
    ("other_value",) * 3 + ("newer",) * 8 + ("fresh",) * 4 + ("lacking",) * 6 + ("from_nothing",) * 6
    + ("like_another", "from_elsewhere", "from_elsewhere", "at_another_time", "of_later_contracts", "damaged", "blank",
       "about_another")
)  # fmt: skip


def body_of(e: Envelope) -> Any:
    """What an event says; None where this contract does not know its kind."""
    kind = message_class(e.type)
    try:
        return kind.FromString(e.data) if kind is not None else None
    except Exception:
        return None


def records_in(body: Message) -> Iterator[Any]:
    """The records that an event tells of."""
    for each in inside(body):
        version = each.DESCRIPTOR.fields_by_name.get("version")
        if version is not None and version.type == version.TYPE_INT64:
            yield each


def key_in(record: Message) -> str:
    field = record.DESCRIPTOR.fields[0]
    return f"{record.DESCRIPTOR.name}/{getattr(record, field.name)}"


def bounded(version: int) -> int:
    return max(-(2**63), min(version, 2**63 - 1))
