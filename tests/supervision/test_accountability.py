"""The pursuit of responsibility at the city, from its clue to the file (CITY-ERS 2(7); GBF-2005-37; ASR 32, 33)."""

from typing import Any

import pytest
from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import complaint_pb2 as complaints
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import report_pb2 as reports

from services.given.accountability import PAPER, PERSON, STEPS, UNIT
from tests.supervision import complaints as complaining
from tests.supervision.office import ENVIRONMENT, Office, at, lawful, new_case
from tests.supervision.orders import BODY
from tests.supervision.pursuing import (
    CHIEF,
    CLERK,
    HEAD,
    INVESTIGATOR,
    MEETING,
    OFFICER,
    pursuit,
)

REPORT = {"answerer": CHIEF, "document_number": "人事〔2026〕2号", "carried_out": ["OFF_POST_TRAINING"]}


def state(matter: pb.Accountability) -> str:
    return pb.AccountabilityState.Name(matter.state).removeprefix("ACCOUNTABILITY_STATE_")


async def test_a_matter_is_followed_from_its_clue_to_the_file(office: Office) -> None:
    desk = await pursuit(office)
    served = await desk.upto("ServeAccountability")

    assert state(served) == "SERVED"
    assert served.officer_name == "执法人员O-1" and served.node == ENVIRONMENT
    assert served.decision.review_end_time.ToDatetime().date().isoformat() == "2026-04-01"
    assert (await desk.refused("CompleteAccountability")) == {"NOT_CARRIED_OUT", "REVIEW_OPEN"}
    await desk.answered("EXECUTION", **REPORT)
    assert (await desk.refused("CompleteAccountability")) == {"NOT_CARRIED_OUT", "REVIEW_OPEN"}
    await desk.entered()
    assert (await desk.refused("CompleteAccountability")) == {"REVIEW_OPEN"}
    office.clock("2026-04-03 09:00")
    done = await desk.act("CompleteAccountability")
    ended = await desk.act("RecordAccountability")

    assert (state(done), state(ended)) == ("EXECUTED", "RECORDED")
    assert [c.clock_id for c in ended.deadlines if c.HasField("stop_time")] == ["ACC-01", "ACC-02"]
    assert office.addressees(events.AccountabilityServed) == {"city"}


async def test_a_matter_ends_when_its_result_stands_in_the_file(office: Office) -> None:
    desk = await pursuit(office)
    await desk.upto("ServeAccountability", kind="CRITICISM")
    await desk.answered("EXECUTION", **(REPORT | {"carried_out": ["CRITICISM"]}))
    office.clock("2026-04-03 09:00")
    await desk.act("CompleteAccountability")

    early = await desk.refused("RecordAccountability")
    await desk.entered("CRITICISM")

    assert early == {"NOT_IN_FILE"}
    assert state(await desk.act("RecordAccountability")) == "RECORDED"


async def test_the_department_learns_of_it_by_the_prior_notice_and_nothing_of_who_spoke(
    office: Office,
) -> None:
    desk = await pursuit(office)
    await desk.upto("DeliberateAccountability")
    assert not office.emitted(events.AccountabilityTold)

    await desk.on("ServeAccountability", since="DeliberateAccountability")

    told = office.emitted(events.AccountabilityTold)
    assert office.addressees(events.AccountabilityTold) == {ENVIRONMENT}
    assert [state(e.told.accountability) for e in told] == [
        "NOTICED",
        "NOTICED",
        "HEARD",
        "DECIDED",
        "SERVED",
    ]
    for hidden in ("source", "review", "opening"):
        assert not any(e.told.accountability.HasField(hidden) for e in told)
    assert not any(e.told.accountability.meetings for e in told)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"source": PAPER | {"reason": " "}}, {"SOURCE_UNKNOWN"}),
        ({"source": {"kind": "ACCOUNTABILITY_SOURCE_KIND_WARNING", "source_id": "W-0"}}, {"SOURCE_UNKNOWN"}),
        (
            {"source": {"kind": "ACCOUNTABILITY_SOURCE_KIND_COMPLAINT", "source_id": "CM-0"}},
            {"SOURCE_UNKNOWN"},
        ),
        ({"source": {"kind": "ACCOUNTABILITY_SOURCE_KIND_PROPOSAL", "source_id": "S-0"}}, {"SOURCE_UNKNOWN"}),
        ({"source": {"kind": "ACCOUNTABILITY_SOURCE_KIND_OUTCOME", "source_id": "C-0"}}, {"SOURCE_UNKNOWN"}),
        ({"officer_id": "O-9"}, {"PURSUED_UNKNOWN"}),
        ({"officer_id": ""}, {"PURSUED_UNKNOWN"}),
        ({"body_id": "B-9"}, {"PURSUED_UNKNOWN"}),
    ],
    ids=["reason", "warning", "complaint", "proposal", "outcome", "stranger", "nobody", "no body"],
)
async def test_a_clue_is_there_and_about_somebody_whom_the_registry_knows(
    office: Office, wrong: Any, reason: set[str]
) -> None:
    desk = await pursuit(office)
    said = {"against": PERSON, "body_id": BODY, "officer_id": OFFICER, "source": PAPER, "title": "线索"}

    assert await desk.refused("RegisterAccountability", **(said | wrong)) == reason


