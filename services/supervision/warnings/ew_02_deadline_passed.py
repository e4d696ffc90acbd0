"""EW-02: a statutory term ended, and the thing is undone."""

from collections.abc import Iterable

from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED, CLOCK_STATE_MET
from yifa.supervision.v1 import outside_decision_pb2 as outside

from services.law.clock import catalogue
from services.law.moment import moment_of
from services.law.procedures.outside_decision import CARRY_OUT, REVIEWED
from services.supervision.compensation.judging import SeenCompensation
from services.supervision.outside_decision.judging import SeenOutsideDecision
from services.supervision.permit.judging import PROMISE, TERM, SeenPermit, passed
from services.supervision.reconsideration.judging import SeenReconsideration
from services.supervision.suggestion.judging import SeenSuggestion
from services.supervision.warning.catalogue import ORANGE, RED, YELLOW, Finding, also, said, warning
from services.supervision.warning.seen import SeenClock

# When these run out the procedure itself is spoilt: the decision, and its service.
GRAVE = frozenset({"PEN-15", "PEN-16"})


@warning("EW-02", ORANGE, law="", zh="期限超期", en="Deadline passed", watches="clock")
def deadline_passed(seen: SeenClock) -> Iterable[Finding]:
    """A term of the agency or the city that ended before what it is for was done; red where that spoils the procedure, and
    at the second reminder. What a warning of its own speaks of is left to that.
    """
    if not (seen.passed or seen.late) or seen.has_own or not seen.is_duty:
        return
    clock, due = seen.clock, said(seen.row.due_time)
    yield Finding(
        at=seen.row.due_time,
        zh=f"“{clock.title_zh}”期限已于{due}届满，至今没有完成。",
        en=f"The term “{clock.title_en}” ended on {due} and the thing is still undone.",
        about=seen.about,
        reason="CLOCK_PASSED",
        level=RED if seen.again or seen.clock_id in GRAVE else ORANGE,
        law=seen.row.law,
        node=seen.whose,
        clock_id=seen.clock_id,
        over=seen.late,
    )


# In a reconsideration: what follows from the silence of the agency is annulment (ARL 70).
UNANSWERED = frozenset({"REC-08", "REC-10"})
OF_THE_AGENCY, OF_THE_BODY = "agency", frozenset({"recon_body", "maker"})


@also("EW-02", "reconsideration")
def reconsideration_overdue(seen: SeenReconsideration) -> Iterable[Finding]:
    """In a reconsideration a term of the agency, the reconsideration body or the maker of a document ended before what it is for
    was done; red where the agency did not reply. What the applicant lets pass is its own.
    """
    for deadline in seen.record.deadlines:
        clock, due = catalogue()[deadline.clock_id], moment_of(deadline.due_time)
        late = deadline.state == CLOCK_STATE_MET and moment_of(deadline.stop_time) > due
        duty = clock.direction == "after" and clock.who in {OF_THE_AGENCY, *OF_THE_BODY}
        if not duty or not (late or deadline.state == CLOCK_STATE_EXPIRED):
            continue
        who = f"{seen.record.body_name}（{seen.record.applicant}申请的行政复议）"
        yield Finding(
            at=due,
            zh=f"{who}“{clock.title_zh}”期限已于{said(due)}届满，至今没有完成。",
            en=f"The term “{clock.title_en}” in the reconsideration asked for by {seen.record.applicant} of what "
            f"{seen.record.body_name} did ended on {said(due)} and the thing is still undone.",
            about=deadline.clock_id,
            reason="CLOCK_PASSED",
            level=RED if deadline.clock_id in UNANSWERED else ORANGE,
            law=clock.law,
            node="" if clock.who == OF_THE_AGENCY else seen.look.city,
            clock_id=deadline.clock_id,
            over=late,
        )


KEPT = "CITY-ERS:3(7)"
"""Whoever promised a shorter time keeps it."""


@also("EW-02", "permit")
def permit_overdue(seen: SeenPermit) -> Iterable[Finding]:
    """Of an application for a permit a term of the agency ended before what it is for was done (ALIC 32, 42-44, 47, 55); or the
    time that the body promised, and the applicant got nothing for it yet (CITY-ERS 3(7), where it binds or was adopted).
    """
    record = seen.record
    what = f"{record.applicant.name}“{record.terms.title}”申请（{record.number}）"
    what_en = f"the application {record.number} of {record.applicant.name} for {record.terms.title}"
    for clock, due, late in passed(record):
        yield Finding(
            at=due,
            zh=f"{what}“{clock.title_zh}”期限已于{said(due)}届满，至今没有完成。",
            en=f"The term “{clock.title_en}” of {what_en} ended on {said(due)} and the thing is still undone.",
            about=clock.id,
            reason=TERM,
            law=clock.law,
            clock_id=clock.id,
            over=late,
        )
    kept = seen.look.parameters.binding(KEPT)
    if kept and record.promise.HasField("break_time"):
        broken = moment_of(record.promise.break_time)
        yield Finding(
            at=broken,
            zh=f"{what}超过承诺的{record.promise.days}个工作日（{said(broken)}），尚未登记补偿。",
            en=f"The {record.promise.days} working days promised for {what_en} were over on {said(broken)}, and no compensation "
            "is on record.",
            reason=PROMISE,
            level=YELLOW,
            law=kept,
            over=record.promise.HasField("compensate_time"),
        )


