"""Inspections in the demonstration: a body of each department that inspects, its plan, and visits at every stage, with codes."""

import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.registry.v1 import basis_pb2

from services.demo.cast import DEPARTMENTS, Department
from services.demo.film import hand_in_visit
from services.demo.folder import Desk, stamp
from services.demo.handover import NotArrived
from services.demo.officehours import on
from services.demo.setting import roster
from services.given import inspection as given
from services.given import registry
from services.given.inspection import Visit
from services.given.people import REGISTRAR, TEST_AREA, credit_code, officer
from services.given.say import Say, Who, patient, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers

BODIES = {"huanbao": "示例市生态环境保护综合行政执法支队", "chengguan": "示例市城市管理监察支队"}
ITEMS = {"huanbao": "污染防治设施运行情况检查", "chengguan": "建筑垃圾运输消纳情况检查"}
LONG_AGO = datetime(2019, 1, 1, tzinfo=SHANGHAI)
INSPECTORS, RELIEF = (1, 2), (1, 3)
"""Who inspects, by their number in the cast, and who does after one of them went."""
# Days before today of each act of a visit; a visit ends where its line ends.
CLOSED = (
    ("open", 0), ("ApproveInspection", 0), ("RequestInspectionCode", 1), ("NoticeInspection", 2), ("CheckIn", 5),
    ("RecordInspection", 5), ("FindNothing", 6), ("TellResult", 8), ("PublishResult", 12), ("CloseInspection", 14),
)  # fmt: skip
CORRECTING = (*CLOSED[:2], ("ReplaceInspectors", 0), *CLOSED[2:6], ("OrderCorrection", 6))
CORRECTED = (*CORRECTING, ("VerifyCorrection", 12), ("TellResult", 13), ("PublishResult", 15))
NOTICED = CLOSED[:4]
STORIES = ((70, CLOSED), (45, CORRECTED), (12, CORRECTING), (3, NOTICED))
# Kept in a system of the department's own, which reports each stage as it is done.
FOREIGN = ((32, CLOSED),)
SYSTEM = "example-inspection"


