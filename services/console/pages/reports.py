"""Reports: the yearly ones and those that were saved, what each figure counts, and their files."""

from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from yifa.supervision.v1 import report_pb2 as pb

from services.console.console import Console, console_of, language_of
from services.console.pages import filters
from services.console.render import address, page
from services.law.calendar import SHANGHAI

TYPES = {
    pb.REPORT_FORMAT_XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    pb.REPORT_FORMAT_PDF: "application/pdf",
}
FIRST = "enforcement_data"


def asked(request: Request, console: Console) -> pb.ReportAsked:
    """The report of the address: a saved one, or a yearly one; without any the enforcement data of the year before this one."""
    definition = filters.text(request, "definition", 64)
    year = filters.number(request, "year")
    if year > 9999:
        raise filters.BadFilter("year")
    if definition:
        return pb.ReportAsked(definition_id=definition, year=year)
    return pb.ReportAsked(
        report_id=filters.text(request, "report", 64) or FIRST,
        year=year or console.show(language_of(request)).now().astimezone(SHANGHAI).year - 1,
        body_id=filters.text(request, "body", 64),
    )


def carried(what: pb.ReportAsked) -> dict[str, Any]:
    named = {"definition": what.definition_id, "report": what.report_id, "body": what.body_id}
    return {**named, "year": what.year or ""}


async def reports(request: Request) -> Response:
    console = console_of(request)
    supervision, what = console.supervision, asked(request, console)
    listed, saved = await supervision.report_figures(), await supervision.report_definitions()
    found = await supervision.report(what)
    chosen = carried(what)
    return page(
        request,
        "reports.html",
        report=found.report,
        published=found.published if found.HasField("published") else None,
        same=found.same,
        f=chosen,
        yearly=listed.reports,
        saved=saved.definitions,
        files=[(name, address("/reports/file", **chosen, format=name)) for name in ("XLSX", "PDF")],
        rows=lambda figure, line: address("/reports/rows", **chosen, figure=figure, line=line),
    )


async def rows(request: Request) -> Response:
    console = console_of(request)
    what, figure = asked(request, console), filters.text(request, "figure", 64)
    line, seen = filters.text(request, "line", 200), filters.number(request, "seen")
    wanted = pb.ListReportRowsRequest(
        asked=what,
        figure_id=figure,
        line_key=line,
        page_size=filters.PAGE,
        page_token=filters.text(request, "token", 9),
    )
    found = await console.supervision.report_rows(wanted)
    figures = {each.figure_id: each for each in (await console.supervision.report_figures()).figures}
    chosen = {**carried(what), "figure": figure, "line": line}
    return page(
        request,
        "report_rows.html",
        found=found,
        figure=figures[figure],
        back=address("/reports", **carried(what)),
        pages=filters.pages(
            "/reports/rows", chosen, seen, len(found.rows), found.total, found.next_page_token
        ),
    )


async def file(request: Request) -> Response:
    """The report as a workbook or a PDF."""
    console = console_of(request)
    format = filters.enum(request, "format", "ReportFormat")
    name, content = await console.supervision.report_file(asked(request, console), format)
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return Response(content, media_type=TYPES[format], headers=headers)


ROUTES = [
    Route("/reports", reports),
    Route("/reports/rows", rows),
    Route("/reports/file", file),
]
