"""Run the enforcement service of one node: python -m services.enforcement NODE.toml"""

from pathlib import Path

from yifa.enforcement.v1 import enforcement_service_pb2
from yifa.law.v1.edition_pb2 import TOUCHED_KIND_EVALUATION

from services.enforcement.accountability import reactions as accountability_heard
from services.enforcement.accountability import reads as accountability_matters
from services.enforcement.advance_registration import acts as advance_registration
from services.enforcement.advance_registration import reads as advance_registrations
from services.enforcement.archive import acts as archive
from services.enforcement.assistance import acts as assistance
from services.enforcement.assistance import reactions as assistance_heard
from services.enforcement.assistance import reads as assistance_listed
from services.enforcement.basis import reactions as basis
from services.enforcement.basis import reads as bases
from services.enforcement.basis.ending import tell_of_ended_laws
from services.enforcement.benchmark import acts as benchmark
from services.enforcement.benchmark import reads as benchmarks
from services.enforcement.body import reactions as body
from services.enforcement.case import acts as case
from services.enforcement.case import reads as cases
from services.enforcement.clue import acts as clue
from services.enforcement.collection import acts as collection
from services.enforcement.compensation import reactions as compensations_heard
from services.enforcement.correction import acts as correction
from services.enforcement.correction import beside as correction_beside
from services.enforcement.court_enforcement import acts as court_enforcement
from services.enforcement.court_enforcement import reads as court_enforcements
from services.enforcement.court_enforcement.noting import note_remedies_over
from services.enforcement.credit_repair import acts as credit_repair
from services.enforcement.credit_repair import reads as credit_repairs
from services.enforcement.deadline import acts as deadline
from services.enforcement.deadline import reads as deadlines
from services.enforcement.deadline.firing import CLOCKS, fire_clocks
from services.enforcement.decision import acts as decision
from services.enforcement.decision.reads import weighed
from services.enforcement.defence import acts as defence
from services.enforcement.deferral import acts as deferral
from services.enforcement.enforcement import acts as enforcement
from services.enforcement.enforcement import duties as enforcement_duties
from services.enforcement.enforcement import reads as enforcements
from services.enforcement.enforcement import turns as enforcement_turns
from services.enforcement.evidence import acts as evidence
from services.enforcement.evidence import examining
from services.enforcement.evidence import reads as evidences
from services.enforcement.exchange import lists as exchange
from services.enforcement.file import acts as file
from services.enforcement.file import reads as files
from services.enforcement.file.sweeping import sweep_files
from services.enforcement.file_review import acts as file_review
from services.enforcement.file_review import reactions as file_reviews_heard
from services.enforcement.file_review import reads as file_reviews
from services.enforcement.filing import reactions as filings_heard
from services.enforcement.head import reactions as head
from services.enforcement.hearing import acts as hearing
from services.enforcement.important_matter import reactions as matters_heard
from services.enforcement.inspection import acts as inspection
from services.enforcement.inspection import reactions as inspections_heard
from services.enforcement.inspection import reads as inspections
from services.enforcement.inspection_draw import acts as inspection_draw
from services.enforcement.inspection_draw import reads as inspection_draws
from services.enforcement.inspection_object import acts as inspection_object
from services.enforcement.inspection_object import reads as inspection_objects
from services.enforcement.inspection_plan import acts as inspection_plan
from services.enforcement.inspection_plan import reads as inspection_plans
from services.enforcement.legal_adviser import reactions as advisers_heard
from services.enforcement.listed_document import reactions as documents_heard
from services.enforcement.measure import acts as measure
from services.enforcement.measure import publicity as measure_publicity
from services.enforcement.measure import reads as measures
from services.enforcement.mediation import acts as mediation
from services.enforcement.mediation import reads as mediations
from services.enforcement.monitoring_device import acts as monitoring_device
from services.enforcement.monitoring_device import lists as device_lists
from services.enforcement.monitoring_device import reads as monitoring_devices
from services.enforcement.notice import acts as notice
from services.enforcement.nouns import NOUNS
from services.enforcement.officer import reactions as officer
from services.enforcement.outcome import acts as outcome
from services.enforcement.outside import acts as outside
from services.enforcement.outside import intake
from services.enforcement.own_correction import acts as own_correction
from services.enforcement.paper import acts as paper
from services.enforcement.paper import reads as papers
from services.enforcement.paper.setting import set_papers
from services.enforcement.party_file import reads as party_files
from services.enforcement.past_penalty import lists as past_penalties
from services.enforcement.payment import acts as payment
from services.enforcement.payment import reads as payments
from services.enforcement.performance import acts as performance
from services.enforcement.permit import acts as permit
from services.enforcement.permit import after as permit_after
from services.enforcement.permit import changing as permit_changing
from services.enforcement.permit import held as permit_held
from services.enforcement.permit import indemnity as permit_indemnity
from services.enforcement.permit import reads as permits
from services.enforcement.permit.turning import turn_permits
from services.enforcement.permit_guide import acts as permit_guide
from services.enforcement.permit_guide import reads as permit_guides
from services.enforcement.publication import acts as publication
from services.enforcement.publication import lists as penalty_table
from services.enforcement.publication import reads as publications
from services.enforcement.receipt_batch import acts as receipt_batch
from services.enforcement.receipt_batch import reads as receipt_batches
from services.enforcement.reconsideration import reactions as reconsiderations_heard
from services.enforcement.recusal import acts as recusal
from services.enforcement.referral import acts as referral
from services.enforcement.referral import reads as referrals
from services.enforcement.regaining import fold
from services.enforcement.remedy import acts as remedy
from services.enforcement.row import Row
from services.enforcement.sampling_institution import acts as sampling_institution
from services.enforcement.sampling_institution import lists as institution_lists
from services.enforcement.sampling_institution import reads as sampling_institutions
from services.enforcement.self_assessment import acts as self_assessment
from services.enforcement.self_assessment import reads as self_assessments
from services.enforcement.supervision_answer import acts as supervision_answer
from services.enforcement.supervision_order import reactions as supervision_heard
from services.enforcement.supervision_order import reads as supervision_orders
from services.enforcement.suspension import acts as suspension
from services.enforcement.transfer import acts as transfer
from services.enforcement.transfer import reactions as transfers
from services.enforcement.visit import acts as visit
from services.enforcement.visit import reads as visits
from services.enforcement.work import acts as work
from services.enforcement.work import reads as works
from services.kit.lifetime import run_one
from services.kit.methods import Methods
from services.kit.reactions import reactions
from services.kit.service import Service

