"""The city legal office under test: its supervision service, and departments whose journals it reads."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from google.rpc import error_details_pb2
from grpc_status import rpc_status
from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import certificate_pb2, legal_adviser_pb2, post_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import supervision_service_pb2_grpc as rpc
from yifa.supervision.v1 import warning_pb2
from yifa.supervision.v1 import watch_pb2 as watching

from services.given.case import ADDRESS, NO_GAINS, paper_elsewhere, verified
from services.kit.access import mint
from services.kit.arrival import message_class
from services.kit.dial import Target, channel
from services.kit.ids import uuid7
from services.kit.journal import GENESIS, Envelope, headers, seal
from services.kit.node import Node
from services.kit.reader import Batch, Delivery
from services.kit.settings import Settings
from services.kit.signature import signed
from services.kit.signing import Signer
from services.kit.store import micros
from services.law.calendar import SHANGHAI
from services.supervision.__main__ import SERVICE
from services.supervision.deadline.firing import CLOCKS
from services.supervision.warning.monthly import JUDGING, written
from services.supervision.warning.seen import month_of
from tests.database import make_ready
from tests.issuing import issuing
from tests.layers import SECTION

DEADLINE = 30.0
CITY, ENVIRONMENT, URBAN, MARKET = "city", "huanbao", "chengguan", "shichang"
SECTORS = {ENVIRONMENT: "environment", URBAN: "housing", MARKET: "market"}
"""The pack that the cases of a department go by."""
TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"
OPEN, SETTLED, WITHDRAWN = (
    warning_pb2.WARNING_STATE_OPEN,
    warning_pb2.WARNING_STATE_SETTLED,
    warning_pb2.WARNING_STATE_WITHDRAWN,
)


def at(text: str) -> datetime:
    """A moment in Shanghai, as "2026-03-02 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@dataclass
class Journal:
    """The journal of one service at one node, as the bus would deliver it."""

    node: str
    service: str
    seq: int = 0
    last: bytes = GENESIS
    counts: dict[str, int] = field(default_factory=dict)
    signer: Signer | None = None

    def entry(self, event: Message, when: datetime, subject: str = "", to: str = "city") -> Delivery:
        """The next entry, sealed."""
        self.seq += 1
        self.counts[to] = self.counts.get(to, 0) + 1
        prev, data, event_id = self.last, event.SerializeToString(deterministic=True), str(uuid7())
        fields = (
            self.seq,
            event_id,
            event.DESCRIPTOR.full_name,
            to,
            self.counts[to],
            subject,
            micros(when),
            "O-1",
            "",
            TRACE,
            data,
        )
        self.last = seal(prev, *fields)
        e = Envelope(self.node, self.service, *fields, prev, self.last)
        name = event.DESCRIPTOR.name
        kind = f"law.{to}.{self.node}.{self.service}.{name}"
        signature = signed([e], self.signer)[0] if self.signer is not None else ""
        return Delivery(self.seq, kind, to, self.node, self.service, name, headers(e, TRACE, signature), data)


