"""Inspections at any stage: each word is one act, plain where nothing else is said."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import inspection_pb2 as pb
from yifa.enforcement.v1 import inspection_plan_pb2 as plans
from yifa.registry.v1 import power_pb2 as powers

from services.given.case import LAW, Act, violation
from services.given.people import CLERK, HEAD, REGISTRAR, UNIT, credit_code, officer
from services.given.say import Do, Say, Who

SCOPE = "对照清单检查污染防治设施运行和台账，采取现场查看、查阅资料的方式。"
URGENT_LAW = "《行政处罚法》第四十二条"
"""An article that exists; which one lets an inspection begin at once is for the sector's law to say."""
Show = Callable[[str], Awaitable[str]]
"""The signed code of an officer's certificate, made now."""


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at)
    return made


def enterprise(serial: int, **more: Any) -> pb.Enterprise:
    """A company that does not exist."""
    fields = {"name": f"示例企业{serial}", "credit_code": credit_code(serial, "91"), "address": "示例路1号"}
    return pb.Enterprise(**(fields | more))


@dataclass
class Visit:
    """An inspection as those who make it know it. `show` makes the codes of certificates, `now` tells the time."""

    body_id: str
    ids: Sequence[str]
    item_ids: Sequence[str]
    enterprise: pb.Enterprise
    show: Show
    now: Callable[[], datetime]
    inspection_id: str = ""
    code: str = ""
    plan_id: str = ""
    head: str = HEAD[0]
    """Who is in office as head of the body."""
    more: Mapping[str, Any] = field(default_factory=dict)

    def by(self, rpc: str) -> Who:
        """Who does an act where nobody else is named."""
        plain = PLAIN[rpc].by
        return (self.head, *plain[1:]) if plain == HEAD else plain or self.who

    @property
    def who(self) -> Who:
        """The officer who speaks for the inspection."""
        return officer(self.ids[0])


PLAIN: Mapping[str, Act] = MappingProxyType(
    {
        "ApproveInspection": Act(HEAD, lambda _: {"opinion": "同意"}),
        "RequestInspectionCode": Act(UNIT),
        "NoticeInspection": Act(CLERK, lambda _: {"receipt": "送达回证"}),
        "CheckIn": Act(None, lambda v: {"officer_ids": v.ids, "code": v.code, "place": v.enterprise.address}),
        "CheckInUrgently": Act(
            None,
            lambda v: {
                "officer_ids": v.ids,
                "place": v.enterprise.address,
                "urgency": {
                    "cause": "群众举报正在偷排，证据可能灭失",
                    "law": URGENT_LAW,
                    "reported_to": HEAD[0],
                    "report_time": stamp(v.now() - timedelta(minutes=5)),
                },
            },
        ),
        "MakeGoodInspection": Act(HEAD, lambda _: {"opinion": "情况属实，同意补办"}),
        "RecordInspection": Act(
            None,
            lambda v: {
                "start_time": stamp(v.now()),
                "end_time": stamp(v.now()),
                "findings": "检查了废水处理设施和在线监测，设施运行，台账齐全。",
                "present": "示例企业环保负责人",
                "rights_told": True,
                "signature": pb.RECORD_SIGNATURE_PARTY,
            },
        ),
        "FileInspectionOutside": Act(CLERK, lambda _: {"file_number": "异备〔2026〕1号"}),
        "FindNothing": Act(None, lambda _: {"text": "未发现问题"}),
        "OrderCorrection": Act(
            None,
            lambda v: {"order": "于期限内补齐危险废物台账", "due_time": stamp(v.now() + timedelta(days=10))},
        ),
        "VerifyCorrection": Act(None, lambda _: {"verification": "复查时台账已经补齐"}),
        "ReferClue": Act(
            UNIT,
            lambda v: {
                "summary": "现场检查发现在线监测数据异常",
                "violation": violation(v.now() - timedelta(days=1), law=LAW),
                "evidence": [
                    {"kind": cases.EVIDENCE_KIND_SITE_RECORD, "title": "现场检查笔录", "source": "现场检查"}
                ],
            },
        ),
        "TellResult": Act(CLERK, lambda _: {"receipt": "送达回证"}),
        "PublishResult": Act(CLERK, lambda _: {"address": "行政执法信息公示平台"}),
        "CloseInspection": Act(UNIT),
        "ReplaceInspectors": Act(HEAD, lambda v: {"officer_ids": v.ids, "reason": "原检查人员调离"}),
        "CallOffInspection": Act(HEAD, lambda _: {"cause": "企业停产，检查取消"}),
    }
)


async def act(do: Do, rpc: str, visit: Visit, by: Who | None = None, **more: Any) -> Any:
    """One act of an inspection, plain where nothing else is said; its reply. Who checks in shows their certificates."""
    plain = PLAIN[rpc]
    says = dict(plain.says(visit))
    if rpc.startswith("CheckIn") and "shown" not in more:
        says["shown"] = [await visit.show(officer_id) for officer_id in visit.ids]
    return await do(rpc, by or visit.by(rpc), inspection_id=visit.inspection_id, **{**says, **more})


async def planned(do: Do, visit: Visit, at: datetime, *, times: int = 1, **more: Any) -> plans.InspectionPlan:
    """A plan of the year that visits the enterprise, approved by the head."""
    visits = [
        {"enterprise": visit.enterprise, "item_ids": visit.item_ids, "planned_time": stamp(at)}
        for _ in range(times)
    ]
    fields = {
        "body_id": visit.body_id,
        "kind": plans.PLAN_KIND_YEARLY,
        "year": at.year,
        "title": f"{at.year}年度涉企行政检查计划",
        "visits": visits,
    }
    plan = (await do("DraftInspectionPlan", UNIT, **(fields | more))).inspection_plan
    approved = await do("ApproveInspectionPlan", (visit.head, *HEAD[1:]), plan_id=plan.plan_id)
    visit.plan_id = plan.plan_id
    return approved.inspection_plan  # type: ignore[no-any-return]


def opening(visit: Visit, **more: Any) -> dict[str, Any]:
    """What is said of an inspection that stands in the plan, for today, when it is proposed."""
    fields = {
        "body_id": visit.body_id,
        "kind": pb.INSPECTION_KIND_DAILY,
        "enterprise": visit.enterprise,
        "item_ids": visit.item_ids,
        "officer_ids": visit.ids,
        "plan_id": visit.plan_id,
        "scope": SCOPE,
        "planned_time": stamp(visit.now()),
    }
    return fields | dict(visit.more) | more


async def open_inspection(do: Do, visit: Visit, by: Who = UNIT, **more: Any) -> pb.Inspection:
    """An inspection that stands in the plan, for today."""
    opened = (await do("OpenInspection", by, **opening(visit, **more))).inspection
    visit.inspection_id = opened.inspection_id
    return opened  # type: ignore[no-any-return]


async def inspection_item(say: Say, body_id: str, basis_id: str, code: str, name: str) -> powers.PowerItem:
    """The city puts an item of inspection on a body's list and publishes the list."""
    fields = {
        "body_id": body_id,
        "code": code,
        "name": name,
        "kind": powers.POWER_KIND_INSPECTION,
        "basis_ids": [basis_id],
        "level": powers.POWER_LEVEL_CITY,
    }
    item = (await say("city", "registry", "ProposePowerItem", REGISTRAR, **fields)).item
    where = {"body_id": body_id, "publish_address": "市政府网站权责清单专栏"}
    await say("city", "registry", "PublishPowerList", REGISTRAR, **where)
    return item  # type: ignore[no-any-return]
