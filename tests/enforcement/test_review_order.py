"""When legal review comes is for the sector to say; that it has passed before the decision is not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties

from services.law.parameters import load_layers
from services.law.procedures.penalty import NOTICE_FIRST, ORDINARY
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    INSTANT,
    REVIEWER,
    START,
    UNIT,
    WINDOW_END,
    Dossier,
    fine,
    stamp,
)
from tests.enforcement.test_defence import hold, recheck, request, statement, waive
from tests.enforcement.test_walk import STEP, walk

LAYER = """[layer]
name = "water"
kind = "sector"
fields = ["水务"]
extends = "national"
["review.after_defence"]
unit = "switch"
values = [{ since = 2026-01-01, value = 1, law = "APL-2021:58(1)" }]
"""


class Waterside(Department):
    """A department with two bodies' fields: water reviews after the defence, everything else before the notice."""

    field = ""

    async def body(self, *said: Any, **more: Any) -> str:
        return await super().body(*said, **({"field": self.field} | more))

    async def inquired(self, field: str = "水务") -> Dossier:
        """The inquiry has ended with a report."""
        self.field = field
        dossier = await self.investigating()
        await self.evidence(dossier)
        await self.report(dossier, fine(30000))
        return dossier

    async def submit(self, dossier: Dossier) -> cases.Case:
        return (await self.do("SubmitForReview", UNIT, case_id=dossier.case_id)).case

    async def conclude(self, dossier: Dossier, passed: bool) -> cases.Case:
        reply = await self.do(
            "ConcludeReview", REVIEWER, case_id=dossier.case_id, passed=passed, opinion="意见"
        )
        return reply.case


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def waterside(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Waterside]:
    folder = tmp_path_factory.mktemp("waterside")
    department = Waterside(folder)
    (folder / "water.toml").write_text(LAYER)
    settings = folder / "node.toml"
    settings.write_text(settings.read_text().replace("layers = [", 'layers = ["water.toml", '))
    await department.start()
    await department.benchmark()
    yield department
    await department.stop()


@pytest.fixture
def node_(waterside: Waterside) -> Waterside:
    waterside.now = START
    return waterside


async def test_where_the_sector_says_nothing_the_review_comes_before_the_notice(node_: Waterside) -> None:
    dossier = await node_.inquired(field="环保")

    async with node_.refused("ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED"):
        await node_.notice(dossier)
    await node_.submit(dossier)
    await node_.conclude(dossier, True)
    noticed = (await node_.notice(dossier)).case
    node_.now = WINDOW_END + INSTANT
    decided = (await node_.decide(dossier)).case

    assert noticed.review_order == cases.REVIEW_ORDER_BEFORE_NOTICE
    assert decided.state == cases.CASE_STATE_DECIDED


async def test_a_sector_may_review_after_the_window(node_: Waterside) -> None:
    dossier = await node_.inquired()

    async with node_.refused("NO_DECISION_WITHOUT_NOTICE"):
        await node_.submit(dossier)
    noticed = (await node_.notice(dossier)).case
    async with node_.refused("NO_DECISION_WITHOUT_NOTICE"):
        await node_.submit(dossier)
    node_.now = WINDOW_END + INSTANT
    async with node_.refused("ACT_NOT_OPEN", "LEGAL_REVIEW_NOT_PASSED", law="APL-2021:58(1)") as told:
        await node_.decide(dossier)
    await node_.submit(dossier)
    await node_.conclude(dossier, True)
    decided = (await node_.decide(dossier)).case

    assert noticed.state == cases.CASE_STATE_NOTICED
    assert noticed.review_order == cases.REVIEW_ORDER_AFTER_DEFENCE
    assert "SubmitForReview" in told.metadata["open_acts"].split(",")
    assert decided.state == cases.CASE_STATE_DECIDED
    assert decided.review.submit_time.ToSeconds() > decided.notice.serve_time.ToSeconds()


async def test_what_the_party_said_is_rechecked_before_the_review(node_: Waterside) -> None:
    dossier = await node_.inquired()
    await node_.notice(dossier)
    await statement(node_, dossier)
    await waive(node_, dossier)

    async with node_.refused("ACT_NOT_OPEN"):
        await node_.submit(dossier)
    await recheck(node_, dossier)
    reviewing = await node_.submit(dossier)

    assert reviewing.state == cases.CASE_STATE_REVIEWING


