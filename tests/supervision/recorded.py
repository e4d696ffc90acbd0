"""The acts of a penalty case as departments tell the city of them: lawful, and with a rule broken in the record or the event."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.collection_pb2 import (
    COLLECTION_GROUND_ON_WATER,
    COLLECTION_GROUND_SMALL,
    Collection,
)
from yifa.enforcement.v1.evidence_mark_pb2 import EVIDENCE_VERDICT_EXCLUDED
from yifa.enforcement.v1.evidence_pb2 import Evidence, Exclusion, Inquiry, Monitoring, Sampling, Verification
from yifa.enforcement.v1.stay_pb2 import (
    STAY_AUTHORITY_COURT,
    STAY_AUTHORITY_RECONSIDERATION_BODY,
    STAY_GROUND_APPLICATION,
    Stay,
)
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_RECONSIDERATION, REMEDY_KIND_SUIT
from yifa.law.v1.law_pb2 import CLOCK_STATE_SUSPENDED

from services.given.case import MINUTES_TAKEN, gains
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.outcome import decided_time
from services.law.procedures.penalty.own_correction import OWN_ACTS
from services.law.procedures.penalty.own_correction import outcome_of as own_outcome
from services.law.procedures.penalty.recorded import OUTCOME_ACTS
from services.law.procedures.penalty.recorded import value as value_in
from services.supervision.warning.mirror import SHOWN, Done, shown
from tests.law.record_breaks import BREAKS, Break, heard_after_the_review, value_at
from tests.law.records import DAY, WORLD, Step, World, day, lawful, notice_first, steps, unpunished

HOUR = timedelta(hours=1)
CONFISCATED = penalties.PENALTY_KIND_CONFISCATION_OF_GAINS
# How the event of an act is changed, with the record in it.
Change = Callable[[Any], object]


def again_reviewed() -> cases.Case:
    """Reviewed once more after the party was heard, in the ordinary order."""
    case = notice_first(WORLD)
    case.review_order = cases.REVIEW_ORDER_BEFORE_NOTICE
    return case


def unpunished_notice_first() -> cases.Case:
    """No penalty, where the sector reviews after the party was told."""
    case = unpunished(WORLD)
    case.review_order = cases.REVIEW_ORDER_AFTER_DEFENCE
    return case


# The records that may lead to an act, by the table that its case goes by, each with the line of stages that it follows.
LEADING: Mapping[str, tuple[tuple[Callable[[], cases.Case], str], ...]] = {
    "ordinary": (
        (lambda: lawful("ordinary"), "ordinary"),
        (again_reviewed, "notice first"),
        (lambda: lawful("returned"), "returned"),
        (lambda: lawful("unpunished"), "unpunished"),
    ),
    "ordinary_notice_first": (
        (lambda: lawful("notice first"), "notice first"),
        (lambda: lawful("returned"), "returned"),
        (unpunished_notice_first, "unpunished"),
    ),
    "summary": ((lambda: lawful("summary"), "summary"),),
}


@dataclass(frozen=True)
class Told:
    """An act as its event tells of it, and the newest record of its case."""

    act: str
    step: Step
    newest: cases.Case
    event: Any

    def done(self, source: str) -> Done:
        """What the city judges, the act having been done from a state; what the record goes on to show, from the newest one."""
        if self.act in SHOWN:
            return next(d for d in shown(self.newest) if d.act == self.act)
        before = cases.Case.FromString(self.step.before.SerializeToString())
        before.state = cases.CaseState.Value(f"CASE_STATE_{source or 'UNSPECIFIED'}")
        return Done(self.act, self.event.case, self.event, self.step.at, before)


def event_of(act: str, record: cases.Case) -> Any:
    """The event of an act; what set a decision aside is told by it too."""
    event = getattr(events, ACTS[act].event.split()[0])(case=record)
    if act == "RECORD_SET_ASIDE":
        said = record.set_aside
        event.outcome.CopyFrom(
            cases.Outcome(
                kind=cases.OutcomeKind.Name(said.kind), remedy=cases.REMEDY_RECONSIDERATION, authority=said.authority,
                document=said.document, outcome_time=said.set_aside_time,
            )
        )  # fmt: skip
    return event


@lru_cache(maxsize=32)
def all_steps(case: bytes, line: str) -> tuple[Step, ...]:
    """The acts of a record: the lawful ones are asked for again and again."""
    return tuple(steps(cases.Case.FromString(case), line))


def told(case: cases.Case, line: str, act: str, change: Change | None = None) -> Told | None:
    """An act in a record; None where the record does not come to it."""
    newest = cases.Case.FromString(case.SerializeToString())
    newest.source = cases.CASE_SOURCE_SYSTEM
    after, fill = BESIDE.get(act, (act, None))
    step = next(
        (s for s in all_steps(case.SerializeToString(deterministic=True), line) if s.act in after.split()),
        None,
    )
    if step is None:
        return None
    if fill is not None:
        before = cases.Case.FromString(step.after.SerializeToString())
        BEFORE.get(act, lambda case: None)(before)
        step = Step(act, before, before, step.at + HOUR)
    event = event_of(act, step.after)
    for each in filter(None, (fill, change)):
        each(event)
    return Told(act, step, newest, event)


def broken(case: cases.Case, line: str, act: str, rule: str) -> Told | None:
    """The same with a rule broken."""
    if (change := IN_EVENT.get(f"{rule} {act}") or IN_EVENT.get(rule)) is not None:
        return told(case, line, act, lambda event: change(event, act))
    changed = cases.Case.FromString(case.SerializeToString())
    (AT_CITY.get(rule) or BREAKS[rule])(changed, act, WORLD)
    return told(changed, line, act)


def _evidence(event: Any) -> None:
    event.evidence.CopyFrom(
        Evidence(
            evidence_id="E-1", case_id="C-1", kind=cases.EVIDENCE_KIND_PARTY_STATEMENT, title="询问笔录", source="当事人陈述",
            collector_ids=[o.officer_id for o in event.case.officers], certificate_shown=True, collect_time=day(4),
            inquiry=Inquiry(
                person="当事人", begin_time=day(3.9), end_time=day(3.95), alone=True, read_over=True, signature="当事人"
            ),
        )
    )  # fmt: skip
    event.case.rights_told_time.CopyFrom(day(3.5))


def _verified(event: Any) -> None:
    _evidence(event)
    event.evidence.verification.CopyFrom(Verification(verdict=1, how="与原件核对", verifier="O-1"))


def _excluded(event: Any) -> None:
    _evidence(event)
    event.evidence.exclusion.CopyFrom(Exclusion(ground=1, reason="以欺骗手段取得", decider="O-1"))


def _asked(event: Any) -> None:
    event.recusal.CopyFrom(
        cases.Recusal(
            recusal_id="A-1", officer_id="O-2", asker=cases.RECUSAL_ASKER_SELF, recorder="O-2",
            state=cases.RECUSAL_STATE_PENDING, request_time=day(3.5),
        )
    )  # fmt: skip
    event.case.recusals.append(event.recusal)


def _answered(event: Any) -> None:
    event.recusal.CopyFrom(
        cases.Recusal(
            recusal_id="A-1", officer_id="head-1", of_head=True, recorder="O-1", decider="head-2",
            asker=cases.RECUSAL_ASKER_PARTY, state=cases.RECUSAL_STATE_REFUSED, discussion="集体讨论记录",
            discussion_members=["head-2", "head-3"], request_time=day(3), decide_time=day(4),
        )
    )  # fmt: skip
    event.case.recusals.append(event.recusal)


def _slip(event: Any) -> None:
    event.correction.CopyFrom(
        cases.RecordCorrection(
            correction_id="X-1", field="violation.place", before="示列路", after="示例路", reason="笔误", proof="现场笔录",
            proposer="O-2", approver="head-2", state=cases.RECORD_CORRECTION_STATE_APPROVED, decide_time=day(4),
        )
    )  # fmt: skip
    event.case.corrections.append(event.correction)


def _declined(event: Any) -> None:
    event.cause = event.case.cause = "违法事实不能成立"


def _heard_nobody(event: Any) -> None:
    hearing = event.case.hearing
    hearing.end, hearing.end_record = cases.HEARING_END_ABSENT, "当事人未到场"
    hearing.end_time.CopyFrom(day(33))


def _paid(event: Any) -> None:
    event.case.paid.fen += 100
    event.case.payments.add(
        amount={"fen": 100},
        bank_reference="BANK-0",
        pay_time=event.case.service.serve_time,
        recorder="finance-1",
    )


def _annulled_before(case: cases.Case) -> None:
    """A decision of before, on which a hundred fen had been paid."""
    case.earlier_decisions.add(paid={"fen": 100}, anew={"outcome_time": day(1)})


def _refunded(event: Any) -> None:
    event.case.refunds.add(
        amount={"fen": 100}, bank_reference="BACK-1", refund_time=event.case.close_time, recorder="finance-1"
    )


def _performed(event: Any) -> None:
    event.case.performances.add(kind=CONFISCATED, proof="缴款书", perform_time=day(60), recorder="O-1")


def _corrected(event: Any) -> None:
    event.case.publication.publisher = event.case.decision.decider
    event.case.publication.decision.version = 2


def _withheld(event: Any) -> None:
    event.case.withholding.decider = "head-1"
    event.case.withholding.reason = "涉及国家秘密"


def _archived(event: Any) -> None:
    event.case.archive.compiler = event.case.officers[-1].officer_id
    event.case.archive.archive_time.CopyFrom(day(90))


def _suspended(event: Any) -> None:
    event.suspension.CopyFrom(
        cases.Suspension(
            ground=cases.SUSPENSION_GROUND_FORCE_MAJEURE, cause="台风", approver="head-1",
            resume_cause="台风已过", resumer="head-1",
        )
    )  # fmt: skip
    event.case.suspensions.append(event.suspension)


def _ended(kind: int, *, anew: bool = False) -> Change:
    """How a remedy ended."""

    def fill(event: Any) -> None:
        event.outcome.CopyFrom(
            cases.Outcome(
                kind=kind, anew=anew, authority="示例市人民政府", document="示府行复〔2026〕8号", outcome_time=day(90),
                remedy=cases.REMEDY_RECONSIDERATION,
            )
        )  # fmt: skip
        event.case.outcomes.append(event.outcome)

    return fill


def _collected(event: Any) -> None:
    """On the spot, at the party's request; handed in and paid in by somebody else."""
    event.case.paid.fen += 100
    event.case.payments.add(amount={"fen": 100}, pay_time=day(60), recorder="O-1")
    event.case.collection.CopyFrom(
        Collection(
            ground=COLLECTION_GROUND_ON_WATER, cause="渔船作业", proof="书面申请", amount={"fen": 100},
            receipt={"series": "粤A", "number": 1}, collector="O-1", receiver="finance-1", banker="finance-1",
            bank_reference="BANK-9", collect_time=day(60), land_time=day(60.1), hand_in_time=day(60.2), bank_time=day(60.3),
        )
    )  # fmt: skip


