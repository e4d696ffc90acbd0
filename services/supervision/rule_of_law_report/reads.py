"""The yearly reports on rule-of-law government, the last year first."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import rule_of_law_report_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.rule_of_law_report import TABLE
from services.supervision.counts import count
from services.supervision.normative_document.seen import own
from services.supervision.rule_of_law_report.model import RuleOfLawReport

REPORTS: Any = RuleOfLawReport.__table__  # type: ignore[attr-defined]


@read
def get_rule_of_law_report(
    request: pb.GetRuleOfLawReportRequest, view: View
) -> pb.GetRuleOfLawReportResponse:
    """A report, and the methods that its state leaves open; a department sees its own. Raises Missing."""
    wanted = [REPORTS.c.report_id == request.report_id, *own(view, REPORTS)]
    row = view.one(select(REPORTS.c.record, REPORTS.c.state).where(*wanted))
    if row is None:
        raise Missing("RuleOfLawReport", request.report_id)
    open_here = (m.method for m in TABLE.open(row.state))
    answer = pb.GetRuleOfLawReportResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.rule_of_law_report.ParseFromString(row.record)
    return answer


@read
def list_rule_of_law_reports(
    request: pb.ListRuleOfLawReportsRequest, view: View
) -> pb.ListRuleOfLawReportsResponse:
    """Reports, the last year first; a department sees its own. Refuses with BAD_PAGE_TOKEN."""
    wanted = own(view, REPORTS)
    if request.year:
        wanted.append(REPORTS.c.year == request.year)
    if request.node:
        wanted.append(REPORTS.c.node == request.node)
    if request.state:
        state = pb.RuleOfLawReportState.Name(request.state).removeprefix("RULE_OF_LAW_REPORT_STATE_")
        wanted.append(REPORTS.c.state == state)
    found = select(REPORTS.c.record, REPORTS.c.year, REPORTS.c.report_id).where(*wanted)
    keys = (REPORTS.c.year.desc(), REPORTS.c.report_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListRuleOfLawReportsResponse(next_page_token=token, total=count(view, REPORTS, wanted))
    for row in rows:
        listed.rule_of_law_reports.add().ParseFromString(row.record)
    return listed
