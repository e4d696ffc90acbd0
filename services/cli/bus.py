"""`yifa watch --bus`: the events as the hub has them, each with its place in its chain, without asking any service."""

import json
from collections.abc import Set
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from services.cli.screen import say
from services.kit.directory import Directory
from services.kit.signature import Keys
from services.kit.time import wall
from services.law.calendar import SHANGHAI
from services.node.plan import Plan
from services.node.watching import Heads, Told, at_hub, events_at_hub


async def watch_the_bus(plan: Plan, after: int, nodes: Set[str], out: Console, *, as_json: bool) -> None:
    """Print every event of ALL after a position until the user ends it; of some nodes alone, when any are named."""
    nc = await at_hub(plan, "watcher")
    heads = Heads(Keys(Directory(plan.directory), wall))
    try:
        async for told in events_at_hub(nc, after):
            wrong = told.wrong or (heads.fault(told.event) if told.event else "")
            if nodes and told.sender not in nodes:
                continue
            if as_json:
                say(json.dumps(plain(told, wrong), ensure_ascii=False))
            else:
                out.print(told_line(told, wrong), soft_wrap=True, highlight=False)
    finally:
        await nc.close()


def plain(told: Told, wrong: str) -> dict[str, Any]:
    e = told.event
    if e is None:
        return {"position": told.position, "node": told.sender, "wrong": wrong}
    return {
        "position": told.position,
        "node": e.node,
        "service": e.service,
        "seq": e.seq,
        "hash": e.hash.hex(),
        "prev_hash": e.prev_hash.hex(),
        "type": e.type,
        "to": e.to,
        "count": e.count,
        "subject": e.subject,
        "occur_time": moment(e.at).isoformat(),
        "event_id": e.event_id,
        **({"wrong": wrong} if wrong else {}),
    }


def told_line(told: Told, wrong: str) -> Text:
    e, line = told.event, Text()
    line.append(f"{told.position:>8} ", "dim")
    if e is not None:
        line.append(f"{moment(e.at):%m-%d %H:%M:%S} ", "dim")
        line.append(f"{e.node}/{e.service} {e.seq:<6} ", "cyan")
        line.append(f"{e.type.rpartition('.')[2]} ", "bold")
        line.append(f"{e.subject} → {e.to} ")
        line.append(e.hash.hex()[:16], "dim")
    if wrong:
        line.append(f" ✗ {wrong}", "red")
    return line


def moment(micros: int) -> datetime:
    return datetime.fromtimestamp(micros / 1_000_000, UTC).astimezone(SHANGHAI)
