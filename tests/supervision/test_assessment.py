"""Assessing bodies of enforcement: scores that explain themselves down to the case, grades fixed in a meeting (GBF-2005-37 3)."""

from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import assessment_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_order_pb2 as orders

from services.law.calendar import SHANGHAI
from services.law.parameters import load_layers
from services.law.procedures.assessed_year import Bounds, Wrong, Year, wrongs_of
from services.law.procedures.assessment import TABLE, countable
from services.supervision.assessment.facts import DoneAssessment
from services.supervision.assessment.graded import of_bodies
from tests.supervision.assessments import OPINION, PERSON, SCORES, YEAR, Assessing, assessing, reviewed
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at, new_case
from tests.supervision.orders import BODY, HEAD, Desk
from tests.supervision.pursuing import OFFICER, Pursuit
from tests.supervision.test_officer_assessments import Assessed
from tests.supervision.warnings.ew_26_corrected_often import ANNULLED, UPHELD, ended, told
from tests.supervision.warnings.many import decide, fined

G = pb.AssessmentGrade.Value
REMEDIES = "3.1"


def line(assessment: pb.Assessment, indicator_id: str) -> pb.AssessedIndicator:
    return next(each for each in assessment.lines if each.indicator_id == indicator_id)


def points(assessment: pb.Assessment) -> dict[str, int]:
    """What each indicator came to, but for that of the procedure."""
    return {each.indicator_id: each.points for each in assessment.lines if each.indicator_id != "2.2"}


async def rows(its: Assessing, indicator_id: str) -> pb.ListAssessmentRowsResponse:
    request = pb.ListAssessmentRowsRequest(assessment_id=its.id, indicator_id=indicator_id)
    reply: pb.ListAssessmentRowsResponse = await its.office.call("ListAssessmentRows", request)
    return reply


def remedied(case_id: str, kind: int, when: str, body_id: str = BODY) -> cases.Case:
    case = ended(case_id, kind, when)
    case.body_id = body_id
    return case


async def test_a_year_from_its_opening_to_its_publication(office: Office) -> None:
    """Given a body of which four remedies ended and one corrected it, when it is assessed, then the points say so, the case is
    listed, and anybody may see the result.
    """
    its = await assessing(office)
    opened = await its.open()
    assert opened.self_due_time.ToDatetime(SHANGHAI).strftime("%m-%d") == "12-25"
    assert opened.scheme.name == "responsibility" and opened.state == pb.ASSESSMENT_STATE_OPENED
    for n, kind in enumerate((ANNULLED, UPHELD, UPHELD, UPHELD)):
        await told(office, remedied(f"C-{n}", kind, f"2026-09-0{n + 1} 10:00"))
    await told(office, remedied("C-8", ANNULLED, "2025-09-01 10:00"))
    await told(office, remedied("C-9", ANNULLED, "2026-09-01 10:00", "B-2"))
    await its.handed_in()
    office.clock("2027-01-20 09:00")
    await its.act("RecordPublicOpinion", **OPINION)

    made = await its.review()

    assert (line(made, REMEDIES).counted, line(made, REMEDIES).of, line(made, REMEDIES).points) == (
        1,
        4,
        11_25,
    )
    assert (line(made, "6.1").points, line(made, PERSON).points) == (9_00, 12_00)
    assert made.points == sum(each.points for each in made.lines)
    assert made.proposed == G("ASSESSMENT_GRADE_EXCELLENT")
    assert made.self_assessment.summary == "自查自评材料"
    found = await rows(its, REMEDIES)
    assert [row.case_id for row in found.rows] == ["C-0"] and found.same

    office.clock("2027-01-22 09:00")
    fixed = await its.fix("EXCELLENT", reason="")
    assert list(fixed.consequences) == [pb.ASSESSMENT_CONSEQUENCE_COMMENDED]
    await its.act("PublishAssessment", address="https://example.gov.cn/2026")
    reply = await office.open_call("ListPublishedAssessments", pb.ListPublishedAssessmentsRequest(year=YEAR))
    [public] = reply.assessments
    assert (public.points, public.grade, len(public.lines)) == (made.points, fixed.grade, len(made.lines))
    assert not public.opinion.recorder
    assert office.addressees(events.AssessmentPublished) == {ENVIRONMENT}


