"""Before the first case: bodies confirmed, officers registered, trained, examined and certified, benchmarks published."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from yifa.registry.v1 import basis_pb2, body_pb2, power_pb2

from services.demo import cast, trainings
from services.demo.cast import DEPARTMENTS, Department
from services.demo.folder import Desk, stamp
from services.demo.officehours import on
from services.demo.violations import DOCUMENT_NUMBER, DOCUMENT_TITLE, benchmark, violations
from services.given import normative_document
from services.given import registry as given
from services.given.people import REGISTRAR, TEST_AREA, credit_code, id_number
from services.given.say import Say, Who, patient, saying
from services.law.calendar import SHANGHAI, china
from services.node.callers import Callers

HOURS = (32, 28)
LONG_AGO = datetime(2019, 1, 1, tzinfo=SHANGHAI)
POWERS = (
    (power_pb2.POWER_KIND_PENALTY, "CF-001", "违法行为的行政处罚", "item_id"),
    (power_pb2.POWER_KIND_COERCION, "QZ-001", "涉案场所、设施、财物的查封、扣押", "coercion_id"),
    (power_pb2.POWER_KIND_PERMIT, "XK-001", "特定活动的许可", "permit_id"),
    (power_pb2.POWER_KIND_LEVY, "ZS-001", "示例费的征收", "levy_id"),
)
# Far from the identity numbers that people get who are entered beside the story.
OFFICER_NUMBERS = 70_000
# How many receipts each body is issued.
RECEIPTS = 500
# On which of the days before the first case the collective trainings of the year are held: before anybody has a certificate.
TRAINED = (-20, -12, -8, -5)
COURSES = ("公共法律知识（示例）", "专门法律知识（示例）")


def levied(law: str, basis_id: str) -> dict[str, Any]:
    """How a levy goes, as its body says it: no procedure of the law is kept for it here."""
    return {
        "steps": [
            {"name": "申报", "unit": "缴费人", "law": law},
            {"name": "核定并送达缴费通知", "unit": "征收科", "law": law},
            {"name": "缴入国库", "unit": "缴费人"},
        ],
        "terms": [{"name": "核定", "days": 10, "working": True, "law": law}],
        "standard": "按申报的数量核定；申报不实的，按实际检测的数量核定。",
        "charges": [
            {
                "name": "示例费",
                "rate": "每吨2元",
                "basis_id": basis_id,
                "bill": "财政电子票据（非税收入统一票据）",
            }
        ],
    }


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
            (-21, "权责清单 power lists", self.empower),
            (-20, "人员登记 officers", self.enrol),
            (-12, "培训 training", self.train),
            (-8, "考试 exams", self.examine),
            (-5, "补考 second exams", self.examine_again),
            (-4, "规范性文件 documents", self.list_document),
            (-3, "发证 certificates", self.certify),
            (-2, "裁量基准、罚款票据 benchmarks, receipts", self.supply),
        )
        start = self.first.astimezone(SHANGHAI).date()
        for days_before, what, act in days:
            report(what)
            now = on(self.rng, china().add_working(start, days_before))
            self.set_time(now)
            present = [d for d in DEPARTMENTS if d.node in self.callers.targets]
            await asyncio.gather(*(act(department) for department in present))
            if days_before in TRAINED:
                which = TRAINED.index(days_before)
                held = (
                    trainings.hold(self.say, self.desks[d.node], which, now, roster(d.node)) for d in present
                )
                await asyncio.gather(*held)
            await self.settled()
        return [self.desks[d.node] for d in DEPARTMENTS if d.node in self.desks]

    @property
    def say(self) -> Say:
        return patient(saying(self.callers))

    async def confirm(self, department: Department) -> None:
        body = await given.confirm_body(
            self.say,
            department.node,
            name=department.name,
            unified_social_credit_code=credit_code(department.serial, area=TEST_AREA),
            document_prefix=department.prefix,
            field=department.field,
        )
        self.desks[department.node] = Desk(department.node, body.body_id, department.place, seal=body.seal)

    async def empower(self, department: Department) -> None:
        """The body's published power list: items of penalty, of sealing and seizure, of a permit, and of a levy."""
        desk = self.desks[department.node]
        law = {
            "law": f"示例{department.field}处罚条例",
            "article": "第五条",
            "level": basis_pb2.BASIS_LEVEL_LOCAL_REGULATION,
            "document_number": "示例公告第2号",
            "text": "示例：行政机关可以依法处罚违法行为，可以查封、扣押涉案场所、设施、财物，可以征收示例费。",
            "from_time": stamp(LONG_AGO),
        }
        made = await self.say("city", "registry", "AddLegalBasis", REGISTRAR, **law)
        basis_id = made.basis.basis_id
        for kind, code, name, kept_as in POWERS:
            fields = {
                "body_id": desk.body_id,
                "code": code,
                "name": f"{department.field}{name}",
                "kind": kind,
                "penalty_kinds": given.KINDS_OF_PENALTY.get(kind, ()),
                "basis_ids": [basis_id],
                "level": power_pb2.POWER_LEVEL_SHARED,
            }
            if kind == power_pb2.POWER_KIND_LEVY:
                fields["practice"] = levied(f"《{law['law']}》{law['article']}", basis_id)
            item = await self.say("city", "registry", "ProposePowerItem", REGISTRAR, **fields)
            setattr(desk, kept_as, item.item.item_id)
        where = {"body_id": desk.body_id, "publish_address": "示例市政府网站权责清单专栏"}
        await self.say("city", "registry", "PublishPowerList", REGISTRAR, **where)

    async def enrol(self, department: Department) -> None:
        desk = self.desks[department.node]

        async def one(number: int) -> None:
            officer = await given.register(
                self.say,
                department.node,
                desk.body_id,
                roster(department.node),
                name=cast.officer_name(department, number),
                id_number=id_number(OFFICER_NUMBERS + department.serial * 100 + number),
                unit=department.unit,
                post="示例执法岗",
            )
            desk.officers[number] = officer.officer_id

        await asyncio.gather(*(one(n) for n in range(1, cast.OFFICERS + 1)))
        body = body_pb2.EnforcementBody(body_id=desk.body_id, node=department.node)
        head, deputy = await given.appoint_heads(self.say, body, roster(department.node))
        desk.heads.update(head=head, deputy=deputy)
        await given.train_heads(self.say, body, (head,), roster(department.node))
        reviewer = await given.qualified_reviewer(self.say, body, roster(department.node))
        if department.serial > 1:  # of one department who is spoken to is missing, and pointed out
            spoken_to = (head, deputy, reviewer)
            await given.leading_group(self.say, body, *spoken_to, roster(department.node))
        await given.legal_adviser(self.say, body.body_id)
        desk.heads.update(reviewer=reviewer)

    async def train(self, department: Department) -> None:
        node = department.node

        async def one(officer_id: str) -> None:
            for course, hours in zip(COURSES, HOURS, strict=True):
                await given.train(self.say, node, officer_id, course, hours, roster(node))

        await asyncio.gather(*(one(o) for o in self.desks[node].officers.values()))

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
        await given.examine(self.say, officer_id, score)

    async def certify(self, department: Department) -> None:
        desk = self.desks[department.node]
        for number, officer_id in sorted(desk.officers.items()):
            if number == cast.UNCERTIFIED or cast.SCORES.get(number, (100,))[-1] < 60:
                continue
            issued = await given.issue(self.say, officer_id, fields=[department.field], area_code=TEST_AREA)
            desk.certificates[number] = issued.certificate_number

    async def list_document(self, department: Department) -> None:
        """The document of the government that sets the benchmarks is on the list in force, once: without it none is published."""
        if department.node != min(self.desks):
            return
        published, until = (self.first + timedelta(days=days) for days in (-400, 1000))
        await normative_document.enter(self.say, DOCUMENT_TITLE, DOCUMENT_NUMBER, published, until)

    async def supply(self, department: Department) -> None:
        """What the cases need: the benchmarks, and the receipts of the finance department."""
        desk = self.desks[department.node]
        issued = {"first_number": 1, "last_number": RECEIPTS, "issuer": "示例市财政局"}
        said = {"body_id": desk.body_id, "series": desk.series, "document": "示例票据领用单1号"}
        finance = desk.person("finance"), "FINANCE"
        await self.say(department.node, "enforcement", "RegisterReceipts", finance, **issued, **said)
        await self.publish(department)

    async def publish(self, department: Department) -> None:
        node = department.node
        head = f"{node}-head", "AGENCY_HEAD"
        today = self.first.astimezone(SHANGHAI).date()
        mine = [
            benchmark(v)
            for v in violations().values()
            if v.node == node and (v.until is None or today <= v.until)
        ]
        say = saying(self.callers)
        await asyncio.gather(
            *(say(node, "enforcement", "PublishBenchmark", head, benchmark=item) for item in mine)
        )


def roster(node: str) -> Who:
    return f"{node}-roster", "ROSTER_CLERK"