def _remedied(kind: int, *, ended: bool) -> Change:
    def change(event: Any) -> None:
        event.case.remedies.add(
            kind=kind, authority="示例市人民政府", document="受理通知书1号", begin_time=day(60)
        )
        if ended:
            event.case.remedies[-1].end_document = "决定书1号"
            event.case.remedies[-1].end_time.CopyFrom(day(61))

    return change


def _stay(event: Any) -> None:
    """In a reconsideration, by its body."""
    event.case.stays.add(
        ordered_by=STAY_AUTHORITY_RECONSIDERATION_BODY, authority="示例市人民政府", document="停止执行决定书1号",
        ground=STAY_GROUND_APPLICATION, cause="损失难以弥补", begin_time=day(60.5),
    )  # fmt: skip
    event.stay.CopyFrom(event.case.stays[-1])


def _stay_ended(event: Any) -> None:
    event.case.stays[-1].end_document = "恢复执行决定书1号"
    event.case.stays[-1].end_time.CopyFrom(day(61))
    event.stay.CopyFrom(event.case.stays[-1])


def _own(event: Any) -> list[Any]:
    """The correction of its own decision of which an event tells, wherever it stands."""
    told = [event.own_correction] if "own_correction" in event.DESCRIPTOR.fields_by_name else []
    return [event.case.own_corrections[-1], *told]


