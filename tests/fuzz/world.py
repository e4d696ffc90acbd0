"""A city of real processes to be fuzzed: a hub, the city, departments; and records of every kind made the lawful way."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import grpc
from google.protobuf.message import Message
from grpc_reflection.v1alpha.proto_reflection_descriptor_database import ProtoReflectionDescriptorDatabase
from yifa.enforcement.v1 import file_pb2
from yifa.registry.v1 import basis_pb2, power_pb2

from services.given import (
    accountability,
    compensation,
    complaint,
    file_review,
    inspection,
    major_decision,
    measure,
    reconsideration,
    registry,
    suggestion,
    suit,
    supervisor,
)
from services.given import case as given
from services.given.case import band
from services.given.file import hand_in, upload_of
from services.given.people import AREA, CITIZEN, CLERK, FINANCE, HEAD, OVERSIGHT, REGISTRAR, UNIT
from services.given.say import CONTRACTS, PATIENCE, Who, patient, request, saying
from services.kit.dial import Target, blocking_channel
from services.law.calendar import SHANGHAI
from services.node.callers import Callers
from services.node.nats import Server
from services.node.plan import CONSOLE, DEPARTMENTS, Plan, lay_out, plan
from tests.bench.processes import Process, Processes
from tests.cable import free_base

CHANNEL = (("grpc.max_send_message_length", -1), ("grpc.max_receive_message_length", -1))
FIELD, LEVEL = "市场监督管理", power_pb2.POWER_LEVEL_CITY


@dataclass(frozen=True)
class Said:
    """A call that a lawful city made."""

    path: str
    node: str
    by: Who
    request: Message


@dataclass
class World:
    """The running city: where its nodes are, what is served there, what was said while it was set up."""

    plan: Plan
    processes: dict[str, Process]
    served: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """By node the full names of its services."""
    said: list[Said] = field(default_factory=list)
    replies: list[Message] = field(default_factory=list)
    officers: dict[str, list[str]] = field(default_factory=dict)

    def target(self, node: str) -> Target:
        return self.plan.target(node)

    def stop(self, node: str) -> None:
        """End a node in order; its server and its databases stay."""
        process = self.processes.pop(node).popen
        del self.served[node]
        process.terminate()
        process.wait(timeout=PATIENCE)


@asynccontextmanager
async def running(folder: Path, departments: int = 2) -> AsyncIterator[World]:
    """The city, for as long as it is used; its databases stay in the folder."""
    made = plan(folder / "city", free_base(), DEPARTMENTS[:departments], share=0.0)
    lay_out(made)
    with Processes(folder) as processes:
        sites = [(made.nats_conf(s.id), s.nats, made.log(f"nats-{s.id}")) for s in made.sites]
        servers = [
            Server(*where) for where in ((made.nats_conf("hub"), made.hub, made.log("nats-hub")), *sites)
        ]
        await asyncio.gather(*(server.start() for server in servers))
        try:
            start = partial(processes.start, "node-hub", "services.node", str(made.settings("hub")))
            start(port=made.base + CONSOLE)
            nodes = {
                s.id: processes.start(f"node-{s.id}", "services.node", str(made.settings(s.id)), port=s.port)
                for s in made.sites
            }
            await asyncio.gather(*(asyncio.to_thread(node.wait) for node in nodes.values()))
            world = World(made, nodes)
            world.served = {s.id: await asyncio.to_thread(reflected, made.target(s.id)) for s in made.sites}
            yield world
        finally:
            await asyncio.gather(*(server.stop() for server in servers))


def reflected(target: Target) -> tuple[str, ...]:
    """The services of Yifa that a node says it serves."""
    with blocking_channel(target) as channel:
        found = ProtoReflectionDescriptorDatabase(channel).get_services()
    return tuple(name for name in found if name.startswith("yifa."))


async def settle(world: World) -> None:
    """Make records of every kind in the city, each at many stages, and keep what was said."""
    async with Callers(world.plan.targets, partial(token, world)) as callers:
        plain = saying(callers)

        async def say(node: str, service: str, rpc: str, by: Who, /, **fields: Any) -> Any:
            reply = await plain(node, service, rpc, by, **fields)
            asked = request(service, rpc, **fields)
            world.said.append(Said(f"/{CONTRACTS[service].full_name}/{rpc}", node, by, asked))
            world.replies.append(reply)
            return reply

        for site in world.plan.departments:
            await department(world, callers, patient(say), site.id)
        await complaints(patient(say), world.plan.departments[0].id)
        await decisions(patient(say))
        await reviewed(say, world)


async def reviewed(plain: Any, world: World) -> None:
    """A sample of a department's files, reviewed by officers of another, where there is one; one result is objected to."""
    node, *others = (site.id for site in world.plan.departments)
    say = patient(plain)
    day = datetime.now(UTC).astimezone(SHANGHAI).date()
    until = time.monotonic() + PATIENCE
    while True:
        try:
            batch = await file_review.commit(plain, node, (day, day), datetime.now(UTC), per_stratum=2)
            break
        except grpc.aio.AioRpcError:  # the city has not heard of the closing yet
            if time.monotonic() > until:
                raise
            await asyncio.sleep(0.1)
    drawn = await file_review.draw(say, batch.batch_id)
    for review in drawn if others else ():
        given_to = await file_review.assign(say, review.review_id, world.officers[others[0]][:2])
        await file_review.score(say, given_to)
        await file_review.conclude(say, review.review_id)
        about = {"review_id": review.review_id, "text": "笔录有签名"}
        await say(node, "enforcement", "ObjectToFileReview", HEAD, **about)
    await say("city", "supervision", "GetFileReviewBatch", CITIZEN, batch_id=batch.batch_id)
    period = {"from_day": day.isoformat(), "until_day": day.isoformat()}
    for rpc in ("GetFileReviewFigures", "GetFilingFigures"):
        await say("city", "supervision", rpc, OVERSIGHT, **period)


