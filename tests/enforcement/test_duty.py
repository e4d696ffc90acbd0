"""Enforcing what was ordered to be done: whose power, demolition, a substitute and its costs, a clearing at once (ACL 34–52)."""

from datetime import timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties

from tests.enforcement.court import OVER, Court
from tests.enforcement.department import Department
from tests.enforcement.duty import (
    DAY_SET,
    DEMOLITION,
    LATE,
    SIGNERS,
    SUBSTITUTE,
    URGED,
    Duty,
    decided,
    done,
    enable,
    ordered,
    overdue,
    performed,
    performing,
)
from tests.enforcement.own import REGULATION, Own, empower
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, HOUR, INSTANT, START, stamp, yuan

HARMLESS = penalties.DUTY_HARM_UNSPECIFIED


async def test_a_substitute_performs_is_signed_for_and_the_party_bears_the_costs(
    department: Department,
) -> None:
    duty = await performing(department)
    async with department.refused("CLOSE_NOT_ALLOWED", more=True):
        await department.act("CloseCase", duty.dossier)
    async with department.refused("ACT_NOT_OPEN"):
        await duty.claim()
    await duty.complete()
    assert duty.state == "ENFORCED" and await done(department, duty)

    await duty.claim()
    assert duty.record.costs.document_number.startswith("示罚代费〔2026〕")
    await duty.paid(300)
    await duty.paid(500)

    assert department.names(duty.record.enforcement_id) == [
        "DutyEnforcementBegun", "EnforcementDemanded", "EnforcementDecided", "EnforcementDecisionServed",
        "SubstituteScheduled", "SubstituteDemanded", "SubstituteStarted", "EnforcementCompleted", "SubstituteCostsClaimed",
        "SubstituteCostsPaid", "SubstituteCostsPaid",
    ]  # fmt: skip
    await department.pay(
        duty.dossier,
        (await department.do("GetOwed", FINANCE, case_id=duty.dossier.case_id)).owed.total.fen / 100,
    )
    await department.act("CloseCase", duty.dossier)


# Whose power ------------------------------------------------------------------------------------------


async def test_only_a_law_gives_the_power_or_what_is_endangered(department: Department) -> None:
    dossier = await department.served(ordered(harm=HARMLESS))
    department.now = LATE
    duty = Duty(department, dossier)

    async def refused() -> None:
        async with department.refused("NO_POWER_TO_ENFORCE", law="ACL-2011:34;ACL-2011:50"):
            await duty.begin()

    await refused()
    await empower(department, dossier.body_id)  # to enforce payments
    await enable(department, dossier.body_id, level=REGULATION)
    await refused()
    await enable(department, dossier.body_id)
    await duty.begin()
    await duty.demand()
    department.now = URGED
    async with department.refused("SUBSTITUTE_NOT_ALLOWED", law="ACL-2011:50"):
        await duty.decide()
    await duty.force()
    await duty.serve()
    async with department.refused("NOT_AS_DECIDED", law="ACL-2011:51(1)[1]"):
        await duty.perform()
    await duty.start()
    await duty.complete(record="强制执行笔录", signers=[])
    assert await done(department, duty)


async def test_without_the_power_only_a_substitute_performs(department: Department) -> None:
    duty = await overdue(department)
    await duty.demand()
    department.now = URGED
    async with department.refused("NO_POWER_TO_ENFORCE", law="ACL-2011:34"):
        await duty.force()
    await duty.decide()
    await duty.serve()
    async with department.refused("NOT_AS_DECIDED", law="ACL-2011:37(2)"):
        await duty.start()


async def test_who_has_both_powers_does_not_go_to_the_court_and_who_has_one_does(
    department: Department,
) -> None:
    one = await department.served(ordered())
    department.now = START
    both = await department.served(ordered())
    for dossier in (one, both):
        await empower(department, dossier.body_id)
    await enable(department, both.body_id)
    department.now = OVER + DAY

    assert (await Court(department, one).begin()).state == "EXPIRED"
    async with department.refused("AGENCY_HAS_POWER"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=both.case_id)


# What is to be done -----------------------------------------------------------------------------------