def _wrong(act: str) -> Callable[[cases.Case], object]:
    """The agency proposed to correct its decision as the act does."""

    def change(case: cases.Case) -> None:
        own = case.own_corrections.add(
            correction_id="W-1", kind=cases.OUTCOME_KIND_ANNULLED, ground=cases.OWN_ERROR_GROUND_FACTS, reason="证据不足",
            proof="检查记录", proposer="O-2", state=cases.OWN_CORRECTION_STATE_PENDING, propose_time=day(60),
        )  # fmt: skip
        decided = decided_time(case)
        assert decided is not None
        own.decision_time.FromDatetime(decided)
        if act == "CHANGE_OWN_DECISION":
            own.kind = cases.OUTCOME_KIND_CHANGED
            own.penalty.CopyFrom(case.decision.penalty)
            own.penalty.fine.fen -= 1

    return change


def _wrong_told(event: Any) -> None:
    _wrong("")(event.case)
    event.own_correction.CopyFrom(event.case.own_corrections[-1])


def _own_decided(event: Any) -> None:
    own = event.case.own_corrections[-1]
    own.state, own.decider, own.document_number = (
        cases.OWN_CORRECTION_STATE_APPROVED,
        "head-2",
        "示环罚纠〔2026〕1号",
    )
    own.decide_time.CopyFrom(day(90))
    if "own_correction" in event.DESCRIPTOR.fields_by_name:
        own.state = cases.OWN_CORRECTION_STATE_REFUSED
        event.own_correction.CopyFrom(own)
    else:
        event.outcome.CopyFrom(own_outcome(event.case, own))


