"""People assessed for a year by the scheme of their post: scored, graded in a meeting, told, rechecked (DL-ERS-2005)."""

from datetime import timedelta
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.registry.v1 import events_pb2 as registry
from yifa.registry.v1 import officer_pb2
from yifa.supervision.v1 import assessment_pb2 as assessments
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import officer_assessment_pb2 as pb

from services.kit.access import mint
from services.law.moment import moment_of
from tests.supervision.assessments import MEMBERS
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at, new_case
from tests.supervision.orders import BODY, Desk

YEAR = 2026
GRADES = assessments.AssessmentGrade.Value
SCORE = {"indicator_id": "3", "points": 36_00, "reason": "职责逐项核查，案卷两卷，一卷欠送达回证"}
HEAD, UNIT, PERSON = ("head-1", "OVERSIGHT_HEAD", CITY), ("U-1", "UNIT_HEAD", ENVIRONMENT), "HANDLING_OFFICER"


class Assessed:
    """One person whom the office assesses."""

    def __init__(self, office: Office, officer: str) -> None:
        self.office, self.officer, self.id, self.serial = office, officer, "", 0
        self.when, self.score = "2027-01-21 09:00", SCORE

    async def as_(self, call: Any, by: str, role: str, node: str) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        before, self.office.metadata = (
            self.office.metadata,
            (("authorization", f"Bearer {mint(key, by, node, (role,))}"),),
        )
        try:
            return await call
        finally:
            self.office.metadata = before

    def request(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"R-{self.officer}-{self.serial}", **fields}
        if not name.startswith("Open"):
            given.setdefault("officer_assessment_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def act(
        self, name: str, who: tuple[str, str, str] = ("oversight-1", "OVERSIGHT", CITY), **fields: Any
    ) -> pb.OfficerAssessment:
        reply = await self.as_(self.office.call(name, self.request(name, **fields)), *who)
        told: pb.OfficerAssessment = reply.officer_assessment
        self.id = told.officer_assessment_id
        return told

    async def refused(
        self, name: str, who: tuple[str, str, str] = ("oversight-1", "OVERSIGHT", CITY), **fields: Any
    ) -> str:
        call = self.office.refused(name, self.request(name, **fields))
        return str((await self.as_(call, *who))[1])

    async def open(self, year: int = YEAR, **more: Any) -> pb.OfficerAssessment:
        asked = {"officer_id": self.officer, "body_id": BODY, "year": year, "post": "ASSESSED_POST_STAFF"}
        return await self.act("OpenOfficerAssessment", **(asked | more))

    async def fix(self, grade: str, name: str = "FixOfficerGrade", **more: Any) -> pb.OfficerAssessment:
        return await self.act(name, HEAD, **(meeting(grade) | more))

    async def fixed(self, grade: str = "GOOD", year: int = YEAR) -> pb.OfficerAssessment:
        await self.open(year)
        await self.act("ScoreOfficerAssessment", UNIT, scores=[self.score])
        await self.act("ReviewOfficerAssessment")
        return await self.act("FixOfficerGrade", HEAD, **meeting(grade, self.when))

    async def told(self, grade: str = "GOOD", year: int = YEAR) -> pb.OfficerAssessment:
        """Assessed by people who know nothing against the person, up to being told."""
        await self.fixed(grade, year)
        return await self.act("TellOfficerGrade", document="考核通知1号", receipt="本人签收")


def meeting(grade: str, when: str = "2027-01-20 10:00", **more: Any) -> dict[str, Any]:
    met = assessments.AssessmentMeeting(members=MEMBERS, minutes="会议纪要一号")
    met.meet_time.FromDatetime(at(when))
    return {
        "grade": GRADES(f"ASSESSMENT_GRADE_{grade}"),
        "meeting": met,
        "reason": "综合全年履职情况",
        **more,
    }


def sent_to(office: Office, event: Any) -> list[str]:
    """To which nodes an event went."""
    entries = office.running.entries(0, 10_000)
    return [e.to for e in entries if e.type == event.DESCRIPTOR.full_name]