class Office:
    """A running supervision service, spoken to over gRPC; events come as the bus would bring them."""

    def __init__(self, node: Node, folder: Path):
        self.node, self.folder = node, folder
        self.running = node.running("supervision")
        key = (folder / "token.key").read_bytes()
        token = mint(key, "oversight-1", CITY, ("OVERSIGHT",))
        self.metadata = (("authorization", f"Bearer {token}"),)
        self.anybody = (("authorization", f"Bearer {mint(key, 'anybody', CITY, ('PUBLIC',))}"),)
        # Without probing, a reader's window stays at 64 KiB, and what the service does for a slow one shows.
        options = [("grpc.http2.bdp_probe", 0)]
        self.channel = channel(Target(f"127.0.0.1:{node.port}"), options)
        self.stub = rpc.SupervisionServiceStub(self.channel)
        self.journals: dict[tuple[str, str], Journal] = {}
        self.signers: dict[str, Signer] = {}
        self.echoed = 0

    def clock(self, when: str | datetime) -> None:
        """Set the node's time."""
        moment = at(when) if isinstance(when, str) else when
        waiting = self.folder / "clock.new"
        waiting.write_text(moment.isoformat())
        waiting.replace(self.folder / "clock")

    def journal(self, node: str, service: str) -> Journal:
        made = Journal(node, service, signer=self.signers.get(node))
        return self.journals.setdefault((node, service), made)

    async def take(self, *deliveries: Delivery) -> None:
        """Have the service react to what a reader brings."""
        source = "local" if deliveries[0].sender == CITY else "law.>"
        await self.running.reactor.take(source, Batch(list(deliveries)))

    async def tell(self, case: case_pb2.Case, name: str, when: str | datetime, **more: Any) -> Delivery:
        """The department of a case tells of an act, with the case as it stands after it."""
        delivery = self.told(case, name, when, **more)
        await self.take(delivery)
        return delivery

    async def tell_beside(self, record: Any, name: str, when: str | datetime) -> Delivery:
        """The department tells of an act about what runs beside a case, with the record as it stands after it."""
        moment = at(when) if isinstance(when, str) else when
        record.version += 1
        record.update_time.FromDatetime(moment)
        kind: Any = getattr(enforcement, name)
        [field] = [f.name for f in kind.DESCRIPTOR.fields if f.message_type is record.DESCRIPTOR]
        event = kind(**{field: record})
        key = getattr(record, record.DESCRIPTOR.fields[0].name)
        delivery = self.journal(record.node, "enforcement").entry(event, moment, key)
        await self.take(delivery)
        return delivery

    def told(self, case: case_pb2.Case, name: str, when: str | datetime, **more: Any) -> Delivery:
        """The event of an act, not yet brought to the office."""
        moment = at(when) if isinstance(when, str) else when
        case.version += 1
        case.update_time.FromDatetime(moment)
        event = getattr(enforcement, name)(case=case, **more)
        return self.journal(case.node, "enforcement").entry(event, moment, case.case_id)

    async def certify(
        self, officer: str, issued: str = "2025-01-01 00:00", expires: str = "2029-01-01 00:00", **more: Any
    ) -> None:
        """The city's registry issues a certificate."""
        certificate = certificate_pb2.Certificate(
            certificate_number=number_of(officer),
            officer_id=officer,
            officer_name=f"执法人员{officer}",
            node=ENVIRONMENT,
            issue_time=at(issued),
            expire_time=at(expires),
            version=1,
            **more,
        )
        await self.registry(registry.CertificateIssued(certificate=certificate))

    async def appoint(self, body_id: str, *heads: str, node: str = ENVIRONMENT) -> None:
        """A department's registry tells who heads a body: the first is its chief."""
        for n, head in enumerate(heads):
            held = post_pb2.Appointment(
                appointment_id=f"AP-{body_id}-{head}", body_id=body_id, node=node, officer_id=head, version=1,
                from_time=at("2020-01-01 00:00"), rank=post_pb2.POST_RANK_DEPUTY if n else post_pb2.POST_RANK_CHIEF,
            )  # fmt: skip
            told = self.journal(node, "registry").entry(
                registry.OfficerAppointed(appointment=held), at("2026-01-01 00:00"), held.appointment_id
            )
            await self.take(told)

    async def suspend(
        self, officer: str, since: str, until: str = "", version: int = 2, told: str = ""
    ) -> None:
        """The city's registry tells of a suspension."""
        suspension = certificate_pb2.Suspension(from_time=at(since), until_time=at(until) if until else None)
        certificate = certificate_pb2.Certificate(
            certificate_number=number_of(officer),
            officer_id=officer,
            officer_name=f"执法人员{officer}",
            issue_time=at("2025-01-01 00:00"),
            expire_time=at("2029-01-01 00:00"),
            suspensions=[suspension],
            version=version,
        )
        await self.registry(registry.CertificateSuspended(certificate=certificate))

    async def adviser(
        self, adviser_id: str, body_id: str = "", entered: str | datetime = "2020-01-01 00:00"
    ) -> None:
        """The city's registry has entered a legal adviser of a body, or of the government."""
        since = at(entered) if isinstance(entered, str) else entered
        adviser = legal_adviser_pb2.LegalAdviser(
            adviser_id=adviser_id, name=adviser_id, body_id=body_id, government=not body_id, version=1,
            from_time=since, enter_time=since,
        )  # fmt: skip
        await self.registry(registry.LegalAdviserEntered(adviser=adviser))

    async def registry(self, event: Message, node: str = CITY) -> None:
        await self.take(self.journal(node, "registry").entry(event, self.running.now()))

    async def echo(self) -> None:
        """Bring the service its own events, as the stream of its node does."""
        entries = self.running.entries(self.echoed, 10_000)
        self.echoed += len(entries)
        for e in entries:
            name = e.type.rpartition(".")[2]
            subject = f"evt.{e.to}.{e.service}.{name}"
            await self.take(
                Delivery(e.seq, subject, e.to, e.node, e.service, name, headers(e, e.trace), e.data)
            )

    def emitted(self, kind: type[Message] | None = None) -> list[Any]:
        """What the service announced, in order."""
        entries = self.running.entries(0, 10_000)
        events = [message_class(e.type).FromString(e.data) for e in entries]
        return [e for e in events if kind is None or isinstance(e, kind)]

    def addressees(self, kind: type[Message]) -> set[str]:
        return {e.to for e in self.running.entries(0, 10_000) if e.type == kind.DESCRIPTOR.full_name}

    async def call(self, name: str, request: Message) -> Any:
        return await getattr(self.stub, name)(request, metadata=self.metadata, timeout=DEADLINE)

    async def open_call(self, name: str, request: Message) -> Any:
        """A call as anybody makes it."""
        return await getattr(self.stub, name)(request, metadata=self.anybody, timeout=DEADLINE)

    async def refused(self, name: str, request: Message) -> tuple[grpc.StatusCode, str, list[str]]:
        """The code, reason and articles with which a call is refused."""
        try:
            await self.call(name, request)
        except grpc.aio.AioRpcError as error:
            status = rpc_status.from_call(error)
            info, articles = error_details_pb2.ErrorInfo(), []
            for detail in status.details:
                detail.Unpack(info)
                precondition = error_details_pb2.PreconditionFailure()
                if detail.Unpack(precondition):
                    articles = [v.subject for v in precondition.violations]
            return error.code(), info.reason, articles
        raise AssertionError(f"{name} was not refused")

    async def warnings(self, **wanted: Any) -> list[warning_pb2.Warning]:
        reply = await self.call("ListWarnings", warning_pb2.ListWarningsRequest(page_size=500, **wanted))
        return list(reply.warnings)

    async def found(self, rule_id: str) -> list[tuple[int, int]]:
        """Level and state of the warnings of a rule."""
        return [(w.level, w.state) for w in await self.warnings(rule_id=rule_id)]

    async def case(self, case_id: str) -> Any:
        return (await self.call("GetCase", views.GetCaseRequest(case_id=case_id))).case

    def watch(self, **wanted: Any) -> Any:
        return self.stub.Watch(watching.WatchRequest(**wanted), metadata=self.metadata)

    async def until(self, condition: Callable[[], Any], what: str = "") -> Any:
        """Wait until an asynchronous condition gives something."""
        try:
            async with asyncio.timeout(DEADLINE):
                while not (outcome := await condition()):
                    await self.running.changed(0.05)
                return outcome
        except TimeoutError:
            raise AssertionError(f"not within {DEADLINE} s: {what}") from None

    async def ticked(self) -> None:
        """Wait until every clock that is due has fired."""
        due = select(CLOCKS.c.key).where(CLOCKS.c.next_time <= self.running.now()).limit(1)

        async def done() -> bool:
            return self.running.view().one(due) is None

        await self.until(done, "clocks fire")

    async def months(self) -> None:
        """Wait until every month that is over is judged, and what came late by then was looked at."""

        async def done() -> bool:
            row = self.running.view().one(select(*JUDGING.c))
            now = self.running.now()
            waits = row is not None and bool(row.again) and row.again_time <= now
            return (
                row is not None
                and row.ready
                and row.next_month == row.bound >= written(month_of(now))
                and not waits
            )

        await self.until(done, "months are judged")


