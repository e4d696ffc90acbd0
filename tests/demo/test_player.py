"""The demonstration against a real city: a short history with every breach, then live cases."""

import asyncio
import contextlib
import os
import re
import sys
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
import pytest_asyncio
from grpc_status import rpc_status
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import mediation_pb2 as mediations
from yifa.enforcement.v1 import permit_pb2 as states
from yifa.registry.v1 import training_pb2
from yifa.supervision.v1 import (
    accountability_pb2,
    compensation_pb2,
    file_review_pb2,
    filing_pb2,
    important_matter_pb2,
    major_decision_pb2,
    mediation_pb2,
    normative_document_pb2,
    permit_pb2,
    reconsideration_pb2,
    rule_of_law_report_pb2,
    suggestion_pb2,
    suit_pb2,
    supervision_order_pb2,
    warning_pb2,
)
from yifa.supervision.v1 import evidence_register_pb2 as registered
from yifa.supervision.v1 import overview_pb2 as overviews

from services.demo import (
    accountability,
    compensations,
    complaints,
    decisions,
    documents,
    permits,
    reconsiderations,
    registers,
    suggestions,
    suits,
    trainings,
)
from services.demo.cast import DEPARTMENTS, OFFICERS
from services.demo.live import find_desk
from services.demo.player import Played, perform, play_history, play_live
from services.demo.stories import Planned, Story, open_folder, step, stories
from services.demo.violations import violations
from services.given import normative_document, rule_of_law_report
from services.kit.arrival import message_class
from services.kit.service import surroundings
from services.kit.settings import Settings
from services.law.calendar import SHANGHAI
from services.law.concordance import Holds, bases_on
from services.law.paper_permit import PERMIT_PAPERS
from services.lawdocs.code import ROOT
from services.node.callers import Callers
from services.node.city import settled
from tests.browser.site import browsing, config_of, foreign_words, serving
from tests.demo.bound import Walk, acquainted, replies
from tests.demo.pages import KINDS, LISTS, shown, unshown, views

LABS = (registers.LISTED, registers.WITHDRAWN)
OURS = {department.name for department in DEPARTMENTS}
pytestmark = pytest.mark.timeout(400)  # the history is played in the setting up of the first
PLACE = ("guangdong", "example-city", "example-agency")
# How much of each the demonstration shows at least, so that a walk that sees nothing does not pass.
WALKED = {
    "Deadline": 10_000,
    "Obstacle": 1000,
    "OpenAct": 1000,
    "Notification": 1000,
    "Objection": 300,
    "Breach": 100,
    "Warning": 100,
    "Violation": 10,
    "Measure": 3,
}
# The period of which figures are asked.
PERIOD = {"from_day": ["2020-01-01"], "until_day": ["2099-12-31"]}
# Reads of what the demonstration has none of.
NOT_THERE = {
    "BacktestWarning", "CheckInspectionCode", "CheckPaper", "CheckShown", "GetDepartmentReview", "GetExam",
    "GetInspectionDraw", "GetLegalBasis", "GetPointsTable", "GetPowerItem", "GetPowerList", "GetTraining",
    "GetTrainingPlan", "GetUpload", "ListBenchmarksOnBasis", "ListEnterpriseInspections", "ReconcilePayments", "ShowCertificate",
    # of no body in particular, and told to who shows the receipt; the lists tell the same records
    "CheckComplaint", "GetComplaint", "CheckDocumentRequest",
    # of a kind and a year; the list tells the same tasks
    "ListWorkTaskUnits",
    # of no body; the lists tell the same entries
    "GetSamplingInstitution", "GetLegalMeeting",
    # of the government, and no body's; the lists tell the same records
    "GetMajorDecision", "ReadPublicDecision", "ListDecisionResponsibilities",
    # of a year, told to everybody, and of the plans of bodies that ListInspectionPlans tells of at their departments
    "ListPublicInspectionPlans", "ListPublicSupervisionPlans", "GetSupervisionPlan",
    # of a year that ended, which the demonstration need not have reached
    "GetRuleOfLawReport",
    # which paper, its code says
    "CheckSupervisionPaper",
    # which report, and which indicator, is named by what is no id of a record
    "RunReport", "ListReportRows", "ListAssessmentRows",
}  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def callers(city) -> AsyncIterator[Callers]:
    targets = city.plan.targets
    async with Callers(targets, lambda who, node, roles: city.plan.token(who, node, *roles)) as callers:
        yield callers


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def before(city) -> dict[tuple[str, str], int]:
    """Where the journals ended before the demonstration."""
    found = {}
    for site in city.plan.sites:
        for service in (await city.status(site.id)).services:
            found[site.id, service.service] = service.head_seq
    return found


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def played(city, before, callers: Callers) -> Played:
    told = [replace(story, count=1) for story in stories()]
    progress: list[tuple[int, int, str]] = []
    result = await play_history(
        callers,
        city.set_time,
        lambda: settled(callers),
        lambda *said: progress.append(said),
        datetime.now(UTC),
        told,
    )
    assert result.cases >= len(told) - 1
    assert progress[-1][0] == progress[-1][1] > 100
    return result