async def staff(office: Office, *officers: str, when: str = "2027-01-20 09:00") -> list[Assessed]:
    """People of a body that stands; it is January of the next year."""
    office.clock("2026-12-01 09:00")
    await Desk(office).body()
    for person in (*MEMBERS, *officers):
        await office.certify(person, body_id=BODY)
    office.clock(when)
    return [Assessed(office, person) for person in officers]


async def test_a_person_is_scored_counted_graded_and_told(office: Office) -> None:
    """Given a person with a case that breaks rules, when scored by the unit's head and counted, then the points say both; the
    grade is fixed in a meeting, told, and goes to the department.
    """
    [one] = await staff(office, "O-1")
    case = new_case("C-one", ENVIRONMENT, ("O-1", "O-9"))
    case.body_id, case.state = BODY, cases.CASE_STATE_INVESTIGATING
    await office.tell(case, "OfficersAssigned", "2026-11-02 10:00")

    async def warned() -> Any:
        return await office.warnings(rule_id="EW-09")

    await office.until(warned, "officers without certificates are warned of")
    opened = await one.open()
    assert (opened.scheme.name, opened.scheme.recheck_days) == ("staff", 30)
    await one.act("ScoreOfficerAssessment", UNIT, scores=[SCORE | {"points": 1}])
    scored = await one.act("ScoreOfficerAssessment", UNIT, scores=[SCORE])
    assert [(s.score.points, s.scorer) for s in scored.scores] == [(36_00, "U-1")]

    reviewed = await one.act("ReviewOfficerAssessment")

    lines = {line.indicator_id: line for line in reviewed.lines}
    assert lines["1"].counted > 0 and lines["3"].points == 36_00
    assert reviewed.points == sum(line.points for line in reviewed.lines)
    office.clock("2027-01-21 09:00")
    fixed = await one.fix("PASSED")
    told = await one.act("TellOfficerGrade", document="考核通知1号", receipt="本人签收")
    assert told.grade == fixed.grade and not told.consequences
    until = moment_of(told.recheck_until) - moment_of(told.tell_time)
    assert timedelta(days=30) <= until < timedelta(days=33)  # the thirtieth day is no working day
    assert sent_to(office, events.OfficerGradeTold) == [ENVIRONMENT]


async def test_only_whom_the_scheme_names_scores_with_reasons(office: Office) -> None:
    office.clock("2026-12-01 09:00")
    [one] = await staff(office, "O-1", when="2026-12-20 09:00")
    assert "OFFICER_NOT_ASSESSED" in await one.refused(
        "OpenOfficerAssessment", officer_id="O-none", body_id=BODY, year=YEAR, post=4
    )
    assert "NO_SCHEME" in await one.refused(
        "OpenOfficerAssessment", officer_id="O-1", body_id=BODY, year=YEAR, post=1
    )
    await one.open()
    assert "ASSESSED_ALREADY" in await one.refused(
        "OpenOfficerAssessment", officer_id="O-1", body_id=BODY, year=YEAR, post=4
    )
    assert "YEAR_NOT_OVER" in await one.refused("ScoreOfficerAssessment", UNIT, scores=[SCORE])
    office.clock("2027-01-20 09:00")
    for reason, who, score in (
        ("NOT_THE_SCORER", ("oversight-1", "OVERSIGHT", CITY), SCORE),
        ("NOT_THE_SCORER", ("H-1", "AGENCY_HEAD", ENVIRONMENT), SCORE),
        ("NOT_THE_SCORER", ("U-2", "UNIT_HEAD", URBAN), SCORE),
        ("NOT_THE_SCORER", ("U-3", "UNIT_HEAD", CITY), SCORE),
        ("NOT_THE_SCORER", UNIT, SCORE | {"indicator_id": "1"}),
        ("ASSESSOR_CONFLICT", ("O-1", "UNIT_HEAD", ENVIRONMENT), SCORE),
        ("PERSON_SCORES_UNSOUND", UNIT, SCORE | {"reason": " "}),
        ("PERSON_SCORES_UNSOUND", UNIT, SCORE | {"points": 40_01}),
    ):
        assert reason in await one.refused("ScoreOfficerAssessment", who, scores=[score]), (reason, score)
    assert "PERSON_SCORES_UNSOUND" in await one.refused("ScoreOfficerAssessment", UNIT, scores=[SCORE, SCORE])
    assert "PERSON_SCORES_INCOMPLETE" in await one.refused("ReviewOfficerAssessment")