async def test_what_comes_to_be_known_after_the_review_is_seen_when_it_is_counted_anew(
    office: Office,
) -> None:
    """Given a review, when a remedy of the year comes to be known late, then the count differs, and a review counts it."""
    its = await reviewed(office)
    assert (await rows(its, REMEDIES)).same

    await told(office, remedied("C-1", ANNULLED, "2026-09-01 10:00"))

    found = await rows(its, REMEDIES)
    assert not found.same and (found.now.counted, found.now.points) == (1, 0)
    assert line(await its.review(), REMEDIES).points == 0
    assert (await rows(its, REMEDIES)).same


async def test_what_a_record_cannot_be_takes_no_points(office: Office) -> None:
    """Given a case whose times cannot be and whose decision a court annulled, when it is counted, then it counts nowhere."""
    its = await reviewed(office)
    wrong = remedied("C-1", ANNULLED, "2026-09-01 10:00")
    wrong.file_time.FromDatetime(at("2026-08-30 10:00"))
    await told(office, wrong)

    found = await rows(its, REMEDIES)

    assert found.same and not found.rows


async def test_fines_bring_no_points_and_take_none(office: Office) -> None:
    """Given a review, when many more fines of the year are told of, then all stays but the procedure, for they lack papers, and
    the terms, for nobody served them.
    """
    its = await reviewed(office)
    before = points(await its.review())
    await decide(office, [fined(f"C-F{n}", 5_000_000, f"2026-10-{n + 1:02} 10:00") for n in range(9)])
    await office.ticked()

    assert points(await its.review()) | {"2.1": 0} == before | {"2.1": 0}


@pytest.mark.parametrize("first", ["handed in", "opened"])
async def test_it_does_not_matter_whether_self_assessment_or_opening_comes_first(
    office: Office, first: str
) -> None:
    its = await assessing(office)
    if first == "handed in":
        await its.handed_in()
        await its.open()
    else:
        await its.open()
        await its.handed_in()
    await its.handed_in()

    kept = (await office.call("GetAssessment", pb.GetAssessmentRequest(assessment_id=its.id))).assessment

    assert kept.state == pb.ASSESSMENT_STATE_SELF_SCORED
    assert len(kept.self_assessment.scores) == len([each for each in kept.scheme.indicators if each.by])
    assert len(office.emitted(events.SelfAssessmentTaken)) == 1


async def test_a_self_assessment_of_anothers_body_is_not_taken(office: Office) -> None:
    its = await assessing(office)
    await its.open()
    await its.handed_in(node=URBAN)

    kept = (await office.call("GetAssessment", pb.GetAssessmentRequest(assessment_id=its.id))).assessment
    assert kept.state == pb.ASSESSMENT_STATE_OPENED


async def test_an_assessment_is_opened_for_a_body_and_a_year_once(office: Office) -> None:
    its = await assessing(office)

    assert await its.refused("OpenAssessment", body_id="B-none", year=YEAR) == "NOT_FOUND"
    assert await its.refused("OpenAssessment", body_id=BODY, year=2027) == "YEAR_NOT_BEGUN"
    assert await its.refused("OpenAssessment", body_id=BODY, year=2025) == "NO_SCHEME"
    assert await its.refused("OpenAssessment", body_id=BODY, year=1998) == "BODY_NOT_ASSESSED"
    await its.open()
    assert await its.refused("OpenAssessment", body_id=BODY, year=YEAR) == "ASSESSED_ALREADY"


async def test_a_year_is_reviewed_when_it_is_over_and_after_the_self_assessment_or_its_day(
    office: Office,
) -> None:
    its = await assessing(office)
    await its.open()
    await its.act("RecordPublicOpinion", **OPINION)
    await its.handed_in()
    assert await its.refused("ReviewAssessment", scores=SCORES) == "YEAR_NOT_OVER"

    other = Assessing(office, "B-2")
    office.clock("2027-01-20 09:00")
    await Desk(office).body("B-2")
    await other.open()
    await other.act("RecordPublicOpinion", **OPINION)
    assert (await other.review()).state == pb.ASSESSMENT_STATE_REVIEWED, "its day is over"


