"""What the rules of the penalty procedure may ask. What the record shows is written out; what has to be looked up, or asked of
who does the act, is abstract.
"""

from abc import abstractmethod
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple, Protocol

from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark
from yifa.enforcement.v1.case_pb2 import (
    Case,
    Closing,
    DecisionPaper,
    Deferral,
    Hearing,
    HearingAnswer,
    Instalment,
    LeftService,
    Outcome,
    OwnCorrection,
    Performance,
    RecordCorrection,
    Recusal,
    ServiceAttempt,
    ServiceMethod,
    Suspension,
)
from yifa.enforcement.v1.collection_pb2 import Collection
from yifa.enforcement.v1.evidence_pb2 import Evidence, Inquiry, Monitoring, Sampling
from yifa.enforcement.v1.penalty_pb2 import NoPenalty, Penalty
from yifa.enforcement.v1.publication_pb2 import Redaction
from yifa.enforcement.v1.referral_pb2 import Referral
from yifa.enforcement.v1.stay_pb2 import Stay
from yifa.enforcement.v1.surcharge_pb2 import Owed, RemedyTime

from services.law.calendar import SHANGHAI, Calendar
from services.law.document_use import Listed
from services.law.limitation import harm_of, limitation_ends
from services.law.moment import moment_at, moment_of
from services.law.parameters import Layers, Resolved
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.penalty.amounts import NAMES, Thresholds, graver, is_major, is_person
from services.law.procedures.penalty.owed import last_payment, owed
from services.law.procedures.penalty.stayed import stayed_by
from services.law.procedures.serving import ServingRecord, Way
from services.law.procedures.shared import HeadFacts
from services.law.process import Move
from services.law.rule import fact
from services.law.standing import LEGAL_REVIEW, Person, Scope


class Body(Protocol):
    """An enforcement body as the city announced it; times are None where no end or beginning is known."""

    body_id: str
    node: str
    field: str
    kind: int
    area_code: str
    confirmed: bool
    listed: bool
    from_time: datetime | None
    until_time: datetime | None
    mandator_id: str
    mandate_items: tuple[str, ...]
    mandate_from: datetime | None
    mandate_until: datetime | None
    predecessors: tuple[str, ...]


class Item(Protocol):
    """An item of a published power list."""

    body_id: str
    kind: int
    level: int
    penalty_kinds: tuple[int, ...]
    from_time: datetime | None
    until_time: datetime | None


class Told(NamedTuple):
    """What a notice, or its draft, tells the party."""

    facts: str
    reasons: str
    basis: str
    hearing_right_told: bool


class Discussion(NamedTuple):
    """A discussion by the heads together: its record, and who took part."""

    record: str = ""
    members: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """More than one head is a discussion, and it leaves a record."""
        return bool(self.record.strip()) and len({m.strip() for m in self.members if m.strip()}) > 1


class SpotForm(NamedTuple):
    """What was done on the spot: before the decision, and when it was handed over."""

    number: str
    rights_told: bool
    statement_heard: bool
    party_signed: bool = False
    refusal_note: str = ""
    reconsideration_authority: str = ""
    """Where the form tells the party to apply for reconsideration first."""