async def test_one_clue_is_pursued_once(office: Office) -> None:
    desk = await pursuit(office)
    await desk.registered()
    said = {"against": PERSON, "body_id": BODY, "officer_id": OFFICER, "source": PAPER, "title": "再次"}

    assert await desk.refused("RegisterAccountability", **said) == {"PURSUED_ALREADY"}


BREAKS: list[tuple[str, dict[str, Any], set[str]]] = [
    ("ReviewAccountability", {"causes": []}, {"OPINION_MISSING"}),
    ("OpenAccountability", {"investigators": [OFFICER]}, {"PURSUER_CONFLICT"}),
    ("OpenAccountability", {"by": CLERK}, {"ROLE_REQUIRED"}),
    ("ConcludeAccountability", {"by": CLERK}, {"NOT_ASSIGNED"}),
    ("ConcludeAccountability", {"harm": " "}, {"FACTORS_MISSING"}),
    ("ConcludeAccountability", {"kinds": ["ACCOUNTABILITY_KIND_RECTIFY"]}, {"ACCOUNTABILITY_KIND"}),
    ("DeliberateAccountability", {"meeting": MEETING | {"participants": [HEAD]}}, {"MEETING_MISSING"}),
    ("DeliberateAccountability", {"meeting": MEETING | {"participants": [HEAD, CHIEF]}}, {"PURSUER_CONFLICT"}),
    ("DeliberateAccountability", {"meeting": MEETING | {"hold_time": at("2026-03-03 10:00")}}, {"MEETING_MISSING"}),
    ("DeliberateAccountability", {"meeting": MEETING | {"hold_time": at("2026-03-02 09:59")}}, {"MEETING_TOO_EARLY"}),
    ("DecideAccountability", {"meeting": MEETING | {"hold_time": at("2026-03-02 09:59")}}, {"MEETING_TOO_EARLY"}),
    ("NotifyAccountability", {"rights_told": False}, {"PRIOR_NOTICE_INCOMPLETE"}),
    ("NotifyAccountability", {"receipt": " "}, {"SERVICE_PROOF_MISSING"}),
    ("HearAccountability", {"recheck_opinion": " "}, {"STATEMENT_MISSING"}),
    ("DecideAccountability", {"kinds": ["ACCOUNTABILITY_KIND_DISQUALIFY"]}, {"AGGRAVATED_AFTER_DEFENCE"}),
    ("DecideAccountability", {"remedy_told": False}, {"DECISION_INCOMPLETE"}),
    ("ServeAccountability", {"receipt": ""}, {"SERVICE_PROOF_MISSING"}),
]  # fmt: skip


async def test_each_step_is_refused_where_something_is_missing_and_taken_where_nothing_is(
    office: Office,
) -> None:
    desk = await pursuit(office)
    await desk.registered()
    before = ""
    for name in STEPS:
        if name == "HearAccountability":
            assert await desk.refused(name, **desk.fields(name, "CRITICISM")) == {"STATEMENT_MISSING"}
            await desk.answered("STATEMENT", answerer=CHIEF)  # no answer of the officer: it is left out
            await desk.answered("STATEMENT")
        for step, wrong, reason in BREAKS:
            if step == name:
                said = desk.fields(name, "OFF_POST_TRAINING") | wrong
                assert await desk.refused(name, **said) == reason, (name, wrong)
        await desk.on(name, since=before) if name != "HearAccountability" else await desk.act(
            name, **desk.fields(name, "")
        )
        before = name

    matter = await desk.now()
    assert state(matter) == "SERVED" and len(matter.left) == 1 and len(matter.answers) == 1


