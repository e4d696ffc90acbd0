"""The process is killed -9 while it counts the clocks of a year anew."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import calendar_service_pb2_grpc
from yifa.supervision.v1 import calendar_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_service_pb2_grpc

from services.kit.access import mint
from services.kit.dial import Target, channel
from services.kit.store import open_store
from services.node.up import serves
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from tests.cable import free_port
from tests.city import rid
from tests.database import asked, make_ready, sound, url_of
from tests.proclaimed import arrangement
from tests.supervision.office import CITY, ENVIRONMENT, at, settings

COUNT = 6000


def seed(file: Path) -> None:
    """Filing reviews of the city, all due on 8 February 2027 by what is known in December 2026."""
    start, due = at("2026-12-10 10:00"), at("2027-02-08 23:59") + timedelta(seconds=59, microseconds=999999)
    ids = [f"C-{n:05d}" for n in range(COUNT)]
    case = case_pb2.Case(node=ENVIRONMENT).SerializeToString()
    views = [
        {"case_id": i, "node": ENVIRONMENT, "state": 15, "update_time": start, "version": 1, "record": case}
        for i in ids
    ]
    clock = {
        "clock_id": "PEN-28", "law": "EX-SUP", "sector": "environment", "state": "RUNNING", "start_time": start,
        "due_time": due, "provisional": True, "excluded": (), "extensions": (), "stage": 0, "next_time": due,
    }  # fmt: skip
    blank = {"case_number": "", "body_name": "", "party_name": "", "violation_title": "", "procedure": 1}
    more = {**blank, "fine": 0, "major": True}
    engine = open_store(url_of(file))
    with engine.begin() as db:
        db.execute(insert(CaseView.__table__), [view | more for view in views])
        db.execute(insert(Clock.__table__), [clock | {"key": f"{i}/PEN-28", "subject": i} for i in ids])
    engine.dispose()


@asynccontextmanager
async def process(file: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    with (file.parent / "log").open("ab") as log:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "services.supervision", str(file), stdout=log, stderr=log,
            env={**os.environ, "PYTHONPATH": ".:proto/gen"},
        )  # fmt: skip
    try:
        async with asyncio.timeout(30):
            while not await serves(Target(f"127.0.0.1:{port}")):
                await asyncio.sleep(0.05)
        yield running
    finally:
        if running.returncode is None:
            running.send_signal(signal.SIGKILL)
        await running.wait()


def progress(database: Path) -> tuple[bool, int]:
    """Whether the recount is done, and how many clocks it has seen."""
    rows = asked(database, "select done, seen from calendar_year")
    return (bool(rows[0][0]), rows[0][1]) if rows else (False, 0)


def moves(database: Path) -> Iterator[tuple[str, Any]]:
    name = events.DeadlineMoved.DESCRIPTOR.full_name
    for subject, data in asked(database, "select subject, data from journal where type = ?", name):
        yield subject, events.DeadlineMoved.FromString(data)


async def test_no_clock_is_lost_and_none_told_twice(tmp_path: Path) -> None:
    port = free_port()
    made = settings(tmp_path, grpc={"listen": f"127.0.0.1:{port}"})
    (tmp_path / "clock").write_text(at("2026-12-20 09:00").isoformat())
    database = tmp_path / CITY / "supervision.db"
    database.parent.mkdir()
    make_ready(made)
    seed(database)
    token = mint((tmp_path / "token.key").read_bytes(), "oversight-1", CITY, ("OVERSIGHT",))
    metadata = (("authorization", f"Bearer {token}"),)

    async with process(made.path, port) as running, channel(Target(f"127.0.0.1:{port}")) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        request = pb.LoadCalendarYearRequest(request_id=rid(), **arrangement())
        await stub.LoadCalendarYear(request, metadata=metadata)
        async with asyncio.timeout(30):
            while not (cut := progress(database))[1]:
                await asyncio.sleep(0.002)
        running.send_signal(signal.SIGKILL)
        await running.wait()
    interrupted = progress(database)
    async with process(made.path, port), channel(Target(f"127.0.0.1:{port}")) as there:
        years = calendar_service_pb2_grpc.CalendarServiceStub(there)
        request = calendars.ListCalendarYearsRequest(first_year=2027, last_year=2027)
        async with asyncio.timeout(60):
            while True:
                [known] = (await years.ListCalendarYears(request, metadata=metadata)).years
                if known.services[0].done:
                    break
                await asyncio.sleep(0.05)

    assert cut[1] > 0 and not interrupted[0], "it was killed in the middle"
    told = list(moves(database))
    assert len(told) == len({subject for subject, _ in told}) == COUNT == known.services[0].moved
    assert {m.deadline.due_time.ToJsonString() for _, m in told} == {"2027-02-15T15:59:59.999999Z"}
    assert asked(database, "select count(*) from clock where provisional") == [(0,)]
    assert sound(database)
