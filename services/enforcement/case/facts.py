"""The facts of the penalty procedure at a department: from its rows, and from the request where there is one.

The same for a write and for a listing of open acts, which has no request.
"""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from sqlalchemy import or_, select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.enforcement.v1.benchmark_pb2 import Benchmark as BenchmarkProto
from yifa.enforcement.v1.case_pb2 import RECUSAL_STATE_PENDING, Recusal
from yifa.enforcement.v1.collection_pb2 import Collection
from yifa.enforcement.v1.evidence_pb2 import Evidence as EvidenceProto
from yifa.enforcement.v1.evidence_pb2 import Inquiry, Monitoring, Sampling
from yifa.enforcement.v1.monitoring_device_pb2 import MonitoringDevice
from yifa.enforcement.v1.publication_pb2 import Redaction
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.enforcement.v1.stay_pb2 import Stay
from yifa.enforcement.v1.surcharge_pb2 import RemedyTime
from yifa.law.v1.options_pb2 import Role

from services.enforcement.advance_registration.model import open_registrations
from services.enforcement.archive.model import papers_of
from services.enforcement.basis.resting import ENDED
from services.enforcement.benchmark.model import BenchmarkVersion
from services.enforcement.body.model import Body, PowerItem
from services.enforcement.case.model import Assignment, Case
from services.enforcement.court_enforcement.model import enforced
from services.enforcement.decision.model import SpotForm, form_key
from services.enforcement.decision.paper import paper_of
from services.enforcement.enforcement.model import enforcements_of
from services.enforcement.evidence.marking import excluded_so, taken_so, verified_so
from services.enforcement.evidence.model import Evidence
from services.enforcement.evidence.questioning import meanwhile
from services.enforcement.evidence.telling import evidence_proto
from services.enforcement.file.model import StoredFile
from services.enforcement.head.model import rank_in
from services.enforcement.hearing.asked import hearing_with
from services.enforcement.important_matter.model import awaited
from services.enforcement.legal_adviser.model import adviser_then
from services.enforcement.listed_document.model import listed
from services.enforcement.measure.model import open_measures
from services.enforcement.monitoring_device.model import device_at
from services.enforcement.officer.looking import stood_at
from services.enforcement.outcome.asked import outcome_of
from services.enforcement.own_correction.asked import proposal_of
from services.enforcement.past_penalty.model import penalised
from services.enforcement.receipt_batch.model import receipt_issued, receipt_used
from services.enforcement.referral.model import newest_referral
from services.enforcement.sampling_institution.model import sampled_by
from services.kit.refusal import Malformed
from services.law.calendar import SHANGHAI
from services.law.citation import statutes
from services.law.discretion.version import Holding, holding
from services.law.document_use import Listed
from services.law.heads import CHIEF
from services.law.identity import born_on
from services.law.moment import moment_at, moment_of
from services.law.procedures.enforcement.recorded import shows
from services.law.procedures.penalty import own_correction
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.amounts import party_of
from services.law.procedures.penalty.body import matter_of, plain, same_place
from services.law.procedures.penalty.facts import (
    Discussion,
    PenaltyFacts,
    Told,
)
from services.law.procedures.penalty.facts import SpotForm as Form
from services.law.procedures.penalty.law_then import act_day
from services.law.procedures.penalty.outcome import in_force
from services.law.procedures.penalty.proving import relied_on
from services.law.procedures.penalty.recorded import SPOKEN
from services.law.procedures.penalty.remedy import ENDINGS
from services.law.process import Move
from services.law.rule import NotAsked, fact
from services.law.standing import Person, Scope

# The procedure that this service knows is that of the Act of 2021; no act of a case lies before it.
IN_FORCE = datetime.combine(statutes()["APL-2021"].in_force, datetime.min.time(), SHANGHAI)

# Where a request names those who act in the field.
NAMED_IN = {
    "ASSIGN_OFFICERS": "officer_ids",
    "MAKE_SPOT_DECISION": "officer_ids",
    "RECORD_EVIDENCE": "collector_ids",
}


