"""The claims of compensation of the demonstration: one agreed on and paid, one that is examined, one that has just come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import compensation as given
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

CLAIMANT = "示例赔偿申请公司"


@dataclass
class Claimed:
    """A claim, as far as it has come."""

    desk: Desk
    began: int
    """How many days ago it was made."""
    steps: tuple[str, ...]
    demands: str
    key: str = ""


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the claims, each with its time and name."""
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    steps = tuple(given.STEPS)
    for claim in (
        Claimed(desks[0], 45, ("CLAIM", *steps), "返还罚款并支付利息"),
        Claimed(desks[-1], 20, ("CLAIM", *steps[2:4]), "赔偿停业期间的经常性费用"),
        Claimed(desks[-1], 2, ("CLAIM",), "解除扣押，返还设备"),
    ):
        last = now - timedelta(days=claim.began + 1)
        for after, step in enumerate(claim.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=claim.began - after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, claim, step, at)))
    return found


async def do(callers: Callers, claim: Claimed, step: str, at: datetime) -> None:
    """One act of a claim. Raises AioRpcError."""
    say = patient(saying(callers))
    if step == "CLAIM":
        said = {"claimant": CLAIMANT, "demands": claim.demands}
        claim.key = (await given.register(say, claim.desk.body_id, at, **said)).compensation_id
    else:
        await given.handle(say, claim.key, step, at)
