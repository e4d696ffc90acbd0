"""The registers that stand behind evidence, for the tests: a device that is in order, an institution that is qualified."""

from typing import Any

from yifa.enforcement.v1 import monitoring_device_pb2 as devices

from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, REVIEWER, UNIT, serial, stamp

LEGAL, TECHNICAL = devices.DEVICE_REVIEW_KIND_LEGAL, devices.DEVICE_REVIEW_KIND_TECHNICAL


async def entered(d: Department, body_id: str, number: str, **more: Any) -> str:
    """A device on the register that nobody reviewed yet."""
    said = {
        "title": "道路违法监控设备", "place": "某路口", "sign": "前方设有监控标志", "basis": "《示例条例》第九条",
        "standard": "GB/T 28181",
    }  # fmt: skip
    reply = await d.do("EnterMonitoringDevice", UNIT, body_id=body_id, number=number, **(said | more))
    return str(reply.device.device_id)


async def review(d: Department, device_id: str, kind: int, **more: Any) -> devices.MonitoringDevice:
    paper = "法制审核意见" if kind == LEGAL else "检定证书"
    said = {"kind": kind, "document": paper, "reviewer": "示例计量院"}
    return (await d.do("RecordDeviceReview", REVIEWER, device_id=device_id, **(said | more))).device


async def publish(d: Department, device_id: str, **more: Any) -> devices.MonitoringDevice:
    said = {"address": "https://example.gov.cn/devices"}
    return (await d.do("PublishDevicePlace", CLERK, device_id=device_id, **(said | more))).device


async def in_order(d: Department, body_id: str, number: str) -> str:
    """A device that passed both reviews and whose place is public, from now on."""
    device_id = await entered(d, body_id, number)
    for kind in (LEGAL, TECHNICAL):
        await review(d, device_id, kind)
    await publish(d, device_id)
    return device_id


async def listed_sampler(d: Department, **more: Any) -> dict[str, str]:
    """An institution on the list from now on, and how a sample names it."""
    said = {
        "name": "示例检测所", "qualification": f"检验检测机构资质认定证书{next(serial)}号", "issuer": "示例市市场监督管理局",
        "scope": "食品、农产品", "from_time": stamp(d.now - 30 * DAY), "until_time": stamp(d.now + 300 * DAY),
    } | more  # fmt: skip
    await d.do("EnterSamplingInstitution", UNIT, **said)
    return {"sampler": said["name"], "qualification": said["qualification"]}
