"""What the city kept of a service beyond the end of its journal: asked for where the bus has not all that was lost."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from services.kit.arrival import Misplaced, Unreadable, read_event
from services.kit.bus import BusError
from services.kit.connection import Connection
from services.kit.given_back import MOST_AT_A_PLACE, kept_next
from services.kit.journal import Envelope
from services.kit.reader import Delivery

if TYPE_CHECKING:
    from services.kit.member import Member

SOURCE = "city"
PAUSE = 0.2


async def kept_beyond(running: "Member", nc: Connection, after: int, patience: float) -> list[Envelope]:
    """The entries of the journal after a number that the city gives, each as it was sealed. Whose they are is not looked at
    here. Raises BusError when it does not answer for so long.
    """
    return [e async for e in _walk(running, nc, after, patience)]


async def _walk(running: "Member", nc: Connection, after: int, patience: float) -> AsyncIterator[Envelope]:
    seq, skip = after + 1, 0
    while (delivery := await _asked_for(running, nc, seq, skip, patience)) is not None:
        number = number_in(delivery)
        if number < seq or skip >= MOST_AT_A_PLACE:
            return
        seq, skip = (seq, skip + 1) if number == seq else (number, 1)
        try:
            e = read_event(delivery, SOURCE)
        except (Unreadable, Misplaced):
            continue
        if e.sealed():
            yield e


def number_in(delivery: Delivery) -> int:
    """The place of an entry in its journal, as its answer says; 0 where it says none."""
    said = delivery.headers.get("yifa-seq", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else 0


async def _asked_for(
    running: "Member", nc: Connection, seq: int, skip: int, patience: float
) -> Delivery | None:
    began = time.monotonic()
    while True:
        try:
            return await kept_next(nc, running.settings.node, running.name, seq, skip)
        except BusError:
            if time.monotonic() - began >= patience:
                raise
            await asyncio.sleep(PAUSE)
