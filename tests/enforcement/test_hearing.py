"""The hearing: its panel, its notice, how it is held or ends, and what the decision rests on."""

from datetime import datetime
from typing import Any

import pytest
from yifa.enforcement.v1 import case_pb2 as cases

from services.given.case import SIGNED, WAIVER
from services.law.calendar import SHANGHAI
from tests.enforcement.department import Department
from tests.enforcement.samples import (
    CLERK,
    DAY,
    HEAD,
    HOST,
    HOUR,
    REVIEWER,
    SECOND,
    START,
    WINDOW_END,
    Dossier,
    Who,
    fine,
    stamp,
)

# Told on Monday the 2nd, the seventh working day after it is Wednesday the 11th.
SOONEST = datetime(2026, 3, 11, 9, 0, tzinfo=SHANGHAI)


async def asked(d: Department, **more: Any) -> Dossier:
    dossier = await d.noticed(fine(120_000), **more)
    await d.act("RequestHearing", dossier)
    return dossier


async def arranged(d: Department, held: datetime = SOONEST, **more: Any) -> Dossier:
    dossier = await asked(d, **more)
    await d.act("AppointHearingPanel", dossier)
    await d.act("NotifyHearing", dossier, hold_time=stamp(held))
    await d.act("AnnounceHearing", dossier)
    return dossier


async def test_a_hearing_is_arranged_held_reviewed_and_decided_on_its_minutes(department: Department) -> None:
    dossier = await arranged(department)
    department.now = SOONEST + HOUR

    held = (await department.act("HoldHearing", dossier)).case
    await department.act("RecheckDefence", dossier)
    async with department.refused(
        "LEGAL_REVIEW_NOT_PASSED", "HEARING_REPORT_MISSING", law="APL-2021:58(1)[2]"
    ):
        await department.act("MakeDecision", dossier)
    reported = (await department.act("ReportHearing", dossier)).case
    await department.reviewed_again(dossier)
    decided = (await department.act("MakeDecision", dossier)).case

    assert held.state == cases.CASE_STATE_HEARD and held.hearing.minutes == SIGNED
    assert (held.hearing.host, list(held.hearing.listeners)) == ("host-1", ["listener-1", "listener-2"])
    assert held.hearing.appointer == HEAD[0] and held.defence.hearing_host == "host-1"
    assert reported.hearing.report and decided.state == cases.CASE_STATE_DECIDED
    clocks = {d.clock_id: d.state for d in decided.deadlines if d.clock_id == "PEN-14"}
    assert clocks == {"PEN-14": 2}, "the term to appoint the panel ended when it was appointed"
    assert department.names(dossier.case_id)[-10:] == [
        "HearingRequested", "HearingPanelAppointed", "HearingNotified", "HearingAnnounced", "HearingHeld",
        "DefenceRechecked", "HearingReported", "ReviewSubmitted", "ReviewConcluded", "DecisionMade",
    ]  # fmt: skip


async def test_a_hearing_is_not_held_seconds_after_the_request(department: Department) -> None:
    dossier = await asked(department)
    department.now += SECOND

    async with department.refused(
        "HEARING_NOT_BY_HOST", "HEARING_NOTICE_SHORT", "HEARING_NOT_ON_ITS_DAY", "HEARING_NOT_OPEN"
    ):
        await department.act("HoldHearing", dossier)


async def test_time_and_place_are_told_seven_working_days_before(department: Department) -> None:
    dossier = await asked(department)
    async with department.refused("HEARING_PANEL_MISSING", law="APL-2021:64[4]"):
        await department.act("NotifyHearing", dossier, hold_time=stamp(SOONEST))
    await department.act("AppointHearingPanel", dossier)

    async with department.refused("HEARING_NOTICE_SHORT", law="SAMR-HEARING-2021:20(1);APL-2021:64[2]"):
        await department.act("NotifyHearing", dossier, hold_time=stamp(SOONEST - DAY))
    told = (await department.act("NotifyHearing", dossier, hold_time=stamp(SOONEST))).case

    assert told.hearing.hold_time == stamp(SOONEST) and told.hearing.notice_time == stamp(START)


async def test_a_hearing_is_held_on_its_day_and_not_before_the_hour(department: Department) -> None:
    dossier = await arranged(department)

    for early in (SOONEST - SECOND, SOONEST + DAY):
        department.now = early
        async with department.refused("HEARING_NOT_ON_ITS_DAY", law="APL-2021:64[2]"):
            await department.act("HoldHearing", dossier)
    department.now = SOONEST
    # what lies in the past may be entered later, on the day that was told
    department.now = SOONEST + 2 * DAY
    held = (await department.act("HoldHearing", dossier, hold_time=stamp(SOONEST))).case

    assert held.defence.hearing_time == stamp(SOONEST)


async def test_a_day_is_put_off_for_a_reason_and_told_anew(department: Department) -> None:
    dossier = await arranged(department)
    later = stamp(SOONEST + 7 * DAY)

    async with department.refused("REASONS_MISSING", law="APL-2021:64[2]"):
        await department.act("NotifyHearing", dossier, hold_time=later)
    moved = (
        await department.act(
            "NotifyHearing", dossier, hold_time=later, adjourn_cause="当事人因不可抗力不能参加"
        )
    ).case

    [before] = moved.hearing.adjournments
    assert before.hold_time == stamp(SOONEST) and before.cause and not moved.hearing.HasField("announce_time")


