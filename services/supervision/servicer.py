"""SupervisionService: one method per RPC."""

from collections.abc import AsyncIterator

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1.law_pb2 import ClockState
from yifa.supervision.v1 import case_view_pb2, dispute_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_service_pb2 as pb

from services.kit.clocks import RUNNING, deadline_proto, observe
from services.kit.clocks import deadlines as in_order
from services.kit.rpc import read, stream, write
from services.kit.tx import Tx
from services.kit.view import Feed, View
from services.supervision import disputes, reads
from services.supervision.calendar import load_year
from services.supervision.clocks import REVIEWED
from services.supervision.early import address
from services.supervision.facts import time_in
from services.supervision.field_acts import FieldActs
from services.supervision.messages import (
    dispute_message,
    entry_message,
    filing_message,
    summary_message,
    warning_message,
)
from services.supervision.model import CaseView, Clock, Dispute, Filing
from services.supervision.process import FILING
from services.supervision.reads import CASES, CLOCKS, DISPUTES, FILINGS, RECEIVED, WARNINGS
from services.supervision.rules import ReviewFacts
from services.supervision.watch import watch

# A message stays well under what clients take by default.
TIMELINE = 2000


class SupervisionService(FieldActs):
    domain = "supervision.yifa"

    @read
    def GetCase(self, request: pb.GetCaseRequest, view: View) -> pb.GetCaseResponse:
        """A case with its clocks, warnings, filing and timeline. Refuses with NOT_FOUND."""
        key = request.case_id
        row = view.get(select(CASES.c.record).where(CASES.c.case_id == key), "Case", key)
        filing = view.one(select(FILINGS).where(FILINGS.c.case_id == key))
        warnings = select(WARNINGS).where(WARNINGS.c.case_id == key).order_by(WARNINGS.c.raise_time.desc())
        told = select(RECEIVED).where(RECEIVED.c.case_id == key).order_by(RECEIVED.c.position.desc())
        timeline = view.rows(told.limit(TIMELINE))
        clocks = view.rows(select(CLOCKS).where(CLOCKS.c.subject == key))
        return pb.GetCaseResponse(
            case=case_view_pb2.CaseView(
                case=case_pb2.Case.FromString(row.record),
                deadlines=in_order(clocks),
                warnings=[warning_message(w) for w in view.rows(warnings)],
                filing=filing_message(filing) if filing else None,
                timeline=[entry_message(e) for e in timeline],
            )
        )

    @read
    def ListCases(self, request: pb.ListCasesRequest, view: View) -> pb.ListCasesResponse:
        """Cases of all departments, last changed first. Refuses with BAD_PAGE_TOKEN."""
        wanted = reads.matching_cases(request)
        keys = (CASES.c.update_time.desc(), CASES.c.case_id.desc())
        found = select(*reads.SUMMARY).where(*wanted)
        rows, token = view.page(found, keys, request.page_size, request.page_token)
        cases = {row.case_id: summary_message(row) for row in rows}
        for case_id, open_ones in reads.open_warnings(view, list(cases)).items():
            cases[case_id].open_warnings = open_ones
        for case_id, (due_time, clock_id) in reads.next_due(view, list(cases)).items():
            cases[case_id].next_due_time.FromDatetime(due_time)
            cases[case_id].next_clock_id = clock_id
        total = reads.count(view, CASES, wanted)
        return pb.ListCasesResponse(cases=cases.values(), next_page_token=token, total=total)

    @read
    def ListWarnings(self, request: pb.ListWarningsRequest, view: View) -> pb.ListWarningsResponse:
        """Warnings, newest first. Refuses with BAD_PAGE_TOKEN."""
        wanted = reads.matching_warnings(request)
        keys = (WARNINGS.c.raise_time.desc(), WARNINGS.c.warning_id.desc())
        rows, token = view.page(select(WARNINGS).where(*wanted), keys, request.page_size, request.page_token)
        return pb.ListWarningsResponse(
            warnings=[warning_message(row) for row in rows],
            next_page_token=token,
            total=reads.count(view, WARNINGS, wanted),
        )

    @read
    def ListFilings(self, request: pb.ListFilingsRequest, view: View) -> pb.ListFilingsResponse:
        """Filing reviews, newest first. Refuses with BAD_PAGE_TOKEN."""
        wanted = reads.matching_filings(request)
        keys = (FILINGS.c.decide_time.desc(), FILINGS.c.filing_id.desc())
        rows, token = view.page(select(FILINGS).where(*wanted), keys, request.page_size, request.page_token)
        return pb.ListFilingsResponse(
            filings=[filing_message(row) for row in rows],
            next_page_token=token,
            total=reads.count(view, FILINGS, wanted),
        )

    @read
    def ListDeadlines(self, request: pb.ListDeadlinesRequest, view: View) -> pb.ListDeadlinesResponse:
        """The clocks of all cases in one state, first due first. Refuses with BAD_PAGE_TOKEN."""
        state = ClockState.Name(request.state).removeprefix("CLOCK_STATE_") if request.state else RUNNING
        found = reads.clocks_in(state)
        if (before := time_in(request, "before_time")) is not None:
            found = found.where(CLOCKS.c.due_time < before)
        keys = (CLOCKS.c.due_time, CLOCKS.c.key)
        rows, token = view.page(found, keys, request.page_size, request.page_token)
        listed = [deadline_proto(row) for row in rows]
        for deadline, row in zip(listed, rows, strict=True):
            deadline.case_number = row.case_number
        return pb.ListDeadlinesResponse(deadlines=listed, next_page_token=token)

    @read
    def GetOverview(self, _request: pb.GetOverviewRequest, view: View) -> pb.GetOverviewResponse:
        """What is going on, counted."""
        position = reads.last_position(view)
        return pb.GetOverviewResponse(
            departments=reads.departments(view),
            events=position,
            open_warnings=reads.count(view, WARNINGS, [WARNINGS.c.state == reads.OPEN]),
            filings_waiting=reads.count(view, FILINGS, [FILINGS.c.state == "FILED"]),
            last_position=position,
        )

    @write
    def LoadCalendarYear(self, request: pb.LoadCalendarYearRequest, tx: Tx) -> pb.LoadCalendarYearResponse:
        """Load the year that the State Council proclaimed (HOL-2024:7); all clocks that lean on it are counted anew.

        Refuses with MALFORMED, CALENDAR_YEAR_LOADED, CALENDAR_YEAR_CHANGED.
        """
        return pb.LoadCalendarYearResponse(calendar_year=load_year(tx, request))

    @write(loads=(Dispute, "dispute_id"))
    def DesignateJurisdiction(
        self, request: dispute_pb2.DesignateJurisdictionRequest, tx: Tx
    ) -> dispute_pb2.DesignateJurisdictionResponse:
        """Say who handles a disputed matter (APL 25(2), ASR 13). Refuses with NOT_FOUND, ACT_NOT_OPEN, CASE_DECIDED."""
        row = disputes.designate(tx, request)
        return dispute_pb2.DesignateJurisdictionResponse(dispute=dispute_message(row))

    @read
    def ListDisputes(
        self, request: dispute_pb2.ListDisputesRequest, view: View
    ) -> dispute_pb2.ListDisputesResponse:
        """Disputes over jurisdiction, newest first. Refuses with BAD_PAGE_TOKEN."""
        found = select(DISPUTES)
        if request.state:
            state = dispute_pb2.DisputeState.Name(request.state).removeprefix("DISPUTE_STATE_")
            found = found.where(DISPUTES.c.state == state)
        keys = (DISPUTES.c.open_time.desc(), DISPUTES.c.dispute_id.desc())
        rows, token = view.page(found, keys, request.page_size, request.page_token)
        return dispute_pb2.ListDisputesResponse(
            disputes=[dispute_message(row) for row in rows], next_page_token=token
        )

    @write(loads=(Filing, "filing_id"))
    def AcceptFiling(self, request: pb.AcceptFilingRequest, tx: Tx) -> pb.AcceptFilingResponse:
        """Accept a filed penalty (ASR 15). Refuses with NOT_FOUND, ACT_NOT_OPEN."""
        return pb.AcceptFilingResponse(filing=filing_message(conclude(tx, "ACCEPT", request)))

    @write(loads=(Filing, "filing_id"))
    def ObjectToFiling(self, request: pb.ObjectToFilingRequest, tx: Tx) -> pb.ObjectToFilingResponse:
        """Object to a filed penalty (ASR 28). Refuses with NOT_FOUND, ACT_NOT_OPEN, OPINION_REQUIRED."""
        return pb.ObjectToFilingResponse(filing=filing_message(conclude(tx, "OBJECT", request)))

    @stream
    async def Watch(self, request: pb.WatchRequest, feed: Feed) -> AsyncIterator[pb.WatchResponse]:
        """Every event from a position or a time on, or from now, and on without an end."""
        async for response in watch(request, feed):
            yield response


def conclude(tx: Tx, act: str, request: pb.AcceptFilingRequest | pb.ObjectToFilingRequest) -> Filing:
    """Conclude a review, and tell the department."""
    filing = tx.get(Filing, request.filing_id)
    filing.state = FILING.step(act, filing.state, ReviewFacts(request.opinion)).target
    filing.reviewer, filing.opinion, filing.conclude_time = tx.caller.subject, request.opinion, tx.now
    filing.version += 1
    view = tx.find(CaseView, filing.case_id)
    observe(tx, Clock, REVIEWED, filing.case_id, tx.now, sector=view.case().sector if view else "")
    reviewed = events.FilingReviewed(filing=filing_message(filing))
    tx.emit(reviewed, subject=filing.filing_id, to=address(tx, filing.node))
    return filing
