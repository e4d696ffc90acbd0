"""Breaches in company: two in one case, one by people of another department, one that is told when all is over."""

from datetime import timedelta
from typing import Any

from services.given.case import LAW, violation
from services.simulate.kinds.several import elsewhere
from services.simulate.plot import plot
from services.simulate.scene import Scene
from services.simulate.told import WAY, Told, heavier

# Days before the telling on which each stage was done, of a case that is told when all of it is over.
DONE = dict(zip(WAY, (40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 12, 11, 10, 9, 8, 7), strict=True))


@plot("EW-08", 60)
async def two_in_one_case(s: Scene) -> None:
    """The right to a hearing is not told, and the heads do not discuss the fine; near: neither is left out."""
    case = Told(s, 120_000)
    members = list(s.bureau.heads) if s.near else list(s.bureau.heads[:1])
    wrong: dict[str, dict[str, Any]] = {
        "serve_prior_notice": {"hearing_right_told": s.near},
        "make_decision": {"discussion_members": members},
    }
    await case.way(until="serve_prior_notice", wrong=wrong)
    s.breach(case.case_id, "EW-06")
    await case.way("record_statement", "make_decision", wrong=wrong)
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-09", 60)
async def officers_of_another_department(s: Scene) -> None:
    """Evidence that the officers of another department collect; near: those of the own."""
    case = Told(s)
    ids = case.ids if s.near else elsewhere(s).bureau.officers[:2]
    await case.way(until="assign_officers")
    await s.work()
    await case.tell("record_evidence", actor=ids[0], collector_ids=ids)
    s.breach(case.case_id)
    await case.way("submit_report")


@plot("EW-10", 20, since=50)
async def told_when_all_was_over(s: Scene) -> None:
    """A case that is told when all of it is over: the fine is higher than announced; near: it is not."""
    acted = s.now - timedelta(days=60)
    case = Told(s, violation=violation(acted, law=LAW))
    decided = case.penalty if s.near else heavier(case.penalty, 10_000)
    told = [name for name in WAY if name != "file_major_penalty"]
    for name in told:
        penalty = {"penalty": decided} if name == "make_decision" else {}
        paid = {"amount": decided.fine} if name == "record_payment" else {}
        s.book.told_late.add(case.case_id)
        await case.tell(name, at=s.now - timedelta(days=DONE[name]), **penalty, **paid)
    s.breach(case.case_id)
