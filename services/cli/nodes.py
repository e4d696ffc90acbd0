"""yifa node: departments come and go while everything runs."""

import asyncio
from pathlib import Path
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
    out.print("其他机器上的节点：for nodes on other machines: yifa node tell FILE, there yifa node join FILE")
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


@app.command("tell")
def tell(
    file: Annotated[Path, typer.Argument(help="The file to be carried.")],
    settings: Annotated[
        Path | None,
        typer.Option(help="The node that tells, by its file of settings; the city here if left out."),
    ] = None,
) -> None:
    """Write a file of public keys to be carried to another machine: the city's of all nodes, another node's of itself."""
    from services.kit.settings import Settings
    from services.kit.time import wall
    from services.node.carrying import tell as told
    from services.node.plan import plan

    node = Settings.load(settings or plan().settings("city"))
    file.write_text(told(node, wall()), "utf-8")
    out.print(
        f"{file}: 公钥与吊销名单 public keys and what was revoked, of {node.node}",
        highlight=False,
        markup=False,
    )


@app.command("join")
def join(
    file: Annotated[Path, typer.Argument(help="The file that was carried here.")],
    settings: Annotated[Path, typer.Option(help="The node that takes it in, by its file of settings.")],
    key: Annotated[
        str, typer.Option(help="The key of who made it, compared with him; for the first time.")
    ] = "",
) -> None:
    """Take in a file of public keys that `yifa node tell` made on another machine. Running processes know them a second later."""
    from services.kit.settings import Settings
    from services.kit.time import wall
    from services.node.carrying import join as joined
    from services.node.failure import Failure

    try:
        text = file.read_text("utf-8")
    except (OSError, ValueError) as wrong:
        raise Failure(f"{file}: 无法读取 cannot be read: {wrong}") from None
    took = joined(Settings.load(settings), text, wall(), key)
    out.print(
        f"✓ {took.node}: {took.keys} 个节点密钥 keys of nodes, {took.issuers} 个签发密钥 of issuers, "
        f"{took.revoked} 项吊销 revoked",
        highlight=False,
        markup=False,
    )
