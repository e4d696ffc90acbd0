"""The console over the running city, with a scene of cases to look at."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.console.app import Listening
from services.given import (
    accountability,
    compensation,
    complaint,
    evidence_register,
    major_decision,
    normative_document,
    reconsideration,
    suggestion,
    suit,
    supervision_plan,
    supervisor,
)
from services.given.people import CITIZEN, OVERSIGHT
from services.given.say import patient
from services.law.calendar import SHANGHAI
from services.node.plan import OTLP
from tests.browser.site import config_of, serving
from tests.city import City
from tests.story import Story

SECONDS = 30.0
# Whom the identity provider knows: one of the city's list, and one of nobody's.
KNOWN, STRANGER = "oversight-2", "stranger-9"
CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = "=示例<script>alert(1)</script>\"'&公司"
TRACE_ID = "7bf92f3577b34da6a3ce929d0e0e4736"
# A scene is made once in each worker, and again where another package came between; no other test has such numbers.
NUMBERS = count(1)


@dataclass
class Scene:
    """What was done before the pages are looked at."""

    story: Story
    case_id: str
    case_number: str
    decision_number: str
    hostile_id: str
    complaint_id: str = ""
    accountability_id: str = ""
    decision_id: str = ""
    reconsideration_id: str = ""
    suit_id: str = ""
    compensation_id: str = ""
    suggestion_id: str = ""
    document_id: str = ""
    assessment_id: str = ""
    officer_assessment_id: str = ""
    order_id: str = ""
    supervisor_id: str = ""
    plan_id: str = ""
    outside_id: str = ""
    task_id: str = ""
    meeting_id: str = ""
    device_id: str = ""
    institution_id: str = ""
    party_id: str = ""

    async def clue(self, party: str = "示例有限公司") -> str:
        """Another clue of the same body; its case id."""
        reply = await self.story.do(
            "RegisterClue",
            "unit-1",
            "UNIT_HEAD",
            body_id=self.story.body.body_id,
            source=cases.CLUE_SOURCE_INSPECTION,
            summary="巡查发现",
            party=parties.Party(kind=parties.PARTY_KIND_ORGANISATION, name=party),
            violation=penalties.Violation(title="示例违法行为"),
        )
        return str(reply.case.case_id)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def console(city: City, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Listening]:
    """The console, which also receives the city's traces."""
    trust = city.plan.trust(city.plan.city.id)
    folder = tmp_path_factory.mktemp("console")
    config = config_of(city, folder, otlp_port=city.plan.base + OTLP, trust=trust)
    async with serving(config) as listening:
        yield listening


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def scene(city: City, console: Listening) -> Scene:
    """A major penalty decided in one trace, and a clue about a party with a hostile name."""
    story = await (await Story(city).cast()).waived(1_500_000)
    context = (("traceparent", f"00-{TRACE_ID}-00f067aa0ba902b7-01"),)
    case = await story.decide(metadata=context)
    scene = Scene(story, story.case_id, case.case_number, case.decision.document_number, "")
    scene.hostile_id = await scene.clue(HOSTILE)
    await story.do("FlagCrime", "unit-1", "UNIT_HEAD", case_id=scene.hostile_id, suspicion=HOSTILE)
    about = (story.body.body_id, story.body.name, "收缴罚款不开票据", HOSTILE, "2026-03-01")
    filed = await complaint.file_complaint(city.say, *about)
    scene.complaint_id = filed.complaint.complaint_id
    now = datetime.now(UTC)
    scene.document_id = await normative_document.enter(
        city.say,
        HOSTILE,
        f"页规〔2024〕{next(NUMBERS)}号",
        now - timedelta(days=300),
        now + timedelta(days=300),
    )
    await normative_document.ask(city.say, scene.document_id, HOSTILE)
    scene.decision_id = await decided(city)
    scene.order_id = await supervised(city, scene)
    about = supervision_plan.items(HOSTILE, body_ids=[story.body.body_id])
    say = patient(city.say)
    scene.plan_id = (await supervision_plan.special(say, HOSTILE, about, now)).plan_id
    ordered = await supervision_plan.audited(say, story.body.body_id, "示审决〔2026〕页1号", HOSTILE, now)
    scene.outside_id = ordered.decision_id
    task = await supervision_plan.tasked(say, story.body.body_id, "示府办〔2026〕页1号", HOSTILE, now)
    scene.task_id = task.task_id
    meeting = await supervision_plan.call_meeting(say, story.body.body_id, now + timedelta(days=1))
    scene.meeting_id, at = meeting.meeting_id, meeting.plan_time.ToDatetime(UTC)
    await supervision_plan.hold_meeting(say, scene.meeting_id, story.body.body_id, HOSTILE, at)
    scene.accountability_id = await pursued(city, scene)
    await registered(city, scene)
    scene.reconsideration_id = await reconsidered(city, scene)
    scene.suit_id = await sued(city, scene)
    scene.compensation_id = await compensated(city, scene)
    scene.suggestion_id = await suggested(city, scene)
    about_year = {"body_id": story.body.body_id, "year": datetime.now(SHANGHAI).year}
    opened = await patient(city.say)("city", "supervision", "OpenAssessment", OVERSIGHT, **about_year)
    scene.assessment_id = opened.assessment.assessment_id
    about_person = {**about_year, "officer_id": story.officers[0], "post": "ASSESSED_POST_STAFF"}
    begun = await patient(city.say)("city", "supervision", "OpenOfficerAssessment", OVERSIGHT, **about_person)
    scene.officer_assessment_id = begun.officer_assessment.officer_assessment_id
    scene.party_id = await party_file(city, HOSTILE)
    return scene


