"""`yifa verify`: journals held against themselves, against what the city received, and against what was signed of them."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import OperationalError
from yifa.journal.v1 import checkpoint_pb2, entry_pb2, journal_service_pb2_grpc

from services.cli.show import credentials, node_states
from services.kit.checkpoint.checking import Known, judge
from services.kit.checkpoint.origin import origin_of
from services.kit.desk import envelope
from services.kit.dial import channel
from services.kit.directory import Directory, NodeKey
from services.kit.signature import Keys
from services.kit.store import driven
from services.kit.time import wall
from services.node.failure import Failure
from services.node.plan import Plan, Site
from services.node.verifying import Checked, checked, verify_database, verify_stream
from services.node.watching import Told, at_hub, page

GOOD = checkpoint_pb2.CHECKPOINT_STATE_GOOD
SHOWN = 20


async def verify_nodes(plan: Plan, node: str, service: str) -> list[Checked]:
    """Check the journals of the running nodes, read through JournalService."""
    return [
        await verify_service(plan, site, name)
        for site in plan.sites
        for name in site.services
        if node in ("", site.id) and service in ("", name)
    ]


async def verify_service(plan: Plan, site: Site, service: str) -> Checked:
    """One journal. What others know of it is asked first: the journal may have grown since, and must not have shrunk."""
    known = Known(
        await heard_at_city(plan, site.id, service),
        [
            *await notes_at(plan, plan.city, "supervision", site.id, service),
            *await notes_at(plan, site, service, site.id, service),
        ],
        Directory(plan.directory).all,
    )
    async with channel(plan.target(site.id)) as there:
        stub = journal_service_pb2_grpc.JournalServiceStub(there)
        request = entry_pb2.ReadRequest(service=service, from_seq=1)
        entries = [envelope(r.entry) async for r in stub.Read(request, metadata=credentials(plan))]
    return checked(f"{site.id}/{service}", entries, judge(entries, known))


async def heard_at_city(plan: Plan, node: str, service: str) -> dict[int, bytes]:
    """What the city's supervision received of a journal; nothing of its own, which it reads from itself."""
    async with channel(plan.target(plan.city.id)) as there:
        stub = journal_service_pb2_grpc.JournalServiceStub(there)
        request = checkpoint_pb2.ReadHeardRequest(
            service="supervision", node=node, journal=service, from_seq=1
        )
        return {r.seq: r.hashes async for r in stub.ReadHeard(request, metadata=credentials(plan))}


async def notes_at(plan: Plan, site: Site, keeper: str, node: str = "", service: str = "") -> list[str]:
    """The signed heads of a journal, or of all, that a service keeps."""
    async with channel(plan.target(site.id)) as there:
        stub = journal_service_pb2_grpc.JournalServiceStub(there)
        origin = origin_of(plan.city.id, node, service) if node else ""
        request = checkpoint_pb2.ListCheckpointsRequest(service=keeper, origin=origin)
        reply = await stub.ListCheckpoints(request, metadata=credentials(plan))
    return [each.note for each in reply.checkpoints if each.state == GOOD]


def verify_file(
    where: Path | str,
    node: str = "",
    service: str = "",
    against: Sequence[Path | str] = (),
    keys: Sequence[NodeKey] | None = None,
) -> Checked:
    """Check the journal in a SQLite file or at a PostgreSQL URL, opened for reading only. Whose a file is say folder and name,
    where nothing else does.
    """
    if not is_url(where):
        path = Path(where)
        node, service = node or path.resolve().parent.name, service or path.stem
    elif not (node and service):
        raise Failure(f"whose journal is in {shown(where)}: say node and service")
    with ExitStack() as open_:
        its = opened(where, open_)
        return verify_database(
            its, shown(where), node, service, [opened(other, open_) for other in against], keys
        )


def is_url(where: Path | str) -> bool:
    return str(where).startswith("postgresql")


def shown(where: Path | str) -> str:
    """Where a database is, without a password."""
    return make_url(str(where)).render_as_string() if is_url(where) else str(where)


def opened(where: Path | str, open_: ExitStack) -> Connection:
    if is_url(where):
        engine = create_engine(driven(str(where)), execution_options={"postgresql_readonly": True})
    elif Path(where).exists():
        engine = create_engine(f"sqlite:///file:{where}?mode=ro&uri=true")
    else:
        raise Failure(f"there is no {where}")
    open_.callback(engine.dispose)
    try:
        return open_.enter_context(engine.connect())
    except OperationalError as wrong:
        raise Failure(f"{shown(where)}: {wrong.orig}") from None


async def verify_bus(plan: Plan) -> list[Checked]:
    """Check all that the hub has, with its read-only key."""
    nc = await at_hub(plan, "verifier")
    before, stream = await node_states(plan), list[Told]()
    try:
        while some := await page(nc, stream[-1].position if stream else 0):
            stream += some
    finally:
        await nc.close()
    directory = Directory(plan.directory)
    notes = await notes_at(plan, plan.city, "supervision")
    sent = {
        f"{state.site.id}/{service.service}": int(service.relayed_seq)
        for state in before
        if state.reply is not None and not state.reply.hub_lag
        for service in state.reply.services
    }
    return verify_stream(stream, Keys(directory, wall), directory.all, notes, sent)


def checked_json(c: Checked) -> dict[str, Any]:
    return {
        "journal": c.journal,
        "entries": c.entries,
        "head": c.head,
        "intact": not c.faults,
        "received": c.received,
        "signed_up_to": c.signed_up_to,
        "witnesses": list(c.witnesses),
        "moved": [{"from": first, "to": last} for first, last in c.moved],
        "faults": [{"seq": f.seq, "what": f.what} for f in c.faults],
    }


def print_checked(out: Console, all_checked: list[Checked]) -> None:
    table = Table(box=box.SIMPLE_HEAD, title="日志校验 Journals checked", title_justify="left")
    table.add_column("日志 journal")
    table.add_column("条数 entries", justify="right")
    table.add_column("市级已收 at the city", justify="right")
    table.add_column("已签署至 signed up to")
    table.add_column("链首 head")
    table.add_column("结果 result")
    for c in all_checked:
        result = (
            Text("✓ 完整 intact", "green")
            if not c.faults
            else Text(f"✗ {len(c.faults)} 处异常 faults", "red")
        )
        signed = f"{c.signed_up_to} ({', '.join(c.witnesses) or '–'})" if c.signed_up_to else "–"
        table.add_row(c.journal, str(c.entries), str(c.received), signed, c.head[:16], result)
        for fault in c.faults[:SHOWN]:
            table.add_row("", str(fault.seq), "", "", "", Text(fault.what, "red"))
        for first, last in c.moved[:SHOWN]:
            run = str(first) if first == last else f"{first}–{last}"
            said = "中枢上位置靠后（补发） later at the hub than in the journal (sent again)"
            table.add_row("", run, "", "", "", Text(said, "yellow"))
    out.print(table)
