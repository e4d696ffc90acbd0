"""What supervision set out to do in the demonstration: the plan of the year, a special action, what the audit body decided, what
the government reported on the year before; and what a department promised of its services.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.demo.folder import Desk, stamp
from services.demo.officehours import on
from services.given import rule_of_law_report
from services.given import supervision_plan as given
from services.given.people import OVERSIGHT
from services.given.say import patient, request, saying
from services.law.calendar import SHANGHAI
from services.node.callers import Callers, ask

YEARLY, WITHDRAWN = pb.SUPERVISION_PLAN_KIND_YEARLY, pb.SUPERVISION_PLAN_STATE_WITHDRAWN
FOCUS = ["示例：涉企行政检查", "示例：行政执法三项制度落实情况"]
ACTION = "示例：涉企行政执法专项监督"
ORDERS = "示例：将坐支的罚没款项上缴国库，并报送缴款凭证。"
NUMBER = "示审决〔2026〕17号"
PUBLIC_BY = 4
"""The month in which the report on the year before is public."""
POINTS = "示府办〔2026〕21号"
MET = 22
"""How many days ago the regular meeting on legal work was held."""
DECIDED = "示例：统一文书格式"
PROMISED = {
    "title": "示例：咨询答复",
    "content": "示例：书面咨询逐件书面答复",
    "days": 5,
    "compensation": "示例：书面致歉并上门说明",
    "contact": "示例：0000-0000000",
    "address": "示例：政务服务大厅公示栏",
}
TASK, ANOTHER = "示例：更新权责清单", "示例：行政执法责任制验收材料"


@dataclass
class Plans:
    """The plans and the decision, as far as they have come."""

    desk: Desk
    ids: dict[str, str] = field(default_factory=dict)
    met: datetime = datetime.max
    """When the regular meeting on legal work is held."""
    promised: datetime = datetime.min
    """When the service was promised."""


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts, each with its time and name."""
    plans, today = Plans(desks[0]), now.astimezone(SHANGHAI)
    ordered = ((40, _ordered), (25, _reported), (18, _verified))
    tasked = (
        (38, _tasked),
        (20, _done),
        (15, _checked),
        (30, _called),
        (MET, _met),
        (80, _promised),
        (9, _kept),
    )
    steps = ((95, _year), (62, _action), (50, _inspect), *ordered, (10, _report), *tasked)
    found: list[tuple[datetime, str, Callable[[], Any]]] = []
    own = Random(POINTS)  # so that the days of everything else stay as they are
    for ago, step in steps:
        at = on(own if (ago, step) in tasked else rng, (today - timedelta(days=ago)).date())
        plans.met = at if step is _met else plans.met
        found.append((at, step.__name__.lstrip("_"), partial(step, callers, plans, at)))
    return found


async def _year(callers: Callers, plans: Plans, at: datetime) -> None:
    """The plan of the year, where the city has none yet."""
    say, year = patient(saying(callers)), at.astimezone(SHANGHAI).year
    listed = await say(callers.city, "supervision", "ListSupervisionPlans", OVERSIGHT, year=year)
    if any(p.kind == YEARLY and p.state != WITHDRAWN for p in listed.supervision_plans):
        return
    plans.ids["year"] = (await given.yearly(say, year, FOCUS, given.items(*FOCUS))).plan_id


async def _action(callers: Callers, plans: Plans, at: datetime) -> None:
    of = given.items(ACTION, body_ids=[plans.desk.body_id])
    plans.ids["action"] = (await given.special(patient(saying(callers)), ACTION, of, at)).plan_id


async def _inspect(callers: Callers, plans: Plans, _at: datetime) -> None:
    source = {"kind": "SUPERVISION_SOURCE_KIND_INSPECTION", "source_id": plans.ids["action"], "item_id": "1"}
    about = {"node": plans.desk.node, "body_id": plans.desk.body_id, "title": "示例：涉企检查频次抽查"}
    say = patient(saying(callers))
    await say(callers.city, "supervision", "RegisterSupervisionClue", OVERSIGHT, source=source, **about)


async def _ordered(callers: Callers, plans: Plans, at: datetime) -> None:
    say = patient(saying(callers))
    made = await given.audited(say, plans.desk.body_id, NUMBER, ORDERS, at)
    plans.ids["ordered"] = made.decision_id


