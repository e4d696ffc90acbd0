"""The bank's list against the payments on record: by number and to the fen, and nothing is guessed (APL 67, 74)."""

from typing import Any

import pytest
from yifa.enforcement.v1 import payment_pb2 as pb

from tests.enforcement.department import Department
from tests.enforcement.samples import DAY, FINANCE, WINDOW_END, stamp, yuan

HEAD_LINE = "交易日期,银行流水号,金额,付款人"
MATCHED, DIFFERS, NOT_RECORDED, NOT_RECEIVED, REPEATED = 1, 2, 3, 4, 5


async def reconcile(
    d: Department, *lines: str, head: str = HEAD_LINE, code: str = "utf-8", days: int = 9
) -> Any:
    """The bank's list of the days since the decision."""
    asked = {
        "statement": "\n".join((head, *lines)).encode(code),
        "from_time": stamp(WINDOW_END),
        "until_time": stamp(WINDOW_END + days * DAY),
    }
    found: pb.ReconcilePaymentsResponse = await d.do("ReconcilePayments", FINANCE, **asked)
    return found.payments


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030"])
async def test_each_payment_is_matched_missing_or_different(department: Department, code: str) -> None:
    dossier = await department.served()
    for much, number in ((4000, "R-1"), (3000, "R-2"), (2000, "R-3"), (1000, "R-4")):
        await department.pay(dossier, much, reference=f"{number}-{code}")

    found = await reconcile(
        department,
        f'2026-03-10,R-1-{code},"4,000.00",示例当事人',
        f"2026-03-10, R-2-{code} ,2999.99,示例当事人",
        ",,,",
        f"2026-03-11,r-3-{code},2000,示例当事人",
        f"2026-03-11,R-4-{code},1000,示例当事人",
        f"2026-03-11,R-4-{code},1000,冲正",
        code=code,
    )

    found = [p for p in found if p.bank_reference.endswith(f"-{code}")]
    assert [(p.bank_reference.removesuffix(f"-{code}"), p.outcome) for p in found] == [
        ("R-1", MATCHED),
        ("R-2", DIFFERS),
        ("r-3", NOT_RECORDED),
        ("R-4", REPEATED),
        ("R-4", REPEATED),
        ("R-3", NOT_RECEIVED),
    ]
    assert (found[1].recorded, found[1].received, found[1].case_id) == (
        yuan(3000),
        yuan(2999.99),
        dossier.case_id,
    )
    assert not found[2].case_id and not found[5].HasField("received")


async def test_what_is_outside_the_period_is_not_missing_at_the_bank(department: Department) -> None:
    dossier = await department.served()
    department.now = WINDOW_END + 12 * DAY
    await department.pay(dossier, 4000, reference="L-1")

    assert not [p for p in await reconcile(department, "2026-03-10,L-2,1,x") if p.bank_reference == "L-1"]
    later = await reconcile(department, "2026-03-10,L-2,1,x", days=12)
    assert {p.bank_reference: p.outcome for p in later}["L-1"] == NOT_RECEIVED


UNREADABLE = {
    "no columns": ("日期,流水", "1,2", "line 1"),
    "two columns of one name": ("银行流水号,金额,金额", "A,1,2", "line 1"),
    "no number": (HEAD_LINE, "2026-03-10,,5,x", "line 2"),
    "no amount": (HEAD_LINE, "2026-03-10,A,,x", "line 2"),
    "a negative amount": (HEAD_LINE, "2026-03-10,A,-5,x", "line 2"),
    "a third of a fen": (HEAD_LINE, "2026-03-10,A,5.001,x", "line 2"),
    "a comma out of place": (HEAD_LINE, '2026-03-10,A,"50,00",x', "line 2"),
    "more cells than columns": (HEAD_LINE, "2026-03-10,A,4,000.00,x", "line 2"),
}


@pytest.mark.parametrize("name", UNREADABLE)
async def test_a_line_that_cannot_be_read_is_named(department: Department, name: str) -> None:
    head, line, where = UNREADABLE[name]

    async with department.refused("MALFORMED") as told:
        await reconcile(department, line, head=head)

    assert told.fields == ["statement"] and where in str(told)
