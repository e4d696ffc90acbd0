"""`yifa keys`: the directory of the nodes' public keys; a new key for a node, an old one that nobody is to trust any more."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

app = typer.Typer(help="The keys by which nodes are known.", no_args_is_help=True)
out = Console()


@app.command("list")
def list_() -> None:
    """Show the public keys of all nodes."""
    from services.kit.directory import read
    from services.node.plan import plan

    for key in read(plan().directory):
        said = {"from": key.from_, "until": key.until, "revoked": key.revoked}
        when = " ".join(f"{name} {at.isoformat()}" for name, at in said.items() if at is not None)
        out.print(f"{key.node:<16} {key.key_id} {when}", highlight=False, markup=False)


@app.command()
def rotate(
    node: Annotated[str, typer.Argument(help="The node.")],
    overlap: Annotated[
        int, typer.Option(min=0, help="Minutes for which what is dated may still be of the old key.")
    ] = 60,
) -> None:
    """Give a node a new key while it runs: it is put into the directory first, and the node signs with it from then on."""
    from services.kit.time import from_file
    from services.node.failure import Failure
    from services.node.plan import plan

    city = plan()
    folder = city.keys / node
    if not (folder / "sign.key").exists():
        raise Failure(f"there is no node {node} under {city.keys}")
    out.print(changed_key(city.directory, folder, node, from_file(city.clock)(), timedelta(minutes=overlap)))


def changed_key(directory: Path, folder: Path, node: str, now: datetime, overlap: timedelta) -> str:
    """Make the key, tell of it, and then put it where the node finds it; its id."""
    import os

    from services.kit.access import make_key
    from services.kit.directory import with_key
    from services.kit.signing import public_of

    fresh = folder / "next"
    make_key(fresh, "sign")
    public = public_of((fresh / "sign.pub").read_bytes()).public_bytes_raw()
    key = with_key(directory, node, public, now, until=now + overlap)
    for name in ("sign.pub", "sign.key"):
        os.replace(fresh / name, folder / name)
    fresh.rmdir()
    return key.key_id


@app.command()
def revoke(
    node: Annotated[str, typer.Argument(help="The node.")],
    key_id: Annotated[str, typer.Argument(help="The key, as `yifa keys list` shows it.")],
    through: Annotated[
        list[str] | None,
        typer.Option(
            help="The last good entry of a journal, as enforcement=120; what the city received by default."
        ),
    ] = None,
) -> None:
    """Trust a key no more: nothing is taken from it beyond the last good entry of each journal."""
    from services.cli.verifying import heard_at_city
    from services.kit.directory import revoke as revoked
    from services.kit.time import wall
    from services.node.failure import Failure
    from services.node.plan import plan, running_plan

    good = {}
    for said in through or ():
        service, _, seq = said.partition("=")
        if not (service and seq.isdigit()):
            raise Failure(f"{said}: say it as enforcement=120")
        good[service] = int(seq)
    if through is None:
        city = running_plan()
        site = next((s for s in city.sites if s.id == node), None)
        for service in site.services if site is not None else ():
            good[service] = max(asyncio.run(heard_at_city(city, node, service)), default=0)
    try:
        revoked(plan().directory, node, key_id, wall(), good)
    except KeyError:
        raise Failure(f"{node} has no key {key_id}") from None
    out.print(json.dumps(good), highlight=False)
