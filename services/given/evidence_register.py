"""The registers that stand behind evidence: a device that is in order, an institution that is qualified; each word is one act."""

from datetime import datetime, timedelta
from typing import Any

from yifa.enforcement.v1 import monitoring_device_pb2 as devices
from yifa.enforcement.v1 import sampling_institution_pb2 as institutions

from services.given.measure import stamp
from services.given.people import CLERK, REVIEWER, UNIT
from services.given.say import Do

LEGAL, TECHNICAL = devices.DEVICE_REVIEW_KIND_LEGAL, devices.DEVICE_REVIEW_KIND_TECHNICAL
DEVICE = {
    "title": "道路违法监控设备",
    "place": "某路口",
    "sign": "前方设有监控标志",
    "basis": "《示例条例》第九条",
    "standard": "GB/T 28181",
}
PAPERS: dict[int, str] = {LEGAL: "法制审核意见", TECHNICAL: "检定证书"}
INSTITUTION = {"name": "示例检测所", "issuer": "示例市市场监督管理局", "scope": "食品、农产品"}
BEFORE, AFTER = timedelta(days=30), timedelta(days=300)


async def enter_device(do: Do, body_id: str, number: str, **more: Any) -> str:
    """A device on the register that nobody reviewed yet; its id."""
    reply = await do("EnterMonitoringDevice", UNIT, body_id=body_id, number=number, **(DEVICE | more))
    return str(reply.device.device_id)


async def review(do: Do, device_id: str, kind: int, **more: Any) -> devices.MonitoringDevice:
    said = {"kind": kind, "document": PAPERS[kind], "reviewer": "示例计量院"}
    reply = await do("RecordDeviceReview", REVIEWER, device_id=device_id, **(said | more))
    reviewed: devices.MonitoringDevice = reply.device
    return reviewed


async def publish(do: Do, device_id: str, **more: Any) -> devices.MonitoringDevice:
    said = {"address": "https://example.gov.cn/devices"}
    reply = await do("PublishDevicePlace", CLERK, device_id=device_id, **(said | more))
    published: devices.MonitoringDevice = reply.device
    return published


async def device_in_order(do: Do, body_id: str, number: str, **more: Any) -> str:
    """A device that passed both reviews and whose place is public, from now on; its id."""
    device_id = await enter_device(do, body_id, number, **more)
    for kind in (LEGAL, TECHNICAL):
        await review(do, device_id, kind)
    await publish(do, device_id)
    return device_id


async def enter_institution(
    do: Do, qualification: str, at: datetime, **more: Any
) -> institutions.SamplingInstitution:
    """An institution on the list from now on."""
    term = {"from_time": stamp(at - BEFORE), "until_time": stamp(at + AFTER)}
    said = {"qualification": qualification, **INSTITUTION, **term}
    entered: institutions.SamplingInstitution = (
        await do("EnterSamplingInstitution", UNIT, **(said | more))
    ).institution
    return entered
