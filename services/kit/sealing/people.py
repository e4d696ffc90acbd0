"""Who may unseal: named, with a key each, and dismissed.

Naming somebody wraps every data key for the new key, by the key of anybody else who is named; naming again changes the key. Rows
change in the transaction of the act, files beside it: a key is on the disk before, and goes after. What a crash leaves between
the two is a key that is nobody's, and is swept away at the next start.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, delete, insert, select

from services.kit.refusal import Missing, Unready
from services.kit.sealing.box import KIT, entry, lost, open_box, unwrapped, wrapped
from services.kit.sealing.keys import KeyStore
from services.kit.store import micros, moment


class Look(Protocol):
    """A transaction, or a view."""

    @property
    def keys(self) -> KeyStore: ...  # pragma: no cover

    @property
    def reader(self) -> Connection: ...  # pragma: no cover


@dataclass(frozen=True)
class Named:
    """Somebody who may unseal."""

    person: str
    named_by: str
    name_time: datetime
    has_key: bool


def named(look: Look) -> list[Named]:
    """Those who are named, by name. `look` is a transaction or a view."""
    keys = look.keys
    rows = look.reader.execute(select(KIT.unsealer).order_by(KIT.unsealer.c.person)).all()
    return [Named(r.person, r.named_by, moment(r.at), keys.find(r.key_id) is not None) for r in rows]


def may_unseal(look: Look, person: str) -> bool:
    """Whether somebody is named."""
    return any(each.person == person for each in named(look))


def held_for_somebody(look: Look, seal_id: str) -> bool:
    """Whether a box is kept, or is about to be by this very transaction, for somebody who is named and has a key."""
    able = {each.person for each in named(look) if each.has_key}
    box = getattr(look, "box", None)
    if box is not None and box.seal_id == seal_id:
        return bool(able)
    its = select(KIT.sealed_key.c.person).where(KIT.sealed_key.c.seal_id == seal_id)
    return not able.isdisjoint(row.person for row in look.reader.execute(its))


def check_opens(tx: Any, seal_ids: Iterable[str]) -> None:
    """That the caller can open these boxes, before it is recorded that it did. Raises Denied, Lost."""
    for seal_id in seal_ids:
        open_box(tx.reader, tx.keys, tx.caller.subject, seal_id)


def name(tx: Any, person: str) -> None:
    """Let somebody unseal from now on, and what was sealed before as far as the key of anybody opens it; of who is named already,
    change the key. Raises Lost where the key store keeps nothing.
    """
    connection, keys = tx.raw, tx.keys
    data_keys = _data_keys(connection, keys)
    key_id = keys.make()
    key = keys.find(key_id)
    if key is None:
        raise lost()
    _forget(connection, keys, person)
    row = {"person": person, "key_id": key_id, "named_by": tx.caller.subject, "at": micros(tx.now)}
    connection.execute(insert(KIT.unsealer), [row])
    if data_keys:
        rows = [entry(seal_id, person, wrapped(key, data_key)) for seal_id, data_key in data_keys.items()]
        connection.execute(insert(KIT.sealed_key), rows)


def dismiss(tx: Any, person: str) -> None:
    """Let somebody unseal no more. Raises Missing, and Unready where nobody would be left for what is kept."""
    connection, keys = tx.raw, tx.keys
    people = connection.execute(select(KIT.unsealer)).all()
    if person not in {p.person for p in people}:
        raise Missing("Unsealer", person)
    left = [p for p in people if p.person != person and keys.find(p.key_id) is not None]
    if not left and connection.execute(select(KIT.sealed.c.seal_id).limit(1)).first() is not None:
        raise Unready(
            "LAST_TO_UNSEAL",
            "what is sealed could be opened by nobody any more: name somebody else first",
            "取消后已密封的信息将无人可以拆封，请先指定其他人员",
        )
    _forget(connection, keys, person)


def drop_leaving(connection: Connection, keys: KeyStore) -> None:
    """Take away the keys that were given up, as far as that is committed; the others are left to the next start."""
    leaving, keys.leaving = keys.leaving, []
    known = {row.key_id for row in connection.execute(select(KIT.unsealer.c.key_id))}
    for key_id in leaving:
        if key_id not in known:
            keys.drop(key_id)


def sweep(connection: Connection, keys: KeyStore) -> None:
    """Take away the keys that are nobody's."""
    known = frozenset(row.key_id for row in connection.execute(select(KIT.unsealer.c.key_id)))
    for key_id in keys.others(known):
        keys.drop(key_id)


def _forget(connection: Connection, keys: KeyStore, person: str) -> None:
    its = select(KIT.unsealer.c.key_id).where(KIT.unsealer.c.person == person)
    keys.leaving += [row.key_id for row in connection.execute(its)]
    connection.execute(delete(KIT.sealed_key).where(KIT.sealed_key.c.person == person))
    connection.execute(delete(KIT.unsealer).where(KIT.unsealer.c.person == person))


def _data_keys(connection: Connection, keys: KeyStore) -> dict[str, bytes]:
    """The data key of every box that one of the keys opens."""
    people = {p.person: keys.find(p.key_id) for p in connection.execute(select(KIT.unsealer))}
    found: dict[str, bytes] = {}
    for row in connection.execute(select(KIT.sealed_key)):
        if row.seal_id not in found:
            key = unwrapped(people.get(row.person), bytes(row.wrapped))
            if key is not None:
                found[row.seal_id] = key
    return found
