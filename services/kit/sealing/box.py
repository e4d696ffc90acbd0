"""A box: the sealed texts of one request, encrypted, with its data key wrapped for each person who is named."""

import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from google.protobuf.message import Message
from sqlalchemy import Connection, MetaData, and_, bindparam, insert, select

from services.kit.arrival import message_class
from services.kit.ids import new_id
from services.kit.refusal import Denied, Lost, Unready
from services.kit.sealing.field import paths
from services.kit.sealing.keys import BITS, KeyStore
from services.kit.store import kit_tables

NONCE = 12
KIT = kit_tables(MetaData())
LOOK_UP = (
    select(KIT.unsealer.c.key_id, KIT.sealed_key.c.wrapped, KIT.sealed.c.kind, KIT.sealed.c.box)
    .outerjoin(
        KIT.sealed_key,
        and_(
            KIT.sealed_key.c.person == KIT.unsealer.c.person, KIT.sealed_key.c.seal_id == bindparam("seal_id")
        ),
    )
    .outerjoin(KIT.sealed, KIT.sealed.c.seal_id == KIT.sealed_key.c.seal_id)
    .where(KIT.unsealer.c.person == bindparam("person"))
)
"""A person's key, the data key wrapped for it, and the box: one look, so that they are of one moment."""


@dataclass(frozen=True)
class Box:
    """What was taken out of a request, encrypted. The data key lives in memory until the request is recorded."""

    seal_id: str
    kind: str
    paths: tuple[str, ...]
    """Which fields it holds, as "reporter.name"."""
    content: bytes
    key: bytes = field(repr=False)


def packed_away(taken: Message) -> Box:
    """The box of what was taken out of a request."""
    seal_id, kind = new_id("SL-"), taken.DESCRIPTOR.full_name
    key, nonce = AESGCM.generate_key(BITS), os.urandom(NONCE)
    content = nonce + AESGCM(key).encrypt(nonce, taken.SerializeToString(), bound(seal_id, kind))
    return Box(seal_id, kind, paths(taken), content, key)


def bound(seal_id: str, kind: str) -> bytes:
    """What a box is bound to: its content passes for that of no other."""
    return f"{seal_id}/{kind}".encode()


def wrapped(key_of_person: bytes, key: bytes) -> bytes:
    return aes_key_wrap(key_of_person, key)


def unwrapped(key_of_person: bytes | None, content: bytes) -> bytes | None:
    """The data key, None where the person's key is gone or another."""
    if key_of_person is None:
        return None
    try:
        return aes_key_unwrap(key_of_person, content)
    except (InvalidUnwrap, ValueError):
        return None


def entry(seal_id: str, person: str, content: bytes) -> dict[str, Any]:
    """The row of a data key that is wrapped for a person."""
    return {"key": f"{seal_id}/{person}", "seal_id": seal_id, "person": person, "wrapped": content}


def keep(connection: Connection, keys: KeyStore, box: Box, at: int) -> None:
    """Keep a box, its data key wrapped for everybody who is named. Raises Unready where nobody is who has a key."""
    people = connection.execute(select(KIT.unsealer)).all()
    held = [(p.person, key) for p in people if (key := keys.find(p.key_id)) is not None]
    if not held:
        raise Unready(
            "NOBODY_UNSEALS",
            "the request holds what has to be sealed, and nobody is named who may unseal it: name somebody first",
            "请求中有应当密封的信息，但尚未指定可以拆封的人员，请先指定",
        )
    row = {"seal_id": box.seal_id, "kind": box.kind, "box": box.content, "at": at}
    connection.execute(insert(KIT.sealed), [row])
    connection.execute(
        insert(KIT.sealed_key), [entry(box.seal_id, p, wrapped(key, box.key)) for p, key in held]
    )


def open_box(connection: Connection, keys: KeyStore, person: str, seal_id: str) -> Message:
    """What a box holds, for a person who was named. Raises Denied for anybody else, Lost where the key is gone.

    All is looked up at once, and once more where the key was changed meanwhile.
    """
    for _ in range(2):
        row = connection.execute(LOOK_UP, {"person": person, "seal_id": seal_id}).first()
        if row is None:
            raise not_named()
        if row.box is None or row.wrapped is None:
            break
        key, kind = unwrapped(keys.find(row.key_id), bytes(row.wrapped)), message_class(row.kind)
        if key is None or kind is None:
            continue
        content = bytes(row.box)
        try:
            return kind.FromString(
                AESGCM(key).decrypt(content[:NONCE], content[NONCE:], bound(seal_id, row.kind))
            )
        except InvalidTag:
            break
    raise lost()


def opened(response: Message, contents: list[Message]) -> Message:
    """A response with what the boxes hold, in the fields of the same names; of several boxes the last counts."""
    fields = response.DESCRIPTOR.fields_by_name
    for content in contents:
        for part, value in content.ListFields():
            if part.name not in fields:
                continue
            if part.message_type is not None:
                getattr(response, part.name).MergeFrom(value)
            else:
                setattr(response, part.name, value)
    return response


def not_named() -> Denied:
    return Denied(
        "NOT_NAMED_TO_UNSEAL",
        "what is sealed is told to those only who were named for it",
        "密封的信息仅限经指定的人员拆封",
    )


def lost() -> Lost:
    return Lost(
        "SEAL_KEY_LOST",
        "your key is not in the node's key store, or does not open this; whoever else is named can, and you can be named anew",
        "您的拆封密钥缺失或者不符；其他经指定的人员仍可拆封，也可以重新指定您",
    )
