"""Slips of a record: what can be corrected, by whom, and what it moves (APL 75(2); MOHURD-2022 28; ENV-2023 85)."""

import asyncio
from datetime import datetime
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import penalty_pb2 as penalties

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from tests.city import read_refusal
from tests.enforcement.department import Department
from tests.enforcement.papers import said
from tests.enforcement.samples import CLERK, DAY, HEAD, HOUR, WINDOW_END, Dossier, Who, stamp
from tests.enforcement.test_outside import told
from tests.enforcement.test_publication import decided, publish

SLIP = {
    "field": "violation.place",
    "before": "示列路1号",
    "after": "示例路1号",
    "reason": "录入笔误",
    "proof": "现场笔录",
}
DEPUTY = "head-2"


def time(at: datetime) -> str:
    return at.astimezone(SHANGHAI).isoformat()


async def propose(d: Department, dossier: Dossier, by: Who = CLERK, **more: str) -> cases.RecordCorrection:
    reply = await d.do("CorrectRecord", by, case_id=dossier.case_id, **(SLIP | more))
    found: cases.RecordCorrection = reply.correction
    return found


async def answer(
    d: Department, dossier: Dossier, correction_id: str, by: Who = HEAD, **more: Any
) -> cases.Case:
    said = {"approved": True, "opinion": "属于笔误，同意更正"} | more
    reply = await d.do("DecideCorrection", by, case_id=dossier.case_id, correction_id=correction_id, **said)
    case: cases.Case = reply.case
    return case


async def correct(d: Department, dossier: Dossier, **more: str) -> cases.Case:
    return await answer(d, dossier, (await propose(d, dossier, **more)).correction_id)


async def test_a_slip_is_corrected_when_another_approves_and_what_was_stays(department: Department) -> None:
    dossier = await department.filed(place="示列路1号")
    asked = await propose(department, dossier, (DEPUTY, "CLERK"))
    assert (await department.case(dossier.case_id)).violation.place == "示列路1号"

    async with department.refused("SOD_VIOLATION"):
        await answer(department, dossier, asked.correction_id, (DEPUTY, "AGENCY_HEAD"))
    case = await answer(department, dossier, asked.correction_id)
    async with department.refused("CORRECTION_NOT_PENDING", more=True):
        await answer(department, dossier, asked.correction_id)

    assert case.violation.place == "示例路1号" and case.state == cases.CASE_STATE_FILED
    [kept] = case.corrections
    assert (kept.before, kept.after, kept.proposer, kept.approver) == (
        "示列路1号",
        "示例路1号",
        DEPUTY,
        HEAD[0],
    )
    assert kept.state == cases.RECORD_CORRECTION_STATE_APPROVED and not kept.served and not kept.published
    told = events.RecordCorrected.FromString(department.events(dossier.case_id)[-1].data)
    assert told.correction == kept and told.case == case


async def test_who_handles_the_case_proposes_and_does_not_approve(department: Department) -> None:
    dossier = await department.investigating(place="示列路1号")
    stranger = await department.officer(dossier.body_id)
    async with department.refused("NOT_ON_CASE"):
        await propose(department, dossier, stranger.who)
    asked = await propose(department, dossier, dossier.who)

    async with department.refused("SOD_VIOLATION", more=True):
        await answer(department, dossier, asked.correction_id, (dossier.ids[1], "AGENCY_HEAD"))
    async with department.refused("NOT_FOUND"):
        await answer(department, dossier, "X-none")


@pytest.mark.parametrize(
    ("field", "instead"),
    [
        ("party.name", "set the decision aside"),
        ("party.identity_number", "set the decision aside"),
        ("decision.penalty.fine", "RecordOutcome"),
        ("decision.decider", "set the decision aside"),
        ("state", "step of the procedure"),
        ("officers", "AssignOfficers"),
        ("matter", "no slip"),
    ],
)
async def test_who_what_by_whom_and_how_it_ended_is_no_slip(
    department: Department, field: str, instead: str
) -> None:
    dossier = await department.filed()

    async with department.refused("NOT_CORRECTABLE", law="APL-2021:75(2)", more=True) as told:
        await propose(department, dossier, field=field)
    assert instead in told.metadata["instead"]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"reason": " "}, "CORRECTION_NOT_REASONED"),
        ({"proof": " "}, "CORRECTION_NOT_REASONED"),
        ({"before": "另一路"}, "CORRECTION_STALE"),
        ({"after": "示列路1号"}, "CORRECTION_STALE"),
        ({"field": "violation.law", "before": ""}, "CORRECTION_STALE"),
    ],
    ids=str,
)
async def test_a_correction_says_what_stands_and_what_shows_that_it_is_wrong(
    department: Department, more: dict[str, str], reason: str
) -> None:
    dossier = await department.filed(place="示列路1号")

    async with department.refused(reason):
        await propose(department, dossier, **more)


async def test_a_correction_that_is_refused_changes_nothing(department: Department) -> None:
    dossier = await department.filed(place="示列路1号")
    asked = await propose(department, dossier)

    case = await answer(department, dossier, asked.correction_id, approved=False)

    assert case.violation.place == "示列路1号"
    assert case.corrections[0].state == cases.RECORD_CORRECTION_STATE_REFUSED