async def party_file(city: City, name: str) -> str:
    """The id of the file of a party, once the city has it."""
    async with asyncio.timeout(SECONDS):
        while True:
            found = await city.say("city", "supervision", "ListPartyFiles", OVERSIGHT, name=name)
            if found.files:
                return str(found.files[0].party_id)
            await asyncio.sleep(0.05)


async def registered(city: City, scene: Scene) -> None:
    """A monitoring device in order and an institution that takes samples, with hostile names."""
    work, number = city.work(scene.story.node), f"页{next(NUMBERS)}号"
    scene.device_id = await evidence_register.device_in_order(
        work, scene.story.body.body_id, number, title=HOSTILE
    )
    named = {"name": HOSTILE, "scope": HOSTILE}
    kept = await evidence_register.enter_institution(work, f"示资{number}", datetime.now(UTC), **named)
    scene.institution_id = kept.institution_id


async def decided(city: City) -> str:
    """A major decision with a hostile title that was published, and a suggestion on it."""
    say, now = patient(city.say), datetime.now(UTC)
    made = await major_decision.secret(say, HOSTILE, now.year)
    key = {"decision_id": made.decision_id}
    await say("city", "supervision", "SuggestOnDecision", CITIZEN, text=HOSTILE, **key)
    return str(made.decision_id)


async def pursued(city: City, scene: Scene) -> str:
    """A matter of accountability against a unit with a hostile title, of which notice was given."""
    say, source = patient(city.say), accountability.PAPER | {"reason": HOSTILE}
    matter = await accountability.register(say, scene.story.body.body_id, source=source, title=HOSTILE)
    for rpc in ("ReviewAccountability", "OpenAccountability", "ConcludeAccountability", "DeliberateAccountability",
                "NotifyAccountability"):  # fmt: skip
        await accountability.handle(say, matter.accountability_id, rpc, "RECTIFY", datetime.now(UTC))
    return matter.accountability_id


async def reconsidered(city: City, scene: Scene) -> str:
    """A reconsideration by an applicant with a hostile name, of which the body received the copy."""
    say = patient(city.say)
    for person in reconsideration.REVIEWERS:
        await reconsideration.enter(say, person, datetime.now(UTC))
    asked = await reconsideration.register(
        say, scene.story.body.body_id, datetime.now(UTC), applicant=HOSTILE
    )
    for rpc in list(reconsideration.STEPS)[:6]:
        await reconsideration.handle(say, asked.reconsideration_id, rpc, datetime.now(UTC))
    return asked.reconsideration_id


