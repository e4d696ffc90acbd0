"""yifa import and yifa export of whole lists: officers|posts|training|bodies|devices|institutions|penalties."""

import asyncio
import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from services.cli.screen import Screen, say
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.kit.dial import Target
    from services.node.plan import Plan

out = Screen()
FileIn = Annotated[
    Path | None,
    typer.Argument(
        exists=True, dir_okay=False, help="CSV (UTF-8, GBK, GB 18030, UTF-16), .xlsx, .xls or .ods."
    ),
]
Dry = Annotated[bool, typer.Option("--dry-run", help="Report what would happen and keep nothing.")]
ReportTo = Annotated[Path | None, typer.Option("--report", help="Write every bad line to this CSV file.")]
Template = Annotated[
    Path | None,
    typer.Option("--template", help="Write an empty list with the right columns (.xlsx or .csv)."),
]
SheetName = Annotated[str, typer.Option("--sheet", help="The sheet of the workbook that holds the list.")]
ColumnsOf = Annotated[
    Path | None,
    typer.Option(
        "--columns", exists=True, dir_okay=False, help="The columns of the province's exchange (TOML)."
    ),
]
Past = Annotated[bool, typer.Option("--past", help="The penalties of before that were brought in.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
Home = Annotated[str, typer.Option(help="The department whose roster it is.")]
ROLES = {
    "officers": "ROSTER_CLERK",
    "posts": "ROSTER_CLERK",
    "training": "ROSTER_CLERK",
    "bodies": "REGISTRAR",
    "devices": "LEGAL_REVIEWER",
    "institutions": "LEGAL_REVIEWER",
    "penalties": "CLERK",
    "exchange": "CLERK",
}


class Kind(StrEnum):
    OFFICERS = "officers"
    POSTS = "posts"
    TRAINING = "training"
    BODIES = "bodies"
    DEVICES = "devices"
    INSTITUTIONS = "institutions"
    PENALTIES = "penalties"
    EXCHANGE = "exchange"


class DataKind(StrEnum):
    PERMIT = "permit"
    PENALTY = "penalty"
    COERCION = "coercion"
    INSPECTION = "inspection"
    LEVY = "levy"


Of = Annotated[DataKind, typer.Option("--of", help="With exchange: which kind of enforcement data.")]


IMPORTED = {
    "officers": "Put the officers of a list on a roster.",
    "posts": "Put the posts of a list on record, with their units.",
    "training": "Record the trainings of a list.",
    "bodies": "Confirm the enforcement bodies of a list at the city.",
    "devices": "Enter the monitoring devices of a list, with their reviews and where their places are public.",
    "institutions": "Enter the institutions that take samples of a list, with their qualifications.",
    "penalties": "Keep the penalties of a table of 双公示, of before or elsewhere.",
}
ONCE = "The same list again adds nothing; bad lines are named."


def add_to(imports: typer.Typer) -> None:
    """The commands that bring lists in, beside what else is imported."""
    for kind, said in IMPORTED.items():
        imports.command(kind, help=f"{said} {ONCE}")(at_the_city(kind) if kind == "bodies" else at_home(kind))


def at_home(kind: str) -> Callable[..., None]:
    """The command that brings a list in at a department."""

    def bring_in(
        file: FileIn = None, node: Home = "huanbao", dry_run: Dry = False, report: ReportTo = None,
        template: Template = None, sheet: SheetName = "", json_: Json = False,
    ) -> None:  # fmt: skip
        run(kind, file, node, dry_run, report, template, sheet, json_)

    return bring_in


def at_the_city(kind: str) -> Callable[..., None]:
    """The command that brings a list in at the city."""

    def bring_in(
        file: FileIn = None, dry_run: Dry = False, report: ReportTo = None,
        template: Template = None, sheet: SheetName = "", json_: Json = False,
    ) -> None:  # fmt: skip
        run(kind, file, "", dry_run, report, template, sheet, json_)

    return bring_in


def run(
    kind: str,
    file: Path | None,
    node: str,
    dry_run: bool,
    report: Path | None,
    template: Path | None,
    sheet: str,
    as_json: bool,
) -> None:
    from services.cli.lists.bring import bring
    from services.cli.lists.give import template as write_template
    from services.node.plan import running_plan

    if template is not None:
        write_template(kind, template)
        out.print(f"已写入 written: {template}", highlight=False)
        return
    if file is None:
        raise Failure("name a FILE to import, or --template FILE to get an empty one")
    plan = running_plan()
    target = target_of(plan, node or plan.city.id)
    metadata = (("authorization", f"Bearer {plan.token('importer', node or plan.city.id, ROLES[kind])}"),)
    done = asyncio.run(bring(target, metadata, kind, file, dry_run=dry_run, sheet=sheet))
    if report is not None:
        done.save(report)
    if as_json:
        say(json.dumps(done.as_json(), ensure_ascii=False, indent=2))
    else:
        done.print(out)
    if done.problems:
        raise typer.Exit(1)


def export(
    kind: Annotated[Kind, typer.Argument(help="What to give out.")],
    file: Annotated[Path, typer.Argument(help="FILE.csv or FILE.xlsx")],
    node: Annotated[str, typer.Option(help="The node that is asked.")] = "city",
    columns: ColumnsOf = None,
    report: ReportTo = None,
    past: Past = False,
    of: Of = DataKind.PENALTY,
) -> None:
    """Write the officers, posts, trainings or bodies that a node knows to a file, id numbers masked; the monitoring devices and
    sampling institutions of a department that are in use, as they are brought in; its penalties as the credit platforms exchange
    them (双公示), with the numbers whole; or the data of one kind of enforcement as they are exchanged with the province.
    """
    from services.cli.lists.give import give
    from services.node.plan import running_plan

    plan = running_plan()
    if kind is Kind.PENALTIES:
        export_penalties(plan, node, file, columns, report, past)
        return
    if kind is Kind.EXCHANGE:
        export_exchange(plan, node, of.value, file, columns)
        return
    metadata = (("authorization", f"Bearer {plan.token('exporter', plan.city.id, 'OVERSIGHT')}"),)
    count = asyncio.run(give(target_of(plan, node), metadata, kind.value, file))
    out.print(f"已导出 exported: {count} → {file}", highlight=False)


def export_penalties(
    plan: "Plan", node: str, file: Path, columns: Path | None, report: Path | None, past: bool
) -> None:
    """The rows that a platform takes go to the file; what is wrong with the others is said, and goes to the report."""
    from services.cli.lists.penalties import give, save_faults

    token = plan.token("exporter", node, ROLES["penalties"])
    metadata = (("authorization", f"Bearer {token}"),)
    count, faults = asyncio.run(give(target_of(plan, node), metadata, file, columns, past=past))
    out.print(f"已导出 exported: {count} → {file}", highlight=False)
    for fault in faults:
        out.print(f"{fault.case_id} {fault.column}：{fault.zh} ({fault.en})", highlight=False)
    if report is not None:
        save_faults(report, faults)
    if faults:
        raise typer.Exit(1)


def export_exchange(plan: "Plan", node: str, kind: str, file: Path, columns: Path | None) -> None:
    """The data of one kind; of a kind that has no record here it is said."""
    from services.cli.lists.exchange import NoSource, give

    metadata = (("authorization", f"Bearer {plan.token('exporter', node, ROLES['exchange'])}"),)
    try:
        count = asyncio.run(give(target_of(plan, node), metadata, kind, file, columns))
    except NoSource as no:
        raise Failure(f"{kind}: {no}") from None
    out.print(f"已导出 exported: {count} → {file}", highlight=False)


def target_of(plan: "Plan", node: str) -> "Target":
    """Where a node is called. Raises Failure for one that is not in the plan."""
    targets = plan.targets
    if node not in targets:
        raise Failure(f"{node} is no node of this city; known are {', '.join(targets)}")
    return targets[node]