def _own_papered(case: cases.Case) -> None:
    """The agency corrected its decision at once."""
    decided = decided_time(case)
    assert decided is not None
    case.correcting_paper.correction_id, case.correcting_paper.document_number = "W-1", "示罚纠〔2026〕1号"
    case.correcting_paper.decide_time.FromDatetime(decided)


def _own_announced(event: Any) -> None:
    """A day later: the party cannot be found."""
    _own_papered(event.case)
    said, decided = event.case.correcting_paper.announcement, decided_time(event.case)
    assert decided is not None
    said.cause, said.address, said.whereabouts = "下落不明", "公告栏", "E-1"
    said.announce_time.FromDatetime(decided + DAY)


def _own_served(event: Any) -> None:
    """Two days later."""
    _own_papered(event.case)
    service, decided = event.case.correcting_paper.service, decided_time(event.case)
    assert decided is not None
    service.method, service.receipt = cases.SERVICE_METHOD_DIRECT, "送达回证"
    service.serve_time.FromDatetime(decided + 2 * DAY)


def _of_own(field: str, value: Any) -> Callable[[Any, str], object]:
    return lambda e, act: setattr(e.case.correcting_paper.service, field, value)


def _credit_told(event: Any) -> None:
    event.case.withdrawal.credit_receipt = "信用平台回执1号"
    event.case.withdrawal.credit_time.CopyFrom(day(91))


def _each(**values: Any) -> Callable[[Any, str], object]:
    """The correction of which an event tells, with other values."""

    def change(event: Any, _act: str) -> None:
        for own in _own(event):
            for name, value in values.items():
                setattr(own, name, value)

    return change


OWN_DECIDED = sorted(OWN_ACTS - {"PROPOSE_OWN_CORRECTION"})
# Acts that no stage of a report tells of: the act that they follow here, and what their event tells.
BESIDE: Mapping[str, tuple[str, Change]] = {
    "DECLINE_CLUE": ("REGISTER_CLUE", _declined),
    "RECORD_EVIDENCE": ("ASSIGN_OFFICERS", _evidence),
    "VERIFY_EVIDENCE": ("ASSIGN_OFFICERS", _verified),
    "EXCLUDE_EVIDENCE": ("ASSIGN_OFFICERS", _excluded),
    "REQUEST_RECUSAL": ("ASSIGN_OFFICERS", _asked),
    "DECIDE_RECUSAL": ("ASSIGN_OFFICERS", _answered),
    "CORRECT_RECORD": ("ASSIGN_OFFICERS MAKE_SPOT_DECISION", _slip),
    "DECIDE_CORRECTION": ("ASSIGN_OFFICERS MAKE_SPOT_DECISION", _slip),
    "RECORD_PAYMENT": ("SERVE_DECISION", _paid),
    "ANNOUNCE_OWN_CORRECTION": ("MAKE_DECISION DECIDE_NO_PENALTY MAKE_SPOT_DECISION", _own_announced),
    "SERVE_OWN_CORRECTION": ("MAKE_DECISION DECIDE_NO_PENALTY MAKE_SPOT_DECISION", _own_served),
    "TERMINATE_CASE": ("ASSIGN_OFFICERS", _declined),
    "ARCHIVE_CASE": ("CLOSE_CASE", _archived),
    "SUSPEND_INQUIRY": ("ASSIGN_OFFICERS", _suspended),
    "RESUME_INQUIRY": ("ASSIGN_OFFICERS", _suspended),
    "RECORD_UPHELD": ("CLOSE_CASE", _ended(cases.OUTCOME_KIND_UPHELD)),
    "RECORD_UNDONE": ("CLOSE_CASE", _ended(cases.OUTCOME_KIND_ANNULLED)),
    "REOPEN_CASE": ("CLOSE_CASE", _ended(cases.OUTCOME_KIND_ANNULLED, anew=True)),
    "REOPEN_SPOT_DECISION": ("CLOSE_CASE", _ended(cases.OUTCOME_KIND_ANNULLED, anew=True)),
    "PROPOSE_OWN_CORRECTION": ("CLOSE_CASE", _wrong_told),
    **dict.fromkeys(OWN_DECIDED, ("CLOSE_CASE", _own_decided)),
    "CORRECT_CREDIT": ("WITHDRAW_PUBLICATION", _credit_told),
    "REFUND_FINE": ("CLOSE_CASE", _refunded),
    "RECORD_PERFORMANCE": ("SERVE_DECISION", _performed),
    "CORRECT_PUBLICATION": ("COMPLETE_PAYMENT", _corrected),
    "WITHHOLD_PUBLICATION": ("COMPLETE_PAYMENT", _withheld),
    **dict.fromkeys(
        ("APPOINT_HEARING_PANEL", "NOTIFY_HEARING", "ANNOUNCE_HEARING"),
        ("REQUEST_HEARING", lambda event: None),
    ),
    "END_HEARING": ("REQUEST_HEARING", _heard_nobody),
    "REPORT_HEARING": ("HOLD_HEARING", lambda event: None),
    **dict.fromkeys(
        ("COLLECT_FINE", "COLLECT_FINE_ABOARD", "LAND_FINE", "HAND_IN_FINE", "BANK_FINE"),
        ("SERVE_DECISION", _collected),
    ),
    "RECORD_RECONSIDERATION": ("SERVE_DECISION", _remedied(REMEDY_KIND_RECONSIDERATION, ended=False)),
    "RECORD_SUIT": ("SERVE_DECISION", _remedied(REMEDY_KIND_SUIT, ended=False)),
    "END_RECONSIDERATION": ("SERVE_DECISION", _remedied(REMEDY_KIND_RECONSIDERATION, ended=True)),
    "END_SUIT": ("SERVE_DECISION", _remedied(REMEDY_KIND_SUIT, ended=True)),
    "RECORD_STAY": ("SERVE_DECISION", _stay),
    "END_STAY": ("SERVE_DECISION", _stay_ended),
    # Of these the city asks only who does them.
    **dict.fromkeys(
        (
            "PASS_CASE",
            "TRANSFER_CASE",
            "ACKNOWLEDGE_TRANSFER",
            "DISPUTE_TRANSFER",
            "REFER_DISPUTE",
            "TAKE_BACK_CLUE",
            "TAKE_BACK_CASE",
        ),
        ("ASSIGN_OFFICERS", lambda event: None),
    ),
}


