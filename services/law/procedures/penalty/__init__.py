"""The penalty procedure (行政处罚): ordinary in both orders of legal review, and summary, as tables of moves.

What is said of each act is in acts.py, the facts are in facts.py, the rules in the file of the stage that they bear on;
recorded.py tells the facts from a record.
"""

from yifa.enforcement.v1 import case_pb2 as cases

from services.law.moment import moment_of
from services.law.procedure import Procedure
from services.law.procedures.penalty import archive as v
from services.law.procedures.penalty import beside as x
from services.law.procedures.penalty import body as b
from services.law.procedures.penalty import (
    collection,
    outcome,
    refund,
    remedy,
    service,
    stay,
    suspension,
    taking,
)
from services.law.procedures.penalty import correction as c
from services.law.procedures.penalty import decision as d
from services.law.procedures.penalty import decision_paper as a
from services.law.procedures.penalty import defence as p
from services.law.procedures.penalty import deferral as f
from services.law.procedures.penalty import discretion as n
from services.law.procedures.penalty import ending as e
from services.law.procedures.penalty import gains as z
from services.law.procedures.penalty import heads as h
from services.law.procedures.penalty import hearing as g
from services.law.procedures.penalty import inquiry as i
from services.law.procedures.penalty import law_then as l
from services.law.procedures.penalty import lenience as y
from services.law.procedures.penalty import no_penalty as u
from services.law.procedures.penalty import own_correction as q
from services.law.procedures.penalty import performance as o
from services.law.procedures.penalty import proving as k
from services.law.procedures.penalty import publicity as w
from services.law.procedures.penalty import questioning as j
from services.law.procedures.penalty import recusal as r
from services.law.procedures.penalty import same_act as m
from services.law.procedures.penalty import spot as s
from services.law.procedures.penalty import transfer as t
from services.law.procedures.penalty.acts import ACTS, DECISION, DEFENCE, INQUIRY, REVIEW, Entry
from services.law.procedures.penalty.amounts import beyond_warning
from services.law.procedures.penalty.closing_clocks import clocks_over
from services.law.procedures.penalty.facts import PenaltyFacts
from services.law.procedures.shared import (
    by_head,
    certificate_shown,
    certified,
    in_order,
    instructed,
    not_in_future,
    not_stayed,
    not_suspended,
    two_officers,
    under,
)
from services.law.process import Line, Process, table

