"""Recusal: asked for by the party or declared by the person, decided by the head; who stands aside does no more."""

from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    INSTANT,
    REVIEWER,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    Who,
    fine,
    stamp,
)

OTHER_HEAD = ("head-2", "AGENCY_HEAD")
PARTY, SELF = cases.RECUSAL_ASKER_PARTY, cases.RECUSAL_ASKER_SELF
STAND, ANEW = cases.EARLIER_ACTS_STAND, cases.EARLIER_ACTS_ANEW


async def ask(d: Department, dossier: Dossier, officer_id: str, by: Who = CLERK, **more: Any) -> Any:
    """The party asks that somebody stand aside, because of kinship."""
    fields = {"asker": PARTY, "cause": "系当事人近亲属", "officer_id": officer_id}
    return await d.do("RequestRecusal", by, case_id=dossier.case_id, **(fields | more))


async def answer(d: Department, dossier: Dossier, recusal_id: str, by: Who = HEAD, **more: Any) -> Any:
    """The head grants it, and what was done before stands."""
    fields = {"granted": True, "reason": "经核实存在近亲属关系", "earlier_acts": STAND}
    return await d.do("DecideRecusal", by, case_id=dossier.case_id, recusal_id=recusal_id, **(fields | more))


async def recused(d: Department, dossier: Dossier, officer_id: str, **more: Any) -> cases.Case:
    asked = await ask(d, dossier, officer_id)
    return (await answer(d, dossier, asked.recusal.recusal_id, **more)).case


async def test_a_request_is_shown_in_the_case_and_announced(department: Department) -> None:
    dossier = await department.investigating()

    asked = await ask(department, dossier, dossier.ids[1])
    decided = await answer(department, dossier, asked.recusal.recusal_id, earlier_acts=ANEW)

    [shown] = (await department.case(dossier.case_id)).recusals
    assert shown == decided.recusal
    assert asked.recusal.state == cases.RECUSAL_STATE_PENDING and asked.recusal.recorder == "clerk-1"
    assert shown.state == cases.RECUSAL_STATE_GRANTED and shown.decider == "head-1"
    assert (shown.asker, shown.cause, shown.earlier_acts) == (PARTY, "系当事人近亲属", ANEW)
    assert shown.request_time == shown.decide_time == stamp(START)
    told = department.events(dossier.case_id)[-2:]
    assert [e.type.rpartition(".")[2] for e in told] == ["RecusalRequested", "RecusalDecided"]
    assert events.RecusalRequested.FromString(told[0].data).recusal == asked.recusal
    assert events.RecusalDecided.FromString(told[1].data).case == decided.case


async def test_the_inquiry_goes_on_until_it_is_decided(department: Department) -> None:
    dossier = await department.investigating()

    await ask(department, dossier, dossier.ids[0])
    found = await department.evidence(dossier, by=dossier.officers[0].who)
    reported = await department.report(dossier, fine(30000))

    assert found.case.evidence_count == 1
    assert reported.case.state == cases.CASE_STATE_INVESTIGATED


async def test_no_decision_while_a_request_is_open(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END + INSTANT
    asked = await ask(department, dossier, dossier.ids[0])

    async with department.refused("RECUSAL_PENDING_DECISION", law="APL-2021:43(3);SAMR-2022:4") as told:
        await department.decide(dossier)
    await answer(department, dossier, asked.recusal.recusal_id, granted=False, reason="经查无利害关系")
    decided = await department.decide(dossier)

    assert told.metadata["recusal_id"] == asked.recusal.recusal_id
    assert decided.case.state == cases.CASE_STATE_DECIDED
    assert [o.officer_id for o in decided.case.officers] == dossier.ids


async def test_a_clue_is_not_declined_while_a_request_is_open(department: Department) -> None:
    dossier = await department.clue()
    await ask(department, dossier, "unit-1")

    async with department.refused("RECUSAL_PENDING_DECISION"):
        await department.do("DeclineClue", HEAD, case_id=dossier.case_id, cause="轻微并及时改正")


async def test_who_stands_aside_does_no_more(department: Department) -> None:
    dossier = await department.investigating()
    third = await department.officer(dossier.body_id)
    gone, stays = dossier.officers
    await department.evidence(dossier)

    case = await recused(department, dossier, gone.officer_id)

    assert [o.officer_id for o in case.officers] == [stays.officer_id]
    assert case.evidence_count == 1, "what was collected stays"
    async with department.refused("OFFICER_RECUSED", more=True, law="APL-2021:43(1);SAMR-2022:4") as told:
        await department.evidence(dossier, by=gone.who)
    async with department.refused("OFFICER_RECUSED", more=True):
        await department.evidence(dossier, by=stays.who)
    async with department.refused("OFFICER_RECUSED"):
        ids = [stays.officer_id, third.officer_id, gone.officer_id]
        await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=ids)
    async with department.refused("OFFICER_RECUSED", more=True):
        await department.report(dossier, fine(30000), by=gone.who)
    assert told.metadata["officers"] == gone.officer_id