async def test_a_public_hearing_is_announced_three_days_before_where_the_sector_asks_it(
    department: Department,
) -> None:
    dossier = await asked(department)
    await department.act("AppointHearingPanel", dossier)
    await department.act("NotifyHearing", dossier, hold_time=stamp(SOONEST))
    department.now = SOONEST - 2 * DAY
    await department.act("AnnounceHearing", dossier)

    department.now = SOONEST
    async with department.refused("HEARING_NOT_OPEN", law="SAMR-HEARING-2021:22(2);APL-2021:64[3]"):
        await department.act("HoldHearing", dossier)


async def test_a_secret_closes_a_hearing_which_is_not_announced_then(department: Department) -> None:
    dossier = await asked(department)
    await department.act("AppointHearingPanel", dossier)
    closed = {"hold_time": stamp(SOONEST), "closed": cases.HEARING_SECRECY_TRADE_SECRET}
    await department.act("NotifyHearing", dossier, **closed)

    async with department.refused("ALREADY_DONE", law="APL-2021:64[3]"):
        await department.act("AnnounceHearing", dossier)
    department.now = SOONEST
    held = (await department.act("HoldHearing", dossier)).case

    assert held.state == cases.CASE_STATE_HEARD


@pytest.mark.parametrize("member", ["host", "listener", "clerk", "twice"])
async def test_nobody_of_the_panel_investigates_the_case(department: Department, member: str) -> None:
    dossier = await asked(department)
    officer = dossier.ids[0]
    panel: dict[str, Any] = {
        "host": {"host": officer}, "listener": {"listeners": ["listener-1", officer]}, "clerk": {"clerk": officer},
        "twice": {"clerk": "host-1"},
    }[member]  # fmt: skip

    async with department.refused("SOD_VIOLATION", law="APL-2021:64[4]"):
        await department.act("AppointHearingPanel", dossier, **panel)


async def test_a_panel_is_as_large_as_the_rules_that_bind_here_ask(department: Department) -> None:
    dossier = await asked(department)

    for listeners in ([], ["listener-1"], ["listener-1", "listener-2", "listener-3", "listener-4"]):
        async with department.refused("HEARING_PANEL_WRONG", law="SAMR-HEARING-2021:11(1)"):
            await department.act("AppointHearingPanel", dossier, listeners=listeners)


async def test_the_reviewer_does_not_host_nor_the_host_review(department: Department) -> None:
    dossier = await asked(department)
    async with department.refused("SOD_VIOLATION", law="EX-ERS"):
        await department.act("AppointHearingPanel", dossier, host=REVIEWER[0])
    await department.hold(dossier)
    await department.act("RecheckDefence", dossier)
    await department.act("SubmitForReview", dossier)

    async with department.refused("SOD_VIOLATION", law="EX-ERS") as told:
        await department.act("ConcludeReview", dossier, HOST)

    assert told.metadata["person"] == HOST[0]


async def test_only_the_host_who_was_appointed_holds_it_and_only_a_head_appoints(
    department: Department,
) -> None:
    dossier = await arranged(department)
    department.now = SOONEST
    async with department.refused("HEARING_NOT_BY_HOST", law="APL-2021:64[4]"):
        await department.act("HoldHearing", dossier, ("host-2", "LEGAL_REVIEWER"))
    async with department.refused("HEAD_NOT_IN_OFFICE", law="APL-2021:64[4]"):
        await department.act("AppointHearingPanel", dossier, ("head-77", "AGENCY_HEAD"))


async def test_the_recusal_of_the_host_is_for_the_head_to_decide_first(department: Department) -> None:
    dossier = await arranged(department)
    recused = {"officer_id": HOST[0], "asker": cases.RECUSAL_ASKER_PARTY, "cause": "系当事人近亲属"}
    asked_for = (await department.do("RequestRecusal", CLERK, case_id=dossier.case_id, **recused)).recusal
    department.now = SOONEST

    async with department.refused("RECUSAL_PENDING_DECISION", law="APL-2021:43(3)"):
        await department.act("HoldHearing", dossier)
    answer = {"recusal_id": asked_for.recusal_id, "granted": True, "reason": "属实"}
    await department.do("DecideRecusal", HEAD, case_id=dossier.case_id, **answer)
    async with department.refused("OFFICER_RECUSED"):
        await department.act("HoldHearing", dossier)


