"""`yifa keys`: the directory of the nodes' public keys; a new key for a node, an old one that nobody is to trust any more."""

import asyncio
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

if TYPE_CHECKING:
    from services.kit.algorithm import Algorithm

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
        out.print(f"{key.node:<16} {key.key_id} {key.algorithm.name} {when}", highlight=False, markup=False)


@app.command()
def rotate(
    node: Annotated[str, typer.Argument(help="The node.")],
    overlap: Annotated[
        int, typer.Option(min=0, help="Minutes for which what is dated may still be of the old key.")
    ] = 60,
    algorithm: Annotated[
        str,
        typer.Option(help="What the node signs with from now on: ed25519 or sm2; as before if left out."),
    ] = "",
) -> None:
    """Give a node a new key while it runs: it is put into the directory first, and the node signs with it from then on."""
    from services.kit.algorithm import ALGORITHMS, algorithm_in
    from services.kit.time import from_file
    from services.node.failure import Failure
    from services.node.plan import plan

    city = plan()
    key = city.sign_key(node)
    if not key.exists():
        raise Failure(f"there is no node {node} under {city.keys}")
    wanted = ALGORITHMS.get(algorithm) if algorithm else algorithm_in(key.read_bytes())
    if wanted is None:
        raise Failure(f"{algorithm}: 须为其一 · it must be one of {', '.join(ALGORITHMS)}")
    now, kept = from_file(city.clock)(), timedelta(minutes=overlap)
    try:
        out.print(changed_key(city.directory, key.parent, node, now, kept, wanted))
    except ValueError as wrong:
        raise Failure(str(wrong)) from None
    say_algorithm(city.settings(node), wanted.name)


def changed_key(
    directory: Path, folder: Path, node: str, now: datetime, overlap: timedelta, algorithm: "Algorithm"
) -> str:
    """Make the key, tell of it, and then put it where the node finds it; its id. Cut off anywhere, a second call goes on with the
    key that was made. Raises NoLibrary.
    """
    import os

    from services.kit.access import make_key
    from services.kit.algorithm import algorithm_in
    from services.kit.directory import with_key
    from services.kit.key_change import next_key
    from services.kit.signing import signer_in

    left = next_key("sign", folder / "sign.key")
    fresh = left.parent
    if left.exists() and algorithm_in(left.read_bytes()) is not algorithm:
        left.unlink()
    make_key(fresh, "sign", algorithm)
    public = signer_in(left.read_bytes()).public_key
    key = with_key(directory, node, public, now, until=now + overlap)
    for name in ("sign.pub", "sign.key"):
        if (fresh / name).exists():
            os.replace(fresh / name, folder / name)
    fresh.rmdir()
    return key.key_id


def say_algorithm(settings: Path, name: str) -> None:
    """Let the settings of a node ask for what its new key is of: else it would not start with it."""
    from services.node.roster import put

    if not settings.exists():
        return
    before, head, rest = settings.read_text("utf-8").partition("[sign]\n")
    section, more, after = rest.partition("\n[")
    lines = [line for line in section.split("\n") if not line.startswith("algorithm = ")]
    if head:
        put(settings, "".join((before, head, f'algorithm = "{name}"\n', "\n".join(lines), more, after)))


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
