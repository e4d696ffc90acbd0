"""What a department keeps of a body, it keeps of its own: of others' bodies nothing is entered here."""

from typing import Any

import pytest

from services.given import evidence_register, inspection
from services.given.people import FINANCE, UNIT
from tests.enforcement.department import Department

RECEIPTS = {
    "document": "领用单",
    "first_number": 1,
    "last_number": 9,
    "issuer": "示例市财政局",
    "series": "示",
}
ENTERED: dict[str, tuple[Any, dict[str, Any]]] = {
    "RegisterReceipts": (FINANCE, RECEIPTS),
    "EnterMonitoringDevice": (UNIT, {"number": "监控9号", **evidence_register.DEVICE}),
    "PutInspectionObject": (
        UNIT,
        {"enterprise": inspection.enterprise(1), "risk": 1},
    ),
}


@pytest.mark.parametrize("method", ENTERED)
async def test_nothing_is_entered_of_a_body_of_another_department(
    department: Department, method: str
) -> None:
    by, said = ENTERED[method]
    other = await department.body(node="elsewhere")

    async with department.refused("NOT_FOUND") as told:
        await department.do(method, by, body_id=other, **said)

    assert told.metadata == {"kind": "Body", "key": other}
