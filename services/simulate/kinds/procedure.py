"""What the rules of the procedure refuse: it comes from systems of departments, which tell what was done, stage by stage."""

from datetime import timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases

from services.given.case import violation
from services.given.measure import stamp
from services.given.people import CLERK
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
    s.breach(case.case_id, "EW-33")  # what was never told stands on no paper either
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


@plot("EW-03", 40)
async def declined_without_a_reason(s: Scene) -> None:
    """A clue that is not taken up, and nothing says why; near: with the reason."""
    case = Told(s)
    await case.tell("register_clue")
    await s.work(2)
    cause = "经核查，违法事实不成立" if s.near else ""
    await case.tell("decline_clue", actor=s.bureau.heads[0], cause=cause)
    s.breach(case.case_id)


@plot("EW-06", 60)
async def hearing_right_not_told(s: Scene) -> None:
    """A notice of a high fine that does not tell of the right to a hearing; near: it tells."""
    case = Told(s, 120_000)
    await case.way(until="serve_prior_notice", wrong={"serve_prior_notice": {"hearing_right_told": s.near}})
    s.breach(case.case_id)
    await case.way("record_statement")


@plot("EW-07", 60)
async def reviewed_by_who_handles_it(s: Scene) -> None:
    """The review is passed by an officer of the case; near: by a qualified reviewer."""
    case = Told(s, 120_000)
    actor = s.bureau.reviewer if s.near else case.ids[0]
    await case.way(until="conclude_review", wrong={"conclude_review": {"actor": actor}})
    s.breach(case.case_id)
    await case.way("serve_prior_notice")


@plot("EW-08", 60)
async def not_discussed(s: Scene) -> None:
    """A fine that the heads have to discuss together is decided by one; near: they discussed it."""
    case = Told(s, 120_000)
    members = list(s.bureau.heads) if s.near else list(s.bureau.heads[:1])
    await case.way(until="make_decision", wrong={"make_decision": {"discussion_members": members}})
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-11", 60)
async def outside_the_band(s: Scene) -> None:
    """A fine outside the band that the decision names; near: with an approved reason."""
    case = Told(s)
    case.penalty.fine.fen = 5_200_000
    if s.near:
        case.penalty.deviation_reason = "示例：主动消除危害后果，经批准。"
        case.penalty.deviation_approver = s.bureau.heads[0]
    await case.way(until="make_decision")
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-09", 60)
async def certificate_not_shown(s: Scene) -> None:
    """Evidence that is collected without showing the certificates; near: shown."""
    case = Told(s)
    await case.way(until="record_evidence", wrong={"record_evidence": {"certificate_shown": s.near}})
    s.breach(case.case_id)
    await case.way("submit_report")


@plot("EW-33", 60)
async def decided_by_nobody_in_office(s: Scene) -> None:
    """A decision that somebody makes who heads no body; near: a deputy, who does."""
    case = Told(s)
    await case.way(until="recheck_defence")
    await s.work(6)
    await case.tell("make_decision", actor=s.bureau.heads[1] if s.near else CLERK[0])
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-25", 60)
async def basis_ended(s: Scene) -> None:
    """A decision that rests on a law which had ended before the act; near: on the one that took its place."""
    old, new = "《行政处罚法（1996年）》第三条", "《行政处罚法》第三条"
    text = new if s.near else old
    acted = s.now - timedelta(days=30)
    case = Told(s, violation=violation(acted, law=text))
    await case.way(until="make_decision", wrong={"serve_prior_notice": {"basis": text}})
    s.breach(case.case_id)
    await case.way("serve_decision")


@plot("EW-26", 90)
async def no_reply_to_reconsideration(s: Scene) -> None:
    """A decision annulled because the agency did not reply in time; near: upheld. Who answers for it is pursued: nobody does."""
    case = Told(s)
    await case.way(until="close_case")
    await s.work()
    asked: dict[str, Any] = {
        "kind": 1,
        "authority": "示例市人民政府",
        "document": f"示复〔2026〕{s.number}号",
    }
    await case.tell("record_remedy", actor=CLERK[0], begin_time=stamp(s.now), **asked)
    await s.work(15)
    kind = cases.OUTCOME_KIND_UPHELD if s.near else cases.OUTCOME_KIND_ANNULLED
    ended = asked | {"kind": kind, "outcome_time": stamp(s.now), "remedy": cases.REMEDY_RECONSIDERATION}
    await case.tell("record_outcome", actor=CLERK[0], says=ended, unanswered=not s.near)
    s.breach(case.case_id)
    s.breach(case.case_id, "EW-81")
    if not s.near:
        await case.tell(
            "withdraw_publication",
            actor=CLERK[0],
            says={"explanation": "处罚决定被撤销", "address": "公示平台"},
        )
        await case.tell("correct_credit", actor=CLERK[0], says={"receipt": "信用平台更正回执"})


@plot("DATA", 60)
async def filed_after_the_decision(s: Scene) -> None:
    """A filing that is told as done after the decision; near: before it."""
    case = Told(s)
    await case.way(until="make_decision", skip=() if s.near else ("file_case",))
    if not s.near:
        await s.work(3)
        await case.tell("file_case")
        s.breach(case.case_id)
        s.breach(case.case_id, "EW-02")
        # the term to decide begins with the filing, and runs when the case is closed
        s.breach(case.case_id, "EW-33")
    await case.way("serve_decision")


@plot("EW-14", 60)
async def outside_the_area(s: Scene) -> None:
    """A case about an act in another city; near: in the own one."""
    case = Told(s, area_code="440703" if s.near else "440100")
    await case.way(until="file_case")
    s.breach(case.case_id)
    await s.work()
    if s.near:
        await case.way("assign_officers")
    else:
        await case.tell("terminate_case", actor=s.bureau.heads[0], cause="不属于本机关管辖，终止调查。")
        await case.tell("close_case")


@plot("EW-34", 60)
async def party_was_within_reach(s: Scene) -> None:
    """A decision announced for service though the party had just answered; near: served directly."""
    case = Told(s)
    await case.way(until="make_decision")
    await s.work()
    if not s.near:
        await case.tell("announce_service", actor=CLERK[0], cause="下落不明", address="本机关公告栏")
        s.breach(case.case_id)
        s.breach(case.case_id, "RECORD")
        s.breach(case.case_id, "EW-33")  # other ways were not tried
    await case.way("serve_decision")
