"""Promises of service are published, how they were kept is reported, what was not kept compensated (CITY-ERS 3(7))."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.clock import catalogue, due
from services.law.moment import put_moment
from services.law.procedure import Act
from services.law.procedures.service_promise import OWED
from services.law.procedures.service_promise import SERVICE_PROMISE as PROMISE
from services.supervision.body.model import Body
from services.supervision.service_promise.act import PREFIX, act, told
from services.supervision.service_promise.facts import broken_in, owed_in

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


@act(
    PROMISE.REPORT,
    PROMISE.REPORT_BROKEN,
    by=lambda request, _promise: PROMISE.REPORT_BROKEN if request.broken else PROMISE.REPORT,
)
def report_service_promise(
    request: pb.ReportServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseReported | events.ServicePromiseBroken:
    """Say how it was kept in some time, and each matter in which it was not. Starts SVP-01 anew, and SVP-02 for what was not."""
    told(do.tx, promise)
    report = promise.reports.add(kept=request.kept, reporter=do.caller)
    report.from_time.CopyFrom(request.from_time)
    report.until_time.CopyFrom(request.until_time)
    clock = do.tx.parameters.held(catalogue()[OWED], do.now.astimezone(SHANGHAI).date())
    for each in request.broken:
        broken = report.broken.add(number=each.number.strip(), reasons=each.reasons)
        put_moment(broken.due_time, due(clock, do.now, do.tx.calendar).at)
    put_moment(report.report_time, do.now)
    return events.ServicePromiseBroken() if request.broken else events.ServicePromiseReported()


def _last_owed(request: pb.CompensateServicePromiseRequest, promise: pb.ServicePromise) -> Act:
    """Whether something is given for the last matter that is owed."""
    left = {each.number for each in owed_in(promise)} - {request.number.strip()}
    return PROMISE.COMPENSATE if left else PROMISE.MAKE_GOOD


@act(PROMISE.COMPENSATE, PROMISE.MAKE_GOOD, by=_last_owed)
def compensate_service_promise(
    request: pb.CompensateServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseCompensated | events.ServicePromiseMadeGood:
    """Say what was given for a matter in which it was not kept. The last stops SVP-02."""
    broken = broken_in(promise)[request.number.strip()]
    broken.compensation, broken.compensator = request.compensation, do.caller
    put_moment(broken.compensate_time, do.now)
    return events.ServicePromiseCompensated() if owed_in(promise) else events.ServicePromiseMadeGood()


@act(PROMISE.WITHDRAW)
def withdraw_service_promise(
    request: pb.WithdrawServicePromiseRequest, promise: pb.ServicePromise, do: Do
) -> events.ServicePromiseWithdrawn:
    """Withdraw a promise; what was not kept of it is compensated still."""
    promise.withdraw_reasons, promise.withdrawer = request.reasons, do.caller
    put_moment(promise.withdraw_time, do.now)
    return events.ServicePromiseWithdrawn()
