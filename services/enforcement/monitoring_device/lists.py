"""Whole lists of monitoring devices, as bodies keep them, with their reviews and publications (APL 41(1)).

What a list says of the past counts from its entry, as with a single one (services/law/registers.py).
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from google.protobuf.message import Message
from yifa.enforcement.v1 import monitoring_device_pb2 as pb
from yifa.enforcement.v1 import register_list_pb2 as lists

from services.enforcement.body.model import Body
from services.enforcement.listing import (
    EMPTY,
    Fault,
    again,
    begin,
    body_named,
    day_faults,
    day_of,
    differing,
    end,
    in_order,
    malformed,
    refused,
    tell,
)
from services.enforcement.monitoring_device.acts import (
    enter_monitoring_device,
    publish_device_place,
    record_device_review,
)
from services.enforcement.monitoring_device.model import devices_of
from services.kit.rpc import exchange
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI

OWN = ("title", "place", "area_code", "sign", "basis", "standard")
LEGAL, TECHNICAL = pb.DEVICE_REVIEW_KIND_LEGAL, pb.DEVICE_REVIEW_KIND_TECHNICAL
UNTIL_OVER = "is before the day from which it holds", "早于开始日期"
UNKNOWN_BODY = (
    "is no body of this department: give its name, credit code or id as the register has it",
    "不是本部门的执法主体，请填写在册的名称、统一社会信用代码或者编号",
)


class Part(NamedTuple):
    """What a row says beside the device: the field that says it is there, the fields of its act by those of the row, its days."""

    said: str
    kind: int
    fields: dict[str, str]
    since: str
    until: str = ""


PARTS = (
    Part("legal_document", LEGAL, {"document": "legal_document", "reviewer": "legal_reviewer"}, "legal_date"),
    Part("technical_document", TECHNICAL, {"document": "technical_document", "reviewer": "technical_reviewer"},
         "technical_date", "technical_until"),
    Part("address", 0, {"address": "address"}, "publish_date"),
)  # fmt: skip


@exchange
def import_monitoring_devices(
    request: lists.ImportMonitoringDevicesRequest, seen: dict[str, int], tx: Tx
) -> lists.ImportMonitoringDevicesResponse:
    """Enter the devices of a part, and what is not there yet of their reviews and publications; each bad row is told."""
    reply, today = lists.ImportMonitoringDevicesResponse(), tx.now.astimezone(SHANGHAI).date()
    for row in request.rows:
        faults, body = in_order(row), body_named(tx, row.body)
        if body is None:
            faults.append(Fault("body", *(UNKNOWN_BODY if row.body else EMPTY)))
        else:
            faults += again(seen, "number", f"{body.body_id} {row.number}", row.line)
            faults += wrong(row, body, today)
        if faults or body is None:
            tell(reply, row.line, faults)
            continue
        kept = standing(tx, body, row.number)
        faults = [*differing(row, kept, OWN)] if kept is not None else []
        missing = [part for part in PARTS if getattr(row, part.said) and not there(row, part, kept)]
        new = kept is None or bool(missing)
        if not faults and new and not request.dry_run:
            faults = entered(row, body, kept, missing, tx)
        reply.added += new and not faults
        reply.unchanged += not new and not faults
        tell(reply, row.line, faults)
    return reply


def wrong(row: Any, body: Body, today: date) -> Iterator[Fault]:
    """What is wrong with a row by itself, and with the acts that it asks for."""
    yield from malformed(device_of(row, body))
    for part in PARTS:
        if not getattr(row, part.said):
            told = (*part.fields.values(), part.since, *([part.until] if part.until else ()))
            if any(f != part.said and given(row, f) for f in told):
                yield Fault(part.said, *EMPTY)
            continue
        faults = [*day_faults(row, part.since, today)]
        until = day_of(row, part.until) if part.until else None
        if part.until and row.HasField(part.until) and until is None:
            faults += day_faults(row, part.until)
        elif until is not None and (since := day_of(row, part.since)) is not None and until < since:
            faults.append(Fault(part.until, *UNTIL_OVER))
        yield from faults
        if not faults:
            yield from malformed(part_of(row, part, "EM-"), part.fields)


def given(row: Any, field: str) -> bool:
    value = getattr(row, field)
    return bool(value) if isinstance(value, str) else row.HasField(field)


def standing(tx: Tx, body: Body, number: str) -> pb.MonitoringDevice | None:
    """The device of a number that a body has and did not retire."""
    known = devices_of(tx, number, (body.body_id,))
    return next((each for each in known if not each.HasField("retire_time")), None)


def there(row: Any, part: Part, kept: pb.MonitoringDevice | None) -> bool:
    """Whether the register has a review, or a publication, just as a row says it."""
    asked: Any = part_of(row, part, "EM-")
    had = () if kept is None else kept.reviews if part.kind else kept.publications
    since = "pass_time" if part.kind else "publish_time"
    names = (*part.fields, since, "until_time", *(("kind",) if part.kind else ()))
    return any(all(getattr(each, n) == getattr(asked, n) for n in names) for each in had)


def entered(
    row: Any, body: Body, kept: pb.MonitoringDevice | None, missing: list[Part], tx: Tx
) -> list[Fault]:
    """Do what a row asks for, each by its own act. What that is refused for."""
    if kept is None and (no := refused(enter_monitoring_device, device_of(row, body), tx)):
        return no
    device = kept or standing(tx, body, row.number)
    assert device is not None
    return [
        fault
        for part in missing
        for fault in refused(
            record_device_review if part.kind else publish_device_place,
            part_of(row, part, device.device_id), tx,
        )
    ]  # fmt: skip


def device_of(row: Any, body: Body) -> Message:
    own = {name: getattr(row, name) for name in ("number", *OWN)}
    return pb.EnterMonitoringDeviceRequest(request_id="list", body_id=body.body_id, **own)


def part_of(row: Any, part: Part, device_id: str) -> Message:
    """The request of the act by which a review, or a publication, is recorded."""
    said = {name: getattr(row, field) for name, field in part.fields.items()}
    asked: Any = (
        pb.RecordDeviceReviewRequest(request_id="list", device_id=device_id, kind=part.kind, **said)
        if part.kind
        else pb.PublishDevicePlaceRequest(request_id="list", device_id=device_id, **said)
    )
    since, until = day_of(row, part.since), day_of(row, part.until) if part.until else None
    if since is not None:
        begin(asked.pass_time if part.kind else asked.publish_time, since)
    if until is not None:
        end(asked.until_time, until)
    return asked
