"""Identifiers that sort by time, so that new rows land on the same pages of an index."""

import time
from collections.abc import Iterator
from os import urandom
from random import Random

# The two bits that every UUID of RFC 9562 has in this place, before two of randomness.
VARIANT = {f"{n:x}": "89ab"[n % 4] for n in range(16)}

# One of our own: whoever seeds the shared one would make ids repeat, and an id that came before is taken for a repetition.
getrandbits = Random().getrandbits


def uuid7() -> str:
    """A UUID of version 7 (RFC 9562), as text: 48 bits of milliseconds, then randomness."""
    n = (time.time_ns() // 1_000_000 << 80) | 7 << 76 | getrandbits(12) << 64 | 2 << 62 | getrandbits(62)
    # written out by hand: a UUID object costs four times as much, and every record and event has one
    h = f"{n:032x}"
    return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"


def new_id(prefix: str) -> str:
    """An id such as "O-0193…"."""
    return prefix + uuid7()


def new_ids(prefix: str, many: int) -> Iterator[str]:
    """Many ids of this moment, each in a third of the time that one alone takes."""
    n = f"{time.time_ns() // 1_000_000:012x}"
    head, random = f"{prefix}{n[:8]}-{n[8:]}-7", urandom(10 * many).hex()
    for at in range(0, 20 * many, 20):
        a, b = random[at : at + 3], random[at + 3 : at + 6]
        yield f"{head}{a}-{VARIANT[random[at + 6]]}{b}-{random[at + 8 : at + 20]}"
