"""Paying later or in instalments: applied for, approved by the head, and what it does to the time to pay (APL 66)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.given.case import Dossier
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, HEAD, WINDOW_END, stamp, yuan
from tests.enforcement.test_deadlines import fired
from tests.enforcement.test_outside_breaches import lawful

LAW = "APL-2021:66(2)"
RUNNING, MET, EXPIRED = 1, 2, 3


async def apply(d: Department, dossier: Dossier, **fields: object) -> cases.Case:
    said = {"application": "延期缴纳罚款申请书", "cause": "停工停产，经济困难", **fields}
    return (await d.do("RequestDeferral", CLERK, case_id=dossier.case_id, **said)).case


async def approve(d: Department, dossier: Dossier, *parts: tuple[float, float]) -> cases.Case:
    """Instalments of so many yuan, so many days from when the party was served."""
    asked = [cases.Instalment(amount=yuan(much), due_time=stamp(WINDOW_END + n * DAY)) for much, n in parts]
    answer = {"case_id": dossier.case_id, "approved": True, "instalments": asked}
    return (await d.do("DecideDeferral", HEAD, **answer)).case


def to_pay(case: cases.Case) -> tuple[int, Any]:
    [clock] = [d for d in case.deadlines if d.clock_id == "PEN-19"]
    return clock.state, moment_of(clock.due_time).astimezone(SHANGHAI).date()


def day(n: float) -> Any:
    return (WINDOW_END + n * DAY).astimezone(SHANGHAI).date()


async def test_the_time_to_pay_moves_from_instalment_to_instalment(department: Department) -> None:
    dossier = await department.served()
    await apply(department, dossier)

    case = await approve(department, dossier, (10000, 31), (20000, 66))
    assert to_pay(case) == (RUNNING, day(31))
    assert case.deferral.decider == HEAD[0] and case.deferral.document_number.startswith("示罚缓〔2026〕")
    [decided, extended] = department.events(case.case_id)[-2:]
    event = events.DeadlineExtended.FromString(extended.data)
    assert (event.by, event.extension.document) == ("agency_head", case.deferral.document_number)
    assert decided.type.endswith("DeferralDecided")

    case = (await department.pay(dossier, 4000)).case
    assert to_pay(case) == (RUNNING, day(31)), "the first instalment is not paid yet"
    case = (await department.pay(dossier, 6000)).case
    assert to_pay(case) == (RUNNING, day(66))
    case = (await department.pay(dossier, 20000)).case
    assert (case.state, to_pay(case)[0]) == (cases.CASE_STATE_PERFORMED, MET)


async def test_an_instalment_that_is_missed_is_overdue(department: Department) -> None:
    """And what is paid late does not take the later days away."""
    dossier = await department.served()
    await apply(department, dossier)
    await approve(department, dossier, (10000, 31), (20000, 66))

    department.now = WINDOW_END + 33 * DAY
    [(_, overdue)] = await fired(department, dossier.case_id, events.DeadlinePassed, "PEN-19")
    assert to_pay(overdue) == (EXPIRED, day(31))
    case = (await department.pay(dossier, 10000)).case

    assert to_pay(case) == (RUNNING, day(66))


@pytest.mark.parametrize("missing", ["application", "cause"])
async def test_the_party_applies_in_writing_and_states_its_hardship(
    department: Department, missing: str
) -> None:
    dossier = await department.served()

    async with department.refused("DEFERRAL_NOT_APPROVED", law=LAW):
        await apply(department, dossier, **{missing: " "})


async def test_nothing_is_approved_that_nobody_applied_for(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("DEFERRAL_NOT_APPROVED", law=LAW):
        await approve(department, dossier, (30000, 31))


async def test_an_application_waits_for_its_answer_and_a_refusal_states_its_reason(
    department: Department,
) -> None:
    dossier = await department.served()
    before = to_pay(await apply(department, dossier))

    async with department.refused("ALREADY_DONE", law=LAW):
        await apply(department, dossier)
    async with department.refused("REASONS_MISSING", law=LAW):
        await department.do("DecideDeferral", HEAD, case_id=dossier.case_id, reason=" ")
    refused = await department.do("DecideDeferral", HEAD, case_id=dossier.case_id, reason="无困难证明")

    assert (refused.case.deferral.approved, to_pay(refused.case)) == (False, before)
    await apply(department, dossier)


WRONG: dict[str, list[tuple[float, float]]] = {
    "none": [],
    "less than the fine": [(29999.99, 31)],
    "more than the fine": [(30000.01, 31)],
    "of nothing": [(30000, 31), (0, 66)],
    "less than nothing": [(40000, 31), (-10000, 66)],
    "not in turn": [(10000, 66), (20000, 31)],
    "on one day": [(10000, 31), (20000, 31)],
    "earlier than the law has it": [(10000, 5), (20000, 31)],
}


@pytest.mark.parametrize("name", WRONG)
async def test_instalments_make_up_the_fine_day_after_day(department: Department, name: str) -> None:
    dossier = await department.served()
    await apply(department, dossier)

    async with department.refused("INSTALMENTS_NOT_WHOLE", law=LAW) as told:
        await approve(department, dossier, *WRONG[name])

    assert told.metadata["due"] == "30000.00"


async def test_an_instalment_has_a_day_of_this_age(department: Department) -> None:
    dossier = await department.served()
    await apply(department, dossier)

    async with department.refused("INSTALMENTS_NOT_WHOLE"):
        answer = {"approved": True, "instalments": [cases.Instalment(amount=yuan(30000))]}
        await department.do("DecideDeferral", HEAD, case_id=dossier.case_id, **answer)
    async with department.refused("MALFORMED") as told:
        await approve(department, dossier, (30000, 40000))
    assert told.fields == ["instalments[0].due_time"]


async def test_the_time_to_pay_is_lengthened_while_it_runs(department: Department) -> None:
    dossier = await department.served()
    await apply(department, dossier)
    department.now += timedelta(days=20)

    async with department.refused("EXTENSION_LATE", law=LAW):
        await approve(department, dossier, (30000, 66))


async def test_what_was_paid_before_is_no_part_of_the_instalments(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 12000)
    await apply(department, dossier)

    case = await approve(department, dossier, (8000, 31), (10000, 66))
    assert to_pay(case) == (RUNNING, day(31))
    # A further application leaves those in force as they are, until it is decided.
    await apply(department, dossier)
    case = (await department.pay(dossier, 8000)).case

    assert to_pay(case) == (RUNNING, day(66))


@pytest.mark.parametrize("late", [False, True])
async def test_a_deferral_on_paper_moves_the_time_to_pay_if_it_was_in_time(
    department: Department, late: bool
) -> None:
    case = await lawful(department)
    for part in ("paid", "payments", "perform_time", "close_time"):
        case.ClearField(part)
    served = moment_of(case.service.serve_time)
    case.deferral.CopyFrom(
        cases.Deferral(application="申请书", cause="经济困难", approved=True, decider="head-9")
    )
    case.deferral.request_time.CopyFrom(stamp(served + DAY))
    case.deferral.decide_time.CopyFrom(stamp(served + (20 if late else 2) * DAY))
    case.instalments.add(amount=yuan(100000), due_time=stamp(served + 60 * DAY))

    told = (await department.do("ReportOutsideCase", CLERK, case=case)).case

    breaches = {(b.act, b.reason) for b in told.breaches}
    assert breaches == ({("DecideDeferral", "EXTENSION_LATE")} if late else set())
    _, end = to_pay(told)
    # The fifteenth day of the law is a Saturday.
    assert end == (served + (17 if late else 60) * DAY).astimezone(SHANGHAI).date()


def test_the_days_of_the_tests_are_working_days() -> None:
    assert all(isinstance(WINDOW_END, datetime) and day(n).weekday() < 5 for n in (31, 66))
