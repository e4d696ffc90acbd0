"""Enforcement by the court: the true end of the remedies, the demand, the application in time, the rulings (ACL 53–60)."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import surcharge_pb2 as surcharges

from services.enforcement.deadline.firing import fire_due
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from tests.enforcement.court import (
    APPLIED_BY,
    EXPIRED,
    MET,
    OVER,
    PAPERS,
    RUNNING,
    SUED_BY,
    WAITED,
    Court,
    applied,
    demanded,
    expired,
)
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, INSTANT, WINDOW_END, stamp, yuan
from tests.enforcement.test_deferral import apply, approve
from tests.enforcement.test_surcharge import remedy, remedy_end


async def test_applied_accepted_ruled_and_enforced(department: Department) -> None:
    court = await expired(department)
    assert (court.state, court.clock("ENF-06")) == ("EXPIRED", RUNNING)
    assert moment_of(court.record.remedy_end_time) == SUED_BY
    [ends] = [d for d in court.record.deadlines if d.clock_id == "ENF-06"]
    assert moment_of(ends.due_time) == APPLIED_BY

    await court.demand()
    assert court.record.demand.document_number.startswith("示罚催〔2026〕")
    assert court.record.demand.amount == yuan(60000), "the fine, and as much again"
    department.now = WAITED + DAY
    await court.apply()
    assert (court.state, court.clock("ENF-06"), court.clock("ENF-09")) == ("APPLIED", MET, RUNNING)
    assert court.record.application.head == HEAD[0]
    await court.court(pb.COURT_SAID_ACCEPTED)
    assert (court.clock("ENF-09"), court.clock("ENF-10")) == (MET, RUNNING)
    await court.court(pb.COURT_SAID_RULED)
    assert court.clock("ENF-10") == MET
    await court.court(pb.COURT_SAID_ENFORCED)

    assert court.state == "ENFORCED"
    names = department.names(court.record.enforcement_id)
    assert names[-5:] == [
        "PerformanceDemanded",
        "CourtApplied",
        "CourtAccepted",
        "CourtRuled",
        "CourtEnforced",
    ]


async def test_the_node_notes_by_itself_that_the_remedies_are_over(department: Department) -> None:
    dossier = await department.served()
    department.now = OVER + 41 * DAY

    court = await Court(department, dossier).found()

    assert (court.state, moment_of(court.record.remedy_end_time)) == ("EXPIRED", SUED_BY)


async def test_nobody_is_taken_to_court_while_the_party_may_sue_or_a_remedy_lasts(
    department: Department,
) -> None:
    dossier = await department.served()
    begin = {"case_id": dossier.case_id}

    async with department.refused("REMEDY_OPEN", law="ACL-2011:53"):
        await department.do("BeginCourtEnforcement", CLERK, **begin)
    department.now = WINDOW_END + 20 * DAY
    await remedy(department, dossier, begin_time=stamp(department.now))
    department.now = OVER + 30 * DAY
    async with department.refused("REMEDY_OPEN"):
        await department.do("BeginCourtEnforcement", CLERK, **begin)


async def test_after_reconsideration_the_three_months_run_from_the_fifteen_days_to_sue(
    department: Department,
) -> None:
    """Received on 1 June; the fifteen days end with 16 June, the three months with 16 September."""
    dossier = await department.served()
    department.now = datetime(2026, 4, 1, 9, tzinfo=SHANGHAI)
    await remedy(department, dossier)
    department.now = datetime(2026, 6, 1, 9, tzinfo=SHANGHAI)
    await remedy_end(department, dossier)
    department.now = datetime(2026, 6, 17, tzinfo=SHANGHAI)

    court = await Court(department, dossier).begin()

    assert moment_of(court.record.remedy_end_time).astimezone(SHANGHAI).date().isoformat() == "2026-06-16"
    [ends] = [d for d in court.record.deadlines if d.clock_id == "ENF-06"]
    assert moment_of(ends.due_time).astimezone(SHANGHAI).date().isoformat() == "2026-09-16"


@pytest.mark.parametrize("end", [surcharges.REMEDY_END_UPHELD, surcharges.REMEDY_END_SET_ASIDE])
async def test_what_a_court_judged_is_not_enforced_on_the_decision(department: Department, end: int) -> None:
    dossier = await department.served()
    department.now = WINDOW_END + 20 * DAY
    await remedy(department, dossier, surcharges.REMEDY_KIND_SUIT)
    department.now = WINDOW_END + 120 * DAY
    await remedy_end(department, dossier, end)
    department.now = OVER + 30 * DAY

    async with department.refused("REMEDY_OPEN"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=dossier.case_id)


async def test_after_a_deferral_the_three_months_run_from_its_end(department: Department) -> None:
    dossier = await department.served()
    await apply(department, dossier)
    await approve(department, dossier, (10000, 31), (20000, 300))
    department.now = last = WINDOW_END + 300 * DAY
    async with department.refused("REMEDY_OPEN"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=dossier.case_id)
    department.now = last + DAY

    reply = await department.do("BeginCourtEnforcement", CLERK, case_id=dossier.case_id)

    assert moment_of(reply.court_enforcement.remedy_end_time) == last
    assert department.names(reply.court_enforcement.enforcement_id) == ["DeferralOver"]


async def test_what_is_paid_is_not_enforced_and_a_decision_once_at_a_time(department: Department) -> None:
    court = await expired(department)
    case_id = court.dossier.case_id

    async with department.refused("ALREADY_DONE"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=case_id)
    await department.pay(court.dossier, 60000)
    await court.until("PERFORMED")
    assert court.clock("ENF-06") == MET
    async with department.refused("NOTHING_DUE", law="ACL-2011:53"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=case_id)


@pytest.mark.parametrize(
    "missing",
    [{"manner": " "}, {"term_end_time": None}, {"rights_told": False}, {"term_end_time": stamp(OVER)}],
    ids=["manner", "term", "rights", "no time"],
)
async def test_a_demand_states_what_the_law_wants(department: Department, missing: dict[str, Any]) -> None:
    court = await expired(department)

    async with department.refused("DEMAND_INCOMPLETE", law="ACL-2011:35;ACL-2011:54"):
        await court.demand(**missing)
    async with department.refused("SERVICE_PROOF_MISSING", law="ACL-2011:38"):
        await court.demand(receipt=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await court.demand(serve_time=stamp(SUED_BY - DAY))
    await court.demand()

    assert court.record.demand.document_number.endswith("〕1号"), "a refused demand takes no number"


async def test_ten_working_days_pass_after_the_demand(department: Department) -> None:
    court = await demanded(department)
    department.now = WAITED - timedelta(microseconds=2)

    async with department.refused("WAITING_TIME", law="ACL-2011:54;ACL-2011:69"):
        await court.apply()
    department.now = WAITED
    await court.apply()


async def test_the_papers_come_along_and_the_statement_was_rechecked(department: Department) -> None:
    court = await demanded(department)
    await court.act("RecordDemandStatement", statement="经营困难，请求延期")
    department.now = WAITED + DAY

    async with department.refused("COURT_APPLICATION_PRECONDITION", "STATEMENT_NOT_RECHECKED") as told:
        await court.apply(papers=PAPERS[:3])
    assert told.metadata["missing"] == "OBJECT"
    await court.act("RecheckDemandStatement", court.dossier.who, opinion="理由成立", adopted=True)
    async with department.refused("GOOD_REASON"):
        await court.apply()
    await court.act("RecheckDemandStatement", court.dossier.who, opinion="理由不成立")
    await court.apply()


async def test_nothing_is_rechecked_that_was_not_stated(department: Department) -> None:
    court = await demanded(department)

    async with department.refused("NOTHING_STATED"):
        await court.act("RecheckDemandStatement", court.dossier.who, opinion="不成立")


async def test_a_node_whose_time_stands_at_the_last_moment_of_a_term_goes_on(department: Department) -> None:
    """Given the last moment of the three months, the right stands; a moment later it is lost."""
    court = await expired(department)
    department.now = APPLIED_BY

    await department.running.do(fire_due)

    assert (await court.found()).state == "EXPIRED" and not department.task.done()
    department.now = APPLIED_BY + INSTANT
    await court.until("LAPSED")


async def test_after_three_months_the_right_is_lost(department: Department) -> None:
    court = await demanded(department)
    department.now = APPLIED_BY
    async with department.refused("ACT_NOT_OPEN"):
        await court.act("ChallengeRuling", HEAD, challenge="无")
    department.now = APPLIED_BY + INSTANT
    await court.until("LAPSED")

    async with department.refused("ACT_NOT_OPEN"):
        await court.apply()


async def test_an_urgent_application_says_what_it_protects(department: Department) -> None:
    court = await expired(department)

    async with department.refused("NOT_PUBLIC_SAFETY", law="ACL-2011:59"):
        await court.apply(at_once=True, urgency="即将倒塌", public_safety=" ")
    await court.apply(at_once=True, urgency="即将倒塌", public_safety="行人安全")
    await court.court(pb.COURT_SAID_ACCEPTED, pb.COURT_SAID_RULED_AT_ONCE)
    assert court.clock("ENF-14") == RUNNING
    await court.court(pb.COURT_SAID_ENFORCED)

    assert court.clock("ENF-14") == MET


async def test_a_refusal_is_challenged_in_fifteen_days_or_stands(department: Department) -> None:
    court = await applied(department)
    await court.court(pb.COURT_SAID_REFUSED)
    assert court.clock("ENF-12") == RUNNING
    await court.act("ChallengeRuling", HEAD, challenge="符合受理条件")
    await court.court(pb.COURT_SAID_CHALLENGE_ALLOWED)
    assert court.state == "ACCEPTED"
    await court.court(pb.COURT_SAID_RULED_AGAINST)
    department.now += 17 * DAY
    await court.until("FAILED")

    assert court.clock("ENF-12") == EXPIRED


async def test_what_the_court_said_is_shown_and_comes_in_its_turn(department: Department) -> None:
    court = await applied(department)

    async with department.refused("MALFORMED") as told:
        await court.court(pb.COURT_SAID_RULED)
    assert told.fields == ["said"]
    async with department.refused("RULING_NOT_SHOWN"):
        await court.court(pb.COURT_SAID_ACCEPTED, document=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await court.court(pb.COURT_SAID_ACCEPTED, receive_time=stamp(department.now + DAY))
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await court.court(pb.COURT_SAID_ACCEPTED, receive_time=stamp(department.now - DAY))
    await court.act("WithdrawCourtApplication", HEAD, cause="当事人已承诺履行")

    assert court.state == "WITHDRAWN"


async def test_an_enforcement_that_lasts_is_told_with_its_case(department: Department) -> None:
    court = await expired(department)
    department.now = APPLIED_BY - 5 * DAY

    def told() -> list[Any]:
        kind = events.DeadlineApproached
        its = [e for e in department.running.entries(0, 10**9) if e.type == kind.DESCRIPTOR.full_name]
        found = [kind.FromString(e.data) for e in its]
        return [e for e in found if e.deadline.subject_id == court.record.enforcement_id]

    async with asyncio.timeout(30):
        while not told():
            await department.running.changed(1, department.running.mark)

    assert told()[0].case.case_id == court.dossier.case_id
    assert (await department.case(court.dossier.case_id)).state == cases.CASE_STATE_SERVED
