"""What departments tell the city of their inspections, for tests."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import inspection_plan_pb2 as plans
from yifa.registry.v1 import body_pb2, power_pb2, showing_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision
from yifa.supervision.v1 import inspection_pb2 as seen
from yifa.supervision.v1 import warning_pb2

from services.given.inspection import enterprise
from services.kit.algorithm import ED25519
from services.kit.shown import Card, sign
from services.kit.signing import signer_in
from services.law.checkcode import checked
from services.law.procedures.inspection import TABLE
from services.law.procedures.inspection.acts import ACTS
from tests.supervision.office import ENVIRONMENT, MARKET, Office, at, number_of

AREA, BODY, ITEM, PLAN = "440700", "B-1", "P-1", "IP-1"
DAY = at("2026-03-02 09:00")
HOUR = timedelta(hours=1)
SIGNER = signer_in(ED25519.make()[0])
FIRM = enterprise(4_711, area_code=AREA)
OPEN = warning_pb2.WARNING_STATE_OPEN


def shown(officer: str, when: Any) -> str:
    card = Card(number_of(officer), officer, "示例机关", (), AREA, 1, when - 99 * HOUR, when + 99 * HOUR)
    return sign(card, when, 5, SIGNER)


class Story:
    """What a department tells of one inspection; the city knows its body, item, officers, key and plan."""

    def __init__(self, office: Office, node: str = ENVIRONMENT):
        self.office, self.node = office, node
        self.when = DAY
        self.record = pb.Inspection(
            inspection_id=f"I-{node}", node=node, body_id=BODY if node == ENVIRONMENT else f"B-{node}",
            body_name=f"示例机关{node}", kind=pb.INSPECTION_KIND_DAILY, enterprise=FIRM, item_ids=[ITEM], scope="检查方案",
            plan_id=PLAN, opener="unit-1", planned_time=DAY,
            officers=[{"officer_id": o, "name": o, "certificate_number": number_of(o)} for o in ("O-1", "O-2")],
        )  # fmt: skip

    async def known(self) -> "Story":
        self.office.clock("2026-03-02 08:00")
        body = body_pb2.EnforcementBody(
            body_id=self.record.body_id, node=self.node, name="示例机关", version=1, field="生态环境",
            state=body_pb2.BODY_STATE_PUBLISHED, unified_social_credit_code=f"11{AREA}0000000001",
            publish_time=DAY - 99 * 24 * HOUR,
        )  # fmt: skip
        await self.office.registry(registry.BodyPublished(body=body))
        await self.office.appoint(self.record.body_id, "head-1", node=self.node)
        await self.item()
        for officer in ("O-1", "O-2"):
            await self.office.certify(officer)
        key = showing_pb2.ShowingKey(key_id=SIGNER.key_id, node=self.node, public_key=SIGNER.public_key)
        await self.office.registry(registry.ShowingKeyPublished(key=key), self.node)
        await self.plan()
        return self

    async def item(self, version: int = 1, **more: Any) -> None:
        fields = {
            "item_id": ITEM, "body_id": self.record.body_id, "kind": power_pb2.POWER_KIND_INSPECTION,
            "from_time": DAY - 50 * 24 * HOUR, "version": version, "name": "检查", "code": "JC-1",
        }  # fmt: skip
        await self.office.registry(registry.PowerItemChanged(item=power_pb2.PowerItem(**(fields | more))))

    async def plan(self, plan_id: str = PLAN, times: int = 1, **more: Any) -> None:
        visit = {"enterprise": FIRM, "item_ids": [ITEM], "planned_time": DAY}
        fields = {
            "plan_id": plan_id, "node": self.node, "body_id": self.record.body_id, "kind": plans.PLAN_KIND_YEARLY,
            "year": 2026, "title": "计划", "visits": [visit] * times, "drafter": "unit-1", "approver": "head-1",
            "approve_time": DAY - HOUR, "version": 2,
        }  # fmt: skip
        event = enforcement.InspectionPlanApproved(inspection_plan=plans.InspectionPlan(**(fields | more)))
        await self.tell_of(event, plan_id)

    async def tell_of(self, event: Any, subject: str = "") -> None:
        await self.office.take(self.office.journal(self.node, "enforcement").entry(event, self.when, subject))

    async def tell(self, act: str, **more: Any) -> None:
        """An act that the department told of, an hour after the one before; fields replace what is right."""
        self.when += HOUR
        LAWFUL[act](self.record, self.when)
        answers = self.answers()
        if act == "TAKE_CODE" and answers and isinstance(answers[-1], supervision.InspectionCodeIssued):
            self.record.code.CopyFrom(answers[-1].code)
        for path, value in more.items():
            put(self.record, path, value)
        target = next(m.target for m in TABLE.moves if m.act == act)
        if target != "=" and act != "REQUEST_INSPECTION_CODE":
            self.record.state = pb.InspectionState.Value(f"INSPECTION_STATE_{target}")
        if act == "REQUEST_INSPECTION_CODE" and not self.record.HasField("urgency"):
            self.record.state = pb.INSPECTION_STATE_CODE_ASKED
        self.record.version += 1
        self.office.clock(self.when)
        event = getattr(enforcement, ACTS[act].event)(inspection=self.record)
        await self.tell_of(event, self.record.inspection_id)

    async def go(self, *acts: str) -> "Story":
        for act in acts:
            await self.tell(act)
        return self

    async def warnings(self) -> set[tuple[str, str]]:
        """The open warnings about the inspection: rule, and act with article."""
        found = await self.office.call(
            "GetInspection", seen.GetInspectionRequest(inspection_id=self.record.inspection_id)
        )
        return {
            (w.rule_id, w.detail_zh.split("”")[0].strip("“"))
            for w in found.inspection.warnings
            if w.state == OPEN
        }

    def answers(self) -> list[Any]:
        kinds = (supervision.InspectionCodeIssued, supervision.InspectionCodeWithheld)
        return [e for e in self.office.emitted() if isinstance(e, kinds)]


def put(record: Any, path: str, value: Any) -> None:
    *way, last = path.split("__")
    for name in way:
        record = getattr(record, name)
    if value is None:
        record.ClearField(last)
    elif isinstance(value, list):
        del getattr(record, last)[:]
        getattr(record, last).extend(value)
    elif hasattr(value, "isoformat"):
        getattr(record, last).FromDatetime(value)
    else:
        setattr(record, last, value)


def _approve(r: pb.Inspection, when: Any) -> None:
    r.approval.approver, r.number = "head-1", "示检〔2026〕1号"
    r.approval.approve_time.FromDatetime(when)


def _code(r: pb.Inspection, when: Any) -> None:
    r.code.code = checked("4407002603029999")
    r.code.issue_time.FromDatetime(when)
    r.code.valid_from.FromDatetime(when - HOUR)
    r.code.valid_until.FromDatetime(when + 99 * HOUR)


def _come(r: pb.Inspection, when: Any) -> None:
    r.check_in.Clear()
    r.check_in.officer_ids.extend(["O-1", "O-2"])
    r.check_in.shown.extend([shown("O-1", when), shown("O-2", when)])
    r.check_in.place, r.check_in.area_code, r.check_in.code = "示例路1号", AREA, r.code.code
    r.check_in.check_in_time.FromDatetime(when)


def _urgent(r: pb.Inspection, when: Any) -> None:
    _come(r, when)
    r.urgency.cause, r.urgency.law, r.urgency.reported_to = "偷排", "《行政处罚法》第四十二条", "head-1"
    r.urgency.report_time.FromDatetime(when - timedelta(minutes=1))


def _write(r: pb.Inspection, when: Any) -> None:
    s = r.site_record
    s.findings, s.present, s.rights_told, s.signature, s.recorder = "正常", "负责人", True, 1, "O-1"
    s.start_time.FromDatetime(when - timedelta(minutes=30))
    s.end_time.FromDatetime(when)


def _find(r: pb.Inspection, when: Any, result: int = 1) -> None:
    r.conclusion.result, r.conclusion.text, r.conclusion.concluder = result, "结果", "O-1"
    r.conclusion.conclude_time.FromDatetime(when)


def _order(r: pb.Inspection, when: Any) -> None:
    r.correction.order = "补齐台账"
    r.correction.order_time.FromDatetime(when)
    r.correction.due_time.FromDatetime(when + 99 * HOUR)


def _verify(r: pb.Inspection, when: Any) -> None:
    _find(r, when, 2)
    r.correction.verification = "已补齐"
    r.correction.verify_time.FromDatetime(when)


def _refer(r: pb.Inspection, when: Any) -> None:
    _find(r, when, 3)
    r.case_id = "C-1"


def _tell(r: pb.Inspection, when: Any) -> None:
    r.result_notice.receipt = "回证"
    r.result_notice.tell_time.FromDatetime(when)


def _notice(r: pb.Inspection, when: Any) -> None:
    r.notice.receipt = "回证"
    r.notice.serve_time.FromDatetime(when)


LAWFUL: dict[str, Callable[[pb.Inspection, Any], None]] = {
    "OPEN_INSPECTION": lambda r, when: r.open_time.FromDatetime(when),
    "APPROVE_INSPECTION": _approve,
    "REQUEST_INSPECTION_CODE": lambda r, when: r.code_ask_time.FromDatetime(when),
    "TAKE_CODE": _code,
    "NOTICE_INSPECTION": _notice,
    "CHECK_IN": _come,
    "CHECK_IN_URGENTLY": _urgent,
    "RECORD_INSPECTION": _write,
    "RECORD_INSPECTION_OUTSIDE": _write,
    "FIND_NOTHING": _find,
    "ORDER_CORRECTION": _order,
    "VERIFY_CORRECTION": _verify,
    "REFER_CLUE": _refer,
    "TELL_RESULT": _tell,
    "PUBLISH_RESULT": lambda r, when: r.publish_time.FromDatetime(when),
    "CLOSE_INSPECTION": lambda r, when: r.close_time.FromDatetime(when),
}
WAY = (
    "OPEN_INSPECTION", "APPROVE_INSPECTION", "REQUEST_INSPECTION_CODE", "TAKE_CODE", "NOTICE_INSPECTION", "CHECK_IN",
    "RECORD_INSPECTION", "FIND_NOTHING", "TELL_RESULT", "PUBLISH_RESULT", "CLOSE_INSPECTION",
)  # fmt: skip


def until(act: str) -> tuple[str, ...]:
    return WAY[: WAY.index(act)]


async def both(office: Office, hours: float = 48, **second: Any) -> tuple[Story, Story]:
    """Two departments that inspected one enterprise within some days; the second says what `second` has."""
    one = await Story(office).known()
    other = Story(office, MARKET)
    other.record.plan_id = "IP-M"
    await one.go(*until("RECORD_INSPECTION"))
    other.when = one.when + hours * HOUR
    await other.tell("OPEN_INSPECTION")
    for act in until("RECORD_INSPECTION")[1:]:
        await other.tell(act, **second)
    return one, other
