"""Every rule that is judged of a report from outside, on every act of a report: kept, it leaves nothing; broken once, a breach.

What stands on the acts is read from the tables, so a rule that comes to them is tried here too.
"""

from collections.abc import AsyncIterator
from itertools import count

import grpc
import pytest
import pytest_asyncio
from yifa.enforcement.v1 import case_pb2 as cases

from services.given.people import credit_code
from services.law.procedures.penalty import table_of
from services.law.process import Move, Rule
from services.lawdocs import paths
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER, build
from tests.enforcement.samples import CLERK
from tests.law.record_breaks import BREAKS, TOLD_ONCE
from tests.law.records import RECORDS, WORLD, lawful, steps

SERIAL = count()


def reached(name: str) -> list[Move]:
    """The moves that a lawful record makes."""
    case = lawful(name)
    table = table_of(case)
    states = [
        (s.act, cases.CaseState.Name(s.before.state).removeprefix("CASE_STATE_")) for s in steps(case, name)
    ]
    return [table.move(act, state.replace("UNSPECIFIED", "")) or table.named(act) for act, state in states]


PAIRS = [
    (name, move.act, rule)
    for name in RECORDS
    for move in reached(name)
    for rule in move.rules
    if paths.judged_outside(rule, move.act) and (rule.holds.__name__, move.act) not in TOLD_ONCE
]
IDS = [f"{name}-{act}-{rule.holds.__name__}" for name, act, rule in PAIRS]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    d = await build(tmp_path_factory.mktemp("outside"))
    yield d
    await d.stop()


async def report(d: Department, case: cases.Case) -> tuple[set[tuple[str, str, str]], set[str]]:
    """The breaches that are recorded: act, reason, article; or the reasons for which the report is refused."""
    d.now = LATER
    for paid in case.payments:
        paid.bank_reference = paid.bank_reference and f"{paid.bank_reference}-{next(SERIAL)}"
    if case.party.name != WORLD.filed:
        n = next(SERIAL)
        case.party.name = f"示例企业{n}"
        if case.party.identity_number == lawful("ordinary").party.identity_number:
            case.party.identity_number = credit_code(1_000_000 + n, "91")
    if case.procedure == cases.PROCEDURE_SUMMARY and case.decision.document_number == "简1号":
        case.decision.document_number = f"简{1 + next(SERIAL)}号"
    try:
        told = (await d.do("ReportOutsideCase", CLERK, case=case)).case
    except grpc.aio.AioRpcError as error:
        refusal = read_refusal(error)
        return set(), {*refusal.violations} or {refusal.reason}
    return {(b.act, b.reason, b.law) for b in told.breaches}, set()


def of(name: str) -> cases.Case:
    made = cases.Case()
    made.CopyFrom(lawful(name))
    return made


@pytest.mark.parametrize("name", RECORDS)
async def test_a_lawful_record_breaks_nothing(world: Department, name: str) -> None:
    assert await report(world, of(name)) == (set(), set())


@pytest.mark.parametrize(("name", "act", "rule"), PAIRS, ids=IDS)
async def test_a_broken_rule_is_a_breach_of_its_act(
    world: Department, name: str, act: str, rule: Rule
) -> None:
    assert rule.holds.__name__ in BREAKS, "say in tests/law/record_breaks.py how a record breaks this rule"
    case = of(name)
    BREAKS[rule.holds.__name__](case, act, WORLD)

    breaches, refused = await report(world, case)

    move = table_of(case).named(act)
    law = world.running.around.parameters.cited(rule.law, "one", rule.name)
    assert (move.method, rule.reason, law) in breaches or rule.reason in refused, (breaches, refused)
    assert not refused or rule in paths.REFUSED or rule.holds.__name__ == "body_lasts"


@pytest.mark.parametrize(
    ("body", "item", "enough"), [("body", "item", False), ("after_defence", "second_item", True)]
)
async def test_one_officer_decides_on_the_spot_where_a_law_of_the_sector_says_so(
    world: Department, body: str, item: str, enough: bool
) -> None:
    """The pack of one sector names a law that lets one officer decide (APL 42(1)), that of the other a document that is none."""
    case = of("summary")
    case.body_id, case.item_id = getattr(WORLD, body), getattr(WORLD, item)
    del case.officers[1:]

    breaches, refused = await report(world, case)

    assert not refused
    assert (
        ("MakeSpotDecision", "TOO_FEW_OFFICERS") not in {(act, reason) for act, reason, _ in breaches}
    ) is enough


def test_every_way_to_break_a_record_is_tried() -> None:
    """And what is told once has one place in a record."""
    assert {rule.holds.__name__ for _, _, rule in PAIRS} == BREAKS.keys()
    reachable = {
        (rule.holds.__name__, move.act) for name in RECORDS for move in reached(name) for rule in move.rules
    }
    assert reachable >= TOLD_ONCE


# What the law wants to come before, and the act that shows that it did not.
LEFT_OUT = [
    ("ordinary", ("file_time",), "AssignOfficers"),
    ("ordinary", ("assign_time", "officers"), "SubmitReport"),
    ("ordinary", ("inquiry_end_time", "proposal"), "SubmitForReview"),
    ("ordinary", ("notice",), "RecordStatement"),
    ("notice first", ("defence.hearing_request_time",), "HoldHearing"),
    ("ordinary", ("decision",), "ServeDecision"),
    ("ordinary", ("service",), "RecordPayment"),
    ("notice first", ("inquiry_end_time", "proposal"), "ServePriorNotice"),
]


@pytest.mark.parametrize(("name", "parts", "act"), LEFT_OUT, ids=str)
async def test_what_a_report_leaves_out_is_not_taken_for_done(
    world: Department, name: str, parts: tuple[str, ...], act: str
) -> None:
    case = of(name)
    for part in parts:
        way, _, field = part.rpartition(".")
        (getattr(case, way) if way else case).ClearField(field)

    breaches, refused = await report(world, case)

    assert act in {method for method, reason, _ in breaches if reason == "ACT_NOT_OPEN"}, (breaches, refused)
