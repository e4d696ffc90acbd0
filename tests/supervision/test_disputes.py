"""Disputes over jurisdiction at the city: followed from both sides, counted, designated (APL 25(2), ASR 13)."""

import itertools
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import dispute_pb2
from yifa.supervision.v1 import events_pb2 as events

from tests.supervision.office import CITY, ENVIRONMENT, OPEN, SETTLED, URBAN, Office, at, lawful, new_case

FIRST, SECOND = "2026-03-02 10:00", "2026-03-03 10:00"
DISPUTED, REFERRED, ENDED, DESIGNATED = (
    dispute_pb2.DISPUTE_STATE_DISPUTED,
    dispute_pb2.DISPUTE_STATE_REFERRED,
    dispute_pb2.DISPUTE_STATE_SETTLED,
    dispute_pb2.DISPUTE_STATE_DESIGNATED,
)


def pair() -> tuple[case_pb2.Case, case_pb2.Case]:
    """A case that was transferred, at the sender and at the receiver, who disputes it on Tuesday, 3 March 2026."""
    transfer = case_pb2.Transfer(
        transfer_id="T-1",
        from_node=ENVIRONMENT,
        from_case_id="C-1",
        from_case_number="环罚立〔2026〕C-1号",
        to_node=URBAN,
        to_case_id="C-2",
        dispute_cause="本机关亦无管辖权",
        dispute_time=at(SECOND),
    )
    sent, received = new_case("C-1", ENVIRONMENT), new_case("C-2", URBAN)
    sent.state, received.state = case_pb2.CASE_STATE_TRANSFERRED_OUT, case_pb2.CASE_STATE_CLUE
    for case in (sent, received):
        case.transfer.CopyFrom(transfer)
    return sent, received


async def disputes(office: Office, **wanted: Any) -> list[dispute_pb2.Dispute]:
    return list((await office.call("ListDisputes", dispute_pb2.ListDisputesRequest(**wanted))).disputes)


async def disputed(office: Office) -> tuple[case_pb2.Case, case_pb2.Case]:
    sent, received = pair()
    office.clock(SECOND)
    await office.tell(received, "JurisdictionDisputed", SECOND)
    return sent, received


async def referred(office: Office) -> tuple[case_pb2.Case, case_pb2.Case]:
    sent, received = await disputed(office)
    received.transfer.refer_time.FromDatetime(at("2026-03-05 10:00"))
    await office.tell(received, "JurisdictionReferred", "2026-03-05 10:00")
    return sent, received


def choice(**more: Any) -> dispute_pb2.DesignateJurisdictionRequest:
    fields = {"request_id": "R-1", "dispute_id": "T-1", "case_id": "C-2", "opinion": "指定管辖意见"} | more
    return dispute_pb2.DesignateJurisdictionRequest(**fields)


async def test_a_dispute_is_listed_with_both_sides(office: Office) -> None:
    await disputed(office)

    [told] = await disputes(office)

    assert (told.state, told.case_id, told.other_case_id) == (DISPUTED, "C-1", "C-2")
    assert (told.node, told.other_node, told.cause) == (ENVIRONMENT, URBAN, "本机关亦无管辖权")
    assert await disputes(office, state=DESIGNATED) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_in_whatever_order_the_two_sides_are_heard(office: Office, order: tuple[int, ...]) -> None:
    office.clock("2026-03-09 10:00")
    sent, received = pair()
    told = [office.told(received, "JurisdictionDisputed", SECOND)]
    received.transfer.refer_time.FromDatetime(at("2026-03-05 10:00"))
    told.append(office.told(received, "JurisdictionReferred", "2026-03-05 10:00"))
    sent.transfer.settle_time.FromDatetime(at("2026-03-06 10:00"))
    sent.state = case_pb2.CASE_STATE_CLUE
    told.append(office.told(sent, "ClueTakenBack", "2026-03-06 10:00"))

    for n in order:
        await office.take(told[n])

    [dispute] = await disputes(office)
    assert dispute.state == ENDED and dispute.settle_time.seconds
    assert dispute.refer_time.seconds


@pytest.mark.parametrize(
    ("when", "warned"), [("2026-03-12 23:59", []), ("2026-03-13 00:00", [(URBAN, OPEN)])]
)
async def test_the_two_have_seven_working_days_to_agree(office: Office, when: str, warned: list) -> None:
    """From Tuesday, 3 March: until the end of Thursday, 12 March."""
    await disputed(office)

    office.clock(when)
    await office.ticked()

    assert [(w.node, w.state) for w in await office.warnings() if w.clock_id == "PEN-05"] == warned


@pytest.mark.parametrize(("when", "warned"), [("2026-03-16 23:59", []), ("2026-03-17 00:00", [(CITY, OPEN)])])
async def test_the_city_has_seven_working_days_to_designate(office: Office, when: str, warned: list) -> None:
    """From Thursday, 5 March: until the end of Monday, 16 March. It is the city's own failing."""
    await referred(office)

    office.clock(when)
    await office.ticked()

    assert [(w.node, w.state) for w in await office.warnings() if w.clock_id == "PEN-06"] == warned
    assert [w for w in await office.warnings() if w.clock_id == "PEN-05"] == []


@pytest.mark.parametrize("given", [disputed, referred])
async def test_the_city_designates_and_tells_both(office: Office, given: Any) -> None:
    await given(office)

    reply = await office.call("DesignateJurisdiction", choice(document_number="示例府函〔2026〕1号"))

    assert reply.dispute.state == DESIGNATED and reply.dispute.designated_case_id == "C-2"
    assert [e.dispute for e in office.emitted(events.JurisdictionDesignated)] == [reply.dispute] * 2
    assert office.addressees(events.JurisdictionDesignated) == {ENVIRONMENT, URBAN}
    assert await disputes(office, state=DESIGNATED) == [reply.dispute]


