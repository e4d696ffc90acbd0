"""What a moment that passes does to a permit, whether the node notices then or is told of it later (ALIC 50(2), 66, 70[1];
CITY-ERS 3(7)).
"""

from datetime import datetime, timedelta
from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.permit.act import act, correction_end, next_time
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedure import Act
from services.law.procedures.elsewhere import PERMIT as KEPT
from services.law.procedures.elsewhere import coded
from services.law.procedures.permit import HANDLED, PERMIT
from services.law.procedures.permit.recorded import state_of

LEAST = timedelta(microseconds=1)
"""What comes after a moment is at least so much later."""


def befall(permit: pb.Permit, due: datetime) -> tuple[Act, Any]:
    """Put into a permit what its next moment brings; the act that this is, and its event. The state is left as it is."""
    state = state_of(permit)
    if state in HANDLED.split():
        put_moment(permit.promise.break_time, due)
        return PERMIT.MISS_PROMISE, events.PermitPromiseMissed
    if due == correction_end(permit):
        put_moment(permit.checks[-1].miss_time, due)
        return PERMIT.MISS_CORRECTION, events.PermitCorrectionMissed
    if state == "RENEWAL_ASKED":
        _renewed(permit, due)
        return PERMIT.DEEM_RENEWED, events.PermitDeemedRenewed
    put_moment(permit.lapse_time, due)
    return PERMIT.LAPSE, events.PermitLapsed


def _renewed(permit: pb.Permit, end: datetime) -> None:
    """By silence, for as long as the permit was valid before."""
    renewal, made = permit.renewals[-1], permit.certificate
    renewal.granted = renewal.silent = True
    put_moment(renewal.decide_time, end)
    put_moment(renewal.until_time, end + (end - moment_of(made.from_time)))
    put_moment(made.from_time, end)
    made.until_time.CopyFrom(renewal.until_time)


def follow(permit: pb.Permit, until: datetime) -> None:
    """All that befell a permit before a moment, of which somebody tells later: nothing is announced of it."""
    while (due := next_time(permit)) is not None and due < until:
        befall(permit, due)
        permit.state = act.numbers[coded(KEPT, permit, state_of(permit), until)]  # type: ignore[assignment]


def forget(permit: pb.Permit) -> None:
    """Take out of a permit what befell it, to be gone through anew."""
    permit.ClearField("lapse_time")
    for check in permit.checks:
        check.ClearField("miss_time")


def befallen(permit: pb.Permit) -> datetime | None:
    """The last moment of which the record says what it brought; None where none did."""
    passed = [moment_at(permit, "lapse_time"), moment_at(permit, "promise.break_time")]
    passed += [moment_at(check, "miss_time") for check in permit.checks]
    passed += [moment_at(each, "decide_time") for each in permit.renewals if each.silent]
    return max(filter(None, passed), default=None)
