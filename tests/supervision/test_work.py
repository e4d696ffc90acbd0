"""Work queues of the city: what waits, for which acts, with whom and since when; and handing over what somebody has to do."""

from typing import Any

import grpc
import pytest
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import work_pb2 as pb

from services.kit.access import mint
from services.kit.words import ACTORS, ROLES
from services.kit.work import Queue
from services.supervision.work import acts
from services.supervision.work.queues import QUEUES
from tests.supervision import complaints, reconsidering
from tests.supervision.office import CITY, DEADLINE, Office
from tests.supervision.orders import desk
from tests.supervision.test_supervision_order import decided_case

OFFICER, HEAD = ("oversight-1", "OVERSIGHT"), ("head-1", "OVERSIGHT_HEAD")
WHO_SUPERVISE = ("oversight-1", "oversight-2", "oversight-3", "oversight-4")
NUMBERS = iter(range(1, 10_000))


async def ask(office: Office, who: tuple[str, ...], rpc: str, **fields: Any) -> Any:
    key = (office.folder / "token.key").read_bytes()
    metadata = (("authorization", f"Bearer {mint(key, who[0], CITY, who[1:])}"),)
    request = getattr(pb, f"{rpc}Request")(**fields)
    return await getattr(office.stub, rpc)(request, metadata=metadata, timeout=DEADLINE)


async def waiting(office: Office, **asked: Any) -> list[Any]:
    """All pages."""
    found: list[Any] = []
    while True:
        page = await ask(office, OFFICER, "ListOfficeWork", **asked)
        found += page.items
        if not page.next_page_token:
            return found
        asked["page_token"] = page.next_page_token


async def hand_over(
    office: Office, who: tuple[str, ...], one: str, other: str, **more: Any
) -> dict[str, Any]:
    said = {
        "request_id": f"W-{next(NUMBERS)}",
        "from_officer_id": one,
        "to_officer_id": other,
        "reason": "调离",
    }
    reply = await ask(office, who, "ReassignOfficeWork", **(said | more))
    return {record.record_id: record for record in reply.records}


def refusals(record: Any) -> set[str]:
    assert all(each.text_zh and each.text_en for each in record.obstacles)
    return {each.reason for each in record.obstacles}


def test_every_act_that_is_waited_for_is_somebodys() -> None:
    """Somebody of this system puts it on record, and whoever does it by the law has a name."""
    for queue in QUEUES:
        for moves in queue.waits.values():
            for move in moves:
                assert queue.roles(move), (queue.noun, move.act)
                assert all(role in ROLES or role in ACTORS for role in move.roles), (queue.noun, move.roles)


def test_a_state_from_which_somebody_has_to_go_on_is_in_a_queue() -> None:
    """What waits for nobody is at its end, rests, or goes on by itself."""
    at_rest = {queue.noun: queue.numbers.keys() - queue.waits.keys() - {"UNSPECIFIED"} for queue in QUEUES}

    assert at_rest["reconsideration"] == {
        "ABANDONED", "DISMISSED", "PERFORMED", "REFUSED", "SETTLED", "TERMINATED", "WITHDRAWN",
    }  # fmt: skip
    assert at_rest["supervision_order"] == {"CLOSED", "DIVERTED", "RAISED", "REFUSED", "WITHDRAWN"}
    assert at_rest["complaint"] == {"CLOSED", "GUIDED", "MERGED", "TRANSFERRED"}
    assert at_rest["file_review"] == {"ANSWERED", "FINAL", "REPORTED"}


