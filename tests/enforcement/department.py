"""One department's node for the tests: real gRPC, real database, a clock that tests set, events as they would come."""

import asyncio
import contextlib
import itertools
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.message import Message
from sqlalchemy import func, select
from yifa.enforcement.v1 import benchmark_pb2 as benchmarks
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import body_pb2, certificate_pb2, legal_adviser_pb2, officer_pb2, post_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.__main__ import SERVICE
from services.given import case as given
from services.given.case import FIRST_EVIDENCE, LAW
from services.given.people import credit_code, id_number
from services.given.registry import KINDS_OF_PENALTY
from services.given.say import request
from services.kit.access import make_key, mint
from services.kit.dial import Target, channel
from services.kit.journal import GENESIS, Envelope
from services.kit.node import Node
from services.kit.settings import Settings
from services.kit.store import micros
from services.kit.time import set_clock
from services.law.procedures.penalty.amounts import GRAVER_KINDS
from tests.city import Refused, read_refusal, rid
from tests.database import make_ready
from tests.enforcement.samples import (
    CITY,
    CLERK,
    DAY,
    FINANCE,
    HEAD,
    HOST,
    INSTANT,
    NODE,
    REVIEWER,
    START,
    WINDOW_END,
    Dossier,
    Officer,
    Who,
    serial,
    stamp,
    yuan,
)
from tests.issuing import issuing
from tests.trust import tls, trusted

SEAL = "4407000000001"
"""The record number of the seal of a body when nothing else is said."""
# Apart from those that the plain cases of services.given count up.
_NUMBERS = itertools.count(42_000)


def number_of(kind: int) -> str:
    """A number of nobody, not given out before; right by GB 11643 and GB 32100."""
    n = next(_NUMBERS)
    return id_number(n) if kind == parties.PARTY_KIND_CITIZEN else credit_code(n, "91")


CHIEF, DEPUTY = post_pb2.POST_RANK_CHIEF, post_pb2.POST_RANK_DEPUTY
# The heads of every body here.
# Those whom the registry holds for qualified to review.
REVIEWERS = (REVIEWER[0], HOST[0])
HEADS = {"head-1": CHIEF, **dict.fromkeys(("head-2", "head-3", "head-7", "head-8", "head-9"), DEPUTY)}