_ON_TIME = (b.body_lasts, not_in_future, in_order)
_POWER = (b.item_held, b.within_mandate)
_JURISDICTION = (b.place_inside, b.level_competent)
_QUALIFIED = (certified, not_suspended, i.in_scope, i.in_area)
_CERTIFIED = (two_officers, *_QUALIFIED)
_BASIS = (l.basis_holds, l.documents_usable, l.law_chosen)
_AGE = (u.age_known, u.old_enough, y.young_lighter)
_GAINS = (z.gains_stated, z.gains_agree, z.no_more_than_gained, z.gains_confiscated)
_PENALTY = (
    *_AGE, d.kinds_allowed, d.kinds_given, d.correction_ordered, n.band_stated, n.inside_band, n.within_statute,
    y.lenience_grounded, y.young_shown, y.partly_shown, y.lighter, y.lighter_in_kind, *_GAINS, *_BASIS,
    l.benchmark_holds, l.benchmark_usable,
    m.not_fined_before,
)  # fmt: skip
# On the spot no evidence is recorded before the decision, an expert's opinion neither.
_PROVED = (k.rests_on_verified, k.all_examined, u.answerable)
_FIELD_ACT = (
    *_ON_TIME, i.by_handling_officers, i.collected_on_case, *_CERTIFIED, certificate_shown, i.admissible, i.rights_told,
    j.inquiry_told, j.heard_alone, j.heard_apart, j.inquiry_signed,
    taking.origin_stated, taking.site_minuted, taking.called_to_site, taking.site_signed,
    taking.sampled_before_party, taking.sample_sealed, taking.sampler_qualified, taking.sampler_listed,
    taking.device_reviewed, taking.monitoring_record_fit, taking.monitoring_told,
)  # fmt: skip
_NOTICE = (
    *_ON_TIME,
    i.by_handling_officers,
    r.replaced,
    *_QUALIFIED,
    p.notice_complete,
    p.hearing_right_told,
    *_AGE,
    u.answerable,
    *_BASIS,
)
# What was decided after a hearing rests on its minutes (APL 65).
_HEARD = (g.decided_on_minutes, g.hearing_reported, g.hearing_answered)
_NO_PENALTY = (
    k.all_examined, u.grounded, u.ground_proved, u.child, u.found_not_responsible, u.first_offence, u.limitation_over, u.taught,
)  # fmt: skip
_DECIDE = (
    b.body_confirmed, *_POWER, outcome.not_the_same_again, d.review_passed, p.window_over, p.hearing_held, p.defence_rechecked,
    d.decider_apart, d.decider_not_reviewer, *_HEARD,
    *_PROVED, *_PENALTY, n.departure_approved, d.not_heavier, y.lenience_proved, y.shown_counted,
    y.lenience_kept,
    d.discussed, d.discussed_as_the_sector_asks, d.heads_apart, h.members_are_heads, r.none_pending,
    x.not_in_place_of_referral, x.no_fine_after_sentence, instructed,
)  # fmt: skip
_ENDED = (
    not_in_future,
    in_order,
    outcome.decision_there,
    outcome.outcome_not_known,
    outcome.remedy_named,
    outcome.change_not_heavier,
    q.by_another_authority,
)
_REPLACED = (*_ENDED, *_GAINS)
_OWN = (outcome.decision_there, outcome.not_undone_yet, q.error_shown, q.change_lighter)
_OWN_DECIDED = (q.correction_proposed, *_OWN, q.decided_by_another, instructed)
_LIMITATION = (i.occur_time_stated, i.happened, i.within_limitation)
_SPOT = (
    b.body_confirmed, *_POWER, *_JURISDICTION, not_in_future, *_LIMITATION, i.by_officer_named, s.enough_on_the_spot,
    *_QUALIFIED, certificate_shown, s.violation_stated, d.form_complete, s.signed_or_noted,
    s.reconsideration_first_told, s.form_unused, d.within_spot_limit, a.decision_whole, a.bank_designated,
    *_PENALTY, n.departure_approved, m.not_filed_before,
)  # fmt: skip
_SERVED = (
    service.receipt_given, service.electronic_consented, service.refused_and_left, service.direct_failed, service.notice_run_out,
)  # fmt: skip
_OWN_SERVED = (*_ON_TIME, i.by_handling_officers, q.paper_unserved, *_SERVED)
_ANNOUNCED = (
    *_ON_TIME,
    i.by_handling_officers,
    service.no_other_way,
    service.other_ways_failed,
    service.not_announced_yet,
)
_OWN_ANNOUNCED = (
    *_ON_TIME, i.by_handling_officers, q.paper_unserved, service.no_other_way, service.other_ways_failed, q.paper_unannounced,
)  # fmt: skip
_PAY = (not_in_future, in_order, e.paid_to_bank, e.collected_apart, e.not_overpaid)
_REFUND = (
    not_in_future, refund.something_due, refund.not_beyond_due, refund.refund_shown, refund.refund_not_known,
    refund.refunded_apart,
)  # fmt: skip
_COLLECT = (
    not_in_future, in_order, i.by_handling_officers, collection.collectable, collection.receipt_handed_over,
    collection.receipt_issued, collection.receipt_unused, collection.whole, under(not_stayed, stay.LAW, warning="EW-33"),
)  # fmt: skip
_PASS_ON = (not_in_future, in_order, collection.step_before_done, collection.step_not_done)

_SLIP = (c.correctable, c.slip_shown, c.still_wrong, c.in_its_place, i.by_handling_officers)
_CORRECT = (c.correction_pending, c.correctable, c.still_wrong, c.in_its_place, c.another_approves)
# From the end of the inquiry to the decision.
REPORTED = "INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED"
UNDECIDED = "FILED INVESTIGATING INVESTIGATED REVIEWING REVIEWED NOTICED DEFENCE HEARING_SET HEARD RECHECKED"
DECIDED = "DECIDED SERVED PERFORMED CLOSED"
# Where a case may stand whose decision was annulled and has to be made anew.
_ANEW = f"CLUE {UNDECIDED} SUSPENDED NO_PENALTY TERMINATED NOT_FILED TRANSFERRED_OUT"
# Before a decision, also while the inquiry stands still.
PENDING = f"CLUE {UNDECIDED} SUSPENDED"


