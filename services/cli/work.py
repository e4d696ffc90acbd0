"""yifa work: what waits at a department or the city, with whom and since when, the longest waiting first."""

import asyncio
from typing import Annotated, Any

import typer
from rich import box
from rich.table import Table

from services.cli.screen import Screen, say
from services.node.failure import Failure


def work(
    node: Annotated[str, typer.Option(help="The department, or the city.")] = "huanbao",
    role: Annotated[
        str, typer.Option(help="Only what somebody of this role may do, as LEGAL_REVIEWER.")
    ] = "",
    officer: Annotated[str, typer.Option(help="Only what this officer handles, as O-….")] = "",
    query: Annotated[str, typer.Option(help="A part of a number, or of the name of whom it is about.")] = "",
    noun: Annotated[str, typer.Option(help="Only records of this kind, as inspection.")] = "",
    days: Annotated[int, typer.Option(min=0, help="Only what waits so many days or more.")] = 0,
    most: Annotated[int, typer.Option(min=1, max=500, help="At most so many.")] = 50,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show what waits at a department or the city: for which acts, with whom, for how many days, and what falls due first."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import work_pb2 as pb
    from yifa.supervision.v1 import work_pb2 as office

    from services.kit.access import Role, role_names
    from services.node.callers import Callers, ask
    from services.node.plan import running_plan

    plan = running_plan()
    targets = plan.targets
    if node not in targets:
        raise Failure(f"{node} is no node of this city; known are {', '.join(targets)}")
    if role and role not in role_names():
        raise Failure(f"{role} is no role; known are {', '.join(role_names())}")
    number = Role.Value(f"ROLE_{role}") if role else Role.ROLE_UNSPECIFIED
    asked: dict[str, Any] = {
        "role": number,
        "officer_id": officer,
        "query": query,
        "days": days,
        "page_size": most,
        "noun": noun,
    }

    async def found() -> Any:
        async with Callers(targets, lambda who, at, roles: plan.token(who, at, *roles)) as callers:
            me = callers.as_(plan.city.id, "operator", "OVERSIGHT")
            if node == plan.city.id:
                wanted: Any = office.ListOfficeWorkRequest(**asked)
                return await ask(callers.supervision(node).ListOfficeWork, wanted, me)
            return await ask(callers.enforcement(node).ListWork, pb.ListWorkRequest(**asked), me)

    reply = asyncio.run(found())
    if json_:
        say(json_format.MessageToJson(reply, ensure_ascii=False))
    else:
        Screen().print(table(node, reply))


def table(node: str, reply: Any) -> Table:
    """A page of what waits, as a table."""
    from yifa.law.v1.options_pb2 import Role

    from services.kit.words import ROLES
    from services.law.calendar import SHANGHAI
    from services.law.moment import moment_of

    shown = Table(box=box.SIMPLE_HEAD, title=f"待办 Work · {node}", title_justify="left")
    for title in (
        "天数 days",
        "事项 record",
        "类别 kind",
        "当事人 party",
        "待办事项 waits for",
        "等待 with",
        "最近期限 first due",
    ):
        shown.add_column(title, overflow="fold", justify="right" if title.startswith("天") else "left")
    for item in reply.items:
        roles = list(dict.fromkeys(role for act in item.acts for role in act.roles))
        who = [ROLES[Role.Name(role).removeprefix("ROLE_")][0] for role in roles]
        if item.officers and (item.noun != "case" or Role.ROLE_HANDLING_OFFICER in roles):
            who.append("(" + "、".join(o.name or o.officer_id for o in item.officers) + ")")
        due = (
            moment_of(item.deadline.due_time).astimezone(SHANGHAI).date() if item.HasField("deadline") else ""
        )
        shown.add_row(
            str(item.days),
            item.number or item.record_id,
            item.noun,
            item.party_name,
            "、".join(dict.fromkeys(act.title_zh for act in item.acts)),
            " ".join(who),
            f"{item.deadline.clock_id} {due}" if due else "",
        )
    return shown
