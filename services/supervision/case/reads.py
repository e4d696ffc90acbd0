"""Cases of all departments."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import case_view_pb2

from services.kit.clocks import deadlines as in_order
from services.kit.clocks import receipt
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.assistance.model import assistance_of
from services.supervision.beside.model import (
    courts_of,
    enforcements_of,
    measures_of,
    referrals_of,
    registrations_of,
    repairs_of,
)
from services.supervision.case.messages import not_judged_message, summary_message
from services.supervision.case.model import CaseView
from services.supervision.counts import count
from services.supervision.deadline.model import Clock
from services.supervision.deadline.reads import DROPPED, next_due
from services.supervision.event.messages import entry_message
from services.supervision.event.model import Received
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing
from services.supervision.search.reads import found_by
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning
from services.supervision.warning.reads import OPEN, open_warnings

CASES = CaseView.__table__
CLOCKS = Clock.__table__
FILINGS = Filing.__table__
RECEIVED = Received.__table__
WARNINGS = Warning.__table__
SUMMARY = [column for column in CASES.c if column.name not in ("record", "not_judged", "earlier")]
# A message stays well under what clients take by default.
TIMELINE = 2000


@read
def get_case(request: case_view_pb2.GetCaseRequest, view: View) -> case_view_pb2.GetCaseResponse:
    """A case with its clocks, warnings, filing and timeline, and what could not be judged. Refuses with NOT_FOUND."""
    key = request.case_id
    columns = (CASES.c.record, CASES.c.not_judged, CASES.c.edition, CASES.c.late_entries)
    row = view.get(select(*columns).where(CASES.c.case_id == key), "Case", key)
    filings = select(FILINGS).where(FILINGS.c.case_id == key).order_by(FILINGS.c.decide_time.desc())
    filing = view.one(filings.limit(1))
    warnings = select(WARNINGS).where(WARNINGS.c.case_id == key).order_by(WARNINGS.c.raise_time.desc())
    told = select(RECEIVED).where(RECEIVED.c.case_id == key).order_by(RECEIVED.c.position.desc())
    timeline = view.rows(told.limit(TIMELINE))
    measures, referrals = measures_of(view, key), referrals_of(view, key)
    registrations, repairs = registrations_of(view, key), repairs_of(view, key)
    courts, enforcements = courts_of(view, key), enforcements_of(view, key)
    subjects = [key, *(m.measure_id for m in measures), *(r.referral_id for r in referrals)]
    subjects += [*(r.registration_id for r in registrations), *(r.repair_id for r in repairs)]
    subjects += [e.enforcement_id for e in (*courts, *enforcements)]
    clocks = view.rows(select(CLOCKS).where(CLOCKS.c.subject.in_(subjects)))
    return case_view_pb2.GetCaseResponse(
        case=case_view_pb2.CaseView(
            case=case_pb2.Case.FromString(row.record),
            deadlines=in_order(clocks),
            warnings=[warning_message(w) for w in view.rows(warnings)],
            filing=filing_message(filing) if filing else None,
            timeline=[entry_message(e) for e in timeline],
            measures=measures,
            referrals=referrals,
            advance_registrations=registrations,
            assistance=assistance_of(view, key),
            credit_repairs=repairs,
            court_enforcements=courts,
            enforcements=enforcements,
            not_judged=[not_judged_message(each) for each in row.not_judged],
            receipt=receipt(row.edition, ()),
            late_entries=row.late_entries,
        )
    )


@read
def list_cases(request: case_view_pb2.ListCasesRequest, view: View) -> case_view_pb2.ListCasesResponse:
    """Cases of all departments, last changed first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching_cases(request, view)
    keys = (CASES.c.update_time.desc(), CASES.c.case_id.desc())
    found = select(*SUMMARY).where(*wanted)
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    cases = {row.case_id: summary_message(row) for row in rows}
    for case_id, open_ones in open_warnings(view, WARNINGS.c.case_id, list(cases)).items():
        cases[case_id].open_warnings = open_ones
    going = [row.case_id for row in rows if row.state not in DROPPED]
    for case_id, (due_time, clock_id) in next_due(view, going).items():
        cases[case_id].next_due_time.FromDatetime(due_time)
        cases[case_id].next_clock_id = clock_id
    total = count(view, CASES, wanted)
    return case_view_pb2.ListCasesResponse(cases=cases.values(), next_page_token=token, total=total)


def matching_cases(request: case_view_pb2.ListCasesRequest, view: View) -> list[Any]:
    """The conditions of a list of cases."""
    wanted: list[Any] = []
    if request.node:
        wanted.append(CASES.c.node == request.node)
    if request.state:
        wanted.append(CASES.c.state == request.state)
    if request.only_warned:
        wanted.append(CASES.c.case_id.in_(select(WARNINGS.c.case_id).where(WARNINGS.c.state == OPEN)))
    if text := request.query.strip():
        wanted.append(found_by(view, CASES.c.case_id, text))
    return wanted