def _in_case(*lines: Line) -> tuple[Line, ...]:
    """Every act in a case that began is closed to those who stand aside from it."""
    return tuple(
        (act, sources, target, law, (*held, r.not_recused) if sources else held)
        for act, sources, target, law, held in lines
    )


# Acts of heads before anybody is named to handle the case.
_UNHANDLED = frozenset({"DECLINE_CLUE", "FILE_CASE", "DISPUTE_TRANSFER", "REFER_DISPUTE", "TAKE_BACK_CLUE"})
# Acts in which somebody weighs the case, besides those that wait for every recusal to be decided.
_WEIGHING = frozenset(
    {
        "FILE_CASE",
        "TRANSFER_CASE",
        "PASS_REVIEW",
        "RETURN_REVIEW",
        "HOLD_HEARING",
        "END_HEARING",
        "TERMINATE_CASE",
    }
)


def _by_whom(line: Line) -> Line:
    """What is for a head alone asks for one in office who does not handle the case, under the article of the act."""
    act, sources, target, law, held = line
    if ACTS[act].roles == "AGENCY_HEAD":
        # the article of a ministry binds its own sector only: who is a head does not hang on it
        cited = law if law.startswith("APL") else by_head.law
        apart = () if d.decider_apart in held or act in _UNHANDLED else (under(h.head_apart, cited),)
        held = (*held, under(by_head, cited), *apart)
    if act in _WEIGHING:
        held = (*held, h.own_recusal_settled)
    return act, sources, target, law, held


def _from(sources: str, *lines: Line) -> tuple[Line, ...]:
    """The same from other states."""
    return tuple((act, sources, *rest) for act, _, *rest in lines)


def _table(name: str, titles: tuple[str, str], *lines: Line) -> Process:
    """A table from lines of act, sources, target, law and rules; the rest is said of the act itself."""
    said = ((*_by_whom(line), ACTS[line[0]]) for line in lines)
    return table(
        name,
        *(
            (*line, each.roles, (each.title_zh, each.title_en), " ".join(each.events), each.rpc)
            for *line, each in said
        ),
        titles=titles,
    )