async def _reported(callers: Callers, plans: Plans, _at: datetime) -> None:
    """The head of the department reports at the city, under its own token."""
    said = {"report": "示例：已经全部上缴国库。", "evidence": "示例：缴款凭证三份"}
    wanted = request("supervision", "ReportOutsideDecision", decision_id=plans.ids["ordered"], **said)
    head = callers.as_(plans.desk.node, plans.desk.person("head"), "AGENCY_HEAD")
    await ask(callers.supervision().ReportOutsideDecision, wanted, head)


async def _verified(callers: Callers, plans: Plans, _at: datetime) -> None:
    said = {"decision_id": plans.ids["ordered"], "reasons": "示例：凭证与决定一致。"}
    await patient(saying(callers))(callers.city, "supervision", "VerifyOutsideDecision", OVERSIGHT, **said)


async def _report(callers: Callers, _plans: Plans, at: datetime) -> None:
    """The last report that was public before this book, where it is not entered yet."""
    now = at.astimezone(SHANGHAI)
    say, year = patient(saying(callers)), now.year - (1 if now.month > PUBLIC_BY else 2)
    listed = await say(callers.city, "supervision", "ListRuleOfLawReports", OVERSIGHT, year=year)
    if not any(not report.body_id for report in listed.rule_of_law_reports):
        await rule_of_law_report.enter(say, year)


async def _tasked(callers: Callers, plans: Plans, at: datetime) -> None:
    """Tasks of the year's points: one that is done, and one that waits."""
    for key, title in (("task", TASK), ("waiting", ANOTHER)):
        made = await given.tasked(patient(saying(callers)), plans.desk.body_id, POINTS, title, at, 60)
        plans.ids[key] = made.task_id


async def _done(callers: Callers, plans: Plans, _at: datetime) -> None:
    """The head of the department reports at the city, under its own token."""
    said = {"report": "示例：清单已经更新并公布。", "proof": "示例：公布网页"}
    wanted = request("supervision", "ReportWorkTask", task_id=plans.ids["task"], **said)
    head = callers.as_(plans.desk.node, plans.desk.person("head"), "AGENCY_HEAD")
    await ask(callers.supervision().ReportWorkTask, wanted, head)


async def _checked(callers: Callers, plans: Plans, _at: datetime) -> None:
    said = {"task_id": plans.ids["task"], "fit": True, "reasons": "示例：与公布的清单一致。"}
    await patient(saying(callers))(callers.city, "supervision", "CheckWorkTask", OVERSIGHT, **said)


async def _called(callers: Callers, plans: Plans, _at: datetime) -> None:
    """The regular meeting on legal work is set."""
    at = plans.met + timedelta(minutes=30)
    made = await given.call_meeting(patient(saying(callers)), plans.desk.body_id, at)
    plans.ids["meeting"] = made.meeting_id


async def _met(callers: Callers, plans: Plans, at: datetime) -> None:
    """It was held, and decided something that is a task of the department now."""
    held = at - timedelta(minutes=1)
    await given.hold_meeting(
        patient(saying(callers)), plans.ids["meeting"], plans.desk.body_id, DECIDED, held
    )


async def _promised(callers: Callers, plans: Plans, _at: datetime) -> None:
    """The head publishes a promise of service at the city, under the own token."""
    said = request("supervision", "PublishServicePromise", body_id=plans.desk.body_id, **PROMISED)
    head = callers.as_(plans.desk.node, plans.desk.person("head"), "AGENCY_HEAD")
    made = await ask(callers.supervision().PublishServicePromise, said, head)
    plans.ids["promise"] = made.service_promise.promise_id
    plans.promised = made.service_promise.publish_time.ToDatetime(SHANGHAI)


async def _kept(callers: Callers, plans: Plans, at: datetime) -> None:
    """How it was kept: one answer came late."""
    late = [{"number": "示例咨2026-7", "reasons": "示例：经办人出差，未交接"}]
    told = {"from_time": stamp(plans.promised), "until_time": stamp(at - timedelta(hours=1)), "kept": 23}
    said = request(
        "supervision", "ReportServicePromise", promise_id=plans.ids["promise"], broken=late, **told
    )
    head = callers.as_(plans.desk.node, plans.desk.person("head"), "AGENCY_HEAD")
    await ask(callers.supervision().ReportServicePromise, said, head)