async def test_designating_in_time_meets_the_term_though_a_department_is_not_heard_of(office: Office) -> None:
    _, received = await referred(office)
    office.clock("2026-03-10 10:00")
    await office.call("DesignateJurisdiction", choice())

    late = received.version
    received.version = late - 2
    await office.tell(received, "ClueRegistered", "2026-03-02 11:00")
    office.clock("2026-03-20 00:00")
    await office.ticked()

    view = await office.case("C-2")
    assert {d.clock_id: bool(d.stop_time.seconds) for d in view.deadlines} == {
        "PEN-03": False,
        "PEN-05": True,
        "PEN-06": True,
    }
    assert [w for w in await office.warnings() if w.clock_id == "PEN-06"] == []


async def test_it_is_designated_once(office: Office) -> None:
    await referred(office)
    await office.call("DesignateJurisdiction", choice())

    again = choice(request_id="R-2", case_id="C-1")

    code, reason, _ = await office.refused("DesignateJurisdiction", again)
    assert (code, reason) == (grpc.StatusCode.FAILED_PRECONDITION, "ACT_NOT_OPEN")


async def test_only_a_case_of_the_dispute_is_designated(office: Office) -> None:
    await referred(office)

    code, _, _ = await office.refused("DesignateJurisdiction", choice(case_id="C-3"))
    unknown, _, _ = await office.refused("DesignateJurisdiction", choice(dispute_id="T-2"))

    assert (code, unknown) == (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.NOT_FOUND)


async def test_only_the_two_sides_speak_of_a_dispute(office: Office) -> None:
    await referred(office)
    stranger = new_case("C-9", "jiaotong")
    stranger.transfer.CopyFrom(pair()[0].transfer)
    stranger.transfer.settle_time.FromDatetime(at("2026-03-06 10:00"))
    await office.tell(stranger, "ClueTakenBack", "2026-03-06 10:00")

    stranger.transfer.from_case_id = "C-9"
    await office.tell(stranger, "ClueTakenBack", "2026-03-06 11:00")

    assert [d.state for d in await disputes(office)] == [REFERRED]


def filed(case_id: str, node: str, when: str) -> case_pb2.Case:
    case = new_case(case_id, node)
    case.matter, case.area_code = "m" * 64, "440703"
    case.file_time.FromDatetime(at(when))
    return case


async def test_what_two_have_filed_is_designated_too(office: Office) -> None:
    office.clock("2026-03-05 09:00")
    both = filed("C-1", ENVIRONMENT, FIRST), filed("C-2", URBAN, SECOND)
    for case, when in zip(both, (FIRST, SECOND), strict=True):
        await office.tell(case, "CaseFiled", when)
    [dispute] = await disputes(office)

    await office.call("DesignateJurisdiction", choice(dispute_id=dispute.dispute_id, case_id="C-1"))
    both[1].state = case_pb2.CASE_STATE_TRANSFERRED_OUT
    await office.tell(both[1], "CaseYielded", "2026-03-05 10:00")

    assert (dispute.state, dispute.case_id, dispute.other_case_id) == (DISPUTED, "C-1", "C-2")
    assert [d.state for d in await disputes(office)] == [DESIGNATED]
    assert [w.state for w in await office.warnings(rule_id="TWICE")] == [SETTLED]


async def test_a_decided_case_is_not_taken_from_who_decided_it(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    both = filed("C-1", ENVIRONMENT, FIRST), filed("C-2", URBAN, SECOND)
    for case, when in zip(both, (FIRST, SECOND), strict=True):
        await office.tell(case, "CaseFiled", when)
    await office.tell(lawful(both[1]), "DecisionMade", "2026-03-20 10:00")
    [dispute] = await disputes(office)

    refused = choice(dispute_id=dispute.dispute_id, case_id="C-1")

    code, reason, articles = await office.refused("DesignateJurisdiction", refused)
    assert (code, reason, articles) == (grpc.StatusCode.FAILED_PRECONDITION, "CASE_DECIDED", ["APL-2021:25"])
    assert [d.state for d in await disputes(office)] == [DISPUTED]


async def test_a_third_that_is_heard_of_after_the_designation_is_another_dispute(office: Office) -> None:
    """It was cut off, and had filed before either of the two."""
    office.clock("2026-03-05 09:00")
    first, second = filed("C-1", ENVIRONMENT, FIRST), filed("C-2", URBAN, SECOND)
    for case, when in ((first, FIRST), (second, SECOND)):
        await office.tell(case, "CaseFiled", when)
    [dispute] = await disputes(office)
    await office.call("DesignateJurisdiction", choice(dispute_id=dispute.dispute_id, case_id="C-2"))
    first.state = case_pb2.CASE_STATE_TRANSFERRED_OUT
    await office.tell(first, "CaseYielded", "2026-03-05 10:00")

    third = filed("C-3", "jiaotong", "2026-03-01 10:00")
    await office.tell(third, "CaseFiled", "2026-03-05 11:00")

    [another] = await disputes(office, state=DISPUTED)
    assert (another.case_id, another.other_case_id) == ("C-3", "C-2")
    await office.call(
        "DesignateJurisdiction", choice(request_id="R-2", dispute_id=another.dispute_id, case_id="C-3")
    )
    second.state = case_pb2.CASE_STATE_TRANSFERRED_OUT
    await office.tell(second, "CaseYielded", "2026-03-05 12:00")
    assert [d.state for d in await disputes(office)] == [DESIGNATED, DESIGNATED]
    assert await office.warnings(state=OPEN, rule_id="TWICE") == []
