"""What changes of a body: its certificate, and who goes on with its powers."""

from datetime import UTC, datetime, timedelta

import grpc
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from yifa.registry.v1 import body_pb2

from services.law.calendar import SHANGHAI
from tests.registry.test_bodies import Hall
from tests.registry.town import CITY

STATE = body_pb2.BodyState


@pytest.fixture
def hall(town):
    return Hall(town)


async def report(town, body, days_ago: float = 1, node: str = "", **more):
    at = datetime.now(UTC) - timedelta(days=days_ago)
    request = body_pb2.ReportBodyChangeRequest(
        body_id=body.body_id, name="更名后的示例机关", papers=["示例编办〔2026〕2号"], change_time=at
    )
    request.MergeFrom(body_pb2.ReportBodyChangeRequest(**more))
    return (
        await town.call(node or body.node, "registry", "ReportBodyChange", request, "ROSTER_CLERK")
    ).change


async def decide(hall, body, accepted: bool):
    request = body_pb2.DecideBodyChangeRequest(body_id=body.body_id, accepted=accepted, opinion="材料齐全")
    return (await hall.at_city("DecideBodyChange", request)).body


async def withdraw(hall, body, *successors, end: str = "ABOLISHED"):
    request = body_pb2.WithdrawBodyRequest(
        body_id=body.body_id,
        cause="机构改革",
        end=f"BODY_END_{end}",
        successors=[
            s if isinstance(s, body_pb2.Successor) else body_pb2.Successor(body_id=s.body_id)
            for s in successors
        ],
    )
    return (await hall.at_city("WithdrawBody", request)).body


async def test_a_reported_change_ends_in_a_new_certificate(town, hall):
    body = await town.body()

    change = await report(town, body, field="城市管理", seal="4407000000099")
    pending = await hall.known(body, CITY, "CHANGE_PENDING")
    reissued = await decide(hall, body, accepted=True)
    announced = await hall.publish(body)

    assert not change.late and pending.pending == change
    assert pending.name == body.name, "nothing changes before it is decided"
    assert (reissued.name, reissued.field) == ("更名后的示例机关", "城市管理")
    assert body.seal and reissued.seal == "4407000000099"
    assert reissued.certificate_number not in ("", body.certificate_number)
    assert not reissued.HasField("pending") and announced.state == STATE.BODY_STATE_PUBLISHED
    assert await hall.known(announced, "huanbao", "PUBLISHED") == announced


async def test_a_body_enforces_on_while_a_change_is_pending(town, hall):
    body = await town.body()
    await report(town, body)
    await hall.known(body, body.node, "CHANGE_PENDING")

    assert (await town.register(body)).officer_id

    await decide(hall, body, accepted=True)
    await hall.known(body, body.node, "REISSUED")
    assert (await town.register(body)).officer_id


async def test_a_change_is_late_after_thirty_days(town, hall):
    """OFF-01: thirty calendar days, the day of the change not counted, rolled on to a working day."""
    body, other = await town.body(), await town.body()

    in_time, late = await report(town, body, days_ago=29), await report(town, other, days_ago=45)

    changed = late.change_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI).date()
    due = late.due_time.ToDatetime(tzinfo=UTC).astimezone(SHANGHAI).date()
    assert not in_time.late and late.late
    assert timedelta(days=30) <= due - changed <= timedelta(days=40)
    request = body_pb2.ListBodyChangesRequest(late=True, page_size=500)
    ask = lambda: town.pages(CITY, "ListBodyChanges", request)  # noqa: E731
    found = await town.seen(ask, lambda listed: any(c.change_id == late.change_id for c in listed))
    assert in_time.change_id not in {c.change_id for c in found}


async def test_a_refused_change_leaves_the_body_as_it_was(town, hall):
    body = await town.body()
    await report(town, body)
    await hall.known(body, CITY, "CHANGE_PENDING")

    refused = await decide(hall, body, accepted=False)

    assert (refused.name, refused.certificate_number) == (body.name, body.certificate_number)
    assert refused.state == STATE.BODY_STATE_PUBLISHED and not refused.HasField("pending")
    await hall.known(body, body.node, "PUBLISHED")


async def test_a_change_takes_no_other_bodys_prefix(town, hall):
    body, other = await town.body(), await town.body()
    await report(town, body, document_prefix=other.document_prefix)
    await hall.known(body, CITY, "CHANGE_PENDING")

    with town.refused("PREFIX_TAKEN", bodies=other.name):
        await decide(hall, body, accepted=True)
    await decide(hall, body, accepted=False)
    await hall.known(body, body.node, "PUBLISHED")
    await report(town, body, document_prefix=f"{other.document_prefix}新")
    await hall.known(body, CITY, "CHANGE_PENDING")

    assert (await decide(hall, body, accepted=True)).document_prefix == f"{other.document_prefix}新"


async def test_a_second_change_waits_for_the_first(town, hall):
    body = await town.body()
    await report(town, body)
    await hall.known(body, body.node, "CHANGE_PENDING")

    with town.refused("ACT_NOT_OPEN", act="ReportBodyChange", state="CHANGE_PENDING"):
        await report(town, body)


async def test_two_reports_at_once_leave_one_pending_and_one_answered(town, hall):
    """The second is sent before the first is known to be pending: the city answers it."""
    body = await town.body()

    first, second = await report(town, body), await report(town, body, name="另一名称")

    pending = await hall.known(body, CITY, "CHANGE_PENDING")
    assert pending.pending.change_id == first.change_id
    told = await town.seen(
        lambda: town.events(CITY, "registry", body.body_id), lambda types: "BodyChangeRefused" in types
    )
    assert told.count("BodyChangePending") == 1 and second.change_id != first.change_id


