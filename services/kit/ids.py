"""Identifiers that sort by time, so that new rows land on the same pages of an index."""

import time
from random import getrandbits
from uuid import UUID


def uuid7() -> UUID:
    """A UUID of version 7 (RFC 9562): 48 bits of milliseconds, then randomness."""
    n = (time.time_ns() // 1_000_000 << 80) | 7 << 76 | getrandbits(12) << 64 | 2 << 62 | getrandbits(62)
    return UUID(int=n)


def new_id(prefix: str) -> str:
    """An id such as "O-0193…"."""
    return f"{prefix}{uuid7()}"