TREASURY = "treasury"


@also("EW-02", "compensation")
def compensation_overdue(seen: SeenCompensation) -> Iterable[Finding]:
    """In a claim of state compensation a term of the agency or of the finance department ended before what it is for was done
    (SCL 12(4), 13, 37(3)); red where no decision came. What the claimant lets pass is its own.
    """
    for deadline in seen.record.deadlines:
        clock, due = catalogue()[deadline.clock_id], moment_of(deadline.due_time)
        late = deadline.state == CLOCK_STATE_MET and moment_of(deadline.stop_time) > due
        duty = clock.who in (OF_THE_AGENCY, TREASURY)
        if not duty or not (late or deadline.state == CLOCK_STATE_EXPIRED):
            continue
        yield Finding(
            at=due,
            zh=f"{seen.record.body_name}（{seen.record.claimant}请求的国家赔偿）“{clock.title_zh}”期限已于{said(due)}届满，"
            "至今没有完成。",
            en=f"The term “{clock.title_en}” in the claim of compensation by {seen.record.claimant} against "
            f"{seen.record.body_name} ended on {said(due)} and the thing is still undone.",
            about=deadline.clock_id,
            reason="CLOCK_PASSED",
            level=RED if deadline.clock_id == "CMP-03" else ORANGE,
            law=clock.law,
            node="" if clock.who == OF_THE_AGENCY else seen.look.city,
            clock_id=deadline.clock_id,
            over=late,
        )


@also("EW-02", "suggestion")
def suggestion_unanswered(seen: SeenSuggestion) -> Iterable[Finding]:
    """What a court, a procuratorate, deputies or the CPPCC suggested was not answered when its term ended (PPOL 21(1), DRL 51(2);
    CBZ-2019-7 25).
    """
    for deadline in seen.record.deadlines:
        clock, due = catalogue()[deadline.clock_id], moment_of(deadline.due_time)
        late = deadline.state == CLOCK_STATE_MET and moment_of(deadline.stop_time) > due
        if not (late or deadline.state == CLOCK_STATE_EXPIRED):
            continue
        yield Finding(
            at=due,
            zh=f"{seen.record.body_name}对{seen.record.maker}{seen.record.number}的答复期限已于{said(due)}届满，至今没有答复。",
            en=f"The time of {seen.record.body_name} to answer {seen.record.number} of {seen.record.maker} ended on {said(due)}, "
            "and it is not answered.",
            about=deadline.clock_id,
            reason="CLOCK_PASSED",
            law=clock.law,
            clock_id=deadline.clock_id,
            over=late,
        )


BASIS = {
    outside.OUTSIDE_BODY_KIND_AUDIT: "AUD-2021:52",
    outside.OUTSIDE_BODY_KIND_SUPERVISION: "OPR-SUP:12;CITY-ERS:6(5)",
    outside.OUTSIDE_BODY_KIND_INSPECTION: "GIR-2020:18",
}
"""The article by which each kind of decision has to be carried out."""


@also("EW-02", "outside_decision")
def outside_decision_unanswered(seen: SeenOutsideDecision) -> Iterable[Finding]:
    """What an audit or supervision body or an inspection ordered was not reported on when its term ended (AUD 52, GIR 18;
    OPR-SUP 12); or the review of a conclusion was not decided in time (GIR 17), which is the city's.
    """
    record = seen.record
    for deadline in (d for d in record.deadlines if d.clock_id in (CARRY_OUT, REVIEWED)):
        clock, due = catalogue()[deadline.clock_id], moment_of(deadline.due_time)
        late = deadline.state == CLOCK_STATE_MET and moment_of(deadline.stop_time) > due
        if not (late or deadline.state == CLOCK_STATE_EXPIRED):
            continue
        ordered = deadline.clock_id == CARRY_OUT
        law = seen.look.parameters.cited(BASIS[record.kind]) if ordered else clock.law
        what, what_en = (
            ("落实情况", "The report on") if ordered else ("复核决定", "The decision on the review of")
        )
        yield Finding(
            at=due,
            zh=f"{record.body_name}（{record.authority}{record.document_number}）的{what}应当于{said(due)}前作出，至今没有。",
            en=f"{what_en} {record.document_number} of {record.authority} about {record.body_name} was due by {said(due)} and is "
            "not there.",
            about=deadline.clock_id,
            reason="CLOCK_PASSED",
            law=law,
            node="" if ordered else seen.look.city,
            clock_id=deadline.clock_id,
            over=late,
        )
