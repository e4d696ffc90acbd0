"""`python -m services.supervision SETTINGS`: the supervision service of the city's node."""

from pathlib import Path

from yifa.law.v1.edition_pb2 import TOUCHED_KIND_JUDGEMENT
from yifa.supervision.v1 import supervision_service_pb2

from services.kit.lifetime import run_one
from services.kit.methods import Methods
from services.kit.service import Service
from services.supervision.accountability import acts as accountability
from services.supervision.accountability import deciding as accountability_deciding
from services.supervision.accountability import reads as accountabilities
from services.supervision.assessment import acts as assessment
from services.supervision.assessment import reads as assessments
from services.supervision.assistance import acts as assistance
from services.supervision.assistance import reads as assistance_listed
from services.supervision.benchmark import reads as benchmarks
from services.supervision.beside import reads as beside
from services.supervision.calendar_year import acts as calendar_years
from services.supervision.case import reads as cases
from services.supervision.certificate import reads as certificates
from services.supervision.compensation import deciding as compensation_decided
from services.supervision.compensation import paying as compensation_paid
from services.supervision.compensation import reads as compensations
from services.supervision.compensation import receiving as compensation
from services.supervision.complaint import acts as complaint
from services.supervision.complaint import answering, petition, unsealing
from services.supervision.complaint import reads as complaints
from services.supervision.deadline import reads as deadlines
from services.supervision.deadline.firing import keep_deadlines
from services.supervision.deadline.reactions import KEEPING
from services.supervision.decision_expert import acts as decision_expert
from services.supervision.decision_expert import reads as decision_experts
from services.supervision.dispute import acts as dispute
from services.supervision.dispute import reads as disputes
from services.supervision.document_cleanup import acts as document_cleanup
from services.supervision.document_cleanup import reads as document_cleanups
from services.supervision.document_filing import acts as document_filing
from services.supervision.document_filing import reads as document_filings
from services.supervision.document_request import acts as document_request
from services.supervision.document_request import reads as document_requests
from services.supervision.event import reads as events
from services.supervision.event.kept import kept
from services.supervision.event.own import note
from services.supervision.event.reactions import REACTIONS, on_broken, prepare
from services.supervision.evidence_register import reads as evidence_registers
from services.supervision.file_review import acts as file_review
from services.supervision.file_review import reads as file_reviews
from services.supervision.file_review_batch import acts as file_review_batch
from services.supervision.file_review_batch import reads as file_review_batches
from services.supervision.filing import acts as filing
from services.supervision.filing import reads as filings
from services.supervision.important_matter import acts as important_matter
from services.supervision.important_matter import reads as important_matters
from services.supervision.inspection import reads as inspections
from services.supervision.inspection_code import reads as inspection_codes
from services.supervision.inspection_plan import public as public_plans
from services.supervision.inspection_plan import reads as joint_proposals
from services.supervision.inspection_voice import acts as inspection_voice
from services.supervision.inspection_voice import reads as inspection_voices
from services.supervision.legal_meeting import acts as legal_meeting
from services.supervision.legal_meeting import reads as legal_meetings
from services.supervision.loss.ending import end_gaps
from services.supervision.major_decision import arguing, deciding, executing, forming, participating
from services.supervision.major_decision import public as public_decisions
from services.supervision.major_decision import reads as major_decisions
from services.supervision.major_decision import reviewing as decision_reviewing
from services.supervision.major_decision.turning import keep_decisions
from services.supervision.mediation import reads as mediations
from services.supervision.normative_document import commenting, hearing, lasting, making, public, reviewing
from services.supervision.normative_document import reads as normative_documents
from services.supervision.normative_document.turning import keep_documents
from services.supervision.nouns import NOUNS
from services.supervision.officer_assessment import acts as officer_assessment
from services.supervision.officer_assessment import reads as officer_assessments
from services.supervision.outside_decision import acts as outside_decision
from services.supervision.outside_decision import reads as outside_decisions
from services.supervision.party_file import reads as party_files
from services.supervision.permit import reads as permits
from services.supervision.rebuilding.folding import fold
from services.supervision.rebuilding.supervision import REBUILDING
from services.supervision.reconsideration import deciding as reconsidered
from services.supervision.reconsideration import hearing as reconsideration_heard
from services.supervision.reconsideration import people as reconsiderers
from services.supervision.reconsideration import reads as reconsiderations
from services.supervision.reconsideration import receiving as reconsideration
from services.supervision.report import acts as report
from services.supervision.report import publishing
from services.supervision.report import reads as reports
from services.supervision.row import Row
from services.supervision.rule_of_law_report import acts as rule_of_law_report
from services.supervision.rule_of_law_report import reads as rule_of_law_reports
from services.supervision.rule_of_law_report.turning import keep_reports
from services.supervision.service_promise import acts as service_promise
from services.supervision.service_promise import reads as service_promises
from services.supervision.silence.listening import note_silence
from services.supervision.suggestion import acts as suggestion
from services.supervision.suggestion import reads as suggestions
from services.supervision.suit import acts as suit
from services.supervision.suit import reads as suits
from services.supervision.supervision_order import checking, document, following, further, inquiry, triage
from services.supervision.supervision_order import reads as supervision_orders
from services.supervision.supervision_order.paper import set_papers
from services.supervision.supervision_plan import acts as supervision_plan
from services.supervision.supervision_plan import reads as supervision_plans
from services.supervision.warning import acts as warning
from services.supervision.warning import reads as warnings
from services.supervision.warning.escalating import keep_escalating
from services.supervision.warning.monthly import keep_months
from services.supervision.warning.touched import cases_judged
from services.supervision.work import acts as work
from services.supervision.work import reads as works
from services.supervision.work_task import acts as work_task
from services.supervision.work_task import reads as work_tasks

