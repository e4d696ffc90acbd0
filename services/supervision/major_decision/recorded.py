"""What the rules ask of the record of a decision, with what the request adds to it."""

from typing import Any

from yifa.supervision.v1 import major_decision_pb2 as pb

from services.law.moment import moment_at, moment_of
from services.law.procedures.major_decision import record as law
from services.supervision.complaint.facts import word

PASSED = frozenset({pb.DECISION_REVIEW_CONCLUSION_LAWFUL, pb.DECISION_REVIEW_CONCLUSION_EXPLORATORY})


def record_of(d: pb.MajorDecision, request: Any, caller: str) -> law.DecisionRecord:
    def asked(name: str) -> str:
        return str(getattr(request, name, ""))

    excluded = tuple(
        word(pb.DecisionExclusion, e, "DECISION_EXCLUSION_", law.Exclusion) for e in d.exclusions
    )
    progress = d.progress[-1] if d.progress else pb.DecisionProgress()
    told = troubles(d)
    report = d.reports[-1] if d.reports else pb.DecisionReport()
    reported = reports_since_review(d)
    return law.DecisionRecord(
        kind=word(pb.DecisionKind, d.kind, "DECISION_KIND_", law.Kind),
        exclusions=excluded if excluded or d.none_excluded else None,
        consent=str(getattr(request, "consent_document", d.consent_document)),
        catalogue_address=d.catalogue_address,
        suggestion=suggestion_of(d.suggestion),
        start_document=request.document
        if isinstance(request, pb.AbandonMajorDecisionRequest)
        else d.start_document,
        traits=tuple(
            law.Found(word(pb.DecisionTrait, t.trait, "DECISION_TRAIT_", law.Trait), t.applies, t.reasons)
            for t in d.traits
        ),
        text=d.text,
        bases=tuple(d.bases),
        consulted=tuple(law.Consulted(c.unit, c.agrees, c.dispute) for c in d.consulted),
        none_concerned=d.none_concerned,
        draft_addresses=tuple(d.draft_addresses),
        explanation=d.explanation,
        shortened=d.shortened,
        group_opinions=d.group_opinions,
        hearing=hearing_of(d.hearing),
        adoption=d.adoption,
        secret_law=d.secret_law,
        experts=tuple(e.expert_id for e in d.experts),
        statements=tuple(e.expert_id for e in d.experts if e.stated),
        draw=draw_of(d.draw),
        opinions=tuple(law.Opinion(o.expert_id, o.text, o.signed_by) for o in d.opinions),
        opinion=law.Opinion(asked("expert_id"), asked("text"), asked("signed_by")),
        expert_adoption=d.expert_adoption,
        risk=risk_of(d.risk),
        competition=d.competition,
        competition_reviewer=d.competition_reviewer,
        procedure_note=d.procedure_note,
        review=review_of(d.reviews[-1] if d.reviews else pb.DecisionReview(), caller),
        discussion=discussion_of(d.meetings[-1] if d.meetings else pb.DecisionMeeting()),
        report_to=word(pb.DecisionReportTo, report.to, "DECISION_REPORT_TO_", law.Above),
        report_document=report.document,
        party_document=reported.get(pb.DECISION_REPORT_TO_PARTY, ""),
        congress_document=reported.get(pb.DECISION_REPORT_TO_CONGRESS, ""),
        decider=d.decider,
        decision_document=d.decision_document,
        gazette=d.gazette,
        website=d.website,
        newspaper=d.newspaper,
        adoption_note=d.adoption_note,
        executors=tuple([*(e.name for e in d.executors), *(["政府"] if d.of_office else [])]),
        file_number=d.file_number,
        pieces=tuple(word(pb.DecisionPiece, p, "DECISION_PIECE_", law.Piece) for p in d.pieces),
        archive_time=moment_at(d, "archive_time"),
        report=asked("report"),
        report_time=moment_of(progress.report_time) if d.progress else None,
        report_due_time=moment_at(d, "report_due_time"),
        trouble=trouble_of(getattr(request, "trouble", told[-1].trouble if told else 0)),
        suspender=asked("suspender"),
        reasons=asked("reasons"),
        evaluation=evaluation_of(d.evaluations[-1] if d.evaluations else pb.DecisionEvaluation()),
        pursuit=pursuit_of(d.pursuits[-1] if d.pursuits else pb.DecisionPursuit()),
    )