def oversight(callers: Callers):
    return callers.as_("city", "oversight-1", "OVERSIGHT")


async def warnings(callers: Callers) -> Counter[tuple[str, str]]:
    request = warning_pb2.ListWarningsRequest(page_size=500)
    reply = await callers.supervision().ListWarnings(request, metadata=oversight(callers))
    return Counter((w.rule_id, w.clock_id) for w in reply.warnings)


async def test_everything_goes_as_its_story_tells(played: Played):
    wanted = Counter(s.refused for story in stories() for s in story.steps if s.refused)

    assert played.problems == []
    assert set(played.refused) == set(wanted)


async def test_the_city_finds_every_breach(city, played: Played, callers: Callers):
    breaches = {
        ("EW-05", ""): 2,
        ("EW-07", ""): 2,
        ("EW-09", ""): 3,
        ("EW-20", "PEN-27"): 1,
        ("EW-02", "PEN-15"): 1,
        ("EW-02", "PEN-16"): 1,
        ("EW-29", "SUP-01"): 1,
    }

    # The city waits some seconds for news of a certificate before it says that an officer has none.
    await city.eventually(
        lambda: warnings(callers), lambda found: all(found[k] >= n for k, n in breaches.items()), 30.0
    )


async def test_all_officers_but_one_have_the_trainings_of_the_year(city, played: Played, callers: Callers):
    """What the city warns of in the autumn is told of one officer of each department, and not of all."""
    for node in callers.departments:
        asked = training_pb2.ListTrainingsRequest(state=training_pb2.TRAINING_STATE_CLOSED)
        listed = await callers.registry(node).ListTrainings(
            asked, metadata=callers.as_(node, f"{node}-roster", "ROSTER_CLERK")
        )
        its = [t for t in listed.trainings if t.topic in trainings.TOPICS]
        assert len(its) == len(trainings.TOPICS), node
        missed = [t for t in its if t.attended < OFFICERS]
        assert len(missed) == len(its) - 1, node

    request = warning_pb2.ListWarningsRequest(page_size=500, rule_id="EW-27")
    told = (await callers.supervision().ListWarnings(request, metadata=oversight(callers))).warnings
    assert [w.detail_zh for w in told if "参加培训" in w.detail_zh and "062026" not in w.detail_zh] == []


async def test_matters_of_accountability_stand_where_they_were_left(played: Played, callers: Callers):
    request = accountability_pb2.ListAccountabilitiesRequest(page_size=500)
    reply = await callers.supervision().ListAccountabilities(request, metadata=oversight(callers))

    its = [m for m in reply.accountabilities if m.title == accountability.TITLE]
    assert {(m.state, len(m.answers)) for m in its} == {
        (accountability_pb2.ACCOUNTABILITY_STATE_SERVED, 2),
        (accountability_pb2.ACCOUNTABILITY_STATE_INVESTIGATING, 0),
    }
    [led] = [m for m in reply.accountabilities if m.HasField("leading")]
    assert accountability.TITLE in led.title and led.leading.reasons == accountability.LED["reasons"]