class PenaltyFacts(HeadFacts):
    """The case as it stands before the act (`case`), the act (`move`), and the node's own time, law and calendar."""

    case: Case
    move: Move
    now: datetime
    parameters: Layers
    calendar: Calendar

    def sector(self) -> str:
        return self.case.sector

    # Who does it, when.

    @abstractmethod
    def caller(self) -> str:
        """The person who does the act."""

    @abstractmethod
    def roles(self) -> frozenset[str]:
        """The roles of the caller."""

    def signer(self) -> str:
        """The person who does the act, where that is for a head, a reviewer or a host."""
        return self.caller()

    @abstractmethod
    def handled(self, person: str) -> bool:
        """Whether a person handles or ever handled the case."""

    @fact
    def handling(self) -> frozenset[str]:
        """The handling officers of the case."""
        return frozenset([o.officer_id for o in self.case.officers])

    def on_case(self, *but: str) -> bool:
        """Whether the caller is one of the case's handling officers, or in another role that may do the act (`but` these)."""
        others = _others(self.move.roles, but)
        return not others.isdisjoint(self.roles()) or self.caller() in self.handling()

    def window_end(self) -> datetime | None:
        """The last moment in which the party may answer the notice; None before it was served."""
        return moment_at(self.case, "notice.window_end")

    def after(self) -> datetime | None:
        """When what this act builds on was done, None where there is nothing."""
        times = (moment_at(self.case, path) for path in ACTS[self.move.act].after.split())
        return max((at for at in times if at is not None), default=None)

    # The body and its powers.

    @abstractmethod
    def body(self, body_id: str) -> Body | None:
        """A body as it was announced, None for an unknown one."""

    @abstractmethod
    def item(self, item_id: str) -> Item | None:
        """An item of a published power list, None for an unknown one."""

    def standing_at(self) -> datetime:
        """The moment for which the body's standing counts: now, but for what is decided in the field."""
        return self.at() if self.move.act == "MAKE_SPOT_DECISION" else self.now

    @fact
    def own_body(self) -> Body | None:
        return self.body(self.case.body_id)

    @fact
    def owner(self) -> Body | None:
        """The body whose powers are used: an entrusted body acts for its agency."""
        body = self.own_body()
        return self.body(body.mandator_id) if body is not None and body.mandate_from is not None else body

    # The officers.

    @abstractmethod
    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        """How a person stood at a moment, before what a certificate has to cover."""

    @abstractmethod
    def officer_ids(self) -> tuple[str, ...]:
        """Those who do the act in the field."""

    @abstractmethod
    def place(self) -> str:
        """The area in which the act is done."""

    @abstractmethod
    def certificate_shown(self) -> bool:
        """Whether the officers showed their certificates."""

    @fact
    def officers(self) -> tuple[Person, ...]:
        """Those who do the act, as they stood when it was done."""
        body, at = self.own_body(), self.at()
        scope = _field_work(body.field if body is not None else "", self.place())
        return tuple([self.stood(person, at, scope) for person in dict.fromkeys(self.officer_ids())])

    @fact
    def qualified(self) -> bool:
        """Whether the registry holds the caller's qualification for legal review, in force when the review was made."""
        return bool(self.caller().strip()) and self.stood(self.caller(), self.at(), LEGAL_REVIEW).fit

    def review_by_law(self) -> bool:
        """Whether article 58(1) itself asks for the legal review: the party was heard, may ask to be heard, or the penalty is
        a major one, by what is proposed; or the reviewer finds the case complex. Or the layer asks a qualified person of
        every review.
        """
        proposed = self.case.proposal
        return (
            bool(self.parameter("legal_review.qualified", self.at()))
            or self.case.defence.HasField("hearing_time")
            or self.gives_hearing(proposed)
            or is_major(proposed, self.limits())
            or bool(self.complexity().strip())
        )

    # What was handed in.

    @abstractmethod
    def collected(self) -> Evidence:
        """The piece of evidence that is collected, as the act tells of it."""

    @abstractmethod
    def device_then(self) -> bool:
        """Whether by the register the device that recorded the evidence was in order when it did."""

    @abstractmethod
    def sampler_then(self) -> bool:
        """Whether by the list the institution that took the sample was qualified when it did."""

    @abstractmethod
    def evidence_source(self) -> str:
        """Where a piece of evidence comes from."""

    @abstractmethod
    def told_when_taken(self) -> bool:
        """Whether the party had been told of its rights when it was questioned; true where it was not questioned."""

    @abstractmethod
    def sampling(self) -> Sampling | None:
        """How the evidence was taken, where it is a sample."""

    @abstractmethod
    def spoken(self) -> bool:
        """Whether the evidence is what a person said: a statement of the party, or testimony, that was not handed in written."""

    @abstractmethod
    def inquiry(self) -> Inquiry | None:
        """How the person was questioned, where the evidence is the record of that."""

    @abstractmethod
    def questioned_meanwhile(self) -> tuple[str, ...]:
        """Who else was questioned in the case at the same time by one of those who collect the evidence."""

    @abstractmethod
    def monitoring(self) -> Monitoring | None:
        """What stands behind the evidence, where a monitoring device recorded it."""

    @abstractmethod
    def evidence_kept(self) -> bool:
        """Whether the evidence rests on a file: of this node, or of another system by its hash."""

    @abstractmethod
    def examined(self) -> Evidence:
        """The piece of evidence that is verified or excluded, as it stands with what the act says of it."""

    @abstractmethod
    def complexity(self) -> str:
        """What the reviewer finds complex about the case."""

    @abstractmethod
    def advisers(self) -> tuple[str, ...]:
        """The legal advisers and public lawyers who were heard in the review, by their ids on the register."""

    @abstractmethod
    def advice(self) -> str:
        """What they said."""

    @abstractmethod
    def adviser_then(self, adviser: str) -> bool:
        """Whether somebody was an adviser of the agency, or of the government, by the register when the act was done."""

    @abstractmethod
    def cause(self) -> str:
        """Why the act is done."""

    @abstractmethod
    def distinct_reason(self) -> str:
        """What tells the act of this case from the one in a case filed before."""

    @abstractmethod
    def penalty(self) -> Penalty:
        """The penalty that is proposed or decided."""

    @abstractmethod
    def no_penalty(self) -> NoPenalty:
        """The ground on which no penalty is proposed or imposed."""

    @abstractmethod
    def told(self) -> Told:
        """What the notice tells the party."""

    @abstractmethod
    def waiver(self) -> str:
        """The proof that the party waived its rights in writing."""

    @abstractmethod
    def kept(self, reference: str) -> bool:
        """Whether a paper of the party is on record under a reference: evidence or a file of this case, from after the notice."""

    @abstractmethod
    def hearing(self) -> Hearing:
        """The hearing of the case as it stands with what is handed in."""

    @abstractmethod
    def discussion(self) -> Discussion:
        """The discussion by the heads together."""

    @abstractmethod
    def closing(self) -> Closing:
        """On what the case is closed."""

    @abstractmethod
    def receipt(self) -> str:
        """The proof of service."""

    @abstractmethod
    def service_method(self) -> int:
        """How it was served, as a ServiceMethod."""

    @abstractmethod
    def electronic_consent(self) -> str:
        """By which paper of the case the party agreed to electronic service; empty where none was on record by then."""

    @abstractmethod
    def electronic_address(self) -> str:
        """Where it was sent."""

    @abstractmethod
    def attempts(self) -> Sequence[ServiceAttempt]:
        """The ways of service that were tried in vain, as far as a paper of the case shows it."""

    @abstractmethod
    def left(self) -> LeftService:
        """How it was left at the place; without its record where no paper of the case shows it."""

    @abstractmethod
    def whereabouts(self) -> str:
        """Which paper of the case shows that the party cannot be found; empty where none does."""

    @abstractmethod
    def decision_paper(self) -> DecisionPaper:
        """What the paper of the decision says of address, bank, seal and remedies."""

    @abstractmethod
    def seal(self) -> str:
        """The record number of the seal of the agency in whose name it is decided, by the registry; empty where it has none."""

    @abstractmethod
    def bank(self) -> tuple[str, str]:
        """The bank to which the agency has fines paid, and where it is."""

    @abstractmethod
    def hearing_answers(self) -> Sequence[HearingAnswer]:
        """What the decision says of the points of the hearing's minutes."""

    @abstractmethod
    def amount(self) -> int:
        """What is paid, in fen."""

    @abstractmethod
    def bank_reference(self) -> str:
        """The bank's number of the payment."""

    @abstractmethod
    def collection(self) -> Collection:
        """What was collected on the spot, as the act that does it says."""

    @abstractmethod
    def remedy(self) -> RemedyTime:
        """The remedy that begins or ends, with what the act says of it."""

    @abstractmethod
    def stay(self) -> Stay:
        """The stay of execution that begins or ends, with what the act says of it; of one that ends, by which order it began."""

    @abstractmethod
    def performance(self) -> Performance:
        """What of the penalty was carried out."""

    @abstractmethod
    def deferral(self) -> Deferral:
        """The application to pay later or in instalments that is made or decided."""

    @abstractmethod
    def instalments(self) -> Sequence[Instalment]:
        """What is to be paid by which day."""

    @abstractmethod
    def collectors(self) -> tuple[str, ...]:
        """Those who record what is paid."""

    @abstractmethod
    def form(self) -> SpotForm:
        """What was done on the spot before the decision."""

    @abstractmethod
    def recusal(self) -> Recusal:
        """The request for recusal that is made or decided."""

    @abstractmethod
    def issued(self) -> frozenset[str]:
        """The kinds of the papers that were issued of the case as it stands."""

    @abstractmethod
    def suspension(self) -> Suspension:
        """Why the inquiry is to stand still."""

    @abstractmethod
    def outcome(self) -> Outcome:
        """How a remedy against the decision ended."""

    @abstractmethod
    def own_correction(self) -> OwnCorrection:
        """The correction of the decision by the agency itself that is proposed or decided; an empty one where there is none."""

    @abstractmethod
    def credit_receipt(self) -> str:
        """By which receipt the credit platform took in that a decision was withdrawn."""

    @abstractmethod
    def withdrawal_reasons(self) -> str:
        """What the public is told of why a decision was withdrawn."""

    @abstractmethod
    def withdrawal_address(self) -> str:
        """Where the public is told."""

    @abstractmethod
    def receiver(self) -> Body:
        """The body that a case is transferred or passed to."""

    @abstractmethod
    def redactions(self) -> tuple[Redaction, ...]:
        """The passages that are kept from the public."""

    @abstractmethod
    def adult_proof(self) -> str:
        """The paper that shows that a natural person is of age."""

    @abstractmethod
    def withhold_ground(self) -> int:
        """Why the decision is not to be public, as a WithholdGround; 0 where no ground is named."""

    # What is looked up.

    @abstractmethod
    def benchmark(self) -> Benchmark:
        """The published item that the penalty names, in the version that measures the act; an empty one where there is none."""

    @abstractmethod
    def listed(self, key: str) -> Listed | None:
        """The normative document that is cited by a number or a title, as the city's list has it."""

    @abstractmethod
    def filed_before(self) -> Case | None:
        """The open case of the same matter that was filed first, if there is one."""

    @abstractmethod
    def of_the_day(self) -> tuple[Case, ...]:
        """The other cases of the department against the party about an act of the same day."""

    @abstractmethod
    def correction(self) -> RecordCorrection:
        """The correction that is proposed or decided."""

    @abstractmethod
    def form_used(self) -> bool:
        """Whether the body used the form of this number in another decision on the spot."""

    @abstractmethod
    def receipt_issued(self) -> bool:
        """Whether the finance department had issued the receipt to the body of the case."""

    @abstractmethod
    def receipt_used(self) -> bool:
        """Whether the receipt was given for another fine."""

    @abstractmethod
    def referral(self) -> Referral | None:
        """The newest referral of a suspected crime in the case, None where there was none."""

    @abstractmethod
    def open_measures(self) -> tuple[str, ...]:
        """The compulsory measures of the case that hold something."""

    @abstractmethod
    def awaited(self) -> tuple[str, ...]:
        """The requests for instructions about the case that waited for their reply when the act was done."""

    @abstractmethod
    def enforced(self, ground: int) -> bool:
        """Whether the record of an enforcement of the case shows a ground to close it, as a CloseGround."""

    @abstractmethod
    def birth_date(self) -> date | None:
        """When a natural person was born, by the identity number; None where the number does not say."""

    @abstractmethod
    def proofs(self) -> tuple[int, ...]:
        """The kinds (EvidenceKind) of the pieces of evidence of the case that the ground for no penalty rests on."""

    @abstractmethod
    def lenience_proofs(self) -> tuple[int, ...]:
        """The kinds of the pieces of evidence of the case that prove why the penalty is lighter; 0 for one of no such case."""

    @abstractmethod
    def penalised_before(self) -> bool:
        """Whether the party was penalised before."""

    @abstractmethod
    def identity_number(self) -> str:
        """The party's whole number, which the record shows masked."""

    # What follows.

    def resolved(self, key: str, at: datetime) -> Resolved:
        """What the layers of law set, on the day of a moment."""
        return self.parameters.value(key, at.astimezone(SHANGHAI).date(), self.case.sector)

    @fact
    def band(self) -> Band | None:
        """The band of the published benchmark that the penalty names, None where there is none."""
        wanted = self.penalty().band_code
        return next((band for band in self.benchmark().bands if band.code == wanted), None)

    def parameter(self, key: str, at: datetime) -> int:
        """The number of it."""
        return self.resolved(key, at).value

    @fact
    def limits(self) -> Thresholds:
        """The amounts that hold for this party, in this city and sector, on the day of the act."""
        who = "citizen" if is_person(self.case) else "organisation"
        return thresholds(self.parameters, self.at().astimezone(SHANGHAI).date(), self.case.sector, who)

    def hearing_due(self) -> bool:
        """Whether the penalty gives a right to a hearing."""
        return self.gives_hearing(self.penalty())

    def gives_hearing(self, penalty: Penalty) -> bool:
        """Whether a penalty gives a right to a hearing, by its amounts or its kinds (APL 63)."""
        limits, at = self.limits(), self.at()
        return (
            penalty.fine.fen >= limits.hearing_fine
            or penalty.confiscation.fen >= limits.hearing_confiscation
            or any([self.parameter(f"hearing.kind.{kind}", at) for kind in graver(penalty)])
        )

    @fact
    def for_the_heads(self) -> tuple[Resolved, ...]:
        """By what the heads have to discuss the penalty: each amount that it reaches, each switch for what it is (APL 57(2))."""
        penalty, at = self.penalty(), self.at()
        switches = [f"collective.kind.{kind}" for kind in graver(penalty)]
        if self.case.defence.HasField("hearing_time"):
            switches.append("collective.heard")
        sums = {"collective.fine": penalty.fine.fen, "collective.confiscation": penalty.confiscation.fen}
        reached = [found for key, fen in sums.items() if fen >= (found := self.resolved(key, at)).value]
        return (*reached, *[found for key in switches if (found := self.resolved(key, at)).value])

    def major(self) -> bool:
        """Whether the decision is a major one. One place for department, city and report."""
        return is_major(self.penalty(), self.limits())

    def due(self) -> int:
        """What is left of the fine, in fen."""
        return self.case.decision.penalty.fine.fen - self.case.paid.fen

    @fact
    def owed(self) -> Owed:
        """What the party owes of fine and surcharge at the end of the day of the act, or of the last payment."""
        at = self.at()
        return owed(self.case, max(at, last_payment(self.case) or at), self.calendar)

    def stayed_by(self) -> tuple[str, ...]:
        """The orders by which execution of the decision was stayed at the time of the act."""
        return stayed_by(self.case, self.at()) if self.case.stays else ()

    @fact
    def serving(self) -> ServingRecord:
        """How the decision is served, and what was tried in vain since it was made; what lies before or after counts for
        nothing.
        """
        since = PenaltyFacts.after(self)

        def between(at: datetime | None) -> bool:
            return at is not None and since is not None and since <= at <= self.at()

        tried = [a for a in self.attempts() if between(moment_at(a, "attempt_time"))]
        left = self.left()
        refused = moment_at(left, "refuse_time")
        return ServingRecord(
            refuse_time=refused if between(refused) else None,
            recording=left.record,
            failed=tuple(_WAYS[a.method] for a in tried if a.method in _WAYS and a.reason.strip()),
            whereabouts_unknown=self.whereabouts(),
        )

    def passing_on(self) -> int:
        """What of money collected on the spot comes to the next hand: all that is owed, then all that was collected; in fen."""
        collected = self.case.collection
        return collected.amount.fen if collected.HasField("collect_time") else self.owed().total.fen

    @fact
    def born(self) -> date | None:
        """When a natural person was born: by the number, else as the record states it; None where neither says."""
        stated = self.case.party.birth_date
        return self.birth_date() or (date.fromisoformat(stated) if stated else None)

    def limitation_end(self) -> datetime | None:
        """The last moment for the violation to be discovered, None where its time is not known (APL 36)."""
        violation = self.case.violation
        if not violation.HasField("occur_time"):
            return None
        occurred = moment_of(violation.occur_time).astimezone(SHANGHAI)
        return limitation_ends(occurred, self.calendar, *harm_of(violation)).at