def when(message: Message, field: str, now: datetime, path: str = "") -> datetime:
    """When an act was done: a time in a request, or now. Raises Malformed for one that cannot be."""
    if not message.HasField(field):
        return now
    at = legible(message, field, path)
    if at < IN_FORCE:
        said = f"lies before {IN_FORCE.date()}, when the Administrative Penalty Law (2021) came into force"
        raise Malformed({path or field: (said, f"早于《行政处罚法》（2021年修订）施行之日{IN_FORCE.date()}")})
    return at


def legible(message: Message, field: str, path: str = "") -> datetime:
    """A time in a message. Raises Malformed for one beyond the calendar."""
    stamp = getattr(message, field)
    try:
        at = moment_of(stamp)
        at.astimezone(SHANGHAI)
        if not 0 <= stamp.nanos < 1_000_000_000:
            raise ValueError(stamp.nanos)
    except (ValueError, OverflowError):
        said = ("is no moment between the years 1 and 9999", "不是公元1年至9999年之间的时间")
        raise Malformed({path or field: said}) from None
    return at


def legible_throughout(message: Any, path: str = "") -> None:
    """Raise Malformed for a time, anywhere in a message, beyond the calendar."""
    for field, value in message.ListFields():
        if isinstance(value, Timestamp):
            legible(message, field.name, f"{path}{field.name}")
        elif field.message_type is not None and not field.is_repeated:
            legible_throughout(value, f"{path}{field.name}.")


class LookedUp(PenaltyFacts):
    """What is looked up in the department's rows. `look` is a transaction or a view."""

    look: Any

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def item(self, item_id: str) -> PowerItem | None:
        return self.look.find(PowerItem, item_id)  # type: ignore[no-any-return]

    def handled(self, person: str) -> bool:
        return self.look.find(Assignment, f"{self.case.case_id}/{person}") is not None

    def rank(self, person: str) -> int:
        return rank_in(self.look, self.case, person, self.at())

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        return stood_at(self.look, person, at, scope)

    @fact
    def benchmark(self) -> BenchmarkProto:
        penalty, judged = self.penalty(), self.at().astimezone(SHANGHAI).date()
        return measuring(self.look, self.case, penalty, judged).item

    def listed(self, key: str) -> Listed | None:
        return listed(self.look, key)

    @fact
    def filed_before(self) -> cases.Case | None:
        matter = matter_of(self.case)
        if not matter:
            return None
        same = select(Case).where(Case.matter == matter, Case.case_id != self.case.case_id)
        rows = self.look.query(same.where(Case.state.not_in(ENDED)).order_by(Case.case_id))
        return first_filed((row.record for row in rows), self.case)

    @fact
    def of_the_day(self) -> tuple[cases.Case, ...]:
        """By the number of the party; where it or that of the other case is missing, by the name."""
        day = act_day(self.case)
        if day is None:
            return ()
        number, name = self.identity_number(), plain(self.case.party.name)
        party = (
            or_(Case.identity_number == number, Case.party_name == name)
            if number
            else Case.party_name == name
        )
        same = select(Case).where(Case.act_day == day.isoformat(), party, Case.case_id != self.case.case_id)
        rows = self.look.query(same.order_by(Case.case_id))
        theirs = (r for r in rows if not (number and r.identity_number) or r.identity_number == number)
        return tuple(cases.Case.FromString(row.record) for row in theirs)

    def seal(self) -> str:
        owner = self.owner()
        return str(getattr(owner, "seal", "")).strip()

    def bank(self) -> tuple[str, str]:
        said = self.parameters.numbering(self.case.sector)
        return said.bank.strip(), said.bank_address.strip()

    def form_used(self) -> bool:
        row = self.look.find(SpotForm, form_key(self.case.body_id, self.form_number()))
        return row is not None and row.case_id != self.case.case_id

    @abstractmethod
    def form_number(self) -> str:
        """The number of the form of a decision on the spot."""

    def _bodies(self) -> set[str]:
        """The body that acts, and the agency in whose name it does."""
        owner = self.owner()
        return {self.case.body_id, owner.body_id if owner is not None else ""} - {""}

    def adviser_then(self, adviser: str) -> bool:
        return adviser_then(self.look, adviser, self._bodies(), self.at())

    @fact
    def device(self) -> MonitoringDevice | None:
        """The device on the register of the body that was in order when it recorded the evidence; None where none was."""
        told = self.monitoring()
        recorded = moment_at(told, "record_time") if told is not None else None
        if told is None or recorded is None:
            return None
        return device_at(self.look, told.device, self._bodies(), recorded)

    def device_then(self) -> bool:
        return self.device() is not None

    def sampler_then(self) -> bool:
        taken = self.sampling()
        return taken is not None and sampled_by(self.look, taken.sampler, taken.qualification, self.at())

    @fact
    def questioned_meanwhile(self) -> tuple[str, ...]:
        held = self.inquiry()
        if held is None:
            return ()
        rows = self.look.query(
            select(Evidence).where(Evidence.case_id == self.case.case_id, Evidence.inquiry != b"")
        )
        return meanwhile(held, self.officer_ids(), rows)

    def penalised_before(self) -> bool:
        """By a decision of this department that stands, or one of before that it brought in, about a party of the same number; of
        the same name where it has none.
        """
        number = self.identity_number()
        same = select(Case).where(Case.identity_number == number, Case.case_id != self.case.case_id)
        others = (cases.Case.FromString(row.record) for row in self.look.query(same))
        by_case = any(
            in_force(other) for other in others if number or other.party.name == self.case.party.name
        )
        return by_case or penalised(self.look, number, self.case.party.name)

    def receipt_issued(self) -> bool:
        return receipt_issued(self.look, self.case.body_id, self.collection().receipt, self.at())

    def receipt_used(self) -> bool:
        return receipt_used(self.look, self.case.case_id, self.collection().receipt)

    @fact
    def referral(self) -> Referral | None:
        return newest_referral(self.look, self.case.case_id)

    @fact
    def issued(self) -> frozenset[str]:
        return frozenset(row.kind for row in papers_of(self.look, self.case))

    @fact
    def open_measures(self) -> tuple[str, ...]:
        held = (row.measure_id for row in open_measures(self.look, self.case.case_id))
        registered = (row.registration_id for row in open_registrations(self.look, self.case.case_id))
        return (*held, *registered)

    @fact
    def awaited(self) -> tuple[str, ...]:
        return awaited(self.look, self.case.case_id)

    def enforced(self, ground: int) -> bool:
        by_court = self.case.source == cases.CASE_SOURCE_OUTSIDE or enforced(
            self.look, self.case.case_id, ground
        )
        mine = enforcements_of(self.look, self.case.case_id)
        return by_court or shows(ground, self.case, mine, self.at(), self.look.calendar)

    def birth_date(self) -> date | None:
        return born_on(self.identity_number())

    def identity_number(self) -> str:
        row = self.look.find(Case, self.case.case_id)
        return str(row.identity_number if row is not None else self.case.party.identity_number)


