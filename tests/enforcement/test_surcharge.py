"""The surcharge on a fine that is paid late: counted by the day, at rest in remedies and deferrals, never beyond the fine."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import surcharge_pb2 as pb

from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import CLERK, DAY, FINANCE, INSTANT, WINDOW_END, Dossier, stamp, yuan
from tests.enforcement.test_deferral import apply, approve
from tests.enforcement.test_outside_breaches import lawful
from tests.enforcement.test_performance import close

# Decided and served in the first moment of Tuesday 10 March; the fifteen days end on Wednesday 25 March.
DUE = datetime(2026, 3, 25, 12, 0, tzinfo=SHANGHAI)
RECONSIDERATION, SUIT = pb.REMEDY_KIND_RECONSIDERATION, pb.REMEDY_KIND_SUIT
UPHELD = pb.REMEDY_END_UPHELD


async def owed(d: Department, dossier: Dossier, at: datetime) -> pb.Owed:
    return (await d.do("GetOwed", FINANCE, case_id=dossier.case_id, at_time=stamp(at))).owed


async def sums(d: Department, dossier: Dossier, at: datetime) -> tuple[float, float]:
    """What is left of fine and surcharge, in yuan."""
    found = await owed(d, dossier, at)
    assert found.total.fen == found.fine.fen + found.surcharge.fen
    return found.fine.fen / 100, found.surcharge.fen / 100


async def remedy(d: Department, dossier: Dossier, kind: int = RECONSIDERATION, **more: Any) -> cases.Case:
    said = {"kind": kind, "authority": "示例市人民政府", "document": "受理通知书1号", **more}
    return (await d.do("RecordRemedy", CLERK, case_id=dossier.case_id, **said)).case


async def remedy_end(d: Department, dossier: Dossier, end: int = UPHELD, **more: Any) -> cases.Case:
    said = {"end": end, "document": "复议决定书1号", **more}
    return (await d.do("RecordRemedyEnd", CLERK, case_id=dossier.case_id, **said)).case


@pytest.mark.parametrize(
    ("days", "surcharge"), [(-1, 0), (0, 0), (1, 900), (2, 1800), (33, 29700), (34, 30000), (400, 30000)]
)
async def test_three_per_cent_a_day_from_the_day_after_and_never_more_than_the_fine(
    department: Department, days: int, surcharge: float
) -> None:
    dossier = await department.served()

    assert await sums(department, dossier, DUE + days * DAY) == (30000, surcharge)


async def test_what_the_decision_does_not_tell_is_not_owed(department: Department) -> None:
    case = await lawful(department)
    case.ClearField("perform_time")
    case.ClearField("paid")
    case.ClearField("payments")
    case.ClearField("close_time")
    untold = (await department.do("ReportOutsideCase", CLERK, case=case)).case
    case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent = 3, 100
    case.case_number = "示罚立〔2026〕900号"
    told = (await department.do("ReportOutsideCase", CLERK, case=case)).case

    late = datetime(2026, 6, 1, tzinfo=SHANGHAI)
    assert await sums(department, Dossier(untold.case_id, ""), late) == (100000, 0)
    assert await sums(department, Dossier(told.case_id, ""), late) == (100000, 100000)


async def test_a_decision_on_a_fine_tells_the_surcharge(department: Department) -> None:
    case = await department.case((await department.served()).case_id)

    assert (case.decision.surcharge.daily_percent, case.decision.surcharge.cap_percent) == (3, 100)


async def test_payments_go_to_the_fine_and_then_to_the_surcharge(department: Department) -> None:
    """Ten days late with 30,000, then ten with 20,000: 9,000 and 6,000 yuan."""
    dossier = await department.served()
    department.now = DUE + 10 * DAY
    case = (await department.pay(dossier, 10000)).case
    assert (case.owed.fine, case.owed.surcharge) == (yuan(20000), yuan(9000))
    department.now = DUE + 20 * DAY

    async with department.refused("OVERPAID", law="APL-2021:67(3)") as told:
        await department.pay(dossier, 35000.01)
    assert told.metadata["due"] == "35000.00"
    case = (await department.pay(dossier, 20000)).case
    assert (case.state, case.paid) == (cases.CASE_STATE_SERVED, yuan(30000))
    assert (case.owed.fine.fen, case.owed.surcharge) == (0, yuan(15000))
    async with department.refused("CLOSE_NOT_ALLOWED") as told:
        await close(department, dossier.case_id)
    assert told.metadata["due"] == "15000.00"
    department.now = DUE + 50 * DAY
    case = (await department.pay(dossier, 15000)).case

    assert (case.state, case.surcharge_paid) == (cases.CASE_STATE_PERFORMED, yuan(15000))
    assert case.payments[-1].surcharge == yuan(15000)
    assert case.owed.total.fen == 0
    assert (await close(department, dossier.case_id)).state == cases.CASE_STATE_CLOSED


async def test_what_was_paid_in_time_and_recorded_late_bears_none(department: Department) -> None:
    dossier = await department.served()
    department.now = DUE + 10 * DAY

    case = (await department.pay(dossier, 30000, pay_time=stamp(DUE))).case

    assert (case.state, case.surcharge_paid.fen) == (cases.CASE_STATE_PERFORMED, 0)


async def test_an_earlier_payment_recorded_afterwards_does_not_hide_a_late_one(
    department: Department,
) -> None:
    dossier = await department.served()
    department.now = DUE + 5 * DAY
    await department.pay(dossier, 10000)

    case = (await department.pay(dossier, 20000, pay_time=stamp(DUE))).case

    assert (case.state, case.owed.total) == (cases.CASE_STATE_SERVED, yuan(1500))


async def test_it_rests_while_a_remedy_lasts(department: Department) -> None:
    """Two days late, ten in reconsideration with the first and the last, then five more."""
    dossier = await department.served()
    department.now = DUE + 3 * DAY
    await remedy(department, dossier)
    assert await sums(department, dossier, DUE + 8 * DAY) == (30000, 1800)
    assert (await owed(department, dossier, DUE + 8 * DAY)).resting
    department.now = DUE + 12 * DAY
    case = await remedy_end(department, dossier)

    assert await sums(department, dossier, DUE + 17 * DAY) == (30000, 1800 + 5 * 900)
    assert not (await owed(department, dossier, DUE + 17 * DAY)).resting
    assert case.remedies[0].end == UPHELD
    department.now = DUE + 20 * DAY
    await remedy(department, dossier, SUIT)
    assert await sums(department, dossier, DUE + 90 * DAY) == (30000, 1800 + 7 * 900)


async def test_a_remedy_is_shown_and_one_follows_another(department: Department) -> None:
    dossier = await department.served()
    department.now = DUE

    async with department.refused("REMEDY_NOT_SHOWN", law="APL-2021:73(3)"):
        await remedy(department, dossier, document=" ")
    async with department.refused("NO_REMEDY_LASTS"):
        await remedy_end(department, dossier)
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await remedy(department, dossier, begin_time=stamp(WINDOW_END))
    async with department.refused("ACT_IN_FUTURE"):
        await remedy(department, dossier, begin_time=stamp(DUE + INSTANT))
    await remedy(department, dossier)
    async with department.refused("REMEDY_LASTS"):
        await remedy(department, dossier, SUIT)
    async with department.refused("REMEDY_NOT_SHOWN"):
        await remedy_end(department, dossier, document="")
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await remedy_end(department, dossier, end_time=stamp(DUE - DAY))
    await remedy_end(department, dossier)
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await remedy(department, dossier, SUIT, begin_time=stamp(DUE - DAY))


async def test_each_instalment_is_late_from_its_own_day(department: Department) -> None:
    """10,000 by 9 April, 20,000 by 14 May; the first is paid ten days late: 3,000 yuan."""
    dossier = await department.served()
    await apply(department, dossier)
    await approve(department, dossier, (10000, 31), (20000, 66))
    first, second = WINDOW_END + 31 * DAY, WINDOW_END + 66 * DAY

    assert await sums(department, dossier, first) == (30000, 0)
    assert await sums(department, dossier, first + 10 * DAY) == (30000, 3000)
    department.now = first + 10 * DAY
    await department.pay(dossier, 10000)
    assert await sums(department, dossier, second) == (20000, 3000)
    assert await sums(department, dossier, second + DAY) == (20000, 3600)
    assert await sums(department, dossier, second + 300 * DAY) == (20000, 23000)


async def test_nothing_is_owed_of_an_annulled_decision(department: Department) -> None:
    dossier = await department.served()
    department.now = DUE + 5 * DAY
    about = {
        "kind": cases.OUTCOME_KIND_ANNULLED,
        "authority": "示例市人民政府",
        "document": "行复1号",
        "remedy": 1,
    }
    await department.do("RecordOutcome", CLERK, case_id=dossier.case_id, **about)

    assert await sums(department, dossier, department.now + timedelta(days=9)) == (0, 0)
