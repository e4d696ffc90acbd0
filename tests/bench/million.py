"""A million cases at one department: one of them, a list by state, what falls due soon, a party's past, what waits for whom.
`python -m tests.bench.million` runs it alone.
"""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer
from google.protobuf.message import Message
from rich.console import Console
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import deadline_pb2 as deadlines
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1 import work_pb2 as work
from yifa.law.v1.options_pb2 import Role

from services.enforcement.__main__ import SERVICE
from services.given.case import NO_GAINS, yuan
from services.kit.access import mint
from services.kit.clocks.show import stamp
from services.kit.dial import Target, blocking_channel
from services.kit.migrate import upgrade
from services.kit.store import open_store
from tests.bench.clocks import CLOCK, NOW, one
from tests.bench.processes import Processes
from tests.bench.report import DUE, GET, LIST, PARTY, WORK, Report
from tests.bench.seed import NODE, write_settings
from tests.cable import free_port

# Of so many cases: where they stand. The last is the state of all others.
STATES = ((0.001, "REVIEWING"), (0.01, "INVESTIGATING"), (0.02, "SERVED"), (1.0, "CLOSED"))
ITEMS, OF_A_PARTY = 200, 8
CHUNK, ASKS = 5_000, 300
CASE = (
    "insert into 'case' (case_id, case_number, state, identity_number, party_name, act_day, matter, version, weighed,"
    " decided_item, record) values (?, ?, ?, ?, ?, ?, '', 9, '', ?, ?)"
)


def seed(folder: Path, count: int, port: int) -> Path:
    """A department's database with so many cases; its settings."""
    settings = write_settings(folder, grpc={"listen": f"127.0.0.1:{port}"}, clock={"file": "clock"})
    (folder / "clock").write_text(NOW.isoformat())
    file, dice = folder / NODE / "enforcement.db", random.Random(1)
    engine = open_store(f"sqlite:///{file}")
    upgrade(engine, SERVICE.metadata, SERVICE.migrations)
    engine.dispose()
    with closing(sqlite3.connect(file)) as db:
        db.execute("pragma synchronous=off")
        for first in range(0, count, CHUNK):
            some = range(first, min(first + CHUNK, count))
            made = [case_of(n, count, dice) for n in some]
            db.executemany(CASE, made)
            open_ones = [n for n, row in zip(some, made, strict=True) if row[2] != "CLOSED"]
            db.executemany(CLOCK, [row for n in open_ones for row in one(n, dice)[1]])
            db.commit()
    return settings


def case_of(n: int, count: int, dice: random.Random) -> tuple[Any, ...]:
    """The row of a case: what it is found by, and as much of a record as a decided case has."""
    lot = dice.random()
    state = next(name for share, name in STATES if lot < share)
    case_id, number, item = f"C-{n:08d}", f"示罚立〔2026〕{n}号", f"示例法:{dice.randrange(ITEMS)}"
    party = f"91{dice.randrange(max(1, count // OF_A_PARTY)):016d}"
    name, acted = f"示例企业{party}", (NOW - timedelta(days=n % 700)).date().isoformat()
    record = _record(state, item) + cases.Case(case_id=case_id, case_number=number).SerializeToString()
    return case_id, number, state, party, name, acted, item if state == "CLOSED" else "", record


@cache
def _record(state: str, item: str) -> bytes:
    """What the cases have in common that stand in a state and are about an item."""
    fine = penalties.Penalty(
        kinds=[penalties.PENALTY_KIND_FINE], fine=yuan(30_000), benchmark_id=item, band_code="1",
        correction_order="立即改正", gains=NO_GAINS,
    )  # fmt: skip
    decision = cases.Decision(
        penalty=fine,
        decider="head-1",
        decide_time=stamp(NOW - timedelta(days=200)),
        document_number="示罚决〔2026〕1号",
    )
    return cases.Case(
        node=NODE, body_id="B-1", body_name="示例执法机关", procedure=cases.PROCEDURE_ORDINARY, version=9,
        state=cases.CaseState.Value(f"CASE_STATE_{state}"), source=cases.CASE_SOURCE_SYSTEM, sector="market",
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例当事人"),
        violation=penalties.Violation(
            title="示例违法行为", law="示例法第一条", place="示例路1号", benchmark_id=item,
            occur_time=stamp(NOW - timedelta(days=30)),
        ),
        clue=cases.Clue(summary="巡查发现排放口水样呈浅褐色，有异味，现场已采样。" * 4),
        officers=[{"officer_id": f"O-{n}", "name": f"示例人员{n}"} for n in range(2)],
        report="调查终结报告" * 20, proposal=fine, decision=decision if state == "CLOSED" else None,
    ).SerializeToString()  # fmt: skip


