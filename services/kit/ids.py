"""Identifiers that sort by time, so that new rows land on the same pages of an index."""

import time
from random import getrandbits


def uuid7() -> str:
    """A UUID of version 7 (RFC 9562), as text: 48 bits of milliseconds, then randomness."""
    n = (time.time_ns() // 1_000_000 << 80) | 7 << 76 | getrandbits(12) << 64 | 2 << 62 | getrandbits(62)
    # written out by hand: a UUID object costs four times as much, and every record and event has one
    h = f"{n:032x}"
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def new_id(prefix: str) -> str:
    """An id such as "O-0193…"."""
    return prefix + uuid7()