def number_of(officer: str) -> str:
    return f"4401{officer}"


def settings(folder: Path, **sections: dict[str, Any]) -> Settings:
    """A city node's settings in a folder, written and read."""
    issuing(folder)
    tables = {
        "node": {"id": CITY, "kind": "city", "city": CITY, "services": ["supervision"]},
        "token": {"issuers": "issuers.json"},
        "clock": {"file": "clock"},
        "law": SECTION,
        "tls": {"plain": True},
        **sections,
    }
    lines = []
    for name, table in tables.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {json.dumps(value)}" for key, value in table.items()]
    path = folder / "city.toml"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return Settings.load(path)


@asynccontextmanager
async def running_office(
    folder: Path, when: str = "2026-03-02 09:00", **sections: dict[str, Any]
) -> AsyncIterator[Office]:
    """An office that runs until the block ends."""
    made = settings(folder, **sections)
    (folder / "clock").write_text(at(when).isoformat())
    make_ready(made)
    node = Node(made, [SERVICE])
    task = asyncio.create_task(node.serve())
    ready = asyncio.create_task(node.ready.wait())
    await asyncio.wait([task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=DEADLINE)
    if task.done():
        task.result()
    office = Office(node, folder)
    try:
        yield office
    finally:
        await office.channel.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def new_case(
    case_id: str = "C-1", node: str = ENVIRONMENT, officers: tuple[str, ...] = ("O-1", "O-2")
) -> case_pb2.Case:
    """A case as its department first tells of it."""
    return case_pb2.Case(
        case_id=case_id,
        case_number=f"环罚立〔2026〕{case_id}号",
        node=node,
        sector=SECTORS.get(node, ""),
        body_name="示例市生态环境局",
        procedure=case_pb2.PROCEDURE_ORDINARY,
        state=case_pb2.CASE_STATE_FILED,
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name=f"示例公司{case_id}"),
        violation=penalties.Violation(
            title="未批先建", law="环境影响评价法第三十一条", occur_time=at("2026-02-20 10:00")
        ),
        clue=case_pb2.Clue(evidence=[case_pb2.FirstEvidence(title="现场核查记录", source="现场核查")]),
        evidence_count=1,
        evidence_marks=verified(1),
        officers=[
            case_pb2.AssignedOfficer(officer_id=o, name=f"执法人员{o}", certificate_number=number_of(o))
            for o in officers
        ],
    )


