"""Inspections, measures and referrals that a department's own system reports, as the city sees them: the same however told."""

import random
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from google.protobuf.message import Message
from sqlalchemy import select
from yifa.enforcement.v1 import outside_pb2 as pb
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import showing_pb2
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.journal import headers
from services.kit.reader import Delivery
from services.law.procedures.elsewhere import KEPT
from services.supervision.deadline.model import Clock
from services.supervision.inspection.model import InspectionView
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import OPEN
from tests.enforcement.department import Department
from tests.enforcement.records_told import Inspecting, besides, inspecting, named, report
from tests.enforcement.samples import CITY, DAY, HOUR, NODE, START, stamp
from tests.supervision.office import TRACE, Office, running_office

LATER = START + 60 * DAY


class Told(Department):
    """A department whose registry is the city's: what it hears, the city knows."""

    office: Office
    seen = 0

    async def hear(self, event: Message, node: str = CITY) -> None:
        await super().hear(event, node)
        if event.DESCRIPTOR.file.package.startswith("yifa.registry"):
            await self.office.registry(event, node)

    async def tell_city(self, pause: Callable[[], Awaitable[None]] | None = None) -> None:
        """What the department announced since goes to the city, with a pause after each event."""
        for e in self.running.entries(self.seen, 100_000):
            self.seen = e.seq
            name = e.type.rpartition(".")[2]
            kind = f"law.{e.to}.{e.node}.{e.service}.{name}"
            await self.office.take(
                Delivery(e.seq, kind, e.to, e.node, e.service, name, headers(e, TRACE), e.data)
            )
            if pause is not None:
                await pause()

    async def answered(self, visit: Inspecting) -> None:
        """The city gives the code, or says why not."""
        await self.tell_city()
        entries = self.office.running.entries(0, 100_000)
        [answer] = [
            e for e in entries if e.subject == visit.visit.inspection_id and "InspectionCode" in e.type
        ]
        kind = (
            supervision.InspectionCodeIssued
            if answer.type.endswith("Issued")
            else supervision.InspectionCodeWithheld
        )
        event: Any = kind.FromString(answer.data)
        visit.visit.code = (getattr(event, "code", None) and event.code.code) or ""
        await super().hear(event)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    async with running_office(folder, supervision={"certificate_grace_seconds": 1000}) as office:
        office.clock(LATER)
        yield office


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def department(office: Office, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Told]:
    d = Told(tmp_path_factory.mktemp("told"))
    d.office = office
    await d.start()
    signer = d.running.around.signer
    key = showing_pb2.ShowingKey(key_id=signer.key_id, node=NODE, public_key=signer.public_key)
    await office.registry(registry.ShowingKeyPublished(key=key), NODE)
    yield d
    await d.stop()


def warned(office: Office, standing: pb.OutsideStanding) -> set[tuple[str, str]]:
    """The open warnings on the case, or on the inspection."""
    of_it = Warning.inspection_id == standing.record_id
    of_it = of_it | (Warning.case_id == standing.case_id) if standing.case_id else of_it
    rows = office.running.rows(select(Warning.rule_id, Warning.detail_zh).where(of_it, Warning.state == OPEN))
    return {
        (row.rule_id, SAYS.get(row.detail_zh.partition("）：")[2].partition("（")[0], "")) for row in rows
    }


SAYS = {
    rule.says_zh.partition("（")[0]: rule.reason
    for kept in KEPT.values()
    for move in kept.table.moves
    for rule in move.rules
}
"""The reasons by what their rules say."""


def approved_late(stages: list[pb.OutsideStage]) -> None:
    taken = named(stages, "execute_measure").act_time.seconds
    named(stages, "approve_measure").act_time.seconds = taken + 60