def test_only_warnings_that_name_a_body_are_counted() -> None:
    shipped = load_layers([]).assessment(YEAR)
    assert shipped is not None
    named = {word for each in shipped.ends if each.counts == "warning" for word in each.only}

    assert named and all(of_bodies(word) for word in named)
    assert not any(
        of_bodies(word) for word in ("EW-27", "EW-31", "EW-99", "DATA", "SILENT", "CHAIN", "EW-18", "EW-29")
    )


async def test_a_scheme_that_counts_what_there_is_not_is_not_opened(office: Office) -> None:
    """Given a record whose scheme counts a warning about officers, when the rules look at it, then it cannot be counted."""
    its = await assessing(office)
    opened = await its.open()
    for indicator in opened.scheme.indicators:
        if indicator.figure_id == "warning":
            indicator.only.append("EW-27")
    facts = DoneAssessment(opened, office.running.view(), TABLE.move("OPEN", ""))  # type: ignore[arg-type]

    assert not countable.holds(facts)


PERSON_SCORES: dict[str, Any] = {
    "none": [],
    "no reason": [{**SCORES[0], "reason": " "}],
    "beyond its weight": [{**SCORES[0], "points": 15_01}],
    "twice": [*SCORES, *SCORES],
    "what is counted": [*SCORES, {"indicator_id": REMEDIES, "points": 15_00, "reason": "从宽"}],
    "what there is not": [*SCORES, {"indicator_id": "9.9", "points": 1, "reason": "加分"}],
}


async def test_people_score_what_is_theirs_with_reasons_and_nothing_else(office: Office) -> None:
    its = await reviewed(office)

    for name, scores in PERSON_SCORES.items():
        assert await its.refused("ReviewAssessment", scores=scores) == "PERSON_SCORES_INCOMPLETE", name
    assert await its.refused("ReviewAssessment", HEAD, scores=SCORES) == "ASSESSOR_CONFLICT"


async def test_what_the_public_says_has_a_source_and_is_waited_for(office: Office) -> None:
    its = await assessing(office)
    await its.open()
    await its.handed_in()
    office.clock("2027-01-20 09:00")

    for wrong in ({"source": " "}, {"asked": 0}, {"satisfied": 201}, {"satisfied": None}):
        assert await its.refused("RecordPublicOpinion", **{**OPINION, **wrong}) == "OPINION_NOT_SOURCED", (
            wrong
        )
    assert await its.refused("ReviewAssessment", scores=SCORES) == "OPINION_MISSING"


async def test_a_grade_is_fixed_in_a_meeting_of_people_who_are_known(office: Office) -> None:
    its = await reviewed(office)
    head = ("head-1", "OVERSIGHT_HEAD")
    good: dict[str, Any] = {
        "grade": "ASSESSMENT_GRADE_PASSED",
        "reason": "整改不力",
        "meeting": its.meeting(),
    }

    async def refused(**wrong: Any) -> str:
        return await its.refused("FixAssessmentGrade", *head, **{**good, **wrong})

    assert await refused(meeting=its.meeting("M-1", "M-1")) == "MEETING_MISSING"
    assert await refused(meeting=its.meeting(minutes=" ")) == "MEETING_MISSING"
    assert await refused(meeting=its.meeting(when="2027-01-19 09:00")) == "MEETING_MISSING", (
        "before the review"
    )
    assert await refused(meeting=its.meeting(when="2027-02-19 09:00")) == "MEETING_MISSING", "to come"
    assert await refused(meeting=its.meeting("M-1", "nobody")) == "MEMBER_UNKNOWN"
    assert await refused(meeting=its.meeting("M-1", HEAD)) == "ASSESSOR_CONFLICT"
    assert await refused(reason=" ") == "GRADE_NOT_REASONED"
    assert await refused(grade="ASSESSMENT_GRADE_UNSPECIFIED") == "GRADE_NOT_REASONED"
    assert (await its.fix("PASSED")).grade == G("ASSESSMENT_GRADE_PASSED")
    assert await its.refused("ReviewAssessment", scores=SCORES) == "ACT_NOT_OPEN"
    assert await its.refused("PublishAssessment", address=" ") == "NOT_MADE_PUBLIC"