def token(world: World, subject: str, node: str, roles: tuple[str, ...]) -> str:
    return world.plan.token(subject, node, *roles)


async def department(world: World, callers: Callers, say: Any, node: str) -> None:
    """A body, officers and an item of each power; cases at every stage, inspections, measures, referrals, a file."""
    body = await registry.confirm_body(say, node, field=FIELD)
    basis = {
        "law": f"示例法{node}", "article": "第五条", "level": basis_pb2.BASIS_LEVEL_LAW, "document_number": "示例令第1号",
        "text": "处二万元以上二十万元以下的罚款。", "from_time": inspection.stamp(datetime(2020, 1, 1, tzinfo=UTC)),
    }  # fmt: skip
    basis_id = (await say("city", "registry", "AddLegalBasis", REGISTRAR, **basis)).basis.basis_id
    items = {}
    for kind in (
        power_pb2.POWER_KIND_PENALTY,
        power_pb2.POWER_KIND_COERCION,
        power_pb2.POWER_KIND_INSPECTION,
    ):
        about = {
            "code": f"{node}-{kind}",
            "name": "示例事项",
            "kind": kind,
            "basis_ids": [basis_id],
            "level": LEVEL,
            "penalty_kinds": registry.KINDS_OF_PENALTY.get(kind, ()),
        }
        reply = await say("city", "registry", "ProposePowerItem", REGISTRAR, body_id=body.body_id, **about)
        items[kind] = reply.item.item_id
    await say(
        "city",
        "registry",
        "PublishPowerList",
        REGISTRAR,
        body_id=body.body_id,
        publish_address="权责清单专栏",
    )
    penalty = {
        "item_id": items[power_pb2.POWER_KIND_PENALTY],
        "heads": await registry.appoint_heads(say, body),
    }
    people = []
    for _ in range(3):
        person, _certificate = await officer(say, body)
        people.append(person.officer_id)
    world.officers[node] = people
    do = partial(say, node, "enforcement")
    bands = [band("1", 20_000, 200_000), band("5", 0, 5_000)]
    await do(
        "PublishBenchmark", HEAD,
        benchmark={"code": "1-1", "statute": "示例法", "violation": "示例违法行为", "bands": bands},
    )  # fmt: skip
    await records(world, callers, do, node, body.body_id, people[:2], items, penalty)
    await supervised(say, node, body.body_id)
    await pursued(say, body.body_id)
    await sued(say, body.body_id)
    await compensated(say, body.body_id)
    await suggested(say, body.body_id)
    await reconsidered(say, body.body_id)


