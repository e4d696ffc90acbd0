"""The reconsiderations of the demonstration: one decided and reported on, one to be answered, one to be admitted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import reconsideration as given
from services.given.say import patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

APPLICANT = "示例复议申请公司"
OPINION = {
    "IssueReconsiderationOpinion": {"document": "示府复意〔2026〕1号", "text": "告知书送达方式不规范。"},
    "ReportOnReconsiderationOpinion": {"document": "示例整改报告", "text": "已规范送达方式。"},
}


@dataclass
class Asked:
    """A reconsideration, as far as it has come."""

    desk: Desk
    began: int
    """How many days ago it was asked for."""
    steps: tuple[str, ...]
    act: str
    key: str = ""


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the reconsiderations, each with its time and name."""
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    steps = tuple(given.STEPS)
    every = (
        Asked(desks[0], 50, ("ENTER", "APPLY", *steps, *OPINION), "示例查封决定"),
        Asked(desks[-1], 8, ("APPLY", *steps[:4]), "示例责令改正通知"),
        Asked(desks[-1], 1, ("APPLY",), "示例不予许可决定"),
    )
    for asked in every:
        last = now - timedelta(days=asked.began + 1)
        for after, step in enumerate(asked.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=asked.began - after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, asked, step, at)))
    return found


async def do(callers: Callers, asked: Asked, step: str, at: datetime) -> None:
    """One act of a reconsideration. Raises AioRpcError."""
    say = patient(saying(callers))
    if step == "ENTER":
        for person in given.REVIEWERS:
            await given.enter(say, person, at)
    elif step == "APPLY":
        said = {"applicant": APPLICANT, "act": asked.act}
        asked.key = (await given.register(say, asked.desk.body_id, at, **said)).reconsideration_id
    else:
        await given.handle(say, asked.key, step, at, **OPINION.get(step, {}))
