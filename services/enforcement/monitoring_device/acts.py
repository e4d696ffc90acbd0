"""Keeping the register of monitoring devices: entered, reviewed, made public, retired (APL 41(1)).

Nothing in it is changed afterwards: another review or publication joins those there are, and a device that is moved is retired
and entered anew.
"""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import monitoring_device_pb2 as pb

from services.enforcement.body.model import Body
from services.enforcement.body.own import own_body
from services.enforcement.case.facts import legible, when
from services.enforcement.monitoring_device.model import MonitoringDevice, devices_of
from services.kit.refusal import Exists, Malformed
from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.shared import local, not_in_future
from services.law.rule import Unlawful

PREFIX = "EM-"


@write(loads=(Body, "body_id"))
def enter_monitoring_device(
    request: pb.EnterMonitoringDeviceRequest, tx: Tx
) -> pb.EnterMonitoringDeviceResponse:
    """Enter a device. Raises Missing, and Exists where the body has one of this number that is not retired."""
    body, number = own_body(tx, request.body_id), request.number.strip()
    if not number:
        raise Malformed({"number": ("is required", "必填")})
    for known in devices_of(tx, number, (body.body_id,)):
        if not known.HasField("retire_time"):
            said = f"device {number} is entered already", f"设备{number}已登记"
            raise Exists("DEVICE_ALREADY_ENTERED", *said, device_id=known.device_id)
    device = pb.MonitoringDevice(
        device_id=tx.new_id(PREFIX),
        node=tx.node,
        body_id=body.body_id,
        number=number,
        title=request.title,
        place=request.place,
        area_code=request.area_code,
        sign=request.sign,
        basis=request.basis,
        standard=request.standard,
        enterer=tx.caller.subject,
    )
    put_moment(device.enter_time, tx.now)
    tx.add(MonitoringDevice.new(device_id=device.device_id, body_id=body.body_id, number=number, record=b""))
    _keep(tx, device, events.MonitoringDeviceEntered())
    return pb.EnterMonitoringDeviceResponse(device=device)


@write(loads=(MonitoringDevice, "device_id"))
def record_device_review(request: pb.RecordDeviceReviewRequest, tx: Tx) -> pb.RecordDeviceReviewResponse:
    """Record a review that a device passed. Raises Missing, Malformed for a paper of nothing but blanks or a term that is over
    before it begins, Unlawful for a time to come.
    """
    _said(request, "document")
    device = _device(tx, request.device_id)
    review = device.reviews.add(
        kind=request.kind, document=request.document, reviewer=request.reviewer, enterer=tx.caller.subject
    )
    _dated(request, review, "pass_time", tx)
    _keep(tx, device, events.MonitoringDeviceReviewed())
    return pb.RecordDeviceReviewResponse(device=device)


@write(loads=(MonitoringDevice, "device_id"))
def publish_device_place(request: pb.PublishDevicePlaceRequest, tx: Tx) -> pb.PublishDevicePlaceResponse:
    """Record where the public reads of the place of a device. Raises as RecordDeviceReview does."""
    _said(request, "address")
    device = _device(tx, request.device_id)
    publication = device.publications.add(address=request.address, enterer=tx.caller.subject)
    _dated(request, publication, "publish_time", tx)
    _keep(tx, device, events.MonitoringDevicePublished())
    return pb.PublishDevicePlaceResponse(device=device)


@write(loads=(MonitoringDevice, "device_id"))
def retire_monitoring_device(
    request: pb.RetireMonitoringDeviceRequest, tx: Tx
) -> pb.RetireMonitoringDeviceResponse:
    """End the entry of a device: what it records from now on is no evidence. Raises Missing, Exists where it was retired."""
    device = _device(tx, request.device_id)
    if device.HasField("retire_time"):
        raise Exists(
            "DEVICE_RETIRED", "the device was retired already", "该设备已停用", device_id=device.device_id
        )
    device.retire_cause, device.retirer = request.cause, tx.caller.subject
    put_moment(device.retire_time, tx.now)
    _keep(tx, device, events.MonitoringDeviceRetired())
    return pb.RetireMonitoringDeviceResponse(device=device)


def _said(request: Any, name: str) -> None:
    if not getattr(request, name).strip():
        raise Malformed({name: ("is required", "必填")})


def _device(tx: Tx, device_id: str) -> pb.MonitoringDevice:
    return pb.MonitoringDevice.FromString(tx.get(MonitoringDevice, device_id).record)


def _dated(request: Any, entry: Any, name: str, tx: Tx) -> None:
    """When an entry began and until when it holds, and that it is entered now."""
    at = when(request, name, tx.now)
    if at > tx.now:
        raise Unlawful([not_in_future.broken()], {"at": local(at)})
    put_moment(getattr(entry, name), at)
    put_moment(entry.enter_time, tx.now)
    if request.HasField("until_time"):
        if legible(request, "until_time") <= at:
            raise Malformed({"until_time": ("is not after its beginning", "不晚于开始时间")})
        entry.until_time.CopyFrom(request.until_time)


def _keep(tx: Tx, device: pb.MonitoringDevice, event: Any) -> None:
    device.version += 1
    row = tx.get(MonitoringDevice, device.device_id)
    row.record = device.SerializeToString(deterministic=True)
    event.monitoring_device.CopyFrom(device)
    tx.emit(event, subject=device.device_id, at=tx.now)
