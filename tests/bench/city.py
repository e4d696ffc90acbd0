"""The city at a million cases and ten million events: every list that a supervisor opens, a page of each.
`python -m tests.bench.city` runs it alone.
"""

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import grpc
import typer
from google.protobuf.message import Message
from rich.console import Console
from sqlalchemy import insert
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import deadline_pb2 as deadlines
from yifa.supervision.v1 import filing_pb2 as filings
from yifa.supervision.v1 import overview_pb2 as overviews
from yifa.supervision.v1 import supervision_service_pb2_grpc as rpc
from yifa.supervision.v1 import warning_pb2 as warnings
from yifa.supervision.v1 import watch_pb2 as watching

from services.kit.access import mint
from services.kit.clocks.show import stamp
from services.kit.dial import Target, blocking_channel
from services.kit.migrate import upgrade
from services.kit.store import Row, micros, open_store
from services.supervision.__main__ import SERVICE
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from services.supervision.event.model import Received, Source
from services.supervision.filing.model import Filing
from services.supervision.search.model import number_of
from services.supervision.warning.model import Warning
from tests.bench.processes import Processes
from tests.bench.report import LISTS, Report
from tests.cable import free_port
from tests.supervision.office import CITY, at, settings

NOW = at("2026-11-20 09:00")
DEPARTMENTS, EVENTS, ASKS = 20, 10, 20
OPEN_ONES, WARNED, FILED = 50, 40, 25
"""Of so many cases one is open, has been warned of, was filed with the city."""
DAY = micros(NOW) - micros(NOW - timedelta(days=1))
NODE, CASE = f"printf('d%02d', i % {DEPARTMENTS})", "printf('C-%08d', i)"
RULE = "substr('EW-02EW-05EW-07EW-09EW-20', 1 + 5 * (i % 5), 5)"
AGO = f"{micros(NOW)} - (i * 7919 % 700) * {DAY} - i"