async def pursued(say: Any, body_id: str) -> None:
    """Matters of accountability against a unit, at every stage that the office alone leads to."""
    for last in (*list(accountability.STEPS)[:5], ""):
        source = accountability.PAPER | {"document_number": f"示例审计{body_id}{last}"}
        matter = await accountability.register(say, body_id, source=source)
        for rpc in list(accountability.STEPS)[:5] if last else ():
            await accountability.handle(say, matter.accountability_id, rpc, "RECTIFY", datetime.now(UTC))
            if rpc == last:
                break


async def sued(say: Any, body_id: str) -> None:
    """A suit at every stage that the register knows."""
    for n in range(len(suit.STEPS) + 1):
        now = datetime.now(UTC)
        filed = await suit.register(say, body_id, now)
        for rpc in list(suit.STEPS)[:n]:
            await suit.handle(say, filed.suit_id, rpc, now)


async def compensated(say: Any, body_id: str) -> None:
    """A claim of compensation at every stage that the given steps lead to."""
    for n in range(len(compensation.STEPS) + 1):
        claimed = await compensation.register(say, body_id, datetime.now(UTC), demands=f"示例请求{n}")
        for rpc in list(compensation.STEPS)[:n]:
            await compensation.handle(say, claimed.compensation_id, rpc, datetime.now(UTC))


async def suggested(say: Any, body_id: str) -> None:
    """A suggestion at every stage that the given steps lead to."""
    for n in range(len(suggestion.STEPS) + 1):
        made = await suggestion.register(say, body_id, datetime.now(UTC), text=f"示例建议{n}")
        for rpc in list(suggestion.STEPS)[:n]:
            await suggestion.handle(say, made.suggestion_id, rpc, datetime.now(UTC))


async def reconsidered(say: Any, body_id: str) -> None:
    """A reconsideration at every stage that the given steps lead to, and those who hear them."""
    for person in reconsideration.REVIEWERS:
        await reconsideration.enter(say, person, datetime.now(UTC))
    for n in range(len(reconsideration.STEPS) + 1):
        asked = await reconsideration.register(say, body_id, datetime.now(UTC), act=f"示例行为{n}")
        for rpc in list(reconsideration.STEPS)[:n]:
            await reconsideration.handle(say, asked.reconsideration_id, rpc, datetime.now(UTC))


async def complaints(say: Any, node: str) -> None:
    """Complaints about a body, by name and without, at every stage; and people who may unseal who complained."""
    body = await registry.confirm_body(say, node, field=FIELD)
    for person in ("oversight-1", "oversight-2"):
        await complaint.name_unsealer(say, person)
    about = (body.body_id, body.name, "收缴罚款不开票据", "执法人员收缴罚款，没有出具票据。", "2026-03-01")
    reporter = {"name": "示例举报人", "phone": "13900010002"}
    filed = [
        await complaint.file_complaint(say, *about, **({"reporter": reporter} if n % 2 else {}))
        for n in range(len(complaint.STEPS) + 2)
    ]
    for n, (rpc, *_) in enumerate(complaint.STEPS[:-1]):
        await complaint.handle(say, filed[n].complaint.complaint_id, f"投{n}号", rpc)
    answered = filed[-1]
    await complaint.handle(say, answered.complaint.complaint_id, "投99号")
    key = {"complaint_id": answered.complaint.complaint_id}
    await say("city", "supervision", "CheckComplaint", CITIZEN, receipt=answered.receipt.code, **key)
    await say(
        "city", "supervision", "RateComplaint", CITIZEN, receipt=answered.receipt.code, satisfaction=1, **key
    )
    await say("city", "supervision", "UnsealReporter", OVERSIGHT, reason="核实", **key)


