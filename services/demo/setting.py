"""Before the first case: bodies confirmed, officers registered, trained, examined and certified, benchmarks published."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from yifa.enforcement.v1 import enforcement_service_pb2 as enforcement
from yifa.registry.v1 import body_pb2, officer_pb2
from yifa.registry.v1 import registry_service_pb2 as registry

from services.demo import cast
from services.demo.cast import DEPARTMENTS, Department
from services.demo.folder import Desk
from services.demo.officehours import on
from services.demo.violations import benchmark, violations
from services.law.calendar import SHANGHAI, china
from services.node.callers import Callers, ask, ask_until_known, fresh

HOURS = (32, 28)
COURSES = ("公共法律知识（示例）", "专门法律知识（示例）")


@dataclass
class Setting:
    """Sets the scene, one office day after another."""

    callers: Callers
    set_time: Callable[[datetime | None], None]
    settled: Callable[[], Awaitable[None]]
    first: datetime
    rng: Random
    desks: dict[str, Desk] = field(default_factory=dict)

    async def prepare(self, report: Callable[[str], None]) -> list[Desk]:
        """Everything, so that the first case can begin. Raises AioRpcError."""
        days = (
            (-22, "执法主体确认 bodies", self.confirm),
            (-20, "人员登记 officers", self.enrol),
            (-12, "培训 training", self.train),
            (-8, "考试 exams", self.examine),
            (-5, "补考 second exams", self.examine_again),
            (-3, "发证 certificates", self.certify),
            (-2, "裁量基准 benchmarks", self.publish),
        )
        start = self.first.astimezone(SHANGHAI).date()
        for days_before, what, act in days:
            report(what)
            self.set_time(on(self.rng, china().add_working(start, days_before)))
            present = [d for d in DEPARTMENTS if d.node in self.callers.targets]
            await asyncio.gather(*(act(department) for department in present))
            await self.settled()
        return [self.desks[d.node] for d in DEPARTMENTS if d.node in self.desks]

    async def at_city(self, rpc: str, request: Any) -> Any:
        metadata = self.callers.as_(self.callers.city, "registrar-1", "REGISTRAR")
        method = getattr(self.callers.registry(self.callers.city), rpc)
        return await ask_until_known(method, request, metadata)

    async def at_home(self, node: str, rpc: str, request: Any) -> Any:
        metadata = self.callers.as_(node, f"{node}-roster", "ROSTER_CLERK")
        return await ask_until_known(getattr(self.callers.registry(node), rpc), request, metadata)

    async def confirm(self, department: Department) -> None:
        request = registry.ConfirmBodyRequest(
            request_id=fresh(),
            name=department.name,
            unified_social_credit_code=cast.credit_code("11", department.serial),
            kind=body_pb2.BODY_KIND_AGENCY,
            node=department.node,
            document_prefix=department.prefix,
            field=department.field,
        )
        body = (await self.at_city("ConfirmBody", request)).body
        self.desks[department.node] = Desk(department.node, body.body_id, department.place)

    async def enrol(self, department: Department) -> None:
        desk = self.desks[department.node]

        async def one(number: int) -> None:
            request = registry.RegisterOfficerRequest(
                request_id=fresh(),
                name=cast.officer_name(department, number),
                id_number=cast.id_number(department.serial * 100 + number),
                body_id=desk.body_id,
                unit=department.unit,
                post="示例执法岗",
                staff_kind=officer_pb2.STAFF_KIND_PERMANENT,
            )
            reply = await self.at_home(department.node, "RegisterOfficer", request)
            desk.officers[number] = reply.officer.officer_id

        await asyncio.gather(*(one(n) for n in range(1, cast.OFFICERS + 1)))

    async def train(self, department: Department) -> None:
        async def one(officer_id: str) -> None:
            for course, hours in zip(COURSES, HOURS, strict=True):
                request = registry.RecordTrainingRequest(
                    request_id=fresh(), officer_id=officer_id, course=course, hours=hours
                )
                await self.at_home(department.node, "RecordTraining", request)

        await asyncio.gather(*(one(o) for o in self.desks[department.node].officers.values()))

    async def examine(self, department: Department) -> None:
        for number in range(1, cast.OFFICERS + 1):
            if number != cast.UNCERTIFIED:
                passed = Random(f"{department.node}{number}").randint(66, 97)
                first = cast.SCORES.get(number, (passed,))[0]
                await self.mark(department, number, first)

    async def examine_again(self, department: Department) -> None:
        for number, (_, second) in cast.SCORES.items():
            await self.mark(department, number, second)

    async def mark(self, department: Department, number: int, score: int) -> None:
        officer_id = self.desks[department.node].officers[number]
        request = registry.RecordExamRequest(request_id=fresh(), officer_id=officer_id, score=score)
        await self.at_city("RecordExam", request)

    async def certify(self, department: Department) -> None:
        desk = self.desks[department.node]
        for number, officer_id in sorted(desk.officers.items()):
            if number == cast.UNCERTIFIED or cast.SCORES.get(number, (100,))[-1] < 60:
                continue
            request = registry.IssueCertificateRequest(
                request_id=fresh(),
                officer_id=officer_id,
                fields=[department.field],
                area_code=cast.TEST_AREA,
            )
            issued = await self.at_city("IssueCertificate", request)
            desk.certificates[number] = issued.certificate.certificate_number

    async def publish(self, department: Department) -> None:
        node = department.node
        metadata = self.callers.as_(node, f"{node}-head", "AGENCY_HEAD")
        method = self.callers.enforcement(node).PublishBenchmark

        async def one(request: enforcement.PublishBenchmarkRequest) -> None:
            await ask(method, request, metadata)

        requests = [
            enforcement.PublishBenchmarkRequest(request_id=fresh(), benchmark=benchmark(v))
            for v in violations().values()
            if v.node == node
        ]
        await asyncio.gather(*(one(r) for r in requests))