async def test_who_proposes_does_not_decide(office: Office) -> None:
    """Who reviewed the clue holds the head's role too (CITY-ERS 6(4))."""
    desk = await pursuit(office)
    await desk.registered()
    both = "oversight-1"
    await desk.act("ReviewAccountability", **desk.fields("ReviewAccountability", ""))
    from tests.supervision import pursuing

    pursuing.ROLES[both] = "OVERSIGHT_HEAD"
    try:
        refused = await desk.refused("OpenAccountability", by=both, investigators=[INVESTIGATOR])
        dropped = await desk.refused("DropAccountability", by=both, reasons="不必追究")
    finally:
        pursuing.ROLES[both] = "OVERSIGHT"

    assert refused == dropped == {"DECIDES_OWN_PROPOSAL"}


async def test_a_statement_before_the_office_needs_a_checked_record_and_a_waiver_the_person(
    office: Office,
) -> None:
    desk = await pursuit(office)
    await desk.upto("NotifyAccountability")
    minutes = {"write_time": at("2026-03-02 10:00"), "text": "没有意见"}

    unsigned = await desk.refused("HearAccountability", minutes=minutes, recheck_opinion="无新的事实")
    by_chief = await desk.answered("WAIVER", answerer=CHIEF)
    heard = await desk.act(
        "HearAccountability", minutes=minutes | {"signed": True}, recheck_opinion="无新的事实"
    )

    assert unsigned == {"STATEMENT_MISSING"}
    assert state(by_chief) == "NOTICED" and by_chief.left
    assert state(heard) == "HEARD" and heard.statement.text == "没有意见"


async def test_who_waives_is_decided_on_and_a_review_changes_or_annuls(office: Office) -> None:
    desk = await pursuit(office)
    await desk.upto("NotifyAccountability", kind="DISQUALIFY")
    waived = await desk.answered("WAIVER")
    fields = {
        name: desk.fields(name, "DISQUALIFY") for name in ("DecideAccountability", "ServeAccountability")
    }
    await desk.act("DecideAccountability", **fields["DecideAccountability"])
    await desk.act("ServeAccountability", **fields["ServeAccountability"])
    by_chief = await desk.answered("REVIEW", answerer=CHIEF)
    asked = await desk.answered("REVIEW")
    said = {"by": HEAD, "meeting": MEETING, "reasons": "处理过重"}
    result = "ACCOUNTABILITY_APPEAL_RESULT_"
    heavier = await desk.refused(
        "DecideAccountabilityReview",
        result=f"{result}CHANGED",
        kinds=["ACCOUNTABILITY_KIND_CRITICISM"],
        **said,
    )
    early = await desk.refused(
        "DecideAccountabilityReview",
        result=f"{result}UPHELD",
        **said | {"meeting": MEETING | {"hold_time": at("2026-03-02 09:59")}},
    )
    annulled = await desk.act("DecideAccountabilityReview", result=f"{result}ANNULLED", **said)

    assert [state(m) for m in (waived, by_chief, asked)] == ["HEARD", "SERVED", "UNDER_REVIEW"]
    assert heavier == {"AGGRAVATED_AFTER_DEFENCE"}
    assert early == {"MEETING_TOO_EARLY"}, "the meeting that decided is none on the review"
    assert state(annulled) == "NOT_PURSUED" and annulled.round == 2


async def test_a_review_that_comes_late_is_left_out(office: Office) -> None:
    desk = await pursuit(office)
    await desk.upto("ServeAccountability")
    office.clock("2026-04-03 09:00")

    late = await desk.answered("REVIEW", when="2026-04-03 08:00")

    assert state(late) == "SERVED" and len(late.left) == 1


