"""The suggestions of the demonstration: a court's that was met about and answered, one of deputies that is handled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from types import MappingProxyType
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import suggestion as given
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

TEXT = "示例：规范执法文书送达"
DEPUTIES = MappingProxyType(
    {
        "kind": "SUGGESTION_KIND_CONGRESS",
        "stage": "SUGGESTION_STAGE_UNSPECIFIED",
        "maker": "示例市人大代表",
        "number": "示例第12号建议",
        "days": 0,
    }
)


@dataclass
class Suggested:
    """A suggestion, as far as it has come."""

    desk: Desk
    began: int
    """How many days ago it was made."""
    steps: tuple[str, ...]
    said: Any
    key: str = ""


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the suggestions, each with its time and name."""
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    steps = tuple(given.STEPS)
    for made in (
        Suggested(desks[0], 30, ("SUGGEST", *steps), {}),
        Suggested(desks[-1], 10, ("SUGGEST", steps[0]), DEPUTIES),
    ):
        last = now - timedelta(days=made.began + 1)
        for after, step in enumerate(made.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=made.began - 2 * after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, made, step, at)))
    return found


async def do(callers: Callers, made: Suggested, step: str, at: datetime) -> None:
    """One act of a suggestion. Raises AioRpcError."""
    say = patient(saying(callers))
    if step == "SUGGEST":
        said = {"text": TEXT, **made.said}
        made.key = (await given.register(say, made.desk.body_id, at, **said)).suggestion_id
    else:
        await given.handle(say, made.key, step, at)
