"""yifa files: what the nodes hold of their cases."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.cli.screen import Screen, say
from services.kit.settings import Settings
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.enforcement.file.verifying import Checked

app = typer.Typer(help="Files of cases.", no_args_is_help=True)
WHAT = {"LOST": "丢失 lost", "ALTERED": "被改动 altered"}


@app.callback()
def files() -> None:
    """Files of cases."""


@app.command()
def verify(
    settings: Annotated[
        list[Path] | None, typer.Argument(help="Nodes' TOML files; without, all departments of this city.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Read every file of the cases, and name each that is lost or altered, with its case. Run it where the files are."""
    from services.enforcement.file.verifying import verify_files

    checked = [verify_files(Settings.load(path)) for path in settings or departments()]
    if json_:
        say(json.dumps([as_json(c) for c in checked], ensure_ascii=False, indent=2))
    else:
        show(Screen(), checked)
    if any(c.faults for c in checked):
        raise typer.Exit(1)


def departments() -> list[Path]:
    """The settings of this city's departments. Raises Failure where no city was laid out."""
    from services.node.plan import plan

    city = plan()
    found = [city.settings(site.id) for site in city.sites if "enforcement" in site.services]
    if not all(path.exists() for path in found):
        raise Failure(f"{found[0]} does not exist: start the city once, or name a node's file")
    return found


def as_json(c: "Checked") -> dict[str, object]:
    faults = [
        {
            "what": f.what,
            "case": f.case_number,
            "case_id": f.file.case_id,
            "file_id": f.file.file_id,
            "title": f.file.title,
            "sha256": f.file.sha256.hex(),
        }
        for f in c.faults
    ]
    return {
        "node": c.node,
        "files": c.files,
        "bytes": c.bytes,
        "nameless": c.nameless,
        "intact": not c.faults,
        "faults": faults,
    }


def show(out: Console, all_checked: "list[Checked]") -> None:
    table = Table(box=box.SIMPLE_HEAD, title="文件校验 Files checked", title_justify="left")
    for name in ("节点 node", "文件 files", "字节 bytes", "无记录 nameless", "结果 result"):
        table.add_column(name, justify="left" if name.startswith(("节", "结")) else "right")
    for c in all_checked:
        good = Text("✓ 完整 intact", "green")
        bad = Text(f"✗ {len(c.faults)} 处异常 faults", "red")
        table.add_row(c.node, f"{c.files:,}", f"{c.bytes:,}", str(c.nameless), bad if c.faults else good)
    out.print(table)
    for f in (fault for c in all_checked for fault in c.faults):
        said = f"✗ {WHAT[f.what]}  {f.case_number}  {f.file.title}  {f.file.file_id}  {f.file.sha256.hex()[:16]}…"
        out.print(Text(said, "red"), soft_wrap=True)