async def test_only_what_was_ordered_and_not_done_in_time_is_enforced_once(department: Department) -> None:
    plain = Duty(department, await department.served())
    department.now = START
    dossier = await department.served(ordered())
    duty = Duty(department, dossier)
    department.now = LATE - 10 * HOUR
    async with department.refused("NOT_OVERDUE", law="ACL-2011:34"):
        await duty.begin()
    department.now = LATE
    async with department.refused("NO_POWER_TO_ENFORCE", "NOT_OVERDUE", "NOTHING_DUE"):
        await plain.begin()
    await duty.begin()
    async with department.refused("ALREADY_DONE"):
        await duty.begin()
    await empower(department, dossier.body_id)
    money = await Own(department, dossier).begin()
    await performed(department, dossier)

    assert (await duty.d.do("ListEnforcements", HEAD, case_id=dossier.case_id)).enforcements[0].state == (
        pb.ENFORCEMENT_STATE_PERFORMED
    )
    assert (await money.found()).state == "UNPERFORMED", "the fine is owed still"
    async with department.refused("NOTHING_DUE"):
        await duty.begin()
    async with department.refused("ALREADY_DONE", law="APL-2021:66(1)"):
        await performed(department, dossier)


async def test_a_duty_that_was_not_told_makes_the_decision_heavier(department: Department) -> None:
    dossier = await department.noticed(ordered())
    department.now = START + 8 * DAY
    for penalty in (ordered(days=14), ordered(kind=DEMOLITION)):
        async with department.refused("AGGRAVATED_AFTER_DEFENCE", more=True):
            await department.act("MakeDecision", dossier, penalty=penalty)


async def test_a_fine_paid_leaves_the_duty_and_the_court_with_it(department: Department) -> None:
    dossier = await department.served(ordered())
    await department.pay(dossier, 30000)
    async with department.refused("CLOSE_NOT_ALLOWED") as told:
        await department.act("CloseCase", dossier)
    assert told.metadata["undone"] == "DUTY"
    async with department.refused("NOT_ORDERED"):
        await department.do("RecordPerformance", CLERK, case_id=dossier.case_id, proof="笔录")
    await performed(department, dossier)
    await department.act("CloseCase", dossier)


async def test_a_duty_that_was_terminated_closes_no_case_with_a_fine_owed(department: Department) -> None:
    duty = await overdue(department)
    await duty.act("TerminateEnforcement", HEAD, ground=pb.END_OF_ENFORCEMENT_OBJECT_LOST, cause="围墙倒塌")
    ended = {"closing": {"ground": cases.CLOSE_GROUND_ENFORCEMENT_ENDED, "document": "终结执行通知书"}}
    async with department.refused("CLOSE_NOT_ALLOWED", more=True):
        await department.act("CloseCase", duty.dossier, **ended)
    async with department.refused("ENFORCEMENT_TERMINATED", law="ACL-2011:39(2);ACL-2011:40"):
        await duty.begin()
    total = (await department.do("GetOwed", FINANCE, case_id=duty.dossier.case_id)).owed.total.fen
    await department.pay(duty.dossier, total / 100)
    await department.act("CloseCase", duty.dossier, **ended)


async def test_a_payment_is_brought_in_by_no_duty(department: Department) -> None:
    duty = await performing(department)
    async with department.refused("MALFORMED"):
        await duty.bring_in(100)


# Demolition -------------------------------------------------------------------------------------------


async def test_a_demolition_is_announced_and_waits_for_the_remedies(department: Department) -> None:
    dossier = await department.served(ordered(DEMOLITION, HARMLESS))
    await enable(department, dossier.body_id)
    duty = await overdue(department, dossier)
    for wrong in ({"place": " "}, {"term_end_time": None}, {"term_end_time": stamp(LATE)}):
        async with department.refused("ANNOUNCEMENT_INCOMPLETE", law="ACL-2011:44"):
            await duty.announce(**wrong)
    await duty.demand()
    department.now = OVER + DAY
    async with department.refused("DEMOLITION_PRECONDITION", law="ACL-2011:44"):
        await duty.force()
    await duty.announce()
    async with department.refused("DEMOLITION_PRECONDITION"):
        await duty.force()
    department.now += 10 * DAY + INSTANT
    await duty.force()
    await duty.serve()

    assert duty.record.demolition.document_number.startswith("示罚拆告〔2026〕")


async def test_nothing_is_demolished_while_a_remedy_may_be_used_or_was(department: Department) -> None:
    dossier = await department.served(ordered(DEMOLITION, HARMLESS))
    await enable(department, dossier.body_id)
    duty = await overdue(department, dossier)
    await duty.announce()
    await duty.demand()
    department.now = URGED
    async with department.refused("DEMOLITION_PRECONDITION"):
        await duty.force()


async def test_only_a_demolition_is_announced(department: Department) -> None:
    duty = await overdue(department)
    async with department.refused("ANNOUNCEMENT_INCOMPLETE"):
        await duty.announce()


