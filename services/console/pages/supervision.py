"""What supervision sets out to do, what audit and supervision bodies decided, the yearly reports on rule-of-law government: the
lists, and one of each.
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import (
    important_matter_pb2,
    legal_meeting_pb2,
    outside_decision_pb2,
    rule_of_law_report_pb2,
    supervision_plan_pb2,
    work_task_pb2,
)

from services.console.console import console_of, language_of
from services.console.pages import filters
from services.console.pages.beside import Listing, listed
from services.console.render import page
from services.console.show import short_enum
from services.law.calendar import SHANGHAI

PLANS, OUTSIDE, REPORTS = "/supervision-plans", "/outside-decisions", "/rule-of-law-reports"
TASKS, MEETINGS, PUBLICITY = "/work-tasks", "/legal-meetings", "/publicity"
MATTERS = "/important-matters"
FIRST_YEAR, LAST_YEAR = 2000, 2200


async def plans(request: Request) -> Response:
    console = console_of(request)
    wanted = supervision_plan_pb2.ListSupervisionPlansRequest(
        year=min(filters.number(request, "year"), 2200),
        state=filters.enum(request, "state", "SupervisionPlanState"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.supervision_plans(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    state = short_enum("SupervisionPlanState", wanted.state) if wanted.state else ""
    chosen = {"state": state, "year": wanted.year or ""}
    records = found.supervision_plans
    return page(
        request,
        "supervision_plans.html",
        records=records,
        f=chosen,
        states=filters.choices(show, "SupervisionPlanState"),
        pages=filters.pages(PLANS, chosen, seen, len(records), found.total, found.next_page_token),
    )


async def plan(request: Request) -> Response:
    """One plan, with what was done of its items."""
    found = await console_of(request).supervision.supervision_plan(request.path_params["plan_id"])
    done = {each.item_id: each for each in found.progress}
    return page(request, "supervision_plan.html", p=found.supervision_plan, done=done)


async def outside_decision(request: Request) -> Response:
    """One decision of an audit or supervision body."""
    found = await console_of(request).supervision.outside_decision(request.path_params["decision_id"])
    return page(request, "outside_decision.html", d=found.outside_decision)


async def rule_of_law_report(request: Request) -> Response:
    """One yearly report on rule-of-law government."""
    found = await console_of(request).supervision.rule_of_law_report(request.path_params["report_id"])
    return page(request, "rule_of_law_report.html", r=found.rule_of_law_report)


async def work_task(request: Request) -> Response:
    """One task of law-based government."""
    found = await console_of(request).supervision.work_task(request.path_params["task_id"])
    return page(request, "work_task.html", d=found.work_task)


async def important_matter(request: Request) -> Response:
    """One matter that a department told its superior."""
    found = await console_of(request).supervision.important_matter(request.path_params["matter_id"])
    return page(request, "important_matter.html", m=found.important_matter)


async def reportable_matters(request: Request) -> Response:
    """The list of what is told to the superior, to whom and how soon."""
    found = await console_of(request).supervision.reportable_matters()
    return page(request, "reportable_matters.html", items=found.matters)


async def publicity(request: Request) -> Response:
    """How far each unit is with its list of publicity of a year, and which has none."""
    console = console_of(request)
    year = filters.number(request, "year") or console.now().astimezone(SHANGHAI).year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    found = await console.supervision.work_task_units(work_task_pb2.WORK_TASK_KIND_PUBLICITY, year)
    return page(request, "publicity.html", units=found.units, year=year)


async def legal_meetings(request: Request) -> Response:
    """The regular meetings on legal work, the last set first."""
    console = console_of(request)
    wanted = legal_meeting_pb2.ListLegalMeetingsRequest(
        state=filters.enum(request, "state", "LegalMeetingState"),
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 400),
    )
    found = await console.supervision.legal_meetings(wanted)
    show, seen = console.show(language_of(request)), filters.number(request, "seen")
    chosen = {"state": short_enum("LegalMeetingState", wanted.state) if wanted.state else ""}
    records = found.legal_meetings
    return page(
        request,
        "legal_meetings.html",
        records=records,
        f=chosen,
        states=filters.choices(show, "LegalMeetingState"),
        pages=filters.pages(MEETINGS, chosen, seen, len(records), found.total, found.next_page_token),
    )


async def legal_meeting(request: Request) -> Response:
    """One regular meeting on legal work, with what it decided."""
    found = await console_of(request).supervision.legal_meeting(request.path_params["meeting_id"])
    m = found.legal_meeting
    names = {unit.body_id: unit.body_name for unit in m.units}
    return page(request, "legal_meeting.html", m=m, names=names)


RULE_OF_LAW_REPORTS = Listing(
    REPORTS,
    "rule_of_law_reports.html",
    "rule_of_law_reports",
    rule_of_law_report_pb2.ListRuleOfLawReportsRequest,
    "RuleOfLawReportState",
    "rule_of_law_reports",
)
OUTSIDE_DECISIONS = Listing(
    OUTSIDE,
    "outside_decisions.html",
    "outside_decisions",
    outside_decision_pb2.ListOutsideDecisionsRequest,
    "OutsideDecisionState",
    "outside_decisions",
)
WORK_TASKS = Listing(
    TASKS,
    "work_tasks.html",
    "work_tasks",
    work_task_pb2.ListWorkTasksRequest,
    "WorkTaskState",
    "work_tasks",
)
IMPORTANT_MATTERS = Listing(
    MATTERS,
    "important_matters.html",
    "important_matters",
    important_matter_pb2.ListImportantMattersRequest,
    "ImportantMatterState",
    "important_matters",
)
ROUTES = [
    listed(IMPORTANT_MATTERS),
    Route(MATTERS + "/list", reportable_matters),
    Route(MATTERS + "/{matter_id}", important_matter),
    Route(MEETINGS, legal_meetings),
    Route(MEETINGS + "/{meeting_id}", legal_meeting),
    Route(PUBLICITY, publicity),
    listed(WORK_TASKS),
    Route(TASKS + "/{task_id}", work_task),
    Route(PLANS, plans),
    Route(PLANS + "/{plan_id}", plan),
    listed(OUTSIDE_DECISIONS),
    Route(OUTSIDE + "/{decision_id}", outside_decision),
    listed(RULE_OF_LAW_REPORTS),
    Route(REPORTS + "/{report_id}", rule_of_law_report),
]
