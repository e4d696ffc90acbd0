"""Fines collected on the spot: when that is lawful, against which receipt, and the way of the money to the bank (APL 68–71)."""

from collections.abc import Mapping
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import collection_pb2 as pb
from yifa.enforcement.v1 import events_pb2 as events

from tests.enforcement.department import Department
from tests.enforcement.samples import (
    DAY,
    FINANCE,
    HEAD,
    INSTANT,
    START,
    WINDOW_END,
    Dossier,
    fine,
    serial,
    stamp,
    yuan,
)
from tests.enforcement.test_deadlines import fired
from tests.enforcement.test_outside_breaches import breaches, lawful
from tests.enforcement.test_performance import close

SMALL, HARD, REMOTE = pb.COLLECTION_GROUND_SMALL, pb.COLLECTION_GROUND_HARD_LATER, pb.COLLECTION_GROUND_REMOTE
ON_WATER = pb.COLLECTION_GROUND_ON_WATER
ASKED = {"cause": "当事人缴款确有困难", "proof": "当事人书面申请"}


async def batch(d: Department, body_id: str, first: int = 1, last: int = 50, **more: Any) -> str:
    """Receipts of a series of its own, issued to a body; the series."""
    series = more.pop("series", f"粤{next(serial)}")
    said = {
        "first_number": first,
        "last_number": last,
        "issuer": "示例市财政局",
        "document": "领用单1号",
        **more,
    }
    reply = await d.do("RegisterReceipts", FINANCE, body_id=body_id, series=series, **said)
    return reply.batch.series


class Spot:
    """A case decided on the spot, and a series of receipts of its body."""

    def __init__(self, d: Department, dossier: Dossier, series: str) -> None:
        self.d, self.dossier, self.series = d, dossier, series

    async def collect(self, ground: int, amount: float, number: int = 1, **more: Any) -> cases.Case:
        said = {
            "ground": ground,
            "amount": yuan(amount),
            "receipt": pb.ReceiptNumber(series=self.series, number=number),
            **more,
        }
        return (await self.d.do("CollectFine", self.dossier.who, case_id=self.dossier.case_id, **said)).case

    async def hand_in(self, amount: float, by: Any = FINANCE, **more: Any) -> cases.Case:
        said = {"case_id": self.dossier.case_id, "amount": yuan(amount), **more}
        return (await self.d.do("HandInFine", by, **said)).case

    async def bank(self, amount: float, reference: str = "", by: Any = FINANCE, **more: Any) -> cases.Case:
        reference = reference or f"BANK-{next(serial)}"
        said = {"case_id": self.dossier.case_id, "amount": yuan(amount), "bank_reference": reference, **more}
        return (await self.d.do("BankFine", by, **said)).case


async def spot(d: Department, amount: float = 100) -> Spot:
    body_id = await d.body()
    officers = [await d.officer(body_id) for _ in range(2)]
    penalty = fine(amount, band_code="5")
    case = (await d.spot(body_id=body_id, officers=officers, penalty=penalty)).case
    return Spot(d, Dossier(case.case_id, body_id, officers), await batch(d, body_id))


async def served(d: Department) -> Spot:
    dossier = await d.served()
    return Spot(d, dossier, await batch(d, dossier.body_id))


def clocks(case: cases.Case) -> Mapping[str, int]:
    return {d.clock_id: d.state for d in case.deadlines}


RUNNING, MET = 1, 2


async def test_a_small_fine_is_collected_handed_in_and_banked(department: Department) -> None:
    case = await spot(department)

    paid = await case.collect(SMALL, 100)
    assert (paid.state, paid.paid) == (cases.CASE_STATE_PERFORMED, yuan(100))
    assert paid.collection.collector == case.dossier.ids[0]
    assert (clocks(paid)["PEN-19"], clocks(paid)["PEN-21"]) == (MET, RUNNING)
    handed = await case.hand_in(100)
    assert (clocks(handed)["PEN-21"], clocks(handed)["PEN-22"]) == (MET, RUNNING)
    banked = await case.bank(100, "BANK-A")

    assert clocks(banked)["PEN-22"] == MET
    assert [(p.bank_reference, p.amount) for p in banked.payments] == [("BANK-A", yuan(100))]
    names = department.names(case.dossier.case_id)
    assert names[-3:] == ["FineCollected", "FineHandedIn", "FineBanked"]


@pytest.mark.parametrize("late", [False, True])
async def test_two_days_to_hand_it_in_and_two_to_the_bank(department: Department, late: bool) -> None:
    """Working days (APL 85): what is collected on Monday is handed in on Wednesday; later it is told as late."""
    case = await spot(department)
    collected = await case.collect(SMALL, 100)
    department.now = START + (3 if late else 2) * DAY

    if late:
        [(_, told)] = await fired(department, collected.case_id, events.DeadlinePassed, "PEN-21")
        assert clocks(told)["PEN-21"] == 3
    handed = await case.hand_in(100)

    assert (clocks(handed)["PEN-21"], clocks(handed)["PEN-22"]) == (MET, RUNNING)


