"""A slip in the record of an inspection, a measure or a referral is put right when another approves, and moves nothing (APL
75(2)).
"""

from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import pytest
from yifa.enforcement.v1 import case_pb2 as cases

from tests.enforcement.department import Department
from tests.enforcement.inspecting import Bureau
from tests.enforcement.samples import CLERK, HEAD, START
from tests.enforcement.test_measure import seized
from tests.enforcement.test_referral import flagged

APPROVED, REFUSED = cases.RECORD_CORRECTION_STATE_APPROVED, cases.RECORD_CORRECTION_STATE_REFUSED


class Kept(NamedTuple):
    """A record: its noun, its id, a place that can be corrected and what it says there; who did what is recorded."""

    noun: str
    id: str
    field: str
    before: str
    took_part: str
    read: Callable[[], Awaitable[Any]]

    async def propose(self, d: Department, by: Any = CLERK, **more: Any) -> Any:
        said = {"field": self.field, "before": self.before, "after": f"{self.before}（更正）", "reason": "录入笔误",
                "proof": "现场笔录", f"{self.noun}_id": self.id} | more  # fmt: skip
        return (await d.do(f"Correct{self.noun.capitalize()}", by, **said)).correction

    async def decide(self, d: Department, asked: Any, by: Any = HEAD, **more: Any) -> Any:
        said = {
            "approved": True,
            "opinion": "属于笔误",
            "correction_id": asked.correction_id,
            f"{self.noun}_id": self.id,
        }
        return await d.do(f"Decide{self.noun.capitalize()}Correction", by, **(said | more))


async def an_inspection(d: Department) -> Kept:
    bureau = Bureau(d)
    visit = await bureau.recorded()
    record = await bureau.of(visit)
    said = record.site_record.findings
    return Kept(
        "inspection",
        visit.inspection_id,
        "site_record.findings",
        said,
        visit.ids[0],
        lambda: bureau.of(visit),
    )


async def a_measure(d: Department) -> Kept:
    held = await seized(d)

    async def read() -> Any:
        await held.state()
        return held.measure

    record = await read()
    return Kept(
        "measure", record.measure_id, "reasons", record.reasons, record.execution.officer_ids[0], read
    )


async def a_referral(d: Department) -> Kept:
    sent = await flagged(d)

    async def read() -> Any:
        found = (await d.do("ListReferrals", HEAD, case_id=sent.dossier.case_id)).referrals
        return found[-1]

    record = await read()
    return Kept("referral", record.referral_id, "suspicion", record.suspicion, record.flagger, read)


@pytest.mark.parametrize("kind", [an_inspection, a_measure, a_referral])
async def test_a_slip_is_put_right_and_stays_for_ever(
    department: Department, kind: Callable[[Department], Awaitable[Kept]]
) -> None:
    d = department
    d.now = START
    kept = await kind(d)
    stood = await kept.read()

    for wrong, reason in (
        ({"field": "state"}, "NOT_CORRECTABLE"),
        ({"proof": ""}, "CORRECTION_NOT_REASONED"),
        ({"before": "别的内容"}, "CORRECTION_STALE"),
        ({"after": kept.before}, "CORRECTION_STALE"),
    ):
        async with d.refused(reason, law="APL-2021:75(2)", more=True):
            await kept.propose(d, **wrong)
    first = await kept.propose(d)
    async with d.refused("SOD_VIOLATION"):
        await kept.decide(d, first, (CLERK[0], "AGENCY_HEAD"))
    async with d.refused("SOD_VIOLATION"):
        await kept.decide(d, first, (kept.took_part, "AGENCY_HEAD"))
    async with d.refused("NOT_FOUND"):
        await kept.decide(d, first, correction_id="X-nobody")
    refused = (await kept.decide(d, first, approved=False)).correction
    assert refused.state == REFUSED
    async with d.refused("CORRECTION_NOT_PENDING", more=True):
        await kept.decide(d, first)
    second = (await kept.decide(d, await kept.propose(d))).correction

    record = await kept.read()
    assert (second.state, second.before, second.approver) == (APPROVED, kept.before, HEAD[0])
    assert [c.state for c in record.corrections] == [REFUSED, APPROVED]
    assert (
        second.after in str(record)
        and record.state == stood.state
        and list(record.deadlines) == list(stood.deadlines)
    )
    noun = kept.noun.capitalize()
    assert d.names(kept.id)[-4:] == [f"{noun}CorrectionProposed", f"{noun}Corrected"] * 2
