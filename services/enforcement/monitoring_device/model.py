"""The register of monitoring devices, entry by entry (APL 41(1))."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Field, select
from yifa.enforcement.v1.evidence_pb2 import Monitoring
from yifa.enforcement.v1.monitoring_device_pb2 import DEVICE_REVIEW_KIND_LEGAL
from yifa.enforcement.v1.monitoring_device_pb2 import MonitoringDevice as DeviceProto

from services.enforcement.row import Row
from services.law.registers import device_in_order, of_number


class MonitoringDevice(Row, table=True):
    """One device; `record` is a yifa.enforcement.v1.MonitoringDevice."""

    device_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    number: str = Field(index=True)
    record: bytes


def devices_of(look: Any, number: str, bodies: Iterable[str]) -> list[DeviceProto]:
    """The entries of a number, retired ones too. `look` is a transaction or a view."""
    same = select(MonitoringDevice).where(MonitoringDevice.number == number.strip())
    rows = look.query(same.order_by(MonitoringDevice.device_id))
    return of_number((DeviceProto.FromString(row.record) for row in rows), number, bodies)


def device_at(look: Any, number: str, bodies: Iterable[str], at: datetime) -> DeviceProto | None:
    """The device of a number that was in order at a moment; None where none was."""
    return next((each for each in devices_of(look, number, bodies) if device_in_order(each, at)), None)


def put_device(told: Monitoring, device: DeviceProto) -> None:
    """What evidence says of a device, as the register has it."""
    told.place, told.published_at = device.place, device.publications[-1].address
    for review in device.reviews:
        if review.kind == DEVICE_REVIEW_KIND_LEGAL:
            told.legal_review = review.document
        else:
            told.technical_review = review.document
