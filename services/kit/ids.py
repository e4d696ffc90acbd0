"""Identifiers that sort by time (UUID version 7, RFC 9562), so that new rows land on the same pages of an index."""

import uuid_utils


def uuid7() -> str:
    """A UUID of version 7, as text. Its randomness is its own: whoever seeds Python's makes no id come again."""
    return str(uuid_utils.uuid7())


def new_id(prefix: str) -> str:
    """An id such as "O-0193…"."""
    return prefix + str(uuid_utils.uuid7())