def reports_since_review(d: pb.MajorDecision) -> dict[int, str]:
    """What was reported above of the draft as it was reviewed last: an earlier report was of another draft."""
    reviewed = moment_at(d.reviews[-1], "conclude_time") if d.reviews else None
    since = [r for r in d.reports if reviewed is not None and moment_of(r.report_time) >= reviewed]
    return {r.to: r.document for r in since}


def troubles(d: pb.MajorDecision) -> list[pb.DecisionProgress]:
    """The troubles that were reported since it was suspended last: what was over then suspends nothing again."""
    last = moment_of(d.suspensions[-1].suspend_time) if d.suspensions else None
    return [p for p in d.progress if p.trouble and (last is None or moment_of(p.report_time) > last)]


def trouble_of(value: int) -> law.Trouble | None:
    return word(pb.DecisionTrouble, value, "DECISION_TROUBLE_", law.Trouble)  # type: ignore[no-any-return]


def suggestion_of(s: pb.DecisionSuggestion) -> law.Suggestion:
    proposer = word(pb.DecisionProposer, s.proposer, "DECISION_PROPOSER_", law.Proposer)
    return law.Suggestion(proposer, s.problem, s.reasons, s.basis, s.solution, s.feasibility, s.studied_by)


def hearing_of(h: pb.DecisionHearing) -> law.Hearing:
    return law.Hearing(
        hold_time=moment_at(h, "hold_time"),
        place=h.place,
        selection=h.selection,
        list_address=h.list_address,
        participants=tuple(h.participants),
        serve_time=moment_at(h, "serve_time"),
        receipt=h.receipt,
        introduced=h.introduced,
        debated=h.debated,
        signed=tuple(h.signed),
        minutes=h.minutes,
        told_document=h.told_document,
    )


def draw_of(d: pb.DecisionExpertDraw) -> law.Draw:
    return law.Draw(
        seed_hash=d.seed_hash,
        public_source=d.public_source,
        draw_after=moment_at(d, "draw_after"),
        listed=tuple(d.listed),
        count=d.count,
        seed=d.seed,
        public_number=d.public_number,
    )


def risk_of(r: pb.DecisionRisk) -> law.Risk:
    return law.Risk(
        r.assessor,
        tuple(r.points),
        r.prevention,
        r.contingency,
        tuple(r.heard),
        r.controllable,
        r.adjustment,
        r.existing,
    )


def review_of(r: pb.DecisionReview, caller: str) -> law.Review:
    return law.Review(
        reviewers=(caller,),
        lawful=tuple(word(pb.DecisionReviewPart, p, "DECISION_REVIEW_PART_", law.Part) for p in r.lawful),
        opinion=r.opinion,
        advisers=tuple(r.advisers),
        advice=r.advice,
        urgency=r.urgency,
        exploratory=r.exploratory,
        legal_risks=r.legal_risks,
        conclude_time=moment_at(r, "conclude_time"),
        passed=r.conclusion in PASSED,
    )


def discussion_of(m: pb.DecisionMeeting) -> law.Discussion:
    return law.Discussion(
        kind=word(pb.DecisionMeetingKind, m.kind, "DECISION_MEETING_KIND_", law.Meeting),
        hold_time=moment_at(m, "hold_time"),
        minutes=m.minutes,
        head=m.head,
        speeches=tuple(
            law.Speech(s.person, word(pb.DecisionStance, s.stance, "DECISION_STANCE_", law.Stance), s.words)
            for s in m.speeches
        ),
        against_majority=m.against_majority,
    )


def evaluation_of(e: pb.DecisionEvaluation) -> law.Evaluation:
    cause = word(pb.DecisionEvaluationCause, e.cause, "DECISION_EVALUATION_CAUSE_", law.Cause)
    return law.Evaluation(cause, e.evaluator, e.public_opinion, tuple(e.participants), e.result)


def pursuit_of(p: pb.DecisionPursuit) -> law.Pursuit:
    fault = word(pb.DecisionFault, p.fault, "DECISION_FAULT_", law.Fault)
    return law.Pursuit(fault, p.person, p.facts, p.consequences, p.competent_body, p.document)
