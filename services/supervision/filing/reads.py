"""Filing reviews: listed, one of them whole, and what they come to (有件必备、有备必审、有错必纠)."""

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from yifa.supervision.v1 import filing_pb2

from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View
from services.supervision.counts import count
from services.supervision.file_review_batch.facts import period
from services.supervision.filing.messages import filing_message, whole_message
from services.supervision.filing.model import Filing

FILINGS = Filing.__table__
ONE = select(FILINGS).where(FILINGS.c.filing_id == bindparam("wanted"))
LISTED = [column for column in FILINGS.c if column.name != "substance"]
CONCLUDED = ("ACCEPTED", "OBJECTED", "CORRECTED")


@read
def list_filings(request: filing_pb2.ListFilingsRequest, view: View) -> filing_pb2.ListFilingsResponse:
    """Filing reviews, newest first. Refuses with BAD_PAGE_TOKEN."""
    wanted = matching_filings(request)
    keys = (FILINGS.c.decide_time.desc(), FILINGS.c.filing_id.desc())
    rows, token = view.page(select(*LISTED).where(*wanted), keys, request.page_size, request.page_token)
    return filing_pb2.ListFilingsResponse(
        filings=[filing_message(row) for row in rows],
        next_page_token=token,
        total=count(view, FILINGS, wanted),
    )


def matching_filings(request: filing_pb2.ListFilingsRequest) -> list[Any]:
    """The conditions of a list of filings."""
    if not request.state:
        return []
    return [FILINGS.c.state == filing_pb2.FilingState.Name(request.state).removeprefix("FILING_STATE_")]


@read
def get_filing(request: filing_pb2.GetFilingRequest, view: View) -> filing_pb2.GetFilingResponse:
    """A filing with what was looked at, and what was found. Refuses with NOT_FOUND."""
    row = view.get(ONE, "Filing", request.filing_id, wanted=request.filing_id)
    return filing_pb2.GetFilingResponse(filing=whole_message(row))


@read
def get_filing_figures(
    request: filing_pb2.GetFilingFiguresRequest, view: View
) -> filing_pb2.GetFilingFiguresResponse:
    """What became of the major penalties that were decided on days of a period, by department. Refuses with MALFORMED."""
    asked = period(request.from_day, request.until_day)
    if asked is None:
        said = ("are no period", "不是一个期间")
        raise Malformed({"from_day": said, "until_day": said})
    since, until = asked
    columns = (FILINGS.c[name] for name in ("node", "state", "file_time", "due_time", "late"))
    found = select(*columns).where(
        FILINGS.c.decide_time >= since, FILINGS.c.decide_time < until, FILINGS.c.state != "LAPSED"
    )
    by_node: dict[str, list[Any]] = defaultdict(list)
    for row in view.rows(found):
        by_node[row.node].append(row)
    return filing_pb2.GetFilingFiguresResponse(
        departments=[figures(node, by_node[node], view.now) for node in sorted(by_node)]
    )


def figures(node: str, rows: list[Any], now: datetime) -> filing_pb2.FilingFigures:
    """Of one department: what had to come and came, what came and was reviewed, what was wrong and is put right."""
    came = [row for row in rows if row.file_time is not None]
    return filing_pb2.FilingFigures(
        node=node,
        due=len(rows),
        filed=len(came),
        overdue=sum(row.file_time is None and row.due_time < now for row in rows),
        late=sum(row.late for row in rows),
        returned=sum(row.state == "RETURNED" for row in rows),
        reviewed=sum(row.state in CONCLUDED for row in rows),
        review_overdue=sum(row.state not in CONCLUDED and row.due_time < now for row in came),
        objected=sum(row.state in ("OBJECTED", "CORRECTED") for row in rows),
        corrected=sum(row.state == "CORRECTED" for row in rows),
    )