async def test_a_change_of_nothing_is_refused(town, hall):
    body = await town.body()
    request = body_pb2.ReportBodyChangeRequest(body_id=body.body_id, papers=["示例文件"])
    request.change_time.GetCurrentTime()

    with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="name"):
        await town.call(body.node, "registry", "ReportBodyChange", request, "ROSTER_CLERK")


async def test_a_change_at_no_possible_time_is_refused(town, hall):
    body = await town.body()

    for seconds in (10**15, -(10**11)):
        request = body_pb2.ReportBodyChangeRequest(body_id=body.body_id, name="某局", papers=["示例文件"])
        request.change_time.CopyFrom(Timestamp(seconds=seconds))
        with town.refused("MALFORMED", grpc.StatusCode.INVALID_ARGUMENT, field="change_time"):
            await town.call(body.node, "registry", "ReportBodyChange", request, "ROSTER_CLERK")


async def test_the_change_of_another_departments_body_is_refused(town, hall):
    body = await town.body("huanbao")
    await hall.known(body, "chengguan", "PUBLISHED")

    with town.refused("SUBJECT_NOT_QUALIFIED", law="INTERNAL"):
        await report(town, body, node="chengguan")


async def test_a_merger_has_one_successor_who_may_enforce(town, hall):
    body, heir, other = await town.body(), await town.body("chengguan"), await town.body()

    for heirs in ((), (heir, other), (body,)):
        with town.refused("SUCCESSION_INCOMPLETE", law="ALIT-2017:26(6)", body_id=body.body_id):
            await withdraw(hall, body, *heirs, end="MERGED")
    with town.refused("SUBJECT_NOT_QUALIFIED", body_id=body.body_id):
        await withdraw(hall, body, await hall.propose(), end="MERGED")

    merged = await withdraw(hall, body, heir, end="MERGED")

    assert merged.end == body_pb2.BODY_END_MERGED and merged.HasField("withdraw_time")
    assert [s.body_id for s in merged.successors] == [heir.body_id]
    assert await hall.known(body, "chengguan", "WITHDRAWN") == merged


async def test_a_split_has_two_successors_or_more(town, hall):
    body, one, two = await town.body(), await town.body(), await town.body()

    for heirs in ((), (one,), (one, one)):
        with town.refused("SUCCESSION_INCOMPLETE"):
            await withdraw(hall, body, *heirs, end="SPLIT")

    assert len((await withdraw(hall, body, one, two, end="SPLIT")).successors) == 2


async def test_the_officers_of_a_body_that_ended_are_named_to_its_successor(town, hall):
    body, heir = await town.body("huanbao"), await town.body("chengguan")
    officers = [await town.register(body) for _ in range(3)]
    for officer in officers:
        await town.known(CITY, officer, "TRAINING")
    ids = sorted(o.officer_id for o in officers)

    await withdraw(hall, body, heir, end="MERGED")

    request = body_pb2.GetSuccessionRequest(body_id=body.body_id, page_size=2)
    first = await town.call(CITY, "registry", "GetSuccession", request, "REGISTRAR")
    request.page_token = first.next_page_token
    rest = await town.call(CITY, "registry", "GetSuccession", request, "REGISTRAR")
    assert [b.body_id for b in first.successors] == [heir.body_id]
    assert [o.officer_id for o in (*first.officers, *rest.officers)] == ids
    told = [e for e in await town.journal(CITY, "registry") if e.type.endswith("BodySucceeded")]
    assert told[-1].to == "all" and all(i.encode() in told[-1].data for i in ids)


async def note(hall, body, days_ago: float):
    request = body_pb2.NoteBodyChangeRequest(
        body_id=body.body_id, change_time=datetime.now(UTC) - timedelta(days=days_ago), cause="机构改革方案"
    )
    return (await hall.at_city("NoteBodyChange", request, "OVERSIGHT")).deadline


async def types_of(town, body):
    return await town.events(CITY, "registry", body.body_id)


async def test_a_change_that_the_city_heard_of_starts_the_clock_and_the_report_stops_it(town, hall):
    """OFF-01: driven by events."""
    body = await town.body()

    deadline = await note(hall, body, days_ago=20)
    await report(town, body, days_ago=20)
    await hall.known(body, CITY, "CHANGE_PENDING")

    assert deadline.clock_id == "OFF-01" and deadline.citation.code == "EX-ERS"
    with town.refused("ACT_NOT_OPEN", act="NoteBodyChange", state="CHANGE_PENDING"):
        await note(hall, body, days_ago=20)
    assert "BodyChangeOverdue" not in await types_of(town, body)


async def test_a_change_that_is_not_reported_in_time_is_raised(town, hall):
    """OFF-01: the end passed, and nothing was reported."""
    body = await town.body()

    await note(hall, body, days_ago=50)

    await town.seen(lambda: types_of(town, body), lambda types: "BodyChangeOverdue" in types)
    entries = await town.journal(CITY, "registry")
    [raised] = [e for e in entries if e.type.endswith("BodyChangeOverdue") and e.subject_id == body.body_id]
    assert raised.to == body.node
    late = await report(town, body, days_ago=50)
    assert late.late
    await hall.known(body, CITY, "CHANGE_PENDING")
    assert (await types_of(town, body)).count("BodyChangeOverdue") == 1


async def test_a_change_is_heard_of_at_the_city_only(town):
    body = await town.body()
    request = body_pb2.NoteBodyChangeRequest(body_id=body.body_id, cause="机构改革方案")
    request.change_time.GetCurrentTime()

    with town.refused("NOT_HOME", home=CITY):
        await town.call("huanbao", "registry", "NoteBodyChange", request, "REGISTRAR")