async def test_registers_stand_where_they_were_left(city, played: Played, callers: Callers, tmp_path: Path):
    """As the city lists them and as its pages show them: in order, waiting for reviews, ended."""
    stub, asker = callers.supervision(), oversight(callers)
    devices = (
        await stub.ListMonitoringDevices(registered.ListMonitoringDevicesRequest(), metadata=asker)
    ).devices
    labs = (
        await stub.ListSamplingInstitutions(registered.ListSamplingInstitutionsRequest(), metadata=asker)
    ).institutions
    ours = {(d.device.number, d.standing) for d in devices if d.device.number.startswith("示例监控")}
    its = {(i.institution.name, i.standing) for i in labs if i.institution.name in LABS}
    async with (
        serving(config_of(city, tmp_path)) as console,
        browsing(console.url, "zh") as zh,
        browsing(console.url, "en") as en,
    ):
        paths = ("/monitoring-devices", f"/monitoring-devices/{devices[-1].device.device_id}", "/sampling-institutions",
                 f"/sampling-institutions/{labs[-1].institution.institution_id}")  # fmt: skip
        pages = [(await zh.get(path)).text for path in paths]
        for path in paths:
            assert foreign_words((await en.get(path)).text, "en", ("示例",)) == []

    assert ours == {
        (registers.IN_ORDER, registered.REGISTER_STANDING_IN_ORDER),
        (registers.WAITING, registered.REGISTER_STANDING_NOT_REVIEWED),
        (registers.MOVED, registered.REGISTER_STANDING_ENDED),
    }
    assert its == {
        (registers.LISTED, registered.REGISTER_STANDING_IN_ORDER),
        (registers.WITHDRAWN, registered.REGISTER_STANDING_ENDED),
    }
    assert registers.WAITING in pages[0] and registers.LISTED in pages[2]
    assert devices[-1].device.number in pages[1] and labs[-1].institution.qualification in pages[3]


async def test_reconsiderations_stand_where_they_were_left(played: Played, callers: Callers):
    request = reconsideration_pb2.ListReconsiderationsRequest(page_size=500)
    reply = await callers.supervision().ListReconsiderations(request, metadata=oversight(callers))
    mine = [r for r in reply.reconsiderations if r.applicant == reconsiderations.APPLICANT]

    stood = {
        reconsideration_pb2.ReconsiderationState.Name(r.state).removeprefix("RECONSIDERATION_STATE_")
        for r in mine
    }
    assert stood == {"SERVED", "REPLY_DUE", "RECEIVED"}
    [reported] = [r for r in mine if r.opinions]
    assert reported.opinions[0].HasField("report_time")


