"""What the legal office of the city does in its ordinary work, and what every office hands in there once a year."""

import asyncio
from datetime import datetime, timedelta
from datetime import time as hour

from yifa.supervision.v1 import rule_of_law_report_pb2 as reports

from services.given import filing, supervision_plan
from services.given.people import CITY, OVERSIGHT, UNIT
from services.given.say import Say, request
from services.law.calendar import SHANGHAI, china
from services.node.callers import Callers, ask
from services.simulate.agenda import Agenda

EVERY = 5
TEXT = reports.RuleOfLawReportText(
    measures="示例：行政执法人员全部参加公共法律知识培训。",
    shortcomings="示例：执法全过程记录尚有不足，系设备更新较慢所致。",
    first_responsible="示例：主要负责人主持研究法治建设四次。",
    corrections="示例：案卷评查发现的问题均已整改。",
    plans="示例：完善裁量权基准。",
)


async def review_filings(agenda: Agenda, say: Say, days: int) -> None:
    """Once a week whatever major penalty was filed is reviewed and accepted."""
    last = agenda.now + timedelta(days=days)
    day = agenda.now.astimezone(SHANGHAI).date()
    while (day := china().add_working(day, EVERY)) < last.date():
        await agenda.until(datetime.combine(day, hour(15), SHANGHAI))
        listed = await say(
            "city", "supervision", "ListFilings", OVERSIGHT, state="FILING_STATE_FILED", page_size=500
        )
        await asyncio.gather(
            *(filing.reviewed(say, f.filing_id, accept=True, opinion="同意备案") for f in listed.filings)
        )


async def hear_of_the_year(agenda: Agenda, say: Say, days: int) -> None:
    """Every other week the executive meeting hears of law-based government, if it has not in the year (CBZ-2019-7 26)."""
    last = agenda.now + timedelta(days=days)
    day = agenda.now.astimezone(SHANGHAI).date()
    while (day := china().add_working(day, 2 * EVERY)) < last.date():
        await agenda.until(datetime.combine(day, hour(17), SHANGHAI))
        wanted = {"kind": "WORK_TASK_KIND_HEARING", "state": "WORK_TASK_STATE_ASSIGNED", "page_size": 500}
        listed = await say(CITY, "supervision", "ListWorkTasks", OVERSIGHT, **wanted)
        for task in listed.work_tasks:
            if task.year == day.year:
                await supervision_plan.heard(say, task.task_id, agenda.now)


async def report_on_the_year(agenda: Agenda, callers: Callers, days: int) -> None:
    """Every other week whoever owes a report on rule-of-law government hands it in and publishes it (RLG 23, 24)."""
    last = agenda.now + timedelta(days=days)
    day = agenda.now.astimezone(SHANGHAI).date()
    while (day := china().add_working(day, 2 * EVERY)) < last.date():
        await agenda.until(datetime.combine(day, hour(16), SHANGHAI))
        wanted = request(
            "supervision", "ListRuleOfLawReports", state="RULE_OF_LAW_REPORT_STATE_DUE", page_size=500
        )
        listed = await ask(callers.supervision().ListRuleOfLawReports, wanted, callers.as_(CITY, *OVERSIGHT))
        await asyncio.gather(*(hand_in(callers, report) for report in listed.rule_of_law_reports))


async def hand_in(callers: Callers, report: reports.RuleOfLawReport) -> None:
    """One report, by whose it is, to all to whom it goes."""
    who = callers.as_(report.node, *(OVERSIGHT if report.node == CITY else UNIT))
    said = {
        "document_number": f"示例报告〔{report.year}〕{report.body_name}1号",
        "text": TEXT,
        "recipients": [to for to in reports.ReportRecipient.values() if to],
    }
    for rpc, fields in (
        ("SubmitRuleOfLawReport", said),
        ("PublishRuleOfLawReport", {"address": "https://example.invalid/rule-of-law"}),
    ):
        wanted = request("supervision", rpc, report_id=report.report_id, **fields)
        await ask(getattr(callers.supervision(), rpc), wanted, who)