def measuring(look: Any, case: cases.Case, penalty: penalties.Penalty, judged: date) -> Holding:
    """The version of the item that a penalty names which measures the act; an empty one where it names none."""
    versions = versions_of(look, penalty.benchmark_id)
    return holding(versions, act_day(case), judged, penalty, party_of(case, penalty))


def versions_of(look: Any, item: str) -> list[BenchmarkProto]:
    """Every version of an item that was published."""
    wanted = select(BenchmarkVersion).where(BenchmarkVersion.benchmark_id == item)
    return [BenchmarkProto.FromString(row.record) for row in look.query(wanted)] if item else []


def first_filed(records: Iterable[bytes], case: cases.Case) -> cases.Case | None:
    """The first of the cases of a matter that may be about the same place."""
    others = (cases.Case.FromString(record) for record in records)
    filed = (other for other in others if same_place(other.area_code, case.area_code))
    return min(filed, key=lambda other: moment_of(other.file_time), default=None)


class CaseFacts(LookedUp):
    """The facts of an act that is asked for; without a request, those of a listing."""

    def __init__(self, case: cases.Case, look: Any, move: Move, request: Any = None) -> None:
        self.case, self.look, self.move, self.request = case, look, move, request
        self.now, self.parameters, self.calendar = look.now, look.parameters, look.calendar

    @property
    def asked(self) -> Any:
        """The request. Raises NotAsked in a listing."""
        if self.request is None:
            raise NotAsked(self.move.act)
        return self.request

    @fact
    def at(self) -> datetime:
        field = ACTS[self.move.act].asked
        return when(self.request, field, self.now) if field and self.request is not None else self.now

    def caller(self) -> str:
        """In a listing the caller, where that person may do the act."""
        caller = self.look.caller
        if self.request is None and not self.roles() & set(self.move.roles):
            raise NotAsked("who does it")
        return str(caller.subject)

    def roles(self) -> frozenset[str]:
        return role_names(self.look.caller.roles)

    def officer_ids(self) -> tuple[str, ...]:
        """Those whom the request names; where it has no place for that, and in a listing of what they may collect, those who
        handle the case."""
        field, act = NAMED_IN.get(self.move.act, ""), self.move.act
        if not field or (self.request is None and act == "RECORD_EVIDENCE"):
            return tuple(o.officer_id for o in self.case.officers)
        return tuple(getattr(self.asked, field))

    def place(self) -> str:
        named = getattr(self.request, "area_code", "") if self.request is not None else ""
        return named or self.case.area_code

    def certificate_shown(self) -> bool:
        return bool(self.asked.certificate_shown)

    def evidence_source(self) -> str:
        return str(self.asked.source)

    @fact
    def collected(self) -> EvidenceProto:
        asked = self.asked
        piece = EvidenceProto(kind=asked.kind, title=asked.title, source=asked.source)
        taken_so(piece, asked)
        return piece

    def told_when_taken(self) -> bool:
        asked = self.asked
        questioned = asked.kind == cases.EVIDENCE_KIND_PARTY_STATEMENT
        return asked.rights_told or not questioned or told_by(self.case, self.at())

    def sampling(self) -> Sampling | None:
        return self.asked.sampling if self.asked.HasField("sampling") else None

    def spoken(self) -> bool:
        return self.asked.kind in SPOKEN and not self.asked.handed_in

    def inquiry(self) -> Inquiry | None:
        return self.asked.inquiry if self.asked.HasField("inquiry") else None

    def monitoring(self) -> Monitoring | None:
        return self.asked.monitoring if self.asked.HasField("monitoring") else None

    @fact
    def examined(self) -> EvidenceProto:
        """The piece that is named, with what the request says of it."""
        asked = self.asked
        row = self.look.find(Evidence, asked.evidence_id)
        if row is None:
            return EvidenceProto()
        found = evidence_proto(row)
        if self.move.act == "EXCLUDE_EVIDENCE":
            found.exclusion.CopyFrom(excluded_so(asked, self.caller(), self.at()))
        else:
            found.verification.CopyFrom(verified_so(asked.how, self.caller(), self.at(), relied=asked.relied))
        return found

    def evidence_kept(self) -> bool:
        return bool(self.asked.file_id or self.asked.sha256)

    def cause(self) -> str:
        return str(self.asked.cause)

    def complexity(self) -> str:
        return str(self.asked.complexity)

    def advisers(self) -> tuple[str, ...]:
        return tuple(self.asked.advisers)

    def advice(self) -> str:
        return str(self.asked.advice)

    def distinct_reason(self) -> str:
        """What the request says where it has a place for it; else what was said before."""
        return str(getattr(self.request, "distinct_reason", "") or self.case.distinct_reason)

    def penalty(self) -> penalties.Penalty:
        """Of a decision that names none, the one that the party was told of; of a notice, the proposal."""
        if self.move.act == "SERVE_PRIOR_NOTICE":
            return self.case.proposal
        if self.move.act == "MAKE_DECISION" and (
            self.request is None or not self.request.penalty.ListFields()
        ):
            return self.case.notice.penalty
        if self.move.act == "CHANGE_OWN_DECISION":
            return self.own_correction().penalty
        return self.asked.proposal if self.move.act == "SUBMIT_REPORT" else self.asked.penalty

    def no_penalty(self) -> penalties.NoPenalty:
        """Of a decision that names no ground, what the report proposed."""
        named = self.request is not None and self.request.HasField("no_penalty")
        if self.move.act == "DECIDE_NO_PENALTY" and not named and self.case.HasField("no_penalty"):
            return self.case.no_penalty.outcome
        return self.asked.no_penalty  # type: ignore[no-any-return]

    def proofs(self) -> tuple[int, ...]:
        return self._kinds_of(self.no_penalty().evidence_ids)

    def lenience_proofs(self) -> tuple[int, ...]:
        return self._kinds_of(self.penalty().lenience.evidence_ids)

    def _kinds_of(self, evidence_ids: Iterable[str]) -> tuple[int, ...]:
        """The kinds of pieces of evidence; 0 for one that is not of this case, or was not verified, or was excluded."""
        relied = {mark.evidence_id for mark in relied_on(self.case)}
        found = (self.look.find(Evidence, each) for each in evidence_ids)
        return tuple(
            0
            if row is None or row.case_id != self.case.case_id or row.evidence_id not in relied
            else row.kind
            for row in found
        )

    def told(self) -> Told:
        asked = self.asked
        return Told(asked.facts, asked.reasons, asked.basis, asked.hearing_right_told)

    def waiver(self) -> str:
        return str(self.asked.proof)

    def handled(self, person: str) -> bool:
        """Who acts on the spot handles the case from that moment."""
        there = self.move.act == "MAKE_SPOT_DECISION" and person in self.officer_ids()
        return there or super().handled(person)

    def kept(self, reference: str) -> bool:
        told = moment_at(self.case, "notice.serve_time")
        return told is not None and self._on_record(reference, since=told)

    def _on_record(self, reference: str, since: datetime = IN_FORCE, by: datetime | None = None) -> bool:
        """Whether a reference is a document among the evidence of this case, with its file or hash, or a file of it, from between
        two moments; `by` is now where nothing else is said.
        """
        until, evidence = by or self.now, self.look.find(Evidence, reference)
        if evidence is not None:
            shown = evidence.kind == cases.EVIDENCE_KIND_DOCUMENT and bool(evidence.sha256 or evidence.file)
            return (
                shown
                and not evidence.exclusion
                and evidence.case_id == self.case.case_id
                and bool(since <= evidence.collect_time <= until)
            )
        file = self.look.find(StoredFile, reference)
        return (
            file is not None
            and file.case_id == self.case.case_id
            and not file.destroyed
            and bool(since <= file.store_time <= until)
        )

    @fact
    def hearing(self) -> cases.Hearing:
        return hearing_with(self.case.hearing, self.move.act, self.asked, self.caller(), self.at())

    def discussion(self) -> Discussion:
        """On the spot nobody discusses."""
        if self.move.act == "MAKE_SPOT_DECISION":
            return Discussion()
        return Discussion(self.asked.discussion, tuple(self.asked.discussion_members))

    def closing(self) -> cases.Closing:
        found: cases.Closing = self.asked.closing
        return found

    def redactions(self) -> tuple[Redaction, ...]:
        return tuple(self.asked.redactions)

    def adult_proof(self) -> str:
        return str(self.asked.adult_proof)

    def withhold_ground(self) -> int:
        return int(self.asked.ground)

    def receipt(self) -> str:
        return str(self.asked.receipt)

    def service_method(self) -> int:
        return int(self.asked.method)

    def electronic_consent(self) -> str:
        named = str(self.asked.consent)
        return named if self._on_record(named, by=self.at()) else ""

    def electronic_address(self) -> str:
        return str(self.asked.address)

    def attempts(self) -> Sequence[cases.ServiceAttempt]:
        return [a for a in self.asked.attempts if self._on_record(a.proof)]

    def left(self) -> cases.LeftService:
        if self.move.act in ("ANNOUNCE_SERVICE", own_correction.ANNOUNCING):
            return cases.LeftService()
        left = cases.LeftService.FromString(self.asked.left.SerializeToString())
        if not self._on_record(left.record):
            left.ClearField("record")
        return left

    def whereabouts(self) -> str:
        """Only a public notice asks for it."""
        named = str(getattr(self.asked, "whereabouts", ""))
        return named if self._on_record(named) else ""

    @fact
    def decision_paper(self) -> cases.DecisionPaper:
        """As it is set here: by the record, the registry and the city's settings, and by nobody's word."""
        return paper_of(self.case, self.seal(), self.parameters)

    def hearing_answers(self) -> Sequence[cases.HearingAnswer]:
        found: Sequence[cases.HearingAnswer] = self.asked.hearing_answers
        return found

    def amount(self) -> int:
        return int(self.asked.amount.fen)

    def bank_reference(self) -> str:
        return str(self.asked.bank_reference)

    def collection(self) -> Collection:
        asked = self.asked
        return Collection(ground=asked.ground, cause=asked.cause, proof=asked.proof, receipt=asked.receipt)

    def remedy(self) -> RemedyTime:
        asked = self.asked
        if self.move.act in ENDINGS:
            return RemedyTime(end=asked.end, end_document=asked.document)
        return RemedyTime(kind=asked.kind, authority=asked.authority, document=asked.document)

    def stay(self) -> Stay:
        asked = self.asked
        if self.move.act == "END_STAY":
            return Stay(document=asked.stay_document.strip(), end_document=asked.document.strip())
        return Stay(
            ordered_by=asked.ordered_by,
            authority=asked.authority.strip(),
            document=asked.document.strip(),
            ground=asked.ground,
            cause=asked.cause,
        )

    def performance(self) -> cases.Performance:
        asked = self.asked
        return cases.Performance(kind=asked.kind, proof=asked.proof, duty=asked.duty)

    def deferral(self) -> cases.Deferral:
        asked = self.asked
        if self.move.act == "DECIDE_DEFERRAL":
            return cases.Deferral(approved=asked.approved, reason=asked.reason)
        return cases.Deferral(application=asked.application, cause=asked.cause)

    def instalments(self) -> Sequence[cases.Instalment]:
        found: Sequence[cases.Instalment] = self.asked.instalments
        return found

    def collectors(self) -> tuple[str, ...]:
        return (self.caller(),)

    def form_number(self) -> str:
        return str(self.asked.form_number)

    def form(self) -> Form:
        a = self.asked
        return Form(
            a.form_number,
            a.rights_told,
            a.statement_heard,
            a.party_signed,
            a.refusal_note,
            a.reconsideration_authority,
        )

    @fact
    def correction(self) -> cases.RecordCorrection:
        """The one that is decided, or the one that the request would make."""
        asked = self.asked
        if self.move.act == "DECIDE_CORRECTION":
            found = [each for each in self.case.corrections if each.correction_id == asked.correction_id]
            return found[0] if found else cases.RecordCorrection()
        return cases.RecordCorrection(
            field=asked.field, before=asked.before, after=asked.after, reason=asked.reason, proof=asked.proof
        )

    @fact
    def recusal(self) -> Recusal:
        """The one that is decided, or the one that the request would make."""
        asked = self.asked
        if self.move.act == "DECIDE_RECUSAL":
            found = [r for r in self.case.recusals if r.recusal_id == asked.recusal_id]
            return found[0] if found else Recusal()
        return Recusal(
            officer_id=asked.officer_id,
            asker=asked.asker,
            of_head=self.rank(asked.officer_id) == CHIEF,
            state=RECUSAL_STATE_PENDING,
        )

    def suspension(self) -> cases.Suspension:
        asked = self.asked
        return cases.Suspension(ground=asked.ground, cause=asked.cause, document=asked.document)

    @fact
    def outcome(self) -> cases.Outcome:
        return outcome_of(self.asked, self.at())

    @fact
    def own_correction(self) -> cases.OwnCorrection:
        """The one that is decided, or the one that the request would make."""
        asked = self.asked
        if self.move.act == "PROPOSE_OWN_CORRECTION":
            return proposal_of(asked)
        return own_correction.of_id(self.case, asked.correction_id)

    def credit_receipt(self) -> str:
        return str(self.asked.receipt)

    def withdrawal_reasons(self) -> str:
        return str(self.asked.explanation)

    def withdrawal_address(self) -> str:
        return str(self.asked.address)

    def receiver(self) -> Body:
        return self.look.get(Body, self.asked.body_id)  # type: ignore[no-any-return]


@cache
def role_names(roles: frozenset[int]) -> frozenset[str]:
    """Roles as the moves name them."""
    return frozenset(Role.Name(role).removeprefix("ROLE_") for role in roles)


def told_by(case: cases.Case, at: datetime) -> bool:
    """Whether the party had been told of its rights by a moment."""
    told = moment_at(case, "rights_told_time")
    return told is not None and told <= at