def _passed_on(*steps: str) -> Callable[[cases.Case], object]:
    """Collected on the spot, and handed on so far."""

    def change(case: cases.Case) -> None:
        for n, step in enumerate(("collect_time", *steps)):
            getattr(case.collection, step).CopyFrom(day(60 + n / 10))

    return change


def _in_reconsideration(case: cases.Case) -> None:
    _remedied(REMEDY_KIND_RECONSIDERATION, ended=False)(SimpleNamespace(case=case))


def _stayed(case: cases.Case) -> None:
    _in_reconsideration(case)
    _stay(SimpleNamespace(case=case, stay=Stay()))


def _stayed_from(case: cases.Case, since: Timestamp) -> None:
    _stayed(case)
    case.remedies[-1].begin_time.CopyFrom(since)
    case.stays[-1].begin_time.CopyFrom(since)


# How the record stands before an act that builds on another of them.
BEFORE: Mapping[str, Callable[[cases.Case], object]] = {
    "RECORD_STAY": _in_reconsideration,
    "END_STAY": _stayed,
    "REFUND_FINE": _annulled_before,
    **{act: _wrong(act) for act in OWN_DECIDED},
    "ANNOUNCE_OWN_CORRECTION": _own_papered,
    "SERVE_OWN_CORRECTION": _own_papered,
    "LAND_FINE": _passed_on(),
    "HAND_IN_FINE": _passed_on("land_time"),
    "BANK_FINE": _passed_on("land_time", "hand_in_time"),
}


def _too_early(event: Any, act: str) -> None:
    """Before all that it could build on."""
    match act:
        case "RECORD_EVIDENCE":
            event.evidence.collect_time.CopyFrom(day(-10))
        case "REQUEST_RECUSAL":
            event.recusal.request_time.CopyFrom(day(-10))
        case "RECORD_PERFORMANCE":
            event.case.performances[-1].perform_time.CopyFrom(day(-10))
        case "RECORD_PAYMENT":
            event.case.payments[-1].pay_time.CopyFrom(day(-10))
        case _ if act in OUTCOME_ACTS and event.HasField("outcome"):
            event.outcome.outcome_time.CopyFrom(day(-10))
        case "RECORD_RECONSIDERATION" | "RECORD_SUIT":
            event.case.remedies[-1].begin_time.CopyFrom(day(-10))
        case "END_RECONSIDERATION" | "END_SUIT":
            event.case.remedies[-1].end_time.CopyFrom(day(-10))
        case "RECORD_STAY":
            event.stay.begin_time.CopyFrom(day(-10))
        case "END_STAY":
            event.stay.end_time.CopyFrom(day(-10))
        case _:
            value_at(event.case, act).CopyFrom(day(-10))


