"""What a town hands to the department above it in the demonstration: a question that was answered, and a report that waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.registry.v1 import body_pb2

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given import important_matter as matters
from services.given import registry as given
from services.given.people import REGISTRAR, TEST_AREA, credit_code
from services.given.say import Say, patient, request, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers, ask

TOWN = {
    "name": "示例市示例镇人民政府",
    "unified_social_credit_code": credit_code(90_000_001, area=TEST_AREA),
    "kind": body_pb2.BODY_KIND_TOWNSHIP,
    "field": "城市管理",
}
UP = {
    "code": "REQ-04",
    "title": "示例：镇域内占道经营的认定",
    "content": "示例：集市日临时摆卖是否属于占道经营，各村做法不一。",
    "proposal": "示例：拟按集市管理规定允许划线经营。",
}
ANSWER = matters.REPLY | {"reply": "示例：同意，按划定区域管理。", "document_number": "示城管复〔2026〕1号"}


@dataclass
class Levels:
    """The department, and the town below it once it is there."""

    desk: Desk
    town_id: str = ""
    sender: str = ""
    ids: dict[str, str] = field(default_factory=dict)


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts, each with its time and name."""
    levels, today = Levels(desks[-1]), now.astimezone(SHANGHAI)
    steps = ((26, _town), (24, _asked_above), (17, _replied_above), (3, _reported_above))
    return [
        (
            at := on(rng, (today - timedelta(days=ago)).date()),
            step.__name__.lstrip("_"),
            partial(step, callers, levels, at),
        )
        for ago, step in steps
    ]


async def _town(callers: Callers, levels: Levels, _at: datetime) -> None:
    """The city confirms the town and names the department above it; the department's node keeps its posts."""
    say: Say = patient(saying(callers))
    desk = levels.desk
    if not levels.town_id:
        levels.town_id = (await given.confirm_body(say, desk.node, **TOWN)).body_id
    named = {"superior_body_id": desk.body_id, "document": "示例编办〔2026〕5号"}
    await say("city", "registry", "NameSuperiorBody", REGISTRAR, body_id=levels.town_id, **named)
    town = body_pb2.EnforcementBody(body_id=levels.town_id, node=desk.node)
    levels.sender, _ = await given.appoint_heads(say, town, (desk.person("roster"), "ROSTER_CLERK"))


async def _sent(callers: Callers, levels: Levels, what: dict[str, Any]) -> str:
    drafted = await _by(callers, levels, "示例镇综合办", "UNIT_HEAD", "DraftImportantMatter", **what)
    return await _by(callers, levels, levels.sender, "AGENCY_HEAD", "SendImportantMatter", matter_id=drafted)


async def _by(callers: Callers, levels: Levels, person: str, role: str, rpc: str, **fields: Any) -> str:
    who = callers.as_(levels.desk.node, person, role)
    made = await ask(getattr(callers.supervision(), rpc), request("supervision", rpc, **fields), who)
    return str(made.important_matter.matter_id)


async def _asked_above(callers: Callers, levels: Levels, _at: datetime) -> None:
    levels.ids["asked"] = await _sent(callers, levels, matters.request_of(levels.town_id) | UP)


async def _replied_above(callers: Callers, levels: Levels, _at: datetime) -> None:
    said = {"matter_id": levels.ids["asked"], **ANSWER}
    await _by(callers, levels, levels.desk.person("head"), "AGENCY_HEAD", "ReplyToImportantMatter", **said)


async def _reported_above(callers: Callers, levels: Levels, at: datetime) -> None:
    told = matters.report_of(levels.town_id, at) | {"code": "REP-06"}
    levels.ids["reported"] = await _sent(callers, levels, told)
