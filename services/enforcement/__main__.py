"""Run the enforcement service of one node: python -m services.enforcement NODE.toml"""

from pathlib import Path

from yifa.enforcement.v1 import enforcement_service_pb2
from yifa.law.v1.edition_pb2 import TOUCHED_KIND_EVALUATION

from services.enforcement.basis import reactions as basis
from services.enforcement.basis import reads as bases
from services.enforcement.basis.ending import tell_of_ended_laws
from services.enforcement.benchmark import acts as benchmark
from services.enforcement.benchmark import reads as benchmarks
from services.enforcement.body import reactions as body
from services.enforcement.case import acts as case
from services.enforcement.case import reads as cases
from services.enforcement.clue import acts as clue
from services.enforcement.deadline import acts as deadline
from services.enforcement.deadline import reads as deadlines
from services.enforcement.deadline.firing import CLOCKS, fire_clocks
from services.enforcement.decision import acts as decision
from services.enforcement.decision.reads import weighed
from services.enforcement.defence import acts as defence
from services.enforcement.deferral import acts as deferral
from services.enforcement.evidence import acts as evidence
from services.enforcement.evidence import reads as evidences
from services.enforcement.file import acts as file
from services.enforcement.file import reads as files
from services.enforcement.file.sweeping import sweep_files
from services.enforcement.hearing import acts as hearing
from services.enforcement.inspection import acts as inspection
from services.enforcement.inspection import reactions as inspections_heard
from services.enforcement.inspection import reads as inspections
from services.enforcement.inspection_draw import acts as inspection_draw
from services.enforcement.inspection_draw import reads as inspection_draws
from services.enforcement.inspection_object import acts as inspection_object
from services.enforcement.inspection_object import reads as inspection_objects
from services.enforcement.inspection_plan import acts as inspection_plan
from services.enforcement.inspection_plan import reads as inspection_plans
from services.enforcement.measure import acts as measure
from services.enforcement.measure import reads as measures
from services.enforcement.notice import acts as notice
from services.enforcement.nouns import NOUNS
from services.enforcement.officer import reactions as officer
from services.enforcement.outside import acts as outside
from services.enforcement.outside import intake
from services.enforcement.paper import acts as paper
from services.enforcement.paper import reads as papers
from services.enforcement.paper.setting import set_papers
from services.enforcement.payment import acts as payment
from services.enforcement.payment import reads as payments
from services.enforcement.performance import acts as performance
from services.enforcement.publication import acts as publication
from services.enforcement.publication import lists as penalty_table
from services.enforcement.publication import reads as publications
from services.enforcement.recusal import acts as recusal
from services.enforcement.referral import acts as referral
from services.enforcement.referral import reads as referrals
from services.enforcement.row import Row
from services.enforcement.transfer import acts as transfer
from services.enforcement.transfer import reactions as transfers
from services.enforcement.visit import acts as visit
from services.enforcement.visit import reads as visits
from services.kit.methods import Methods
from services.kit.node import run_one
from services.kit.reactions import reactions
from services.kit.service import Service

METHODS = Methods(
    "enforcement.yifa",
    *(
        benchmark,
        clue,
        case,
        evidence,
        file,
        notice,
        defence,
        hearing,
        decision,
        deferral,
        publication,
        payment,
        performance,
        transfer,
        recusal,
        outside,
        intake,
        paper,
        measure,
        referral,
    ),
    *(inspection, inspection_plan, inspection_draw, inspection_object, visit),
    *(deadline, cases, evidences, files, benchmarks, deadlines, payments, bases, papers, measures, referrals),
    *(publications, penalty_table),
    *(inspections, inspection_plans, inspection_draws, inspection_objects, visits),
)
SERVICE = Service(
    name="enforcement",
    contract=enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"],
    servicer=METHODS,
    row=Row,
    reactions=reactions(
        body.REACTIONS,
        officer.REACTIONS,
        basis.REACTIONS,
        transfers.REACTIONS,
        inspections_heard.REACTIONS,
    ),
    migrations=Path(__file__).parent / "migrations",
    background=(fire_clocks, tell_of_ended_laws, set_papers, sweep_files),
    clocks=CLOCKS,
    touched={TOUCHED_KIND_EVALUATION: weighed},
    nouns=NOUNS,
)

if __name__ == "__main__":
    run_one(SERVICE)