async def test_two_officers_again_before_the_next_field_act(department: Department) -> None:
    dossier = await department.investigating()
    gone, stays = dossier.officers
    await department.evidence(dossier)
    await recused(department, dossier, gone.officer_id)

    async with department.refused("TOO_FEW_OFFICERS"):
        await department.evidence(dossier, by=stays.who, collector_ids=[stays.officer_id])
    async with department.refused("TOO_FEW_OFFICERS", law="APL-2021:42(1);APL-2021:43(1)"):
        await department.report(dossier, fine(30000), by=stays.who)
    dossier.officers = [stays, await department.officer(dossier.body_id)]
    await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=dossier.ids)
    found = await department.evidence(dossier)

    assert found.case.evidence_count == 2


async def test_after_the_inquiry_too_an_officer_is_replaced_before_the_notice(department: Department) -> None:
    dossier = await department.reviewed()
    gone, stays = dossier.officers
    await recused(department, dossier, gone.officer_id)

    async with department.refused("TOO_FEW_OFFICERS", law="APL-2021:42(1);APL-2021:43(1)"):
        await department.notice(dossier)
    dossier.officers = [stays, await department.officer(dossier.body_id)]
    replaced = await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=dossier.ids)
    noticed = await department.notice(dossier)

    assert replaced.case.state == cases.CASE_STATE_REVIEWED
    assert noticed.case.state == cases.CASE_STATE_NOTICED


async def test_a_reviewer_and_a_head_who_stand_aside_do_no_more(department: Department) -> None:
    dossier = await department.reviewing()
    await recused(department, dossier, REVIEWER[0])
    asked = await ask(department, dossier, HEAD[0])
    heads = {"discussion": "集体讨论记录", "discussion_members": ["head-2", "head-3"]}
    await answer(department, dossier, asked.recusal.recusal_id, by=OTHER_HEAD, **heads)

    async with department.refused("OFFICER_RECUSED"):
        await department.do("ConcludeReview", REVIEWER, case_id=dossier.case_id, passed=True, opinion="同意")
    other = ("reviewer-2", "LEGAL_REVIEWER")
    await department.do("ConcludeReview", other, case_id=dossier.case_id, passed=True, opinion="同意")
    await department.notice(dossier)
    department.now = WINDOW_END + INSTANT
    async with department.refused("OFFICER_RECUSED"):
        await department.decide(dossier)
    async with department.refused("OFFICER_RECUSED"):
        await department.decide(
            dossier, by=OTHER_HEAD, discussion="记录", discussion_members=["head-1", "head-2"]
        )
    async with department.refused("OFFICER_RECUSED"):
        await department.do("TerminateCase", HEAD, case_id=dossier.case_id, cause="终止")
    async with department.refused("OFFICER_RECUSED"):
        deadline = {"clock_id": "PEN-15", "amount": 30, "cause": "案情复杂"}
        await department.do("ExtendDeadline", HEAD, case_id=dossier.case_id, **deadline)
    decided = await department.decide(dossier, by=OTHER_HEAD)

    assert decided.case.decision.decider == "head-2"


async def test_nobody_decides_on_himself(department: Department) -> None:
    dossier = await department.filed()
    asked = await ask(department, dossier, HEAD[0])
    recusal_id = asked.recusal.recusal_id

    others = {"discussion": "记录", "discussion_members": ["head-2", "head-3"]}

    async with department.refused("RECUSAL_OWN_DECISION", law="APL-2021:43(3);SAMR-2022:4") as told:
        await answer(department, dossier, recusal_id, granted=False, **others)
    async with department.refused("RECUSAL_OWN_DECISION"):
        heads = {"discussion": "记录", "discussion_members": ["head-1", "head-2"]}
        await answer(department, dossier, recusal_id, by=OTHER_HEAD, **heads)
    case = (await answer(department, dossier, recusal_id, by=OTHER_HEAD, **others)).case

    assert told.metadata["person"] == "head-1"
    assert case.recusals[0].state == cases.RECUSAL_STATE_GRANTED


@pytest.mark.parametrize(
    "heads",
    [
        {},
        {"discussion": "  ", "discussion_members": ["head-2", "head-3"]},
        {"discussion": "记录", "discussion_members": ["head-2", "head-2"]},
    ],
)
async def test_the_recusal_of_the_head_is_for_the_heads_together(
    department: Department, heads: dict[str, Any]
) -> None:
    dossier = await department.filed()
    asked = await ask(department, dossier, HEAD[0])

    async with department.refused("COLLECTIVE_DISCUSSION_REQUIRED", law="SAMR-2022:4"):
        await answer(department, dossier, asked.recusal.recusal_id, by=OTHER_HEAD, **heads)