def seed(folder: Path, count: int, port: int) -> Path:
    """A city's database with so many cases and ten times as many events; its settings."""
    settings(folder, grpc={"listen": f"127.0.0.1:{port}"})
    (folder / "clock").write_text(NOW.isoformat())
    (folder / CITY).mkdir(exist_ok=True)
    file = folder / CITY / "supervision.db"
    engine = open_store(f"sqlite:///{file}")
    upgrade(engine, SERVICE.metadata, SERVICE.migrations)
    models = {kind: made(count) for kind, made in MODELS.items()}
    with engine.begin() as connection:
        for kind, (model, _, _) in models.items():
            values = {column.name: model.__dict__[column.name] for column in kind.__table__.columns}  # type: ignore[attr-defined]
            connection.execute(insert(kind), values)
        sources = [{"node": f"d{n:02d}", "events": EVENTS * count // DEPARTMENTS} for n in range(DEPARTMENTS)]
        connection.execute(insert(Source), [*sources, {"node": "*", "events": EVENTS * count}])
    engine.dispose()
    with closing(sqlite3.connect(file)) as db:
        for faster in ("journal_mode=off", "synchronous=off", "cache_size=-1000000"):
            db.execute(f"pragma {faster}")
        for kind, (_, many, columns) in models.items():
            multiply(db, kind.__table__, many, columns)  # type: ignore[attr-defined]
        db.create_function("number_of", 1, number_of, deterministic=True)
        names = "case_number || char(10) || party_name || char(10) || violation_title"
        db.execute(f"insert into searched select case_id, number_of(case_id), {names} from caseview")
        db.commit()
        db.execute("pragma journal_mode=wal")
    return folder / "city.toml"


def multiply(db: sqlite3.Connection, table: Any, many: int, columns: Mapping[str, str]) -> None:
    """So many rows like the one that stands in a table, `columns` of them made from their number i; that one goes."""
    names = [column.name for column in table.columns]
    key = next(iter(table.primary_key.columns)).name
    made = ", ".join(columns.get(name, f"model.{name}") for name in names)
    db.execute(
        f"with recursive n(i) as (select 0 union all select i + 1 from n where i < {many - 1})"
        f" insert into '{table.name}' ({', '.join(names)}) select {made} from n, '{table.name}' as model"
        f" where model.{key} = 'model'"
    )
    db.execute(f"delete from '{table.name}' where {key} = 'model'")
    db.commit()


def case_model(count: int) -> tuple[Row, int, Mapping[str, str]]:
    record = cases.Case(
        case_id="C-00000000", node="d00", body_id="B-1", body_name="示例执法机关", version=9,
        clue=cases.Clue(summary="巡查发现排放口水样呈浅褐色，有异味，现场已采样。" * 4), report="调查终结报告" * 20,
    )  # fmt: skip
    model = CaseView.new(
        case_id="model", node="", body_name="示例执法机关", violation_title="示例违法行为", fine=3_000_000, version=9,
        update_time=NOW, procedure=cases.PROCEDURE_ORDINARY, record=record.SerializeToString(),
    )  # fmt: skip
    states = cases.CASE_STATE_INVESTIGATING, cases.CASE_STATE_CLOSED
    return model, count, {
        "case_id": CASE, "node": NODE, "body_id": f"'B-' || (i % {DEPARTMENTS})",
        "case_number": "'示罚立〔2026〕' || i || '号'", "party_name": f"'示例企业' || (i % {max(1, count // 8)})",
        "state": f"iif(i % {OPEN_ONES}, {states[1]}, {states[0]})", "update_time": AGO,
        "taken_time": AGO, "decide_time": AGO, "close_time": f"iif(i % {OPEN_ONES}, {AGO}, null)",
        "act": "'示例法:' || (i % 200)", "item_id": "'I-' || (i % 300)",
    }  # fmt: skip


def event_model(count: int) -> tuple[Row, int, Mapping[str, str]]:
    model = Received.new(
        key="model", position=10**12, event_id="", type="yifa.enforcement.v1.EvidenceRecorded", node="", service="enforcement",
        actor="O-1", subject="", occur_time=NOW, receive_time=NOW, trace="", journal_seq=1, hash=b"\1" * 32, data=b"\0" * 300,
    )  # fmt: skip
    its, when = f"printf('C-%08d', i / {EVENTS})", f"{micros(NOW)} - ({EVENTS * count} - i) * 60000"
    return model, EVENTS * count, {
        "key": "'d/' || i", "event_id": "printf('%036d', i)", "position": "i + 1", "subject": its, "case_id": its,
        "node": NODE.replace("i %", f"i / {EVENTS} %"), "journal_seq": f"i / {DEPARTMENTS}", "occur_time": when,
        "receive_time": when,
    }  # fmt: skip


def warning_model(count: int) -> tuple[Row, int, Mapping[str, str]]:
    model = Warning.new(
        warning_id="model", rule_id="EW-02", level=0, state=0, node="", detail_zh="期限已过", detail_en="The term is over",
        law="APL-2021:60", occur_time=NOW, raise_time=NOW,
    )  # fmt: skip
    states = warnings.WARNING_STATE_SETTLED, warnings.WARNING_STATE_OPEN
    return model, count // WARNED, {
        "warning_id": "printf('W-%08d', i)", "case_id": f"printf('C-%08d', i * {WARNED})", "level": "1 + i % 3",
        "rule_id": RULE, "node": NODE, "raise_time": AGO,
        "occur_time": AGO, "state": f"iif(i % 10, {states[0]}, {states[1]})",
    }  # fmt: skip


def clock_model(count: int) -> tuple[Row, int, Mapping[str, str]]:
    model = Clock.new(
        key="model", subject="", clock_id="PEN-15", law="APL-2021:60", state="", start_time=NOW, due_time=NOW, provisional=False,
    )  # fmt: skip
    running = f"i / 3 % {OPEN_ONES} = 0"
    soon = f"{micros(NOW)} + (i % 90) * {DAY} + i"
    return model, 3 * count, {
        "key": "printf('C-%08d/PEN-%02d', i / 3, i % 3)", "subject": "printf('C-%08d', i / 3)",
        "state": f"iif({running}, 'RUNNING', 'MET')", "due_time": f"iif({running}, {soon}, {AGO})",
        "next_time": f"iif({running}, {soon}, null)", "stop_time": f"iif({running}, null, {AGO})",
    }  # fmt: skip


def filing_model(count: int) -> tuple[Row, int, Mapping[str, str]]:
    model = Filing.new(
        filing_id="model", case_id="", node="", case_number="", decision_number="示罚决〔2026〕1号", party_name="示例企业",
        fine=3_000_000, state="", decide_time=NOW, due_time=NOW,
    )  # fmt: skip
    return model, count // FILED, {
        "filing_id": "printf('F-%08d', i)", "case_id": f"printf('C-%08d', i * {FILED})", "node": NODE,
        "state": "iif(i % 100, 'ACCEPTED', 'FILED')", "decide_time": AGO, "due_time": AGO,
    }  # fmt: skip


MODELS: Mapping[type[Row], Callable[[int], tuple[Row, int, Mapping[str, str]]]] = {
    CaseView: case_model,
    Received: event_model,
    Warning: warning_model,
    Clock: clock_model,
    Filing: filing_model,
}