# fmt: off
_INQUIRY = (
    ("REGISTER_CLUE", "", "CLUE", "APL-2021:54(1)", (b.body_confirmed, *_POWER, not_in_future)),
    ("DECLINE_CLUE", "CLUE", "NOT_FILED", "SAMR-2022:20",
     (i.cause_given, t.undisputed, r.none_pending, x.no_referral_open, x.measures_settled, instructed)),
    ("FILE_CASE", "CLUE", "FILED", "APL-2021:54(2)",
     (b.body_confirmed, *_POWER, *_JURISDICTION, b.first_to_file, t.undisputed, *_LIMITATION,
      i.first_evidence, i.punishable, l.basis_was_law, l.documents_usable)),
    ("ASSIGN_OFFICERS", "FILED INVESTIGATING", "INVESTIGATING", "APL-2021:42(1)",
     (b.body_lasts, *_CERTIFIED, h.filer_not_officer)),
    # After the inquiry too somebody may have to be replaced.
    ("ASSIGN_OFFICERS", REPORTED, "=",
     "APL-2021:42(1)", (b.body_lasts, *_CERTIFIED, h.filer_not_officer)),
    ("RECORD_EVIDENCE", "INVESTIGATING", "=", "APL-2021:46", _FIELD_ACT),
    # What the party hands in when it was told: its own evidence, or that it waives its rights.
    ("RECORD_EVIDENCE", "NOTICED DEFENCE HEARING_SET HEARD RECHECKED", "=", "APL-2021:45(1)", _FIELD_ACT),
    ("VERIFY_EVIDENCE", f"INVESTIGATING {REPORTED}", "=", "APL-2021:46(2)",
     (b.body_lasts, i.by_handling_officers, k.verification_shown, k.not_excluded)),
    ("EXCLUDE_EVIDENCE", f"INVESTIGATING {REPORTED}", "=", "APL-2021:46(3)",
     (b.body_lasts, i.by_handling_officers, k.exclusion_grounded, k.not_excluded)),
    ("SUBMIT_REPORT", "INVESTIGATING", "INVESTIGATED", "APL-2021:57(1)",
     (b.body_lasts, i.by_handling_officers, r.replaced, i.evidence_recorded, *_PROVED, *_PENALTY, y.lenience_proved,
      y.shown_counted)),
    ("PROPOSE_NO_PENALTY", "INVESTIGATING", "INVESTIGATED", "APL-2021:57(1)",
     (b.body_lasts, i.by_handling_officers, r.replaced, i.evidence_recorded, *_NO_PENALTY)),
)
_SUSPENSION = (
    ("SUSPEND_INQUIRY", "INVESTIGATING", "SUSPENDED", "SAMR-2022:46(1)", (suspension.suspension_grounded,)),
    ("RESUME_INQUIRY", "SUSPENDED", "INVESTIGATING", "SAMR-2022:46(2)", (suspension.resumption_reasoned,)),
)
_TRANSFER = (
    ("TRANSFER_CASE", "CLUE FILED INVESTIGATING", "TRANSFERRED_OUT", "APL-2021:22;SAMR-2022:14",
     (t.receiver_qualified, t.not_sent_on, t.not_given_away, t.undisputed, x.no_referral_open, x.measures_settled, instructed)),
    ("ACKNOWLEDGE_TRANSFER", "CLUE", "=", "SAMR-2022:14", (t.transferred_in, t.not_acknowledged)),
    ("DISPUTE_TRANSFER", "CLUE", "=", "SAMR-2022:14;APL-2021:25(2)",
     (t.transferred_in, t.not_acknowledged, t.not_disputed_yet)),
    ("REFER_DISPUTE", "CLUE", "=", "APL-2021:25(2)", (t.not_settled, t.not_referred_yet)),
    ("TAKE_BACK_CLUE", "TRANSFERRED_OUT", "CLUE", "APL-2021:25(2)", (t.dispute_open,)),
    ("TAKE_BACK_CASE", "TRANSFERRED_OUT", "FILED", "APL-2021:25(2)", (t.dispute_open,)),
)
_REVIEW = (
    ("PASS_REVIEW", "REVIEWING", "REVIEWED", "APL-2021:58(1)",
     (b.body_lasts, d.reviewer_apart, d.reviewer_not_host, d.reviewer_qualified, d.advisers_stand, d.adviser_heard)),
    ("RETURN_REVIEW", "REVIEWING", "INVESTIGATING", "SAMR-2022:54",
     (d.reviewer_apart, d.reviewer_not_host, d.advisers_stand)),
)
_DEFENCE = (
    ("RECORD_STATEMENT", "NOTICED DEFENCE RECHECKED", "DEFENCE", "APL-2021:45(1)", (*_ON_TIME, i.by_handling_officers)),
    ("RECORD_STATEMENT", "HEARING_SET", "=", "APL-2021:45(1)", (*_ON_TIME, i.by_handling_officers)),
    ("WAIVE_DEFENCE", "NOTICED DEFENCE HEARING_SET RECHECKED", "=", "APL-2021:62",
     (i.by_handling_officers, p.waived_in_writing)),
    ("REQUEST_HEARING", "NOTICED DEFENCE RECHECKED", "HEARING_SET", "APL-2021:64[1]",
     (*_ON_TIME, i.by_handling_officers, p.request_in_time, p.not_heard_yet)),
    ("APPOINT_HEARING_PANEL", "HEARING_SET", "=", "APL-2021:64[4]",
     (b.body_lasts, g.panel_apart, g.panel_without_reviewer, g.panel_of_its_size)),
    ("NOTIFY_HEARING", "HEARING_SET", "=", "APL-2021:64[2]",
     (*_ON_TIME, g.panel_appointed, g.noticed_in_time, g.adjourned_for_a_reason)),
    ("ANNOUNCE_HEARING", "HEARING_SET", "=", "APL-2021:64[3]", (*_ON_TIME, g.to_be_announced)),
    ("HOLD_HEARING", "HEARING_SET", "HEARD", "APL-2021:64",
     (*_ON_TIME, p.host_apart, p.host_not_reviewer, g.by_host, g.noticed_in_time, g.on_its_day, g.open_to_the_public,
      g.agents_few, g.minutes_complete, g.points_minuted)),
    ("END_HEARING", "HEARING_SET", "=", "APL-2021:64[6]",
     (b.body_lasts, g.by_host, g.end_grounded, g.missed_when_held)),
    ("REPORT_HEARING", "HEARD RECHECKED", "=", "APL-2021:65", (b.body_lasts, g.by_host)),
    ("RECHECK_DEFENCE", "DEFENCE HEARING_SET HEARD", "RECHECKED", "APL-2021:45(1)",
     (b.body_lasts, i.by_handling_officers, p.hearing_held)),
)
_PERFORMANCE = (
    ("REQUEST_DEFERRAL", "SERVED", "=", "APL-2021:66(2)",
     (not_in_future, in_order, i.by_handling_officers, f.applied_in_writing, f.fine_left, f.none_waits)),
    ("DECIDE_DEFERRAL", "SERVED", "=", "APL-2021:66(2)",
     (f.deferral_asked, f.refusal_reasoned, f.deferral_in_time, f.instalments_whole)),
    ("RECORD_PAYMENT", "SERVED", "=", "APL-2021:67(3)", _PAY),
    ("COMPLETE_PAYMENT", "SERVED", "PERFORMED", "APL-2021:67(3)", _PAY),
    ("COLLECT_FINE", "SERVED", "PERFORMED", "APL-2021:68;APL-2021:69;APL-2021:70", _COLLECT),
    ("COLLECT_FINE_ABOARD", "SERVED", "PERFORMED", "APL-2021:69;APL-2021:70", _COLLECT),
    ("LAND_FINE", "PERFORMED", "=", "APL-2021:71", (*_PASS_ON, i.by_handling_officers)),
    ("HAND_IN_FINE", "PERFORMED", "=", "APL-2021:71", (*_PASS_ON, collection.whole, e.collected_apart)),
    ("BANK_FINE", "PERFORMED", "=", "APL-2021:71", (*_PASS_ON, collection.whole, e.paid_to_bank, e.collected_apart)),
)
_OUTCOME = (
    ("RECORD_UPHELD", DECIDED, "=", "ARL-2023:68;ALIT-2017:69", _REPLACED),
    ("RECORD_SET_ASIDE", DECIDED, "=", "APL-2021:75(2)", (*_REPLACED, outcome.not_undone_yet)),
    ("RECORD_UNDONE", DECIDED, "=", "ARL-2023:64;ALIT-2017:70;APL-2021:75(2)", (*_ENDED, outcome.not_undone_yet)),
)
_OWN_CORRECTION = (
    ("PROPOSE_OWN_CORRECTION", DECIDED, "=", q.LAW, (i.by_handling_officers, *_OWN, *_GAINS, q.none_proposed)),
    ("REFUSE_OWN_CORRECTION", DECIDED, "=", q.LAW, (q.correction_proposed, q.decided_by_another)),
    ("ANNUL_OWN_DECISION", DECIDED, "=", q.LAW, _OWN_DECIDED),
)
_REOPEN = ("REOPEN_CASE", f"{DECIDED} NO_PENALTY", "INVESTIGATING", "ARL-2023:64(2);ALIT-2017:70", (*_ENDED,
      outcome.not_undone_yet))