async def test_people_declare_their_own_interest_only(department: Department) -> None:
    dossier = await department.investigating()
    mine, other = dossier.officers

    async with department.refused("RECUSAL_NOT_OWN", law="APL-2021:43(1)") as told:
        await ask(department, dossier, other.officer_id, by=mine.who, asker=SELF)
    declared = await ask(department, dossier, mine.officer_id, by=mine.who, asker=SELF)

    assert told.metadata["person"] == mine.officer_id
    assert declared.recusal.asker == SELF and declared.recusal.officer_id == mine.officer_id


async def test_who_may_be_on_the_case_later_declares_it_before(department: Department) -> None:
    dossier = await department.filed()
    near, one, two = [await department.officer(dossier.body_id) for _ in range(3)]
    asked = await ask(department, dossier, near.officer_id, by=near.who, asker=SELF)
    await answer(department, dossier, asked.recusal.recusal_id, earlier_acts=cases.EARLIER_ACTS_UNSPECIFIED)

    async with department.refused("OFFICER_RECUSED", law="APL-2021:43(1);SAMR-2022:4"):
        ids = [near.officer_id, one.officer_id]
        await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=ids)
    ids = [one.officer_id, two.officer_id]
    assigned = await department.do("AssignOfficers", UNIT, case_id=dossier.case_id, officer_ids=ids)

    assert [o.officer_id for o in assigned.case.officers] == ids


async def test_a_stranger_records_no_request_of_the_party(department: Department) -> None:
    dossier = await department.investigating()
    stranger = await department.officer(dossier.body_id)

    async with department.refused("NOT_ON_CASE"):
        await ask(department, dossier, dossier.ids[0], by=stranger.who)


async def test_one_request_at_a_time_and_another_after_a_refusal(department: Department) -> None:
    dossier = await department.investigating()
    asked = await ask(department, dossier, dossier.ids[0])

    async with department.refused("ALREADY_DONE", law="APL-2021:43(2)"):
        await ask(department, dossier, dossier.ids[0])
    await answer(department, dossier, asked.recusal.recusal_id, granted=False)
    async with department.refused("RECUSAL_NOT_PENDING", law="APL-2021:43(3)"):
        await answer(department, dossier, asked.recusal.recusal_id)
    again = await ask(department, dossier, dossier.ids[0], cause="另有经济往来")
    await answer(department, dossier, again.recusal.recusal_id)

    async with department.refused("ALREADY_DONE"):
        await ask(department, dossier, dossier.ids[0])


async def test_a_request_lies_between_the_clue_and_now(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("ACT_IN_FUTURE"):
        await ask(department, dossier, dossier.ids[0], request_time=stamp(START + INSTANT))
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await ask(department, dossier, dossier.ids[0], request_time=stamp(START - DAY))


async def test_it_is_said_what_becomes_of_what_an_investigator_did(department: Department) -> None:
    dossier = await department.investigating()
    asked = await ask(department, dossier, dossier.ids[0])

    async with department.refused("MALFORMED") as told:
        await answer(
            department, dossier, asked.recusal.recusal_id, earlier_acts=cases.EARLIER_ACTS_UNSPECIFIED
        )

    assert told.fields == ["earlier_acts"]


async def test_an_unknown_request_is_not_decided(department: Department) -> None:
    dossier = await department.investigating()

    async with department.refused("NOT_FOUND"):
        await answer(department, dossier, "R-none")


async def test_after_the_decision_nothing_is_asked(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("ACT_NOT_OPEN"):
        await ask(department, dossier, dossier.ids[0])


async def test_what_stands_against_a_decision_is_listed(department: Department) -> None:
    dossier = await department.noticed()
    department.now = WINDOW_END + INSTANT
    await ask(department, dossier, dossier.ids[0])

    listed = (await department.do("ListOpenActs", HEAD, case_id=dossier.case_id)).acts
    obstacles = {a.act: [o.reason for o in a.obstacles] for a in listed}

    assert obstacles["MAKE_DECISION"] == ["RECUSAL_PENDING_DECISION"]
    assert obstacles["DECIDE_RECUSAL"] == []


async def test_only_the_head_decides(department: Department) -> None:
    dossier = await department.investigating()
    asked = await ask(department, dossier, dossier.ids[0])

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await answer(department, dossier, asked.recusal.recusal_id, by=UNIT)

    assert no.value.code() is grpc.StatusCode.PERMISSION_DENIED, read_refusal(no.value)
