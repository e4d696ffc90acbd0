"""Supervision matters, and the files of their papers."""

import time
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import bindparam, select
from yifa.supervision.v1 import supervision_order_pb2 as pb

from services.kit.refusal import Busy, Full
from services.kit.rpc import read, stream
from services.kit.view import Feed, View
from services.law.procedures.supervision_order import TABLE
from services.supervision.counts import count
from services.supervision.supervision_order.model import SupervisionOrder
from services.supervision.supervision_order.paper import OrderPaper, OrderPaperFile

ORDERS: Any = SupervisionOrder.__table__  # type: ignore[attr-defined]
PAPER = select(OrderPaper.ready, OrderPaper.problem).where(OrderPaper.paper_id == bindparam("wanted"))
FILE = select(OrderPaperFile.content).where(OrderPaperFile.paper_id == bindparam("wanted"))
ONE = select(ORDERS.c.record, ORDERS.c.state).where(ORDERS.c.order_id == bindparam("wanted"))
PIECE = 64 * 1024
# How long a caller waits for a paper that is being set.
PATIENCE = 30.0


@read
def list_supervision_orders(
    request: pb.ListSupervisionOrdersRequest, view: View
) -> pb.ListSupervisionOrdersResponse:
    """Supervision matters, newest first. Refuses with BAD_PAGE_TOKEN."""
    named = ("node", "source_id", "case_id")
    wanted = [ORDERS.c[name] == getattr(request, name) for name in named if getattr(request, name)]
    if request.state:
        state = pb.SupervisionOrderState.Name(request.state).removeprefix("SUPERVISION_ORDER_STATE_")
        wanted.append(ORDERS.c.state == state)
    found = select(ORDERS.c.record, ORDERS.c.register_time, ORDERS.c.order_id).where(*wanted)
    keys = (ORDERS.c.register_time.desc(), ORDERS.c.order_id.desc())
    rows, token = view.page(found, keys, request.page_size, request.page_token)
    listed = pb.ListSupervisionOrdersResponse(next_page_token=token, total=count(view, ORDERS, wanted))
    for row in rows:
        listed.orders.add().ParseFromString(row.record)
    return listed


@read
def get_supervision_order(
    request: pb.GetSupervisionOrderRequest, view: View
) -> pb.GetSupervisionOrderResponse:
    """A matter, and the methods that its state leaves open. Raises Missing."""
    row = view.get(ONE, "SupervisionOrder", request.order_id, wanted=request.order_id)
    open_here = (m.method for m in TABLE.open(row.state) if {"OVERSIGHT", "GOVERNMENT"} & set(m.roles))
    answer = pb.GetSupervisionOrderResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.order.ParseFromString(row.record)
    return answer


@stream
async def get_supervision_paper(
    request: pb.GetSupervisionPaperRequest, feed: Feed
) -> AsyncIterator[pb.GetSupervisionPaperResponse]:
    """The file of a paper in pieces; one that is being set is waited for. Raises Missing, Busy, Full."""
    deadline = time.monotonic() + PATIENCE
    while True:
        mark = feed.mark
        row = feed.get(PAPER, "OrderPaper", request.paper_id, wanted=request.paper_id)
        if row.ready:
            break
        if row.problem:
            said = f"the paper could not be set in type: {row.problem}", f"文书无法排版：{row.problem}"
            raise Full("PAPER_NOT_SET", *said, paper_id=request.paper_id, problem=row.problem)
        if time.monotonic() > deadline:
            raise Busy("PAPERS_NOT_READY", "the paper is being set; ask again", "文书正在排版，请稍后重试")
        await feed.changed(1.0, mark)
    content = bytes(feed.get(FILE, "OrderPaperFile", request.paper_id, wanted=request.paper_id).content)
    for at in range(0, len(content), PIECE):
        yield pb.GetSupervisionPaperResponse(data=content[at : at + PIECE])
