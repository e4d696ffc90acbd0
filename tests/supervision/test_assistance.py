"""Requests for help as the city hears them: in any order, from each side alone, and late (APL 26, SAMR 45)."""

import itertools
from typing import Any

import pytest
from sqlalchemy import select
from yifa.enforcement.v1 import assistance_pb2 as enforcement
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1 import law_pb2
from yifa.supervision.v1 import assistance_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.supervision.warning.backtest import backtest
from tests.supervision.office import (
    ENVIRONMENT,
    OPEN,
    SETTLED,
    URBAN,
    Office,
    at,
    lawful,
    new_case,
)

WHEN = "2026-03-02 10:00"
STEPS = (
    ("AssistanceAsked", ENVIRONMENT, enforcement.ASSISTANCE_STATE_ASKED),
    ("AssistanceAccepted", URBAN, enforcement.ASSISTANCE_STATE_RECEIVED),
    ("AssistanceAnswered", URBAN, enforcement.ASSISTANCE_STATE_ANSWERED),
)


def request(version: int, state: int, **more: Any) -> enforcement.Assistance:
    values = {
        "assistance_id": "A-1",
        "case_id": "C-1",
        "node": ENVIRONMENT,
        "to_node": URBAN,
        "subject": "勘验",
    }
    return enforcement.Assistance(version=version, state=state, **(values | more))


def told(office: Office, node: str, name: str, record: enforcement.Assistance, **more: Any) -> Any:
    event = getattr(events, name)(assistance=record, **more)
    return office.journal(node, "enforcement").entry(event, at(WHEN), record.assistance_id)


async def listed(office: Office, **wanted: Any) -> list[enforcement.Assistance]:
    return list((await office.call("ListAssistance", pb.ListAssistanceRequest(**wanted))).assistance)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
async def test_in_whatever_order_the_two_sides_are_heard(office: Office, order: tuple[int, ...]) -> None:
    office.clock(WHEN)
    deliveries = [
        told(office, node, name, request(n, state)) for n, (name, node, state) in enumerate(STEPS, 1)
    ]

    for n in order:
        await office.take(deliveries[n])

    [kept] = await listed(office)
    assert (kept.state, kept.version) == (enforcement.ASSISTANCE_STATE_ANSWERED, 3)
    assert await listed(office, node=URBAN) == await listed(office, case_id="C-1") == [kept]
    assert not await listed(office, state=enforcement.ASSISTANCE_STATE_ASKED)


async def test_a_side_speaks_for_itself_alone(office: Office) -> None:
    office.clock(WHEN)
    await office.take(told(office, ENVIRONMENT, "AssistanceAsked", request(1, STEPS[0][2])))

    await office.take(told(office, ENVIRONMENT, "AssistanceAnswered", request(5, STEPS[2][2], answer="伪造")))
    await office.take(told(office, URBAN, "AssistanceAccepted", request(6, STEPS[1][2], case_id="C-other")))

    [kept] = await listed(office)
    assert (kept.state, kept.version, kept.case_id) == (enforcement.ASSISTANCE_STATE_ASKED, 1, "C-1")


async def test_a_term_to_answer_that_ended_is_a_warning_until_it_is_answered(office: Office) -> None:
    office.clock(WHEN)
    article = law_pb2.Citation(code="SAMR-2022:45(2)")
    term = law_pb2.Deadline(
        citation=article, clock_id="PEN-26", title_zh="协助调查函办理", title_en="Reply", due_time=at(WHEN)
    )
    accepted = request(2, STEPS[1][2], deadlines=[term])
    await office.take(told(office, URBAN, "AssistanceAccepted", accepted))

    await office.take(told(office, URBAN, "AssistanceDeadlinePassed", accepted, deadline=term))
    [raised] = await office.warnings(rule_id="EW-02")
    assert (raised.state, raised.node, raised.case_id) == (OPEN, URBAN, "C-1")
    assert office.addressees(supervision.WarningRaised) == {URBAN}
    await office.take(told(office, URBAN, "AssistanceAnswered", request(3, STEPS[2][2], deadlines=[term])))

    [settled] = await office.warnings(rule_id="EW-02")
    assert settled.state == SETTLED


async def test_the_city_rules_on_what_was_taken_to_it_and_tells_both(office: Office) -> None:
    office.clock(WHEN)
    asked = {"request_id": "R-1", "assistance_id": "A-1", "help": False, "opinion": "不属于其职权范围"}
    await office.take(
        told(office, URBAN, "AssistanceDeclined", request(2, enforcement.ASSISTANCE_STATE_DECLINED))
    )
    _, reason, articles = await office.refused("RuleOnAssistance", pb.RuleOnAssistanceRequest(**asked))
    assert (reason, articles) == ("ACT_NOT_OPEN", ["APL-2021:26"])

    await office.take(
        told(office, ENVIRONMENT, "AssistanceObjected", request(3, enforcement.ASSISTANCE_STATE_OBJECTED))
    )
    await office.call("RuleOnAssistance", pb.RuleOnAssistanceRequest(**asked | {"request_id": "R-2"}))

    [kept] = await listed(office)
    assert (kept.state, kept.version) == (enforcement.ASSISTANCE_STATE_REFUSED, 4)
    assert office.addressees(supervision.AssistanceRuled) == {ENVIRONMENT, URBAN}


async def test_a_case_in_which_help_was_asked_for_is_judged_whole(office: Office) -> None:
    """Given a case in which help was asked for, when something is wrong in it, all its events are gone through."""
    case = lawful(new_case(), fine=5_000_000)
    case.ClearField("review")
    await office.take(told(office, ENVIRONMENT, "AssistanceAsked", request(1, STEPS[0][2])))

    await office.tell(case, "DecisionMade", "2026-03-20 10:00")

    assert "EW-07" in {w.rule_id for w in await office.warnings(state=OPEN)}
    assert "LEGAL_REVIEW_NOT_PASSED" in {f.reason for _, f in backtest(office.running.view(), "EW-07")}


async def test_the_clocks_of_a_case_in_which_help_was_asked_for_are_run_anew(office: Office) -> None:
    """Given a request for help in the case, when an event of the case comes after a later one, nothing of either is lost."""
    case = new_case()
    filed = office.told(case, "CaseFiled", "2026-03-02 10:00")
    asked = told(office, ENVIRONMENT, "AssistanceAsked", request(1, STEPS[0][2]))
    closed = office.told(case, "CaseClosed", "2026-03-03 10:00")

    await office.take(asked)
    await office.take(closed)
    await office.take(filed)

    assert (await office.case("C-1")).case.case_id == "C-1"
    assert len(await listed(office)) == 1
    parked = office.running.rows(select(office.running.kit.parked))
    assert parked == []