async def test_a_grade_is_fixed_in_a_meeting_within_the_quota(office: Office) -> None:
    people = await staff(office, *(f"O-{n}" for n in range(1, 6)))
    for each in people[1:]:
        await each.open()
    first, second = people[:2]
    await first.open()
    for each in (first, second):
        await each.act("ScoreOfficerAssessment", UNIT, scores=[SCORE])
        await each.act("ReviewOfficerAssessment")
    office.clock("2027-01-21 09:00")
    own = meeting("GOOD")
    own["meeting"].members.append("O-1")
    for reason, said in (
        ("MEETING_MISSING", meeting("GOOD", "2027-01-19 10:00")),
        ("ASSESSOR_CONFLICT", own),
        ("GRADE_NOT_REASONED", meeting("FAILED") | {"reason": " "}),
        ("GRADE_NOT_REASONED", meeting("GOOD") | {"grade": 0}),
    ):
        assert reason in await first.refused("FixOfficerGrade", HEAD, **said)

    await first.fix("EXCELLENT")

    assert "GRADE_QUOTA_EXCEEDED" in await second.refused("FixOfficerGrade", HEAD, **meeting("EXCELLENT"))
    await second.fix("GOOD")
    assert "RESULT_NOT_TOLD" in await second.refused("TellOfficerGrade", document="通知", receipt=" ")


async def test_the_person_alone_asks_for_a_recheck_in_time_and_others_decide_it(office: Office) -> None:
    one, late = await staff(office, "O-1", "O-2")
    office.clock("2027-01-21 09:00")
    one.score = SCORE | {"points": 20_00}
    for each in (one, late):
        await each.told("FAILED")
    office.clock("2027-01-25 09:00")
    self_, other = ("O-1", PERSON, ENVIRONMENT), ("O-2", PERSON, ENVIRONMENT)
    assert "NOT_THE_PERSON" in await one.refused("AskOfficerRecheck", other, reasons="不服")
    assert "NOT_THE_PERSON" in await one.refused("AskOfficerRecheck", ("O-1", PERSON, URBAN), reasons="不服")
    assert "REASONS_MISSING" in await one.refused("AskOfficerRecheck", self_, reasons=" ")
    await one.act("AskOfficerRecheck", self_, reasons="一卷已补齐送达回证")
    office.clock("2027-03-01 09:00")
    assert "RECHECK_LATE" in await late.refused("AskOfficerRecheck", other, reasons="不服")
    before = meeting("PASSED", "2027-01-22 10:00")
    assert "MEETING_MISSING" in await one.refused("DecideOfficerRecheck", HEAD, **before)
    again = meeting("PASSED", "2027-02-20 10:00")
    scorer = meeting("PASSED", "2027-02-20 10:00")
    await office.certify("U-1")
    scorer["meeting"].members.append("U-1")
    assert "ASSESSOR_CONFLICT" in await one.refused("DecideOfficerRecheck", HEAD, **scorer)
    assert "REASONS_MISSING" in await one.refused(
        "DecideOfficerRecheck", HEAD, **(meeting("GOOD", "2027-02-20 10:00") | {"reason": " "})
    )

    decided = await one.act("DecideOfficerRecheck", HEAD, **again)

    assert decided.recheck.fixed == GRADES("ASSESSMENT_GRADE_FAILED") and not decided.consequences
    assert decided.grade == GRADES("ASSESSMENT_GRADE_PASSED") and decided.recheck.decider == "head-1"
    assert sent_to(office, events.OfficerRecheckDecided) == [ENVIRONMENT]