_WAYS = {
    ServiceMethod.SERVICE_METHOD_DIRECT: Way.DIRECT,
    ServiceMethod.SERVICE_METHOD_ELECTRONIC: Way.ELECTRONIC,
    ServiceMethod.SERVICE_METHOD_POST: Way.POST,
}


@lru_cache(4096)
def thresholds(parameters: Layers, day: date, sector: str, who: str) -> Thresholds:
    """The amounts that hold for a sort of party on a day. Raises ValueError for one before they were law."""
    fine, confiscation, spot, major = (parameters.value(f"{name}.{who}", day, sector) for name in NAMES)
    return Thresholds(fine.value, confiscation.value, spot.value, major.value if major.ordered else None)


@lru_cache(1024)
def _field_work(field: str, place: str) -> Scope:
    """What the certificate of somebody who acts in the field has to cover."""
    return Scope(field, place=place)


@cache
def _others(roles: tuple[str, ...], but: tuple[str, ...]) -> frozenset[str]:
    """The roles of an act besides that of the handling officers and these."""
    return frozenset(roles).difference(("HANDLING_OFFICER", *but))


def apart(f: PenaltyFacts) -> bool:
    """Whether the caller is somebody, and never investigated the case."""
    return bool(f.caller().strip()) and not f.handled(f.caller())
