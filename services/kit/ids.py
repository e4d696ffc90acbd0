"""Identifiers that sort by time (UUID version 7, RFC 9562), so that new rows land on the same pages of an index."""

from uuid import NAMESPACE_OID, uuid5

import uuid_utils


def uuid7() -> str:
    """A UUID of version 7, as text. Its randomness is its own: whoever seeds Python's makes no id come again."""
    return str(uuid_utils.uuid7())


def new_id(prefix: str) -> str:
    """An id such as "O-0193…"."""
    return prefix + str(uuid_utils.uuid7())


def id_by(event_id: str, prefix: str, number: int) -> str:
    """The id of the `number`th thing of its kind that came of an event: the same however often that is reacted to."""
    return f"{prefix}{uuid5(NAMESPACE_OID, f'{event_id}/{prefix}/{number}')}"