@pytest.mark.parametrize(
    ("ground", "amount", "said"),
    [
        (SMALL, 100.01, {}),
        (HARD, 200, {"cause": " "}),
        (REMOTE, 200, {"cause": "交通不便", "proof": " "}),
        (REMOTE, 200, {"cause": " ", "proof": "申请"}),
        (ON_WATER, 200, {}),
    ],
)
async def test_only_in_the_cases_of_the_law(
    department: Department, ground: int, amount: float, said: Any
) -> None:
    case = await spot(department, amount)

    async with department.refused("ONSPOT_COLLECTION_NOT_ALLOWED", law="APL-2021:68;APL-2021:69"):
        await case.collect(ground, amount, **said)


@pytest.mark.parametrize(("ground", "said"), [(HARD, {"cause": "外地车辆，事后难以执行"}), (REMOTE, ASKED)])
async def test_what_is_shown_allows_it(department: Department, ground: int, said: Any) -> None:
    case = await spot(department, 200)

    assert (await case.collect(ground, 200, **said)).collection.ground == ground


async def test_a_decision_of_the_ordinary_procedure_is_collected_only_at_the_partys_request(
    department: Department,
) -> None:
    case = await served(department)

    async with department.refused("ONSPOT_COLLECTION_NOT_ALLOWED"):
        await case.collect(HARD, 30000, cause="事后难以执行")
    paid = await case.collect(REMOTE, 30000, **ASKED)

    assert paid.state == cases.CASE_STATE_PERFORMED


async def test_the_receipt_is_one_that_the_body_was_issued_and_is_used_once(department: Department) -> None:
    first, second = await spot(department), await spot(department)

    async with department.refused("NO_FISCAL_RECEIPT", "RECEIPT_NOT_ISSUED", law="APL-2021:70"):
        await first.collect(SMALL, 100, 0)
    async with department.refused("RECEIPT_NOT_ISSUED") as told:
        await first.collect(SMALL, 100, 51)
    assert told.metadata["receipt"] == f"{first.series} 51"
    second.series, own = first.series, second.series
    async with department.refused("RECEIPT_NOT_ISSUED"):
        await second.collect(SMALL, 100, 2)
    second.series = own
    await first.collect(SMALL, 100, 7)
    third = await spot(department)
    third_of_first = Spot(department, third.dossier, await batch(department, third.dossier.body_id))
    await third_of_first.collect(SMALL, 100, 7)

    listed = await department.do("ListReceipts", HEAD, body_id=first.dossier.body_id)
    [found] = listed.batches
    assert [(u.number, u.case_id) for u in found.used] == [(7, first.dossier.case_id)]


async def test_a_number_is_given_once(department: Department) -> None:
    one = await spot(department)
    officers = one.dossier.officers
    small = fine(50, band_code="5")
    other = (await department.spot(body_id=one.dossier.body_id, officers=officers, penalty=small)).case
    two = Spot(department, Dossier(other.case_id, one.dossier.body_id, officers), one.series)
    await one.collect(SMALL, 100)

    async with department.refused("RECEIPT_USED", law="APL-2021:70"):
        await two.collect(SMALL, 50)
    await two.collect(SMALL, 50, 2)


async def test_a_receipt_was_issued_before_it_is_given(department: Department) -> None:
    case = await spot(department)
    department.now = START + DAY
    later = await batch(department, case.dossier.body_id)

    case.series = later
    async with department.refused("RECEIPT_NOT_ISSUED"):
        await case.collect(SMALL, 100, collect_time=stamp(START + DAY - INSTANT))
    await case.collect(SMALL, 100)


async def test_batches_do_not_overlap(department: Department) -> None:
    body_id = await department.body()
    series = await batch(department, body_id, 10, 20)

    for first, last in ((1, 10), (20, 30), (12, 13), (1, 30)):
        async with department.refused("RECEIPTS_ALREADY_REGISTERED"):
            await batch(department, body_id, first, last, series=f" {series} ")
    async with department.refused("MALFORMED"):
        await batch(department, body_id, 31, 30)
    async with department.refused("ACT_IN_FUTURE"):
        await batch(department, body_id, issue_time=stamp(department.now + DAY))
    async with department.refused("NOT_FOUND"):
        await batch(department, "B-0")
    await batch(department, body_id, 21, 30, series=series)


async def test_all_of_it_is_collected_handed_in_and_banked(department: Department) -> None:
    case = await spot(department)

    async with department.refused("NOT_WHOLE") as told:
        await case.collect(SMALL, 99.99)
    assert told.metadata["due"] == "100.00"
    await case.collect(SMALL, 100)
    async with department.refused("NOT_WHOLE"):
        await case.hand_in(50)
    await case.hand_in(100)
    async with department.refused("NOT_WHOLE"):
        await case.bank(99)
    async with department.refused("ALREADY_DONE"):
        await case.hand_in(100)