async def decisions(say: Any) -> None:
    """Major decisions at many stages, experts of the pool, one that is answered for."""
    now = datetime.now(UTC)
    expert = await major_decision.enlist(say, "示例专家", "示例大学")
    for n in range(3):
        decision_id = await major_decision.put_on_catalogue(say, f"示例决策{n}", now.year)
        if n:
            await major_decision.begin(say, decision_id, *major_decision.TRAITS[:4])
        if n > 1:
            await major_decision.act(say, decision_id, "PublishDecisionDraft", **major_decision.OPEN)
            await major_decision.comment(say, decision_id, "示例意见")
            await major_decision.argue(say, decision_id, expert, "示例专家")
    await major_decision.secret(say, "示例决策三", now.year, published=False)
    decided = await major_decision.secret(say, "示例决策四", now.year)
    await major_decision.pursue(say, decided.decision_id, major_decision.MAYOR)


async def officer(say: Any, body: Any) -> Any:
    """A certified officer in the field of the body."""
    person = await registry.register(say, body.node, body.body_id)
    await registry.train(say, body.node, person.officer_id)
    await registry.examine(say, person.officer_id)
    return person, await registry.issue(say, person.officer_id, fields=[body.field])


async def records(
    world: World,
    callers: Callers,
    do: Any,
    node: str,
    body_id: str,
    ids: list[str],
    items: dict[int, str],
    penalty: dict[str, Any],
) -> None:
    """What a department has at hand on a day like any other; `penalty` says on what its penalty cases rest, and their heads."""
    at = {state: await given.case_up_to(do, state, body_id, ids, **penalty) for state in given.WAY}
    served = at["SERVED"]
    await do("PublishDecision", CLERK, case_id=served.case_id, address="信息公示平台")
    await do(
        "RecordPayment", FINANCE, case_id=served.case_id, amount={"fen": 10_000}, bank_reference=f"{node}-1"
    )
    closed = await given.case_up_to(do, "SERVED", body_id, ids, **penalty)
    owed = (await do("GetOwed", FINANCE, case_id=closed.case_id)).owed.total
    await given.act(do, "RecordPayment", closed, amount=owed, bank_reference=f"{node}-2")
    await given.act(do, "CloseCase", closed)
    said = {"case_id": served.case_id, "application": "申请书", "cause": "经济困难"}
    await do("RequestDeferral", CLERK, **said)
    await do("IssuePaper", CLERK, case_id=at["NOTICED"].case_id, kind="prior_notice")
    for more in range(4):
        await given.case_up_to(
            do, ("CLUE", "INVESTIGATING", "NOTICED", "SERVED")[more], body_id, ids, **penalty
        )
    await given.spot_decision(do, body_id, ids, item_id=penalty["item_id"])
    now = datetime.now(UTC)
    held = (at["INVESTIGATING"].case_id, items[power_pb2.POWER_KIND_COERCION])
    head = (penalty["heads"][0], HEAD[1])
    await measure.ask(do, *held, ("unit-1", "UNIT_HEAD"))
    asked = await measure.ask(do, *held, ("unit-1", "UNIT_HEAD"))
    await measure.approve(do, asked.measure_id, head)
    await measure.take(do, asked.measure_id, measure.execution(datetime.now(UTC), ids))
    await measure.refer(do, at["INVESTIGATED"].case_id, ids, now, head)
    visit = inspection.Visit(
        body_id, ids, [items[power_pb2.POWER_KIND_INSPECTION]],
        inspection.enterprise(70_000 + len(world.said), area_code=AREA), no_code, lambda: datetime.now(UTC),
        head=head[0],
    )  # fmt: skip
    await inspection.planned(do, visit, now + timedelta(minutes=1), times=2)
    taken_back = replace(visit, enterprise=inspection.enterprise(75_000 + len(world.said), area_code=AREA))
    plan = await inspection.planned(do, taken_back, now + timedelta(minutes=1))
    await do("WithdrawInspectionPlan", HEAD, plan_id=plan.plan_id, cause="机构改革，职责已经划转")
    await inspection.open_inspection(do, visit)
    await inspection.act(do, "ApproveInspection", visit)
    await inspection.act(do, "RequestInspectionCode", visit)
    await film(world, callers, node, at["INVESTIGATING"].case_id, ids[0])
    for rpc, fields in (
        ("GetCase", {"case_id": served.case_id}),
        ("ListOpenActs", {"case_id": served.case_id}),
    ):
        await do(rpc, UNIT, **fields)