async def test_the_investigation_is_lengthened_once_and_overdue_is_warned_of(office: Office) -> None:
    """Ten working days to review, thirty to investigate and thirty more, once (CITY-ERS 2(7))."""
    desk = await pursuit(office)
    await desk.registered()
    office.clock("2026-03-17 09:00")
    await office.ticked()
    assert [(w.detail_zh[:2], w.node) for w in await office.warnings(rule_id="EW-81")] == [("示例", "city")]
    await desk.on("OpenAccountability")
    assert [s for _, s in await office.found("EW-81")] == [2]

    too_long = await desk.refused("ExtendAccountability", by=HEAD, days=31, complexity="涉及多人")
    longer = await desk.act("ExtendAccountability", by=HEAD, days=30, complexity="涉及多人")
    again = await desk.refused("ExtendAccountability", by=HEAD, days=5, complexity="涉及多人")

    assert (too_long, again) == ({"EXTENSION_TOO_LONG"}, {"EXTENSION_INVALID"})
    assert longer.extensions[0].due_time.ToDatetime().date().isoformat() == "2026-06-12"


async def test_what_is_dropped_though_causes_were_named_is_red(office: Office) -> None:
    desk = await pursuit(office)
    await desk.upto("ReviewAccountability")

    await desk.act("DropAccountability", by=HEAD, reasons="已经退还")

    assert await office.found("EW-81") == [(3, 1)]


async def test_delay_is_pursued_where_what_followed_was_grave(office: Office) -> None:
    desk = await pursuit(office)
    await desk.registered()
    causes = ["ACCOUNTABILITY_CAUSE_REFUSAL_OR_DELAY"]
    await desk.act("ReviewAccountability", **(desk.fields("ReviewAccountability", "") | {"causes": causes}))
    await desk.on("OpenAccountability", since="ReviewAccountability")
    said = desk.fields("ConcludeAccountability", "CRITICISM")

    assert await desk.refused("ConcludeAccountability", **said) == {"NOT_GRAVE"}
    assert state(await desk.act("ConcludeAccountability", **said, grave=True)) == "INVESTIGATED"


async def test_discipline_goes_to_the_competent_body(office: Office) -> None:
    desk = await pursuit(office)
    await desk.upto("ReviewAccountability")
    said = {"by": HEAD, "document_number": "移送〔2026〕1号", "reasons": "涉嫌受贿"}

    assert "MALFORMED" in await desk.refused("TransferAccountability", competent_body=" ", **said)
    gone = await desk.act("TransferAccountability", competent_body="示例市监察委员会", **said)

    assert state(gone) == "TRANSFERRED"
    assert not office.emitted(events.AccountabilityTold)


async def test_a_decision_that_was_unlawful_for_want_of_a_reply_is_a_clue_by_itself(office: Office) -> None:
    """ARL 70: held to have no evidence because it did not reply in time."""
    await pursuit(office)
    case = lawful(new_case("C-7", officers=(OFFICER, "O-2")))
    case.body_id = BODY
    outcome = case.outcomes.add(
        kind="OUTCOME_KIND_ANNULLED", remedy="REMEDY_RECONSIDERATION", authority="示例市人民政府",
        document="复议〔2026〕1号", unanswered=True, outcome_time=at("2026-03-02 09:00"),
    )  # fmt: skip
    told = office.told(case, "DecisionAnnulled", "2026-03-02 09:30", outcome=outcome)

    await office.take(told)
    await office.take(office.told(case, "DecisionSetAside", "2026-03-02 09:40", outcome=outcome))

    [clue] = office.emitted(events.AccountabilityRegistered)
    assert (clue.accountability.body_id, clue.accountability.case_id) == (case.body_id, "C-7")
    assert state(clue.accountability) == "CLUE"


async def test_a_complaint_that_was_found_so_is_a_clue_by_itself(office: Office) -> None:
    await pursuit(office)
    desk = await complaining.ready(office)
    complaint = await desk.found(about=complaining.ABOUT | {"officer_ids": [OFFICER]})

    await desk.say(
        complaining.OFFICER, "ReferComplaint", complaint_id=complaint.complaint_id,
        kind=complaints.COMPLAINT_REFERRAL_KIND_ACCOUNTABILITY, document="转〔2026〕1号",
    )  # fmt: skip

    [clue] = office.emitted(events.AccountabilityRegistered)
    assert clue.accountability.officer_id == OFFICER
    assert complaint.text not in clue.accountability.title


async def test_a_unit_answers_by_its_head_alone(office: Office) -> None:
    desk = await pursuit(office)
    await desk.registered(against=UNIT)
    for name in list(STEPS)[:5]:
        await desk.act(name, **desk.fields(name, "RECTIFY"))

    by_officer = await desk.answered("STATEMENT", answerer=OFFICER)
    by_head = await desk.answered("STATEMENT", answerer=CHIEF)

    assert (len(by_officer.left), by_head.statement.answer_id != "") == (1, True)