def told_later(stages: list[pb.OutsideStage]) -> None:
    named(stages, "execute_measure").execute_measure.execution.rights_tell_time.seconds += 86400


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda stages: None, set()),
        (approved_late, {"MEASURE_NOT_APPROVED"}),
        (told_later, {"RIGHTS_NOT_TOLD"}),
    ],
    ids=["lawful", "approved late", "rights told later"],
)
async def test_the_city_finds_the_same_of_a_measure_however_it_was_told(
    office: Office, department: Told, change: Any, expected: set[str]
) -> None:
    found = []
    for seed in (None, 3, 4):
        here = await besides(department)
        stages = here.measure()
        change(stages)
        if seed is not None:
            random.Random(seed).shuffle(stages)

        standing = await report(department, *here.filed(), *stages, now=LATER)

        await department.tell_city()
        await office.ticked()
        found.append({(rule, reason) for rule, reason in warned(office, standing) if rule == "EW-35"})
        running = office.running.rows(
            select(Clock.clock_id, Clock.due_time).where(
                Clock.subject == standing.record_id, Clock.clock_id == "ENF-02"
            )
        )
        assert len(running) == 1
    assert found == [{("EW-35", reason) for reason in expected}] * 3


async def test_the_city_finds_what_is_wrong_with_a_referral(office: Office, department: Told) -> None:
    for shuffled in (False, True):
        here = await besides(department)
        stages = here.sent(here.teller())
        named(stages, "send_referral").send_referral.ClearField("copy_time")
        standing = await report(
            department, *here.filed(), *(reversed(stages) if shuffled else stages), now=LATER
        )

        await department.tell_city()

        found = {(rule, reason) for rule, reason in warned(office, standing) if rule == "EW-36"}
        assert found == {("EW-36", "COPY_NOT_SENT")}


async def test_the_city_gives_the_code_and_finds_the_same_of_an_inspection(
    office: Office, department: Told
) -> None:
    for seed in (None, 1):
        visit = await inspecting(department)
        stages = visit.opened()
        office.clock(START + 3.5 * HOUR)
        visit.visit.inspection_id = (await report(department, *stages)).record_id
        await department.answered(visit)
        assert visit.visit.code
        rest = await visit.rest(
            "NoticeInspection", "CheckIn", "RecordInspection", "FindNothing", "TellResult"
        )
        named(rest, "record_inspection").record_inspection.findings = ""
        if seed is not None:
            random.Random(seed).shuffle(rest)

        standing = await report(department, *rest, now=LATER)

        office.clock(LATER)
        await department.tell_city()
        assert {b.reason for b in standing.breaches} == {"RECORD_MISSING"}
        # what a clock raises comes in its own time
        found = {
            (rule, reason)
            for rule, reason in warned(office, standing)
            if rule not in ("EW-02", "EW-19", "RECORD")
        }
        assert found == {("EW-24", "RECORD_MISSING")}


@pytest.mark.parametrize("terms_run_out", [False, True])
async def test_what_came_from_the_archive_and_is_over_warns_nobody(
    office: Office, department: Told, terms_run_out: bool
) -> None:
    """Nor where its terms ran out at the city while its department was still telling of it."""
    here, visit = await besides(department), await inspecting(department)
    stages = here.measure()
    told_later(stages)
    after = ("CheckIn", "RecordInspection", "FindNothing", "TellResult", "PublishResult", "CloseInspection")
    old = [*visit.opened(plan_id=""), *await visit.rest(*after)]
    for stage in (*stages, *old):
        stage.imported = True
        stage.act_time.seconds -= 400 * 86400
    named(stages, "execute_measure").execute_measure.execution.rights_tell_time.CopyFrom(stamp(START))

    measure = await report(department, *stages, now=LATER)
    inspection = await report(department, *old, now=LATER)

    await department.tell_city(office.ticked if terms_run_out else None)
    await office.ticked()
    assert measure.breaches and inspection.breaches
    assert not {r for r, _ in warned(office, measure)} & {"EW-35", "EW-02"}
    assert warned(office, inspection) == set()
    rows = office.running.rows(select(Clock.state).where(Clock.subject == measure.record_id))
    assert {row.state for row in rows} <= {"MET"}
    [view] = office.running.rows(
        select(InspectionView.state).where(InspectionView.inspection_id == inspection.record_id)
    )
    assert view.state == inspection.inspection_state
