"""What a department with a system of its own reports, as the city sees it: the same however it was told."""

import random
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import select
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.enforcement.v1.case_pb2 import OUTCOME_KIND_ANNULLED, Case
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.enforcement.deadline.model import Clock as Term
from services.kit.journal import headers
from services.kit.reader import Delivery
from services.supervision.case.model import CaseView
from services.supervision.deadline.model import Clock
from tests.enforcement.department import Department
from tests.enforcement.outside_world import LATER, build
from tests.enforcement.samples import CLERK, DAY, NODE, stamp
from tests.enforcement.stages_told import in_time, named, new_record, without, years_back
from tests.law.records import AREA, FIRST, WORLD
from tests.supervision.office import OPEN, TRACE, Office, running_office

# What warns of every case of this kind: no file of a recording was handed in, the city has not reviewed the filing, and the party
# was within reach.
OF_THE_RECORD = {"RECORD", "EW-02", "EW-34"}
# What warns of the body for all of its cases together, and so says more with every case of this file.
OF_THE_BODY = {"EW-26"}
Change = Callable[[list[pb.OutsideStage]], Any]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Department]:
    d = await build(tmp_path_factory.mktemp("intake"))
    yield d
    await d.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    async with running_office(folder, supervision={"certificate_grace_seconds": 1000}) as office:
        office.clock(LATER)
        review = certificate_pb2.CERTIFICATE_KIND_LEGAL_REVIEW
        for n, (officer, kind) in enumerate((("O-1", 1), ("O-2", 1), (WORLD.reviewer, review))):
            held = certificate_pb2.Certificate(
                certificate_number=f"4407{n:09d}", officer_id=officer, officer_name=officer, node=NODE, area_code=AREA, kind=kind,
                issue_time=stamp(FIRST - 200 * DAY), expire_time=stamp(FIRST + 1000 * DAY), version=1,
            )  # fmt: skip
            await office.registry(registry.CertificateIssued(certificate=held))
        office.seen = 0  # type: ignore[attr-defined]
        yield office


async def hear(office: Any, d: Department) -> None:
    """What the department announced since goes to the city."""
    for e in d.running.entries(office.seen, 100_000):
        office.seen = e.seq
        name = e.type.rpartition(".")[2]
        kind = f"law.{e.to}.{e.node}.{e.service}.{name}"
        await office.take(Delivery(e.seq, kind, e.to, e.node, e.service, name, headers(e, TRACE), e.data))


async def told(office: Office, d: Department, stages: list[pb.OutsideStage]) -> str:
    d.now = LATER
    for stage in stages:
        case_id = (await d.do("ReportStage", CLERK, stage=stage)).result.case_id
    await hear(office, d)
    await office.ticked()
    return case_id


async def warned(office: Office, case_id: str) -> set[tuple[str, str]]:
    of_case = [w for w in await office.warnings() if w.case_id == case_id]
    return {(w.rule_id, w.detail_zh) for w in of_case if w.state == OPEN and w.rule_id not in OF_THE_BODY}


def unreviewed(stages: list[pb.OutsideStage]) -> None:
    decision = named(stages, "make_decision")
    named(stages, "conclude_review").act_time.seconds = decision.act_time.seconds + 60


def who_inquired_decides(stages: list[pb.OutsideStage]) -> None:
    named(stages, "make_decision").actor = "O-1"


def decided_early(stages: list[pb.OutsideStage]) -> None:
    named(stages, "serve_prior_notice").act_time.seconds = (
        named(stages, "make_decision").act_time.seconds - 60
    )


def annulled(stages: list[pb.OutsideStage]) -> None:
    named(stages, "record_outcome").record_outcome.kind = OUTCOME_KIND_ANNULLED


def unlawful_then_annulled(stages: list[pb.OutsideStage]) -> None:
    first = named(stages, "record_outcome")
    later = pb.OutsideStage.FromString(first.SerializeToString())
    later.stage_id, later.act_time.seconds = "later", first.act_time.seconds + 3 * 86400
    later.record_outcome.kind, later.record_outcome.document = OUTCOME_KIND_ANNULLED, "（2026）行终8号"
    stages.append(later)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda stages: None, set()),
        (unlawful_then_annulled, set()),
        (annulled, set()),
        (unreviewed, {"EW-07"}),
        (who_inquired_decides, {"EW-07"}),
        (decided_early, {"EW-05"}),
    ],
)
async def test_the_city_finds_the_same_however_it_was_told(
    office: Office, world: Department, change: Change, expected: set[str]
) -> None:
    straight, shuffled = in_time(new_record("ordinary")), in_time(new_record("ordinary"))
    change(straight)
    change(shuffled)
    straight.sort(key=lambda s: s.act_time.seconds)
    random.Random(1).shuffle(shuffled)

    one, other = await told(office, world, straight), await told(office, world, shuffled)

    found = await warned(office, one)
    assert await warned(office, other) == found
    assert {rule for rule, _ in found} - OF_THE_RECORD >= expected
    assert bool({rule for rule, _ in found} - OF_THE_RECORD) == bool(expected)
    clocks = [
        {
            c.clock_id: (c.start_time, c.stop_time, c.due_time)
            for c in office.running.rows(select(Clock).where(Clock.subject == one_of))
        }
        for one_of in (one, other)
    ]
    assert clocks[0] == clocks[1] != {}


async def test_what_was_missing_warns_until_it_comes(office: Office, world: Department) -> None:
    stages = in_time(new_record("ordinary"))
    case_id = await told(office, world, without(stages, "conclude_review", "submit_for_review"))
    assert "EW-07" in {rule for rule, _ in await warned(office, case_id)}

    await told(office, world, [named(stages, "submit_for_review"), named(stages, "conclude_review")])

    assert {rule for rule, _ in await warned(office, case_id)} <= OF_THE_RECORD


async def test_a_closed_case_of_the_archive_is_seen_and_warns_nobody(
    office: Office, world: Department
) -> None:
    stages = years_back(in_time(new_record("ordinary")), 2)
    who_inquired_decides(stages)
    world.now = LATER
    asked = iter([pb.ReportStagesRequest(rows=stages)])
    [reply] = [r async for r in world.stub.ReportStages(asked, metadata=world.metadata(CLERK))]
    [standing] = reply.standings

    await hear(office, world)

    [row] = office.running.rows(select(CaseView.record).where(CaseView.case_id == standing.case_id))
    seen = Case.FromString(row.record)
    assert list(seen.breaches) == list(standing.breaches) and standing.breaches
    assert seen.origin.imported and not seen.deadlines
    assert await warned(office, standing.case_id) == set()


async def test_of_a_case_of_the_archive_nothing_runs_once_its_end_is_told(
    office: Office, world: Department
) -> None:
    stages = years_back(in_time(new_record("ordinary")), 2)
    begun = ("register_clue", "file_case", "assign_officers")
    case_id = await told(office, world, [s for s in stages if s.WhichOneof("act") in begun])
    assert "EW-02" in {rule for rule, _ in await warned(office, case_id)}

    await told(office, world, without(stages, *begun))

    assert await warned(office, case_id) == set()
    for node, kind in ((office, Clock), (world, Term)):
        rows = node.running.rows(select(kind).where(kind.subject == case_id))
        assert {row.state for row in rows} == {"MET"}
