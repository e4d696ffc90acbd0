"""One way to break each rule of the penalty procedure in a record, for an act of it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import evidence_mark_pb2 as marks
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.law.v1.law_pb2 import Money

from services.given.case import gains
from services.law.moment import moment_at, put_moment
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.recorded import value
from tests.law.records import DAY, ELSEWHERE, World, day, yuan

# Where a record has the time of an act.
TIMES = {act: said.done for act, said in ACTS.items()}
CHILD = "440700201505010011"
"""The number of somebody born in 2015."""
# What was no law yet in the days of the records.
TO_COME = "《生态环境法典》第一千一百零七条"
Break = Callable[[cases.Case, str, World], object]


def _penalty(case: cases.Case, act: str) -> penalties.Penalty:
    found: penalties.Penalty = value(case, ACTS[act].penalty)
    return found


def _officer(who: str) -> Break:
    return lambda c, act, w: setattr(c.officers[0], "officer_id", getattr(w, who))


def _only_told(c: cases.Case, act: str, w: World) -> None:
    """The party is told an hour before the act, and has not answered."""
    c.ClearField("defence")
    if _of(c, "review.submit_time") > _of(c, "notice.serve_time"):
        put_moment(c.review.conclude_time, _of(c, "review.submit_time") + DAY / 24)
        put_moment(c.decision.decide_time, _of(c, "review.submit_time") + DAY / 12)
        act = "SUBMIT_FOR_REVIEW"
    put_moment(c.notice.serve_time, _of(c, TIMES[act]) - DAY / 24)


def _fined(c: cases.Case, act: str, w: World, amount: int = 200_000_000) -> None:
    _penalty(c, act).fine.CopyFrom(yuan(amount))
    if act in ("MAKE_DECISION", "MAKE_SPOT_DECISION"):
        c.paid.CopyFrom(yuan(amount))


def _left_the_band(c: cases.Case, act: str, w: World) -> None:
    """With a reason, approved by somebody who neither decided nor discussed it."""
    _fined(c, act, w, 300_000)
    _penalty(c, act).deviation_reason, _penalty(c, act).deviation_approver = "情节特殊", "head-9"


def _lenient_in_name(c: cases.Case, act: str, w: World) -> None:
    _fined(c, act, w)
    _penalty(c, act).lenience.CopyFrom(
        penalties.Lenience(degree=1, grounds=[2], reasons="已消除危害后果", evidence_ids=["E-1"])
    )


def _closed_in_lenience(c: cases.Case, act: str, w: World) -> None:
    _lenient_in_name(c, act, w)
    _penalty(c, act).kinds.append(penalties.PENALTY_KIND_CLOSURE)


def _not_responsible(c: cases.Case, act: str, w: World) -> None:
    _citizen("440700198512317017")(c, act, w)
    c.evidence_marks.add(evidence_id="E-9", responsibility=marks.RESPONSIBILITY_NONE)


def _weighed(c: cases.Case, verdict: int) -> None:
    """All evidence of the case, and of that alone."""
    for mark in c.evidence_marks:
        mark.verdict = verdict


def _gained(c: cases.Case, act: str, amount: float) -> None:
    """Gains of another amount than is confiscated; on the spot nothing is, but what a form says."""
    penalty = _penalty(c, act)
    penalty.gains.CopyFrom(gains(amount))
    if amount == 1:
        penalty.kinds.append(penalties.PENALTY_KIND_CONFISCATION_OF_GAINS)
        penalty.confiscation.CopyFrom(yuan(1_000))


def _minor(c: cases.Case, act: str, w: World) -> None:
    """A fine that is not filed with the city, whatever the record says of it."""
    for penalty in (c.proposal, c.notice.penalty, c.decision.penalty):
        penalty.fine.CopyFrom(yuan(30_000))
    c.decision.major = False
    c.paid.CopyFrom(yuan(30_000))


def _never_heard(c: cases.Case, act: str, w: World) -> None:
    for field in ("hearing_time", "hearing_host", "hearing_record", "waive_time", "waive_proof"):
        c.defence.ClearField(field)
    put_moment(c.defence.hearing_request_time, _of(c, "notice.serve_time") + 1.5 * DAY)


def heard_after_the_review(c: cases.Case, act: str, w: World) -> None:
    """Where the party was told of no penalty, at once after the inquiry."""
    told = moment_at(c, "notice.serve_time")
    for n, field in enumerate(("hearing_request_time", "hearing_time", "recheck_time", "waive_time")):
        later = 2 + 10 * bool(n) + n / 4 if told is not None else 1 + n / 4
        put_moment(getattr(c.defence, field), (told or _of(c, "inquiry_end_time")) + later * DAY)
    c.defence.hearing_host, c.defence.hearing_record = "host-1", "听证笔录"
    c.hearing.minutes.signed = True


def _asked_late(c: cases.Case, act: str, w: World) -> None:
    put_moment(c.defence.hearing_request_time, _of(c, "notice.serve_time") + 8 * DAY)


def _heard_without(c: cases.Case, act: str, w: World, paper: str) -> None:
    if not c.defence.HasField("hearing_time"):
        heard_after_the_review(c, act, w)
    c.hearing.ClearField(paper)


def _unanswered(c: cases.Case, act: str, w: World) -> None:
    """The party was heard, and the decision answers nothing of it."""
    if not c.defence.HasField("hearing_time"):
        heard_after_the_review(c, act, w)
    (c.no_penalty if act == "DECIDE_NO_PENALTY" else c.decision).ClearField("hearing_answers")


def _graver_without_an_item(c: cases.Case, act: str, w: World) -> None:
    """A licence is revoked, and no item of a power list is named."""
    c.item_id = ""
    _penalty(c, act).kinds.append(penalties.PENALTY_KIND_REVOCATION_OF_LICENCE)


def _announced_at_the_end(c: cases.Case, act: str, w: World) -> None:
    """The thirty days of a public notice run when the case is closed; on the spot the report to the own agency is still due."""
    if c.procedure == cases.PROCEDURE_SUMMARY:
        c.ClearField("spot_report_time")
    else:
        c.announcement.CopyFrom(cases.Announcement(cause="下落不明", whereabouts="E-1", address="公告栏"))
        put_moment(c.announcement.announce_time, _of(c, "close_time") - DAY / 24)


def _of(c: cases.Case, path: str) -> datetime:
    found = moment_at(c, path)
    assert found is not None
    return found


def _aside(c: cases.Case, act: str, w: World) -> None:
    """Who does the act had to stand aside from the beginning."""
    _of_doer(c, act, cases.RECUSAL_STATE_GRANTED)


def _of_doer(c: cases.Case, act: str, state: int) -> None:
    doer = {
        "FILE_CASE": c.filer,
        "HOLD_HEARING": c.defence.hearing_host,
        "MAKE_DECISION": c.decision.decider,
        "DECIDE_NO_PENALTY": c.no_penalty.decider,
        "DECIDE_DEFERRAL": c.deferral.decider,
    }.get(act, c.review.reviewer)
    c.recusals.add(recusal_id="A-1", officer_id=doer, state=state, request_time=day(0))


def _signed_by(c: cases.Case, act: str, who: str) -> None:
    match act:
        case "FILE_CASE":
            c.filer = who
        case "DECIDE_DEFERRAL":
            c.deferral.decider = who
        case "APPOINT_HEARING_PANEL":
            c.hearing.appointer = who
        case _:
            _decided_by(c, act, who)


def _citizen(number: str) -> Break:
    def change(c: cases.Case, act: str, w: World) -> None:
        c.party.kind, c.party.identity_number = parties.PARTY_KIND_CITIZEN, number

    return change


def _ground(name: str) -> Break:
    return lambda c, act, w: setattr(
        c.no_penalty.outcome, "ground", penalties.NoPenaltyGround.Value(f"NO_PENALTY_GROUND_{name}")
    )


def _second_offence(c: cases.Case, act: str, w: World) -> None:
    _ground("FIRST_OFFENCE")(c, act, w)
    c.party.identity_number = w.penalised


def _decided_by(c: cases.Case, act: str, who: str) -> None:
    part = c.no_penalty if act == "DECIDE_NO_PENALTY" else c.decision
    part.decider = who


def _filed_before(c: cases.Case, act: str, w: World) -> None:
    c.party.name = w.filed


def _another_body(which: str) -> Break:
    """A body of the same field, of which something else is known."""
    return lambda c, act, w: setattr(c, "body_id", f"{c.body_id}-{which}")


def _item(which: str) -> Break:
    return lambda c, act, w: setattr(c, "item_id", getattr(w, which))


def _on_what_ended(c: cases.Case, act: str, w: World) -> None:
    """Resting on a law that ended, perhaps before the act: when that was is not told."""
    c.violation.law = "《行政处罚法（1996年）》第二十九条"
    c.violation.ClearField("occur_time")


def _published_after(c: cases.Case, act: str, w: World) -> None:
    put_moment(c.publish_time, _of(c, "set_aside.set_aside_time") + DAY / 2)


def _a_person(number: str) -> Break:
    def change(c: cases.Case, act: str, w: World) -> None:
        c.party.kind, c.party.identity_number = parties.PARTY_KIND_CITIZEN, number

    return change


def _without(*parts: str) -> Break:
    def change(c: cases.Case, act: str, w: World) -> None:
        for part in parts:
            *way, field = part.split(".")
            (value(c, ".".join(way)) if way else c).ClearField(field)

    return change


def _set(path: str, new: object) -> Break:
    *way, field = path.split(".")
    return lambda c, act, w: setattr(value(c, ".".join(way)) if way else c, field, new)


def _decided_the_same_before(c: cases.Case, act: str, w: World) -> None:
    """The same was annulled for want of evidence, and none was gathered since."""
    was = c.earlier_decisions.add(evidence_count=c.evidence_count)
    was.decision.penalty.CopyFrom(c.decision.penalty)
    was.no_penalty.CopyFrom(c.no_penalty)
    was.anew.document = "示府行复〔2026〕7号"


def _kept_by_the_agency(c: cases.Case, act: str, w: World) -> None:
    """Collected on the spot a day before the case was closed, and not taken to the bank."""
    put_moment(c.collection.collect_time, _of(c, "close_time") - DAY)


# fmt: off
BREAKS: Mapping[str, Break] = {
    "body_confirmed": _another_body("young"),
    "body_lasts": _another_body("ended"),
    "item_held": _item("others_item"),
    "within_mandate": _another_body("entrusted"),
    "place_inside": _set("area_code", ELSEWHERE),
    "level_competent": _item("district_item"),
    "first_to_file": _filed_before,
    "occur_time_stated": lambda c, act, w: c.violation.ClearField("occur_time"),
    "happened": lambda c, act, w: c.violation.occur_time.CopyFrom(day(900)),
    "within_limitation": lambda c, act, w: c.violation.occur_time.CopyFrom(day(-1900)),
    "first_evidence": _without("clue.evidence"),
    "punishable": _without("violation.law", "item_id"),
    "basis_was_law": _set("violation.law", TO_COME),
    "basis_holds": _set("violation.law", TO_COME),
    "documents_usable": _set("violation.law", "示环规〔2020〕9号第三条"),
    "benchmark_holds": lambda c, act, w: setattr(_penalty(c, act), "benchmark_id", w.benchmark_to_come),
    "benchmark_usable": lambda c, act, w: setattr(_penalty(c, act), "benchmark_id", w.benchmark_off_list),
    "law_chosen": _on_what_ended,
    "two_officers": lambda c, act, w: c.officers.pop(),
    "replaced": lambda c, act, w: c.officers.pop(),
    "certified": _officer("uncertified"),
    "not_suspended": _officer("suspended"),
    "in_scope": _officer("other_field"),
    "in_area": _officer("elsewhere"),
    "certificate_shown": lambda c, act, w: c.spot.ClearField("certificate_shown"),
    "reconsideration_first_told": _without("spot.reconsideration_authority"),
    "form_complete": lambda c, act, w: c.spot.ClearField("statement_heard"),
    "violation_stated": lambda c, act, w: c.violation.ClearField("title"),
    "signed_or_noted": lambda c, act, w: c.spot.ClearField("party_signed"),
    "form_unused": lambda c, act, w: setattr(c.decision, "document_number", w.form_used),
    "not_fined_before": lambda c, act, w: setattr(c.party, "identity_number", w.penalised),
    "not_filed_before": _filed_before,
    "by_officer_named": _set("decision.decider", "head-1"),
    "evidence_recorded": _without("evidence_count"),
    "rests_on_verified": lambda c, act, w: _weighed(c, marks.EVIDENCE_VERDICT_NOT_RELIED),
    "all_examined": lambda c, act, w: _weighed(c, marks.EVIDENCE_VERDICT_UNSPECIFIED),
    "kinds_allowed": lambda c, act, w: _penalty(c, act).ClearField("kinds"),
    "correction_ordered": lambda c, act, w: _penalty(c, act).ClearField("correction_order"),
    "band_stated": lambda c, act, w: _penalty(c, act).ClearField("band_code"),
    "inside_band": _fined,
    "within_statute": _fined,
    "departure_approved": _left_the_band,
    "within_spot_limit": lambda c, act, w: _fined(c, act, w, 3_001),
    "reviewer_apart": lambda c, act, w: setattr(c.review, "reviewer", w.officers[0]),
    "advisers_stand": lambda c, act, w: (c.review.advisers.append("AV-invented"), setattr(c.review, "advice", "同意")),
    "adviser_heard": lambda c, act, w: setattr(c.review, "advice", "同意"),
    "reviewer_qualified": lambda c, act, w: setattr(c.review, "reviewer", w.unqualified),
    "not_recused": _aside,
    "notice_complete": _without("notice.reasons"),
    "hearing_right_told": _without("notice.hearing_right_told"),
    "review_passed": _without("review"),
    "waived_in_writing": _without("defence.waive_proof"),
    "request_in_time": _asked_late,
    "host_apart": lambda c, act, w: setattr(c.defence, "hearing_host", w.officers[0]),
    "hearing_held": _never_heard,
    "window_over": _only_told,
    "defence_rechecked": _without("defence.recheck_time", "defence.recheck_opinion"),
    "decider_apart": lambda c, act, w: _decided_by(c, act, w.officers[0]),
    "decider_not_reviewer": lambda c, act, w: _decided_by(c, act, c.review.reviewer),
    "by_head": lambda c, act, w: _signed_by(c, act, "head-6"),
    "head_apart": lambda c, act, w: _signed_by(c, act, w.officers[0]),
    "filer_not_officer": lambda c, act, w: setattr(c, "filer", w.officers[0]),
    "members_are_heads": lambda c, act, w: c.decision.discussion_members.append("head-6"),
    "own_recusal_settled": lambda c, act, w: _of_doer(c, act, cases.RECUSAL_STATE_PENDING),
    "reviewed_after_hearing": heard_after_the_review,
    "reviewer_not_host": lambda c, act, w: setattr(c.hearing, "host", c.review.reviewer),
    "host_not_reviewer": lambda c, act, w: c.reviewers.append(c.defence.hearing_host),
    "by_host": _set("hearing.host", "host-7"),
    "noticed_in_time": lambda c, act, w: c.hearing.notice_time.CopyFrom(day(26)),
    "on_its_day": lambda c, act, w: c.hearing.hold_time.CopyFrom(day(34)),
    "open_to_the_public": lambda c, act, w: c.hearing.announce_time.CopyFrom(day(32)),
    "agents_few": lambda c, act, w: c.hearing.minutes.agents.extend(["甲", "乙", "丙"]),
    "minutes_complete": lambda c, act, w: c.hearing.minutes.ClearField("party_spoke"),
    "decided_on_minutes": lambda c, act, w: _heard_without(c, act, w, "minutes"),
    "hearing_reported": lambda c, act, w: _heard_without(c, act, w, "report"),
    "not_heavier": lambda c, act, w: _fined(c, act, w, 150_000),
    "discussed": _without("decision.discussion"),
    "discussed_as_the_sector_asks": _without("decision.discussion"),
    "heads_apart": lambda c, act, w: c.decision.discussion_members.append(w.officers[0]),
    "none_pending": lambda c, act, w: c.recusals.add(
        recusal_id="A-1", officer_id="head-7", state=cases.RECUSAL_STATE_PENDING, request_time=day(1)),
    "age_known": _citizen("E12345678"),
    "old_enough": _citizen(CHILD),
    "answerable": _not_responsible,
    "partly_shown": lambda c, act, w: _penalty(c, act).lenience.grounds.append(7),
    "young_lighter": _citizen("440700201001010018"),
    "lenience_grounded": lambda c, act, w: setattr(_penalty(c, act).lenience, "degree", 1),
    "young_shown": lambda c, act, w: _penalty(c, act).lenience.grounds.append(1),
    "shown_counted": lambda c, act, w: c.evidence_marks[0].circumstances.append(2),
    "lenience_kept": lambda c, act, w: c.notice.penalty.lenience.grounds.append(2),
    "lighter": _lenient_in_name,
    "lighter_in_kind": _closed_in_lenience,
    "gains_stated": lambda c, act, w: _penalty(c, act).ClearField("gains"),
    "gains_agree": lambda c, act, w: setattr(_penalty(c, act).gains, "restitution_to", "受害人"),
    "no_more_than_gained": lambda c, act, w: _gained(c, act, 1),
    "gains_confiscated": lambda c, act, w: _gained(c, act, 2_000),
    "grounded": lambda c, act, w: c.no_penalty.outcome.ClearField("reasons"),
    "child": _ground("UNDER_FOURTEEN"),
    "found_not_responsible": _ground("NOT_RESPONSIBLE"),
    "first_offence": _second_offence,
    "limitation_over": _ground("LIMITATION"),
    "guardian_told": _ground("UNDER_FOURTEEN"),
    "taught": lambda c, act, w: c.no_penalty.outcome.ClearField("education"),
    "told_of_no_penalty": _without("service"),
    "refused_before_witness": lambda c, act, w: setattr(c.service, "method", 2),
    "direct_failed": lambda c, act, w: setattr(c.service, "method", 4),
    "other_ways_failed": lambda c, act, w: c.announcement.ClearField("whereabouts"),
    "points_minuted": lambda c, act, w: c.hearing.minutes.ClearField("points"),
    "hearing_answered": _unanswered,
    "decision_whole": _without("decision.paper.court"),
    "seal_own": _set("decision.paper.seal", "another"),
    "bank_designated": _set("decision.paper.bank", "另一银行"),
    "enough_on_the_spot": lambda c, act, w: c.officers.pop(),
    "kinds_given": _graver_without_an_item,
    "clocks_over": _announced_at_the_end,
    "notice_run_out": lambda c, act, w: setattr(c.service, "method", 5),
    "electronic_consented": lambda c, act, w: setattr(c.service, "method", 3),
    "no_other_way": lambda c, act, w: c.announcement.ClearField("cause"),
    "receipt_given": _without("service.receipt"),
    "paid_to_bank": lambda c, act, w: c.payments[0].ClearField("bank_reference"),
    "applied_in_writing": _without("deferral.application"),
    "fine_left": _without("decision.penalty.fine"),
    "deferral_asked": _without("deferral.request_time"),
    "refusal_reasoned": _set("deferral.approved", False),
    "deferral_in_time": lambda c, act, w: c.deferral.decide_time.CopyFrom(day(80)),
    "instalments_whole": lambda c, act, w: c.instalments.pop(),
    "collected_apart": lambda c, act, w: setattr(c.payments[0], "recorder", w.officers[0]),
    "not_overpaid": lambda c, act, w: c.paid.CopyFrom(Money(fen=c.decision.penalty.fine.fen + 1)),
    "decision_made": _without("decision"),
    "not_the_same_again": _decided_the_same_before,
    "decision_there": _without("decision"),
    "stands": _published_after,
    "of_age": _a_person("440700201001010018"),
    "age_shown": _a_person("P1234567"),
    "to_be_withdrawn": _without("set_aside"),
    "reasons_public": _without("withdrawal.explanation"),
    "major": _minor,
    "settled": _without("perform_time", "paid", "payments"),
    "collected_banked": _kept_by_the_agency,
    "given_back": lambda c, act, w: c.earlier_decisions.add(paid={"fen": 100}, anew={"outcome_time": day(1)}),
    "corrected": _without("closing"),
    "not_in_future": lambda c, act, w: value_at(c, act).CopyFrom(day(400)),
    "in_order": lambda c, act, w: value_at(c, act).CopyFrom(day(-10)),
}
# fmt: on
# A record has one place for what these ask to be done once, so that it cannot tell of it twice.
TOLD_ONCE = frozenset(
    {
        ("not_published_yet", "PUBLISH_DECISION"),
        ("not_served_yet", "SERVE_DECISION"),
        ("not_withheld", "PUBLISH_DECISION"),
        ("not_announced_yet", "ANNOUNCE_SERVICE"),
        ("none_waits", "REQUEST_DEFERRAL"),
        ("not_undone_yet", "RECORD_SET_ASIDE"),
        ("outcome_not_known", "RECORD_SET_ASIDE"),
        # A report tells that it was set aside; what took its place is told by its stage.
        ("change_not_heavier", "RECORD_SET_ASIDE"),
        *((f"gains_{each}", "RECORD_SET_ASIDE") for each in ("stated", "agree", "confiscated")),
        ("no_more_than_gained", "RECORD_SET_ASIDE"),
        ("not_filed_yet", "FILE_MAJOR_PENALTY"),
        ("not_reported_yet", "REPORT_SPOT_DECISION"),
        ("not_heard_yet", "REQUEST_HEARING"),
    }
)


def value_at(case: cases.Case, act: str) -> Timestamp:
    """The time of an act in the record."""
    found: Timestamp = value(case, TIMES[act])
    return found
