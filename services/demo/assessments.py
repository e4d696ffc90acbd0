"""The assessments of the demonstration: those of the year are open, one department has handed in; and a saved report."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from yifa.supervision.v1 import report_pb2 as reports

from services.demo.folder import Desk
from services.demo.officehours import on
from services.given.people import OVERSIGHT
from services.given.say import Who, patient, saying
from services.law.calendar import SHANGHAI
from services.law.parameters import load_layers
from services.node.callers import Callers

OPENED, HANDED_IN, ASKED, SAVED = 21, 12, 8, 6
"""How many days ago each was done."""
OPINION = {"asked": 300, "satisfied": 264, "source": "示例：统计机构电话调查"}
CRITERIA = {
    "from_day": "2026-01-01",
    "until_day": "2026-12-31",
    "figure_ids": ["penalty", "no_penalty", "inspection", "remedy.corrected"],
    "group_by": reports.REPORT_GROUPING_MONTH,
}


def planned(
    callers: Callers, desks: Sequence[Desk], now: datetime, rng: Random
) -> list[tuple[datetime, str, Callable[[], Any]]]:
    """The acts, each with its time and name."""
    say, opened = patient(saying(callers)), dict[str, str]()

    def at(days_ago: int) -> datetime:
        return on(rng, (now.astimezone(SHANGHAI) - timedelta(days=days_ago)).date())

    year = at(OPENED).astimezone(SHANGHAI).year

    async def open_all() -> None:
        for desk in desks:
            about = {"body_id": desk.body_id, "year": year}
            reply = await say(callers.city, "supervision", "OpenAssessment", OVERSIGHT, **about)
            opened[desk.body_id] = reply.assessment.assessment_id

    async def hand_in() -> None:
        desk, scheme = desks[0], load_layers([]).assessment(year)
        head: Who = (desk.person("head"), "AGENCY_HEAD")
        scores = [
            {"indicator_id": each.id, "points": each.weight * 9 // 10, "text": "示例：已落实，尚有不足。"}
            for each in (scheme.ends if scheme is not None else ())
        ]
        given = {
            "body_id": desk.body_id,
            "year": year,
            "scores": scores,
            "summary": "示例：本年度自查自评材料。",
        }
        await say(desk.node, "enforcement", "SubmitSelfAssessment", head, **given)

    async def ask() -> None:
        asked = {"assessment_id": opened[desks[0].body_id], **OPINION}
        await say(callers.city, "supervision", "RecordPublicOpinion", OVERSIGHT, **asked)

    async def save() -> None:
        kept = {"title": "示例：按月份统计", "criteria": CRITERIA}
        await say(callers.city, "supervision", "SaveReportDefinition", OVERSIGHT, **kept)

    async def of_person() -> None:
        desk = desks[0]
        asked = {
            "officer_id": desk.officers[min(desk.officers)], "body_id": desk.body_id, "year": year, "post": "ASSESSED_POST_STAFF",
        }  # fmt: skip
        await say(callers.city, "supervision", "OpenOfficerAssessment", OVERSIGHT, **asked)

    return [
        (at(OPENED), "OpenAssessment", open_all),
        (at(OPENED), "OpenOfficerAssessment", of_person),
        (at(HANDED_IN), "SubmitSelfAssessment", hand_in),
        (at(ASKED), "RecordPublicOpinion", ask),
        (at(SAVED), "SaveReportDefinition", save),
    ]