async def test_permits_stand_where_they_were_left(city, played: Played, callers: Callers, tmp_path: Path):
    request = permit_pb2.ListPermitsRequest(page_size=500)
    reply = await callers.supervision().ListPermits(request, metadata=oversight(callers))
    names = [told.name for told in permits.STORIES]
    granted, supplemented, overdue, broken = sorted(
        (p for p in reply.permits if p.applicant.name in names), key=lambda p: names.index(p.applicant.name)
    )
    its = (f"/permits/{each.permit_id}" for each in (broken, granted, supplemented))
    pages = await shown(city, tmp_path, "/permits", "/permits?late=1", "/open/permits", "/open/charges", *its)

    assert {p.state for p in (granted, broken)} == {states.PERMIT_STATE_ISSUED}
    assert supplemented.state == states.PERMIT_STATE_DEREGISTERED
    assert permits.CHECK["order"] in pages[f"/permits/{granted.permit_id}"]
    for said in (permits.TOLD["basis"], "已支付，凭证", "达成一致", permits.LEFT["basis"]):
        assert said in pages[f"/permits/{supplemented.permit_id}"], said
    done = {act for act, _ in permits.STORIES[1].acts}
    for paper in (p for p in PERMIT_PAPERS if p.act in done):
        assert paper.zh in pages[f"/permits/{supplemented.permit_id}"], paper.kind
    assert "所载许可已失效" in pages[f"/permits/{supplemented.permit_id}"], "it was recalled"
    assert not granted.promise.HasField("break_time") and granted.HasField("publication")
    assert supplemented.supplement.HasField("supply_time") and overdue.state == states.PERMIT_STATE_REVIEWED
    assert broken.promise.HasField("break_time") and broken.promise.HasField("compensate_time")
    assert (await warnings(callers))["EW-02", "LIC-02"] >= 1
    assert all(name in pages["/permits"] for name in names)
    assert overdue.applicant.name in pages["/permits?late=1"]
    assert granted.applicant.name not in pages["/permits?late=1"]
    assert broken.promise.compensation in pages[f"/permits/{broken.permit_id}"]
    assert "收到 4 件，办结 3 件，超过承诺 2 件，已补偿 1 件" in pages["/open/permits"]
    assert permits.CHARGE.law in pages["/open/charges"]


async def test_disputes_stand_where_they_were_left(city, played: Played, callers: Callers, tmp_path: Path):
    reply = await callers.supervision().ListCivilDisputes(
        mediation_pb2.ListCivilDisputesRequest(), metadata=oversight(callers)
    )
    pages = await shown(city, tmp_path, "/mediations")

    crowd, drain, noise = sorted(reply.mediations, key=lambda m: m.record_time.seconds, reverse=True)
    assert crowd.group and crowd.state == mediations.MEDIATION_STATE_ACCEPTED
    assert drain.state == mediations.MEDIATION_STATE_ENDED and len(drain.ending.told) == 2
    assert noise.state == mediations.MEDIATION_STATE_AGREED
    for said in (noise.agreement.document_number, "涉及36人", drain.ending.reasons):
        assert said in pages["/mediations"], said


async def test_a_draft_was_heard_and_the_report_of_the_year_before_is_listed(
    city, played: Played, callers: Callers, tmp_path: Path
):
    asked = normative_document_pb2.ListNormativeDocumentsRequest(page_size=500)
    listed = await callers.supervision().ListNormativeDocuments(asked, metadata=oversight(callers))
    [draft] = [d for d in listed.normative_documents if d.title == documents.HEARD]
    years = rule_of_law_report_pb2.ListRuleOfLawReportsRequest(page_size=100)
    found = await callers.supervision().ListRuleOfLawReports(years, metadata=oversight(callers))
    [report] = [r for r in found.rule_of_law_reports if not r.body_id]
    page, list_page = f"/rule-of-law-reports/{report.report_id}", "/rule-of-law-reports"

    paths = (f"/documents/{draft.document_id}", page, list_page, "/open/answers")
    pages = await shown(city, tmp_path, *paths)

    assert draft.hearing.HasField("hold_time") and len(draft.voices) == 3
    assert all(each.answer for each in draft.voices)
    said = [each["opinion"] for each in normative_document.SPOKE] + [documents.EXPERT]
    assert all(text in pages[f"/documents/{draft.document_id}"] for text in said)
    assert report.document_number in pages[list_page]
    assert rule_of_law_report.TEXT["first_responsible"] in pages[page]
    assert all(text in pages["/open/answers"] for text in complaints.IN_PUBLIC.values())


async def test_claims_of_compensation_stand_where_they_were_left(played: Played, callers: Callers):
    request = compensation_pb2.ListCompensationsRequest(page_size=500)
    reply = await callers.supervision().ListCompensations(request, metadata=oversight(callers))
    mine = [c for c in reply.compensations if c.claimant == compensations.CLAIMANT]

    stood = {
        compensation_pb2.CompensationState.Name(c.state).removeprefix("COMPENSATION_STATE_") for c in mine
    }
    assert stood == {"CLOSED", "EXAMINING", "RECEIVED"}
    assert [c.paid_fen for c in mine if c.HasField("pay_time")] == [510_000]