async def sued(city: City, scene: Scene) -> str:
    """A suit by a plaintiff with a hostile name, of which the body received the copy."""
    filed = await suit.register(
        patient(city.say), scene.story.body.body_id, datetime.now(UTC), plaintiff=HOSTILE
    )
    for rpc in ("AcceptSuit", "ReceiveSuitCopy", "AnswerSuit", "RecordCourtHearing"):
        await suit.handle(patient(city.say), filed.suit_id, rpc, datetime.now(UTC))
    return filed.suit_id


async def compensated(city: City, scene: Scene) -> str:
    """A claim of compensation by a claimant with a hostile name, agreed on and paid."""
    say, now = patient(city.say), partial(datetime.now, UTC)
    claimed = await compensation.register(say, scene.story.body.body_id, now(), claimant=HOSTILE)
    for rpc in list(compensation.STEPS)[:-1]:
        await compensation.handle(say, claimed.compensation_id, rpc, now())
    return claimed.compensation_id


async def suggested(city: City, scene: Scene) -> str:
    """A suggestion with a hostile text, that was met about and answered."""
    say, now = patient(city.say), partial(datetime.now, UTC)
    made = await suggestion.register(say, scene.story.body.body_id, now(), text=HOSTILE)
    for rpc in suggestion.STEPS:
        await suggestion.handle(say, made.suggestion_id, rpc, now())
    return made.suggestion_id


async def supervised(city: City, scene: Scene) -> str:
    """A supervision matter with a hostile title, and an opinion that was served."""
    say, body = patient(city.say), scene.story.body
    people = await supervisor.team(city.say)
    scene.supervisor_id = people[0][0]
    source = {"kind": "SUPERVISION_SOURCE_KIND_PERSON", "reason": HOSTILE}
    about = {"node": body.node, "body_id": body.body_id, "source": source, "title": HOSTILE}
    found = {"kinds": ["SUPERVISION_FINDING_UNLAWFUL"]}
    text = {
        "facts": HOSTILE,
        "basis": "示例依据",
        "correction": HOSTILE,
        "report_asked": True,
        "objection_right_told": True,
    }
    acts: list[tuple[str, dict[str, Any]]] = [
        ("RegisterSupervisionClue", about),
        ("AcceptSupervision", {"track": "SUPERVISION_TRACK_GENERAL", "opinion": HOSTILE}),
        ("BeginSupervisionInquiry", {"supervisors": [person for person, _ in people]}),
        (
            "IssueSupervisionDocument",
            {"kind": "SUPERVISION_DOCUMENT_KIND_OPINION", "findings": found, "text": text},
        ),
        ("ServeSupervisionDocument", {"receipt": HOSTILE}),
    ]
    order_id = ""
    for rpc, fields in acts:
        named = {"order_id": order_id} if order_id else {}
        reply = await say("city", "supervision", rpc, people[0], **named, **fields)
        order_id = reply.supervision_order.order_id
    return order_id


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def provider(city: City) -> AsyncIterator[str]:
    """An identity provider in a process of its own; its address."""
    port = city.provider.rpartition(":")[2]
    people = [f"--user-claims={json.dumps({'sub': who, 'name': who})}" for who in (KNOWN, STRANGER)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", port, "--require-nonce", "true", *people,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(SECONDS), httpx.AsyncClient(base_url=city.provider) as client:
            while True:
                try:
                    (await client.get("/.well-known/openid-configuration")).raise_for_status()
                    break
                except httpx.HTTPError:
                    await asyncio.sleep(0.05)
        yield city.provider
    finally:
        process.kill()
        await process.wait()


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not installed: what needs a browser is not tested")
    async with async_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        await browser.close()
