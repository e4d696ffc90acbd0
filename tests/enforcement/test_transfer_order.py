"""The two sides of a transfer and the city speak at the same time: in whatever order they are heard, one side has the case."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.supervision.v1 import dispute_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.given.case import FIRST_EVIDENCE, LAW
from services.kit.reactions import NotItsHome
from tests.enforcement.department import Department
from tests.enforcement.samples import CITY, HEAD, NODE, stamp
from tests.enforcement.test_transfer import clocks, coming, listed, referred

CLUE, OUT = cases.CASE_STATE_CLUE, cases.CASE_STATE_TRANSFERRED_OUT
ELSEWHERE = "chengguan"


async def came_in(d: Department, *, referred: bool = False) -> tuple[events.CaseTransferred, cases.Case]:
    """A case that another department transferred here, disputed."""
    sent = coming(to_body_id=await d.body())
    await d.hear(sent, ELSEWHERE)
    [received] = await listed(d, sent)
    received = (await d.do("DisputeTransfer", HEAD, case_id=received.case_id, cause="无管辖权")).case
    if referred:
        await d.do("ReferDispute", HEAD, case_id=received.case_id, cause="协商不成")
    return sent, received


async def went_out(d: Department) -> cases.Case:
    """A case that was transferred to another department."""
    dossier = await d.clue()
    there = await d.body(node=ELSEWHERE)
    sent = await d.do("TransferCase", HEAD, case_id=dossier.case_id, body_id=there, cause="示例")
    return sent.case


def designated(d: Department, transfer: Any, chosen: str) -> supervision.JurisdictionDesignated:
    told = dispute_pb2.Dispute(
        dispute_id=transfer.transfer_id,
        case_id=transfer.from_case_id,
        node=transfer.from_node,
        other_case_id=transfer.to_case_id or "C-there",
        other_node=transfer.to_node,
        designated_case_id=chosen,
        opinion="指定管辖意见",
        designate_time=stamp(d.now),
    )
    return supervision.JurisdictionDesignated(dispute=told)


def taken_back(d: Department, received: cases.Case) -> events.ClueTakenBack:
    """What the sender says when it takes its clue back."""
    case = cases.Case(case_id=received.transfer.from_case_id, node=ELSEWHERE, state=CLUE, version=4)
    case.transfer.CopyFrom(received.transfer)
    case.transfer.settle_time.CopyFrom(stamp(d.now))
    return events.ClueTakenBack(case=case)


@pytest.mark.parametrize("first", ["designated", "taken back"])
async def test_who_is_designated_keeps_the_case_that_the_sender_takes_back(
    department: Department, first: str
) -> None:
    _, received = await came_in(department, referred=True)
    told = designated(department, received.transfer, received.case_id)
    back = taken_back(department, received)

    if first == "designated":
        await department.hear(told, CITY)
        await department.hear(back, ELSEWHERE)
    else:
        await department.hear(back, ELSEWHERE)
        await department.hear(told, CITY)

    assert (await department.case(received.case_id)).state == CLUE
    checked = {"evidence": FIRST_EVIDENCE, "law": LAW}
    await department.do("FileCase", HEAD, case_id=received.case_id, **checked)


async def test_a_dispute_that_is_heard_after_its_designation_holds_up_nothing(department: Department) -> None:
    sent = await went_out(department)
    await department.hear(designated(department, sent.transfer, sent.case_id), CITY)
    answer = cases.Case(case_id="C-there", node=ELSEWHERE, state=CLUE, version=2, transfer=sent.transfer)
    answer.transfer.to_case_id = "C-there"
    answer.transfer.dispute_time.CopyFrom(stamp(department.now))

    await department.hear(events.JurisdictionDisputed(case=answer), ELSEWHERE)

    assert (await department.case(sent.case_id)).state == CLUE
    await department.do("FileCase", HEAD, case_id=sent.case_id)


async def test_what_was_designated_is_not_referred_again(department: Department) -> None:
    sent, received = await referred(department)
    await department.hear(designated(department, received.transfer, sent.case_id), CITY)

    async with department.refused("NOT_DISPUTED"):
        await department.do("ReferDispute", HEAD, case_id=sent.case_id, cause="示例")

    assert "PEN-06" not in clocks(await department.case(sent.case_id))


async def test_a_third_body_that_has_the_designated_case_is_told(department: Department) -> None:
    """The city chose between two cases that were filed, and one of them had just been transferred to a third body."""
    dossier = await department.filed()
    third = await department.body()
    sent = (
        await department.do("TransferCase", HEAD, case_id=dossier.case_id, body_id=third, cause="示例")
    ).case
    [there] = (await department.do("ListCases", HEAD, page_size=1)).cases
    assert there.transfer.transfer_id == sent.transfer.transfer_id
    told = dispute_pb2.Dispute(
        dispute_id="J-twice",
        case_id=sent.case_id,
        node=NODE,
        other_case_id="C-elsewhere",
        other_node=ELSEWHERE,
        designated_case_id=sent.case_id,
        designate_time=stamp(department.now),
    )

    await department.hear(supervision.JurisdictionDesignated(dispute=told), CITY)

    ours, theirs = await department.case(sent.case_id), await department.case(there.case_id)
    assert (ours.state, theirs.state) == (cases.CASE_STATE_FILED, OUT)


async def test_a_transfer_that_is_heard_twice_is_one_case(department: Department) -> None:
    sent = coming(to_body_id=await department.body())

    await department.hear(sent, ELSEWHERE)
    await department.hear(sent, ELSEWHERE)

    assert len(await listed(department, sent)) == 1


async def test_nobody_takes_the_place_of_anothers_transfer(department: Department) -> None:
    sent = coming(to_body_id=await department.body())
    await department.hear(sent, ELSEWHERE)
    forged = coming("jiaotong", to_body_id=sent.case.transfer.to_body_id)
    forged.case.transfer.transfer_id = sent.case.transfer.transfer_id

    with pytest.raises(NotItsHome):
        await department.hear(forged, "jiaotong")

    [received] = await listed(department, sent)
    assert received.transfer.from_node == ELSEWHERE
