"""What the rules of the procedure refuse: it comes from systems of departments, which tell what was done, stage by stage."""

from services.simulate.plot import plot
from services.simulate.scene import Scene
from services.simulate.told import Told, heavier


@plot("EW-05", 60)
async def decided_too_early(s: Scene) -> None:
    """The decision while the party may still answer; near: when the time to answer is over."""
    case = Told(s)
    await case.way(until="serve_prior_notice")
    await s.work(6 if s.near else 3)
    await case.tell("make_decision")
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-05", 60)
async def decided_without_notice(s: Scene) -> None:
    """A decision of which the party was never told before; near: told."""
    case = Told(s)
    skip = () if s.near else ("serve_prior_notice", "record_statement", "recheck_defence")
    await case.way(until="make_decision", skip=skip)
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-07", 60)
async def not_reviewed(s: Scene) -> None:
    """A major penalty without legal review; near: reviewed."""
    case = Told(s, 120_000)
    await case.way(until="make_decision", skip=() if s.near else ("submit_for_review", "conclude_review"))
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-09", 60)
async def one_officer(s: Scene) -> None:
    """Evidence that one officer collects alone; near: two."""
    case = Told(s)
    ids = case.ids if s.near else case.ids[:1]
    await case.way(until="record_evidence", wrong={"record_evidence": {"collector_ids": ids}})
    s.breach(case.case_id)
    await case.way("submit_report")


@plot("EW-10", 60)
async def heavier_than_announced(s: Scene) -> None:
    """A fine higher than the one of which the party was told; near: the same."""
    case = Told(s)
    penalty = case.penalty if s.near else heavier(case.penalty, 10_000)
    await case.way(until="make_decision", wrong={"make_decision": {"penalty": penalty}})
    s.breach(case.case_id)
    case.penalty = penalty
    await case.way("serve_decision")