async def test_of_two_corrections_of_one_place_the_second_finds_it_changed(department: Department) -> None:
    dossier = await department.filed(place="示列路1号")
    one, other = [await propose(department, dossier, after=f"示例路{n}号") for n in (1, 2)]

    made = await asyncio.gather(
        *(answer(department, dossier, each.correction_id) for each in (one, other) for _ in range(5)),
        return_exceptions=True,
    )

    assert sum(not isinstance(each, Exception) for each in made) == 1
    reasons = {read_refusal(each).reason for each in made if isinstance(each, grpc.aio.AioRpcError)}
    assert reasons <= {"CORRECTION_STALE", "CORRECTION_NOT_PENDING"} and "CORRECTION_STALE" in reasons


async def test_a_clock_that_runs_by_a_time_is_counted_from_the_right_one(department: Department) -> None:
    dossier = await department.served()
    served = department.now
    department.now += 3 * DAY
    before = await department.case(dossier.case_id)

    async with department.refused("ACTS_OUT_OF_ORDER", law="APL-2021:47"):
        await propose(
            department, dossier, field="service.serve_time", before=time(served), after=time(served - DAY)
        )
    async with department.refused("ACTS_OUT_OF_ORDER"):
        await propose(
            department,
            dossier,
            field="service.serve_time",
            before=time(served),
            after=time(department.now + HOUR),
        )
    case = await correct(
        department, dossier, field="service.serve_time", before=time(served), after=time(served + 2 * DAY)
    )

    clocks = {d.clock_id: d for d in case.deadlines}
    was = {d.clock_id: d for d in before.deadlines}
    assert case.service.serve_time == stamp(served + 2 * DAY) and case.state == cases.CASE_STATE_SERVED
    assert clocks["PEN-19"].start_time == stamp(served + 2 * DAY)
    moved = moment_of(clocks["PEN-19"].due_time) - moment_of(was["PEN-19"].due_time)
    assert moved >= 2 * DAY
    assert clocks["PEN-16"].stop_time == stamp(served + 2 * DAY)
    assert clocks["PEN-23"] == was["PEN-23"]


async def test_no_correction_takes_from_the_party_the_time_that_it_was_told_of(
    department: Department,
) -> None:
    """The notice was served two days earlier than was recorded: the window is the one that the party was told of."""
    dossier = await department.reviewed()
    department.now += 2 * DAY
    await department.notice(dossier)
    window = (await department.case(dossier.case_id)).notice.window_end
    served = department.now

    case = await correct(
        department, dossier, field="notice.serve_time", before=time(served), after=time(served - DAY)
    )
    assert case.notice.window_end == window
    department.now = WINDOW_END + HOUR
    async with department.refused("NO_DECISION_WITHOUT_NOTICE", more=True):
        await department.act("MakeDecision", dossier)


async def test_what_is_public_follows_in_its_days(department: Department) -> None:
    """PUB-10."""
    dossier = await decided(department, "示例企业于示列路经营。")
    await publish(department, dossier)

    case = await correct(
        department,
        dossier,
        field="notice.facts",
        before="示例企业于示列路经营。",
        after="示例企业于示例路经营。",
    )
    clock = next(d for d in case.deadlines if d.clock_id == "PUB-10")
    assert case.corrections[0].published and clock.state == 1
    follow = await department.do("CorrectPublication", CLERK, case_id=dossier.case_id, reason="文字错误更正")

    assert "示例路" in follow.case.publication.decision.facts
    assert next(d for d in follow.case.deadlines if d.clock_id == "PUB-10").state == 2


async def test_the_party_that_has_a_wrong_paper_gets_a_decision_on_the_correction(
    department: Department,
) -> None:
    dossier = await department.served()
    await department.do("IssuePaper", CLERK, case_id=dossier.case_id, kind="decision")
    await propose(department, dossier, field="notice.facts", before="事实", after="另一事实")
    async with department.refused("PAPER_NOT_DUE"):
        await department.do("IssuePaper", CLERK, case_id=dossier.case_id, kind="correction_notice")

    case = await correct(department, dossier, field="notice.facts", before="事实", after="违法事实")

    assert case.corrections[1].served
    text = await said(department, dossier.case_id, "correction_notice")
    assert "违法事实" in text and "另一事实" not in text and "补正（更正）决定书" in text


async def test_on_the_spot_and_on_paper_too(department: Department) -> None:
    made = (await department.spot(violation=penalties.Violation(
        title="占道经营", law="示例法第一条", place="示列路1号", occur_time=stamp(department.now - DAY)))).case  # fmt: skip
    spot = Dossier(made.case_id, made.body_id)

    case = await correct(department, spot)

    assert case.violation.place == "示例路1号" and case.state == cases.CASE_STATE_SERVED

    paper = told(made.body_id)
    paper.violation.place = "示列路1号"
    reported = (await department.do("ReportOutsideCase", CLERK, case=paper)).case
    outside = Dossier(reported.case_id, reported.body_id)
    case = await correct(department, outside)
    assert (case.violation.place, case.source) == ("示例路1号", cases.CASE_SOURCE_OUTSIDE)