# What may follow a decision however it was made, and whether or not it was served, performed or closed since.
_DECIDED = (
    ("PUBLISH_DECISION", DECIDED, "=", "APL-2021:48(1)",
     (e.decision_made, e.not_published_yet, e.stands, w.not_withheld, w.of_age, w.age_shown)),
    ("CORRECT_PUBLICATION", DECIDED, "=", "GBF-2018-118:6;SAMR-PUBLICITY-2021:12;GD-PUBLICITY-2021:22",
     (w.public_now, w.of_age, w.corrects)),
    ("WITHHOLD_PUBLICATION", DECIDED, "=", "APL-2021:50;OGI-2019:14;OGI-2019:15;GD-PUBLICITY-2021:15(1)",
     (e.decision_made, e.not_published_yet, w.not_withheld_yet, w.ground_holds)),
    *_OUTCOME,
    *_OWN_CORRECTION,
    (q.ANNOUNCING, DECIDED, "=", "APL-2021:61(1);CPL-2023:95(1)", _OWN_ANNOUNCED),
    (q.SERVING, DECIDED, "=", service.LAW, _OWN_SERVED),
    ("CHANGE_OWN_DECISION", DECIDED, "=", q.LAW,
     (*_OWN_DECIDED, d.kinds_allowed, d.kinds_given, n.within_statute, *_GAINS)),
    ("WITHDRAW_PUBLICATION", DECIDED, "=", "APL-2021:48(2)", (e.to_be_withdrawn, q.reasons_public)),
    ("CORRECT_CREDIT", DECIDED, "=", "APL-2021:48(2);CREDIT-2025:19(2)", (q.withdrawn_untold, q.credit_told)),
    ("REFUND_FINE", DECIDED, "=", "APL-2021:74(3)", _REFUND),
    *((act, DECIDED, "=", "APL-2021:73(3)",
       (not_in_future, in_order, remedy.after_the_last, remedy.remedy_shown, remedy.no_remedy_lasts))
      for act in remedy.BEGINNINGS),
    *((act, DECIDED, "=", "APL-2021:73(3)",
       (not_in_future, in_order, remedy.after_the_last, remedy.remedy_shown, remedy.remedy_lasts))
      for act in remedy.ENDINGS),
    ("RECORD_STAY", DECIDED, "=", stay.LAW,
     (not_in_future, in_order, stay.stay_shown, stay.stay_grounded, stay.within_remedy, stay.not_stayed_twice)),
    ("END_STAY", DECIDED, "=", stay.LAW, (not_in_future, in_order, stay.stay_shown, stay.stay_lasts, stay.after_it_began)),
)
# What the inquiry found may be no ground for a penalty, whether or not the party was told of one before.
_UNPUNISHED = (
    *_from("NO_PENALTY", *_OUTCOME, *_OWN_CORRECTION),
    ("DECIDE_NO_PENALTY", "INVESTIGATED REVIEWED NOTICED DEFENCE HEARD RECHECKED", "NO_PENALTY",
     "APL-2021:57(1)[2];APL-2021:57(1)[3]",
     (b.body_confirmed, *_POWER, outcome.not_the_same_again, d.decider_apart, d.decider_not_reviewer, *_HEARD, *_NO_PENALTY,
      u.guardian_told, r.none_pending,
      x.no_referral_open, instructed)),
    ("SERVE_DECISION", "NO_PENALTY", "=", "APL-2021:61(1)",
     (*_ON_TIME, i.by_handling_officers, *_SERVED, u.not_served_yet)),
    ("ANNOUNCE_SERVICE", "NO_PENALTY", "=", "APL-2021:61(1);CPL-2023:95(1)", (*_ANNOUNCED, u.not_served_yet)),
    ("CLOSE_CASE", "NO_PENALTY", "CLOSED", "SAMR-2022:77",
     (u.told_of_no_penalty, clocks_over, refund.given_back, x.no_referral_open, x.measures_settled)),
)
_CLOSE = (
    "CLOSE_CASE", "SERVED PERFORMED", "CLOSED", "SAMR-2022:77",
    (e.settled, e.corrected, clocks_over, collection.collected_banked, refund.given_back, x.no_referral_open, x.measures_settled),
)
_ARCHIVE = (
    "ARCHIVE_CASE", "CLOSED", "=", "APL-2021:47;SAMR-2022:78(1)",
    (i.by_handling_officers, v.not_archived_yet, v.volume_complete, refund.given_back),
)
_ENDING = (
    ("ANNOUNCE_SERVICE", "DECIDED", "=", "APL-2021:61(1);CPL-2023:95(1)", _ANNOUNCED),
    ("SERVE_DECISION", "DECIDED", "SERVED", "APL-2021:61(1)",
     (*_ON_TIME, i.by_handling_officers, *_SERVED, a.decision_whole, a.seal_own, a.bank_designated)),
    *_PERFORMANCE,
    ("RECORD_PERFORMANCE", "SERVED PERFORMED", "=", "APL-2021:66(1)",
     (not_in_future, in_order, i.by_handling_officers, o.ordered, o.performance_proved, o.not_performed_yet)),
    *_DECIDED,
    _REOPEN,
    ("REOPEN_OWN_DECISION", f"{DECIDED} NO_PENALTY", "INVESTIGATING", q.LAW, _OWN_DECIDED),
    # The paper of a correction by which the decision has to be made anew.
    (q.ANNOUNCING, _ANEW, "=", "APL-2021:61(1);CPL-2023:95(1)", _OWN_ANNOUNCED),
    (q.SERVING, _ANEW, "=", service.LAW, _OWN_SERVED),
    # What was public of a decision that has to be made anew.
    ("WITHDRAW_PUBLICATION", _ANEW, "=", "APL-2021:48(2)", (e.to_be_withdrawn, q.reasons_public)),
    ("CORRECT_CREDIT", _ANEW, "=", "APL-2021:48(2);CREDIT-2025:19(2)", (q.withdrawn_untold, q.credit_told)),
    # What was paid on one.
    ("REFUND_FINE", _ANEW, "=", "APL-2021:74(3)", _REFUND),
    ("FILE_MAJOR_PENALTY", DECIDED, "=", "LN-SUP:16", (e.major, e.not_filed_yet)),
    _CLOSE,
    _ARCHIVE,
    *_UNPUNISHED,
    ("CLOSE_CASE", "TERMINATED", "CLOSED", "SAMR-2022:77",
     (clocks_over, refund.given_back, x.no_referral_open, x.measures_settled)),
    ("PASS_CASE", f"{PENDING} {DECIDED}".replace(" CLOSED", ""), "=", "ALIT-2017:26(6)", (b.named_successor,)),
    ("TERMINATE_CASE", f"{UNDECIDED} SUSPENDED", "TERMINATED", "SAMR-2022:47",
     (e.termination_reasoned, x.no_referral_open, instructed)),
)
# A slip may be found at any time; what is corrected moves no state.
_CORRECTION = (
    ("CORRECT_RECORD", f"CLUE {UNDECIDED} {DECIDED} NO_PENALTY TERMINATED", "=", "APL-2021:75(2)", _SLIP),
    ("DECIDE_CORRECTION", f"CLUE {UNDECIDED} {DECIDED} NO_PENALTY TERMINATED", "=", "APL-2021:75(2)", _CORRECT),
)
_RECUSAL = (
    ("REQUEST_RECUSAL", PENDING, "=", "APL-2021:43(2)",
     (not_in_future, in_order, r.recorded_by_case, r.own_declaration, r.not_asked_yet)),
    ("DECIDE_RECUSAL", PENDING, "=", "APL-2021:43(3)",
     (r.recusal_pending, r.another_decides, r.heads_together, h.members_are_heads)),
)
ORDINARY = _table(
    "ordinary",
    ("普通程序", "Ordinary procedure"),
    *_in_case(
        *_INQUIRY,
        *_SUSPENSION,
        *_TRANSFER,
        ("SUBMIT_FOR_REVIEW", "INVESTIGATED", "REVIEWING", "APL-2021:58(1)", (b.body_lasts, i.by_handling_officers)),
        # Once more after the party was heard (APL 58(1)[2]), or because the proposal has to change.
        ("SUBMIT_FOR_REVIEW", "RECHECKED", "REVIEWING", "APL-2021:58(1)[2]",
         (b.body_lasts, i.by_handling_officers, p.window_over)),
        *_REVIEW,
        ("SERVE_PRIOR_NOTICE", "REVIEWED", "NOTICED", "APL-2021:44", (*_NOTICE, d.review_passed)),
        *_DEFENCE,
        ("MAKE_DECISION", "NOTICED HEARING_SET RECHECKED REVIEWED", "DECIDED", "APL-2021:57(1)",
         (*_DECIDE, d.reviewed_after_hearing)),
        *_ENDING,
        *_RECUSAL,
        *_CORRECTION,
    ),
)
# Where a sector reviews after the party was told and heard: the decision then comes from the review alone.
NOTICE_FIRST = _table(
    "ordinary_notice_first",
    ("普通程序（先告知后审核）", "Ordinary procedure, notice before review"),
    *_in_case(
        *_INQUIRY,
        *_SUSPENSION,
        *_TRANSFER,
        ("SERVE_PRIOR_NOTICE", "INVESTIGATED REVIEWED", "NOTICED", "APL-2021:44", _NOTICE),
        *_DEFENCE,
        ("SUBMIT_FOR_REVIEW", "INVESTIGATED NOTICED HEARING_SET RECHECKED", "REVIEWING", "APL-2021:58(1)",
         (b.body_lasts, i.by_handling_officers, p.window_over, p.hearing_held, p.defence_rechecked)),
        *_REVIEW,
        ("MAKE_DECISION", "REVIEWED", "DECIDED", "APL-2021:57(1)", _DECIDE),
        *_ENDING,
        *_RECUSAL,
        *_CORRECTION,
    ),
)
SUMMARY = _table(
    "summary",
    ("简易程序", "Summary procedure"),
    ("MAKE_SPOT_DECISION", "", "SERVED", "APL-2021:51", _SPOT),
    ("REPORT_SPOT_DECISION", "SERVED PERFORMED", "=", "APL-2021:52(3)", (i.by_handling_officers, e.not_reported_yet)),
    *_PERFORMANCE,
    *_from("SERVED PERFORMED CLOSED", *_DECIDED, *_CORRECTION),
    ("REOPEN_OWN_SPOT_DECISION", "SERVED PERFORMED CLOSED", "CLUE", q.LAW, _OWN_DECIDED),
    ("REOPEN_SPOT_DECISION", "SERVED PERFORMED CLOSED", "CLUE", "ARL-2023:64(2);ALIT-2017:70", (*_ENDED, outcome.not_undone_yet)),
    _CLOSE,
    _ARCHIVE,
)
# What nobody asks for: the other side took the case back, or was designated.
YIELDING = _table(
    "yielding",
    ("由他方管辖", "The other body handles the matter"),
    ("YIELD", PENDING, "TRANSFERRED_OUT", "APL-2021:25(2)", ()),
)
# fmt: on