async def test_who_fails_twice_has_its_chief_proposed_to_be_moved(office: Office) -> None:
    """Given a body that failed in a year, when it fails in the next, then that its chief be moved is said, and it is told."""
    its = await reviewed(office)
    once = await its.fix("FAILED")
    assert pb.ASSESSMENT_CONSEQUENCE_TO_RECTIFY in once.consequences
    assert pb.ASSESSMENT_CONSEQUENCE_CHIEF_TO_BE_MOVED not in once.consequences

    await its.open(YEAR + 1)
    await its.handed_in(YEAR + 1, "2027-12-20 10:00")
    office.clock("2028-01-10 09:00")
    await its.act("RecordPublicOpinion", **OPINION)
    await its.review()
    office.clock("2028-01-22 09:00")
    twice = await its.fix("FAILED", meeting=its.meeting(when="2028-01-21 09:00"))

    assert pb.ASSESSMENT_CONSEQUENCE_CHIEF_TO_BE_MOVED in twice.consequences


async def test_who_fails_mends_in_writing_and_another_looks_into_it(office: Office) -> None:
    """Given a body that failed, when its head hands in how it mends and the office looks into it, then both stay on record; a
    body that did not fail, another body, and what is empty, twice or judged by the body itself are refused.
    """
    its = await reviewed(office)
    await its.fix("FAILED")
    unit = {"by": "U-1", "role": "UNIT_HEAD", "node": ENVIRONMENT}
    assert await its.refused("SubmitRectification", **unit, text="逐项整改") == "ACT_NOT_OPEN"
    await its.act("PublishAssessment", address="https://example.gov.cn/1")
    assert (
        await its.refused("SubmitRectification", **(unit | {"node": URBAN}), text="逐项整改")
        == "NOT_THE_UNIT"
    )
    assert await its.refused("SubmitRectification", **unit, text=" ") == "RECTIFICATION_EMPTY"
    assert await its.refused("VerifyRectification", mended=True, result="已补正") == "NO_RECTIFICATION"
    await its.act("SubmitRectification", **unit, text="补正十卷，培训两次")
    assert await its.refused("SubmitRectification", **unit, text="再报") == "RECTIFICATION_WAITS"
    assert await its.refused("VerifyRectification", result=" ") == "RESULT_MISSING"
    assert await its.refused("VerifyRectification", by="H-1", result="已补正") == "ASSESSOR_CONFLICT"
    await its.act("VerifyRectification", mended=False, result="两卷没有补正")
    await its.act("SubmitRectification", **unit, text="已全部补正")

    done = await its.act("VerifyRectification", mended=True, result="抽查十卷，均已补正")

    assert [(r.mended, r.submitter, r.verifier) for r in done.rectifications] == [
        (False, "U-1", "oversight-1"),
        (True, "U-1", "oversight-1"),
    ]
    assert office.addressees(events.RectificationVerified) == {ENVIRONMENT}


async def test_who_did_not_fail_has_nothing_to_mend(office: Office) -> None:
    its = await reviewed(office)
    await its.fix("PASSED")
    await its.act("PublishAssessment", address="https://example.gov.cn/1")

    unit = {"by": "U-1", "role": "UNIT_HEAD", "node": ENVIRONMENT}
    assert await its.refused("SubmitRectification", **unit, text="逐项整改") == "NOT_FAILED"


async def clues(office: Office) -> list[Any]:
    return [each.supervision_order for each in office.emitted(events.SupervisionClueRegistered)]


async def test_low_satisfaction_and_many_corrections_become_a_clue_of_supervision_once(
    office: Office,
) -> None:
    """Given a year in which few were satisfied and courts corrected often, when the grade is fixed, then a clue registers itself
    that a person takes up; what is not known calls for nothing.
    """
    its = await assessing(office)
    await its.open()
    await its.handed_in()
    for n, kind in enumerate((ANNULLED, UPHELD, UPHELD, UPHELD, UPHELD)):
        await told(office, remedied(f"C-{n}", kind, f"2026-09-0{n + 1} 10:00"))
    office.clock("2027-01-20 09:00")
    few = {"asked": 50, "satisfied": 29, "source": "市统计局2026年度满意度调查"}
    await its.act("RecordPublicOpinion", **few)
    made = await its.review()
    assert not made.wrongs and await clues(office) == []
    office.clock("2027-01-22 09:00")

    fixed = await its.fix("FAILED")

    wrong = [pb.ASSESSMENT_WRONG_CORRECTED_OFTEN, pb.ASSESSMENT_WRONG_UNSATISFIED]
    assert list(fixed.wrongs) == wrong
    [clue] = await clues(office)
    assert (clue.body_id, clue.source.source_id) == (BODY, its.id)
    assert clue.source.kind == orders.SUPERVISION_SOURCE_KIND_ASSESSMENT
    assert clue.state == orders.SUPERVISION_ORDER_STATE_CLUE  # a person decides
    assert fixed.performance_points == fixed.points * 10 // 100
    await its.act("PublishAssessment", address="https://example.gov.cn/2026")
    await its.act("SubmitRectification", HEAD, "AGENCY_HEAD", ENVIRONMENT, text="已经整改")
    again = await its.act("VerifyRectification", mended=False, result="两卷没有补正")
    assert list(again.wrongs) == [*wrong, pb.ASSESSMENT_WRONG_NOT_MENDED]
    assert len(await clues(office)) == 1  # it goes on already


