"""The service and what it is compared with, called in turn: interleaved rounds, so that a loaded machine hits all alike."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from yifa.enforcement.v1 import case_pb2, enforcement_service_pb2_grpc
from yifa.enforcement.v1 import evidence_pb2 as evidence

from services.enforcement.__main__ import SERVICE
from services.kit import journal
from services.kit.dial import Target, blocking_channel
from services.kit.store import kit_tables, open_store
from tests.bench import plain
from tests.bench.client import Tally
from tests.bench.processes import Process, Processes
from tests.bench.report import Report
from tests.bench.seed import CALLERS, NODE, Seeded
from tests.cable import free_port

PAGES = 20
IDS_PER_ROUND = 10**7
ECHO, WRITE, PLAIN, NO_STORE = "echo, c=32", "write, c=32", "plain SQLModel, c=32", "no store, c=32"
GET, LIST, ECHO_1, WRITE_1 = "get, c=32", "list of 50, c=32", "echo, c=1", "write, c=1"
TABLES = ("journal", "reply", "evidence")
RAW = "limit: raw SQLite, 32 a commit"


@dataclass(frozen=True)
class Size:
    """How much a bench does."""

    cases: int
    rounds: int
    seconds: float
    warm_up: float
    writes: int
    entries: int
    clocks: int
    film: int  # bytes
    lives: int
    told: int
    many: int
    """Cases of one department at once; `lives` are so many that are carried from the clue to the closing in a round, `told` of
    which the city is told.
    """


@dataclass(frozen=True)
class Contest:
    """One thing to measure: which server, which requests, from how many connections with how many calls each."""

    name: str
    server: str
    load: str
    connections: int = CALLERS
    streams: int = 32 // CALLERS
    against: tuple[str, ...] = ()


CONTESTS = (
    Contest(ECHO, "echo", "write"),
    Contest(WRITE, "service", "write", against=(ECHO, NO_STORE, PLAIN)),
    Contest(PLAIN, "plain", "write", against=(ECHO,)),
    Contest(NO_STORE, "nostore", "write", against=(ECHO,)),
    Contest(GET, "service", "get", against=(ECHO,)),
    Contest(LIST, "service", "list", against=(ECHO,)),
    Contest(ECHO_1, "echo", "write", 1, 1),
    Contest(WRITE_1, "service", "write", 1, 1, against=(ECHO_1,)),
)


@dataclass(frozen=True)
class Sample:
    """One round of one contest."""

    tally: Tally
    cpu: float
    """Processor time of the server for one call, in microseconds."""

    @property
    def rate(self) -> float:
        return self.tally.calls / self.tally.seconds


Results = dict[str, list[Sample]]


class Field:
    """The servers, each a process of its own, and the load client."""

    def __init__(self, folder: Path, processes: Processes):
        self.folder, self.processes = folder, processes
        self.plain_file = folder / "plain.db"
        self.port, self.sink = free_port(), free_port()
        self.sections = {
            "grpc": {"listen": f"127.0.0.1:{self.port}"},
            "telemetry": {
                "otlp": f"http://127.0.0.1:{self.sink}",
                "share": 0.1,
                "metrics": f"127.0.0.1:{free_port()}",
            },
        }
        self.servers: dict[str, Process] = {}
        self.rounds = 0

    def start(self, seeded: Seeded) -> None:
        """Start everything and write down the requests."""
        settings, sink = str(seeded.settings), f"http://127.0.0.1:{self.sink}"
        plain.fill(self.plain_file, seeded.database)
        start = self.processes.start
        self.servers = {
            "sink": self.own("sink", self.sink),
            "echo": self.own("echo", free_port()),
            "plain": self.own("plain", free_port(), str(self.plain_file)),
            "nostore": self.own("nostore", free_port(), settings, sink),
            "service": start("service", "services.enforcement", settings, port=self.port),
            "client": start("client", "tests.bench.client"),
        }
        for process in self.servers.values():
            if process.port:
                process.wait()
        seeded.writes().save(self.folder / "write.json")
        seeded.gets().save(self.folder / "get.json")
        seeded.lists(page_tokens(seeded, self.port)).save(self.folder / "list.json")

    def own(self, kind: str, port: int, *more: str) -> Process:
        return self.processes.start(kind, "tests.bench.server", kind, str(port), *more, port=port)

    def round(self, contest: Contest, size: Size) -> Sample:
        """Load one server for a while."""
        server = self.servers[contest.server]
        self.rounds += 1
        before = server.seconds()
        tally = self.servers["client"].order(
            load=str(self.folder / f"{contest.load}.json"),
            port=server.port,
            connections=contest.connections,
            streams=contest.streams,
            seconds=size.seconds,
            warm_up=size.warm_up,
            first_id=self.rounds * IDS_PER_ROUND,
        )
        return Sample(tally, 1e6 * (server.seconds() - before) / max(1, tally.acknowledged))

    def stop(self) -> None:
        for process in self.servers.values():
            self.processes.end(process)


def page_tokens(seeded: Seeded, port: int) -> list[str]:
    """The tokens of the first pages of the list, asked of the service itself."""
    tokens = [""]
    with blocking_channel(Target(f"127.0.0.1:{port}")) as channel:
        stub = enforcement_service_pb2_grpc.EnforcementServiceStub(channel)
        metadata = (("authorization", f"Bearer {seeded.token(0)}"),)
        while len(tokens) < PAGES:
            reply = stub.ListCases(
                case_pb2.ListCasesRequest(page_size=50, page_token=tokens[-1]), metadata=metadata
            )
            tokens.append(reply.next_page_token)
    return tokens


def compare(field: Field, size: Size, raw: Callable[[], float]) -> tuple[Results, list[float]]:
    """Every contest once a round, forth and back; and the raw limit beside them."""
    results: Results = {contest.name: [] for contest in CONTESTS}
    limits = []
    for n in range(size.rounds):
        for contest in CONTESTS if n % 2 == 0 else reversed(CONTESTS):
            results[contest.name].append(field.round(contest, size))
        limits.append(raw())
    return results, limits


def tell(results: Results, limits: list[float], report: Report) -> None:
    """The rows of the table."""
    rates = {name: [s.rate for s in samples] for name, samples in results.items()}
    for contest in CONTESTS:
        report.add(contest.name, rates[contest.name], "calls/s", **{a: rates[a] for a in contest.against})
    report.add(RAW, limits, "writes/s", **{WRITE: rates[WRITE]})
    cpu = {name: [s.cpu for s in samples] for name, samples in results.items()}
    for name in (ECHO, WRITE, PLAIN, NO_STORE, LIST):
        against = {} if name == ECHO else {f"{ECHO}, cpu": cpu[ECHO]}
        report.add(f"{name}, cpu", cpu[name], "us/call", **against)
    for name in (ECHO, WRITE, LIST, WRITE_1):
        report.add(f"{name}, p50", [1000 * s.tally.p50 for s in results[name]], "ms")
        report.add(f"{name}, p99", [1000 * s.tally.p99 for s in results[name]], "ms")


def verify(
    results: Results, seeded: Seeded, plain_file: Path, before: dict[str, int], report: Report
) -> None:
    """Every answer was good, and the databases hold exactly what was acknowledged."""
    for name, samples in results.items():
        for sample in samples:
            said = f" ({sample.tally.first_error})" if sample.tally.errors else ""
            report.check(f"{name}: errors{said}", expected=0, found=sample.tally.errors)
            report.check(f"{name}: answers at all", expected=True, found=sample.tally.calls > 0)
    acknowledged = sum(s.tally.acknowledged for name in (WRITE, WRITE_1) for s in results[name])
    report.counts["acknowledged"] = acknowledged
    for table, count in rows_in(seeded.database, TABLES).items():
        report.counts[table] = count - before[table]
        report.check(f"rows in {table}", expected=acknowledged, found=report.counts[table])
    planned = sum(s.tally.acknowledged for s in results[PLAIN])
    for table, count in rows_in(plain_file, ("evidence", "outbox")).items():
        report.check(f"rows in {table} of the plain design", expected=planned, found=count)
    read, faults = verify_chain(seeded)
    report.check("entries of the chain", expected=before["journal"] + acknowledged, found=read)
    report.check("faults of the chain", expected=0, found=faults)
    page = case_pb2.ListCasesResponse.FromString(bytes.fromhex(results[LIST][0].tally.sample))
    report.check("cases on a page", expected=50, found=len(page.cases))
    written = evidence.RecordEvidenceResponse.FromString(bytes.fromhex(results[NO_STORE][0].tally.sample))
    report.check("an answer without a store", expected=True, found=bool(written.evidence.evidence_id))


def rows_in(file: Path, tables: tuple[str, ...]) -> dict[str, int]:
    with closing(sqlite3.connect(file)) as db:
        return {table: db.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}


def verify_chain(seeded: Seeded) -> tuple[int, int]:
    """How many entries the journal has, and how many things are wrong with it."""
    engine, kit = open_store(f"sqlite:///{seeded.database}"), kit_tables(SERVICE.metadata)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
        read, faults = journal.verify(
            journal.walk(lambda after: journal.read(db, kit.journal, NODE, "enforcement", after))
        )
    engine.dispose()
    return read, len(faults)
