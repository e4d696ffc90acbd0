"""What a department told its superior in the demonstration: something that happened, and a request for instructions; another
request waits for its reply.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given import important_matter as given
from services.given.people import OVERSIGHT, OVERSIGHT_HEAD
from services.given.say import patient, request, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers, ask

INSTRUCTIONS = "示例：查明起因，三日内续报。"
SUPPLEMENT = "示例：人员当日散去，起因是对查封范围的误解，已经说明。"
WAITS = {
    "code": "REQ-02", "title": "示例：两部法规对同一行为规定不一致",
    "content": "示例：两部地方性法规对同一行为规定了不同的罚款幅度，均未废止。",
    "proposal": "示例：拟适用后制定的一部，从轻处理。",
}  # fmt: skip


@dataclass
class Matters:
    """The matters of one department, by the step that began them."""

    desk: Desk
    ids: dict[str, str] = field(default_factory=dict)


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts, each with its time and name."""
    matters, today = Matters(desks[0]), now.astimezone(SHANGHAI)
    steps = (
        (33, _happened),
        (32, _instructed),
        (29, _supplemented),
        (21, _asked),
        (14, _replied),
        (6, _waits),
    )
    return [
        (
            at := on(rng, (today - timedelta(days=ago)).date()),
            step.__name__.lstrip("_"),
            partial(step, callers, matters, at),
        )
        for ago, step in steps
    ]


async def _by(callers: Callers, matters: Matters, post: str, role: str, rpc: str, **fields: Any) -> str:
    """The people of the department act at the city, under their own tokens; returns the matter's id."""
    who = callers.as_(matters.desk.node, matters.desk.person(post), role)
    made = await ask(getattr(callers.supervision(), rpc), request("supervision", rpc, **fields), who)
    return str(made.important_matter.matter_id)


async def _sent(callers: Callers, matters: Matters, what: dict[str, Any]) -> str:
    """Drafted by who heads the unit, and sent by the head."""
    key = await _by(callers, matters, "unit", "UNIT_HEAD", "DraftImportantMatter", **what)
    return await _by(callers, matters, "head", "AGENCY_HEAD", "SendImportantMatter", matter_id=key)


async def _happened(callers: Callers, matters: Matters, at: datetime) -> None:
    matters.ids["happened"] = await _sent(callers, matters, given.report_of(matters.desk.body_id, at))


async def _instructed(callers: Callers, matters: Matters, _at: datetime) -> None:
    said = {"matter_id": matters.ids["happened"], "instructions": INSTRUCTIONS}
    say = patient(saying(callers))
    await say(callers.city, "supervision", "InstructOnImportantMatter", OVERSIGHT_HEAD, **said)


async def _supplemented(callers: Callers, matters: Matters, _at: datetime) -> None:
    said = {"matter_id": matters.ids["happened"], "supplement": SUPPLEMENT}
    await _by(callers, matters, "head", "AGENCY_HEAD", "SupplementImportantMatter", **said)


async def _asked(callers: Callers, matters: Matters, _at: datetime) -> None:
    matters.ids["asked"] = await _sent(callers, matters, given.request_of(matters.desk.body_id))


async def _replied(callers: Callers, matters: Matters, _at: datetime) -> None:
    said = {"matter_id": matters.ids["asked"], **given.REPLY}
    await patient(saying(callers))(callers.city, "supervision", "ReplyToImportantMatter", OVERSIGHT, **said)


async def _waits(callers: Callers, matters: Matters, _at: datetime) -> None:
    matters.ids["waits"] = await _sent(callers, matters, given.request_of(matters.desk.body_id) | WAITS)