def _on_site(**said: Any) -> Callable[[Any, str], object]:
    """A site record that says so."""

    def change(event: Any, act: str) -> None:
        event.evidence.kind = cases.EVIDENCE_KIND_SITE_RECORD
        event.evidence.ClearField("inquiry")
        event.evidence.site_minutes.CopyFrom(MINUTES_TAKEN)
        for name, value in said.items():
            setattr(event.evidence.site_minutes, name, value)

    return change


_GAINED = [penalties.PENALTY_KIND_CONFISCATION_OF_GAINS]
# How what is said of gains is wrong in a penalty, by the rule.
GAINS: Mapping[str, penalties.Penalty] = {
    "gains_stated": penalties.Penalty(),
    "gains_agree": penalties.Penalty(gains=gains(100, 0, "受害人")),
    "no_more_than_gained": penalties.Penalty(gains=gains(100), kinds=_GAINED, confiscation={"fen": 100_01}),
    "gains_confiscated": penalties.Penalty(gains=gains(100)),
}


def _instead(penalty: penalties.Penalty) -> Callable[[Any, str], object]:
    """What takes the place of the decision, by a remedy or by the agency itself."""

    def change(event: Any, act: str) -> None:
        if act.startswith("RECORD_"):
            kept = act == "RECORD_UPHELD"
            event.outcome.kind = cases.OUTCOME_KIND_MEDIATED if kept else cases.OUTCOME_KIND_CHANGED
            event.outcome.penalty.CopyFrom(penalty)
            return
        for own in _own(event):
            own.kind = cases.OUTCOME_KIND_CHANGED
            own.penalty.CopyFrom(penalty)

    return change


