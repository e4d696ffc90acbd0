"""Permits changed as their holders ask, and told why not (ALIC 49)."""

import pytest_asyncio
from yifa.enforcement.v1 import permit_pb2 as pb

from tests.enforcement.department import Department
from tests.enforcement.permitting import REMEDIES, Window
from tests.enforcement.samples import CLERK, HEAD


@pytest_asyncio.fixture
async def window(department: Department) -> Window:
    return Window(department)


async def test_a_permit_is_changed_as_its_holder_asks_or_it_is_told_why_not(window: Window) -> None:
    permit_id = await window.issued(365)
    no = {"reasons": "超出总量控制指标", **REMEDIES}
    for rpc, said in (("ChangePermit", {"opinion": "符合"}), ("DeclinePermitChange", no)):
        async with window.d.refused("PERMIT_CHANGE_NOT_ASKED", more=True):
            await window.act(rpc, permit_id, HEAD, **said)
    async with window.d.refused("PERMIT_CHANGE_NOT_SAID"):
        await window.act("AskPermitChange", permit_id, CLERK, content=" ")
    await window.act("AskPermitChange", permit_id, CLERK, content="年排放量变更为30吨")
    async with window.d.refused("PERMIT_CHANGE_NOT_SAID"):  # the first is not decided
        await window.act("AskPermitChange", permit_id, CLERK, content="名称变更")
    async with window.d.refused("PERMIT_CHANGE_NOT_EXAMINED"):
        await window.act("ChangePermit", permit_id, HEAD, opinion=" ")
    for lacking, reason in (("reasons", "REASONS_MISSING"), ("court", "PERMIT_REMEDIES_NOT_TOLD")):
        async with window.d.refused(reason):
            await window.act("DeclinePermitChange", permit_id, HEAD, **(no | {lacking: " "}))

    await window.act("DeclinePermitChange", permit_id, HEAD, **no)
    await window.act("AskPermitChange", permit_id, CLERK, content="名称变更")
    permit = await window.act("ChangePermit", permit_id, HEAD, opinion="仍符合全部条件")

    assert permit.state == pb.PERMIT_STATE_ISSUED
    assert [(c.granted, c.decider) for c in permit.changes] == [(False, HEAD[0]), (True, HEAD[0])]
    numbers = {permit.decision.document_number, *(c.document_number for c in permit.changes)}
    assert len(numbers) == 3 and "" not in numbers
    assert window.d.names(permit_id)[-2:] == ["PermitChangeAsked", "PermitChanged"]
