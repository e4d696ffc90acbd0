"""What was paid and is not owed is given back: how much, by whom, and nothing ends before (APL 67(1), 74(3); ARL 72(2))."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, FINANCE, HEAD, Dossier, fine, stamp, yuan
from tests.enforcement.test_outcome import ANNULLED, CHANGED, close, ended


async def back(d: Department, dossier: Dossier, much: int, number: str, **more: Any) -> cases.Case:
    asked = {"case_id": dossier.case_id, "amount": yuan(much), "bank_reference": number} | more
    return (await d.do("RecordRefund", FINANCE, **asked)).case


async def open_to(d: Department, dossier: Dossier) -> set[str]:
    """What finance may do."""
    listed = (await d.do("ListOpenActs", FINANCE, case_id=dossier.case_id)).acts
    return {each.act for each in listed if each.open}


async def test_what_was_paid_is_given_back_before_the_case_ends(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 10000)
    assert "REFUND_FINE" not in await open_to(department, dossier)
    async with department.refused("REFUND_NOT_DUE"):
        await back(department, dossier, 1, "RF-A0")

    department.now += DAY
    case = await ended(department, dossier, ANNULLED)

    assert case.owed.refund == yuan(10000)
    assert "REFUND_FINE" in await open_to(department, dossier)
    undone = {"ground": cases.CLOSE_GROUND_SET_ASIDE}
    async with department.refused("REFUND_DUE"):
        await close(department, dossier, **undone)
    async with department.refused("REFUND_TOO_MUCH"):
        await back(department, dossier, 10001, "RF-A1")
    async with department.refused("REFUND_TOO_MUCH"):
        await back(department, dossier, 0, "RF-A1")
    async with department.refused("REFUND_NOT_SHOWN"):
        await back(department, dossier, 1, " ")
    async with department.refused("ACT_IN_FUTURE"):
        await back(department, dossier, 1, "RF-A1", refund_time=stamp(department.now + DAY))
    async with department.refused("REFUND_NOT_DUE"):  # on that day the decision stood
        await back(department, dossier, 1, "RF-A1", refund_time=stamp(department.now - DAY))
    for who in (HEAD[0], dossier.ids[0]):
        async with department.refused("COLLECT_DECIDE_SEPARATION"):
            asked = {"case_id": dossier.case_id, "amount": yuan(1), "bank_reference": "RF-A1"}
            await department.do("RecordRefund", (who, "FINANCE"), **asked)

    case = await back(department, dossier, 4000, " RF-A1 ")

    assert case.owed.refund == yuan(6000)
    assert [(r.amount, r.bank_reference, r.recorder) for r in case.refunds] == [
        (yuan(4000), "RF-A1", FINANCE[0])
    ]
    async with department.refused("ALREADY_DONE"):
        await back(department, dossier, 6000, "RF-A1")
    async with department.refused("REFUND_DUE"):
        await close(department, dossier, **undone)
    case = await back(department, dossier, 6000, "RF-A2")
    assert case.owed.refund == yuan(0) and department.names(case.case_id)[-1] == "FineRefunded"
    assert (await close(department, dossier, **undone)).state == cases.CASE_STATE_CLOSED


async def test_of_a_changed_decision_the_difference_is_given_back(department: Department) -> None:
    dossier = await department.served()
    await department.pay(dossier, 30000)

    case = await ended(department, dossier, CHANGED, "复决RF号", penalty=fine(25000))

    assert case.owed.refund == yuan(5000) == case.outcomes[-1].refund
    async with department.refused("REFUND_TOO_MUCH"):
        await back(department, dossier, 5001, "RF-B1")
    case = await back(department, dossier, 5000, "RF-B1")
    assert case.owed.refund == yuan(0) == case.owed.total
    assert (await close(department, dossier)).state == cases.CASE_STATE_CLOSED


async def test_what_was_paid_on_a_decision_made_anew_is_given_back_in_the_new_round(
    department: Department,
) -> None:
    dossier = await department.served()
    await department.pay(dossier, 30000)

    case = await ended(department, dossier, ANNULLED, "复决RFC号", anew=True)

    assert case.owed.refund == yuan(30000) and case.state == cases.CASE_STATE_INVESTIGATING
    async with department.refused("COLLECT_DECIDE_SEPARATION"):  # who decided before
        asked = {"case_id": dossier.case_id, "amount": yuan(1), "bank_reference": "RF-C1"}
        await department.do("RecordRefund", (HEAD[0], "FINANCE"), **asked)
    case = await back(department, dossier, 30000, "RF-C1")
    assert case.owed.refund == yuan(0)
    async with department.refused("REFUND_NOT_DUE"):
        await back(department, dossier, 1, "RF-C2")