# Rules that are broken in what the event tells, or in the record as only this act leaves it.
IN_EVENT: Mapping[str, Callable[[Any, str], object]] = {
    "cause_given": lambda e, act: (e.ClearField("cause"), e.case.ClearField("cause")),
    "termination_reasoned": lambda e, act: (e.ClearField("cause"), e.case.ClearField("cause")),
    "suspension_grounded": lambda e, act: e.case.suspensions[-1].ClearField("cause"),
    "certificate_shown": lambda e, act: (
        e.case.spot if act == "MAKE_SPOT_DECISION" else e.evidence
    ).ClearField("certificate_shown"),
    "rights_told": lambda e, act: e.case.ClearField("rights_told_time"),
    "admissible": lambda e, act: e.evidence.ClearField("source"),
    "verification_shown": lambda e, act: e.evidence.verification.ClearField("how"),
    "exclusion_grounded": lambda e, act: e.evidence.exclusion.ClearField("reason"),
    "inquiry_told": lambda e, act: e.evidence.ClearField("inquiry"),
    "heard_alone": lambda e, act: e.evidence.inquiry.ClearField("alone"),
    "inquiry_signed": lambda e, act: e.evidence.inquiry.ClearField("signature"),
    "sampled_before_party": lambda e, act: e.evidence.sampling.MergeFrom(
        Sampling(seal_number="封1", list_number="单1")
    ),
    "sample_sealed": lambda e, act: e.evidence.sampling.MergeFrom(
        Sampling(told="通知书1号", present="甲", signature="甲")
    ),
    "sampler_qualified": lambda e, act: e.evidence.sampling.MergeFrom(Sampling(sampler="示例检测所")),
    "sampler_listed": lambda e, act: e.evidence.sampling.MergeFrom(
        Sampling(sampler="示例检测所", qualification="不在名录的资质")
    ),
    "origin_stated": lambda e, act: e.evidence.MergeFrom(
        Evidence(kind=cases.EVIDENCE_KIND_PHYSICAL, title="抽样样品", inquiry=Inquiry())
    ),
    "site_minuted": _on_site(findings=" "),
    "called_to_site": _on_site(present=" "),
    "site_signed": _on_site(officers_signed=False),
    "device_reviewed": lambda e, act: e.evidence.monitoring.MergeFrom(
        Monitoring(device="设备1", place="某路口")
    ),
    "monitoring_record_fit": lambda e, act: e.evidence.monitoring.MergeFrom(Monitoring(reviewer="O-5")),
    "monitoring_told": lambda e, act: e.evidence.monitoring.MergeFrom(Monitoring(told=" ")),
    "collected_on_case": lambda e, act: e.evidence.collector_ids.append("O-9"),
    "own_declaration": lambda e, act: setattr(e.recusal, "recorder", "O-1"),
    "another_decides": lambda e, act: setattr(e.recusal, "decider", "head-1"),
    "heads_together": lambda e, act: e.recusal.ClearField("discussion"),
    "correctable": lambda e, act: setattr(e.correction, "field", "party.name"),
    "slip_shown": lambda e, act: e.correction.ClearField("proof"),
    "another_approves": lambda e, act: setattr(e.correction, "proposer", "head-2"),
    "members_are_heads DECIDE_RECUSAL": lambda e, act: e.recusal.discussion_members.append("head-6"),
    "by_head DECIDE_RECUSAL": lambda e, act: setattr(e.recusal, "decider", "head-6"),
    "head_apart DECIDE_RECUSAL": lambda e, act: setattr(e.recusal, "decider", "O-1"),
    "by_head DECIDE_CORRECTION": lambda e, act: setattr(e.correction, "approver", "head-6"),
    "head_apart DECIDE_CORRECTION": lambda e, act: setattr(e.correction, "approver", "O-1"),
    "by_head WITHHOLD_PUBLICATION": lambda e, act: setattr(e.case.withholding, "decider", "head-6"),
    "head_apart WITHHOLD_PUBLICATION": lambda e, act: setattr(e.case.withholding, "decider", "O-1"),
    **{f"by_head {act}": _each(decider="head-6") for act in OWN_DECIDED},
    **{f"head_apart {act}": _each(decider="O-1") for act in OWN_DECIDED},
    **{
        f"{rule} {act}": _instead(penalty)
        for rule, penalty in GAINS.items()
        for act in ("RECORD_UPHELD", "RECORD_SET_ASIDE", "PROPOSE_OWN_CORRECTION", "CHANGE_OWN_DECISION")
    },
    "by_another_authority": lambda e, act: (
        setattr(e.outcome, "authority", e.case.body_name),
        setattr(e.case.set_aside, "authority", e.case.body_name),
    ),
    "remedy_named": lambda e, act: e.outcome.ClearField("remedy"),
    "error_shown": _each(proof=" "),
    "change_lighter": _each(kind=cases.OUTCOME_KIND_UPHELD),
    "correction_proposed": _each(correction_id="W-9"),
    "decided_by_another": _each(proposer="head-2"),
    "kinds_allowed CHANGE_OWN_DECISION": lambda e, act: e.case.own_corrections[-1].penalty.ClearField(
        "kinds"
    ),
    "no_other_way ANNOUNCE_OWN_CORRECTION": lambda e, act: e.case.correcting_paper.announcement.ClearField(
        "cause"
    ),
    "other_ways_failed ANNOUNCE_OWN_CORRECTION": lambda e, act: (
        e.case.correcting_paper.announcement.ClearField("whereabouts")
    ),
    "receipt_given SERVE_OWN_CORRECTION": _of_own("receipt", " "),
    "electronic_consented SERVE_OWN_CORRECTION": _of_own("method", 3),
    "refused_before_witness SERVE_OWN_CORRECTION": _of_own("method", 2),
    "direct_failed SERVE_OWN_CORRECTION": _of_own("method", 4),
    "notice_run_out SERVE_OWN_CORRECTION": _of_own("method", 5),
    "credit_told": lambda e, act: e.case.withdrawal.ClearField("credit_receipt"),
    "reasons_public": lambda e, act: e.case.withdrawal.ClearField("explanation"),
    "end_grounded": lambda e, act: e.case.hearing.ClearField("end_record"),
    "in_order": _too_early,
    "ordered": lambda e, act: setattr(e.case.performances[-1], "kind", CONFISCATED + 1),
    "performance_proved": lambda e, act: e.case.performances[-1].ClearField("proof"),
    "collectable": lambda e, act: setattr(e.case.collection, "ground", COLLECTION_GROUND_SMALL),
    "receipt_handed_over": lambda e, act: e.case.collection.ClearField("receipt"),
    "collected_apart HAND_IN_FINE": lambda e, act: setattr(e.case.collection, "receiver", "O-1"),
    "collected_apart BANK_FINE": lambda e, act: setattr(e.case.collection, "banker", "O-1"),
    "paid_to_bank BANK_FINE": lambda e, act: e.case.collection.ClearField("bank_reference"),
    "remedy_shown": lambda e, act: (
        e.case.remedies[-1].ClearField("document"),
        e.case.remedies[-1].ClearField("end_document"),
    ),
    "stay_shown": lambda e, act: (e.stay.ClearField("document"), e.stay.ClearField("end_document")),
    "stay_grounded": lambda e, act: e.stay.ClearField("cause"),
    "within_remedy": lambda e, act: setattr(e.stay, "ordered_by", STAY_AUTHORITY_COURT),
    "not_stayed": lambda e, act: _stayed_from(e.case, day(59)),
    "stay_lasts": lambda e, act: setattr(e.stay, "document", "停止执行决定书2号"),
    "after_it_began": lambda e, act: e.stay.end_time.CopyFrom(day(60.2)),
    "something_due": lambda e, act: e.case.refunds[-1].refund_time.CopyFrom(day(0)),
    "not_beyond_due": lambda e, act: setattr(e.case.refunds[-1].amount, "fen", 10**12),
    "refund_shown": lambda e, act: e.case.refunds[-1].ClearField("bank_reference"),
    "refunded_apart": lambda e, act: setattr(e.case.refunds[-1], "recorder", "O-1"),
    "collected_apart RECORD_PAYMENT": lambda e, act: e.case.payments[-1].ClearField("recorder"),
    "paid_to_bank RECORD_PAYMENT": lambda e, act: e.case.payments[-1].ClearField("bank_reference"),
}