# A substitute -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [{"performer": " "}, {"uninterested": False}, {"target": " "}, {"budget": yuan(0)}],
    ids=lambda w: next(iter(w)),
)
async def test_a_decision_says_who_performs_on_what_and_at_what_cost(
    department: Department, wrong: dict[str, Any]
) -> None:
    duty = await overdue(department)
    await duty.demand()
    department.now = URGED
    async with department.refused("DECISION_INCOMPLETE", law="ACL-2011:50;ACL-2011:51(1)[1]"):
        await duty.decide(substitute=SUBSTITUTE | wrong)


async def test_the_party_is_told_three_working_days_before_the_day_that_was_set(
    department: Department,
) -> None:
    duty = await decided(department)
    async with department.refused("NOT_SCHEDULED", "ACTS_OUT_OF_ORDER"):
        await duty.tell()
    async with department.refused("DEMAND_TERM_OPEN", law="ACL-2011:51(1)[2]"):
        await duty.perform()
    async with department.refused("SCHEDULE_PAST"):
        await duty.schedule(URGED + 2 * DAY)
    await duty.schedule()
    async with department.refused("SERVICE_PROOF_MISSING", law="ACL-2011:38;ACL-2011:51(1)[2]"):
        await duty.tell(receipt=" ")
    department.now = DAY_SET - 3 * DAY
    await duty.tell()
    department.now = DAY_SET
    async with department.refused("DEMAND_TERM_OPEN"):
        await duty.perform()
    await duty.schedule(DAY_SET + 7 * DAY)
    await duty.tell()
    department.now = DAY_SET + 6 * DAY
    async with department.refused("DEMAND_TERM_OPEN", more=True):
        await duty.perform(urgency="将被冲垮")
    department.now = DAY_SET + 7 * DAY
    await duty.perform()


async def test_it_is_watched_without_violence_by_day_and_signed(department: Department) -> None:
    duty = await decided(department)
    await duty.schedule()
    await duty.tell()
    department.now = DAY_SET
    for wrong, reason in (
        ({"supervisors": []}, "SUBSTITUTE_UNSUPERVISED"),
        ({"supervisors": ["O-9999"]}, "SUBSTITUTE_UNSUPERVISED"),
        ({"peaceful": False}, "UNLAWFUL_FORCE"),
        ({"residents_supplied": False}, "UTILITIES_CUT"),
        ({"how": " "}, "MEANS_INCOMPLETE"),
    ):
        async with department.refused(reason):
            await duty.perform(**wrong)
    department.now = DAY_SET + timedelta(hours=13)
    async with department.refused("NIGHT_OR_HOLIDAY", law="ACL-2011:43(1)"):
        await duty.perform()
    department.now = DAY_SET
    await duty.perform()
    for missing in (0, 1, 2):
        async with department.refused("RECORD_MISSING", law="ACL-2011:51(1)[4]"):
            await duty.complete(signers=[s for n, s in enumerate(SIGNERS) if n != missing])
    await duty.complete()


async def test_suspended_before_it_is_performed_it_goes_on_only_as_a_substitute_may(
    department: Department,
) -> None:
    duty = await decided(department)
    await duty.act(
        "SuspendEnforcement", HEAD, ground=pb.SUSPENSION_OF_ENFORCEMENT_THIRD_PARTY, cause="第三人主张权利"
    )
    async with department.refused("DEMAND_TERM_OPEN"):
        await duty.act("ResumeEnforcement", HEAD, cause="主张不成立", execution=duty.doing())
    await duty.schedule()
    await duty.tell()
    department.now = DAY_SET
    await duty.act("ResumeEnforcement", HEAD, cause="主张不成立", execution=duty.doing())
    assert duty.state == "ENFORCING"


async def test_the_party_that_performs_stops_the_substitute(department: Department) -> None:
    duty = await decided(department)
    await duty.schedule()
    await performed(department, duty.dossier)
    await duty.found()

    assert duty.state == "PERFORMED"


