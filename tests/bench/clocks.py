"""Many open clocks at one node: what falls due next, and a year that arrives. `python -m tests.bench.clocks` runs it alone."""

import random
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import grpc
import typer
from rich.console import Console
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deadline_pb2 as pb
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import calendar_service_pb2_grpc, law_pb2

from services.enforcement.__main__ import SERVICE
from services.kit.access import mint
from services.kit.clocks.show import citation, stamp
from services.kit.dial import Target, blocking_channel
from services.kit.migrate import upgrade
from services.kit.store import micros, open_store
from services.kit.view import packed
from services.law.calendar import SHANGHAI, china
from services.law.clock import catalogue, due
from tests.bench.processes import NotReady, Process, Processes
from tests.bench.report import Report
from tests.bench.seed import NODE, write_settings
from tests.cable import free_port
from tests.proclaimed import arrangement

DUE, RECOUNT, MEMORY = (
    "what falls due, 50 of all clocks",
    "a year arrives, all clocks",
    "peak memory, a year arrives",
)
NOW = datetime(2026, 12, 20, 9, tzinfo=SHANGHAI)
# Each case has these clocks running, started up to so many days ago.
OPEN = {"PEN-15": 88, "PEN-09": 12, "PEN-19": 13}
CHUNK = 3000
ASKS = 60
LONGEST = 600
CASE = (
    "insert into 'case' (case_id, case_number, state, identity_number, party_name, act_day, matter, version, weighed,"
    " decided_item, record)"
    " values (:case_id, :case_number, 'INVESTIGATING', '', '示例当事人', '', '', 1, '', '', :record)"
)
COLUMNS = (
    "key", "subject", "clock_id", "law", "state", "start_time", "due_time", "provisional", "stage", "next_time",
    "sector", "excluded", "extensions", "edition", "earlier",
)  # fmt: skip
CLOCK = f"insert into clock ({', '.join(COLUMNS)}) values ({', '.join('?' * len(COLUMNS))})"


@dataclass(frozen=True)
class Started:
    """A clock of one kind that was started on one day."""

    start: datetime
    due: datetime
    provisional: bool
    shown: bytes
    """As a case shows it, without the case."""


@cache
def started(clock_id: str, day: date) -> Started:
    clock = catalogue()[clock_id]
    start = datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=10)
    end = due(clock, start, china())
    shown = law_pb2.Deadline(
        clock_id=clock_id,
        title_zh=clock.title_zh,
        title_en=clock.title_en,
        citation=citation(clock.law),
        state=law_pb2.CLOCK_STATE_RUNNING,
        start_time=stamp(start),
        due_time=stamp(end.at),
        provisional=end.provisional,
    )
    return Started(start, end.at, end.provisional, shown.SerializeToString())


