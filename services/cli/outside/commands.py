"""yifa conformance: which parts of the standard a department's own system meets, by what it reported."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from services.cli.screen import Screen, say
from services.law.written import text_of
from services.node.failure import Failure

if TYPE_CHECKING:
    from services.cli.outside.conformance import Outcome, Reported
    from services.kit.dial import Target

out = Screen()
PAGE = 500
GRADES = {
    "met": ("达到", "met", "green"),
    "partly": ("部分达到", "partly", "yellow"),
    "not": ("未达到", "not met", "red"),
    "none": ("无可检查", "nothing to see", "dim"),
}


def conformance(
    target: Annotated[str, typer.Option(help="The department's node, as HOST:PORT.")],
    token: Annotated[
        str, typer.Option(envvar="YIFA_TOKEN", help="A token of it for SYSTEM, from `yifa token`.")
    ],
    authority: Annotated[
        Path | None,
        typer.Option(
            "--ca",
            exists=True,
            dir_okay=False,
            help="Whose certificate the node shows; the city's here if none.",
        ),
    ] = None,
    plain: Annotated[bool, typer.Option(help="The node speaks plain text.")] = False,
    system: Annotated[str, typer.Option(help="Only the cases of this system.")] = "",
    sample: Annotated[
        Path | None,
        typer.Option(
            exists=True, dir_okay=False, help="Report these stages first: one OutsideStage a line, as JSON."
        ),
    ] = None,
    within: Annotated[float, typer.Option(help="Hours in which a stage has to be reported.")] = 24.0,
    lang: Annotated[str, typer.Option(help="zh or en.")] = "zh",
    json_: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Tell which parts of the standard a department meets that reports from a case system of its own. Ends with 1 unless all."""
    from services.cli.outside.conformance import as_json, complete, outcomes

    metadata = (("authorization", f"Bearer {token}"),)
    stages = list(read_sample(sample)) if sample is not None else []
    where = called(target, authority, plain)
    found = outcomes(asyncio.run(look(where, metadata, system, stages, timedelta(hours=within))))
    if json_:
        say(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        show(out, found, lang)
    if not complete(found):
        raise typer.Exit(1)


def called(address: str, authority: Path | None, plain: bool) -> "Target":
    """How the node is called. Raises Failure where nothing says by what it is known."""
    from services.kit.dial import Target, Trust
    from services.node.plan import plan as plan_of

    if plain:
        return Target(address)
    authority = authority or plan_of().trust("city").authority
    if not authority.is_file():
        raise Failure(
            f"there is no {authority}: name the certificate of the node's authority (--ca), or say --plain"
        )
    return Target(address, Trust(authority))


def read_sample(file: Path) -> Iterator[Any]:
    """The stages of a file, one a line. Raises Failure, naming the line that is none."""
    from google.protobuf import json_format
    from yifa.enforcement.v1 import outside_pb2 as pb

    for n, line in enumerate(lines_of(file), 1):
        if line.strip():
            try:
                yield json_format.Parse(line, pb.OutsideStage())
            except json_format.ParseError as wrong:
                raise Failure(f"{file}: {n} 行不是环节 is no stage: {wrong}") from None


def lines_of(file: Path) -> list[str]:
    try:
        return text_of(file).splitlines()
    except (OSError, ValueError) as wrong:
        raise Failure(f"{file}: {wrong}") from None


async def look(
    target: "Target", metadata: Any, system: str, sample: list[Any], within: timedelta
) -> "Reported":
    """Report the sample, then read back what the node has. Raises Failure for a stage that is refused, AioRpcError."""
    from yifa.enforcement.v1 import case_pb2 as cases
    from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
    from yifa.enforcement.v1 import outside_pb2 as pb

    from services.cli.outside.conformance import Reported
    from services.cli.outside.send import send
    from services.kit.dial import channel

    async for reply in send(target, metadata, sample):
        for result in reply.results:
            if result.outcome == pb.STAGE_OUTCOME_REFUSED:
                no = result.refusal
                where = f"{result.source_case} {result.stage_id} {no.field}".rstrip()
                raise Failure(f"{where}: {no.reason}: {no.text_zh} {no.text_en}")
    of_sample = {(s.system, s.source_case) for s in sample}
    async with channel(target) as there:
        stub, stages, token = rpc.EnforcementServiceStub(there), list[pb.ReportedStage](), ""
        while True:
            asked = pb.ListOutsideStagesRequest(system=system, page_size=PAGE, page_token=token)
            page = await stub.ListOutsideStages(asked, metadata=metadata)
            stages += [
                s for s in page.stages if not of_sample or (s.stage.system, s.stage.source_case) in of_sample
            ]
            if not (token := page.next_page_token):
                break
        found = {}
        for case_id in dict.fromkeys(s.case_id for s in stages if not s.record_id):
            got = await stub.GetCase(cases.GetCaseRequest(case_id=case_id), metadata=metadata)
            found[case_id] = got.case
        records = {s.record_id: await record_of(stub, s, metadata) for s in stages if s.record_id}
    return Reported(stages, found, within, records)


async def record_of(stub: Any, told: Any, metadata: Any) -> Any:
    """The inspection, the measure, the referral or the permit that a stage is one of, with the procedure that it goes by."""
    from yifa.enforcement.v1 import inspection_pb2 as inspections
    from yifa.enforcement.v1 import measure_pb2 as measures
    from yifa.enforcement.v1 import permit_pb2 as permits
    from yifa.enforcement.v1 import referral_pb2 as referrals

    from services.enforcement.outside.stage import kind_of
    from services.law.procedures.elsewhere import INSPECTION, MEASURE, PERMIT, REFERRAL

    if kind_of(told.stage) == PERMIT.name:
        wanted_permit = permits.GetPermitRequest(permit_id=told.record_id)
        return PERMIT, (await stub.GetPermit(wanted_permit, metadata=metadata)).permit

    if kind_of(told.stage) == INSPECTION.name:
        asked = inspections.GetInspectionRequest(inspection_id=told.record_id)
        return INSPECTION, (await stub.GetInspection(asked, metadata=metadata)).inspection
    if kind_of(told.stage) == MEASURE.name:
        listed = measures.ListMeasuresRequest(case_id=told.case_id)
        every = (await stub.ListMeasures(listed, metadata=metadata)).measures
        return MEASURE, next(m for m in every if m.measure_id == told.record_id)
    wanted = referrals.ListReferralsRequest(case_id=told.case_id)
    found = (await stub.ListReferrals(wanted, metadata=metadata)).referrals
    return REFERRAL, next(r for r in found if r.referral_id == told.record_id)


def show(console: Console, found: list["Outcome"], lang: str) -> None:
    """The parts as a table, each with what it lacks first."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    chinese = lang != "en"
    heads = (
        ("部分", "结果", "达到", "尚缺（案件：内容）")
        if chinese
        else ("Part", "Result", "Met", "Lacking (case: what)")
    )
    table = Table(box=box.SIMPLE_HEAD, show_lines=False)
    for n, head in enumerate(heads):
        table.add_column(head, justify="right" if n == 2 else "left", no_wrap=n < 3)
    for each in found:
        zh, en, style = GRADES[each.grade]
        lacks = [f"{one.case}: {one.zh if chinese else one.en}" for one in each.lacks]
        left = each.all - each.good - len(lacks)
        if left > 0:
            lacks.append(f"另有{left}项" if chinese else f"and {left} more")
        table.add_row(
            each.part.zh if chinese else each.part.en,
            Text(zh if chinese else en, style=style),
            f"{each.good}/{each.all}",
            Text("\n".join(lacks)),
        )
    console.print(table)