@pytest.mark.parametrize(
    ("lacks", "reason"),
    [
        ({"signed": False}, "RECORD_MISSING"),
        ({"party_spoke": False}, "RECORD_MISSING"),
        ({"officers_spoke": False}, "RECORD_MISSING"),
        ({"points": []}, "RECORD_MISSING"),
        ({"agents": ["甲", "乙", "丙"]}, "HEARING_AGENTS"),
    ],
)
async def test_minutes_show_both_sides_and_are_checked(
    department: Department, lacks: dict[str, Any], reason: str
) -> None:
    dossier = await arranged(department)
    department.now = SOONEST
    whole = {"officers_spoke": True, "party_spoke": True, "points": ["请求从轻"]}
    told = whole | {"signed": True} | lacks

    async with department.refused(reason):
        await department.act("HoldHearing", dossier, minutes=told)
    refused_to_sign = whole | {"refusal_noted": True}
    held = (await department.act("HoldHearing", dossier, minutes=refused_to_sign)).case

    assert held.state == cases.CASE_STATE_HEARD


async def test_the_decision_answers_each_point_of_the_minutes(department: Department) -> None:
    """Each once, with a reason, and nothing that is not in them (APL 65)."""
    dossier = await arranged(department)
    department.now = SOONEST
    minutes = {
        "officers_spoke": True,
        "party_spoke": True,
        "signed": True,
        "points": ["证据不足", "请求从轻"],
    }
    await department.act("HoldHearing", dossier, minutes=minutes)
    await department.act("ReportHearing", dossier)
    await department.act("RecheckDefence", dossier)
    await department.reviewed_again(dossier)
    one, two = {"point": 1, "reason": "证据确凿"}, {"point": 2, "taken": True, "reason": "已从轻"}
    heads = {"discussion": "集体讨论记录", "discussion_members": ["head-1", "head-2"]}

    for answers, points in (
        ([], "1,2"), ([one], "2"), ([one, two | {"reason": " "}], "2"), ([one, one, two], "1"),
        ([one, two, {"point": 3, "reason": "笔录中没有"}], "3"),
    ):  # fmt: skip
        async with department.refused("HEARING_RECORD_NOT_USED", law="APL-2021:65") as told:
            await department.decide(dossier, hearing_answers=answers, **heads)
        assert told.metadata["points"] == points
    decided = await department.decide(dossier, hearing_answers=[two, one], **heads)

    assert [(a.point, a.taken) for a in decided.case.decision.hearing_answers] == [(2, True), (1, False)]


async def test_who_stays_away_gives_the_hearing_up_once_it_is_held(department: Department) -> None:
    dossier = await arranged(department)
    absent = {"end": cases.HEARING_END_ABSENT, "record": "当事人及其代理人无正当理由未到场"}

    async with department.refused("HEARING_NOT_ON_ITS_DAY", law="APL-2021:64[6]"):
        await department.act("EndHearing", dossier, **absent)
    department.now = SOONEST
    ended = (await department.act("EndHearing", dossier, **absent)).case
    decided = (await department.act("MakeDecision", dossier)).case

    assert ended.hearing.end == cases.HEARING_END_ABSENT and not ended.defence.HasField("hearing_time")
    assert decided.state == cases.CASE_STATE_DECIDED


async def test_a_request_is_withdrawn_by_a_paper_on_record(department: Department) -> None:
    dossier = await arranged(department)
    withdrawn = {"end": cases.HEARING_END_WITHDRAWN}

    async with department.refused("HEARING_END_NOT_PROVED", law="APL-2021:64[6]"):
        await department.act("EndHearing", dossier, record="当事人电话称不再要求听证", **withdrawn)
    paper = (await department.evidence(dossier, **WAIVER)).evidence
    ended = (await department.act("EndHearing", dossier, record=paper.evidence_id, **withdrawn)).case

    assert ended.hearing.HasField("end_time")
    department.now = WINDOW_END + SECOND
    await department.act("MakeDecision", dossier)


@pytest.mark.parametrize("proof", [" ", "书面放弃声明", "E-none"])
@pytest.mark.parametrize("by", ["officer", "clerk"])
async def test_a_waiver_is_nobodys_word(department: Department, proof: str, by: str) -> None:
    """A hearing asked for, a waiver on one blank, a decision in the same minute of the first day."""
    dossier = await asked(department)
    who: Who = dossier.who if by == "officer" else CLERK

    async with department.refused(*(["MALFORMED"] if not proof.strip() else ["WAIVER_PROOF_MISSING"])):
        await department.do("WaiveDefence", who, case_id=dossier.case_id, proof=proof)
    async with department.refused("NO_DECISION_WITHOUT_NOTICE", "HEARING_NOT_HELD"):
        await department.act("MakeDecision", dossier)


async def test_a_waiver_is_a_paper_of_this_case_from_after_the_notice(department: Department) -> None:
    early = await department.investigating()
    before = (await department.evidence(early, **WAIVER)).evidence.evidence_id
    await department.report(early, fine(30_000))
    department.now += HOUR
    await department.act("SubmitForReview", early)
    await department.act("ConcludeReview", early)
    await department.notice(early)
    other = await department.noticed()
    foreign = (await department.evidence(other, **WAIVER)).evidence.evidence_id
    photo = (await department.evidence(early)).evidence.evidence_id

    for proof in (before, foreign, photo):
        async with department.refused("WAIVER_PROOF_MISSING", law="APL-2021:62"):
            await department.do("WaiveDefence", CLERK, case_id=early.case_id, proof=proof)
    waived = (await department.act("WaiveDefence", early)).case

    assert waived.defence.waive_proof.startswith("E-")
