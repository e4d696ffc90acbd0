"""An assessment as the office of these tests makes it: what the department hands in, and the acts in their order."""

from typing import Any

from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1 import self_assessment_pb2 as told
from yifa.supervision.v1 import assessment_pb2 as pb

from services.kit.access import mint
from services.law.parameters import load_layers
from tests.supervision.office import CITY, ENVIRONMENT, Office, at
from tests.supervision.orders import BODY, Desk

YEAR = 2026
PERSON, SURVEY = "4.1", "6.1"
SCORES = [{"indicator_id": PERSON, "points": 12_00, "reason": "抽查案卷二十卷，一卷不合格：缺送达回证"}]
MEMBERS = ("M-1", "M-2")
OPINION = {"asked": 200, "satisfied": 180, "source": "市统计局2026年度满意度调查"}


class Assessing:
    """The office that assesses one body."""

    def __init__(self, office: Office, body_id: str = BODY) -> None:
        self.office, self.body_id, self.id, self.serial = office, body_id, "", 0

    async def act(
        self, name: str, by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **fields: Any
    ) -> pb.Assessment:
        reply = await self._as(by, role, self.office.call(name, self.request(name, **fields)), node)
        assessment: pb.Assessment = reply.assessment
        self.id = assessment.assessment_id
        return assessment

    async def refused(
        self, name: str, by: str = "oversight-1", role: str = "OVERSIGHT", node: str = CITY, **fields: Any
    ) -> str:
        answer = await self._as(by, role, self.office.refused(name, self.request(name, **fields)), node)
        return str(answer[1])

    async def _as(self, by: str, role: str, call: Any, node: str = CITY) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, by, node, (role,))}"),)
        try:
            return await call
        finally:
            self.office.metadata = before

    def request(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"R-{self.body_id}-{self.serial}", **fields}
        if name != "OpenAssessment":
            given.setdefault("assessment_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def open(self, year: int = YEAR) -> pb.Assessment:
        return await self.act("OpenAssessment", body_id=self.body_id, year=year)

    async def handed_in(
        self, year: int = YEAR, when: str = "2026-12-20 10:00", node: str = ENVIRONMENT
    ) -> None:
        """The department hands in its self-assessment: everything full."""
        scheme = load_layers([]).assessment(year)
        assert scheme is not None
        assessed = told.SelfAssessment(
            self_assessment_id=f"SA-{self.body_id}-{year}",
            node=node,
            body_id=self.body_id,
            year=year,
            state=told.SELF_ASSESSMENT_STATE_SUBMITTED,
            scores=[told.SelfScore(indicator_id=each.id, points=each.weight) for each in scheme.ends],
            summary="自查自评材料",
            version=1,
        )
        event = enforcement.SelfAssessmentSubmitted(self_assessment=assessed)
        await self.office.take(
            self.office.journal(node, "enforcement").entry(event, at(when), assessed.self_assessment_id)
        )

    async def review(self, **more: Any) -> pb.Assessment:
        return await self.act("ReviewAssessment", **{"scores": SCORES, **more})

    def meeting(self, *members: str, when: str = "2027-01-21 09:00", minutes: str = "会议纪要一号") -> Any:
        met = pb.AssessmentMeeting(members=members or MEMBERS, minutes=minutes)
        met.meet_time.FromDatetime(at(when))
        return met

    async def fix(self, grade: str, **more: Any) -> pb.Assessment:
        fields = {
            "grade": f"ASSESSMENT_GRADE_{grade}",
            "meeting": self.meeting(),
            "reason": "综合平时掌握的情况",
            **more,
        }
        return await self.act("FixAssessmentGrade", "head-1", "OVERSIGHT_HEAD", **fields)


async def assessing(office: Office) -> Assessing:
    """A body that stands, and people whom the registry knows; it is December."""
    office.clock("2026-12-01 09:00")
    await Desk(office).body()
    for member in MEMBERS:
        await office.certify(member)
    return Assessing(office)


async def reviewed(office: Office) -> Assessing:
    """Assessed up to the review, in January."""
    its = await assessing(office)
    await its.open()
    await its.handed_in()
    office.clock("2027-01-20 09:00")
    await its.act("RecordPublicOpinion", **OPINION)
    await its.review()
    office.clock("2027-01-22 09:00")
    return its