async def test_suggestions_stand_where_they_were_left(played: Played, callers: Callers):
    request = suggestion_pb2.ListSuggestionsRequest(page_size=500)
    reply = await callers.supervision().ListSuggestions(request, metadata=oversight(callers))
    mine = {(s.kind, s.state) for s in reply.suggestions if s.text == suggestions.TEXT}

    assert mine == {
        (suggestion_pb2.SUGGESTION_KIND_JUDICIAL, suggestion_pb2.SUGGESTION_STATE_VERIFIED),
        (suggestion_pb2.SUGGESTION_KIND_CONGRESS, suggestion_pb2.SUGGESTION_STATE_HANDLING),
    }


async def test_suits_stand_where_they_were_left(played: Played, callers: Callers):
    request = suit_pb2.ListSuitsRequest(page_size=500)
    reply = await callers.supervision().ListSuits(request, metadata=oversight(callers))
    handled = {s.state for s in reply.suits if s.plaintiff == suits.PLAINTIFF}

    assert handled == {suit_pb2.SUIT_STATE_FINAL, suit_pb2.SUIT_STATE_ANSWER_DUE}


async def test_major_decisions_stand_where_they_were_left(played: Played, callers: Callers):
    request = major_decision_pb2.ListMajorDecisionsRequest(page_size=500)
    reply = await callers.supervision().ListMajorDecisions(request, metadata=oversight(callers))

    its = {d.title: d.state for d in reply.major_decisions}
    assert (its[decisions.CARRIED_OUT], its[decisions.OPEN], its[decisions.LISTED]) == (
        major_decision_pb2.MAJOR_DECISION_STATE_EXECUTING,
        major_decision_pb2.MAJOR_DECISION_STATE_COMMENTING,
        major_decision_pb2.MAJOR_DECISION_STATE_LISTED,
    )


async def test_what_a_town_hands_up_is_answered_by_the_department_above(played: Played, callers: Callers):
    request = important_matter_pb2.ListImportantMattersRequest(page_size=100)
    listed = await callers.supervision().ListImportantMatters(request, metadata=oversight(callers))
    up = [each for each in listed.important_matters if each.superior_body_name in OURS]

    assert {(each.code, each.body_name, each.superior_body_name) for each in up} == {
        ("REQ-04", "示例市示例镇人民政府", "示例市城市管理综合执法局"),
        ("REP-06", "示例市示例镇人民政府", "示例市城市管理综合执法局"),
    }
    assert {each.to for each in up} == {important_matter_pb2.SUPERIOR_DEPARTMENT}
    [asked] = [each for each in up if each.code == "REQ-04"]
    assert asked.state == important_matter_pb2.IMPORTANT_MATTER_STATE_REPLIED


async def test_supervision_matters_stand_where_they_were_left(played: Played, callers: Callers):
    request = supervision_order_pb2.ListSupervisionOrdersRequest(page_size=500)
    reply = await callers.supervision().ListSupervisionOrders(request, metadata=oversight(callers))

    states = {o.state for o in reply.orders if o.title.startswith("示例")}
    assert states == {
        supervision_order_pb2.SUPERVISION_ORDER_STATE_CLUE,
        supervision_order_pb2.SUPERVISION_ORDER_STATE_CLOSED,
        supervision_order_pb2.SUPERVISION_ORDER_STATE_PROPOSED,
        supervision_order_pb2.SUPERVISION_ORDER_STATE_EXPLAINING,
    }
    assert all(o.escalations for o in reply.orders if o.HasField("proposal"))


async def test_files_are_drawn_reviewed_and_objected_to(played: Played, callers: Callers):
    request = file_review_pb2.ListFileReviewsRequest(page_size=100)
    reply = await callers.supervision().ListFileReviews(request, metadata=oversight(callers))
    states = {r.state for r in reply.file_reviews}

    assert file_review_pb2.FILE_REVIEW_STATE_ANSWERED in states and {r.node for r in reply.file_reviews}
    assert all(r.result.grade for r in reply.file_reviews if r.HasField("report_time"))


