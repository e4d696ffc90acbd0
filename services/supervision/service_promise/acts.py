"""Promises of service are published, how they were kept is reported, what was not kept compensated (CITY-ERS 3(7))."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.service_promise import SERVICE_PROMISE as PROMISE
from services.supervision.body.model import Body
from services.supervision.service_promise.act import PREFIX, act
from services.supervision.service_promise.facts import broken_in

STATED = ("content", "days", "compensation", "contact", "address")


def _begins(request: pb.PublishServicePromiseRequest, tx: Tx) -> pb.ServicePromise:
    body = tx.find(Body, request.body_id)
    promise = pb.ServicePromise(
        promise_id=tx.new_id(PREFIX),
        node=body.node if body is not None else tx.city,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        title=request.title.strip(),
        publisher=tx.caller.subject,
        **{name: getattr(request, name) for name in STATED},
    )
    put_moment(promise.publish_time, tx.now)
    return promise


@act(PROMISE.PUBLISH, begins=_begins, loads=((Body, "body_id"),))
def publish_service_promise(
    _request: Any, _promise: pb.ServicePromise, _do: Do
) -> events.ServicePromisePublished:
    """Publish what is promised, in which time, and what is given where it is not kept (CITY-ERS 3(7))."""
    return events.ServicePromisePublished()


@act(PROMISE.REPORT)
def report_service_promise(
    request: pb.ReportServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseReported:
    """Say how it was kept in some time, and each matter in which it was not."""
    told = promise.reports.add(kept=request.kept, reporter=do.caller)
    told.from_time.CopyFrom(request.from_time)
    told.until_time.CopyFrom(request.until_time)
    for each in request.broken:
        told.broken.add(number=each.number.strip(), reasons=each.reasons)
    put_moment(told.report_time, do.now)
    return events.ServicePromiseReported()


@act(PROMISE.COMPENSATE)
def compensate_service_promise(
    request: pb.CompensateServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseCompensated:
    """Say what was given for a matter in which it was not kept."""
    broken = broken_in(promise)[request.number.strip()]
    broken.compensation, broken.compensator = request.compensation, do.caller
    put_moment(broken.compensate_time, do.now)
    return events.ServicePromiseCompensated()


@act(PROMISE.WITHDRAW)
def withdraw_service_promise(
    request: pb.WithdrawServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseWithdrawn:
    """Withdraw a promise; what was not kept of it is compensated still."""
    promise.withdraw_reasons, promise.withdrawer = request.reasons, do.caller
    put_moment(promise.withdraw_time, do.now)
    return events.ServicePromiseWithdrawn()