OPINION = {
    "facts": "对三起举报没有核查",
    "basis": "《中华人民共和国行政处罚法》第五十四条第二款",
    "correction": "立即核查并依法处理",
    "term_days": 20,
    "report_asked": True,
    "objection_right_told": True,
}


async def supervised(say: Any, node: str, body_id: str) -> None:
    """Supervision matters of a department: one served, reported on and closed, one served, one inquired into, and clues."""
    do, team = partial(say, "city", "supervision"), await supervisor.team(say)
    source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": "日常监督发现"}
    ids = []
    for n in range(5):
        about = {"node": node, "body_id": body_id, "source": source, "title": f"示例事项{n}"}
        ids.append((await do("RegisterSupervisionClue", OVERSIGHT, **about)).supervision_order.order_id)
    for order_id in ids[:3]:
        general = {"track": "SUPERVISION_TRACK_GENERAL", "opinion": "受理"}
        await do("AcceptSupervision", OVERSIGHT, order_id=order_id, **general)
        await do("NotifySupervision", OVERSIGHT, order_id=order_id, asks="说明情况")
        supervisors = [person for person, _ in team]
        await do("BeginSupervisionInquiry", OVERSIGHT, order_id=order_id, supervisors=supervisors)
    for order_id in ids[:2]:
        found = {"kinds": ["SUPERVISION_FINDING_UNLAWFUL"], "codes": ["NOT_FILED"]}
        made = {"kind": "SUPERVISION_DOCUMENT_KIND_OPINION", "findings": found, "text": OPINION}
        await do("IssueSupervisionDocument", team[0], order_id=order_id, **made)
        await do("ServeSupervisionDocument", OVERSIGHT, order_id=order_id, receipt="送达回证")
        await say(node, "enforcement", "ReportCorrection", UNIT, order_id=order_id, text="已经核查")
    closed = {"order_id": ids[0], "corrected": True, "reasons": "已经核实"}
    await do("VerifyCorrection", team[1], **closed)
    await do("ListSupervisionOrders", OVERSIGHT, node=node)
    await do("GetSupervisionOrder", OVERSIGHT, order_id=ids[1])


async def no_code(_officer_id: str) -> str:
    return "none"


async def film(world: World, callers: Callers, node: str, case_id: str, officer_id: str) -> None:
    """A file of a case, handed in whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "现场.jpg"
        path.write_bytes(f"{case_id}".encode() * 1000)
        taken = inspection.stamp(datetime.now(UTC) - timedelta(minutes=5))
        upload = upload_of(case_id, path, taken)
        stub, by = callers.enforcement(node), (officer_id, "HANDLING_OFFICER")
        kept = await hand_in(stub, lambda: callers.as_(node, *by), upload, path)
    asked = file_pb2.DownloadFileRequest(case_id=case_id, file_id=kept.file_id)
    name = "/yifa.enforcement.v1.EnforcementService"
    world.said.append(Said(f"{name}/DownloadFile", node, UNIT, asked))
    world.said.append(Said(f"{name}/UploadFile", node, by, file_pb2.UploadFileRequest(upload=upload)))
    world.replies.append(kept)