async def test_a_major_penalty_is_filed_and_accepted(played: Played, callers: Callers):
    request = filing_pb2.ListFilingsRequest(state=filing_pb2.FILING_STATE_ACCEPTED)
    reply = await callers.supervision().ListFilings(request, metadata=oversight(callers))

    assert reply.filings
    assert all(f.case_number and f.conclude_time.seconds > f.file_time.seconds for f in reply.filings)


async def test_cases_end_where_their_stories_do(played: Played, callers: Callers):
    states = Counter()
    for node in callers.departments:
        request = cases.ListCasesRequest(page_size=500)
        metadata = callers.as_(node, f"{node}-head", "AGENCY_HEAD")
        reply = await callers.enforcement(node).ListCases(request, metadata=metadata)
        states.update(c.state for c in reply.cases if "示例" in c.party.name)

    assert states[cases.CASE_STATE_CLOSED] >= 2
    assert states[cases.CASE_STATE_INVESTIGATING] >= 1
    assert states[cases.CASE_STATE_TRANSFERRED_OUT] == 1
    assert states[cases.CASE_STATE_NOT_FILED] == 2
    assert len(states) >= 4


async def test_instalments_that_the_head_granted_are_no_breach(city, played: Played, callers: Callers):
    """Nor are a seizure that was lifted, and what was paid of the instalments."""
    request = cases.ListCasesRequest(page_size=500)
    deferred = [
        case.case_id
        for node in callers.departments
        for case in (
            await callers.enforcement(node).ListCases(
                request, metadata=callers.as_(node, f"{node}-head", "AGENCY_HEAD")
            )
        ).cases
        if case.deferral.approved
    ]
    asked = warning_pb2.ListWarningsRequest(page_size=500)
    raised = (await callers.supervision().ListWarnings(asked, metadata=oversight(callers))).warnings

    assert deferred
    assert not [(w.rule_id, w.detail_zh) for w in raised if w.case_id in deferred and w.rule_id != "RECORD"]


async def test_everybody_is_held_to_law_that_binds_it(city, before, played: Played, callers: Callers):
    """Every event that the demonstration left in a journal, every answer of every read, every refusal that it met."""
    arounds = {site.id: surroundings(Settings.load(city.plan.settings(site.id))) for site in city.plan.sites}
    heard = [
        (node, message_class(entry.type).FromString(entry.data))
        for (node, service), head in before.items()
        for entry in await city.journal(node, service, head + 1)
    ]
    known = acquainted(arounds["city"], heard)
    walks = {node: Walk(around, arounds["huanbao"], PLACE, known.sectors) for node, around in arounds.items()}
    unread: set[str] = set()
    read: set[str] = set()

    for node, message in heard:
        walks[node].take(node, message, known.sectors.get(node, ""))
    for body_id, refusal in played.told:
        walks["city"].take("refused", rpc_status.from_call(refusal), known.sectors[body_id])
    for node, walk in walks.items():
        ids = (
            known.ids[node]
            | {"year": [datetime.now(UTC).year], "node": [n for n in walks if n != "city"]}
            | PERIOD
        )
        async for what, reply in replies(city, node, ids, unread):
            walk.take(f"{node} {what}", reply, known.sectors.get(node, ""))
            read.add(what)

    walked = sum((walk.walked for walk in walks.values()), Counter())
    assert sum((walk.faults for walk in walks.values()), Counter()) == Counter()
    assert {kind: walked[kind] for kind, n in WALKED.items() if walked[kind] < n} == {}
    assert unread - read <= NOT_THERE  # what only one department has is read there


async def test_the_page_of_a_case_shows_what_its_record_holds(
    city, played: Played, callers: Callers, tmp_path: Path
):
    found = [v for v in await views(callers, oversight(callers)) if v.case.body_name in OURS]

    lacking = await unshown(city, tmp_path, found)

    assert lacking == {what: [] for what in (*KINDS, *LISTS)}