async def test_a_case_is_heard_before_it_is_reviewed(node_: Waterside) -> None:
    dossier = await node_.inquired()
    await node_.notice(dossier)
    await request(node_, dossier)
    node_.now = WINDOW_END + INSTANT

    async with node_.refused("HEARING_NOT_HELD"):
        await node_.submit(dossier)
    await hold(node_, dossier)
    await recheck(node_, dossier)
    await node_.submit(dossier)
    await node_.conclude(dossier, True)
    decided = (await node_.decide(dossier)).case

    assert decided.state == cases.CASE_STATE_DECIDED


async def test_a_returned_case_is_reviewed_again_and_a_heavier_one_noticed_again(node_: Waterside) -> None:
    dossier = await node_.inquired()
    await node_.notice(dossier)
    await waive(node_, dossier)
    await node_.submit(dossier)
    await node_.conclude(dossier, False)
    await node_.report(dossier, fine(45000))
    await node_.submit(dossier)
    await node_.conclude(dossier, True)

    async with node_.refused("AGGRAVATED_AFTER_DEFENCE"):
        await node_.decide(dossier, penalty=fine(45000))
    second = (await node_.notice(dossier)).case
    await waive(node_, dossier)
    async with node_.refused("ACT_NOT_OPEN", more=True):
        await node_.decide(dossier)
    await node_.submit(dossier)
    await node_.conclude(dossier, True)
    decided = (await node_.decide(dossier)).case

    assert second.state == cases.CASE_STATE_NOTICED
    assert decided.decision.penalty == fine(45000)


async def test_open_acts_follow_the_order_of_the_case(node_: Waterside) -> None:
    dossier = await node_.inquired()

    listed = await node_.do("ListOpenActs", CLERK, case_id=dossier.case_id)

    notice = next(a for a in listed.acts if a.act == "SERVE_PRIOR_NOTICE")
    assert "ACT_NOT_OPEN" not in {o.reason for o in notice.obstacles}


async def test_a_case_from_outside_is_read_in_the_order_of_its_sector(node_: Waterside) -> None:
    node_.field = "水务"
    body_id = await node_.body()
    start = START - timedelta(days=40)
    told = cases.Case(
        body_id=body_id,
        party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name="示例当事人"),
        file_time=stamp(start),
    )
    told.notice.serve_time.CopyFrom(stamp(start + DAY))
    told.review.conclude_time.CopyFrom(stamp(start + 12 * DAY))
    told.review.reviewer, told.review.passed = "reviewer-1", True

    case = (await node_.do("ReportOutsideCase", CLERK, case=told)).case

    assert case.review_order == cases.REVIEW_ORDER_AFTER_DEFENCE
    assert case.state == cases.CASE_STATE_REVIEWED
    node_.field = "环保"
    told.body_id = await node_.body()
    async with node_.refused("ACTS_OUT_OF_ORDER"):
        await node_.do("ReportOutsideCase", CLERK, case=told)


async def test_where_no_other_ground_is_law_an_unpaid_case_is_not_shown_as_one_to_be_closed(
    waterside: Waterside,
) -> None:
    waterside.field, waterside.now = "", START
    dossier = await waterside.served(fine(30_000))

    listed = await waterside.do("ListOpenActs", HEAD, case_id=dossier.case_id)

    [close] = [act for act in listed.acts if act.act == "CLOSE_CASE"]
    assert [each.reason for each in close.obstacles] == ["CLOSE_NOT_ALLOWED"] and not close.open


@settings(
    max_examples=3,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),  # an example takes seconds
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(steps=st.lists(STEP, min_size=10, max_size=18))
async def test_open_acts_are_done_and_closed_acts_are_refused(
    waterside: Waterside, steps: list[tuple[int, bool, int]]
) -> None:
    waterside.now = START
    dossier = await waterside.inquired()

    await walk(waterside, dossier, steps)


def test_no_decision_without_review_in_either_order() -> None:
    for process in (ORDINARY, NOTICE_FIRST):
        decisions = [move for move in process.moves if move.act == "MAKE_DECISION"]
        assert decisions
        assert all("LEGAL_REVIEW_NOT_PASSED" in {r.reason for r in move.rules} for move in decisions)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("value = 1", "value = 2"), "a switch is 0 or 1, not 2"),
        (("review.after_defence", "review.required"), "review.required is no parameter of the national"),
        (('"switch"', '"count"'), "review.after_defence is in switch, not count"),
    ],
)
def test_a_layer_cannot_do_away_with_the_review(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    file = tmp_path / "water.toml"
    file.write_text(LAYER.replace(*change))

    with pytest.raises(ValueError, match=says):
        load_layers([file])
