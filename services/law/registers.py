"""The registers that stand behind evidence: monitoring devices (APL 41(1)) and institutions that take samples (SAMR 31(3)).

What is entered counts from when it was entered, or from its own date where that is later: nothing is made good afterwards.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from yifa.enforcement.v1.monitoring_device_pb2 import DeviceReviewKind, MonitoringDevice
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution

from services.law.moment import moment_at

REVIEWS = frozenset(
    {DeviceReviewKind.DEVICE_REVIEW_KIND_LEGAL, DeviceReviewKind.DEVICE_REVIEW_KIND_TECHNICAL}
)


def _held(entry: Any, at: datetime, since: str) -> bool:
    """Whether an entry held at a moment: it had been entered, had begun, and was not over."""
    entered, begun = moment_at(entry, "enter_time"), moment_at(entry, since)
    until = moment_at(entry, "until_time")
    return (
        entered is not None
        and begun is not None
        and max(entered, begun) <= at
        and (until is None or at < until)
    )


def device_in_order(device: MonitoringDevice, at: datetime) -> bool:
    """Whether a device stood on the register at a moment, reviewed in law and technique, its place known to the public."""
    retired = moment_at(device, "retire_time")
    reviewed = {
        review.kind for review in device.reviews if review.document.strip() and _held(review, at, "pass_time")
    }
    public = any(each.address.strip() and _held(each, at, "publish_time") for each in device.publications)
    return (retired is None or at < retired) and bool(device.place.strip()) and reviewed >= REVIEWS and public


def of_number(
    devices: Iterable[MonitoringDevice], number: str, bodies: Iterable[str]
) -> list[MonitoringDevice]:
    """Those of a number that bodies have, or had."""
    wanted, owners = number.strip(), frozenset(bodies)
    return [each for each in devices if wanted and each.number.strip() == wanted and each.body_id in owners]


def qualified_then(institution: SamplingInstitution, name: str, at: datetime) -> bool:
    """Whether an institution of that name was on the list, with its qualification in force, at a moment."""
    left = moment_at(institution, "leave_time")
    same = bool(name.strip()) and institution.name.strip() == name.strip()
    return same and (left is None or at < left) and _held(institution, at, "from_time")