def seed(folder: Path, clocks: int, port: int) -> tuple[Path, int]:
    """A department's database with so many open clocks; its settings, and how many of the clocks are provisional."""
    settings = write_settings(folder, grpc={"listen": f"127.0.0.1:{port}"}, clock={"file": "clock"})
    (folder / "clock").write_text(NOW.isoformat())
    file = folder / NODE / "enforcement.db"
    engine = open_store(f"sqlite:///{file}")
    upgrade(engine, SERVICE.metadata, SERVICE.migrations)
    engine.dispose()
    dice = random.Random(1)
    provisional = 0
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma synchronous=off")
        for first in range(0, clocks // len(OPEN), CHUNK):
            made = [one(n, dice) for n in range(first, min(first + CHUNK, clocks // len(OPEN)))]
            db.executemany(CASE, [case for case, _ in made])
            db.executemany(CLOCK, [row for _, rows in made for row in rows])
            provisional += sum(row[COLUMNS.index("provisional")] for _, rows in made for row in rows)
            db.commit()
    return settings, provisional


def one(n: int, dice: random.Random) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
    """A case with its clocks."""
    case_id = f"C-{n:08d}"
    rows, shown = [], []
    for clock_id, days in OPEN.items():
        clock = started(clock_id, NOW.date() - timedelta(days=dice.randrange(days)))
        subject = law_pb2.Deadline(subject_id=case_id).SerializeToString()
        shown.append(clock.shown + subject)
        start, end = micros(clock.start), micros(clock.due)
        values = (start, end, clock.provisional, 0, end, "market", "[]", "[]", "", "[]")
        rows.append(
            (f"{case_id}/{clock_id}", case_id, clock_id, catalogue()[clock_id].law, "RUNNING", *values)
        )
    number = f"示罚立〔2026〕{n}号"
    record = _base() + cases.Case(case_id=case_id, case_number=number).SerializeToString()
    record += packed(cases.Case.DEADLINES_FIELD_NUMBER, shown)
    return {"case_id": case_id, "case_number": number, "record": record}, rows


@cache
def _base() -> bytes:
    """What the cases have in common: as much as a case under inquiry usually holds."""
    officers = [
        cases.AssignedOfficer(officer_id=f"O-{n}", name=f"示例人员{n}", certificate_number=f"4407{n:08d}")
        for n in range(2)
    ]
    return cases.Case(
        node=NODE,
        body_id="B-1",
        body_name="示例执法机关",
        procedure=cases.PROCEDURE_ORDINARY,
        state=cases.CASE_STATE_INVESTIGATING,
        source=cases.CASE_SOURCE_SYSTEM,
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例当事人"),
        violation=penalties.Violation(title="示例违法行为", law="示例法第一条", place="示例路1号"),
        officers=officers,
        version=3,
    ).SerializeToString()


def proclaim(folder: Path) -> None:
    """Leave a year in the node's database as its reaction to the city's event does."""
    year = calendars.CalendarYear(version=1, load_time=stamp(NOW), **arrangement())
    with closing(sqlite3.connect(folder / NODE / "enforcement.db")) as db:
        db.execute(
            "insert into calendar_year values (2027, 1, ?, 0, '', 0, 0, 0)", (year.SerializeToString(),)
        )
        db.commit()


class Asking:
    """A client of the node."""

    def __init__(self, folder: Path, port: int):
        token = mint((folder / "token.key").read_bytes(), "head-1", NODE, ("AGENCY_HEAD",))
        self.metadata = (("authorization", f"Bearer {token}"),)
        self.channel = blocking_channel(Target(f"127.0.0.1:{port}"))
        grpc.channel_ready_future(self.channel).result(60)

    def due(self) -> Iterator[float]:
        """Milliseconds of asking for a page of what falls due, each page further on or before another time."""
        stub, token = rpc.EnforcementServiceStub(self.channel), ""
        for n in range(ASKS):
            before = stamp(NOW + timedelta(days=1 + n))
            request = pb.ListDeadlinesRequest(page_size=50, before_time=before, page_token=token)
            began = time.perf_counter()
            page = stub.ListDeadlines(request, metadata=self.metadata)
            yield 1000 * (time.perf_counter() - began)
            token = page.next_page_token

    def recount(self) -> calendars.Recount:
        stub = calendar_service_pb2_grpc.CalendarServiceStub(self.channel)
        asked = calendars.ListCalendarYearsRequest(first_year=2027, last_year=2027)
        [year] = stub.ListCalendarYears(asked, metadata=self.metadata).years
        return year.services[0]


def peak(process: Process) -> float:
    """The most memory that a process ever held, in MB."""
    lines = Path(f"/proc/{process.popen.pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def measure_clocks(folder: Path, processes: Processes, clocks: int, report: Report) -> None:
    """Seed, ask what falls due, let a year arrive; every row is checked afterwards."""
    folder.mkdir()
    port = free_port()
    settings, provisional = seed(folder, clocks, port)
    service = processes.start("clocks", "services.enforcement", str(settings), port=port).wait()
    delays = sorted(Asking(folder, port).due())
    processes.end(service)
    proclaim(folder)
    service = processes.start("clocks", "services.enforcement", str(settings), port=port).wait()
    asking, began = Asking(folder, port), time.perf_counter()
    while not (told := asking.recount()).done:
        if time.perf_counter() - began > LONGEST:
            raise NotReady(
                f"no recount within {LONGEST} s:\n{service.log.read_text(errors='replace')[-2000:]}"
            )
        time.sleep(0.05)
    took, worked = time.perf_counter() - began, service.seconds()
    report.add(DUE, [median(delays)], "ms")
    report.add(f"{DUE}, p95", [delays[len(delays) * 95 // 100]], "ms")
    report.add(RECOUNT, [took], "s")
    report.add(f"{RECOUNT}, processor", [worked], "s")
    report.add(MEMORY, [peak(service)], "MB")
    processes.end(service)
    verify(folder, told, provisional, report)


def verify(folder: Path, told: calendars.Recount, provisional: int, report: Report) -> None:
    """No clock is left provisional, and as many events as clocks that moved."""
    with closing(sqlite3.connect(folder / NODE / "enforcement.db")) as db:
        [[total, left]] = db.execute("select count(*), coalesce(sum(provisional), 0) from clock")
        [[moved]] = db.execute(
            "select count(*) from journal where type = 'yifa.enforcement.v1.DeadlineMoved'"
        )
    report.counts |= {"clocks": total, "provisional": provisional, "moved": moved}
    report.check("clocks left provisional", expected=0, found=left)
    report.check("events of moved clocks", expected=told.moved, found=moved)
    report.check("clocks that moved at all", expected=True, found=moved > 0)


def main(clocks: Annotated[int, typer.Option(help="How many clocks are open.")] = 1_000_000) -> None:
    """Measure the clocks alone."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="clocks-") as folder, Processes(Path(folder)) as processes:
        measure_clocks(Path(folder) / "node", processes, clocks, report)
    report.print(Console(width=120))


if __name__ == "__main__":
    typer.run(main)