def lawful(case: case_pb2.Case, fine: int = 1_000_000, when: str = "2026-03-20 10:00") -> case_pb2.Case:
    """The case as it stands when decided with notice, waiver and review, all as the law asks."""
    case.state = case_pb2.CASE_STATE_DECIDED
    case.notice.serve_time.FromDatetime(at("2026-03-09 10:00"))
    case.defence.waive_time.FromDatetime(at("2026-03-10 10:00"))
    case.defence.waive_proof = "书面声明"
    case.review.CopyFrom(case_pb2.Review(reviewer="O-9", passed=True, conclude_time=at("2026-03-06 10:00")))
    case.service.receipt, case.service.method = "送达回证", case_pb2.SERVICE_METHOD_DIRECT
    case.party.address = ADDRESS
    kinds = [penalties.PENALTY_KIND_FINE] if fine else []
    penalty = penalties.Penalty(kinds=kinds, fine={"fen": fine}, correction_order="立即改正", gains=NO_GAINS)
    case.notice.penalty.CopyFrom(penalty)
    case.notice.facts, case.notice.reasons, case.notice.basis = "事实", "理由", "依据"
    case.notice.hearing_right_told = True
    case.decision.CopyFrom(
        case_pb2.Decision(
            document_number="环罚决〔2026〕1号",
            penalty=penalty,
            decider="H-1",
            decide_time=at(when),
            discussion="集体讨论记录",
            discussion_members=["H-1", "H-2"],
            paper=paper_elsewhere("示章001"),
        )
    )
    return case
