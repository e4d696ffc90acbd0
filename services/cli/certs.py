"""yifa cert check: whether a shown certificate is genuine, with nothing but a public key; yifa cert show: a code for one."""

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from services.cli.screen import Screen, say
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.kit.shown import Shown

app = typer.Typer(help="Certificates shown to the public.", no_args_is_help=True)
out = Screen()
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@app.command()
def check(
    token: Annotated[
        str, typer.Argument(help="The code as it was scanned: the token, or the whole address.")
    ],
    key: Annotated[
        Path, typer.Option("--key", exists=True, dir_okay=False, help="The node's public key (PEM).")
    ],
    at: Annotated[
        datetime | None, typer.Option(help="When it was shown; now when empty, local time.")
    ] = None,
    json_: Json = False,
) -> None:
    """Check signature and minutes of a code without any network. Ends with 1 unless it is genuine and fresh.

    Whether the certificate was suspended or revoked meanwhile only a node knows.
    """
    from services.kit.time import wall
    from services.registry.showing.verdict import SAYS

    verdict, shown = judged(token, key, at.astimezone() if at else wall())
    en, zh = SAYS[verdict] if verdict != "GENUINE" else GENUINE
    if json_:
        told = {"verdict": verdict, "zh": zh, "en": en, "card": card(shown) if shown else None}
        say(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        out.print(Text.assemble((verdict, "green" if verdict == "GENUINE" else "red"), f" {zh} {en}"))
        for name, value in card(shown).items() if shown else ():
            out.print(f"  {name}: {value}", highlight=False, markup=False)
    if verdict != "GENUINE":
        raise typer.Exit(1)


GENUINE = (
    "Genuine and fresh. Whether the certificate was suspended or revoked since is not known offline.",
    "签名真实且在有效时间内。离线核验不能得知证件此后是否被暂扣、吊销。",
)


def judged(token: str, key: Path, at: datetime) -> tuple[str, "Shown | None"]:
    """The verdict and, if the signature is right, what the code says. Raises Failure for a file that is no key."""
    from services.kit.algorithm import public_in
    from services.kit.shown import Altered, Unreadable, key_of, open_, timeliness
    from services.kit.signing import key_id_of

    try:
        public = public_in(key.read_bytes())
    except (OSError, ValueError) as wrong:
        raise Failure(f"{key} is no public key: {wrong}") from None
    token = token.rstrip("/").rpartition("/")[2]
    try:
        if key_of(token) != key_id_of(public):
            return "FORGED", None
        shown = open_(token, public)
    except Unreadable:
        return "UNREADABLE", None
    except Altered:
        return "ALTERED", None
    return timeliness(shown, at) or "GENUINE", shown


def card(shown: "Shown") -> dict[str, Any]:
    said = shown.card
    return {
        "证件编号 number": said.number,
        "姓名 name": said.name,
        "执法主体 body": said.body,
        "执法领域 fields": "、".join(said.fields),
        "行政区划 area": said.area,
        "有效期 validity": f"{said.begins.astimezone():%Y-%m-%d} – {said.ends.astimezone():%Y-%m-%d}",
        "出示时间 shown": f"{shown.made.astimezone():%Y-%m-%d %H:%M} – {shown.expires.astimezone():%H:%M}",
    }


@app.command()
def show(
    officer: Annotated[str, typer.Argument(help="The officer's id, as O-…")],
    node: Annotated[str, typer.Option(help="The officer's department.")] = "huanbao",
    svg: Annotated[Path | None, typer.Option(help="Write the QR code to this SVG file.")] = None,
) -> None:
    """Let a department make a code of an officer's certificate, and draw it."""
    import segno
    from yifa.registry.v1 import showing_pb2 as pb

    from services.node.callers import Callers, ask
    from services.node.plan import running_plan

    plan = running_plan()
    targets = plan.targets
    if node not in targets:
        raise Failure(f"{node} is no node of this city; known are {', '.join(targets)}")

    async def code() -> Any:
        async with Callers(targets, lambda subject, at, roles: plan.token(subject, at, *roles)) as callers:
            request = pb.ShowCertificateRequest(officer_id=officer)
            caller = callers.as_(node, officer, "HANDLING_OFFICER")
            return await ask(callers.registry(node).ShowCertificate, request, caller)

    token = asyncio.run(code()).token
    qr = segno.make(f"{plan.console}/v/{token}", error="l", micro=False)
    if svg is not None:
        qr.save(str(svg), kind="svg", scale=4)
    else:
        qr.terminal(compact=True)
    print(token)