class Asking:
    """A client of the department, one call after the other."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        token = mint((folder / "token.key").read_bytes(), "head-1", NODE, ("AGENCY_HEAD",))
        self.metadata = (("authorization", f"Bearer {token}"),)
        channel = blocking_channel(Target(f"127.0.0.1:{port}"))
        grpc.channel_ready_future(channel).result(60)
        self.stub, self.dice, self.count = rpc.EnforcementServiceStub(channel), random.Random(2), count
        self.found = 0

    def any_case(self) -> str:
        return f"C-{self.dice.randrange(self.count):08d}"

    def get(self) -> tuple[str, Message]:
        return "GetCase", cases.GetCaseRequest(case_id=self.any_case())

    def listed(self) -> tuple[str, Message]:
        """Of states that are rare and states that are not, in turn."""
        name = self.dice.choice(STATES)[1]
        state = cases.CaseState.Value(f"CASE_STATE_{name}")
        return "ListCases", cases.ListCasesRequest(state=state, page_size=50)

    def due(self) -> tuple[str, Message]:
        before = stamp(NOW + timedelta(days=self.dice.randrange(1, 30)))
        return "ListDeadlines", deadlines.ListDeadlinesRequest(before_time=before, page_size=50)

    def of_party(self) -> tuple[str, Message]:
        return "EvaluatePenalty", benchmarks.EvaluatePenaltyRequest(case_id=self.any_case())

    def waiting(self) -> tuple[str, Message]:
        """Of one role, or of anybody."""
        role = self.dice.choice((Role.ROLE_UNSPECIFIED, Role.ROLE_LEGAL_REVIEWER, Role.ROLE_FINANCE))
        return "ListWork", work.ListWorkRequest(role=role, page_size=50)

    def times(self, ask: Callable[[], tuple[str, Message]]) -> Iterator[float]:
        """Milliseconds of each call; the first few, which warm up, are left out."""
        for n in range(-10, ASKS):
            method, request = ask()
            began = time.perf_counter()
            reply = getattr(self.stub, method)(request, metadata=self.metadata)
            took = 1000 * (time.perf_counter() - began)
            self.found += method == "GetCase" and reply.case.version == 9
            if n >= 0:
                yield took


def measure_million(folder: Path, processes: Processes, count: int, report: Report) -> None:
    """Seed, and ask each of these things some hundred times."""
    folder.mkdir()
    port = free_port()
    began = time.perf_counter()
    settings = seed(folder, count, port)
    report.add("cases put into the database", [count / (time.perf_counter() - began)], "cases/s")
    service = processes.start("million", "services.enforcement", str(settings), port=port).wait()
    asking = Asking(folder, port, count)
    for name, ask in (
        (GET, asking.get),
        (LIST, asking.listed),
        (DUE, asking.due),
        (PARTY, asking.of_party),
        (WORK, asking.waiting),
    ):
        times = sorted(asking.times(ask))
        report.add(f"{name}, p50", [times[len(times) // 2]], "ms")
        report.add(f"{name}, p99", [times[len(times) * 99 // 100]], "ms")
    processes.end(service)
    report.counts["cases"] = count
    report.check("cases found among many", expected=ASKS + 10, found=asking.found)


def main(count: Annotated[int, typer.Option(help="How many cases.")] = 1_000_000) -> None:
    """Measure many cases alone."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="million-") as folder, Processes(Path(folder)) as processes:
        measure_million(Path(folder) / "node", processes, count, report)
    report.print(Console(width=120))


if __name__ == "__main__":
    typer.run(main)
