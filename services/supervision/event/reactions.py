"""What supervision does when something happened: keep it, and then what its kind asks for."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from google.protobuf.message import Message
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.journal.v1 import events_pb2 as journal
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.chain import Broken, ChainFault
from services.kit.clocks import named_by
from services.kit.fit import asked
from services.kit.journal import Envelope
from services.kit.reactions import ANY
from services.kit.tx import Tx
from services.law.event import events as contract
from services.supervision.accountability.clue import of_decision, of_interference, of_outcome, of_recourse
from services.supervision.accountability.reactions import on_entered
from services.supervision.assessment.reactions import on_self_assessment
from services.supervision.assistance.reactions import on_assistance
from services.supervision.benchmark.reactions import on_benchmark
from services.supervision.beside.mirrored import KINDS
from services.supervision.beside.model import Beside
from services.supervision.beside.reactions import on_beside
from services.supervision.body.lateness import information_told
from services.supervision.body.reactions import body_told, on_item, on_key
from services.supervision.case.model import CaseView
from services.supervision.case.reactions import on_case
from services.supervision.certificate.model import FieldAct
from services.supervision.certificate.reactions import certificate_changed, officer_moved
from services.supervision.certificate.terms import term_told
from services.supervision.deadline.model import Clock
from services.supervision.event.entered import entered
from services.supervision.event.foreign import Foreign
from services.supervision.event.known import hold_known
from services.supervision.event.model import Received, Source
from services.supervision.evidence_register.reactions import on_registered
from services.supervision.figure.keeping import happened
from services.supervision.file_review.reactions import on_objection
from services.supervision.filing.model import Filing
from services.supervision.head.reactions import on_appointment
from services.supervision.important_matter.model import ImportantMatter
from services.supervision.inspection.model import InspectionView
from services.supervision.inspection.reactions import on_draw, on_inspection, on_listed, on_visit
from services.supervision.inspection_plan.reactions import on_approved, on_withdrawn
from services.supervision.legal_adviser.reactions import on_adviser
from services.supervision.loss.reactions import on_epoch
from services.supervision.mediation.reactions import on_mediation
from services.supervision.normative_document.succession import succeed
from services.supervision.permit.model import PermitGuideView, PermitView
from services.supervision.permit.reactions import on_permit, on_permit_guide
from services.supervision.quota.reactions import on_held, on_quota
from services.supervision.receipt.reactions import on_receipts
from services.supervision.reconsideration import reactions as reconsiderations
from services.supervision.search.model import Searched
from services.supervision.suit import reactions as suits
from services.supervision.supervision_order.reactions import on_answer
from services.supervision.training.reactions import on_training
from services.supervision.warning.catalogue import said
from services.supervision.warning.judging import judge_case
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import raise_of_node
from services.supervision.warning.seen import SeenChain, SeenOfficer, SeenText


def prepare(tx: Tx, events: Sequence[Envelope]) -> None:
    """Load what the reactions to a batch will look for."""
    tx.load(Received, [f"{e.node}/{e.event_id}" for e in events])
    tx.load(Source, ["*", *{e.node for e in events}])
    told = [e for e in events if e.service == "enforcement"]
    cases = {e.subject for e in told if e.subject.startswith("C-")}
    tx.load(CaseView, cases)
    tx.load(Searched, cases)
    tx.among(Warning, "case_id", cases)
    load_histories(tx, cases)
    tx.among(Filing, "case_id", cases)
    tx.among(ImportantMatter, "record_id", cases)
    tx.load(Beside, {e.subject for e in told if not e.subject.startswith("C-")})
    tx.load(InspectionView, {e.subject for e in told})
    tx.load(PermitView, {e.subject for e in told})
    tx.load(PermitGuideView, {e.subject for e in told})
    tx.load(Clock, {f"{e.subject}/{clock_id}" for e in told for clock_id in named_by(e.type)})


def load_histories(tx: Tx, cases: Iterable[str]) -> None:
    """Load what all of a case is judged from, of those in which something is wrong."""
    views = (tx.find(CaseView, case_id) for case_id in cases)
    whole = [view.case_id for view in views if view is not None and view.warned]
    for kind in (Received, FieldAct, Beside) if whole else ():
        tx.among(kind, "case_id", whole)


def keep(event: Message | None, tx: Tx, about: Envelope) -> None:
    """Keep the event, and then do what its kind asks for; nothing if it was received before."""
    key = f"{about.node}/{about.event_id}"
    if tx.find(Received, key) is not None:
        return
    if event is not None:
        hold_known(event)
    case_id, case_number, level = related(event)
    occurred = about.occur_time
    tx.add(
        Received.new(
            key=key,
            position=counted(tx, "*", occurred).events,
            event_id=about.event_id,
            type=about.type,
            node=about.node,
            service=about.service,
            actor=about.actor,
            subject=about.subject,
            case_id=case_id,
            case_number=case_number,
            level=level,
            occur_time=occurred,
            receive_time=tx.now,
            **entered(event, about, tx.parameters)._asdict(),
            trace=about.trace,
            journal_seq=about.seq,
            hash=about.hash,
            addressee=about.to,
            entry=tx.batch.entry,
            number=about.count,
            request_id=about.request_id,
            prev_hash=about.prev_hash,
            signature=about.signature if about.node != tx.city else "",
            data=about.data,
        )
    )
    counted(tx, about.node, occurred)
    happened(tx, occurred)
    if (react := ON.get(type(event))) is not None:
        react(event, tx, about)


def counted(tx: Tx, node: str, occurred: datetime) -> Source:
    """Count one more event of a node, or of all."""
    source = tx.find(Source, node) or tx.add(Source.new(node=node, events=0))
    last = source.last_event_time
    source.events += 1
    if last is None or last < occurred:
        source.last_event_time = occurred
    return source


def related(event: Any) -> tuple[str, str, int]:
    """The case, the inspection or the permit that an event is about, its number, and the level of the warning in it."""
    for name in ("warning", "filing", "case", "assistance", "file_review", "supervision_order", *KINDS):
        if event is not None and name in event.DESCRIPTOR.fields_by_name:
            record = getattr(event, name)
            level = record.level if name == "warning" else 0
            if getattr(record, "case_id", ""):  # a measure against a certificate is of no case
                return record.case_id, record.case_number, level
            if name == "warning" and record.inspection_id:
                return record.inspection_id, record.case_number, level
    if event is not None and "inspection" in event.DESCRIPTOR.fields_by_name:
        return event.inspection.inspection_id, event.inspection.number, 0
    if event is not None and "permit" in event.DESCRIPTOR.fields_by_name:
        return event.permit.permit_id, event.permit.number, 0
    warning = getattr(event, "warning", None)
    return "", "", warning.level if warning is not None else 0


def on_outcome(event: Any, tx: Tx, about: Envelope) -> None:
    """A remedy corrected a decision: the case follows it, and what the law wants pursued is a clue."""
    on_case(event, tx, about)
    view = tx.find(CaseView, event.case.case_id)
    if view is not None:
        of_outcome(tx, view, event.outcome)
        reconsiderations.of_outcome(tx, view, event.outcome)
        suits.of_outcome(tx, view, event.outcome)


def on_suit(event: enforcement.SuitRecorded, tx: Tx, about: Envelope) -> None:
    """The party sued: the register of suits has it."""
    on_case(event, tx, about)
    view = tx.find(CaseView, event.case.case_id)
    if view is not None:
        suits.on_recorded(tx, view)


def on_certificate(event: Any, tx: Tx, about: Envelope) -> None:
    """The city's registry issued, suspended or restored a certificate."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a certificate, which only {tx.city} may")
    certificate_changed(tx, event.certificate)
    term_told(tx, event.certificate)


