"""Who did what in a decision: read off its record, written down once and kept for life (MDR 33, 38(2))."""

from collections.abc import Iterator
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from sqlmodel import select
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_of
from services.supervision.major_decision.model import DecisionResponsibility

AGAINST = frozenset({pb.DECISION_STANCE_DISAGREE, pb.DECISION_STANCE_ABSTAIN})


def _part(
    decision: pb.MajorDecision, person: str, part: int, at: Timestamp, **more: Any
) -> pb.DecisionResponsibility:
    return pb.DecisionResponsibility(
        decision_id=decision.decision_id,
        title=decision.title,
        person=person,
        part=part,  # type: ignore[arg-type]
        done_time=at,
        **more,
    )


def parts(d: pb.MajorDecision) -> Iterator[pb.DecisionResponsibility]:
    """All that anybody did in a decision, by its record as it stands."""
    if d.HasField("suggest_time"):
        yield _part(d, d.suggester, pb.DECISION_PART_SUGGESTED, d.suggest_time)
    if d.HasField("draft_time"):
        for person in d.drafters:
            yield _part(d, person, pb.DECISION_PART_DRAFTED, d.draft_time)
    for opinion in d.opinions:
        yield _part(
            d, opinion.expert_id, pb.DECISION_PART_ARGUED, opinion.receive_time,
            name=opinion.signed_by, words=opinion.text,
        )  # fmt: skip
    for review in d.reviews:
        yield _part(d, review.reviewer, pb.DECISION_PART_REVIEWED, review.conclude_time, words=review.opinion)
    if d.HasField("discuss_submit_time"):
        yield _part(d, d.submitter, pb.DECISION_PART_SUBMITTED, d.discuss_submit_time)
    for meeting in d.meetings:
        for said in meeting.speeches:
            yield _part(
                d, said.person, pb.DECISION_PART_DISCUSSED, meeting.hold_time,
                name=said.name, stance=said.stance, words=said.words,
            )  # fmt: skip
    if d.HasField("decide_time"):
        yield _part(d, d.decider, pb.DECISION_PART_DECIDED, d.decide_time, words=d.decision_document)
    for told in d.progress:
        yield _part(d, told.reporter, pb.DECISION_PART_EXECUTED, told.report_time, words=told.report)


def responsible(look: Any, decision: pb.MajorDecision) -> frozenset[str]:
    """Those who did anything in it, also what a later draft or meeting replaced on the record."""
    kept = select(DecisionResponsibility).where(DecisionResponsibility.decision_id == decision.decision_id)
    return frozenset({row.person for row in look.query(kept)} | {p.person for p in parts(decision)}) - {""}


def dissenting(decision: pb.MajorDecision) -> frozenset[str]:
    """Those who did not agree in the last meeting (MDR 38(3))."""
    last = decision.meetings[-1].speeches if decision.meetings else ()
    return frozenset(said.person for said in last if said.stance in AGAINST)


def write_down(tx: Tx, decision: pb.MajorDecision) -> None:
    """What is not written down yet."""
    for each in parts(decision):
        at = each.done_time
        key = f"{each.decision_id}/{each.part}/{at.seconds}.{at.nanos}/{each.person}"
        if each.person and tx.find(DecisionResponsibility, key) is None:
            tx.add(
                DecisionResponsibility.new(
                    key=key,
                    person=each.person,
                    decision_id=each.decision_id,
                    done_time=moment_of(at),
                    record=each.SerializeToString(deterministic=True),
                )
            )