LEADER = {
    "officer_id": CHIEF,
    "share": "ACCOUNTABILITY_SHARE_FIRST",
    "cause": "ACCOUNTABILITY_CAUSE_POLLUTION",
    "reasons": "未履行第一责任人职责",
}


async def test_where_a_unit_did_wrong_its_chief_of_then_answers_first_in_a_matter_of_its_own(
    office: Office,
) -> None:
    """Given a unit that is pursued, when the investigation ends, then the chief of that day is named, or it is said why not."""
    desk = await pursuit(office)
    await desk.upto("OpenAccountability", "RECTIFY", against=UNIT)
    said = desk.fields("ConcludeAccountability", "RECTIFY") | {"no_leader_reasons": ""}
    for wrong, reason in (
        ({}, "LEADER_NOT_WEIGHED"),
        ({"occur_time": None, "no_leader_reasons": "已经部署"}, "LEADER_NOT_WEIGHED"),
        ({"occur_time": at("2026-03-03 10:00"), "no_leader_reasons": "已经部署"}, "LEADER_NOT_WEIGHED"),
        (
            {"leaders": [LEADER | {"officer_id": OFFICER}], "no_leader_reasons": "已经部署"},
            "NOT_A_LEADER_THEN",
        ),
        ({"leaders": [LEADER | {"reasons": " "}]}, "NOT_A_LEADER_THEN"),
        ({"leaders": [LEADER | {"cause": 0}]}, "NOT_A_LEADER_THEN"),
        ({"leaders": [LEADER, LEADER]}, "NOT_A_LEADER_THEN"),
        # before the chief was appointed it was another's share
        ({"leaders": [LEADER], "occur_time": at("2019-01-01 10:00")}, "NOT_A_LEADER_THEN"),
    ):
        assert reason in await desk.refused("ConcludeAccountability", **(said | wrong)), wrong

    unit = await desk.act("ConcludeAccountability", **(said | {"leaders": [LEADER]}))

    listed = pb.ListAccountabilitiesRequest(officer_id=CHIEF)
    [own] = (await office.call("ListAccountabilities", listed)).accountabilities
    assert (own.source.kind, own.source.source_id) == (
        pb.ACCOUNTABILITY_SOURCE_KIND_UNIT,
        unit.accountability_id,
    )
    assert own.leading.share == pb.ACCOUNTABILITY_SHARE_FIRST and own.title.endswith(unit.title)
    desk.id = own.accountability_id
    review = desk.fields("ReviewAccountability", "CRITICISM") | {"causes": ["ACCOUNTABILITY_CAUSE_POLLUTION"]}
    await desk.act("ReviewAccountability", **review)
    await desk.on("NotifyAccountability", "CRITICISM", since="ReviewAccountability")
    await desk.answered("STATEMENT", answerer=CHIEF)
    for name in ("HearAccountability", "DecideAccountability"):
        decided = await desk.act(name, **desk.fields(name, "CRITICISM"))
    assert (decided.officer_id, state(decided)) == (CHIEF, "DECIDED")
    told = office.emitted(events.AccountabilityDecided)[-1].accountability
    assert told.officer_id == CHIEF, "the registry enters it into the file of the head"
    assert await figures(office) == (1, 1)


async def figures(office: Office) -> tuple[int, int]:
    """How many decisions the yearly report counts, and how many of leaders."""
    asked = reports.ReportAsked(report_id="lawful_administration", year=2026)
    report = (await office.call("RunReport", reports.RunReportRequest(asked=asked))).report
    total = next(line for line in report.lines if not line.key)
    counts = {c.figure.figure_id: v.count for c, v in zip(report.columns, total.values, strict=True)}
    return counts["accountability"], counts["accountability.leader"]


async def test_for_what_leaders_answer_an_officer_is_not_pursued(office: Office) -> None:
    desk = await pursuit(office)
    await desk.registered()
    review = desk.fields("ReviewAccountability", "CRITICISM") | {
        "causes": ["ACCOUNTABILITY_CAUSE_DERELICTION"]
    }

    assert await desk.refused("ReviewAccountability", **review) == {"CAUSE_OF_LEADERS"}