async def test_a_good_year_calls_for_no_order(office: Office) -> None:
    its = await reviewed(office)

    fixed = await its.fix("GOOD")

    assert not fixed.wrongs and await clues(office) == []


@pytest.mark.parametrize(
    ("year", "wrongs"),
    [
        (Year(corrected=1, ended=5, handed_in=True), (Wrong.CORRECTED_OFTEN,)),
        (Year(corrected=1, ended=4, handed_in=True), ()),
        (Year(corrected=1, ended=11, handed_in=True), ()),
        (Year(asked=30, satisfied=17, handed_in=True), (Wrong.UNSATISFIED,)),
        (Year(asked=30, satisfied=18, handed_in=True), ()),
        (Year(asked=29, satisfied=0, handed_in=True), ()),
        (Year(asked=30, handed_in=True), ()),
        (Year(handed_in=False), (Wrong.NOT_HANDED_IN,)),
        (Year(), ()),
    ],
)
def test_an_order_of_correction_rests_on_facts(year: Year, wrongs: tuple[Wrong, ...]) -> None:
    assert wrongs_of(year, Bounds(share=10, cases=5, satisfied=60, asked=30)) == wrongs


COMMENDED = {
    "title": "行政执法先进单位", "authority": "示例市人民政府", "document_number": "示府表〔2027〕1号",
    "criteria": "考核优秀、群众满意",
    "deeds": "全年无一件被撤销，推行说理式文书。", "commend_time": at("2027-02-01 09:00"), "address": "https://example.gov.cn/c",
}  # fmt: skip


async def published(office: Office, grade: str = "EXCELLENT") -> Assessing:
    its = await reviewed(office)
    await its.fix(grade)
    await its.act("PublishAssessment", address="https://example.gov.cn/2026")
    office.clock("2027-02-03 09:00")
    return its


async def test_who_did_well_is_commended_and_that_is_public(office: Office) -> None:
    its = await published(office)

    await its.act("RecordCommendation", commendation=COMMENDED)
    of_head = COMMENDED | {"officer_id": HEAD, "title": "行政执法先进个人"}
    done = await its.act("RecordCommendation", commendation=of_head)

    assert [c.officer_id for c in done.commendations] == ["", HEAD]
    assert done.commendations[0].recorder == "oversight-1"
    assert await its.refused("RecordCommendation", commendation=COMMENDED) == "COMMENDED_ALREADY"
    assert office.addressees(events.CommendationRecorded) == {ENVIRONMENT}
    reply = await office.open_call("ListPublishedAssessments", pb.ListPublishedAssessmentsRequest(year=YEAR))
    [public] = reply.assessments
    assert [c.criteria for c in public.commendations] == [COMMENDED["criteria"]] * 2
    assert not any(c.officer_id or c.officer_name or c.recorder for c in public.commendations)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"title": " "}, "COMMENDATION_INCOMPLETE"),
        ({"authority": ""}, "COMMENDATION_INCOMPLETE"),
        ({"document_number": " "}, "COMMENDATION_INCOMPLETE"),
        ({"criteria": " "}, "COMMENDATION_INCOMPLETE"),
        ({"deeds": ""}, "COMMENDATION_INCOMPLETE"),
        ({"commend_time": None}, "COMMENDATION_INCOMPLETE"),
        ({"commend_time": at("2027-01-20 09:00")}, "COMMENDATION_INCOMPLETE"),
        ({"commend_time": at("2027-02-04 09:00")}, "COMMENDATION_INCOMPLETE"),
        ({"address": " "}, "NOT_MADE_PUBLIC"),
        ({"criteria": "罚没收入增长百分之二十"}, "FINE_TARGET_FORBIDDEN"),
        ({"deeds": "全年罚款金额居全市第一"}, "FINE_TARGET_FORBIDDEN"),
        ({"officer_id": "O-none"}, "NOT_COMMENDABLE"),
    ],
)
async def test_nobody_is_commended_without_ground_or_for_fines(
    office: Office, wrong: Any, reason: str
) -> None:
    its = await published(office)

    assert await its.refused("RecordCommendation", commendation=COMMENDED | wrong) == reason


