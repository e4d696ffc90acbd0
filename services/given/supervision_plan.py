"""What supervision sets out to do, drafted, approved above and published; and what audit bodies decided."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from yifa.supervision.v1 import legal_meeting_pb2 as meetings
from yifa.supervision.v1 import outside_decision_pb2 as outside
from yifa.supervision.v1 import supervision_plan_pb2 as pb
from yifa.supervision.v1 import work_task_pb2 as tasks

from services.given.measure import stamp
from services.given.people import CITY, OVERSIGHT, OVERSIGHT_HEAD
from services.given.say import Say
from services.law.calendar import SHANGHAI

ADDRESS = "示例：市人民政府门户网站行政执法监督专栏"
UNIT = "行政执法监督科"


def items(*subjects: str, body_ids: Iterable[str] = ()) -> list[dict[str, Any]]:
    """The items of a plan, each for the whole year."""
    many, whole = list(body_ids), {"responsible": UNIT, "begin_month": 1, "end_month": 12}
    return [
        {"item_id": str(n), "subject": each, "body_ids": many, **whole} for n, each in enumerate(subjects, 1)
    ]


async def yearly(say: Say, year: int, focus: list[str], of: list[dict[str, Any]]) -> pb.SupervisionPlan:
    """The plan of a year, published."""
    said = {"kind": pb.SUPERVISION_PLAN_KIND_YEARLY, "year": year, "title": f"{year}年度行政执法监督计划"}
    made = await say(CITY, "supervision", "DraftSupervisionPlan", OVERSIGHT, focus=focus, items=of, **said)
    return await publish(say, made.supervision_plan.plan_id)


async def special(say: Say, title: str, of: list[dict[str, Any]], now: datetime) -> pb.SupervisionPlan:
    """A special action that the province deployed and its government approved, begun."""
    level = pb.SPECIAL_ACTION_LEVEL_PROVINCE

    def paper(authority: str, number: str, ago: int) -> Any:
        when = stamp(now - timedelta(days=ago))
        return pb.SpecialActionPaper(
            authority=authority, level=level, document_number=number, issue_time=when
        )

    made = await say(
        CITY, "supervision", "DraftSupervisionPlan", OVERSIGHT, kind=pb.SUPERVISION_PLAN_KIND_SPECIAL, title=title,
        year=now.astimezone(SHANGHAI).year, focus=[title], items=of, responsible=UNIT, schedule="第一个月自查，第二个月抽查",
        requirements="边查边改，立行立改", deployment=paper("示例省司法厅", "示司监发〔2026〕3号", 20),
    )  # fmt: skip
    key = {"plan_id": made.supervision_plan.plan_id}
    approval = paper("示例省人民政府", "示府函〔2026〕11号", 10)
    await say(CITY, "supervision", "ApproveSpecialAction", OVERSIGHT, approval=approval, **key)
    return await publish(say, key["plan_id"])


async def publish(say: Say, plan_id: str) -> pb.SupervisionPlan:
    fields = {"plan_id": plan_id, "address": ADDRESS}
    reply = await say(CITY, "supervision", "PublishSupervisionPlan", OVERSIGHT_HEAD, **fields)
    return reply.supervision_plan  # type: ignore[no-any-return]


async def audited(
    say: Say, body_id: str, number: str, orders: str, now: datetime, days: int = 30
) -> outside.OutsideDecision:
    """A decision of an audit body, on record; so many days to carry it out."""
    reply = await say(
        CITY, "supervision", "RegisterOutsideDecision", OVERSIGHT, body_id=body_id, kind=outside.OUTSIDE_BODY_KIND_AUDIT,
        authority="示例市审计局", document_number=number, orders=orders, make_time=stamp(now - timedelta(days=2)),
        due_time=stamp(now + timedelta(days=days)),
    )  # fmt: skip
    return reply.outside_decision  # type: ignore[no-any-return]


async def tasked(
    say: Say, body_id: str, number: str, title: str, now: datetime, days: int = 30
) -> tasks.WorkTask:
    """A task of the year's points, assigned; so many days to do it."""
    reply = await say(
        CITY, "supervision", "AssignWorkTask", OVERSIGHT, body_id=body_id, kind=tasks.WORK_TASK_KIND_YEARLY,
        year=now.astimezone(SHANGHAI).year, title=title, document_number=number, content="梳理执法依据，更新权责清单并公布。",
        standard="清单经审核并公布", due_time=stamp(now + timedelta(days=days)),
    )  # fmt: skip
    return reply.work_task  # type: ignore[no-any-return]


async def heard(say: Say, task_id: str, now: datetime) -> None:
    """The executive meeting heard of law-based government in the year; another of the office looked at its minutes."""
    key = {"task_id": task_id}
    held = {"meet_time": stamp(now), "chair": "示例市长", "minutes": "示例：市政府常务会议纪要"}
    said = {"report": "示例：会议听取法治政府建设工作汇报，专题研究了三个问题。", "proof": "示例：会议纪要"}
    await say(CITY, "supervision", "ReportWorkTask", OVERSIGHT, **held, **said, **key)
    other = ("oversight-2", OVERSIGHT[1])
    await say(
        CITY, "supervision", "CheckWorkTask", other, fit=True, reasons="示例：经查纪要，会议已经召开。", **key
    )


async def call_meeting(say: Say, body_id: str, at: datetime) -> meetings.LegalMeeting:
    """The regular meeting on legal work is set."""
    said = {"set_time": stamp(at), "place": "示例第一会议室", "agenda": "示例：行政执法中出现的新问题"}
    reply = await say(CITY, "supervision", "PlanLegalMeeting", OVERSIGHT, body_ids=[body_id], **said)
    return reply.legal_meeting  # type: ignore[no-any-return]


async def hold_meeting(
    say: Say, meeting_id: str, body_id: str, title: str, now: datetime
) -> meetings.LegalMeeting:
    """It was held, and decided something that is a task of a unit now; the next is set."""
    key, came = {"meeting_id": meeting_id}, [{"body_id": body_id, "person": "示例法制科长"}]
    held = {"hold_time": stamp(now), "chair": "示例司法局长", "attendances": came}
    await say(CITY, "supervision", "HoldLegalMeeting", OVERSIGHT, **held, **key)
    matter = {
        "body_id": body_id, "title": title, "content": "示例：清理自制文书，改用统一格式。",
        "standard": "示例：抽查案卷均为统一格式", "due_time": stamp(now + timedelta(days=45)),
    }  # fmt: skip
    minutes = {"minutes": "示例：议定一项", "document_number": "示法例〔2026〕1号", "matters": [matter]}
    following = stamp(now + timedelta(days=60))
    reply = await say(
        CITY, "supervision", "RecordLegalMeeting", OVERSIGHT, **minutes, next_time=following, **key
    )
    return reply.legal_meeting  # type: ignore[no-any-return]
