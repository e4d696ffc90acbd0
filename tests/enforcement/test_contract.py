"""The tables and the contract say the same."""

from pathlib import Path

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2, reason_pb2
from yifa.law.v1 import options_pb2 as options

from services.enforcement import __main__ as main
from services.enforcement.outside import stages
from services.kit.migrate import drift, upgrade
from services.kit.store import open_store
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY, PENALTY, SUMMARY
from services.law.rule import Rule

SERVICE = enforcement_service_pb2.DESCRIPTOR.services_by_name["EnforcementService"]
REASONS = {name.removeprefix("REASON_") for name in reason_pb2.Reason.keys()}


def all_rules() -> list[Rule]:
    found = (rule for table in PENALTY.tables for move in table.moves for rule in move.rules)
    return list({id(rule): rule for rule in found}.values())


def test_every_rule_has_a_reason_of_the_contract() -> None:
    assert {rule.reason for rule in all_rules()} <= REASONS


def test_every_act_is_done_by_the_method_that_it_names() -> None:
    of_methods = {act.name for method in vars(main.METHODS).values() for act in getattr(method, "acts", ())}
    asked_for = {move.act for process in (ORDINARY, NOTICE_FIRST, SUMMARY) for move in process.moves}

    assert of_methods == asked_for
    for name, method in vars(main.METHODS).items():
        for act in getattr(method, "acts", ()):
            assert act.method == name


def test_every_reason_of_the_contract_is_given_somewhere() -> None:
    of_servicer = {"ACT_NOT_OPEN", "ALREADY_PUBLISHED", "ALREADY_REPORTED", "PAYMENT_ALREADY_RECORDED"}
    of_clocks = {
        "EXTENSION_LATE", "EXTENSION_NOT_PROVIDED", "EXTENSION_NOT_COMPETENT", "EXTENSION_TOO_LONG",
        "TIME_NOT_EXCLUDABLE", "EXCLUDED_AFTER_END", "SUSPENSION_NOT_APPROVED",
    }  # fmt: skip

    assert {rule.reason for rule in all_rules()} | of_servicer | of_clocks | {"UNSPECIFIED"} == REASONS


def test_states_are_those_of_the_contract() -> None:
    named = {name.removeprefix("CASE_STATE_") for name in cases.CaseState.keys()} - {"UNSPECIFIED"}

    assert set(ORDINARY.states) - {""} == named
    assert set(NOTICE_FIRST.states) - {""} == named
    assert set(SUMMARY.states) - {""} <= named
    assert {s.state for s in (*stages.ORDINARY, *stages.SUMMARY)} - {"="} <= named


def test_roles_are_those_of_the_contract() -> None:
    for process in (ORDINARY, NOTICE_FIRST, SUMMARY):
        for move in process.moves:
            access = SERVICE.methods_by_name[move.method].GetOptions().Extensions[options.access]
            allowed = {options.Role.Name(role).removeprefix("ROLE_") for role in access.roles}
            assert set(move.roles) == allowed, move.act


def test_every_method_of_the_contract_is_there() -> None:
    for method in SERVICE.methods:
        assert getattr(main.METHODS, method.name).kind in ("read", "write")


def test_every_stage_names_fields_of_the_case() -> None:
    empty = cases.Case()
    for stage in (*stages.ORDINARY, *stages.SUMMARY):
        for path in (stage.time, *stage.parts, *stage.after, *stage.marks):
            assert not stages.given(empty, path)


def test_models_and_migrations_agree(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path}/fresh.db")
    upgrade(engine, main.SERVICE.metadata, main.SERVICE.migrations)

    assert drift(engine, main.SERVICE.metadata) == []