async def test_only_the_excellent_are_commended_and_nobody_who_is_investigated(office: Office) -> None:
    its = await published(office, "GOOD")

    assert await its.refused("RecordCommendation", commendation=COMMENDED) == "NOT_COMMENDABLE"
    await office.certify(OFFICER, body_id=BODY)
    pursued = Pursuit(office)
    await pursued.upto("ReviewAccountability")  # a clue alone stands against nobody
    his = COMMENDED | {"officer_id": OFFICER, "title": "行政执法先进个人"}
    await its.act("RecordCommendation", commendation=his)
    await pursued.act("OpenAccountability", **pursued.fields("OpenAccountability", "OFF_POST_TRAINING"))
    other = his | {"document_number": "示府表〔2027〕2号"}
    assert await its.refused("RecordCommendation", commendation=other) == "NOT_COMMENDABLE"


async def test_nobody_is_commended_who_was_graded_the_lowest(office: Office) -> None:
    its = await published(office, "GOOD")
    await office.certify(OFFICER, body_id=BODY)
    person = Assessed(office, OFFICER)
    person.when = office.running.now().astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")
    await person.fixed("FAILED")

    his = COMMENDED | {"officer_id": OFFICER, "title": "行政执法先进个人"}
    assert await its.refused("RecordCommendation", commendation=his) == "NOT_COMMENDABLE"


async def test_by_what_a_post_is_assessed_is_told_with_what_is_counted_of_an_officer(office: Office) -> None:
    desk = await assessing(office)

    async def asked(by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **more: Any) -> Any:
        said = {"body_id": BODY, "year": YEAR, "post": "ASSESSED_POST_STAFF", "officer_id": "O-1"} | more
        return await desk._as(
            by, role, office.call("GetAssessmentScheme", pb.GetAssessmentSchemeRequest(**said)), node
        )

    told = await asked()
    assert (told.scheme.name, told.scheme.post) == ("staff", pb.ASSESSED_POST_STAFF)
    assert [(line.indicator_id, line.counted, line.points) for line in told.lines] == [
        ("1", 0, 30_00),
        ("2", 0, 30_00),
    ]

    case = new_case("C-post", ENVIRONMENT, ("O-1", "O-2"))
    case.body_id, case.state = BODY, cases.CASE_STATE_INVESTIGATING
    await office.tell(case, "OfficersAssigned", "2026-11-02 10:00")

    async def warned() -> Any:
        return await office.warnings(rule_id="EW-09")

    await office.until(warned, "officers without certificates are warned of")
    lines = {line.indicator_id: line for line in (await asked()).lines}
    assert lines["1"].counted > 0 and lines["1"].points == max(0, 30_00 - 5_00 * lines["1"].counted)
    other = {line.indicator_id: line for line in (await asked(officer_id="O-9")).lines}
    assert other["1"].counted == 0, "what others handled is not theirs"
    whole = await asked(post=0, officer_id="")
    assert whole.scheme.name == "responsibility" and not whole.lines
    assert (await asked(*("H-1", "AGENCY_HEAD", ENVIRONMENT))).scheme.name == "staff"
    for missing in ({"body_id": "B-none"}, {"post": "ASSESSED_POST_CHIEF"}, {"year": 2025}):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await asked(**missing)
        assert no.value.code() is grpc.StatusCode.NOT_FOUND
    with pytest.raises(grpc.aio.AioRpcError):
        await asked("U-1", "UNIT_HEAD", URBAN)
