"""Promises of service, for who made them and for oversight; what is promised and how it was kept, for anybody (CITY-ERS 3(7))."""

from typing import Any

from sqlalchemy import select
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.refusal import Missing
from services.kit.rpc import read
from services.kit.view import View
from services.law.procedures.service_promise import TABLE
from services.supervision.normative_document.seen import own
from services.supervision.service_promise.facts import broken_in
from services.supervision.service_promise.model import ServicePromise

PROMISES: Any = ServicePromise.__table__  # type: ignore[attr-defined]
LAST_FIRST = (PROMISES.c.publish_time.desc(), PROMISES.c.promise_id.desc())
SHOWN = (
    "promise_id", "body_id", "body_name", "title", "content", "days", "compensation", "contact", "address", "publish_time",
)  # fmt: skip
PAGE = 20


@read
def get_service_promise(request: pb.GetServicePromiseRequest, view: View) -> pb.GetServicePromiseResponse:
    """A promise, and the methods that its state leaves open; a department sees its own. Raises Missing."""
    wanted = [PROMISES.c.promise_id == request.promise_id, *own(view, PROMISES)]
    row = view.one(select(PROMISES.c.record, PROMISES.c.state).where(*wanted))
    if row is None:
        raise Missing("ServicePromise", request.promise_id)
    open_here = (m.method for m in TABLE.open(row.state))
    answer = pb.GetServicePromiseResponse(open_acts=list(dict.fromkeys(open_here)))
    answer.service_promise.ParseFromString(row.record)
    return answer


@read
def list_public_service_promises(
    request: pb.ListPublicServicePromisesRequest, view: View
) -> pb.ListPublicServicePromisesResponse:
    """What is promised, the last published first, each with how it was kept. Anybody may ask. Refuses with BAD_PAGE_TOKEN."""
    wanted = [PROMISES.c.state == "PUBLISHED"]
    if request.body_id:
        wanted.append(PROMISES.c.body_id == request.body_id)
    found = select(PROMISES.c.record, PROMISES.c.publish_time, PROMISES.c.promise_id).where(*wanted)
    rows, token = view.page(found, LAST_FIRST, request.page_size, request.page_token, default=PAGE)
    promises = [public(pb.ServicePromise.FromString(row.record)) for row in rows]
    return pb.ListPublicServicePromisesResponse(promises=promises, next_page_token=token)


def public(promise: pb.ServicePromise) -> pb.PublicServicePromise:
    """What anybody reads of a promise."""
    broken = broken_in(promise).values()
    return pb.PublicServicePromise(
        kept=sum(report.kept for report in promise.reports),
        broken=len(broken),
        compensated=sum(each.HasField("compensate_time") for each in broken),
        until_time=promise.reports[-1].until_time if promise.reports else None,
        **{name: getattr(promise, name) for name in SHOWN},
    )