async def test_every_case_rests_on_the_law_of_its_act(played: Played, callers: Callers):
    """As it was filed, and as it was decided, on whatever side of a day on which a law ended the act lies."""
    rested = 0
    for node in callers.departments:
        request = cases.ListCasesRequest(page_size=500)
        metadata = callers.as_(node, f"{node}-head", "AGENCY_HEAD")
        for case in (await callers.enforcement(node).ListCases(request, metadata=metadata)).cases:
            if case.body_name not in OURS or not case.HasField("decision"):
                continue
            acted, judged = (
                moment.ToDatetime(SHANGHAI).date()
                for moment in (case.violation.occur_time, case.decision.decide_time)
            )
            punished = violations()[case.violation.benchmark_id].basis
            bases = bases_on(f"{case.violation.law}，{punished}", acted, judged)
            rested += len(bases)
            assert {basis.holds for basis in bases} <= {Holds.HOLDS, Holds.CHOICE}, case
    assert rested > 10


async def test_live_cases_go_on_while_a_node_is_away(city, played: Played, callers: Callers):
    async def events() -> int:
        request = overviews.GetOverviewRequest()
        reply = await callers.supervision().GetOverview(request, metadata=oversight(callers))
        return int(reply.events)

    before = await events()

    live = asyncio.create_task(play_live(callers, 0.02))
    try:
        await city.eventually(events, lambda now: now >= before + 20)
        await city.stop_node("huanbao")
        without = await events()
        await city.eventually(events, lambda now: now >= without + 10)
        await city.start_node("huanbao")
        assert not live.done()
    finally:
        live.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await live


async def test_what_does_not_go_as_told_is_named_and_ends_its_case(played: Played, callers: Callers):
    desk = await find_desk(callers, "chengguan")
    assert desk is not None
    now, result = datetime.now(UTC), Played()
    story = Story("示例", 1, (0, 0), "spot", (), officers=(1, 2))
    other = open_folder(desk, story, now, Random(1))
    unmet = open_folder(desk, story, now, Random(2))

    for folder, words in (
        (other, "spot:unheard?TOO_FEW_OFFICERS report-spot"),
        (unmet, "spot?ACT_IN_FUTURE pay"),
    ):
        for n, word in enumerate(words.split()):
            await perform(callers, Planned(now, n, step(word), folder), result)

    assert [
        problem.partition(": ")[2].partition(",")[0].partition(":")[0] for problem in result.problems
    ] == [
        "SIMPLE_FORM_DEFECT",
        "left out",
        "was not refused for ACT_IN_FUTURE",
        "left out",
    ]
    assert not result.refused and result.cases == 0


@pytest.mark.timeout(300)  # a whole case by hand, and its process
async def test_the_program_of_the_page_takes_a_case_to_its_end(city, played: Played, tmp_path: Path):
    """A department's first case, as docs/first_case.md has it, by nothing but the public calls."""
    [program] = re.findall(r"```python\n(.*?)```", (ROOT / "docs/first_case.md").read_text("utf-8"), re.S)
    (tmp_path / "first_case.py").write_text(program, "utf-8")
    target = next(site.grpc for site in city.plan.sites if site.id == "huanbao")
    authority = str(city.plan.trust("huanbao").authority)
    where = {"YIFA_VAR": str(city.plan.var), "YIFA_TARGET": target, "YIFA_CA": authority}

    run = await asyncio.create_subprocess_exec(
        sys.executable, str(tmp_path / "first_case.py"), cwd=ROOT, env={**os.environ, **where},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told = (await run.communicate())[0].decode()

    assert run.returncode == 0, told
    assert re.fullmatch(
        r"示环罚立〔\d+〕\d+号 示环罚决〔\d+〕\d+号 100,000.00 CASE_STATE_CLOSED", told.strip()
    ), told
