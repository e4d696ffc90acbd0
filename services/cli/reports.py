"""Reports of enforcement: counted anew, listed figure by figure, written as files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from yifa.supervision.v1 import report_pb2 as pb
from yifa.supervision.v1 import supervision_service_pb2_grpc

from services.kit.dial import channel
from services.law.yuan import figures
from services.node.failure import Failure
from services.node.plan import Plan

FORMATS = {".xlsx": pb.REPORT_FORMAT_XLSX, ".pdf": pb.REPORT_FORMAT_PDF}
SAVED = "RD-"
PAGE = 500


def asked(name: str, year: int, body: str) -> pb.ReportAsked:
    """A yearly report by its name, or a saved one by its id. Raises Failure for a yearly one without a year."""
    if name.startswith(SAVED):
        return pb.ReportAsked(definition_id=name, year=year)
    if not year:
        raise Failure(f"name the year that {name} is on")
    return pb.ReportAsked(report_id=name, year=year, body_id=body)


async def run(plan: Plan, what: pb.ReportAsked) -> pb.Report:
    """The report. Raises AioRpcError for a refusal."""
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        reply = await stub.RunReport(pb.RunReportRequest(asked=what), metadata=_caller(plan))
    report: pb.Report = reply.report
    return report


async def listed(plan: Plan, what: pb.ReportAsked, figure_id: str) -> pb.ListReportRowsResponse:
    """All that a figure counts. Raises AioRpcError for a refusal."""
    found = pb.ListReportRowsResponse()
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        while True:
            wanted = pb.ListReportRowsRequest(
                asked=what, figure_id=figure_id, page_size=PAGE, page_token=found.next_page_token
            )
            page = await stub.ListReportRows(wanted, metadata=_caller(plan))
            found.rows.extend(page.rows)
            found.total, found.next_page_token = page.total, page.next_page_token
            if not found.next_page_token:
                return found


async def fetch(plan: Plan, what: pb.ReportAsked, into: Path) -> Path:
    """Write the report as a file. Raises Failure for a kind of file that there is not, AioRpcError for a refusal."""
    suffix = ".xlsx" if into.is_dir() else into.suffix.lower()
    if suffix not in FORMATS:
        raise Failure(f"{into} is neither a workbook (.xlsx) nor a PDF (.pdf)")
    request = pb.ExportReportRequest(asked=what, format=FORMATS[suffix])
    async with channel(plan.target(plan.city.id)) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        pieces = [piece async for piece in stub.ExportReport(request, metadata=_caller(plan))]
    file = into / pieces[0].file_name if into.is_dir() else into
    file.write_bytes(b"".join(piece.data for piece in pieces))
    return file


def _caller(plan: Plan) -> Any:
    token = plan.token("reports", plan.city.id, "OVERSIGHT")
    return (("authorization", f"Bearer {token}"),)


def lines(found: Any) -> Iterable[str]:
    """What is printed: the figures in total and by group, or the rows of one."""
    if isinstance(found, pb.ListReportRowsResponse):
        for row in found.rows:
            amount = f" {figures(row.amount.fen)}元" if row.HasField("amount") else ""
            yield f"{row.occur_time.ToJsonString()} {row.body_name} {row.number} {row.which}{amount} {row.title}"
        yield f"共 {found.total} 件 in all"
        return
    yield f"{found.title_zh} {found.title_en} {found.from_day} – {found.until_day}"
    for n, column in enumerate(found.columns):
        figure = column.figure
        yield f"{figure.title_zh} {figure.title_en} ({figure.figure_id})"
        for line in found.lines:
            value = line.values[n]
            if value.count or not line.key:
                amount = f" {figures(value.amount.fen)}元" if value.HasField("amount") else ""
                yield f"    {line.title_zh}: {value.count}{amount}"
    if found.left_out_total:
        yield f"因记录有误未计入 left out for a fault in the record: {found.left_out_total}"
