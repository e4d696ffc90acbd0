"""What a batch of deliveries comes to: the events to react to, those that are refused, and what is wrong with their journals."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select

from services.kit.arrival import Misplaced, Unreadable, may_send, place_in, read_event, read_numbers, salvaged
from services.kit.chain import NOTHING, Broken, ChainFault, Lines, Numbered, Seen, broken_by, joined, place
from services.kit.journal import Envelope
from services.kit.reader import Delivery
from services.kit.signature import HEADER, Keys

EVERYTHING = frozenset({"local", "law.>"})
"""The sources that bring all events of the journals they bring."""
Parking = tuple[Envelope, str, int]
"""An event to be parked, what is wrong with it, and how often it was tried."""


@dataclass
class Sifted:
    """What a batch comes to."""

    fresh: list[Envelope] = field(default_factory=list)
    refused: list[Parking] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    moved: dict[str, Seen] = field(default_factory=dict)
    places: dict[str, bytes] = field(default_factory=dict)
    """The hashes heard in the places of the events, those of before with them."""
    again: set[str] = field(default_factory=set)
    """The places that lie below the highest of their journal."""

    @property
    def idle(self) -> bool:
        return not (self.fresh or self.refused or self.broken)

    def refuse(self, e: Envelope, fault: ChainFault, why: str, last: Seen = NOTHING) -> None:
        self.refused.append((e, f"{fault.lower()}: {why}", 0))
        self.broken.append(broken_by(fault, e, last, last, why))


class Sieve:
    """Tells new events from old and good ones from bad, for one reader.

    `rows` reads what was heard before in the places of events that come below the highest of their journal.
    """

    def __init__(
        self,
        lines: Lines,
        city: str,
        wants: Callable[[str], bool],
        table: Table,
        rows: Callable[[Any], Any],
        keys: Keys,
    ):
        self.lines, self.city, self.wants, self.table, self.rows = lines, city, wants, table, rows
        self.keys = keys

    @property
    def seen(self) -> Mapping[str, Seen]:
        return self.lines.highest

    def sift(self, source: str, deliveries: list[Delivery], whole: bool) -> Sifted:
        """The events to react to, those that are refused, what is wrong, and where each chain now stands.

        Of what nobody here reacts to only the number is looked at.
        """
        sifted, all_of_it = Sifted(), whole and source in EVERYTHING
        old: dict[str, bytes] = {}

        def heard(where: str) -> bytes:
            if not old:
                old.update({"": b""}, **self.heard({p for d in deliveries if (p := place_in(d))}))
            return sifted.places.get(where) or old.get(where, b"")

        for delivery in deliveries:
            e = self.let_in(delivery, source, sifted)
            if e is None:
                continue
            if not self.lines.known(e, all_of_it, heard) and (why := self.unsigned(e)):
                sifted.refuse(
                    e if isinstance(e, Envelope) else salvaged(delivery, source), ChainFault.FORGED, why
                )
                continue
            key = f"{e.node}/{e.service}/{e.to}"
            new, broken = self.lines.follow(e, whole, all_of_it, heard)
            if broken is not None:
                sifted.broken.append(broken)
            if not new:
                if broken is not None and isinstance(e, Envelope):
                    sifted.refused.append((e, "impossible: a number far beyond the last one", 0))
                continue
            top = self.seen.get(key, NOTHING)
            if top.hash == e.hash:
                sifted.moved[key] = top
            if not isinstance(e, Envelope):
                continue
            where = place(e)
            if top.hash != e.hash:
                sifted.again.add(where)
            sifted.places[where] = joined(heard(where), e.hash) if broken is not None or old else e.hash
            if may_send(e.type, e.node, e.service, self.city):
                sifted.fresh.append(e)
            else:
                sifted.refuse(e, ChainFault.FORGED, "this service of this node may not send it")
        sifted.broken = once_each(sifted.broken)
        return sifted

    def let_in(self, delivery: Delivery, source: str, sifted: Sifted) -> Envelope | Numbered | None:
        """The event in a delivery, or its place where nobody here reacts to it; None for what is refused at the door."""
        try:
            if not self.wants(delivery.headers.get("ce-type", "")):
                seq, count, digest = read_numbers(delivery)
                signature = delivery.headers.get(HEADER, "")
                return Numbered(delivery.sender, delivery.service, delivery.to, seq, count, digest, signature)
            e = read_event(delivery, source)
        except Unreadable as no:
            sifted.refuse(salvaged(delivery, source), ChainFault.IMPOSSIBLE, str(no))
            return None
        except Misplaced as no:
            sifted.refuse(salvaged(delivery, source), ChainFault.FORGED, str(no))
            return None
        if not e.sealed():
            sifted.refuse(e, ChainFault.FORGED, "its hash is not the hash of its content")
            return None
        return e

    def unsigned(self, e: Envelope | Numbered) -> str:
        """Why an event is not known to be its node's; empty where it is."""
        return self.keys.fault(e, e.signature, e.at if isinstance(e, Envelope) else 0)

    def heard(self, places: set[str]) -> dict[str, bytes]:
        """The hashes of the entries that were reacted to in these places."""
        rows = self.rows(select(self.table).where(self.table.c.place.in_(places)))
        return {row.place: bytes(row.hashes) for row in rows}

    def refusal_of(self, e: Envelope) -> str:
        """Why a parked event must not be reacted to, however often it is tried; empty where it may be."""
        if not e.sealed():
            return "its hash is not the hash of its content"
        if why := self.unsigned(e):
            return why
        return (
            ""
            if may_send(e.type, e.node, e.service, self.city)
            else "this service of this node may not send it"
        )


def once_each(broken: list[Broken]) -> list[Broken]:
    """The findings without those that say the same of the same journal: a flood of forgeries is one."""
    said: dict[tuple[Any, ...], Broken] = {}
    for one in broken:
        refused = one.fault in (ChainFault.FORGED, ChainFault.IMPOSSIBLE)
        said.setdefault((one.fault, one.node, one.service, 0 if refused else one.seq), one)
    return list(said.values())