METHODS = Methods(
    "enforcement.yifa",
    *(
        benchmark,
        clue,
        case,
        evidence,
        examining,
        file,
        notice,
        defence,
        hearing,
        decision,
        outcome,
        own_correction,
        suspension,
        archive,
        deferral,
        publication,
        payment,
        performance,
        collection,
        receipt_batch,
        remedy,
        transfer,
        recusal,
        correction,
        correction_beside,
        outside,
        intake,
        paper,
        advance_registration,
        measure,
        measure_publicity,
        referral,
        credit_repair,
        court_enforcement,
    ),
    *(inspection, inspection_plan, inspection_draw, inspection_object, visit),
    *(deadline, cases, evidences, files, benchmarks, deadlines, payments, bases, papers, measures, referrals),
    *(publications, penalty_table, credit_repairs, past_penalties, party_files, exchange),
    *(advance_registrations, assistance, assistance_listed),
    *(receipt_batches, court_enforcements),
    *(monitoring_device, device_lists, monitoring_devices),
    *(sampling_institution, institution_lists, sampling_institutions),
    *(enforcement, enforcement_turns, enforcement_duties, enforcements),
    *(permit_guide, permit, permit_after, permit_held, permit_changing, permit_indemnity),
    *(permit_guides, permits),
    *(file_review, file_reviews),
    *(mediation, mediations),
    *(accountability_matters, self_assessment, self_assessments, supervision_answer, supervision_orders),
    *(inspections, inspection_plans, inspection_draws, inspection_objects, visits),
    *(work, works),
)
SERVICE = Service(
    name="enforcement",
    contract=enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"],
    servicer=METHODS,
    row=Row,
    reactions=reactions(
        body.REACTIONS,
        officer.REACTIONS,
        head.REACTIONS,
        basis.REACTIONS,
        transfers.REACTIONS,
        inspections_heard.REACTIONS,
        assistance_heard.REACTIONS,
        file_reviews_heard.REACTIONS,
        accountability_heard.REACTIONS,
        compensations_heard.REACTIONS,
        reconsiderations_heard.REACTIONS,
        supervision_heard.REACTIONS,
        documents_heard.REACTIONS,
        matters_heard.REACTIONS,
        advisers_heard.REACTIONS,
        filings_heard.REACTIONS,
    ),
    migrations=Path(__file__).parent / "migrations",
    background=(fire_clocks, tell_of_ended_laws, set_papers, sweep_files, note_remedies_over, turn_permits),
    clocks=CLOCKS,
    touched={TOUCHED_KIND_EVALUATION: weighed},
    nouns=NOUNS,
    fold=fold,
)

if __name__ == "__main__":
    run_one(SERVICE)
