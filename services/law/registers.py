"""The registers that stand behind an act: monitoring devices (APL 41(1)), institutions that take samples (SAMR 31(3)), legal
advisers and public lawyers (CBZ-2019-7 12).

What is entered counts from when it was entered, or from its own date where that is later: nothing is made good afterwards.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from typing import Any

from yifa.enforcement.v1.monitoring_device_pb2 import DeviceReviewKind, MonitoringDevice
from yifa.enforcement.v1.sampling_institution_pb2 import SamplingInstitution
from yifa.registry.v1.legal_adviser_pb2 import LegalAdviser

from services.law.moment import moment_at

REVIEWS = frozenset(
    {DeviceReviewKind.DEVICE_REVIEW_KIND_LEGAL, DeviceReviewKind.DEVICE_REVIEW_KIND_TECHNICAL}
)


class Standing(Enum):
    """How an entry stands at a moment; what comes first of what stands against it."""

    IN_ORDER = auto()
    NOT_REVIEWED = auto()
    NOT_PUBLISHED = auto()
    NOT_YET = auto()
    EXPIRED = auto()
    ENDED = auto()


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


def device_standing(device: MonitoringDevice, at: datetime) -> Standing:
    """How a device stood at a moment: on the register, reviewed in law and technique, its place known to the public."""
    retired = moment_at(device, "retire_time")
    reviewed = {
        review.kind for review in device.reviews if review.document.strip() and _held(review, at, "pass_time")
    }
    public = any(each.address.strip() and _held(each, at, "publish_time") for each in device.publications)
    if retired is not None and at >= retired:
        return Standing.ENDED
    if not reviewed >= REVIEWS:
        return Standing.NOT_REVIEWED
    return Standing.IN_ORDER if public and device.place.strip() else Standing.NOT_PUBLISHED


def device_in_order(device: MonitoringDevice, at: datetime) -> bool:
    """Whether what a device recorded at a moment may be evidence."""
    return device_standing(device, at) is Standing.IN_ORDER


def of_number(
    devices: Iterable[MonitoringDevice], number: str, bodies: Iterable[str]
) -> list[MonitoringDevice]:
    """Those of a number that bodies have, or had."""
    wanted, owners = number.strip(), frozenset(bodies)
    return [each for each in devices if wanted and each.number.strip() == wanted and each.body_id in owners]


def institution_standing(institution: SamplingInstitution, at: datetime) -> Standing:
    """How an institution stood at a moment: on the list, with its qualification in force."""
    left, until = moment_at(institution, "leave_time"), moment_at(institution, "until_time")
    if left is not None and at >= left:
        return Standing.ENDED
    if _held(institution, at, "from_time"):
        return Standing.IN_ORDER
    return Standing.EXPIRED if until is not None and until <= at else Standing.NOT_YET


def qualified_then(institution: SamplingInstitution, name: str, at: datetime) -> bool:
    """Whether an institution of that name was on the list, with its qualification in force, at a moment."""
    same = bool(name.strip()) and institution.name.strip() == name.strip()
    return same and institution_standing(institution, at) is Standing.IN_ORDER


def adviser_standing(adviser: LegalAdviser, at: datetime) -> Standing:
    """How an adviser stood at a moment: on the register, within the term."""
    left, until = moment_at(adviser, "leave_time"), moment_at(adviser, "until_time")
    if left is not None and at >= left:
        return Standing.ENDED
    if _held(adviser, at, "from_time"):
        return Standing.IN_ORDER
    return Standing.EXPIRED if until is not None and until <= at else Standing.NOT_YET


def advised(adviser: LegalAdviser, bodies: Iterable[str], at: datetime) -> bool:
    """Whether somebody was an adviser of one of some bodies, or of the government, at a moment."""
    whose = adviser.government or adviser.body_id in frozenset(bodies) - {""}
    return whose and adviser_standing(adviser, at) is Standing.IN_ORDER
