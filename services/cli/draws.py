"""yifa draw: a seed for a random draw, a draw with all that it was made of, and drawing it again with no node at all."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from services.node.failure import Failure

app = typer.Typer(help="Random draws of enterprises and officers.", no_args_is_help=True)
out = Console()
SEED_BYTES = 24


@app.command()
def seed() -> None:
    """Make a seed nobody can guess, and the hash that is published before the draw. The seed is kept secret until then."""
    import secrets

    from services.law.draw import seed_hash

    made = secrets.token_urlsafe(SEED_BYTES)
    out.print(f"种子 seed: {made}", highlight=False, markup=False)
    out.print(f"摘要 SHA-256: {seed_hash(made).hex()}", highlight=False, markup=False)


@app.command()
def show(
    draw: Annotated[str, typer.Argument(help="The draw's id, as D-…")],
    node: Annotated[str, typer.Option(help="The department that drew.")] = "huanbao",
) -> None:
    """Print a draw as JSON, with its frozen lists, the hash, the seed and the public number."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import inspection_draw_pb2 as pb

    from services.node.callers import Callers, ask
    from services.node.plan import running_plan

    plan = running_plan()
    targets = {site.id: site.grpc for site in plan.sites}
    if node not in targets:
        raise Failure(f"{node} is no node of this city; known are {', '.join(targets)}")

    async def found() -> Any:
        async with Callers(targets, lambda who, at, roles: plan.token(who, at, *roles)) as callers:
            request = pb.GetInspectionDrawRequest(draw_id=draw)
            metadata = callers.as_(node, "anybody", "PUBLIC")
            return await ask(callers.enforcement(node).GetInspectionDraw, request, metadata)

    print(json_format.MessageToJson(asyncio.run(found()).inspection_draw, ensure_ascii=False))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The draw as JSON, from `show`.")],
) -> None:
    """Draw again from a draw's own lists, seed and public number. Ends with 1 unless it comes to the same."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import inspection_draw_pb2 as pb

    from services.law.draw import drawn, seed_hash, verified

    try:
        draw = json_format.Parse(file.read_text("utf-8"), pb.InspectionDraw())
    except (json_format.ParseError, json.JSONDecodeError, UnicodeDecodeError) as wrong:
        raise Failure(f"{file} is no draw: {wrong}") from None
    again = drawn(draw, draw.seed, draw.public_number)
    names = {each.enterprise.credit_code: each.enterprise.name for each in draw.objects}
    for each in again:
        told = f"  {names[each.credit_code]} {each.credit_code}: {'、'.join(each.officer_ids)}"
        out.print(told, highlight=False, markup=False)
    if verified(draw):
        out.print(
            "一致：抽取结果与公开的名录、种子和随机数相符。 The same: the draw follows from what was published."
        )
        return
    right = seed_hash(draw.seed) == draw.seed_hash
    why = (
        ("抽取结果不符", "it comes to something else")
        if right
        else ("种子与公布的摘要不符", "the seed is not the one promised")
    )
    out.print(f"[red]不一致[/]：{why[0]}。 Not the same: {why[1]}.")
    raise typer.Exit(1)
