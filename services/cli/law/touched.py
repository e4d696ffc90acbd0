"""yifa law touched, editions: what a row of the law data touched at the running nodes, and by which editions they counted."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import grpc
from google.protobuf.json_format import MessageToDict
from google.protobuf.timestamp_pb2 import Timestamp
from rich import box
from rich.console import Console
from rich.table import Table
from yifa.law.v1 import edition_pb2 as pb
from yifa.law.v1 import edition_service_pb2_grpc as rpc

from services.cli.law.query import near_names
from services.cli.show import credentials
from services.kit.dial import channel
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue
from services.law.edition import edition_of, plain
from services.law.parameters import Layers, national
from services.law.procedures import every
from services.node.failure import Failure
from services.node.plan import Plan

Found = list[tuple[str, Any]]
"""Messages, each with "node/service"."""
KINDS = {
    pb.TOUCHED_KIND_DEADLINE: "期限 deadline",
    pb.TOUCHED_KIND_EVALUATION: "裁量 evaluation",
    pb.TOUCHED_KIND_JUDGEMENT: "监督判断 judgement",
}
PAGE = 500
HEADINGS = (
    *("节点\nnode", "记录\nrecord", "事项\nwhat", "曾计算\ncounted", "现为\nstands"),
    *("依现行数据\nlawful", "已告知\ntold", "版本\nedition"),
)


async def touched(plan: Plan, row: str, node: str, edition: str) -> Found:
    """All that a row touched, by node and service. Raises Failure for a row that no node knows, AioRpcError for a refusal."""
    names = rows_named(row)
    found: Found = []
    unknown = True
    async for where, service, stub in _services(plan, node):
        for name in names:
            try:
                for kind in KINDS:
                    asked = pb.ListTouchedRequest(
                        service=service, kind=kind, row=name, edition=edition, page_size=PAGE
                    )
                    found += [(where, each) for each in await _all(plan, stub, asked)]
                unknown = False
            except grpc.aio.AioRpcError as wrong:
                if wrong.code() != grpc.StatusCode.NOT_FOUND:
                    raise
    if unknown:
        raise Failure(_no_row(row, edition))
    return found


async def editions(plan: Plan, node: str) -> Found:
    """The editions by which every service counted, the one in force first."""
    found: Found = []
    async for where, service, stub in _services(plan, node):
        reply = await stub.ListEditions(pb.ListEditionsRequest(service=service), metadata=credentials(plan))
        found += [(where, each) for each in reply.editions]
    return found


async def _services(plan: Plan, node: str) -> Any:
    sites = [site for site in plan.sites if node in ("", site.id)]
    if not sites:
        raise Failure(f"没有节点 there is no node {node}: {', '.join(site.id for site in plan.sites)}")
    for site in sites:
        async with channel(plan.target(site.id)) as there:
            for service in site.services:
                yield f"{site.id}/{service}", service, rpc.EditionServiceStub(there)


async def _all(plan: Plan, stub: Any, asked: pb.ListTouchedRequest) -> list[pb.Touched]:
    found: list[pb.Touched] = []
    while True:
        page = await stub.ListTouched(asked, metadata=credentials(plan))
        found += page.touched
        if not page.next_page_token:
            return found
        asked.page_token = page.next_page_token


def rows_named(text: str) -> list[str]:
    """The rows that a text names: one by its name, a clock in any case, the rules of a reason for which acts are refused."""
    name = text.strip()
    if name.upper() in catalogue():
        return [name.upper()]
    moves = (move for procedure in every() for table in procedure.tables for move in table.moves)
    by_reason = {rule.name for move in moves for rule in move.rules if rule.reason == name.upper()}
    return sorted(by_reason) or [name]


def _no_row(row: str, edition: str) -> str:
    near = near_names(row, sorted({plain(name) for name in edition_of(Layers(national())).rows}))
    guess = f"；是否指 did you mean {', '.join(near)}?" if near else ""
    of = f"（版本 edition {edition}）" if edition else ""
    return f"没有节点以“{row}”{of}计算过 no node counted by a row {row!r}{guess}"


# How it is shown.


def as_json(found: Found) -> list[dict[str, Any]]:
    return [{"where": where, **MessageToDict(m, preserving_proto_field_name=True)} for where, m in found]


def print_touched(out: Console, row: str, found: Found) -> None:
    if not found:
        out.print(f"“{row}”没有以其他内容计算过记录 · nothing was counted by {row} otherwise", style="green")
        return
    table = Table(box=box.SIMPLE_HEAD, title=f"{row} 涉及的记录 Touched by {row}", title_justify="left")
    for heading in HEADINGS:
        table.add_column(heading, overflow="fold")
    for where, each in found:
        table.add_row(where, each.case_number or each.subject_id, *_cells(each))
    out.print(table)


def _cells(each: pb.Touched) -> Iterator[str]:
    yield f"{each.about} {each.title_zh}".strip() + f"\n{each.title_en}"
    if each.kind == pb.TOUCHED_KIND_DEADLINE:
        yield from map(day, (each.counted_time, each.due_time, each.lawful_time))
    else:
        yield from (f"{each.outcome_zh}\n{each.outcome_en}", "", "")
    yield "是 yes" if each.told else ""
    yield f"{each.receipt.edition}.{each.receipt.kernel}"


def print_editions(out: Console, found: Found) -> None:
    table = Table(box=box.SIMPLE_HEAD, title="法律数据版本 Editions of the law data", title_justify="left")
    for heading in (
        "节点\nnode",
        "版本\nedition",
        "启用\nsince",
        "重新计算\nrecount",
        "与现行不同的条目\nrows that differ",
    ):
        table.add_column(heading, overflow="fold")
    for where, each in found:
        mark = f"{each.receipt.edition}.{each.receipt.kernel}"
        counted = f"{each.recount.moved} 变动 moved" if each.recount.done else "进行中 under way"
        differing = "现行 in force" if each.in_force else ", ".join(each.differing)
        table.add_row(where, mark, day(each.since_time), counted, differing)
    out.print(table)


def day(at: Timestamp) -> str:
    """The day of a moment in Asia/Shanghai; a dash for none."""
    return at.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat() if at.ByteSize() else "—"