async def test_what_waits_at_the_city_with_whom_and_since_when(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = await desk(office)
    await order.inquiring()
    box = complaints.Desk(office)
    await box.name(complaints.OFFICER)
    complaint = await box.accepted()
    heard = await reconsidering.reconsidering(office)
    await heard.upto("AssignReconsiderers")

    office.clock("2026-04-12 09:00")
    found = {each.noun: each for each in await waiting(office, page_size=1)}

    assert list(found) == ["complaint", "supervision_order", "reconsideration"], "the longest waiting first"
    accepted, matter, admitted = found.values()
    assert (matter.record_id, matter.days, matter.state_kind) == (order.id, 41, "SupervisionOrderState")
    assert {o.officer_id for o in matter.officers} == {"oversight-1", "oversight-2"}
    assert {a.rpc for a in matter.acts} == {"FindNothing", "CorrectOnSpot", "IssueSupervisionDocument"}
    assert [(a.rpc, *a.roles) for a in accepted.acts] == [("AssignComplaint", Role.ROLE_OVERSIGHT_HEAD)]
    assert complaints.NAME not in str(accepted), "who complained is in no queue"
    assert next((o.officer_id, o.name) for o in admitted.officers) == ("RC-1", "复议人员RC-1")
    assert [(a.rpc, a.actor_zh) for a in admitted.acts] == [("SendReconsiderationCopy", "行政复议机关")]
    assert admitted.days == 10 and admitted.deadline.clock_id
    for asked, nouns in (
        ({"noun": "complaint"}, {"complaint"}),
        ({"officer_id": "RC-1"}, {"reconsideration"}),
        ({"officer_id": "oversight-9"}, set()),
        ({"role": Role.ROLE_OVERSIGHT_HEAD}, {"complaint"}),
        ({"query": "复议申请"}, {"reconsideration"}),
        ({"query": complaint.number}, {"complaint"}),
        ({"query": "复%公司"}, set()),
        ({"days": 41}, {"supervision_order", "complaint"}),
        ({"days": 42}, set()),
    ):
        assert {each.noun for each in await waiting(office, **asked)} == nouns, asked
    # the database looks for a text and for a person in every kind: of the others nothing is read
    read, recorded = list[str](), Queue.recorded
    monkeypatch.setattr(Queue, "recorded", lambda self, row: read.append(self.noun) or recorded(self, row))
    for asked in ({"query": order.id}, {"query": complaint.number}, {"officer_id": "RC-1"}):
        await waiting(office, **asked)
    assert read == ["supervision_order", "complaint", "reconsideration"]


async def test_what_one_person_has_to_do_goes_to_another_by_the_rules(office: Office) -> None:
    order = await desk(office)
    office.clock("2026-03-21 10:00")
    await decided_case(office)
    await office.certify("O-9", body_id="B-1")
    await order.supervisors(*WHO_SUPERVISE)
    await order.inquiring(case_id="C-1")
    box = complaints.Desk(office)
    await box.name(complaints.OFFICER)
    complaint = (await box.accepted()).complaint_id
    await box.say(complaints.HEAD, "AssignComplaint", complaint_id=complaint, handlers=["oversight-1"])
    bare, _ = await box.refused(
        complaints.HEAD, "AssignComplaint", complaint_id=complaint, handlers=["oversight-5"]
    )
    assert "REASONS_MISSING" in bare, "what somebody has to do goes to others for a reason only"
    assert (
        await order.refused("ReplaceSupervisors", supervisors=["oversight-3", "oversight-4"])
        == "REASONS_MISSING"
    )
    before = len(office.emitted())

    mine = await hand_over(office, OFFICER, "oversight-1", "oversight-3")

    assert mine[order.id].reassigned and list((await order.now()).supervisors) == [
        "oversight-3",
        "oversight-2",
    ]
    assert office.emitted(events.SupervisorsReplaced)[-1].reasons == "调离"
    assert not mine[complaint].reassigned and refusals(mine[complaint]) == {"ROLE_REQUIRED"}
    theirs = await hand_over(office, HEAD, "oversight-1", "O-9")
    assert refusals(theirs[complaint]) == {"HANDLER_CONFLICT"} and order.id not in theirs
    theirs = await hand_over(office, HEAD, "oversight-1", "oversight-4")
    assert theirs[complaint].reassigned and list((await box.get(complaint)).handlers) == ["oversight-4"]
    assert office.emitted(events.ComplaintAssigned)[-1].reason == "调离"
    apart = await hand_over(office, OFFICER, "oversight-2", "O-1")
    assert refusals(apart[order.id]) == {"OVERSIGHT_ROLE_CONFLICT", "SUPERVISOR_NOT_CERTIFIED"}, (
        "who handled the case does not supervise it"
    )
    assert len(office.emitted()) == before + 2, "what a rule stands against leaves nothing behind"


async def test_a_reconsideration_goes_to_who_may_hear_it(office: Office) -> None:
    heard = await reconsidering.reconsidering(office)
    await heard.upto("AssignReconsiderers")
    office.clock("2026-04-12 09:00")
    record = await heard.now()
    first, *others = record.reviewers

    stranger = await hand_over(office, OFFICER, first, "RC-8")
    assert refusals(stranger[heard.id]) == {"REVIEWER_NOT_QUALIFIED"}
    assert list((await heard.now()).reviewers) == [first, *others]
    gone = await hand_over(office, OFFICER, first, others[0])
    told = office.emitted(events.ReconsiderationAssigned)[-1]

    if len(others) > 1:
        assert gone[heard.id].reassigned and told.reason == "调离"
        assert list((await heard.now()).reviewers) == others
    else:
        assert refusals(gone[heard.id]) == {"REVIEWERS_TOO_FEW"}


async def test_handing_over_says_to_whom_and_why(office: Office) -> None:
    office.clock("2026-04-12 09:00")
    for wrong in (
        {"one": "oversight-1", "other": "oversight-1"},
        {"one": "oversight-1", "other": " "},
        {"one": "oversight-1", "other": "oversight-2", "reason": " "},
    ):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await hand_over(office, OFFICER, **wrong)
        assert no.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    with pytest.raises(grpc.aio.AioRpcError) as no:
        await hand_over(office, ("citizen:1", "PUBLIC"), "oversight-1", "oversight-2")
    assert no.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_more_than_one_call_takes_goes_over_in_turn(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "AT_ONCE", 1)
    order = await desk(office)
    await order.supervisors(*WHO_SUPERVISE)
    await order.inquiring()
    ids = {order.id}
    await order.inquiring(title="另一事项")
    ids.add(order.id)
    said = {"from_officer_id": "oversight-1", "to_officer_id": "oversight-3", "reason": "调离"}

    one = await ask(office, OFFICER, "ReassignOfficeWork", request_id="W-a", **said)
    two = await ask(
        office, OFFICER, "ReassignOfficeWork", request_id="W-b", after_record_id=one.after_record_id, **said
    )

    assert {r.record_id for r in (*one.records, *two.records) if r.reassigned} == ids
    assert one.after_record_id and not two.after_record_id