def on_removed(event: registry.OfficerRemoved, tx: Tx, about: Envelope) -> None:
    """The city took an officer off the register who had failed twice."""
    told = event.qualification
    raise_of_node(tx, "officer", SeenOfficer(tx, about.to, told.officer_id, told.failures, about.occur_time))


def on_text(event: Any, tx: Tx, about: Envelope) -> None:
    """A department, or the city, said what it means to do, or by what it judges people."""
    title = contract()[event.DESCRIPTOR.full_name].title
    judges = isinstance(event, registry.PointsTablePublished)
    seen = SeenText(
        tx, about.node, about.subject, title.zh, title.en, tuple(words_in(event)), about.occur_time, judges
    )
    raise_of_node(tx, "text", seen)


def words_in(message: Message) -> Iterator[str]:
    """All that a message says in words."""
    for field, value in message.ListFields():
        if field.type == field.TYPE_STRING:
            yield from value if field.is_repeated else (value,)
        elif field.message_type is not None and field.message_type.full_name.startswith("yifa."):
            for each in value if field.is_repeated else (value,):
                yield from words_in(each)


def on_transferred(event: registry.OfficerTransferred, tx: Tx, about: Envelope) -> None:
    """The city let an officer go to another body."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a transfer, which only {tx.city} may decide")
    officer_moved(tx, event.officer)


def on_own(_event: Any, tx: Tx, about: Envelope) -> None:
    """Supervision spoke. Kept for the watchers and no more; nobody else may speak for it."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks for supervision, which only {tx.city} may")


