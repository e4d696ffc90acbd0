"""The tables and the contract say the same."""

from pathlib import Path

import pytest
from yifa.enforcement.v1 import advance_registration_pb2 as registrations
from yifa.enforcement.v1 import assistance_pb2 as assistance
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import court_enforcement_pb2 as courts
from yifa.enforcement.v1 import credit_repair_pb2 as repairs
from yifa.enforcement.v1 import enforcement_pb2 as enforcements
from yifa.enforcement.v1 import enforcement_service_pb2, reason_pb2
from yifa.enforcement.v1 import file_review_pb2 as file_reviews
from yifa.enforcement.v1 import measure_pb2 as measures
from yifa.enforcement.v1 import mediation_pb2 as mediations
from yifa.enforcement.v1 import permit_guide_pb2 as permit_guides
from yifa.enforcement.v1 import permit_pb2 as permits
from yifa.enforcement.v1 import referral_pb2 as referrals
from yifa.enforcement.v1 import self_assessment_pb2 as self_assessments
from yifa.enforcement.v1 import supervision_answer_pb2 as answers
from yifa.law.v1 import options_pb2 as options

from services.enforcement import __main__ as main
from services.kit.migrate import drift, upgrade
from services.kit.store import open_store
from services.law.event import events
from services.law.procedures.advance_registration import TABLE as REGISTRATIONS
from services.law.procedures.assistance import TABLE as ASSISTANCE
from services.law.procedures.benchmark import BENCHMARK
from services.law.procedures.court_enforcement import TABLE as COURT
from services.law.procedures.credit_repair import TABLE as CREDIT_REPAIRS
from services.law.procedures.enforcement import TABLE as ENFORCEMENT
from services.law.procedures.file_review_objection import TABLE as FILE_REVIEW_OBJECTION
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.inspection_draw import INSPECTION_DRAW
from services.law.procedures.inspection_plan import INSPECTION_PLAN
from services.law.procedures.measure import TABLE as MEASURES
from services.law.procedures.mediation import TABLE as MEDIATIONS
from services.law.procedures.paper_issue import PAPER_ISSUE
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, PENALTY, SUMMARY, reportable, stages
from services.law.procedures.penalty.acts import ACTS
from services.law.procedures.permit import TABLE as PERMITS
from services.law.procedures.permit_guide import TABLE as PERMIT_GUIDES
from services.law.procedures.referral import TABLE as REFERRALS
from services.law.procedures.self_assessment import TABLE as SELF_ASSESSMENT
from services.law.procedures.supervision_answer import TABLE as SUPERVISION_ANSWER
from services.law.procedures.visit import VISIT
from services.law.process import Process
from services.law.rule import Rule

SERVICE = enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"]
OF_INSPECTION = (*INSPECTION.tables, *INSPECTION_PLAN.tables, *INSPECTION_DRAW.tables, *VISIT.tables)
RUN_BESIDE = (
    ASSISTANCE,
    MEASURES,
    REFERRALS,
    REGISTRATIONS,
    CREDIT_REPAIRS,
    COURT,
    ENFORCEMENT,
    PERMIT_GUIDES,
    PERMITS,
    MEDIATIONS,
    FILE_REVIEW_OBJECTION,
    SELF_ASSESSMENT,
    SUPERVISION_ANSWER,
)
ASKED_FOR = (ORDINARY, NOTICE_FIRST, SUMMARY, *OF_INSPECTION[:-1])
REASONS = {name.removeprefix("REASON_") for name in reason_pb2.Reason.keys()}


def all_rules() -> list[Rule]:
    tables = (*PENALTY.tables, *PAPER_ISSUE.tables, *BENCHMARK.tables, *RUN_BESIDE, *OF_INSPECTION)
    found = (
        rule for table in tables for move in table.moves for rule in move.rules if rule.severity == "block"
    )
    return list({id(rule): rule for rule in found}.values())


def test_every_rule_has_a_reason_of_the_contract() -> None:
    assert {rule.reason for rule in all_rules()} <= REASONS


def test_every_act_is_done_by_the_method_that_it_names() -> None:
    of_methods = {act.name for method in vars(main.METHODS).values() for act in getattr(method, "acts", ())}
    processes = (*ASKED_FOR, *RUN_BESIDE)
    asked_for = {move.act for process in processes for move in process.moves if move.roles != ("SYSTEM",)}

    assert of_methods == asked_for - {
        "COME_DUE",  # by the clock
        "RULE_FOR_HELP",  # by the city
        "RULE_AGAINST_HELP",
    }
    for name, method in vars(main.METHODS).items():
        for act in getattr(method, "acts", ()):
            assert act.method == name


def test_every_reason_of_the_contract_is_given_somewhere() -> None:
    of_servicer = {
        "ACT_NOT_OPEN", "ALREADY_PUBLISHED", "ALREADY_REPORTED", "PAYMENT_ALREADY_RECORDED", "PAPER_NOT_SET",
        "PAPERS_NOT_READY", "TOO_MANY_CHECKS", "STAGE_REUSED", "CASE_OF_ANOTHER_BODY",
    }  # fmt: skip
    of_clocks = {
        "EXTENSION_LATE", "EXTENSION_NOT_PROVIDED", "EXTENSION_NOT_COMPETENT", "EXTENSION_TOO_LONG",
        "TIME_NOT_EXCLUDABLE", "EXCLUDED_AFTER_END", "SUSPENSION_NOT_APPROVED",
    }  # fmt: skip
    of_files = {"MEDIA_TYPE_NOT_TAKEN", "RECORDED_ACT_NOT_DONE", "RETENTION_RUNS", "FILE_DESTROYED"}
    given = {rule.reason for rule in all_rules()} | of_servicer | of_clocks | of_files

    assert given | {"UNSPECIFIED"} == REASONS