METHODS = Methods(
    "supervision.yifa",
    *(calendar_years, cases, certificates, deadlines, dispute, disputes, events, filing, filings, warnings),
    *(accountability, accountability_deciding, accountabilities),
    *(reconsideration, reconsideration_heard, reconsidered, reconsiderers, reconsiderations),
    *(suggestion, suggestions),
    *(suit, suits),
    *(work, works, work_task, work_tasks, legal_meeting, legal_meetings),
    benchmarks,
    *(compensation, compensation_decided, compensation_paid, compensations),
    *(assistance, assistance_listed, beside, mediations),
    *(complaint, petition, complaints, answering, unsealing),
    *(file_review, file_reviews, file_review_batch, file_review_batches),
    *(forming, participating, arguing, decision_reviewing, deciding, executing),
    *(major_decisions, public_decisions, decision_expert, decision_experts),
    *(making, reviewing, commenting, hearing, lasting, normative_documents, public),
    *(
        document_filing,
        document_filings,
        document_cleanup,
        document_cleanups,
        document_request,
        document_requests,
    ),
    *(assessment, assessments, officer_assessment, officer_assessments),
    *(publishing, report, reports, rule_of_law_report, rule_of_law_reports),
    *(triage, inquiry, document, following, further, supervision_orders, checking, warning),
    *(supervision_plan, supervision_plans, outside_decision, outside_decisions),
    *(permits, party_files, evidence_registers, service_promise, service_promises),
    *(important_matter, important_matters),
    *(inspections, inspection_codes, joint_proposals, public_plans, inspection_voice, inspection_voices),
)
SERVICE = Service(
    name="supervision",
    contract=supervision_service_pb2.DESCRIPTOR.services_by_name["SupervisionService"],
    servicer=METHODS,
    row=Row,
    migrations=Path(__file__).parent / "migrations",
    reactions=REACTIONS,
    background=(
        end_gaps,
        keep_deadlines,
        keep_decisions,
        keep_documents,
        keep_months,
        keep_reports,
        keep_escalating,
        note_silence,
        set_papers,
    ),
    on_broken=on_broken,
    prepare=prepare,
    nouns=NOUNS,
    clocks=KEEPING,
    touched={TOUCHED_KIND_JUDGEMENT: cases_judged},
    rebuilding=REBUILDING,
    note=note,
    witness="city",
    fold=fold,
    kept=kept,
)

if __name__ == "__main__":
    run_one(SERVICE)