def _all_aside(c: cases.Case, act: str, w: World) -> None:
    """Whoever does an act stands aside from the beginning."""
    for n, who in enumerate(
        (
            c.review.reviewer,
            c.defence.hearing_host,
            c.decision.decider,
            c.no_penalty.decider,
            "head-2",
            "head-3",
            "O-2",
            "O-1",
            "finance-1",
        )
    ):
        c.recusals.add(
            recusal_id=f"A-{10 + n}", officer_id=who, state=cases.RECUSAL_STATE_GRANTED, request_time=day(0)
        )


def _person_let_go(ground: str) -> Break:
    """Whatever the city knows nothing of is asked only of a person, or of one ground."""

    def change(c: cases.Case, act: str, w: World) -> None:
        c.party.kind = parties.PARTY_KIND_CITIZEN
        c.no_penalty.outcome.ground = penalties.NoPenaltyGround.Value(f"NO_PENALTY_GROUND_{ground}")

    return change


def _heard_and_not_discussed(c: cases.Case, act: str, w: World) -> None:
    heard_after_the_review(c, act, w)
    c.decision.ClearField("discussion")


def _revoked_without_an_item(c: cases.Case, act: str, w: World) -> None:
    """A licence is revoked, and no item of a power list is named."""
    c.item_id = ""
    told = [p for field in ("notice", "decision") if c.HasField(field) for p in [getattr(c, field).penalty]]  # type: ignore[arg-type]
    for penalty in (*told, *([c.proposal] if c.HasField("proposal") else ())):
        penalty.kinds.append(penalties.PENALTY_KIND_REVOCATION_OF_LICENCE)


def _lenient(ground: int) -> Break:
    """A person whose penalty is called lighter on one ground."""

    def change(c: cases.Case, act: str, w: World) -> None:
        c.party.kind = parties.PARTY_KIND_CITIZEN
        told = penalties.Lenience(degree=1, grounds=[ground], reasons="事实", evidence_ids=["E-1"])  # type: ignore[arg-type,list-item]
        value_in(c, ACTS[act].penalty).lenience.CopyFrom(told)

    return change


# Rules that the city sees broken in another way than a department to which the case is reported.
AT_CITY: Mapping[str, Break] = {
    "body_lasts": lambda c, act, w: c.body_end_time.CopyFrom(day(-1)),
    "not_recused": _all_aside,
    "none_proposed": lambda c, act, w: c.own_corrections.add(state=cases.OWN_CORRECTION_STATE_PENDING),
    "kinds_given": _revoked_without_an_item,
    "paper_unserved": lambda c, act, w: c.correcting_paper.service.serve_time.CopyFrom(day(1)),
    "clocks_over": lambda c, act, w: c.deadlines.add(clock_id="PEN-17", state=CLOCK_STATE_SUSPENDED),
    "withdrawn_untold": lambda c, act, w: c.withdrawal.credit_time.CopyFrom(day(70)),
    "not_undone_yet": lambda c, act, w: setattr(c.set_aside, "kind", cases.SET_ASIDE_KIND_ANNULLED),
    "panel_apart": lambda c, act, w: setattr(c.hearing, "clerk", c.hearing.host),
    "panel_without_reviewer": lambda c, act, w: c.reviewers.append(c.hearing.host),
    "panel_appointed": lambda c, act, w: c.hearing.ClearField("host"),
    "discussed_as_the_sector_asks": _heard_and_not_discussed,
    "young_shown": _lenient(1),
    "partly_shown": _lenient(7),
    "not_excluded": lambda c, act, w: setattr(c.evidence_marks[0], "verdict", EVIDENCE_VERDICT_EXCLUDED),
    "lenience_proved": _lenient(2),
    "child": _person_let_go("UNDER_FOURTEEN"),
    "found_not_responsible": _person_let_go("NOT_RESPONSIBLE"),
    "first_offence": _person_let_go("FIRST_OFFENCE"),
}
