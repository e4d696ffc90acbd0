"""What a service says of how its rows follow from events, so that they can be built anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.kit.journal import Envelope
from services.kit.tx import Tx


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it was taken in: as the `position`th, at the moment `now`, after the entry `entry` of the own journal."""

    position: int
    entry: int
    now: datetime
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Work:
    """Something that the service did of its own accord: when, after which event and which entry, and what it was about."""

    key: str
    name: str
    position: int
    entry: int
    now: datetime
    keys: tuple[str, ...] = ()


Fold = Callable[[Tx, Envelope, Any], Any]


@dataclass(frozen=True)
class Rebuilding:
    """How the rows of a service follow from what it was told, what it did of its own accord, and what people did in it.

    end: how many events were told. told, works: the next of them after a position or a key, in order. work: does again what was
    done of its own accord. fold: puts what people did into the rows, as the event of that act tells it. carried: the tables that
    do not follow from events, and why. carried_rows: rows of other tables that do not, as a condition, and why. folds: names of
    own work that is not done again but taken from the events that it announced: what it depended on is nowhere kept.
    """

    end: Callable[[Connection], int]
    told: Callable[[Connection, int, int], Sequence[Told]]
    works: Callable[[Connection, str, int], Sequence[Work]]
    work: Callable[[Tx, Work], None]
    fold: Fold
    carried: Mapping[str, str]
    carried_rows: Mapping[str, tuple[Any, str]] = field(default_factory=dict)
    folds: frozenset[str] = frozenset()


KIT_CARRIED: Mapping[str, str] = {
    "journal": "what happened here, itself: it is what all else is built from",
    "head": "where the journal ends",
    "counter": "how many entries of the journal each addressee has",
    "reply": "the answers that repeated requests get: requests are not kept, they may hold what is sealed",
    "position": "up to where the service has read its sources",
    "sender": "the last event heard of each journal",
    "heard_place": "the hashes by which an event that comes again is known",
    "parked": "events that no reaction took, and why",
    "left_behind": "from where a source is read again for the events that were too many to be parked",
    "calendar_year": "the years that the city proclaimed, and how far clocks are counted by them",
    "edition": "the editions of the law data by which was counted here",
    "checkpoint": "signed heads of journals: signatures follow from no event",
    "tree": "up to where the journals were signed or countersigned",
    "regained": "entries of the journal that were had back after a restore, and are not in the rows yet",
    "sealed": "who complained, sealed: no event holds it",
    "sealed_key": "the keys of what is sealed",
    "unsealer": "who was named to unseal, with a key that no event holds",
}
"""The kit's own tables, and why none of them follows from the events that a service was told."""
