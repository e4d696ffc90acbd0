"""The registers that stand behind evidence, for the tests: a device that is in order, an institution that is qualified."""

from typing import Any

from services.given import evidence_register as given
from services.given.evidence_register import LEGAL, TECHNICAL
from tests.enforcement.department import Department
from tests.enforcement.samples import serial

__all__ = ["LEGAL", "TECHNICAL", "entered", "in_order", "listed_sampler", "publish", "review"]


async def entered(d: Department, body_id: str, number: str, **more: Any) -> str:
    return await given.enter_device(d.do, body_id, number, **more)


async def review(d: Department, device_id: str, kind: int, **more: Any) -> Any:
    return await given.review(d.do, device_id, kind, **more)


async def publish(d: Department, device_id: str, **more: Any) -> Any:
    return await given.publish(d.do, device_id, **more)


async def in_order(d: Department, body_id: str, number: str) -> str:
    return await given.device_in_order(d.do, body_id, number)


async def listed_sampler(d: Department, **more: Any) -> dict[str, str]:
    """An institution on the list from now on, and how a sample names it."""
    said = {"qualification": f"检验检测机构资质认定证书{next(serial)}号"} | more
    kept = await given.enter_institution(d.do, said.pop("qualification"), d.now, **said)
    return {"sampler": kept.name, "qualification": kept.qualification}
