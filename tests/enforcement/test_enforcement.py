"""Enforcement by the agency itself: whose power it is, the demand, the decision, what brings the money in (ACL 34–49)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1.power_pb2 import POWER_KIND_COERCION

from services.law.calendar import SHANGHAI
from tests.enforcement.court import OVER, WAITED, Court
from tests.enforcement.department import Department
from tests.enforcement.own import (
    ENOUGH,
    LATE,
    REGULATION,
    THIRTY,
    Own,
    decided,
    demanded,
    empower,
    enforcing,
    overdue,
    served,
)
from tests.enforcement.samples import CLERK, DAY, FINANCE, HEAD, HOUR, START, UNIT, fine, stamp, yuan
from tests.enforcement.test_deferral import apply, approve
from tests.enforcement.test_measure import power


async def test_demanded_decided_served_enforced_and_complete(department: Department) -> None:
    own = await overdue(department)
    department.now = LATE + 4 * DAY
    await own.act("ChargeSurcharge", FINANCE)
    assert own.record.surcharge.amount == yuan(4500), "five days of three per cent"
    await own.demand()
    assert own.record.demand.amount == yuan(34500)
    department.now = ENOUGH
    await own.decide()
    assert own.record.decision.document_number.startswith("示罚强执〔2026〕")
    assert own.record.decision.amount == yuan(59700), "thirty-three days of it"
    await own.serve()
    await own.start()
    async with department.refused("ENFORCEMENT_UNFINISHED", "PROCEEDS_NOT_BANKED", law="ACL-2011:49"):
        await own.act("CompleteEnforcement", FINANCE, record="执行笔录")
    await own.bring_in(59700)
    await own.act("CompleteEnforcement", FINANCE, record="执行笔录")

    assert (own.state, own.record.completion.proceeds) == ("ENFORCED", yuan(59700))
    case = await department.case(own.dossier.case_id)
    assert case.state == cases.CASE_STATE_PERFORMED
    assert case.payments[0].enforcement_id == own.record.enforcement_id
    assert department.names(own.record.enforcement_id) == [
        "EnforcementBegun", "SurchargeCharged", "EnforcementDemanded", "EnforcementDecided", "EnforcementDecisionServed",
        "EnforcementStarted", "EnforcementCompleted",
    ]  # fmt: skip


# Whose power ------------------------------------------------------------------------------------------


async def test_only_a_law_on_the_published_list_gives_the_power(department: Department) -> None:
    dossier = await department.served()
    department.now = LATE
    own = Own(department, dossier)

    async def refused() -> None:
        async with department.refused("NO_POWER_TO_ENFORCE", law="ACL-2011:34"):
            await own.begin()

    await refused()
    await power(department, dossier.body_id, kind=POWER_KIND_COERCION)
    await empower(department, dossier.body_id, REGULATION)
    await empower(department, dossier.body_id, from_time=None)
    await empower(department, dossier.body_id, until_time=stamp(START))
    await empower(department, await department.body())
    await refused()
    await empower(department, dossier.body_id)
    await own.begin()


async def test_a_power_that_is_gone_stops_the_decision_and_the_force(department: Department) -> None:
    own = Own(department, await department.served())
    await empower(department, own.dossier.body_id, until_time=stamp(ENOUGH + DAY))
    department.now = LATE
    await own.begin()
    await own.demand()
    department.now = ENOUGH + DAY

    async with department.refused("NO_POWER_TO_ENFORCE"):
        await own.decide()
    department.now = ENOUGH
    await own.decide()
    await own.serve()
    department.now = ENOUGH + DAY
    async with department.refused("NO_POWER_TO_ENFORCE"):
        await own.start()


async def test_who_has_the_power_does_not_go_to_the_court(department: Department) -> None:
    """What was demanded for the court is begun anew by the agency itself."""
    dossier = await department.served()
    department.now = OVER
    court = await Court(department, dossier).begin()
    await court.demand()
    await empower(department, dossier.body_id)
    department.now = WAITED + DAY

    async with department.refused("AGENCY_HAS_POWER", law="ACL-2011:53"):
        await court.apply()
    await Own(department, dossier).begin()


async def test_with_the_power_the_remedies_end_without_a_way_to_the_court(department: Department) -> None:
    dossier = await department.served()
    await empower(department, dossier.body_id)
    department.now = OVER + DAY

    async with department.refused("AGENCY_HAS_POWER"):
        await department.do("BeginCourtEnforcement", CLERK, case_id=dossier.case_id)


async def test_what_else_was_ordered_goes_to_the_court(department: Department) -> None:
    """The power to enforce payments covers no confiscation."""
    kinds = [penalties.PENALTY_KIND_FINE, penalties.PENALTY_KIND_CONFISCATION_OF_PROPERTY]
    dossier = await department.served(fine(30_000, kinds=kinds, confiscation=yuan(1)))
    await empower(department, dossier.body_id)
    department.now = OVER

    assert (await Court(department, dossier).begin()).state == "EXPIRED"


async def test_what_the_court_has_is_not_enforced_besides(department: Department) -> None:
    dossier = await department.served()
    department.now = OVER
    court = await Court(department, dossier).begin()
    await court.demand()
    department.now = WAITED + DAY
    await court.apply()
    await empower(department, dossier.body_id)

    async with department.refused("ALREADY_DONE"):
        await Own(department, dossier).begin()


# What is owed -----------------------------------------------------------------------------------------


async def test_only_an_overdue_fine_is_enforced_and_once_at_a_time(department: Department) -> None:
    dossier = await department.served()
    await empower(department, dossier.body_id)
    own = Own(department, dossier)
    department.now = datetime(2026, 3, 25, 23, 59, tzinfo=SHANGHAI)
    async with department.refused("NOT_OVERDUE", law="ACL-2011:34"):
        await own.begin()
    department.now = LATE
    await own.begin()
    async with department.refused("ALREADY_DONE"):
        await own.begin()
    await department.pay(dossier, 30900)

    await own.found()
    assert (own.state, department.names(own.record.enforcement_id)[-1]) == (
        "PERFORMED",
        "EnforcementPerformed",
    )
    async with department.refused("NOTHING_DUE"):
        await own.begin()


async def test_a_deferred_fine_is_not_overdue(department: Department) -> None:
    dossier = await department.served()
    await empower(department, dossier.body_id)
    await apply(department, dossier)
    await approve(department, dossier, (30000, 60))
    department.now = LATE + 10 * DAY

    async with department.refused("NOT_OVERDUE"):
        await Own(department, dossier).begin()


async def test_an_instalment_paid_late_stops_what_was_begun(department: Department) -> None:
    """The next one is not due yet."""
    dossier = await department.served()
    await apply(department, dossier)
    await approve(department, dossier, (10000, 31), (20000, 200))
    department.now = datetime(2026, 4, 13, 9, tzinfo=SHANGHAI)
    own = await overdue(department, dossier)
    await own.demand()
    await department.pay(dossier, 10000)
    department.now += 11 * DAY

    async with department.refused("NOT_OVERDUE", "SURCHARGE_TOO_SHORT"):
        await own.decide()


# The demand and what the party says -------------------------------------------------------------------


@pytest.mark.parametrize(
    "missing",
    [{"manner": " "}, {"term_end_time": None}, {"rights_told": False}, {"term_end_time": stamp(LATE)}],
    ids=["manner", "term", "rights", "no time"],
)
async def test_a_demand_states_what_the_law_wants(department: Department, missing: dict[str, Any]) -> None:
    own = await overdue(department)

    async with department.refused("DEMAND_INCOMPLETE", law="ACL-2011:35"):
        await own.demand(**missing)
    async with department.refused("SERVICE_PROOF_MISSING", law="ACL-2011:38"):
        await own.demand(receipt=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await own.demand(serve_time=stamp(LATE - HOUR))
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await own.demand(serve_time=stamp(LATE + HOUR))
    await own.demand()

    assert own.record.demand.document_number.endswith("〕1号"), "a refused demand takes no number"


async def test_what_the_party_states_is_rechecked_and_a_good_reason_holds(department: Department) -> None:
    own = await demanded(department)
    async with department.refused("ACT_NOT_OPEN"):
        await own.act("RecheckEnforcementStatement", UNIT, opinion="不成立")
    await own.act("RecordEnforcementStatement", statement="经营困难，请求延期")
    department.now = ENOUGH
    async with department.refused("ACT_NOT_OPEN"):
        await own.decide()
    await own.act("RecheckEnforcementStatement", UNIT, opinion="理由成立", adopted=True)
    async with department.refused("GOOD_REASON", law="ACL-2011:37(1)"):
        await own.decide()
    await own.act("RecordEnforcementStatement", statement="仍有困难")
    await own.act("RecheckEnforcementStatement", UNIT, opinion="理由不成立")
    await own.decide()

    assert own.state == "DECIDED"


# The decision -----------------------------------------------------------------------------------------


async def test_the_term_of_the_demand_and_thirty_days_of_surcharge_pass_first(department: Department) -> None:
    """25 April is the thirty-first day of surcharge."""
    own = await overdue(department)
    department.now = THIRTY - DAY
    await own.demand(term_end_time=stamp(THIRTY))
    department.now = THIRTY
    async with department.refused("DEMAND_TERM_OPEN", "SURCHARGE_TOO_SHORT") as told:
        await own.decide()
    assert told.metadata["days"] == "30"
    department.now = THIRTY + DAY
    await own.decide()


async def test_a_decision_says_why_how_and_when(department: Department) -> None:
    own = await demanded(department)
    department.now = ENOUGH
    for name in ("reasons", "basis", "manner", "remedies"):
        async with department.refused("DECISION_INCOMPLETE", law="ACL-2011:37(2)"):
            await own.decide(**{name: " "})
    async with department.refused("DECISION_INCOMPLETE"):
        await own.decide(enforce_time=None)


async def test_on_evidence_of_hiding_it_is_decided_while_the_demand_runs(department: Department) -> None:
    own = await demanded(department)
    async with department.refused("NO_SIGN_OF_HIDING", law="ACL-2011:37(3)"):
        await own.decide(at_once=True, hiding_evidence=" ")
    await own.decide(at_once=True, hiding_evidence="转账记录")

    assert (own.state, own.record.decision.at_once) == ("DECIDED", True)
    assert department.names(own.record.enforcement_id)[-1] == "EnforcementDecidedAtOnce"


async def test_a_decision_that_was_not_served_is_not_enforced(department: Department) -> None:
    own = await decided(department)
    async with department.refused("ACT_NOT_OPEN"):
        await own.start()
    async with department.refused("SERVICE_PROOF_MISSING"):
        await own.serve(receipt=" ")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await own.serve(serve_time=stamp(ENOUGH - HOUR))
    await own.serve()


# The force --------------------------------------------------------------------------------------------


async def test_not_by_night_on_holidays_or_by_cutting_supplies(department: Department) -> None:
    own = await served(department)
    department.now = ENOUGH + timedelta(hours=13)
    async with department.refused("NIGHT_OR_HOLIDAY", law="ACL-2011:43(1)"):
        await own.start()
    department.now = datetime(2026, 5, 1, 9, tzinfo=SHANGHAI)
    async with department.refused("NIGHT_OR_HOLIDAY", "UTILITIES_CUT"):
        await own.start(residents_supplied=False)
    async with department.refused("MEANS_INCOMPLETE", law="ACL-2011:47(1);ACL-2011:48"):
        await own.start(urgency="账户即将清空", bank_notice=" ")
    async with department.refused("MEANS_INCOMPLETE"):
        await own.start(urgency="账户即将清空", means=pb.ENFORCEMENT_MEANS_AUCTION)
    async with department.refused("ACTS_OUT_OF_ORDER", more=True):
        await own.start(urgency="账户即将清空", execute_time=stamp(ENOUGH - HOUR))
    await own.start(urgency="账户即将清空")

    assert own.state == "ENFORCING"


async def test_a_payment_names_only_an_enforcement_of_its_case_that_brings_in_money(
    department: Department,
) -> None:
    own = await served(department)
    async with department.refused("MALFORMED") as told:
        await own.bring_in(100)
    assert told.fields == ["enforcement_id"]
    await own.start()
    department.now = START
    other = await enforcing(department)
    async with department.refused("MALFORMED"):
        await department.pay(own.dossier, 100, enforcement_id=other.record.enforcement_id)
    await own.bring_in(100)
    await department.pay(own.dossier, 59600)

    assert (await own.found()).state == "PERFORMED", "what the party paid last ends it"


# After the end ----------------------------------------------------------------------------------------


async def test_what_was_enforced_on_a_decision_that_fell_is_given_back(department: Department) -> None:
    own = await enforcing(department)
    given = {"given_back": "划拨的存款", "proof": "退款凭证1号"}
    await own.bring_in(59700)
    await own.act("CompleteEnforcement", own.dossier.who, record="执行笔录")
    annulled = given | {"wrong": pb.WRONG_ENFORCEMENT_ANNULLED}
    async with department.refused("DECISION_STANDS", law="ACL-2011:41"):
        await own.act("RestoreEnforced", HEAD, **annulled)
    async with department.refused("DECISION_STANDS"):
        await own.act("RestoreEnforced", HEAD, **given, wrong=pb.WRONG_ENFORCEMENT_MISTAKE, cause=" ")
    await department.do(
        "RecordOutcome", CLERK, case_id=own.dossier.case_id, remedy=cases.REMEDY_RECONSIDERATION,
        kind=cases.OUTCOME_KIND_ANNULLED, authority="示例市人民政府", document="示府行复〔2026〕3号",
    )  # fmt: skip
    async with department.refused("RESTITUTION_NOT_SHOWN"):
        await own.act("RestoreEnforced", HEAD, **(annulled | {"proof": " "}))
    await own.act("RestoreEnforced", HEAD, **annulled)

    assert (own.state, own.record.restitutions[0].given_back) == ("ENFORCED", "划拨的存款")


async def test_a_decision_that_fell_is_enforced_no_further(department: Department) -> None:
    own = await served(department)
    await department.do(
        "RecordOutcome", CLERK, case_id=own.dossier.case_id, remedy=cases.REMEDY_RECONSIDERATION,
        kind=cases.OUTCOME_KIND_ANNULLED, authority="示例市人民政府", document="示府行复〔2026〕4号",
    )  # fmt: skip

    async with department.refused("NOTHING_DUE"):
        await own.start()
    await own.act(
        "TerminateEnforcement", HEAD, ground=pb.END_OF_ENFORCEMENT_DECISION_ANNULLED, cause="复议撤销"
    )
    assert own.state == "TERMINATED"


async def test_the_result_is_published(department: Department) -> None:
    own = await decided(department)
    assert own.clock("PUB-01") == 1
    await own.act("PublishEnforcement", address="行政执法信息公示平台")

    assert (own.state, own.clock("PUB-01")) == ("DECIDED", 2)
