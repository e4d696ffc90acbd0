"""Making yearly reports public, as they are counted, and correcting them (GBF-2018-118 6)."""

from datetime import datetime, timedelta
from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.act import Acts, Do
from services.kit.refusal import Missing
from services.kit.tx import Tx
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.procedures.yearly_report import YEARLY_REPORT
from services.law.reports import reports
from services.supervision.report.asked import asked_of
from services.supervision.report.facts import DoneReport
from services.supervision.report.making import make
from services.supervision.report.model import PublishedReport

_STATES = {n: name.removeprefix("PUBLISHED_REPORT_STATE_") for name, n in pb.PublishedReportState.items()}


def published_id(report_id: str, year: int) -> str:
    """The id of the report on a year as it is public: always the same, so that there is one."""
    return f"PR-{report_id}-{year}"


def columns(told: pb.PublishedReport) -> dict[str, Any]:
    return {"year": told.year, "state": _STATES[told.state], "version": told.version}


act = Acts(
    row=PublishedReport,
    record=pb.PublishedReport,
    key="published_report_id",
    procedure=YEARLY_REPORT,
    facts=DoneReport,
    columns=columns,
    tags=("published_report_id",),
)


def counted_now(tx: Tx, told: pb.PublishedReport) -> pb.Report:
    """The report as it is counted now, with what this transaction wrote."""
    tx.flush()
    view = View(tx.reader, tx.batch.around, tx.caller)
    return make(asked_of(view, pb.ReportAsked(report_id=told.report_id, year=told.year))).report


def _begun(request: pb.PublishYearlyReportRequest, tx: Tx) -> pb.PublishedReport:
    """The record that is made public. Raises Missing for a report that there is not."""
    yearly = reports().get(request.report_id)
    if yearly is None:
        raise Missing("YearlyReport", request.report_id)
    day = yearly.due_on(request.year) + timedelta(days=1)
    told = pb.PublishedReport(
        published_report_id=published_id(request.report_id, request.year),
        report_id=request.report_id,
        year=request.year,
        address=request.address,
        publisher=tx.caller.subject,
        late=tx.now >= datetime(day.year, day.month, day.day, tzinfo=SHANGHAI),
    )
    put_moment(told.publish_time, tx.now)
    return told


@act(YEARLY_REPORT.PUBLISH, begins=_begun)
def publish_yearly_report(
    _request: pb.PublishYearlyReportRequest, told: pb.PublishedReport, do: Do
) -> events.YearlyReportPublished:
    """Make a yearly report public as it is counted now."""
    told.report.CopyFrom(counted_now(do.tx, told))
    return events.YearlyReportPublished()


def _corrected(request: pb.CorrectYearlyReportRequest, told: pb.PublishedReport, tx: Tx) -> None:
    """What is counted now stands in the record before it is judged whether it differs."""
    told.report.CopyFrom(counted_now(tx, told))
    told.address = request.address


@act(YEARLY_REPORT.CORRECT, takes=_corrected)
def correct_yearly_report(
    request: pb.CorrectYearlyReportRequest, told: pb.PublishedReport, do: Do
) -> events.YearlyReportCorrected:
    """Put what is counted now in the place of what was published."""
    correction = told.corrections.add(reason=request.reason, corrector=do.caller)
    put_moment(correction.correct_time, do.now)
    return events.YearlyReportCorrected()