class Supervisor:
    """Who opens the lists of the city, one after the other."""

    def __init__(self, folder: Path, port: int, count: int) -> None:
        token = mint((folder / "token.key").read_bytes(), "oversight-1", CITY, ("OVERSIGHT",))
        self.metadata = (("authorization", f"Bearer {token}"),)
        channel = blocking_channel(Target(f"127.0.0.1:{port}"))
        grpc.channel_ready_future(channel).result(60)
        self.stub, self.dice, self.count = rpc.SupervisionServiceStub(channel), random.Random(2), count

    def asks(self) -> Mapping[str, Callable[[], tuple[str, Message]]]:
        """What is asked, by its name."""
        number, dice = self.count, self.dice

        def listed(**wanted: Any) -> tuple[str, Message]:
            return "ListCases", views.ListCasesRequest(page_size=50, **wanted)

        def warned(**wanted: Any) -> tuple[str, Message]:
            return "ListWarnings", warnings.ListWarningsRequest(page_size=50, **wanted)

        def department() -> str:
            return f"d{dice.randrange(DEPARTMENTS):02d}"

        def one() -> tuple[str, Message]:
            return "GetCase", views.GetCaseRequest(case_id=f"C-{dice.randrange(number):08d}")

        def due() -> tuple[str, Message]:
            before = stamp(NOW + timedelta(days=dice.randrange(1, 60)))
            return "ListDeadlines", deadlines.ListDeadlinesRequest(before_time=before, page_size=50)

        investigating = cases.CASE_STATE_INVESTIGATING
        return {
            "overview": lambda: ("GetOverview", overviews.GetOverviewRequest()),
            "all cases": listed,
            "cases of a department": lambda: listed(node=department()),
            "cases in a state": lambda: listed(state=investigating),
            "cases of a department in a state": lambda: listed(node=department(), state=investigating),
            "cases with warnings": lambda: listed(only_warned=True),
            "a case by its number": lambda: listed(query=f"〔2026〕{dice.randrange(number)}号"),
            "cases of a party": lambda: listed(query=f"示例企业{dice.randrange(max(1, number // 8))}"),
            "cases that nothing is found of": lambda: listed(query="没有这个当事人"),
            "one case": one,
            "open warnings": lambda: warned(state=warnings.WARNING_STATE_OPEN),
            "warnings of a rule": lambda: warned(rule_id="EW-07"),
            "warnings of a department": lambda: warned(node=department()),
            "what falls due": due,
            "filings": lambda: ("ListFilings", filings.ListFilingsRequest(page_size=50)),
            "filings that wait": lambda: (
                "ListFilings", filings.ListFilingsRequest(page_size=50, state=filings.FILING_STATE_FILED),
            ),
        }  # fmt: skip

    def times(self, ask: Callable[[], tuple[str, Message]], many: int) -> list[float]:
        """Milliseconds of each call, in order; the first three, which warm up, are left out."""
        found = []
        for n in range(-3, many):
            method, request = ask()
            began = time.perf_counter()
            getattr(self.stub, method)(request, metadata=self.metadata)
            if n >= 0:
                found.append(1000 * (time.perf_counter() - began))
        return sorted(found)

    def from_position(self) -> float:
        """Milliseconds until the first hundred events from anywhere in the stream are there."""
        after = self.dice.randrange(EVENTS * self.count - 200)
        began = time.perf_counter()
        stream = self.stub.Watch(watching.WatchRequest(after_position=after), metadata=self.metadata)
        for n, _ in enumerate(stream):
            if n == 99:
                break
        stream.cancel()
        return 1000 * (time.perf_counter() - began)


def measure_city(folder: Path, processes: Processes, count: int, report: Report) -> None:
    """Seed, and open each list some times."""
    folder.mkdir()
    port = free_port()
    file = seed(folder, count, port)
    service = processes.start("city", "services.supervision", str(file), port=port).wait()
    supervisor = Supervisor(folder, port, count)
    worst = 0.0
    for name, ask in supervisor.asks().items():
        times = supervisor.times(ask, ASKS)
        report.add(f"{name}, p50", [times[len(times) // 2]], "ms")
        worst = max(worst, times[-1])
    report.add("a hundred events from anywhere", [supervisor.from_position() for _ in range(ASKS)], "ms")
    report.add(LISTS, [worst], "ms")
    processes.end(service)
    report.counts |= {"cases at the city": count, "events at the city": EVENTS * count}


def main(count: Annotated[int, typer.Option(help="How many cases.")] = 1_000_000) -> None:
    """Measure the lists of the city alone."""
    report = Report()
    with tempfile.TemporaryDirectory(prefix="city-") as folder, Processes(Path(folder)) as processes:
        measure_city(Path(folder) / "node", processes, count, report)
    report.print(Console(width=120))


if __name__ == "__main__":
    typer.run(main)