async def test_who_moved_to_another_department_asks_there_and_the_old_one_still_scores(
    office: Office,
) -> None:
    """Where the scores arose the heads of that body score; who was assessed asks for the recheck from the new department."""
    one, later = await staff(office, "O-1", "O-2")
    office.clock("2027-01-21 09:00")
    one.score = SCORE | {"points": 20_00}
    await one.told("FAILED")
    await later.open()
    for each in (one, later):
        await moved(office, each.officer, ENVIRONMENT, URBAN)
    assert "NOT_THE_SCORER" in await later.refused(
        "ScoreOfficerAssessment", ("U-2", "UNIT_HEAD", URBAN), scores=[SCORE]
    )
    await later.act("ScoreOfficerAssessment", UNIT, scores=[SCORE])

    assert "NOT_THE_PERSON" in await one.refused(
        "AskOfficerRecheck", ("O-1", PERSON, ENVIRONMENT), reasons="不服"
    )
    get = pb.GetOfficerAssessmentRequest(officer_assessment_id=one.id)
    seen = await one.as_(office.call("GetOfficerAssessment", get), "O-1", PERSON, URBAN)
    asked = await one.act("AskOfficerRecheck", ("O-1", PERSON, URBAN), reasons="一卷已补齐送达回证")

    assert seen.officer_assessment.officer_id == "O-1" and asked.recheck.reasons


async def moved(office: Office, officer: str, old: str, new: str) -> None:
    """The city's registry moved somebody from one department to another."""
    told = officer_pb2.Officer(officer_id=officer, node=new, version=2)
    told.former.add(node=old).until_time.FromDatetime(at("2027-01-20 18:00"))
    await office.registry(registry.OfficerTransferred(officer=told))


async def test_who_has_the_lowest_grade_twice_in_a_row_is_proposed_to_be_moved(office: Office) -> None:
    [one] = await staff(office, "O-1", when="2028-01-20 09:00")
    office.clock("2028-01-21 09:00")
    one.when = "2028-01-21 09:00"
    first = await one.told("FAILED", YEAR)
    assert [*first.consequences] == [assessments.ASSESSMENT_CONSEQUENCE_OFFICER_NOT_ADVANCED]
    await one.open(YEAR + 1)
    await one.act("ScoreOfficerAssessment", UNIT, scores=[SCORE])
    await one.act("ReviewOfficerAssessment")
    second = await one.act("FixOfficerGrade", HEAD, **meeting("FAILED", one.when))
    assert second.consequences[-1] == assessments.ASSESSMENT_CONSEQUENCE_OFFICER_TO_BE_MOVED


async def test_only_the_person_the_own_heads_and_oversight_see_it(office: Office) -> None:
    one, two = await staff(office, "O-1", "O-2")
    for each in (one, two):
        await each.open()

    async def seen(by: str, role: str, node: str) -> set[str]:
        asked = office.call("ListOfficerAssessments", pb.ListOfficerAssessmentsRequest(year=YEAR))
        return {a.officer_id for a in (await one.as_(asked, by, role, node)).officer_assessments}

    assert await seen("O-1", PERSON, ENVIRONMENT) == {"O-1"}
    assert await seen("U-1", "UNIT_HEAD", ENVIRONMENT) == {"O-1", "O-2"}
    assert await seen("U-2", "UNIT_HEAD", URBAN) == set()
    assert await seen("oversight-1", "OVERSIGHT", CITY) == {"O-1", "O-2"}
    get = pb.GetOfficerAssessmentRequest(officer_assessment_id=two.id)
    for code, who in (
        (grpc.StatusCode.PERMISSION_DENIED, ("O-1", PERSON, ENVIRONMENT)),
        (grpc.StatusCode.NOT_FOUND, ("U-2", "UNIT_HEAD", URBAN)),
        (grpc.StatusCode.PERMISSION_DENIED, ("anybody", "PUBLIC", CITY)),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as no:
            await one.as_(office.call("GetOfficerAssessment", get), *who)
        assert no.value.code() is code