async def test_an_agreement_says_what_is_done_by_when_and_is_broken_when_it_is_not(
    department: Department,
) -> None:
    duty = await decided(department)
    stage = {"what": "拆除东侧", "due_time": stamp(department.now + 5 * DAY)}
    for wrong in ({"what": " "}, {"due_time": stamp(URGED)}, {"amount": yuan(1)}):
        async with department.refused("AGREEMENT_INCOMPLETE"):
            await duty.act(
                "AgreeOnEnforcement", HEAD, terms="分阶段拆除", stages=[stage | wrong], harmless=True
            )
    await duty.act("AgreeOnEnforcement", HEAD, terms="分阶段拆除", stages=[stage], harmless=True)
    await duty.schedule()
    await duty.tell()
    async with department.refused("AGREEMENT_KEPT", more=True):
        await duty.act("ResumeEnforcement", HEAD, cause="未拆除", execution=duty.doing())
    department.now = DAY_SET
    await duty.act("ResumeEnforcement", HEAD, cause="未拆除", execution=duty.doing())


async def test_no_hiding_of_assets_hastens_a_duty(department: Department) -> None:
    duty = await overdue(department)
    await duty.demand()
    async with department.refused("NO_SIGN_OF_HIDING", law="ACL-2011:37(3)"):
        await duty.decide(at_once=True, hiding_evidence="转移建材")


# What it cost -----------------------------------------------------------------------------------------


async def test_costs_are_shown_kept_to_the_budget_and_paid_once(department: Department) -> None:
    duty = await performing(department)
    await duty.complete()
    for wrong in (
        {"reckoning": " "},
        {"bill": " "},
        {"remedies": " "},
        {"receipt": " "},
        {"term_end_time": None},
    ):
        async with department.refused("COSTS_INCOMPLETE", law="ACL-2011:51(2)"):
            await duty.claim(**wrong)
    async with department.refused("COSTS_INCOMPLETE", "COSTS_OVER_BUDGET"):
        await duty.claim(0)
    async with department.refused("COSTS_NOT_CLAIMED", "ACTS_OUT_OF_ORDER"):
        await duty.paid(1)
    async with department.refused("COSTS_OVER_BUDGET"):
        await duty.claim(1001)
    await duty.claim(1001, overrun="地基埋深超出预计")
    async with department.refused("ALREADY_DONE"):
        await duty.claim()
    for amount in (0, 1002):
        async with department.refused("COSTS_NOT_CLAIMED") as told:
            await duty.paid(amount)
    assert told.metadata["left_fen"] == "100100"
    await duty.paid(1, reference := f"重复{duty.record.enforcement_id}")
    async with department.refused("PAYMENT_ALREADY_RECORDED"):
        await duty.paid(1, reference)


# At once ----------------------------------------------------------------------------------------------


async def test_what_lies_in_the_way_of_all_is_cleared_at_once_and_the_party_told(
    department: Department,
) -> None:
    duty = Duty(department, await department.investigating())
    for wrong, reason in (
        ({"urgency": " "}, "NOT_URGENT"),
        ({"place": 0}, "CLEARING_NOT_NAMED"),
        ({"what": " "}, "CLEARING_NOT_NAMED"),
        ({"unable": " "}, "CLEARING_NOT_NAMED"),
        ({"performer": " "}, "CLEARING_NOT_NAMED"),
        ({"supervisors": ["O-9999"]}, "SUBSTITUTE_UNSUPERVISED"),
        ({"peaceful": False}, "UNLAWFUL_FORCE"),
        ({"clear_time": stamp(department.now + HOUR)}, "ACT_IN_FUTURE"),
    ):
        async with department.refused(reason):
            await duty.clear(**wrong)
    await duty.clear(told_by="编造的通知书")
    assert (duty.state, duty.record.clearing.told_by) == ("ENFORCED", ""), (
        "nobody's word stands for the telling"
    )
    async with department.refused("NO_SUBSTITUTE", law="ACL-2011:51(2)"):
        await duty.claim()
    async with department.refused("NOTHING_TO_TELL"):
        await duty.act("TellOfClearing", told_by=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await duty.act("TellOfClearing", told_by="通知书1号", tell_time=stamp(department.now - HOUR))
    await duty.act("TellOfClearing", told_by="通知书1号")
    async with department.refused("NOTHING_TO_TELL"):
        await duty.act("TellOfClearing", told_by="通知书2号")
    await duty.claim(5000)


async def test_who_was_there_is_not_told_again_and_no_closed_case_holds_a_clearing(
    department: Department,
) -> None:
    duty = Duty(department, await department.served())
    await duty.clear(party_present=True)
    async with department.refused("NOTHING_TO_TELL"):
        await duty.act("TellOfClearing", told_by="通知书1号")
    await department.pay(duty.dossier, 30000)
    await department.act("CloseCase", duty.dossier)
    async with department.refused("CASE_NOT_OPEN", law="ACL-2011:52"):
        await duty.clear()
