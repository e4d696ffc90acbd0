"""Enforcement by the agency itself at the city: shown with its case, its terms run, its rules judged again (ACL 34–49)."""

from collections.abc import AsyncIterator
from itertools import count
from typing import Any

import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import enforcement_pb2 as pb
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.stay_pb2 import STAY_AUTHORITY_RECONSIDERATION_BODY, STAY_GROUND_APPLICATION
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_RECONSIDERATION
from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.given.measure import stamp
from tests.supervision.enforcing import AGREED, BEGUN, DUTY, FORCED, Told
from tests.supervision.office import OPEN, Office, at, lawful, new_case, running_office

SERIAL = count(1)
STAYED = "ARL-2023:42;ALIT-2017:56"
BODY, POWERLESS, UNLISTED = "B-1", "B-2", "B-3"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def city(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office that knows a body with the power, one without, and one whose list it was not told of."""
    folder = tmp_path_factory.mktemp("enforcement")
    async with running_office(folder, "2026-05-20 09:00") as office:
        for body_id in (BODY, POWERLESS, UNLISTED):
            body = body_pb2.EnforcementBody(
                body_id=body_id, node=new_case().node, name="示例机关", version=1, state=body_pb2.BODY_STATE_PUBLISHED,
                publish_time=stamp(at("2025-01-01 00:00")), power_list_version=int(body_id != UNLISTED),
            )  # fmt: skip
            await office.registry(registry.BodyPublished(body=body))
        await office.appoint(BODY, "head-1", "H-1", "H-2", node=new_case().node)
        for n, kind in enumerate(
            (power_pb2.POWER_KIND_MONEY_ENFORCEMENT, power_pb2.POWER_KIND_DUTY_ENFORCEMENT)
        ):
            since = stamp(at("2025-01-01 00:00"))
            item = power_pb2.PowerItem(item_id=f"P-{n}", body_id=BODY, kind=kind, version=1, from_time=since)
            await office.registry(registry.PowerItemChanged(item=item))
        yield office


async def served(city: Office, body_id: str = BODY, duty: penalties.OrderedDuty | None = None) -> cases.Case:
    """A case served on 10 March with three per cent a day told, of which nothing is paid, nor what is ordered done."""
    case = lawful(new_case(f"C-{next(SERIAL)}"), when="2026-03-09 10:00")
    case.review.conclude_time.CopyFrom(stamp(at("2026-02-27 10:00")))
    case.notice.serve_time.CopyFrom(stamp(at("2026-03-02 10:00")))
    case.defence.waive_time.CopyFrom(stamp(at("2026-03-03 10:00")))
    case.state, case.body_id = cases.CASE_STATE_SERVED, body_id
    case.service.receipt = "送达回证"
    case.service.serve_time.CopyFrom(stamp(at("2026-03-10 00:00")))
    case.decision.penalty.fine.fen = 100_000
    if duty is not None:
        case.decision.penalty.duty.CopyFrom(duty)
    case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent = 3, 100
    await city.tell(case, "DecisionServed", "2026-03-10 00:00")
    return case


async def enforced(city: Office, body_id: str = BODY, **wrong: Any) -> cases.Case:
    """The whole way of a fine, with what is wrong in it by the path of the field."""
    case = await served(city, body_id)
    own = Told(city, case, wrong)
    await own.tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    await own.demanded()
    await own.decided()
    await own.served()
    own.own.execution.CopyFrom(pb.EnforcementExecution(
        means=pb.ENFORCEMENT_MEANS_TRANSFER, bank="示例银行", bank_notice="协助划拨通知书", residents_supplied=True,
        execute_time=stamp(FORCED),
    ))  # fmt: skip
    await own.tell("EnforcementStarted", "ENFORCING", FORCED)
    own.own.agreement.CopyFrom(pb.EnforcementAgreement(
        terms="分期", harmless=True, mended="已改正", waived={"fen": 50_000}, agree_time=stamp(AGREED), decider="head-1",
        stages=[pb.EnforcementStage(amount={"fen": 150_000}, due_time=stamp(at("2026-06-01 00:00")))],
    ))  # fmt: skip
    await own.tell("EnforcementAgreed", "AGREED", AGREED)
    return case


async def warned(city: Office, case_id: str) -> set[str]:
    found = (await city.case(case_id)).warnings
    return {w.citation.code for w in found if w.state == OPEN and w.rule_id == "EW-35"}


async def test_a_lawful_one_is_shown_with_its_case_and_raises_nothing(city: Office) -> None:
    case = await enforced(city)

    seen = await city.case(case.case_id)

    assert [e.state for e in seen.enforcements] == [pb.ENFORCEMENT_STATE_AGREED]
    assert await warned(city, case.case_id) == set()
    assert not {n.reason for n in seen.not_judged} & {"NO_POWER_TO_ENFORCE", "SURCHARGE_TOO_SHORT"}
    clocks = {d.clock_id for d in seen.deadlines if d.subject_id == f"Z-{case.case_id}"}
    assert clocks == {"PUB-01"}


@pytest.mark.parametrize(
    ("wrong", "law"),
    [
        ({"demand__rights_told": False}, "ACL-2011:35"),
        ({"demand__receipt": " "}, "ACL-2011:38"),
        ({"demand__term_end_time": at("2026-05-01 00:00")}, "ACL-2011:37(1)"),
        ({"decision__decide_time": at("2026-04-24 09:00")}, "ACL-2011:46(1)"),
        ({"execution__execute_time": at("2026-05-01 10:00")}, "ACL-2011:43(1)"),
        ({"execution__execute_time": at("2026-04-28 22:00")}, "ACL-2011:43(1)"),
        ({"decision__decider": "O-1"}, "ACL-2011:37(1)"),
        ({"agreement__decider": "O-1"}, "ACL-2011:42(1)"),
        ({"execution__residents_supplied": False}, "ACL-2011:43(2)"),
        ({"agreement__harmless": False}, "ACL-2011:42(1)"),
        ({"agreement__mended": " "}, "ACL-2011:42(1)"),
        ({"agreement__waived": {"fen": 100_001}}, "ACL-2011:42(1)"),
    ],
    ids=str,
)
async def test_a_rule_that_was_broken_is_a_warning(city: Office, wrong: dict[str, Any], law: str) -> None:
    case = await enforced(city, **wrong)

    async def told() -> bool:
        return law in await warned(city, case.case_id)

    await city.until(told, law)
    assert await warned(city, case.case_id) == {law}


async def test_a_body_without_the_power_is_a_warning_and_one_that_is_not_known_is_not_judged(
    city: Office,
) -> None:
    case, unknown = await enforced(city, POWERLESS), await enforced(city, UNLISTED)

    async def told() -> bool:
        return "ACL-2011:34" in await warned(city, case.case_id)

    await city.until(told, "the warning")
    assert await warned(city, unknown.case_id) == set()
    assert "NO_POWER_TO_ENFORCE" in {n.reason for n in (await city.case(unknown.case_id)).not_judged}


@pytest.mark.parametrize(
    ("until", "wanted"),
    [(None, {STAYED}), (at("2026-04-28 10:00"), {STAYED}), (at("2026-04-27 08:00"), set())],
    ids=["lasts", "ended after the decision", "ended before"],
)
async def test_what_was_enforced_in_a_stay_is_a_warning_however_late_the_stay_is_told(
    city: Office, until: Any, wanted: set[str]
) -> None:
    """Decided and served on 27 April, in a stay that began on the day before and is told in May."""
    case = await enforced(city)
    assert not (await city.case(case.case_id)).warnings
    begun = stamp(at("2026-04-26 09:00"))
    case.remedies.add(kind=REMEDY_KIND_RECONSIDERATION, document="受理1号", begin_time=begun)
    await city.tell(case, "ReconsiderationRecorded", "2026-05-08 09:00")
    stay = case.stays.add(
        ordered_by=STAY_AUTHORITY_RECONSIDERATION_BODY, authority="示例市人民政府", document="停止执行1号",
        ground=STAY_GROUND_APPLICATION, cause="损失难以弥补", begin_time=begun,
    )  # fmt: skip
    if until is not None:
        case.remedies[0].end_time.CopyFrom(stamp(until))
    await city.tell(case, "ExecutionStayed", "2026-05-08 10:00", stay=stay)

    async def told() -> bool:
        return await warned(city, case.case_id) == wanted

    await city.until(told, "the warning")


async def test_what_is_paid_afterwards_does_not_change_what_was_owed(city: Office) -> None:
    case = await enforced(city)
    case.payments.add(
        amount={"fen": 150_000}, surcharge={"fen": 50_000}, pay_time=stamp(at("2026-05-10 10:00"))
    )
    case.paid.fen, case.surcharge_paid.fen = 100_000, 50_000
    case.surcharge_waivers.add(
        amount={"fen": 50_000}, enforcement_id=f"Z-{case.case_id}", waive_time=stamp(AGREED)
    )
    await city.tell(case, "PaymentCompleted", "2026-05-10 10:00")

    assert await warned(city, case.case_id) == set()


@pytest.mark.parametrize(("body_id", "wanted"), [(BODY, {"ACL-2011:53"}), (POWERLESS, set())])
async def test_who_has_the_power_and_goes_to_the_court_is_a_warning(
    city: Office, body_id: str, wanted: set[str]
) -> None:
    city.clock("2026-10-20 09:00")
    case = await served(city, body_id)
    court = courts.CourtEnforcement(
        enforcement_id=f"Q-{case.case_id}", case_id=case.case_id, node=case.node, body_id=body_id,
        state=courts.COURT_ENFORCEMENT_STATE_EXPIRED, remedy_end_time=stamp(at("2026-09-10 23:59")),
    )  # fmt: skip
    await city.tell_beside(court, "RemedyPeriodOver", at("2026-09-11 09:00"))

    async def told() -> bool:
        return await warned(city, case.case_id) == wanted

    await city.until(told, "the warning")


# Rules on money that no plain way shows --------------------------------------------------------------


async def bites(city: Office, case: cases.Case, law: str) -> None:
    """A warning under this article, and no other."""

    async def told() -> bool:
        return law in await warned(city, case.case_id)

    await city.until(told, law)
    assert await warned(city, case.case_id) == {law}


async def test_what_is_not_overdue_or_not_owed_is_not_enforced(city: Office) -> None:
    early, paid = await served(city), await served(city)
    await Told(city, early).tell("EnforcementBegun", "UNPERFORMED", at("2026-03-20 09:00"))
    await bites(city, early, "ACL-2011:34")
    paid.payments.add(
        amount={"fen": 103_000}, surcharge={"fen": 3_000}, pay_time=stamp(at("2026-03-26 08:00"))
    )
    paid.paid.fen, paid.surcharge_paid.fen = 100_000, 3_000
    await city.tell(paid, "PaymentCompleted", "2026-03-26 08:00")
    await Told(city, paid).tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    await bites(city, paid, "ACL-2011:34")


@pytest.mark.parametrize(
    ("statement", "law"),
    [
        ({}, "ACL-2011:36"),
        (
            {"recheck_time": stamp(at("2026-04-02 09:00")), "recheck_opinion": "理由成立", "adopted": True},
            "ACL-2011:37(1)",
        ),
    ],
    ids=("not rechecked", "with a good reason"),
)
async def test_what_the_party_stated_is_rechecked_and_a_good_reason_holds(
    city: Office, statement: dict[str, Any], law: str
) -> None:
    case = await served(city)
    own = Told(city, case)
    await own.tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    await own.demanded()
    own.own.statement.CopyFrom(
        courts.DemandStatement(statement="困难", receive_time=stamp(at("2026-04-01 09:00")), **statement)
    )
    await own.decided()
    await bites(city, case, law)


@pytest.mark.parametrize(("urged", "evidence"), [(True, " "), (False, "转账记录")])
async def test_at_once_only_on_evidence_while_a_demand_runs(city: Office, urged: bool, evidence: str) -> None:
    case = await served(city)
    own = Told(city, case)
    await own.tell("EnforcementBegun", "UNPERFORMED", BEGUN)
    if urged:
        await own.demanded()
    await own.decided("EnforcementDecidedAtOnce", at_once=True, hiding_evidence=evidence)
    await bites(city, case, "ACL-2011:37(3)")


async def test_what_was_brought_in_went_to_the_treasury(city: Office) -> None:
    case = await served(city)
    case.payments.add(amount={"fen": 200_000}, surcharge={"fen": 100_000}, pay_time=stamp(AGREED))
    case.paid.fen, case.surcharge_paid.fen = 100_000, 100_000
    await city.tell(case, "PaymentCompleted", "2026-04-29 10:00")
    own = Told(city, case)
    own.own.completion.record = "执行笔录"
    own.own.completion.complete_time.CopyFrom(stamp(at("2026-04-30 10:00")))
    await own.tell("EnforcementCompleted", "ENFORCED", at("2026-04-30 10:00"))
    await bites(city, case, "ACL-2011:49")


# Duties ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body_id", [BODY, POWERLESS])
async def test_a_lawful_substitute_raises_nothing_with_or_without_the_power(
    city: Office, body_id: str
) -> None:
    case = await served(city, body_id, DUTY)
    await Told(city, case, duty=DUTY).a_substitute()

    assert await warned(city, case.case_id) == set()
    unjudged = {n.reason for n in (await city.case(case.case_id)).not_judged}
    assert not unjudged & {"NOT_OVERDUE", "NOTHING_DUE", "SUBSTITUTE_UNSUPERVISED", "DEMAND_TERM_OPEN"}


@pytest.mark.parametrize(
    ("wrong", "law"),
    [
        ({"duty__harm": 0}, "ACL-2011:50"),
        ({"decision__substitute": None}, "ACL-2011:51(1)[1]"),
        ({"plan__receipt": " "}, "ACL-2011:38;ACL-2011:51(1)[2]"),
        ({"plan__demand_time": at("2026-05-07 09:00")}, "ACL-2011:51(1)[2]"),
        ({"plan__perform_time": at("2026-05-11 09:00")}, "ACL-2011:51(1)[2]"),
        ({"execution__supervisors": ["O-9"]}, "ACL-2011:51(1)[3]"),
        ({"execution__supervisors": []}, "ACL-2011:51(1)[3]"),
        ({"execution__peaceful": False}, "ACL-2011:51(3)"),
        ({"execution__residents_supplied": False}, "ACL-2011:43(2)"),
        ({"execution__execute_time": at("2026-05-08 22:30")}, "ACL-2011:43(1)"),
        ({"completion__signers": [1, 2]}, "ACL-2011:51(1)[4]"),
        ({"demand__rights_told": False}, "ACL-2011:35"),
    ],
    ids=str,
)
async def test_a_rule_on_a_substitute_that_was_broken_is_a_warning(
    city: Office, wrong: dict[str, Any], law: str
) -> None:
    case = await served(city, BODY, DUTY)
    await Told(city, case, wrong, duty=DUTY).a_substitute()
    await bites(city, case, law)


async def test_a_duty_is_forced_only_with_the_power_and_as_it_was_decided(city: Office) -> None:
    case, without = await served(city, BODY, DUTY), await served(city, POWERLESS, DUTY)
    await Told(city, case, duty=DUTY).forced()
    await Told(city, without, duty=DUTY).forced()

    await bites(city, without, "ACL-2011:34")
    assert await warned(city, case.case_id) == set()


async def test_a_demolition_waits_for_its_announcement_and_the_remedies(city: Office) -> None:
    demolition = penalties.OrderedDuty(kind=penalties.DUTY_KIND_DEMOLITION, what="拆除违法建筑", days=15)
    case = await served(city, BODY, demolition)
    await Told(city, case, duty=demolition).forced()
    await bites(city, case, "ACL-2011:44")


@pytest.mark.parametrize(
    ("wrong", "law"),
    [
        ({}, ""),
        ({"clearing__urgency": " "}, "ACL-2011:52"),
        ({"clearing__unable": " "}, "ACL-2011:52"),
        ({"clearing__supervisors": ["O-9"]}, "ACL-2011:51(1)[3]"),
        ({"clearing__peaceful": False}, "ACL-2011:51(3)"),
    ],
    ids=str,
)
async def test_a_clearing_at_once_is_judged_too(city: Office, wrong: dict[str, Any], law: str) -> None:
    case = await served(city)
    await Told(city, case, wrong).cleared()
    if law:
        await bites(city, case, law)
    assert await warned(city, case.case_id) == ({law} if law else set())
