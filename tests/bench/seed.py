"""The database that is measured: many cases under inquiry, each with two certified officers."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from google.protobuf.message_factory import GetMessageClass
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import insert, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import evidence_pb2
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1.post_pb2 import POST_RANK_DEPUTY

from services.enforcement.__main__ import SERVICE
from services.enforcement.body.model import Body
from services.enforcement.case.model import Case
from services.enforcement.deadline.model import Clock
from services.enforcement.head.model import Heads
from services.enforcement.officer.model import Standing
from services.enforcement.officer.reactions import FOREVER
from services.given.case import LAW, PLAIN, Dossier, case_up_to
from services.given.people import DEPUTY, HEAD
from services.given.say import Who, request
from services.kit.access import Gate, mint
from services.kit.ids import new_id
from services.kit.issuers import Issuers
from services.kit.service import Running, Service
from services.kit.settings import Settings
from services.kit.time import wall
from services.kit.tx import Tx
from services.law.heads import CHIEF
from services.supervision.__main__ import SERVICE as SUPERVISION
from services.supervision.certificate.model import Certificate
from tests.bench.client import PLACE, Load
from tests.issuing import issuing
from tests.layers import LAW_TOML, TOML
from tests.trust import tls

NODE, CITY, BODY = "huanbao", "city", "B-1"
CALLERS = 8
"""How many officers call; each has a colleague and a share of the cases."""


@dataclass(frozen=True)
class Seeded:
    """A seeded database: its settings file, its cases by calling officer, the key that signs tokens."""

    settings: Path
    key: bytes
    cases: list[list[str]]

    @property
    def database(self) -> Path:
        return self.settings.parent / NODE / "enforcement.db"

    def token(self, caller: int) -> str:
        return mint(self.key, f"O-{caller}", NODE, ("HANDLING_OFFICER",))

    def load(self, method: str, bodies: list[list[bytes]]) -> Load:
        callers = [(self.token(n), mine) for n, mine in enumerate(bodies)]
        return Load(f"/yifa.enforcement.v1.EnforcementService/{method}", callers)

    def writes(self) -> Load:
        """RecordEvidence for every case, in a random order."""
        bodies = [[evidence_request(case_id, n) for case_id in ids] for n, ids in enumerate(self.cases)]
        return self.load("RecordEvidence", bodies)

    def gets(self) -> Load:
        bodies = [[cases.GetCaseRequest(case_id=i).SerializeToString() for i in ids] for ids in self.cases]
        return self.load("GetCase", bodies)

    def lists(self, tokens: list[str]) -> Load:
        """ListCases, a page of 50 after each of the tokens."""
        pages = [cases.ListCasesRequest(page_size=50, page_token=t).SerializeToString() for t in tokens]
        return self.load("ListCases", [pages] * CALLERS)


def write_settings(folder: Path, *, secure: bool = False, **sections: dict[str, Any]) -> Path:
    """A node's file without NATS: it serves, in plain text unless `secure`, and reacts to nothing."""
    issuing(folder)
    text = f'[node]\nid = "{NODE}"\nkind = "department"\ncity = "{CITY}"\nservices = ["enforcement"]\n'
    text += '[token]\nissuers = "issuers.json"\n' + (LAW_TOML + tls(folder, NODE) if secure else TOML)
    text += (
        "[callers]\nrate = 1e9\nburst = 1e9\ncalls = 1000000\n"  # few callers stand for a department of them
    )
    for name, values in sections.items():
        lines = (
            f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}"
            for key, value in values.items()
        )
        text += f"[{name}]\n" + "\n".join(lines) + "\n"
    file = folder / "node.toml"
    file.write_text(text)
    return file


async def seed(folder: Path, count: int, **sections: dict[str, Any]) -> Seeded:
    """Carry one case to the inquiry through the service's own methods, and copy it under ids of their own."""
    file = write_settings(folder, **sections)
    async with opened(file) as running:
        await running.do(people)
        model = await one_case(running)
        ids = await asyncio.to_thread(copy, running, model, count)
    return Seeded(file, (folder / "token.key").read_bytes(), ids)


class opened:
    """A service's database opened by this process, closed at the end."""

    def __init__(self, file: Path, service: Service = SERVICE):
        settings = Settings.load(file)
        self.running = Running(service, settings, Gate(Issuers.of(settings), settings.node, settings.city))

    async def __aenter__(self) -> Running:
        return self.running

    async def __aexit__(self, *_: object) -> None:
        await self.running.close()


def people(tx: Tx) -> None:
    """A confirmed body and the officers, as the registry would have announced them."""
    tx.add(
        Body.new(
            body_id=BODY, name="示例执法机关", node=NODE, document_prefix="示罚", field="生态环境", seal="示章001",
            confirmed=True, version=1,
        )
    )  # fmt: skip
    # The service itself files the model of the cases, so it has to be a head.
    heads = {"system:enforcement": CHIEF, HEAD[0]: CHIEF, DEPUTY: int(POST_RANK_DEPUTY)}
    terms = tuple(
        {"appointment": f"AP-{who}", "officer": who, "rank": rank, "from": 0, "until": None, "version": 1}
        for who, rank in heads.items()
    )
    tx.add(Heads.new(body_id=BODY, terms=terms))
    for n in range(2 * CALLERS):
        held = {"number": number(n), "version": 1, "from": 0, "to": FOREVER, "revoked": False}
        certificates = ({**held, "suspensions": []},)
        tx.add(
            Standing.new(officer_id=f"O-{n}", name=name(n), node=NODE, version=1, certificates=certificates)
        )