def test_states_are_those_of_the_contract() -> None:
    named = {name.removeprefix("CASE_STATE_") for name in cases.CaseState.keys()} - {"UNSPECIFIED"}

    assert set(ORDINARY.states) - {""} == named
    assert set(NOTICE_FIRST.states) - {""} == named
    assert set(SUMMARY.states) - {""} <= named


def test_roles_are_those_of_the_contract() -> None:
    for process in ASKED_FOR:
        for move in process.moves:
            if move.roles == ("SYSTEM",):
                continue  # it is not asked for: the city answered
            access = SERVICE.methods_by_name[move.method].GetOptions().Extensions[options.access]
            allowed = {options.Role.Name(role).removeprefix("ROLE_") for role in access.roles}
            assert set(move.roles) == allowed, move.act


@pytest.mark.parametrize("process", RUN_BESIDE, ids=lambda p: p.name)
def test_what_runs_beside_a_case_is_said_in_the_contract(process: Process) -> None:
    message, lead = BESIDE[process.name]
    states = {name.removeprefix(lead) for name in message.keys()} - {"UNSPECIFIED"}

    assert set(process.states) - {""} == states
    for move in process.moves:
        if move.roles != ("SYSTEM",) and move.method in SERVICE.methods_by_name:
            access = SERVICE.methods_by_name[move.method].GetOptions().Extensions[options.access]
            allowed = {options.Role.Name(role).removeprefix("ROLE_") for role in access.roles}
            # the chief, or who heads the agency for the time being (CRT 5(1)), acts as its head; what the node notes by itself
            # may be noted by people too
            acting = {role.replace("AGENCY_CHIEF", "AGENCY_HEAD") for role in move.roles}
            assert acting - {"SYSTEM"} == allowed - {"SYSTEM"}, move.act


BESIDE = {
    "file_review_objection": (file_reviews.FileReviewObjectionState, "FILE_REVIEW_OBJECTION_STATE_"),
    "self_assessment": (self_assessments.SelfAssessmentState, "SELF_ASSESSMENT_STATE_"),
    "supervision_answer": (answers.SupervisionAnswerState, "SUPERVISION_ANSWER_STATE_"),
    "permit": (permits.PermitState, "PERMIT_STATE_"),
    "permit_guide": (permit_guides.PermitGuideState, "PERMIT_GUIDE_STATE_"),
    "mediation": (mediations.MediationState, "MEDIATION_STATE_"),
    "assistance": (assistance.AssistanceState, "ASSISTANCE_STATE_"),
    "measure": (measures.MeasureState, "MEASURE_STATE_"),
    "referral": (referrals.ReferralState, "REFERRAL_STATE_"),
    "advance_registration": (registrations.RegistrationState, "REGISTRATION_STATE_"),
    "court_enforcement": (courts.CourtEnforcementState, "COURT_ENFORCEMENT_STATE_"),
    "enforcement": (enforcements.EnforcementState, "ENFORCEMENT_STATE_"),
    "credit_repair": (repairs.CreditRepairState, "CREDIT_REPAIR_STATE_"),
}


def test_every_method_of_the_contract_is_there() -> None:
    for method in SERVICE.methods:
        assert getattr(main.METHODS, method.name).kind in ("read", "write", "upload", "stream", "exchange")


@pytest.mark.parametrize("name", ACTS)
def test_what_is_said_of_an_act_names_fields_and_an_event(name: str) -> None:
    said, empty = ACTS[name], cases.Case()

    for path in " ".join((said.done, said.after, said.by, said.penalty, said.enters, said.marks)).split():
        assert not stages.given(empty, path)
    assert set(said.events) <= events().keys()
    assert said.order in ("line", "said", "free")
    if said.enters:
        assert said.done, f"{name}: a report cannot tell when it was done; say where the record has its time"
    if said.asked:
        assert said.asked in SERVICE.methods_by_name[PENALTY.named(name).method].input_type.fields_by_name


def test_every_act_of_a_table_is_said_and_every_act_that_is_said_is_in_a_table() -> None:
    assert {move.act for process in PENALTY.tables for move in process.moves} == ACTS.keys()


def test_a_report_from_outside_tells_of_each_act_once_and_of_the_review_where_the_order_has_it() -> None:
    told = {
        table.name: [each.act for each in reportable(table)] for table in (ORDINARY, NOTICE_FIRST, SUMMARY)
    }
    first, then = told["ordinary"], told["ordinary_notice_first"]

    assert all(len(set(acts)) == len(acts) for acts in told.values())
    assert first.index("PASS_REVIEW") < first.index("SERVE_PRIOR_NOTICE") < first.index("MAKE_DECISION")
    assert then.index("RECHECK_DEFENCE") < then.index("SUBMIT_FOR_REVIEW") < then.index("MAKE_DECISION")
    assert set(first) == set(then) and told["summary"][0] == "MAKE_SPOT_DECISION"
    assert "SERVE_DECISION" in told["summary"], "a spot decision is served too, which a report tells apart"


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/fresh.db")
    upgrade(engine, main.SERVICE.metadata, main.SERVICE.migrations)

    assert drift(engine, main.SERVICE.metadata) == []