class Department:
    def __init__(self, folder: Path, database: str = ""):
        self.folder = folder
        self.count = 0
        issuing(folder)
        make_key(folder, "sign")
        (folder / "node.toml").write_text(
            f'[node]\nid = "{NODE}"\nkind = "department"\ncity = "{CITY}"\nservices = ["enforcement"]\n'
            '[token]\nissuers = "issuers.json"\nkey = "token.key"\n[clock]\nfile = "clock"\n[telemetry]\nshare = 0.0\n'
            + tls(folder, NODE)
            + '[sign]\nkey = "sign.key"\n'
            '[law]\nlayers = ["guangdong", "example-city", "example-agency"]\nlayer = "example-city"\n'
            + (f'[database]\nurl = "{database}"\n' if database else "")
        )
        self.now = START

    @property
    def now(self) -> datetime:
        return self._now

    @now.setter
    def now(self, at: datetime) -> None:
        self._now = at
        set_clock(self.folder / "clock", at)

    async def start(self) -> None:
        settings = Settings.load(self.folder / "node.toml")
        make_ready(settings)
        self.node = Node(settings, [SERVICE])
        self.task = asyncio.create_task(self.node.serve())
        ready = asyncio.create_task(self.node.ready.wait())
        await asyncio.wait([self.task, ready], return_when=asyncio.FIRST_COMPLETED, timeout=30)
        if self.task.done():
            self.task.result()
        self.channel = channel(self.target)
        self.stub = rpc.EnforcementServiceStub(self.channel)
        self.running = self.node.running("enforcement")

    @property
    def target(self) -> Target:
        """How the node is called."""
        return trusted(self.folder, NODE, self.node.port)

    async def stop(self) -> None:
        await self.channel.close()
        self.task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self.task

    # Calling ---------------------------------------------------------------------------------------

    async def do(self, method: str, by: Who, /, **fields: Any) -> Any:
        """Call a method as somebody: ("head-1", "AGENCY_HEAD"). Writes get a fresh request_id."""
        asked = request("enforcement", method, **fields)
        return await getattr(self.stub, method)(asked, metadata=self.metadata(by))

    def metadata(self, by: Who) -> tuple[tuple[str, str], ...]:
        """What a call of somebody says of the caller."""
        token = mint((self.folder / "token.key").read_bytes(), by[0], NODE, by[1:])
        return (("authorization", f"Bearer {token}"),)

    @contextlib.asynccontextmanager
    async def refused(self, *reasons: str, law: str = "", more: bool = False) -> AsyncIterator[Refused]:
        """What is called inside is refused for exactly these reasons, in both languages, and leaves nothing.

        With `more`, other reasons may stand beside them.
        """
        told, before = Refused(), self.traces()
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            yield told
        told.__dict__.update(read_refusal(caught.value).__dict__)
        given = set(told.violations) or {told.reason}
        assert given == set(reasons) or (more and given > set(reasons)), told
        assert told.reason in given, told
        assert told.zh, "every refusal is said in Chinese too"
        assert told.domain == "enforcement.yifa", told
        assert told.code not in (grpc.StatusCode.INTERNAL, grpc.StatusCode.UNKNOWN), told
        if law:
            assert law in told.violations.values(), told
        after = self.traces()
        grown = {name: (before[name], count) for name, count in after.items() if count != before[name]}
        assert not grown, f"a refused act writes nothing: {grown}"

    def traces(self) -> dict[str, int]:
        """How many rows people have caused. The clocks write too, at any moment, the node notes by itself that the time for
        remedies is over, and what a term ends takes its number: neither they nor their entries count.
        """
        tables = SERVICE.metadata.tables
        counted = {}
        for name in (
            "case",
            "assignment",
            "evidence",
            "reply",
            "paymentreference",
            "benchmark",
            "casepaper",
            "measure",
            "referral",
            "inspection",
            "inspectionplan",
            "inspectiondraw",
            "inspectionobject",
            "visit",
            "monitoringdevice",
            "samplinginstitution",
            "receiptbatch",
            "usedreceipt",
            "permit",
            "permitguide",
        ):
            [[counted[name]]] = self.running.rows(select(func.count()).select_from(tables[name]))
        journal = self.running.kit.journal
        by_people = journal.c.actor.not_like("system:%")
        [[counted["journal"]]] = self.running.rows(select(func.count()).select_from(journal).where(by_people))
        return counted

    def events(self, case_id: str) -> list[Envelope]:
        """What was announced of a case by people, in order."""
        everything = self.running.entries(0, 10**9)
        return [e for e in everything if e.subject == case_id and not e.actor.startswith("system:")]

    def names(self, case_id: str) -> list[str]:
        return [e.type.rpartition(".")[2] for e in self.events(case_id)]

    async def case(self, case_id: str) -> cases.Case:
        return (await self.do("GetCase", HEAD, case_id=case_id)).case

    # What the registry announces ---------------------------------------------------------------------

    async def hear(self, event: Message, node: str = CITY) -> None:
        """An event of the registry arrives."""
        self.count += 1
        data = event.SerializeToString()
        name = event.DESCRIPTOR.full_name
        about = Envelope(
            node, "registry", self.count, rid(), name, NODE, self.count, "", micros(self.now), "", "", "",
            data, GENESIS, GENESIS, traceparent="", position=self.count, source="test",
        )  # fmt: skip
        await self.running.do(lambda tx: self.running.reactor.apply(tx, about, ""))
        if isinstance(event, registry.BodyConfirmed) and event.body.node == NODE:
            for person, rank in HEADS.items():
                await self.appointed(event.body.body_id, person, rank)
            for person in REVIEWERS:
                await self.reviews(event.body.body_id, person)

    async def body(
        self,
        node: str = NODE,
        state: int = body_pb2.BODY_STATE_PUBLISHED,
        area: str = "",
        kind: int = 1,
        **more: Any,
    ) -> str:
        """A market regulator; `area` is the one it was set up in."""
        n = next(serial)
        more.setdefault("field", "市场监督管理")
        more.setdefault("seal", SEAL)
        body = body_pb2.EnforcementBody(
            body_id=f"B-{n}",
            name=f"示例执法机关{n}",
            node=node,
            kind=kind,
            unified_social_credit_code=f"11{area}{n:010d}" if area else "",
            document_prefix="示罚",
            state=state,
            confirm_time=stamp(START - 300 * DAY),
            version=1,
            **more,
        )
        await self.hear(registry.BodyConfirmed(body=body))
        return body.body_id

    async def appointed(
        self, body_id: str, person: str, rank: int = CHIEF, until: datetime | None = None, version: int = 1
    ) -> None:
        """Somebody holds a head's post of a body, since long or until a moment."""
        held = post_pb2.Appointment(
            appointment_id=f"AP-{body_id}-{person}",
            body_id=body_id,
            node=NODE,
            officer_id=person,
            from_time=stamp(START - 3000 * DAY),
            until_time=stamp(until) if until else None,
            rank=rank,
            version=version,
        )
        event = registry.AppointmentEnded if until else registry.OfficerAppointed
        await self.hear(event(appointment=held), NODE)

    async def reviews(self, body_id: str, person: str, *, number: str = "", expire: Any = None) -> None:
        """The registry holds somebody for qualified to review, since long."""
        certificate = certificate_pb2.Certificate(
            certificate_number=number or f"FS-{person}", officer_id=person, officer_name=person, body_id=body_id, node=NODE,
            kind=certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW, state=certificate_pb2.CERTIFICATE_STATE_ACTIVE,
            issue_time=stamp(START - 3000 * DAY), expire_time=expire or stamp(START + 3000 * DAY), version=1,
        )  # fmt: skip
        await self.hear(registry.CertificateIssued(certificate=certificate))

    async def adviser(self, adviser_id: str, body_id: str = "", **more: Any) -> None:
        """The city's registry has a legal adviser of a body, or of the government, since long if nothing else is said."""
        since = stamp(START - 300 * DAY)
        said = {"from_time": since, "enter_time": since, "version": 1, "government": not body_id, **more}
        adviser = legal_adviser_pb2.LegalAdviser(adviser_id=adviser_id, body_id=body_id, **said)
        event = registry.LegalAdviserLeft if adviser.HasField("leave_time") else registry.LegalAdviserEntered
        await self.hear(event(adviser=adviser))

    async def item(
        self,
        body_id: str,
        level: int = power_pb2.POWER_LEVEL_UNSPECIFIED,
        kind: int = power_pb2.POWER_KIND_PENALTY,
        **more: Any,
    ) -> str:
        """An item on the published list of a body, of penalty unless other is said, for a level of government."""
        item = power_pb2.PowerItem(
            item_id=f"P-{next(serial)}",
            body_id=body_id,
            node=NODE,
            kind=kind,
            level=level,
            version=1,
            **(
                {"from_time": stamp(START - 100 * DAY), "penalty_kinds": KINDS_OF_PENALTY.get(kind, ())}
                | more
            ),
        )
        await self.hear(registry.PowerItemChanged(item=item))
        return item.item_id

    async def withdraw(self, body_id: str) -> None:
        body = body_pb2.EnforcementBody(
            body_id=body_id,
            node=NODE,
            document_prefix="示罚",
            state=body_pb2.BODY_STATE_WITHDRAWN,
            version=2,
        )
        await self.hear(registry.BodyWithdrawn(body=body))

    async def officer(self, body_id: str, *, certified: bool = True, area: str = "", **more: Any) -> Officer:
        return await self.certify(f"O-{next(serial)}", body_id, certified=certified, area=area, **more)

    async def certify(
        self, officer_id: str, body_id: str, *, certified: bool = True, area: str = "", **more: Any
    ) -> Officer:
        """Put somebody on the roster, with a certificate unless other is said."""
        n = next(serial)
        person = officer_pb2.Officer(
            officer_id=officer_id, name=f"示例人员{n}", body_id=body_id, node=NODE, version=1
        )
        await self.hear(registry.OfficerRegistered(officer=person), NODE)
        certificate = certificate_pb2.Certificate(
            certificate_number=f"4407{n:09d}",
            officer_id=person.officer_id,
            officer_name=person.name,
            body_id=body_id,
            node=NODE,
            area_code=area,
            state=certificate_pb2.CERTIFICATE_STATE_ACTIVE,
            issue_time=stamp(START - 200 * DAY),
            expire_time=stamp(START + 1000 * DAY),
            version=1,
            **more,
        )
        if certified:
            await self.hear(registry.CertificateIssued(certificate=certificate))
        return Officer(person.officer_id, certificate)

    async def suspend(self, officer: Officer, since: datetime, until: datetime | None = None) -> None:
        certificate = officer.certificate
        certificate.version += 1
        certificate.suspensions.add(from_time=stamp(since), until_time=stamp(until) if until else None)
        event = registry.CertificateRestored if until else registry.CertificateSuspended
        await self.hear(event(certificate=certificate))

    # Given: a case at each stage ---------------------------------------------------------------------

    async def benchmark(self, **more: str) -> None:
        """Bands: 1 is 20,000–200,000 yuan, 2 is one to three times a base, 3 is a warning, 4 is no amount that is read, 5 is up
        to 5,000 yuan.
        """
        bands = [
            benchmarks.Band(code="1", standard="处二万元以上二十万元以下罚款", min_fine=yuan(20000), max_fine=yuan(200000)),
            benchmarks.Band(code="2", standard="处一倍以上三倍以下罚款", min_rate=1_000_000, max_rate=3_000_000),
            benchmarks.Band(code="3", standard="给予警告"),
            benchmarks.Band(code="4", standard="按照有关规定处罚款"),
            benchmarks.Band(code="5", standard="可以并处五千元以下罚款", min_fine=yuan(0), max_fine=yuan(5000)),
        ]  # fmt: skip
        values = {"code": "1-1", "statute": "示例法", "violation": "示例违法行为"} | more
        statute = [benchmarks.Fine(high=benchmarks.End(value=yuan(1_000_000).fen))]
        item = benchmarks.Benchmark(bands=bands, statute_fines=statute, **values)
        await self.do("PublishBenchmark", HEAD, benchmark=item)

    async def clue(
        self,
        kind: int = parties.PARTY_KIND_ORGANISATION,
        *,
        body_id: str = "",
        area: str = "",
        party: str = "",
        number: str = "",
        representative: str = "",
        born: str = "",
        evidence: list[cases.FirstEvidence] | None = None,
        **violation: Any,
    ) -> Dossier:
        """A clue of a body of its own against a party of its own, one day after the act, unless other is said."""
        body_id = body_id or await self.body()
        name = party or f"示例当事人{next(serial)}"
        about = {"title": "示例违法行为", "law": LAW, "occur_time": stamp(self.now - DAY)} | violation
        case = await given.register_clue(
            self.do,
            body_id,
            party=parties.Party(
                kind=kind,
                name=name,
                identity_number=number or number_of(kind),
                legal_representative=representative,
                birth_date=born,
            ),
            violation=penalties.Violation(**about),
            evidence=FIRST_EVIDENCE if evidence is None else evidence,
            area_code=area,
        )
        return Dossier(case.case_id, body_id)

    async def act(self, rpc: str, dossier: Dossier, by: Who | None = None, **more: Any) -> Any:
        """An act of a case, plain where nothing else is said."""
        return await given.act(self.do, rpc, dossier, by, **more)

    async def filed(self, graver: bool = False, **more: Any) -> Dossier:
        """Filed; under an item of the body's list where something graver than a fine is to follow."""
        dossier = await self.clue(**more)
        await self.act("FileCase", dossier, item_id=await self.item(dossier.body_id) if graver else "")
        return dossier

    async def investigating(self, **more: Any) -> Dossier:
        dossier = await self.filed(**more)
        dossier.officers = [await self.officer(dossier.body_id) for _ in range(2)]
        await self.act("AssignOfficers", dossier)
        return dossier

    async def evidence(self, dossier: Dossier, by: Who | None = None, **fields: Any) -> Any:
        return await self.act("RecordEvidence", dossier, by, **fields)

    async def report(self, dossier: Dossier, proposal: penalties.Penalty, by: Who | None = None) -> Any:
        dossier.proposal = proposal
        return await self.act("SubmitReport", dossier, by)

    async def reviewing(self, proposal: penalties.Penalty | None = None, **more: Any) -> Dossier:
        graver = proposal is not None and not GRAVER_KINDS.keys().isdisjoint(proposal.kinds)
        dossier = await self.investigating(graver=graver, **more)
        dossier.proposal = proposal or dossier.proposal
        await given.advance(self.do, dossier, "INVESTIGATING", "REVIEWING")
        return dossier

    async def reviewed(self, proposal: penalties.Penalty | None = None, **more: Any) -> Dossier:
        dossier = await self.reviewing(proposal, **more)
        await self.act("ConcludeReview", dossier)
        return dossier

    async def reviewed_again(self, dossier: Dossier) -> None:
        """Submitted once more after the party was heard, and passed."""
        await self.act("SubmitForReview", dossier)
        await self.act("ConcludeReview", dossier)

    async def notice(self, dossier: Dossier, by: Who = CLERK, **fields: Any) -> Any:
        return await self.act("ServePriorNotice", dossier, by, **fields)

    async def noticed(self, proposal: penalties.Penalty | None = None, **more: Any) -> Dossier:
        dossier = await self.reviewed(proposal, **more)
        await self.notice(dossier)
        return dossier

    async def hold(self, dossier: Dossier, by: Who | None = None, **fields: Any) -> cases.Case:
        """Held two weeks after its notice, unless a day is set already, and reported."""
        if not (await self.case(dossier.case_id)).hearing.HasField("hold_time"):
            await self.act("AppointHearingPanel", dossier)
            await self.act("NotifyHearing", dossier, hold_time=stamp(self.now + 14 * DAY))
            await self.act("AnnounceHearing", dossier)
            self.now += 14 * DAY
        held: cases.Case = (await self.act("HoldHearing", dossier, by, **fields)).case
        await self.act("ReportHearing", dossier)
        return held

    async def decide(self, dossier: Dossier, by: Who = HEAD, **fields: Any) -> Any:
        """With an answer to the one point of a hearing's minutes."""
        said = {"hearing_answers": given.ANSWERS} | fields
        return await self.do("MakeDecision", by, case_id=dossier.case_id, **said)

    async def decided(self, proposal: penalties.Penalty | None = None, **more: Any) -> Dossier:
        """Decided in the first moment after the window."""
        dossier = await self.noticed(proposal, **more)
        self.now = WINDOW_END + INSTANT
        await self.act("MakeDecision", dossier)
        return dossier

    async def serve(self, dossier: Dossier, by: Who = CLERK, **fields: Any) -> Any:
        return await self.act("ServeDecision", dossier, by, **fields)

    async def served(self, proposal: penalties.Penalty | None = None, **more: Any) -> Dossier:
        dossier = await self.decided(proposal, **more)
        await self.serve(dossier)
        return dossier

    async def pay(self, dossier: Dossier, amount: float, reference: str | None = None, **fields: Any) -> Any:
        bank = rid() if reference is None else reference
        return await self.do(
            "RecordPayment",
            FINANCE,
            case_id=dossier.case_id,
            amount=yuan(amount),
            bank_reference=bank,
            **fields,
        )

    async def spot(self, by: Who | None = None, officers: list[Officer] | None = None, **fields: Any) -> Any:
        """A spot decision by two officers; fields replace what is right by what is under test."""
        body_id = fields.pop("body_id", None) or await self.body()
        if officers is None:
            officers = [await self.officer(body_id) for _ in range(2)]
        fields = {"violation": given.violation(self.now - DAY, law=LAW)} | fields
        return await given.spot_decision(self.do, body_id, [o.officer_id for o in officers], by, **fields)