async def tell_city(file: Path) -> None:
    """Give the city's supervision the officers' certificates, as its registry would have announced them."""
    issued, expires = wall() - timedelta(days=365), wall() + timedelta(days=365)

    def certificates(tx: Tx) -> None:
        for n in range(2 * CALLERS):
            tx.add(
                Certificate.new(
                    certificate_number=number(n), officer_id=f"O-{n}", officer_name=name(n),
                    issue_time=issued, expire_time=expires, version=1,
                )
            )  # fmt: skip

    async with opened(file, SUPERVISION) as running:
        await running.do(certificates)


def number(officer: int) -> str:
    return f"4407{officer:08d}"


def name(officer: int) -> str:
    return f"示例人员{officer}"


def pair(caller: int) -> tuple[str, str]:
    """An officer who calls and the colleague."""
    return f"O-{caller}", f"O-{caller + CALLERS}"


async def one_case(running: Running) -> str:
    """A case under inquiry."""
    service: Any = SERVICE.servicer

    async def do(rpc: str, _by: Who, /, **fields: Any) -> Any:
        asked = request("enforcement", rpc, **fields)
        answered = GetMessageClass(SERVICE.contract.methods_by_name[rpc].output_type)
        return answered.FromString(await running.do(lambda tx: getattr(service, rpc)(asked, tx)))

    occurred = Timestamp()
    occurred.FromDatetime(wall() - timedelta(days=30))
    about = penalties.Violation(title="示例违法行为", law=LAW, occur_time=occurred, place="示例路1号")
    summary = "巡查发现排放口水样呈浅褐色，有异味，现场已采样。"
    dossier = await case_up_to(do, "INVESTIGATING", BODY, pair(0), summary=summary, violation=about)
    return dossier.case_id


def copy(running: Running, model: str, count: int) -> list[list[str]]:
    """Copies of a case with its clocks and assignments; the ids, by the officer who may act."""
    table, clocks = Case.__table__, Clock.__table__
    assignment = SERVICE.metadata.tables["assignment"]
    ids: list[list[str]] = [[] for _ in range(CALLERS)]
    with running.engine.begin() as db:
        row = db.execute(select(table).where(table.c.case_id == model)).one()
        values = row._asdict()
        model_clocks = [c._asdict() for c in db.execute(select(clocks).where(clocks.c.subject == model))]
        rows: dict[Any, list[dict[str, Any]]] = {table: [], clocks: [], assignment: []}
        for n in range(count):
            case_id, caller = new_id("C-"), n % CALLERS
            case = cases.Case.FromString(row.record)
            case.case_id, case.case_number = case_id, f"示罚立〔{wall().year}〕{n + 2}号"
            for slot, officer in zip(case.officers, (caller, caller + CALLERS), strict=True):
                slot.officer_id = officer_id = f"O-{officer}"
                slot.name, slot.certificate_number = name(officer), number(officer)
                key = f"{case_id}/{officer_id}"
                rows[assignment].append({"assignment_id": key, "case_id": case_id, "officer_id": officer_id})
            for deadline in case.deadlines:
                deadline.subject_id = case_id
            record = {"record": case.SerializeToString(), "case_id": case_id, "case_number": case.case_number}
            rows[table].append(values | record)
            for clock in model_clocks:
                rows[clocks].append(clock | {"key": f"{case_id}/{clock['clock_id']}", "subject": case_id})
            ids[caller].append(case_id)
        for into, many in rows.items():
            db.execute(insert(into), many)
    for mine in ids:
        random.shuffle(mine)
    return ids


def evidence_request(case_id: str, caller: int) -> bytes:
    evidence = PLAIN["RecordEvidence"].says(Dossier(case_id, BODY, pair(caller)))
    asked = request("enforcement", "RecordEvidence", request_id=PLACE.decode(), case_id=case_id, **evidence)
    asked.sha256, asked.location = bytes(range(32)), f"evidence/{case_id}/site-record.pdf"
    return asked.SerializeToString()


async def backlog(file: Path, entries: int, case_ids: list[str]) -> None:
    """Put events into a journal that nobody has relayed yet."""
    async with opened(file) as running:
        table = Case.__table__
        for wanted in chunks(case_ids * (entries // len(case_ids) + 1), entries):
            found = running.rows(select(table.c.record).where(table.c.case_id.in_(wanted)))
            records = [cases.Case.FromString(row.record) for row in found]

            def emit(tx: Tx, records: list[Any] = records, times: int = len(wanted)) -> None:
                for n in range(times):
                    case = records[n % len(records)]
                    evidence = evidence_pb2.Evidence(
                        evidence_id=tx.new_id("E-"), case_id=case.case_id, title="笔录"
                    )
                    tx.emit(events.EvidenceRecorded(case=case, evidence=evidence), subject=case.case_id)

            await running.do(emit)


def chunks(items: list[str], total: int, size: int = 500) -> Iterator[list[str]]:
    for at in range(0, total, size):
        yield items[at : min(at + size, total)]
