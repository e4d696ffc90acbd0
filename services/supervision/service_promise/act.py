"""The acts of a promise: bound to its procedure, its table and its facts."""

from typing import Any

from yifa.supervision.v1 import service_promise_pb2 as pb

from services.law.moment import moment_of
from services.law.procedures.service_promise import SERVICE_PROMISE
from services.supervision.service_promise.facts import Promised
from services.supervision.service_promise.model import ServicePromise
from services.supervision.told_unit import ToldUnit

PREFIX = "SV-"
_STATES = {n: name.removeprefix("SERVICE_PROMISE_STATE_") for name, n in pb.ServicePromiseState.items()}


def columns(promise: pb.ServicePromise) -> dict[str, Any]:
    return {
        "state": _STATES[promise.state],
        "node": promise.node,
        "body_id": promise.body_id,
        "title": promise.title,
        "publish_time": moment_of(promise.publish_time),
        "version": promise.version,
    }


act = ToldUnit(
    row=ServicePromise,
    record=pb.ServicePromise,
    key="promise_id",
    procedure=SERVICE_PROMISE,
    facts=Promised,
    columns=columns,
    tags=("promise_id",),
)
