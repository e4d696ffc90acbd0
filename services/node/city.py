"""`yifa up`: the city on this machine, and what is played in it, until Ctrl-C."""

import asyncio
import contextlib
import signal
import time
from collections.abc import Awaitable, Callable

import grpc
from rich.console import Console
from rich.panel import Panel
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from yifa.journal.v1 import node_pb2 as nodes

from services.kit.settings import BadSettings
from services.kit.time import set_clock
from services.node.callers import Callers
from services.node.plan import Plan, lay_out, taken_ports, told_of
from services.node.supervisor import end_what_is_left, only_one
from services.node.up import City, note

Play = Callable[[], Awaitable[None]]


async def run_city(plan: Plan, out: Console, play: Play | None = None) -> None:
    """Start everything and let `play` go on in it, if there is any, until SIGINT or SIGTERM. Raises BadSettings."""
    with only_one(plan):
        if left := await end_what_is_left(plan):
            out.print(
                f"[yellow]! 已结束上次遗留的进程 · ended what was left of the last run: {', '.join(left)}[/yellow]"
            )
        if taken := taken_ports(plan):
            raise BadSettings(told_of(taken))
        await run_alone(plan, out, play)


async def run_alone(plan: Plan, out: Console, play: Play | None) -> None:
    lay_out(plan)
    set_clock(plan.clock, None)
    stop = stop_signal()
    city = City(plan)
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, city.changed.set)
    city.lay()

    def tell(said: str) -> None:
        out.print(Text(f"! {said}", "yellow"))

    began = time.monotonic()
    watching = asyncio.create_task(city.watch(tell))
    try:
        with Progress(
            SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=out
        ) as progress:
            task = progress.add_task("启动 starting")

            def at(what: str) -> None:
                progress.update(task, description=f"启动 starting: {what}")

            await until_stopped(stop, city.ready(at, tell), watching)
        if stop.is_set():
            return
        note(plan, seconds=round(time.monotonic() - began, 1))
        introduce(plan, out, time.monotonic() - began)
        await until_stopped(stop, play() if play is not None else stop.wait(), watching)
    finally:
        out.print("\n正在停止 stopping …")
        city.stopping = True
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await city.stop()
        set_clock(plan.clock, None)
        (plan.var / "up.json").unlink(missing_ok=True)
        out.print("已停止 stopped. 数据保留在 data stays in", str(plan.var))


def stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


async def until_stopped(stop: asyncio.Event, work: Awaitable[object], beside: asyncio.Task[None]) -> None:
    """Do the work, but no longer than until the user wants to stop or what goes on beside it fails. Raises what either raised."""
    doing = asyncio.ensure_future(work)
    ending = asyncio.create_task(stop.wait())
    await asyncio.wait([doing, ending, beside], return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if not doing.done():
        doing.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await doing
    for task in (beside, doing):
        if task.done() and not task.cancelled():
            task.result()


async def settled(callers: Callers, deadline: float = 30.0) -> None:
    """Wait until every node has published all it wrote and read all that was published. Raises TimeoutError."""
    async with asyncio.timeout(deadline):
        before: tuple[int, ...] | None = None
        while (after := await quiet(callers)) is None or after != before:
            before = after
            await asyncio.sleep(0.02)


async def quiet(callers: Callers) -> tuple[int, ...] | None:
    """The journal heads, when nothing waits anywhere; else nothing."""
    try:
        replies = await asyncio.gather(*(status(callers, node) for node in callers.targets))
    except grpc.aio.AioRpcError:
        return None
    services = [s for r in replies for s in r.services]
    calm = all(r.hub_lag == 0 for r in replies)
    calm = calm and all(s.head_seq == s.relayed_seq and _read_all(s) for s in services)
    return tuple(s.head_seq for s in services) if calm else None


async def status(callers: Callers, node: str) -> nodes.GetNodeStatusResponse:
    metadata = callers.as_(node, "up", "SYSTEM")
    return await callers.journal(node).GetNodeStatus(
        nodes.GetNodeStatusRequest(), metadata=metadata, timeout=3
    )


def _read_all(service: nodes.ServiceStatus) -> bool:
    return all(r.caught_up for r in service.readings)


def introduce(plan: Plan, out: Console, seconds: float) -> None:
    """Say what came up and where."""
    table = Table.grid(padding=(0, 2))
    table.add_row("控制台 console", Text(plan.console, f"link {plan.console}"))
    for site in plan.sites:
        table.add_row(f"{site.title_zh} {site.id}", f"gRPC {site.grpc}", ", ".join(site.services))
    table.add_row("中枢 hub", f"NATS {plan.hub}", f"leaf links {plan.hub_leaf}")
    table.add_row("数据 data", str(plan.var))
    note = "所有人员、企业、案件均为合成示例，法律依据真实 · people, firms and cases are synthetic, the law is real"
    out.print(
        Panel(table, title=f"依法 Yifa · {seconds:.1f} s", subtitle=note, border_style="blue", expand=False)
    )
