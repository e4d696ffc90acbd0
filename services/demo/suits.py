"""The suits of the demonstration: one that was judged and stands, one that has to be answered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import suit as given
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

PLAINTIFF = "示例原告公司"


@dataclass
class Sued:
    """A suit, as far as it has come."""

    desk: Desk
    began: int
    """How many days ago it was filed."""
    steps: tuple[str, ...]
    suit_id: str = ""


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the suits, each with its time and name."""
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    steps = tuple(given.STEPS)
    for suit in (Sued(desks[0], 60, ("FILE", *steps)), Sued(desks[-1], 8, ("FILE", *steps[:2]))):
        last = now - timedelta(days=suit.began + 1)
        for after, step in enumerate(suit.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=suit.began - 3 * after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, suit, step, at)))
    return found


async def do(callers: Callers, suit: Sued, step: str, at: datetime) -> None:
    """One act of a suit. Raises AioRpcError."""
    say = patient(saying(callers))
    if step == "FILE":
        suit.suit_id = (await given.register(say, suit.desk.body_id, at, plaintiff=PLAINTIFF)).suit_id
    else:
        await given.handle(say, suit.suit_id, step, at)