@dataclass
class Scene:
    """What one department inspects with."""

    callers: Callers
    say: Say
    desk: Desk
    department: Department
    body_id: str = ""
    item_id: str = ""
    at: datetime | None = None
    visits: dict[int, Visit] = field(default_factory=dict)

    async def do(self, rpc: str, by: Who, /, **fields: Any) -> Any:
        return await self.say(self.desk.node, "enforcement", rpc, by, **fields)

    async def confirm(self) -> None:
        """The city confirms the body, and publishes its list with an item of inspection."""
        body = await registry.confirm_body(
            self.say,
            self.desk.node,
            name=BODIES[self.desk.node],
            unified_social_credit_code=credit_code(self.department.serial + 50, area=TEST_AREA),
            document_prefix=self.department.prefix.replace("罚", "监"),
            field=self.department.field,
        )
        self.body_id = body.body_id
        heads = await registry.appoint_heads(self.say, body, roster(self.desk.node))
        await registry.train_heads(self.say, body, heads[:1], roster(self.desk.node))
        for visit in self.visits.values():
            visit.head = heads[0]
        law = {
            "law": f"示例{self.department.field}条例",
            "article": "第三条",
            "level": basis_pb2.BASIS_LEVEL_LOCAL_REGULATION,
            "document_number": "示例公告第1号",
            "text": "示例：行政机关应当对企业遵守本条例的情况进行检查。",
            "from_time": stamp(LONG_AGO),
        }
        made = await self.say("city", "registry", "AddLegalBasis", REGISTRAR, **law)
        item = await given.inspection_item(
            self.say, self.body_id, made.basis.basis_id, "JC-001", ITEMS[self.desk.node]
        )
        self.item_id = item.item_id

    async def plan(self, days: Sequence[datetime]) -> None:
        """The year's plan, in one year or two, as the days lie; approved by the head."""
        for year in sorted({day.astimezone(SHANGHAI).year for day in days}):
            visits = [
                {"enterprise": v.enterprise, "item_ids": [self.item_id], "planned_time": stamp(day)}
                for v, day in zip(self.visits.values(), days, strict=True)
                if day.astimezone(SHANGHAI).year == year
            ]
            first = next(iter(self.visits.values()))
            first.body_id = self.body_id
            plan = await given.planned(
                self.do,
                first,
                min(days),
                year=year,
                title=f"{year}年度涉企行政检查计划（示例）",
                visits=visits,
            )
            for visit, day in zip(self.visits.values(), days, strict=True):
                if day.astimezone(SHANGHAI).year == year:
                    visit.body_id, visit.item_ids, visit.plan_id = self.body_id, [self.item_id], plan.plan_id

    async def act(self, n: int, what: str, at: datetime, planned: datetime) -> None:
        """One act of a visit at its time."""
        self.at, visit = at, self.visits[n]
        if what == "open":
            await given.open_inspection(self.do, visit, planned_time=stamp(planned))
            return
        if what == "NoticeInspection":
            await self.take_code(visit)
        if what == "ReplaceInspectors":
            visit.ids = [self.desk.officers[number] for number in RELIEF]
        await given.act(self.do, what, visit)
        if what == "RecordInspection":
            await hand_in_visit(self.callers, self.desk.node, visit, at)

    async def take_code(self, visit: Visit) -> None:
        """The code that the city gave."""
        found = await self.do("GetInspection", given.HEAD, inspection_id=visit.inspection_id)
        visit.code = found.inspection.code.code
        if not visit.code:
            raise NotArrived("the city has not given the inspection code yet")

    async def tell(self, n: int, what: str, at: datetime, planned: datetime) -> None:
        """One act of a visit that another system keeps, reported as it is done."""
        self.at, visit = at, self.visits[n]
        rpc = "OpenInspection" if what == "open" else what
        if rpc == "NoticeInspection":
            await self.take_code(visit)
        plain = given.PLAIN.get(rpc)
        said = dict(plain.says(visit)) if plain else given.opening(visit, planned_time=stamp(planned))
        if rpc == "CheckIn":
            said["shown"] = [await visit.show(officer_id) for officer_id in visit.ids]
        by = visit.by(rpc) if plain else given.UNIT
        done: dict[str, Any] = {re.sub(r"(?<!^)(?=[A-Z])", "_", rpc).lower(): said}
        stage = pb.OutsideStage(
            system=SYSTEM,
            source_case=f"示例检{self.department.serial}-{n}",
            stage_id=rpc,
            act_time=stamp(at),
            actor=by[0],
            document_number=f"示例检〔{at.year}〕{self.department.serial}{n}号",
            **done,
        )
        reply = await self.do("ReportStage", given.CLERK, stage=stage)
        visit.inspection_id = reply.standing.record_id


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> Iterator[tuple[datetime, str, Callable[[], Awaitable[None]]]]:
    """Every act with its time and what it is called, for each department."""
    today = now.astimezone(SHANGHAI).date()

    def on_day(days_ago: float) -> datetime:
        return on(rng, today - timedelta(days=days_ago))

    for desk in desks:
        department = next(d for d in DEPARTMENTS if d.node == desk.node)
        scene = Scene(callers, patient(saying(callers)), desk, department)
        every = [(*story, scene.act) for story in STORIES] + [(*story, scene.tell) for story in FOREIGN]
        starts = [on_day(before) for before, _, _ in every]
        for n, _ in enumerate(every):
            scene.visits[n] = visit_of(scene, n)
        confirmed, approved = on_day(110), on_day(105)
        yield confirmed, "检查主体和事项", scene.confirm
        yield approved, "检查计划", partial(scene.plan, starts)
        for n, (before, story, do) in enumerate(every):
            last = approved
            for what, after in story:
                at = max(on_day(before - after), last + timedelta(minutes=20))
                if at >= now:
                    break
                last = at
                yield at, what, partial(do, n, what, at, starts[n])


def visit_of(scene: Scene, n: int) -> Visit:
    desk = scene.desk

    async def show(officer_id: str) -> str:
        shown = await scene.say(desk.node, "registry", "ShowCertificate", officer(officer_id))
        return str(shown.token)

    ids = [desk.officers[number] for number in INSPECTORS]
    serial = 90_000_000 + scene.department.serial * 100 + n
    firm = given.enterprise(
        serial,
        name=f"示例制造{scene.department.serial}{n}号有限公司",
        address=f"{scene.department.place}{n + 1}号",
        credit_code=credit_code(serial, "91", TEST_AREA),
    )
    return Visit("", ids, [], firm, show, lambda: scene.at or datetime.now(SHANGHAI))
