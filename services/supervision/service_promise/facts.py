"""The facts of a promise: the record with what the act hands in, and what the city knows of its maker."""

from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import service_promise_pb2 as pb

from services.law.moment import moment_at
from services.law.procedure import whole
from services.law.procedures.service_promise import (
    BrokenPromise,
    ServicePromiseFacts,
    ServicePromiseRecord,
)
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.supervision.body.model import Body
from services.supervision.normative_document.maker import acts_for
from services.supervision.service_promise.model import ServicePromise


def record_of(promise: pb.ServicePromise, request: Any) -> ServicePromiseRecord:
    told = (
        request if isinstance(request, pb.ReportServicePromiseRequest) else pb.ReportServicePromiseRequest()
    )
    given = request.compensation if isinstance(request, pb.CompensateServicePromiseRequest) else ""
    return ServicePromiseRecord(
        title=promise.title,
        content=promise.content,
        days=promise.days,
        compensation=promise.compensation,
        contact=promise.contact,
        address=promise.address,
        from_time=moment_at(told, "from_time"),
        until_time=moment_at(told, "until_time"),
        kept=told.kept,
        broken=tuple(BrokenPromise(each.number, each.reasons) for each in told.broken),
        given=given,
        reasons=str(getattr(request, "reasons", "")),
    )


def broken_in(promise: pb.ServicePromise) -> dict[str, pb.BrokenServicePromise]:
    """The matters in which it was not kept, by their numbers."""
    return {each.number: each for report in promise.reports for each in report.broken}


def owed_in(promise: pb.ServicePromise) -> list[pb.BrokenServicePromise]:
    """The matters in which it was not kept and for which nothing was given yet."""
    return [each for each in broken_in(promise).values() if not each.HasField("compensate_time")]


@whole
class Promised(ServicePromiseFacts):
    """The facts of an act that is done. `look` is a transaction or a view."""

    def __init__(self, promise: pb.ServicePromise, look: Any, _move: Move, request: Any = None) -> None:
        self.promise, self.look, self.now, self.request = promise, look, look.now, request
        self.record = record_of(promise, request)

    def at(self) -> datetime:
        return self.now

    @fact
    def body_known(self) -> bool:
        body = self.look.find(Body, self.promise.body_id)
        return body is not None and bool(body.confirmed) and body.from_time is not None

    def of_body(self) -> bool:
        return bool(self.promise.body_id) and acts_for(self.look, self.promise.body_id)

    @fact
    def promised_already(self) -> bool:
        its = select(ServicePromise).where(
            ServicePromise.body_id == self.promise.body_id,
            ServicePromise.title == self.promise.title,
            ServicePromise.promise_id != self.promise.promise_id,
            ServicePromise.state == "PUBLISHED",
        )
        return bool(self.look.query(its.limit(1)))

    def reported_until(self) -> datetime | None:
        if self.promise.reports:
            return moment_at(self.promise.reports[-1], "until_time")
        return moment_at(self.promise, "publish_time")

    def broken_before(self) -> frozenset[str]:
        return frozenset(broken_in(self.promise))

    def owed(self) -> bool:
        if not isinstance(self.request, pb.CompensateServicePromiseRequest):
            raise NotAsked
        number = self.request.number.strip()
        return any(each.number == number for each in owed_in(self.promise))
