"""What the register says of a reconsideration, as the rules ask for it."""

from typing import Any

from yifa.supervision.v1 import reconsideration_pb2 as pb

from services.law.moment import moment_at
from services.law.procedures.papers import Evidence
from services.law.procedures.reconsideration import facts as law


def word(kind: Any, value: int, into: Any) -> Any:
    """A choice of the contract as the law calls it; None where none is made."""
    if not value:
        return None
    lead = kind.Name(0).removesuffix("UNSPECIFIED")
    return into(kind.Name(value).removeprefix(lead))


def words(kind: Any, values: Any, into: Any) -> tuple[Any, ...]:
    return tuple(word(kind, value, into) for value in values)


def last_opinion(entry: pb.Reconsideration) -> pb.ReconsiderationOpinion | None:
    return entry.opinions[-1] if entry.opinions else None


def review_of(entry: pb.Reconsideration) -> pb.ReconsiderationDocument:
    return entry.document_review


def record_of(entry: pb.Reconsideration, request: Any) -> law.ReconsiderationRecord:
    """What the rules ask of the record, with what the request adds to it."""
    opinion = last_opinion(entry) or pb.ReconsiderationOpinion()
    suspended = entry.suspensions[-1] if entry.suspensions else pb.ReconsiderationSuspension()
    decision, reply, stay = entry.decision, entry.reply, entry.stays[-1] if entry.stays else None
    refused = entry.ending if entry.HasField("ending") else entry.refusal
    decided = bool(decision.approval_document.strip())
    return law.ReconsiderationRecord(
        made=word(pb.ReconsiderationMade, entry.made, law.Made),
        apply_time=moment_at(entry, "apply_time"),
        conditions=words(pb.ReconsiderationCondition, entry.conditions, law.Condition),
        unmet=words(pb.ReconsiderationCondition, entry.unmet, law.Condition),
        unclear=tuple(entry.supplement.unclear),
        accept_time=moment_at(entry, "accept_time"),
        course=_course(entry),
        simple=word(pb.ReconsiderationSimple, entry.simple, law.Simple),
        sum_fen=entry.sum_fen or None,
        applicant_tell_time=moment_at(entry, "correction.applicant_tell_time"),
        body_tell_time=moment_at(entry, "correction.body_tell_time"),
        insists=entry.correction.insists,
        competent_body_told=entry.correction.competent_body,
        reply_time=moment_at(entry, "reply.reply_time"),
        answered=words(pb.ReconsiderationAnswered, reply.answered, law.Answered),
        staff_agents=tuple(reply.staff_agents),
        advisers=tuple(reply.advisers),
        reviewers=tuple(entry.reviewers),
        evidence=tuple(
            Evidence(e.name, moment_at(e, "collect_time"), moment_at(e, "agree_time")) for e in reply.evidence
        ),
        hear_time=moment_at(entry, "hearing.hold_time") or moment_at(entry, "statement.hear_time"),
        unhearable=entry.statement.unhearable,
        weight=word(pb.ReconsiderationWeight, decision.weight, law.Weight),
        hearing_time=moment_at(entry, "hearing.hold_time"),
        suspension=word(pb.ReconsiderationSuspensionGround, suspended.ground, law.Suspension),
        suspend_time=moment_at(suspended, "suspend_time"),
        own_will=refused.own_will or getattr(request, "own_will", False),
        settlement_harmless=getattr(request, "harmless", False),
        head_agree_time=moment_at(decision, "decide_time") if decided else None,
        discussion_record=decision.discussion_record,
        third_party_request=decision.third_party_request,
        reasons=getattr(request, "reasons", ""),
        applicant=entry.applicant,
        request=entry.request,
        channel=word(pb.ReconsiderationChannel, entry.channel, law.Channel),
        forward_document=entry.forward_document,
        competent_body=refused.competent_body,
        document=entry.document,
        third_party_evidence=decision.third_party_evidence,
        commission_opinion=decision.commission_opinion,
        annulments=words(pb.ReconsiderationAnnulment, decision.annulments, law.Annulment),
        perform_until_time=moment_at(decision, "perform_until_time"),
        signed_time=moment_at(entry, "mediation.signed_time"),
        resume_reason=suspended.resume_reason,
        clauses=tuple(entry.document_review.clauses),
        maker_notify_time=moment_at(entry, "document_review.notify_time"),
        document_dealt_time=moment_at(entry, "document_review.deal_time"),
        text=getattr(request, "text", ""),
        opinion_time=moment_at(opinion, "receive_time"),
        opinion_report_time=moment_at(opinion, "report_time"),
        presider=entry.hearing.presider,
        hearers=tuple(entry.hearing.hearers),
        recorder=entry.hearing.recorder,
        stay_time=moment_at(stay, "begin_time")
        if stay is not None and not stay.HasField("end_time")
        else None,
    )


def _course(entry: pb.Reconsideration) -> law.Course | None:
    if not entry.HasField("accept_time"):
        return None
    return law.Course.SIMPLIFIED if entry.simplified else law.Course.ORDINARY
