"""The matters of accountability of the demonstration: a unit that was ordered to correct, and an officer who is investigated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import later, on
from services.given import accountability as given
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

REPORT = {
    "document_number": "示例整改〔2026〕1号",
    "carried_out": ["RECTIFY"],
    "text": "示例：已按要求整改。",
}
LED = {
    "share": "ACCOUNTABILITY_SHARE_LEADING",
    "cause": "ACCOUNTABILITY_CAUSE_DERELICTION",
    "reasons": "示例：未按分工督促票据管理。",
}
"""What the head answers for, where the unit is pursued: a matter of its own begins with it."""
STEPS = tuple(given.STEPS)
TITLE = "示例：执法票据管理责任"


@dataclass
class Pursued:
    """A matter, as far as it has come: against a unit, or against the officer of a number."""

    desk: Desk
    officer: int | None
    kind: str
    began: int
    """How many days ago its clue was registered."""
    steps: tuple[str, ...]
    accountability_id: str = ""

    @property
    def speaker(self) -> Who:
        """Who answers at the own node: the officer, or the head of the unit."""
        if self.officer is None:
            return (self.desk.person("head"), "AGENCY_HEAD")
        return (self.desk.officers[self.officer], "HANDLING_OFFICER")


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts of the matters, each with its time and name."""
    hear = STEPS.index("HearAccountability")
    whole = ("REGISTER", *STEPS[:hear], "STATEMENT", *STEPS[hear:], "EXECUTION")
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    for matter in (
        Pursued(desks[0], None, "RECTIFY", 40, whole),
        Pursued(desks[-1], 1, "CRITICISM", 9, ("REGISTER", *STEPS[:2])),
    ):
        last = now - timedelta(days=matter.began + 1)
        for after, step in enumerate(matter.steps):
            at = on(rng, (now.astimezone(SHANGHAI) - timedelta(days=matter.began - 2 * after)).date())
            last = at = at if at > last else later(rng, last, 1)
            found.append((at, step, partial(do, callers, matter, step, at)))
    return found


async def do(callers: Callers, matter: Pursued, step: str, at: datetime) -> None:
    """One act of a matter. Raises AioRpcError."""
    say = patient(saying(callers))
    if step == "REGISTER":
        officer = matter.desk.officers[matter.officer] if matter.officer is not None else ""
        registered = await given.register(say, matter.desk.body_id, officer, title=TITLE)
        matter.accountability_id = registered.accountability_id
    elif step in ("STATEMENT", "EXECUTION"):
        more: dict[str, Any] = REPORT if step == "EXECUTION" else {}
        key = matter.accountability_id
        await given.answer(say, matter.desk.node, matter.speaker, key, step, **more)
    else:
        led = step == "ConcludeAccountability" and matter.officer is None
        named = {"leaders": [LED | {"officer_id": matter.desk.person("head")}]} if led else {}
        await given.handle(say, matter.accountability_id, step, matter.kind, at, **named)