def table_of(case: cases.Case) -> Process:
    """The table that a case goes by, fixed when it was filed."""
    if case.procedure == cases.PROCEDURE_SUMMARY:
        return SUMMARY
    notice_first = case.review_order == cases.REVIEW_ORDER_AFTER_DEFENCE
    return NOTICE_FIRST if notice_first else ORDINARY


def reportable(process: Process) -> tuple[Entry, ...]:
    """The acts that a report of a case handled elsewhere tells of, in the order in which they build on each other: those that the
    table announces and that make up the record.
    """
    heard = (*DEFENCE, *REVIEW) if process is NOTICE_FIRST else (*REVIEW, *DEFENCE)
    announced = {event for move in process.moves if ACTS[move.act].enters for event in move.events}
    return tuple(
        each for each in (*INQUIRY, *heard, *DECISION) if each.enters and each.events[0] in announced
    )


def to_follow(case: cases.Case) -> bool:
    """Whether the newest correction is one that what is public has to follow."""
    done = [each for each in case.corrections if each.HasField("decide_time")]
    newest = max(done, key=lambda each: moment_of(each.decide_time), default=None)
    return newest is not None and newest.published


def conditions(case: cases.Case, major: bool | None = None) -> frozenset[str]:
    """The conditions of clocks that hold for a case: whether its penalty is a major one (`major`, where somebody judges that
    anew), a fine, one that the credit system shows, known to the public, left at the place.
    """
    ordinary = case.procedure != cases.PROCEDURE_SUMMARY
    decided = {
        "publicity_due": ordinary and beyond_warning(case.decision.penalty),
        "major": case.decision.major if major is None else major,
        "fine": case.decision.penalty.fine.fen > 0,
        "published": (shown := outcome.on_show(case)).HasField("publish_time")
        and not shown.HasField("withdrawal"),
        "service_left": case.service.method == cases.SERVICE_METHOD_LEFT,
        "public_wrong": to_follow(case),
        "on_credit": q.on_credit(q.to_tell(case)),
    }
    return frozenset(name for name, holds in decided.items() if holds)


PENALTY = Procedure(
    "penalty",
    PenaltyFacts,
    ORDINARY,
    NOTICE_FIRST,
    SUMMARY,
    YIELDING,
    goes_by=table_of,
    # What the law itself says of an act that is asked for too early, besides that it is not open.
    open_first=(d.review_passed.reason, p.window_over.reason, p.hearing_held.reason),
)
