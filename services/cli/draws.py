"""yifa draw: a seed for a random draw, a draw with all that it was made of, and drawing it again with no node at all."""

import asyncio
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from services.cli.screen import Screen, say
from services.law.written import json_in, text_of
from services.node.failure import Failure

app = typer.Typer(help="Random draws of enterprises and officers, and of case files.", no_args_is_help=True)
out = Screen()
SEED_BYTES = 24
SAMPLE = "KB-"
"""How the id of a sample of case files begins."""


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
    draw: Annotated[str, typer.Argument(help="The draw's id, as D-…, or that of a sample of files, as KB-…")],
    node: Annotated[str, typer.Option(help="The department that drew.")] = "huanbao",
) -> None:
    """Print a draw, or a sample of files, as JSON, with its frozen lists, the hash, the seed and the public number."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import inspection_draw_pb2 as pb
    from yifa.supervision.v1 import file_review_pb2 as reviews

    from services.node.callers import Callers, ask
    from services.node.plan import running_plan

    plan = running_plan()
    targets = plan.targets
    if node not in targets:
        raise Failure(f"{node} is no node of this city; known are {', '.join(targets)}")

    sample = draw.startswith(SAMPLE)

    async def found() -> Any:
        async with Callers(targets, lambda who, at, roles: plan.token(who, at, *roles)) as callers:
            if sample:
                asked, city = reviews.GetFileReviewBatchRequest(batch_id=draw), callers.supervision("city")
                metadata = callers.as_("city", "anybody", "PUBLIC")
                return (await ask(city.GetFileReviewBatch, asked, metadata)).file_review_batch
            request = pb.GetInspectionDrawRequest(draw_id=draw)
            metadata = callers.as_(node, "anybody", "PUBLIC")
            return (await ask(callers.enforcement(node).GetInspectionDraw, request, metadata)).inspection_draw

    say(json_format.MessageToJson(asyncio.run(found()), ensure_ascii=False))


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The draw as JSON, from `show`.")],
) -> None:
    """Draw again from a draw's own lists, seed and public number. Ends with 1 unless it comes to the same."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import inspection_draw_pb2 as pb
    from yifa.supervision.v1 import file_review_pb2 as reviews

    from services.law.draw import drawn, files_drawn, files_verified, seed_hash, verified

    draw: Any
    try:
        text = text_of(file)
        of_files = "batchId" in json_in(text)
        draw = json_format.Parse(text, reviews.FileReviewBatch() if of_files else pb.InspectionDraw())
    except (json_format.ParseError, OSError, ValueError, TypeError) as wrong:
        raise Failure(f"{file} is no draw: {wrong}") from None
    if of_files:
        for case_id in files_drawn(draw, draw.seed, draw.public_number):
            out.print(f"  {case_id}", highlight=False, markup=False)
    else:
        names = {each.enterprise.credit_code: each.enterprise.name for each in draw.objects}
        for each in drawn(draw, draw.seed, draw.public_number):
            told = f"  {names[each.credit_code]} {each.credit_code}: {'、'.join(each.officer_ids)}"
            out.print(told, highlight=False, markup=False)
    if files_verified(draw) if of_files else verified(draw):
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
    out.print(Text.assemble(("不一致", "red"), f"：{why[0]}。 Not the same: {why[1]}."))
    raise typer.Exit(1)