def on_responsibility(event: supervision.DecisionResponsibilityRaised, tx: Tx, about: Envelope) -> None:
    """Somebody is to answer for a major decision: a matter of accountability begins."""
    on_own(event, tx, about)
    of_decision(tx, event)


def on_recourse(event: supervision.CompensationRecourseOrdered, tx: Tx, about: Envelope) -> None:
    """Somebody has to bear the costs of an injury: a matter of accountability begins."""
    asked(event.compensation, "recourses")
    on_own(event, tx, about)
    of_recourse(tx, event.compensation)


def on_interference(event: supervision.SuitInterferenceRecorded, tx: Tx, about: Envelope) -> None:
    """Somebody interfered with a court: a matter of accountability begins."""
    asked(event.suit, "interferences")
    on_own(event, tx, about)
    of_interference(tx, event.suit)


def on_document_decided(event: supervision.ReconsiderationDocumentDecided, tx: Tx, about: Envelope) -> None:
    """A reconsideration stopped clauses of a document: the register of documents follows it."""
    on_own(event, tx, about)
    reconsiderations.on_document_decided(event, tx)


def on_body(event: Any, tx: Tx, about: Envelope) -> None:
    """How a body stands; of one that was confirmed, or holds a new certificate, the name stands for its node."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a body, which only {tx.city} may")
    body_told(tx, event.body)
    information_told(tx, event)
    if isinstance(event, registry.BodySucceeded):
        succeed(tx, event)
    if not isinstance(event, NAMING):
        return
    source = tx.find(Source, event.body.node) or tx.add(Source.new(node=event.body.node, events=0))
    source.body_name = event.body.name


def on_reviewed(event: registry.PowerListReviewed, tx: Tx, about: Envelope) -> None:
    """A list was looked at after a change of law, and stands as it was published."""
    if about.node != tx.city:
        raise Foreign(f"{about.node} speaks of a power list, which only {tx.city} may")
    information_told(tx, event)


def on_basis_uses(event: enforcement.BasisUsesFound, tx: Tx, about: Envelope) -> None:
    """A department found what a change of the law touches: its cases that rest on it are judged."""
    if event.node != about.node:
        raise Foreign(f"{about.node} speaks of cases of {event.node}")
    for each in event.cases:
        view = tx.find(CaseView, each.case_id)
        if view is not None and view.node == about.node:
            judge_case(tx, view)


NAMING = (registry.BodyConfirmed, registry.BodyReissued)


def on_broken(tx: Tx, broken: Broken) -> None:
    """Announce and show what is wrong with the records of a node: what goes on day by day once a day."""
    figures = {
        "node": broken.node,
        "service": broken.service,
        "expected": str(broken.expected_count),
        "found": str(broken.found_count if broken.fault == ChainFault.GAP else broken.seq),
        "last": str(broken.last),
        "why": broken.why,
    }
    about = f"{broken.service}/{broken.seq}/{broken.expected_count}"
    if broken.fault not in (ChainFault.GAP, ChainFault.LATE):
        of_one = broken.fault in (ChainFault.FORK, ChainFault.REWRITTEN)
        about = f"{broken.service if of_one else ''}/{said(tx.now)[:10]}"
    if raise_of_node(tx, "chain", SeenChain(broken.fault.name, broken.node, about, figures, tx.now)):
        tx.emit(
            supervision.ChainBroken(
                node=broken.node,
                service=broken.service,
                expected_count=broken.expected_count,
                found_count=broken.found_count,
                journal_seq=broken.seq,
                fault=supervision.ChainFault.Value(f"CHAIN_FAULT_{broken.fault.name}"),
            ),
            subject=f"{broken.node}/{broken.service}",
        )


def events_of(file: Any) -> list[type[Message]]:
    """The events of a contract."""
    return [getattr(file, name) for name in file.DESCRIPTOR.message_types_by_name]


def carrying(file: Any, field: str) -> list[type[Message]]:
    """The events of a contract that carry a record."""
    return [kind for kind in events_of(file) if field in kind.DESCRIPTOR.fields_by_name]


# What says in words what is to be done, or by what people are judged.
TEXTS = (
    registry.PointsTablePublished,
    registry.TrainingPlanAdopted,
    registry.OfficerEvaluated,
    enforcement.InspectionPlanDrafted,
    enforcement.InspectionPlanChanged,
)

ON = {
    **dict.fromkeys((kind for name in KINDS for kind in carrying(enforcement, name)), on_beside),
    **dict.fromkeys(carrying(enforcement, "assistance"), on_assistance),
    **dict.fromkeys(carrying(enforcement, "case"), on_case),
    **dict.fromkeys(carrying(enforcement, "outcome"), on_outcome),
    enforcement.SuitRecorded: on_suit,
    registry.AccountabilityEntered: on_entered,
    **dict.fromkeys(carrying(registry, "certificate"), on_certificate),
    **dict.fromkeys(carrying(enforcement, "inspection"), on_inspection),
    **dict.fromkeys(carrying(enforcement, "inspection_draw"), on_draw),
    **dict.fromkeys(carrying(enforcement, "mediation"), on_mediation),
    **dict.fromkeys(carrying(enforcement, "permit"), on_permit),
    **dict.fromkeys(carrying(enforcement, "permit_guide"), on_permit_guide),
    enforcement.BenchmarkPublished: on_benchmark,
    enforcement.ReceiptsRegistered: on_receipts,
    **dict.fromkeys(carrying(enforcement, "monitoring_device"), on_registered),
    **dict.fromkeys(carrying(enforcement, "sampling_institution"), on_registered),
    enforcement.BasisUsesFound: on_basis_uses,
    enforcement.InspectionPlanApproved: on_approved,
    enforcement.InspectionPlanWithdrawn: on_withdrawn,
    enforcement.InspectionObjectListed: on_listed,
    enforcement.VisitRecorded: on_visit,
    enforcement.FileReviewObjectionMade: on_objection,
    enforcement.SelfAssessmentSubmitted: on_self_assessment,
    enforcement.SupervisionAnswered: on_answer,
    **dict.fromkeys(carrying(registry, "body"), on_body),
    registry.PowerItemChanged: on_item,
    registry.PowerListReviewed: on_reviewed,
    registry.OfficerRemoved: on_removed,
    registry.TrainingRecorded: on_training,
    **dict.fromkeys(carrying(registry, "quota"), on_quota),
    registry.TrainingHeld: on_held,
    **dict.fromkeys(TEXTS, on_text),
    registry.ShowingKeyPublished: on_key,
    journal.EpochBegun: on_epoch,
    registry.OfficerTransferred: on_transferred,
    registry.OfficerAppointed: on_appointment,
    registry.AppointmentEnded: on_appointment,
    registry.LegalAdviserEntered: on_adviser,
    registry.LegalAdviserLeft: on_adviser,
    **dict.fromkeys(events_of(supervision), on_own),
    supervision.CompensationRecourseOrdered: on_recourse,
    supervision.SuitInterferenceRecorded: on_interference,
    supervision.DecisionResponsibilityRaised: on_responsibility,
    supervision.ReconsiderationDocumentDecided: on_document_decided,
}
REACTIONS = {ANY: keep}
