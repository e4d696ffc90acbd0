"""yifa node: departments come and go while everything runs."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(help="Let departments come and go while everything runs.", no_args_is_help=True)
out = Console()


@app.command("add")
def add(
    id: Annotated[str, typer.Argument(help="Its id, as shichang: small letters, digits, - and _.")],
    zh: Annotated[str, typer.Option("--zh", help="Its name in Chinese.")] = "",
    en: Annotated[str, typer.Option("--en", help="Its name in English.")] = "",
) -> None:
    """Add a department: keys, settings, NATS server and services; no link of others drops. Waits for an event each way."""
    from services.node import joining
    from services.node.plan import running_plan

    city = joining.add(running_plan(), id, zh, en)
    site = next(s for s in city.departments if s.id == id)
    if not joining.tell_supervisor(city):
        out.print(f"{id} 已登记，下次 yifa up 时启动 written down; it starts with the next `yifa up`")
        return
    seen = asyncio.run(joining.canary(city, site))
    out.print(
        f"✓ {site.title_zh} {id}  gRPC {site.grpc}  {seen.up:.1f} s 上行到达 up, {seen.down:.1f} s 下行到达 down"
    )


@app.command("remove")
def remove(
    id: Annotated[str, typer.Argument(help="The department.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also where the city has not got all that it wrote.")
    ] = False,
) -> None:
    """Take a department out: its processes end, its link is closed; its records stay where they are and are read at the city."""
    from services.node import joining
    from services.node.plan import running_plan

    city = asyncio.run(joining.remove(running_plan(), id, force))
    told = joining.tell_supervisor(city)
    how = "已移除 removed" if told else "已登记移除 written down as removed"
    out.print(f"✓ {id} {how}；记录保留在 its records stay at the city, and in {city.var / id}")
