"""Changes to a copy of a department's database, by somebody who can write what he likes into it and has no key."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from google.protobuf import descriptor_pool, message_factory
from google.protobuf.message import DecodeError
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import IntegrityError

from services.kit.directory import NodeKey
from services.kit.journal import GENESIS, seal
from services.node.records import records, told
from services.node.verifying import verify_database
from tests.tamper.material import NODE, SERVICE, Material

COLUMNS = (
    "seq", "event_id", "type", "addressee", "number", "subject", "at", "actor", "request_id", "trace", "data", "prev_hash",
    "hash",
)  # fmt: skip
SEALED = COLUMNS[:11]


@dataclass
class Done:
    """What was changed: the entries that are to be named, and words that a fault is to hold."""

    entries: set[int] = field(default_factory=set)
    words: str = ""
    what: str = ""


def other(chance: random.Random, value: Any) -> Any:
    """The value with one byte, character or digit of it changed."""
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(40)) or value + 1
    if isinstance(value, bytes):
        if not value:
            return b"\x01"
        n = chance.randrange(len(value))
        return value[:n] + bytes([value[n] ^ chance.randrange(1, 256)]) + value[n + 1 :]
    if not value:
        return chance.choice("x0-中")
    n = chance.randrange(len(value))
    return value[:n] + chance.choice([c for c in "x0-中" if c != value[n]]) + value[n + 1 :]


def rows(db: Connection) -> list[dict[str, Any]]:
    return [dict(r._mapping) for r in db.execute(text("SELECT * FROM journal ORDER BY seq"))]


def put(db: Connection, row: dict[str, Any]) -> None:
    names = ", ".join(COLUMNS)
    db.execute(text(f"INSERT INTO journal ({names}) VALUES ({', '.join(':' + c for c in COLUMNS)})"), row)


def byte(db: Connection, chance: random.Random) -> Done:
    row = chance.choice(rows(db))
    column = chance.choice(COLUMNS)
    value = other(chance, row[column])
    db.execute(text(f"UPDATE journal SET {column} = :v WHERE seq = :s"), {"v": value, "s": row["seq"]})
    return Done({row["seq"]})


def dropped(db: Connection, chance: random.Random) -> Done:
    seq = chance.choice(rows(db))["seq"]
    db.execute(text("DELETE FROM journal WHERE seq = :s"), {"s": seq})
    return Done({seq})


def swapped(db: Connection, chance: random.Random) -> Done:
    one, two = chance.sample(rows(db), 2)
    for row, seq in ((one, -1), (two, one["seq"]), ({"seq": -1}, two["seq"])):
        db.execute(text("UPDATE journal SET seq = :n WHERE seq = :s"), {"n": seq, "s": row["seq"]})
    return Done({one["seq"], two["seq"]})


def inserted(db: Connection, chance: random.Random) -> Done:
    """An entry that never was, among the others, with all hashes made anew."""
    all_rows = rows(db)
    at = chance.randrange(len(all_rows))
    made = {**all_rows[at], "event_id": f"made-{chance.random()}", "actor": "somebody"}
    rebuild(db, [*all_rows[:at], made, *all_rows[at:]])
    return Done({at + 1})


def back_dated(db: Connection, chance: random.Random) -> Done:
    """An entry gets another moment, and a hash that fits."""
    row = chance.choice(rows(db))
    row["at"] -= chance.randrange(1, 10**12)
    row["hash"] = sealed(row, row["prev_hash"])
    db.execute(text("UPDATE journal SET at = :at, hash = :hash WHERE seq = :seq"), row)
    return Done({row["seq"]})


def tail_cut(db: Connection, chance: random.Random) -> Done:
    """The newest entries are gone, and all that says how many there were says fewer."""
    all_rows = rows(db)
    left = chance.randrange(len(all_rows))
    rebuild(db, all_rows[:left])
    return Done({row["seq"] for row in all_rows[left:]})


def rebuilt(db: Connection, chance: random.Random) -> Done:
    """An old entry says something else, and every hash after it is made anew; no signed head is left."""
    all_rows = rows(db)
    at = chance.randrange(len(all_rows))
    column = chance.choice([c for c in SEALED if c not in ("seq", "number")])  # they follow from its place
    all_rows[at][column] = other(chance, all_rows[at][column])
    rebuild(db, all_rows)
    return Done({row["seq"] for row in all_rows[at:]})


def emptied(db: Connection, chance: random.Random) -> Done:
    seqs = {row["seq"] for row in rows(db)}
    rebuild(db, [])
    return Done(seqs)


def record_changed(db: Connection, chance: random.Random) -> Done:
    """A record says otherwise than the entry about it."""
    found = []
    for full, kind in records(SERVICE).items():
        table = kind.__table__
        key = table.primary_key.columns.keys()[0]
        found += [
            (full, table.name, key, r[0], bytes(r[1]))
            for r in db.execute(text(f'SELECT {key}, record FROM "{table.name}"'))
        ]
    full, name, key, value, record = chance.choice(found)
    changed = {"r": changed_record(chance, full, record), "k": value}
    db.execute(text(f'UPDATE "{name}" SET record = :r WHERE {key} = :k'), changed)
    return Done(words=value, what=name)


def changed_record(chance: random.Random, full: str, record: bytes) -> bytes:
    """One byte of it, in what its events tell: how its terms stand is not of that."""
    kind = message_factory.GetMessageClass(descriptor_pool.Default().FindMessageTypeByName(full))
    said = told(kind.FromString(record))
    while True:
        changed = other(chance, record)
        try:
            if told(kind.FromString(changed)) != said:
                return bytes(changed)
        except DecodeError:
            return bytes(changed)


def head_changed(db: Connection, chance: random.Random) -> Done:
    """The rows that say how far the journal goes, or was signed, say otherwise."""
    name, column = chance.choice(
        [
            ("head", "seq"),
            ("head", "hash"),
            ("counter", "number"),
            ("tree", "size"),
            ("tree", "hash"),
            ("checkpoint", "note"),
        ]
    )
    key = {"head": "id", "counter": "addressee", "tree": "origin", "checkpoint": "key"}[name]
    row = chance.choice(list(db.execute(text(f"SELECT {key}, {column} FROM {name}"))))
    changed = {"v": other(chance, row[1]), "k": row[0]}
    db.execute(text(f"UPDATE {name} SET {column} = :v WHERE {key} = :k"), changed)
    return Done()


def sealed(row: dict[str, Any], prev: bytes) -> bytes:
    return seal(prev, *(row[c] for c in SEALED))


def rebuild(db: Connection, all_rows: list[dict[str, Any]]) -> None:
    """The journal as if it had always been so, and nothing that would say otherwise."""
    for name in ("journal", "counter", "checkpoint", "tree"):
        db.execute(text(f"DELETE FROM {name}"))
    prev, counts = GENESIS, dict[str, int]()
    for seq, row in enumerate(all_rows, 1):
        to = row["addressee"]
        counts[to] = counts.get(to, 0) + 1
        made = {**row, "seq": seq, "number": counts[to], "prev_hash": prev}
        prev = made["hash"] = sealed(made, prev)
        put(db, made)
    for to, number in counts.items():
        db.execute(text("INSERT INTO counter (addressee, number) VALUES (:t, :n)"), {"t": to, "n": number})
    db.execute(text("UPDATE head SET seq = :s, hash = :h"), {"s": len(all_rows), "h": prev})


KINDS: dict[str, Callable[[Connection, random.Random], Done]] = {
    "byte": byte,
    "dropped": dropped,
    "swapped": swapped,
    "inserted": inserted,
    "back-dated": back_dated,
    "tail cut": tail_cut,
    "rebuilt": rebuilt,
    "emptied": emptied,
    "record": record_changed,
    "head": head_changed,
}


def taken(db: Connection, change: Callable[[Connection], Done]) -> Done:
    """A change that the database takes: no two entries have one number."""
    while True:
        try:
            return change(db)
        except IntegrityError:
            db.rollback()


@dataclass
class Databases:
    """The copies, and what is made of a change to one of them: nothing of it stays."""

    own: Engine
    city: Engine
    keys: tuple[NodeKey, ...]

    @staticmethod
    def of(material: Material) -> "Databases":
        own, city = (create_engine(f"sqlite:///{path}") for path in (material.database, material.at_city))
        return Databases(own, city, material.keys)

    def faults(
        self, change: Callable[[Connection], Done] | None = None
    ) -> tuple[Done, list[tuple[int, str]]]:
        with self.own.connect() as db, self.city.connect() as city:
            done = taken(db, change) if change is not None else Done()
            checked = verify_database(db, "copy", NODE, SERVICE, [city], self.keys)
            db.rollback()
        return done, [(f.seq, f.what) for f in checked.faults]

    def unseen(self, kind: str, chance: random.Random) -> str:
        """Why a change of this kind was not found and named; empty where it was."""
        done, faults = self.faults(lambda db: KINDS[kind](db, chance))
        named = {seq for seq, _ in faults}
        if not faults:
            return f"{kind} was not found: {done}"
        if lacking := done.entries - named:
            return f"{kind}: entries {sorted(lacking)[:5]} are not named"
        return "" if any(done.words in what for _, what in faults) else f"{kind}: {done.words} is not named"
