"""Reports: what can be counted, a report counted anew, what a figure counts one by one, and files of a report."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import report_pb2 as pb

from services.kit.clocks import citation
from services.kit.paper.typesetter import NotSet
from services.kit.refusal import Full, Malformed
from services.kit.rpc import long_read, read, stream
from services.kit.view import Feed, View, packed
from services.law.figure import FIGURES
from services.law.reports import reports
from services.supervision.report.asked import Asked, asked_of
from services.supervision.report.facts import same
from services.supervision.report.making import Made, figure_message, make, rows
from services.supervision.report.model import PublishedReport, ReportDefinition
from services.supervision.report.printing import printed
from services.supervision.report.publishing import published_id
from services.supervision.report.workbook import workbook

DEFINITIONS: Any = ReportDefinition.__table__  # type: ignore[attr-defined]
PUBLISHED: Any = PublishedReport.__table__  # type: ignore[attr-defined]
PIECE = 64 * 1024
PAGE = 50


@read
def list_report_figures(_request: pb.ListReportFiguresRequest, view: View) -> pb.ListReportFiguresResponse:
    """What can be counted, and the yearly reports."""
    return pb.ListReportFiguresResponse(
        figures=[figure_message(view, each) for each in FIGURES.values()],
        reports=[
            pb.YearlyReport(
                report_id=each.id,
                title_zh=each.title_zh,
                title_en=each.title_en,
                citation=citation(view.parameters.cited(each.law)),
                due=f"{each.due_on(2000):%m-%d}",
                figure_ids=each.figures,
                note_zh=each.note_zh,
                note_en=each.note_en,
            )
            for each in reports().values()
        ],
    )


@long_read
def run_report(request: pb.RunReportRequest, view: View) -> pb.RunReportResponse:
    """A report, counted anew from the records, and as it was made public. Refuses with NOT_FOUND, MALFORMED."""
    reply = pb.RunReportResponse(report=make(asked_of(view, request.asked)).report)
    if request.asked.report_id and not request.asked.body_id:
        row = view.find(PublishedReport, published_id(request.asked.report_id, request.asked.year))
        if row is not None:
            reply.published.ParseFromString(row.record)
            reply.same = same(reply.published.report, reply.report)
    return reply


@long_read
def list_report_rows(request: pb.ListReportRowsRequest, view: View) -> pb.ListReportRowsResponse:
    """What a figure of a report counts, the first first. Refuses with NOT_FOUND, MALFORMED."""
    asked = asked_of(view, request.asked)
    if request.figure_id not in asked.criteria.figure_ids:
        said = ("is no figure of the report", "不是该报表的统计指标")
        raise Malformed({"figure_id": said})
    found = list(rows(asked, request.figure_id, request.line_key))
    start, size = int(request.page_token or 0), request.page_size or PAGE
    reply = pb.ListReportRowsResponse(rows=found[start : start + size], total=len(found))
    if start + size < len(found):
        reply.next_page_token = str(start + size)
    if FIGURES[request.figure_id].amount:
        reply.amount.fen = sum(row.amount.fen for row in found)
    return reply


@stream
async def export_report(
    request: pb.ExportReportRequest, feed: Feed
) -> AsyncIterator[pb.ExportReportResponse]:
    """A report as a file, in pieces. Refuses with NOT_FOUND, MALFORMED, PAPER_NOT_SET."""
    xlsx = request.format == pb.REPORT_FORMAT_XLSX
    made, content = await asyncio.to_thread(_made, request, feed, xlsx)
    if not xlsx:
        office = feed.parameters.numbering().office
        try:
            content = await printed(made.report, feed.around, office)
        except NotSet as no:
            said = f"the report could not be set in type: {no}", f"报表无法排版：{no}"
            raise Full("PAPER_NOT_SET", *said, problem=str(no)) from no
    report = made.report
    name = f"{report.title_zh} {report.from_day}至{report.until_day}.{'xlsx' if xlsx else 'pdf'}"
    yield pb.ExportReportResponse(file_name=name.replace("/", "_"))
    for at in range(0, len(content), PIECE):
        yield pb.ExportReportResponse(data=content[at : at + PIECE])


def _made(request: pb.ExportReportRequest, feed: Feed, xlsx: bool) -> tuple[Made, bytes]:
    """Counted in a thread of its own, on a connection of its own."""
    with feed.reading() as connection:
        asked: Asked = asked_of(View(connection, feed.around, feed.caller), request.asked)
        made = make(asked)
        return made, workbook(asked, made) if xlsx else b""


@read
def list_published_reports(
    request: pb.ListPublishedReportsRequest, view: View
) -> pb.ListPublishedReportsResponse:
    """The yearly reports that are public, the newest year first, without who published them. Refuses with BAD_PAGE_TOKEN."""
    found = select(PUBLISHED)
    if request.year:
        found = found.where(PUBLISHED.c.year == request.year)
    keys = (PUBLISHED.c.year.desc(), PUBLISHED.c.published_report_id.desc())
    rows_, token = view.page(found, keys, min(request.page_size, PAGE), request.page_token, default=10)
    reply = pb.ListPublishedReportsResponse(next_page_token=token)
    for row in rows_:
        told = reply.published_reports.add()
        told.ParseFromString(row.record)
        told.ClearField("publisher")
        told.report.ClearField("left_out")
        for correction in told.corrections:
            correction.ClearField("corrector")
    return reply


@read
def list_report_definitions(request: pb.ListReportDefinitionsRequest, view: View) -> bytes:
    """A pb.ListReportDefinitionsResponse, the last saved first. Refuses with BAD_PAGE_TOKEN."""
    keys = (DEFINITIONS.c.save_time.desc(), DEFINITIONS.c.definition_id.desc())
    kept = select(DEFINITIONS).where(DEFINITIONS.c.deleted.is_(False))
    found, token = view.page(kept, keys, request.page_size, request.page_token)
    listed = packed(pb.ListReportDefinitionsResponse.DEFINITIONS_FIELD_NUMBER, [row.record for row in found])
    return listed + pb.ListReportDefinitionsResponse(next_page_token=token).SerializeToString()
