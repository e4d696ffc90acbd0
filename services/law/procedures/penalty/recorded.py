"""The facts of an act as the record shows them afterwards: for who did not see it done, at the city or in a report from outside.

`case` is the record before the act, `after` with the act in it, `event` what announced it, where there is one. What neither shows
raises Unknown: a rule on it is listed as not judged, never as kept. What has to be looked up stays abstract.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import attrgetter
from typing import Any, ClassVar

from yifa.enforcement.v1.case_pb2 import (
    CASE_SOURCE_OUTSIDE,
    EVIDENCE_KIND_PARTY_STATEMENT,
    EVIDENCE_KIND_TESTIMONY,
    OWN_CORRECTION_STATE_PENDING,
    RECUSAL_STATE_PENDING,
    Announcement,
    Case,
    Closing,
    DecisionPaper,
    Deferral,
    Hearing,
    HearingAnswer,
    Instalment,
    LeftService,
    Outcome,
    OutcomeKind,
    OwnCorrection,
    Payment,
    Performance,
    RecordCorrection,
    Recusal,
    Refund,
    Service,
    ServiceAttempt,
    SpotRecord,
    Suspension,
)
from yifa.enforcement.v1.collection_pb2 import Collection
from yifa.enforcement.v1.evidence_pb2 import Evidence, Inquiry, Monitoring, Sampling
from yifa.enforcement.v1.penalty_pb2 import NoPenalty, Penalty
from yifa.enforcement.v1.publication_pb2 import Redaction
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.enforcement.v1.stay_pb2 import Stay
from yifa.enforcement.v1.surcharge_pb2 import RemedyTime

from services.law.calendar import Calendar
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers, Resolved
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.amounts import Thresholds
from services.law.procedures.penalty.facts import (
    Body,
    Discussion,
    PenaltyFacts,
    SpotForm,
    Told,
)
from services.law.procedures.penalty.outcome import hold, withdrawn
from services.law.procedures.penalty.own_correction import ANNOUNCING, APPROVING, OWN_ACTS, SERVING, pending
from services.law.procedures.penalty.remedy import ENDINGS, REMEDIES
from services.law.procedures.penalty.stay import STAYS
from services.law.procedures.penalty.stayed import stayed_by
from services.law.process import Move
from services.law.rule import Unknown, fact

# Where the event says who did an act for which the record has no place of its own.
RECUSERS: Mapping[str, str] = {"REQUEST_RECUSAL": "recorder", "DECIDE_RECUSAL": "decider"}
CORRECTORS: Mapping[str, str] = {"CORRECT_RECORD": "proposer", "DECIDE_CORRECTION": "approver"}
# What the event of an act tells besides the record, and of which acts it does; a record alone shows none of it.
TOLD_BY_EVENT: Mapping[str, frozenset[str]] = {
    "certificate_shown": frozenset({"RECORD_EVIDENCE", "MAKE_SPOT_DECISION"}),
    "evidence_source": frozenset({"RECORD_EVIDENCE"}),
    "collected": frozenset({"RECORD_EVIDENCE"}),
    "told_when_taken": frozenset({"RECORD_EVIDENCE"}),
    "sampling": frozenset({"RECORD_EVIDENCE"}),
    "monitoring": frozenset({"RECORD_EVIDENCE"}),
    "spoken": frozenset({"RECORD_EVIDENCE"}),
    "inquiry": frozenset({"RECORD_EVIDENCE"}),
    "evidence_kept": frozenset({"RECORD_EVIDENCE"}),
    "examined": frozenset({"VERIFY_EVIDENCE", "EXCLUDE_EVIDENCE"}),
    "recusal": frozenset(RECUSERS),
    "correction": frozenset(CORRECTORS),
}

# What a person says.
SPOKEN = frozenset({EVIDENCE_KIND_PARTY_STATEMENT, EVIDENCE_KIND_TESTIMONY})
# Parts of a record that an act may rest on, with the time from which they are there.
_PARTS: Mapping[str, str] = {
    "review": "review.conclude_time",
    "notice": "notice.serve_time",
    "decision": "decision.decide_time",
    "no_penalty": "no_penalty.decide_time",
}


_ANNOUNCES = ("ANNOUNCE_SERVICE", ANNOUNCING)
# What becomes of a fine that was collected on the spot.
_PASSED_ON = frozenset({"HAND_IN_FINE", "BANK_FINE"})

# The moments of the defence, which came one by one.
_SAID = ("statement_time", "waive_time", "hearing_request_time", "hearing_time", "recheck_time")


def as_it_stood(record: Case, at: datetime) -> Case:
    """A record without what came after a moment: what an act of then could rest on."""
    # what is not there at all is not gone through: of a record that grows, that is most
    late = [
        part
        for part, path in _PARTS.items()
        if record.HasField(part) and (done := moment_at(record, path)) is not None and done > at  # type: ignore[arg-type]
    ]
    defence = record.defence if record.HasField("defence") else None
    said = [
        name
        for name in (_SAID if defence is not None else ())
        if (done := moment_at(defence, name)) is not None and done > at
    ]
    if not (late or said or record.recusals):
        return record
    stood = Case()
    stood.CopyFrom(record)
    for part in late:
        stood.ClearField(part)
    for name in said:
        stood.defence.ClearField(name)
    del stood.recusals[:]
    stood.recusals.extend(recusals_by(record, at))
    return stood


def recusals_by(record: Case, at: datetime) -> Iterator[Recusal]:
    """The requests for recusal as they stood at a moment; one without a time was always there, as it is told."""
    for asked in record.recusals:
        if asked.HasField("request_time") and moment_of(asked.request_time) > at:
            continue
        stood = Recusal.FromString(asked.SerializeToString())
        if asked.HasField("decide_time") and moment_of(asked.decide_time) > at:
            stood.state = RECUSAL_STATE_PENDING
        yield stood


def as_counted(record: Case, at: datetime, *, with_it: bool) -> Case:
    """A record with the payments, performances and outcomes before a moment, and those of the moment where it is `with_it`."""
    stood = Case()
    stood.CopyFrom(record)

    def kept(listed: Iterable[Any], time: str) -> list[Any]:
        return [
            each
            for each in listed
            if (done := moment_at(each, time)) is None or done < at or (with_it and done == at)
        ]

    for name, time in (
        ("payments", "pay_time"),
        ("refunds", "refund_time"),
        ("performances", "perform_time"),
    ):
        stood.ClearField(name)  # type: ignore[arg-type]
        getattr(stood, name).extend(kept(getattr(record, name), time))
    for name in ("remedies", "stays"):
        stood.ClearField(name)  # type: ignore[arg-type]
        getattr(stood, name).extend(kept(getattr(record, name), "begin_time"))
        for each in getattr(stood, name):
            if each.HasField("end_time") and not kept([each], "end_time"):
                for field in ("end_time", "end_document", "end"):
                    if field in each.DESCRIPTOR.fields_by_name:
                        each.ClearField(field)
    hold(stood, kept(record.outcomes, "outcome_time"))
    own = [
        OwnCorrection.FromString(o.SerializeToString()) for o in kept(record.own_corrections, "propose_time")
    ]
    for each in own:
        if each.HasField("decide_time") and not kept([each], "decide_time"):
            each.state = OWN_CORRECTION_STATE_PENDING
            for field in ("decide_time", "decider", "opinion", "document_number"):
                each.ClearField(field)  # type: ignore[arg-type]
    del stood.own_corrections[:]
    stood.own_corrections.extend(own)
    if len(stood.payments) < len(record.payments):
        stood.paid.fen = sum(paid.amount.fen for paid in stood.payments)
    return stood


OUTCOME_ACTS = frozenset(each.act for each in ACTS.values() if each.rpc == "RecordOutcome") | APPROVING
REPORTS = ("SUBMIT_REPORT", "PROPOSE_NO_PENALTY")


def report_of(record: Case) -> str:
    """The act by which the inquiry ended: its report proposes a penalty, or none."""
    none_due = record.HasField("no_penalty") and not record.HasField("proposal")
    return "PROPOSE_NO_PENALTY" if none_due else "SUBMIT_REPORT"


def set_aside_told(record: Case) -> Outcome:
    """The outcome by which a decision was set aside, where a report tells of that alone."""
    said = record.set_aside
    kind = OutcomeKind.Name(said.kind)  # type: ignore[arg-type]
    return Outcome(kind=kind, authority=said.authority, document=said.document)


class RecordedFacts(PenaltyFacts):
    """The facts of an act from the record before and after it."""

    by_event: ClassVar[Mapping[str, frozenset[str]]] = TOLD_BY_EVENT

    def __init__(
        self,
        case: Case,
        after: Case,
        move: Move,
        *,
        event: Any = None,
        at: datetime | None = None,
        now: datetime,
        parameters: Layers,
        calendar: Calendar,
    ) -> None:
        self.case, self.record, self.move, self.event, self._at = case, after, move, event, at
        self.now, self.parameters, self.calendar = now, parameters, calendar

    @fact
    def at(self) -> datetime:
        """The time in the record; else that of the event."""
        path = ACTS[self.move.act].done
        at = self._told_time() or (moment_at(self.record, path) if path else None) or self._at
        if at is None:
            raise Unknown("when the act was done")
        return at

    def _told_time(self) -> datetime | None:
        """When it was done, where that is told of what the act adds and not of the record."""
        told: tuple[Any, str] | None = None
        match self.move.act:
            case "RECORD_EVIDENCE" if (evidence := getattr(self.event, "evidence", None)) is not None:
                told = evidence, "collect_time"
            case "REQUEST_RECUSAL" if (recusal := getattr(self.event, "recusal", None)) is not None:
                told = recusal, "request_time"
            case "RECORD_PAYMENT" if new := self._paid():
                told = new[-1], "pay_time"
            case "REFUND_FINE" if given := self._refunded():
                told = given[-1], "refund_time"
            case "PROPOSE_OWN_CORRECTION":
                told = self.own_correction(), "propose_time"
            case "REFUSE_OWN_CORRECTION":
                told = self.own_correction(), "decide_time"
            case act if act in OUTCOME_ACTS:
                told = self.outcome(), "outcome_time"
            case act if act in REMEDIES:
                told = self.remedy(), "end_time" if act in ENDINGS else "begin_time"
            case act if act in STAYS:
                told = self.stay(), "end_time" if act == "END_STAY" else "begin_time"
            case "RECORD_PERFORMANCE":
                told = self.performance(), "perform_time"
        return moment_at(*told) if told is not None else None

    def standing_at(self) -> datetime:
        return self.at()

    @fact
    def caller(self) -> str:
        """Whom the record names; where it has a place for the name and that is blank, nobody, and no rule takes that for kept."""
        act = self.move.act
        if path := ACTS[act].by:
            return str(value(self.record, path))
        if act in RECUSERS:
            return str(getattr(self._recusal(), RECUSERS[act]))
        if act in OWN_ACTS:
            own = self.own_correction()
            return str(own.proposer if act == "PROPOSE_OWN_CORRECTION" else own.decider)
        if act in CORRECTORS:
            return str(getattr(self.correction(), CORRECTORS[act]))
        raise Unknown("who did the act")

    def signer(self) -> str:
        """Whom the record names, else who is behind the event."""
        act, told = self.move.act, getattr(self.event, "case", None)
        if ACTS[act].by or act in RECUSERS or act in OWN_ACTS or told is None or not told.last_act.actor:
            return self.caller()
        return str(told.last_act.actor)

    def roles(self) -> frozenset[str]:
        raise Unknown("in which role the act was done")

    def handled(self, person: str) -> bool:
        """By the record: those who handle the case, and those who handled it before the act."""
        return person in {o.officer_id for case in (self.case, self.record) for o in case.officers}

    def officer_ids(self) -> tuple[str, ...]:
        if (evidence := getattr(self.event, "evidence", None)) is not None:
            return tuple(evidence.collector_ids)
        return tuple(o.officer_id for o in self.record.officers)

    def place(self) -> str:
        evidence = getattr(self.event, "evidence", None)
        return (evidence.area_code if evidence is not None else "") or self.record.area_code

    def certificate_shown(self) -> bool:
        if self.move.act == "MAKE_SPOT_DECISION":
            return self._spot().certificate_shown
        return bool(self._evidence().certificate_shown)

    def evidence_source(self) -> str:
        return str(self._evidence().source)

    def collected(self) -> Evidence:
        found: Evidence = self._evidence()
        return found

    def told_when_taken(self) -> bool:
        questioned = self._evidence().kind == EVIDENCE_KIND_PARTY_STATEMENT
        told = moment_at(self.record, "rights_told_time")
        return not questioned or (told is not None and told <= self.at())

    def sampling(self) -> Sampling | None:
        told = self._evidence()
        return told.sampling if told.HasField("sampling") else None

    def spoken(self) -> bool:
        told = self._evidence()
        return told.kind in SPOKEN and not told.handed_in

    def inquiry(self) -> Inquiry | None:
        told = self._evidence()
        return told.inquiry if told.HasField("inquiry") else None

    def questioned_meanwhile(self) -> tuple[str, ...]:
        raise Unknown("who else was questioned")

    def monitoring(self) -> Monitoring | None:
        told = self._evidence()
        return told.monitoring if told.HasField("monitoring") else None

    def evidence_kept(self) -> bool:
        told = self._evidence()
        return bool(told.sha256 or told.HasField("file"))

    def examined(self) -> Evidence:
        found: Evidence = self._evidence()
        return found

    def _evidence(self) -> Any:
        if (evidence := getattr(self.event, "evidence", None)) is None:
            raise Unknown("how evidence was taken")
        return evidence

    def cause(self) -> str:
        if self.move.act in _ANNOUNCES:
            return self._announced().cause
        if self.move.act == "RESUME_INQUIRY":
            return self.suspension().resume_cause
        return self.record.cause or getattr(self.event, "cause", "")

    def complexity(self) -> str:
        return self.record.review.complexity

    def advisers(self) -> tuple[str, ...]:
        return tuple(self.record.review.advisers)

    def advice(self) -> str:
        return self.record.review.advice

    def distinct_reason(self) -> str:
        return self.record.distinct_reason

    @fact
    def penalty(self) -> Penalty:
        if self.move.act == "CHANGE_OWN_DECISION":
            return self.own_correction().penalty
        found: Penalty = value(self.record, ACTS[self.move.act].penalty or "decision.penalty")
        return found

    def no_penalty(self) -> NoPenalty:
        return self.record.no_penalty.outcome

    def proofs(self) -> tuple[int, ...]:
        raise Unknown("which evidence the case has")

    def lenience_proofs(self) -> tuple[int, ...]:
        raise Unknown("which evidence the case has")

    def told(self) -> Told:
        n = self.record.notice
        return Told(n.facts, n.reasons, n.basis, n.hearing_right_told)

    def waiver(self) -> str:
        return self.record.defence.waive_proof

    def kept(self, reference: str) -> bool:
        """What paper a record names is with those who handled the case; that it names one is all that is seen here."""
        return bool(reference.strip())

    def hearing(self) -> Hearing:
        return self.record.hearing

    @fact
    def discussion(self) -> Discussion:
        decided = self._recusal() if self.move.act == "DECIDE_RECUSAL" else self.record.decision
        return Discussion(decided.discussion, tuple(decided.discussion_members))

    def closing(self) -> Closing:
        return self.record.closing

    def redactions(self) -> tuple[Redaction, ...]:
        return tuple(self.record.publication.redactions)

    def adult_proof(self) -> str:
        return self.record.publication.adult_proof

    def withhold_ground(self) -> int:
        if self.move.act == "WITHDRAW_PUBLICATION":
            return withdrawn(self.case, self.record).withdrawal.ground
        said = self.record.withholding
        return said.ground

    def identity_number(self) -> str:
        raise Unknown("the party's whole number")

    def receipt(self) -> str:
        return self._served().receipt

    def _served(self) -> Service:
        """Of the decision, or of the paper by which the agency corrected it."""
        return self.record.correcting_paper.service if self.move.act == SERVING else self.record.service

    def service_method(self) -> int:
        return self._served().method

    def electronic_consent(self) -> str:
        """What paper it names is with those who handled the case."""
        return self._served().consent

    def electronic_address(self) -> str:
        return self._served().address

    def attempts(self) -> Sequence[ServiceAttempt]:
        """Those that name a paper; it is with those who handled the case."""
        told = self._announced() if self.move.act in _ANNOUNCES else self._served()
        return [a for a in told.attempts if a.proof.strip()]

    def left(self) -> LeftService:
        return self._served().left

    def whereabouts(self) -> str:
        return self._announced().whereabouts

    def _announced(self) -> Announcement:
        """The public notice of the decision, or of the paper by which the agency corrected it."""
        own = self.move.act in (ANNOUNCING, SERVING)
        return self.record.correcting_paper.announcement if own else self.record.announcement

    def decision_paper(self) -> DecisionPaper:
        return self.record.decision.paper

    def seal(self) -> str:
        raise Unknown("which seal the agency has")

    def bank(self) -> tuple[str, str]:
        raise Unknown("to which bank the agency has fines paid")

    def hearing_answers(self) -> Sequence[HearingAnswer]:
        none = self.move.act == "DECIDE_NO_PENALTY"
        return tuple((self.record.no_penalty if none else self.record.decision).hearing_answers)

    def amount(self) -> int:
        if self.move.act in _PASSED_ON:
            return self.record.collection.amount.fen
        if self.move.act == "REFUND_FINE":
            return sum(each.amount.fen for each in self._refunded())
        before, after = self.case, self.record
        return after.paid.fen + after.surcharge_paid.fen - before.paid.fen - before.surcharge_paid.fen

    def bank_reference(self) -> str:
        """That of the payments since; blank as soon as one of them has none."""
        if self.move.act in _PASSED_ON:
            return self.record.collection.bank_reference
        new = self._refunded() if self.move.act == "REFUND_FINE" else self._paid()
        return new[-1].bank_reference if new and all(p.bank_reference.strip() for p in new) else ""

    def collection(self) -> Collection:
        return self.record.collection

    def receipt_issued(self) -> bool:
        raise Unknown("which receipts the finance department issued")

    def receipt_used(self) -> bool:
        raise Unknown("for which fines receipts were given")

    def remedy(self) -> RemedyTime:
        """The last one."""
        return self.record.remedies[-1] if self.record.remedies else RemedyTime()

    def stay(self) -> Stay:
        """That which the event tells, or the record has more of, or whose end is new; nothing where there is none."""
        if isinstance(told := getattr(self.event, "stay", None), Stay):
            return told
        before, after = self.case.stays, self.record.stays
        if self.move.act == "RECORD_STAY":
            return after[-1] if len(after) > len(before) else Stay()
        both = zip(before, after, strict=False)
        ended = (now for was, now in both if now.HasField("end_time") and not was.HasField("end_time"))
        return next(ended, Stay())

    def stayed_by(self) -> tuple[str, ...]:
        return stayed_by(self.record, self.at()) if self.record.stays else ()

    def performance(self) -> Performance:
        """The one that is new; nothing where there is none."""
        new = self.record.performances[len(self.case.performances) :]
        return new[-1] if new else Performance()

    def deferral(self) -> Deferral:
        return self.record.deferral

    def instalments(self) -> Sequence[Instalment]:
        return tuple(self.record.instalments)

    def collectors(self) -> tuple[str, ...]:
        if self.move.act in _PASSED_ON:
            return (self.caller(),)
        new = self._refunded() if self.move.act == "REFUND_FINE" else self._paid()
        return tuple(p.recorder for p in new)

    def _paid(self) -> tuple[Payment, ...]:
        """The payments since."""
        return tuple(self.record.payments[len(self.case.payments) :])

    def _refunded(self) -> tuple[Refund, ...]:
        """What was given back since."""
        return tuple(self.record.refunds[len(self.case.refunds) :])

    def form(self) -> SpotForm:
        told = self._spot()
        number = self.record.decision.document_number
        return SpotForm(
            number,
            told.rights_told,
            told.statement_heard,
            told.party_signed,
            told.refusal_note,
            told.reconsideration_authority,
        )

    def _spot(self) -> SpotRecord:
        if not self.record.HasField("spot"):
            raise Unknown("what was done on the spot before the decision")
        return self.record.spot

    def correction(self) -> RecordCorrection:
        if (found := getattr(self.event, "correction", None)) is None:
            raise Unknown("which correction it is")
        return found  # type: ignore[no-any-return]

    def recusal(self) -> Recusal:
        return self._recusal()

    def _recusal(self) -> Recusal:
        found = getattr(self.event, "recusal", None)
        if found is None:
            raise Unknown("which recusal it is")
        return found  # type: ignore[no-any-return]

    def issued(self) -> frozenset[str]:
        raise Unknown("which papers were issued")

    def suspension(self) -> Suspension:
        return self.record.suspensions[-1] if self.record.suspensions else Suspension()

    def outcome(self) -> Outcome:
        """That which the event tells, or the record has more of; in a report, what set the decision aside."""
        told = getattr(self.event, "outcome", None)
        if told is not None and told.kind:
            return told  # type: ignore[no-any-return]
        new = self.record.outcomes[len(self.case.outcomes) :]
        return new[-1] if new else set_aside_told(self.record)

    def own_correction(self) -> OwnCorrection:
        """That which the event tells, else which is new in the record, or was decided in it; an empty one where there is none."""
        if isinstance(told := getattr(self.event, "own_correction", None), OwnCorrection):
            return told
        before, after = self.case.own_corrections, self.record.own_corrections
        if self.move.act == "PROPOSE_OWN_CORRECTION":
            return after[-1] if len(after) > len(before) else OwnCorrection()
        waited = pending(self.case)
        if waited is None:
            return OwnCorrection()
        decided = (o for o in after if o.correction_id == waited.correction_id and o.HasField("decide_time"))
        return next(decided, OwnCorrection())

    def credit_receipt(self) -> str:
        """Of what the platform was told of since."""
        before, after = (
            [held.withdrawal for held in (*case.earlier_decisions, case)] for case in (self.case, self.record)
        )
        told = (
            now.credit_receipt
            for was, now in zip(before, after, strict=False)
            if now.HasField("credit_time") and not was.HasField("credit_time")
        )
        return next(told, "")

    def withdrawal_reasons(self) -> str:
        return withdrawn(self.case, self.record).withdrawal.explanation

    def withdrawal_address(self) -> str:
        return withdrawn(self.case, self.record).withdrawal.address

    def receiver(self) -> Body:
        found = self.body(self.record.transfer.to_body_id or self.record.body_id)
        if found is None:
            raise Unknown("the receiving body")
        return found

    def referral(self) -> Referral | None:
        raise Unknown("whether a crime was suspected in the case")

    def enforced(self, ground: int) -> bool:
        """A case that was handled elsewhere has no other record of it than the paper named."""
        if self.record.source == CASE_SOURCE_OUTSIDE:
            return True
        raise Unknown("how the enforcement of the case stood")

    def open_measures(self) -> tuple[str, ...]:
        raise Unknown("which measures of the case are open")

    def awaited(self) -> tuple[str, ...]:
        raise Unknown("whether instructions were asked for about the case")

    @fact
    def limits(self) -> Thresholds:
        """Raises Unknown for a day before they were law."""
        try:
            return super().limits()
        except ValueError:
            raise Unknown("what held on that day") from None

    def resolved(self, key: str, at: datetime) -> Resolved:
        """Raises Unknown for a day before it was law."""
        try:
            return super().resolved(key, at)
        except ValueError:
            raise Unknown("what held on that day") from None


def value(message: Any, path: str) -> Any:
    """What stands at a dotted path of a message."""
    return _way(path)(message)


_way = cache(attrgetter)
