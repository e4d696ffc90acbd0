"""Payment to the bank, and closing."""

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.procedures.penalty import ORDINARY
from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, FINANCE, HEAD, INSTANT, WINDOW_END, fine, stamp, yuan

DECIDED = WINDOW_END + INSTANT


async def close(d: Department, case_id: str) -> cases.Case:
    return (await d.do("CloseCase", HEAD, case_id=case_id, report="结案报告")).case


async def test_payments_go_to_a_bank(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("COLLECT_DECIDE_SEPARATION", law="APL-2021:67(2)"):
        await department.pay(dossier, 30000, reference=" ")


async def test_no_more_is_paid_than_is_due(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 10000)

    async with department.refused("OVERPAID", law="APL-2021:67(3)") as told:
        await department.pay(dossier, 20000.01)
    reply = await department.pay(dossier, 20000)

    assert told.metadata["due"] == "20000.00"
    assert reply.case.state == cases.CASE_STATE_PERFORMED and reply.case.paid == yuan(30000)


async def test_the_same_bank_payment_counts_once(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 10000, reference="ABC-1")

    async with department.refused("PAYMENT_ALREADY_RECORDED") as told:
        await department.pay(dossier, 10000, reference=" ABC-1 ")

    assert told.metadata == {"bank_reference": "ABC-1", "case_id": dossier.case_id}


@pytest.mark.parametrize("amount", [0, -1])
async def test_a_payment_is_more_than_nothing(department: Department, amount: float) -> None:
    dossier = await department.served()

    async with department.refused("MALFORMED") as told:
        await department.pay(dossier, amount)

    assert told.fields == ["amount.fen"]


async def test_a_payment_follows_the_decision(department: Department) -> None:
    dossier = await department.served()

    async with department.refused("ACTS_OUT_OF_ORDER"):
        await department.pay(dossier, 30000, pay_time=stamp(WINDOW_END))
    async with department.refused("ACT_IN_FUTURE"):
        await department.pay(dossier, 30000, pay_time=stamp(DECIDED + INSTANT))


async def test_performance_is_complete_at_the_last_payment(department: Department) -> None:
    dossier = await department.served()
    department.now = DECIDED + 3 * DAY
    await department.pay(dossier, 10000, pay_time=stamp(DECIDED + 2 * DAY))

    reply = await department.pay(dossier, 20000, pay_time=stamp(DECIDED + DAY))

    assert reply.case.perform_time == stamp(DECIDED + 2 * DAY)
    [*_, last] = department.events(dossier.case_id)
    completed = events.PaymentCompleted.FromString(last.data)
    assert completed.amount == yuan(20000)
    clocks = {d.clock_id: d.state for d in reply.case.deadlines}
    assert clocks["PEN-19"] == 2 and clocks["PEN-25"] == 1


async def test_nothing_is_paid_before_service(department: Department) -> None:
    dossier = await department.decided()

    async with department.refused("ACT_NOT_OPEN"):
        await department.pay(dossier, 30000)


async def test_a_case_with_an_unpaid_fine_stays_open(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 29999.99)

    async with department.refused("CLOSE_NOT_ALLOWED", law="SAMR-2022:77"):
        await close(department, dossier.case_id)
    await department.pay(dossier, 0.01)
    case = await close(department, dossier.case_id)

    assert case.state == cases.CASE_STATE_CLOSED and case.close_report == "结案报告"


async def test_a_warning_is_closed_after_service(department: Department) -> None:
    warning = fine(0, kinds=[penalties.PENALTY_KIND_WARNING], band_code="3")
    dossier = await department.served(warning)

    async with department.refused("OVERPAID"):
        await department.do(
            "RecordPayment", FINANCE, case_id=dossier.case_id, amount=yuan(1), bank_reference="none-due"
        )
    case = await close(department, dossier.case_id)

    assert case.state == cases.CASE_STATE_CLOSED
    assert "PEN-19" not in {d.clock_id for d in case.deadlines}, "there is no fine to pay"


async def test_a_closed_case_takes_no_more_acts_but_those_on_its_decision(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 30000)
    await close(department, dossier.case_id)

    async with department.refused("ACT_NOT_OPEN") as told:
        await department.pay(dossier, 1)

    named = told.metadata["open_acts"].split(",")
    assert named == [move.method for move in ORDINARY.open("CLOSED")]
    assert "PublishDecision" in named and {move.target for move in ORDINARY.open("CLOSED")} == {"CLOSED"}
