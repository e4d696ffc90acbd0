"""A case goes from one department to another in the running city, is disputed, and the city designates."""

from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.notifications.v1 import notification_pb2 as notifications
from yifa.supervision.v1 import dispute_pb2

from services.given.case import FIRST_EVIDENCE, LAW, heads_known, violation
from tests.city import City, rid

SENDER, RECEIVER = "huanbao", "chengguan"
HEAD = "AGENCY_HEAD"
HEADS: dict[str, str] = {}
"""The chief of the body of a test at each department."""


async def do(city: City, node: str, method: str, role: str, /, **fields: Any) -> Any:
    person = HEADS[node] if role == HEAD and node in HEADS else "person-1"
    return await city.say(node, "enforcement", method, (person, role), **fields)


async def case(city: City, node: str, case_id: str) -> cases.Case:
    found: cases.Case = (await do(city, node, "GetCase", HEAD, case_id=case_id)).case
    return found


async def transferred(city: City) -> tuple[str, str]:
    """A clue that the one department transferred to the other; the ids of the case on both sides."""
    (ours, here), (theirs, there_) = [await city.headed(node) for node in (SENDER, RECEIVER)]
    HEADS.update({SENDER: here[0], RECEIVER: there_[0]})
    clue = await city.eventually(
        lambda: do(
            city,
            SENDER,
            "RegisterClue",
            "UNIT_HEAD",
            body_id=ours.body_id,
            source=cases.CLUE_SOURCE_COMPLAINT,
            summary="群众举报",
            party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name=f"示例企业{rid()}"),
            violation=violation(law=LAW),
            evidence=FIRST_EVIDENCE,
        )
    )
    sent = clue.case.case_id
    where = {"case_id": sent, "body_id": theirs.body_id, "cause": "不属于本机关管辖"}
    await city.eventually(lambda: do(city, SENDER, "TransferCase", HEAD, **where))

    async def received() -> list[str]:
        listed = (await do(city, RECEIVER, "ListCases", HEAD, page_size=100)).cases
        return [c.case_id for c in listed if c.transfer.from_case_id == sent]

    [there] = await city.eventually(received)
    await heads_known(city.work(RECEIVER), there, HEADS[RECEIVER])
    return sent, there


async def test_the_receiver_takes_it_over_and_the_sender_knows(city: City) -> None:
    sent, there = await transferred(city)

    await do(city, RECEIVER, "AcknowledgeTransfer", "CLERK", case_id=there)

    known = await city.eventually(
        lambda: case(city, SENDER, sent), lambda c: c.transfer.HasField("acknowledge_time")
    )
    assert known.state == cases.CASE_STATE_TRANSFERRED_OUT
    assert known.transfer.to_case_id == there
    filed = (await do(city, RECEIVER, "FileCase", HEAD, case_id=there)).case
    assert filed.state == cases.CASE_STATE_FILED


async def test_the_sender_gives_way_and_the_receiver_knows(city: City) -> None:
    sent, there = await transferred(city)
    await do(city, RECEIVER, "DisputeTransfer", HEAD, case_id=there, cause="本机关亦无管辖权")
    await city.eventually(lambda: case(city, SENDER, sent), lambda c: c.transfer.HasField("dispute_time"))

    back = (await do(city, SENDER, "TakeBackCase", HEAD, case_id=sent)).case

    assert back.state == cases.CASE_STATE_CLUE
    await city.eventually(
        lambda: case(city, RECEIVER, there), lambda c: c.state == cases.CASE_STATE_TRANSFERRED_OUT
    )


@pytest.mark.parametrize("winner", [SENDER, RECEIVER])
async def test_the_city_designates_and_both_obey(city: City, winner: str) -> None:
    sent, there = await transferred(city)
    await do(city, RECEIVER, "DisputeTransfer", HEAD, case_id=there, cause="本机关亦无管辖权")
    await do(city, RECEIVER, "ReferDispute", HEAD, case_id=there, cause="协商不成")
    oversight, stub = city.as_("city", "oversight-1", "OVERSIGHT"), city.stub("city", "supervision")
    chosen = sent if winner == SENDER else there

    async def waiting() -> list[dispute_pb2.Dispute]:
        request = dispute_pb2.ListDisputesRequest(state=dispute_pb2.DISPUTE_STATE_REFERRED, page_size=100)
        reply = await stub.ListDisputes(request, metadata=oversight)
        return [d for d in reply.disputes if d.other_case_id == there]

    [dispute] = await city.eventually(waiting)
    request = dispute_pb2.DesignateJurisdictionRequest(
        request_id=rid(), dispute_id=dispute.dispute_id, case_id=chosen, opinion="指定管辖意见"
    )
    await stub.DesignateJurisdiction(request, metadata=oversight)

    told = {}
    for node, case_id in ((SENDER, sent), (RECEIVER, there)):
        told[node] = await city.eventually(
            lambda n=node, c=case_id: case(city, n, c), lambda c: c.designation.case_id == chosen
        )
    states = {node: known.state for node, known in told.items()}
    loser = RECEIVER if winner == SENDER else SENDER
    assert states == {winner: cases.CASE_STATE_CLUE, loser: cases.CASE_STATE_TRANSFERRED_OUT}
    await do(city, winner, "FileCase", HEAD, case_id=chosen)


async def test_both_sides_and_the_city_are_told(city: City) -> None:
    _, there = await transferred(city)
    await do(city, RECEIVER, "DisputeTransfer", HEAD, case_id=there, cause=(dispute := f"异议{rid()}"))
    await do(city, RECEIVER, "ReferDispute", HEAD, case_id=there, cause=(refer := f"报请{rid()}"))

    async def inbox(node: str, role: str) -> list[str]:
        request = notifications.ListInboxRequest(page_size=500)
        told = await city.stub(node, "notifications").ListInbox(request, metadata=city.as_(node, "p-1", role))
        return [n.body_zh for n in told.notifications]

    received = (await case(city, RECEIVER, there)).transfer
    for node, role, words in (
        (RECEIVER, "UNIT_HEAD", f"{received.from_body_name}移送案件"),
        (SENDER, HEAD, dispute),
        ("city", "OVERSIGHT", refer),
    ):
        await city.eventually(
            lambda n=node, r=role: inbox(n, r), lambda found, w=words: any(w in b for b in found)
        )