async def test_who_collected_hands_in_to_another_and_the_bank_gives_a_number(department: Department) -> None:
    case = await spot(department)
    await case.collect(SMALL, 100)
    collector = (case.dossier.ids[0], "FINANCE")

    async with department.refused("COLLECT_DECIDE_SEPARATION"):
        await case.hand_in(100, collector)
    async with department.refused("NOT_COLLECTED"):
        await case.bank(100)
    await case.hand_in(100)
    async with department.refused("COLLECT_DECIDE_SEPARATION", law="APL-2021:67(2)"):
        await case.bank(100, " ")
    async with department.refused("COLLECT_DECIDE_SEPARATION"):
        await case.bank(100, by=collector)
    await case.bank(100, "BANK-ONCE")
    async with department.refused("PAYMENT_ALREADY_RECORDED"):
        await case.bank(100, "BANK-ONCE")


async def test_a_case_is_closed_when_the_bank_has_it(department: Department) -> None:
    case = await spot(department)
    await department.do("ReportSpotDecision", case.dossier.who, case_id=case.dossier.case_id)
    await case.collect(SMALL, 100)
    await case.hand_in(100)

    async with department.refused("COLLECTED_NOT_BANKED", law="APL-2021:71;APL-2021:74(2)"):
        await close(department, case.dossier.case_id)
    await case.bank(100)

    assert (await close(department, case.dossier.case_id)).state == cases.CASE_STATE_CLOSED


async def test_on_water_the_two_days_begin_ashore(department: Department) -> None:
    case = await spot(department, 200)
    aboard = await case.collect(ON_WATER, 200, **ASKED)
    assert "PEN-21" not in clocks(aboard)

    async with department.refused("NOT_COLLECTED"):
        await case.hand_in(200)
    department.now = START + 5 * DAY
    ashore = (await department.do("LandFine", case.dossier.who, case_id=case.dossier.case_id)).case
    assert clocks(ashore)["PEN-21"] == RUNNING
    async with department.refused("ALREADY_DONE"):
        await department.do("LandFine", case.dossier.who, case_id=case.dossier.case_id)
    department.now = START + 7 * DAY

    assert clocks(await case.hand_in(200))["PEN-21"] == MET


async def test_on_land_nobody_comes_ashore(department: Department) -> None:
    case = await spot(department)
    await case.collect(SMALL, 100)

    async with department.refused("NOT_COLLECTED"):
        await department.do("LandFine", case.dossier.who, case_id=case.dossier.case_id)


async def test_what_was_banked_is_found_in_the_banks_list(department: Department) -> None:
    case = await spot(department)
    await case.collect(SMALL, 100)
    await case.hand_in(100)
    await case.bank(100, "BANK-LIST")
    times = {"from_time": stamp(START - DAY), "until_time": stamp(WINDOW_END)}

    listed = "银行流水号,金额\nBANK-LIST,100.00\n".encode()
    reply = await department.do("ReconcilePayments", FINANCE, statement=listed, **times)

    assert (reply.payments[0].bank_reference, reply.payments[0].outcome) == ("BANK-LIST", 1)


async def on_paper(d: Department, ground: int, *, registered: bool) -> cases.Case:
    """A case on paper whose fine was collected on the spot, and taken to the bank."""
    case = await lawful(d)
    paid = case.perform_time
    case.ClearField("perform_time")
    series = await batch(d, case.body_id, issue_time=case.file_time) if registered else "粤无"
    case.collection.CopyFrom(
        pb.Collection(
            ground=ground,
            amount=case.paid,
            receipt=pb.ReceiptNumber(series=series, number=3),
            collector=case.officers[0].officer_id,
            receiver="finance-1",
            banker="finance-1",
            bank_reference=case.payments[0].bank_reference,
            **ASKED,
        )
    )
    for name in ("collect_time", "hand_in_time", "bank_time"):
        getattr(case.collection, name).CopyFrom(paid)
    return case


async def test_on_paper_too_it_is_collected_by_the_law(department: Department) -> None:
    good = await on_paper(department, REMOTE, registered=True)
    assert await breaches(department, good) == set()

    bad = await on_paper(department, HARD, registered=False)
    bad.collection.receiver = bad.officers[1].officer_id
    assert await breaches(department, bad) == {
        ("CollectFine", "ONSPOT_COLLECTION_NOT_ALLOWED"),
        ("CollectFine", "RECEIPT_NOT_ISSUED"),
        ("HandInFine", "COLLECT_DECIDE_SEPARATION"),
    }

    kept = await on_paper(department, REMOTE, registered=True)
    kept.collection.ClearField("bank_time")
    assert await breaches(department, kept) == {("CloseCase", "COLLECTED_NOT_BANKED")}


async def test_a_receipt_reported_from_outside_is_used(department: Department) -> None:
    first = await on_paper(department, REMOTE, registered=True)
    second = await on_paper(department, REMOTE, registered=False)
    second.body_id = first.body_id
    second.collection.receipt.CopyFrom(first.collection.receipt)
    assert await breaches(department, first) == set()

    assert ("CollectFine", "RECEIPT_USED") in await breaches(department, second)
