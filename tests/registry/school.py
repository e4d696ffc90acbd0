"""Verbs of training, exams and reviews for a running city."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from yifa.journal.v1 import parked_pb2
from yifa.registry.v1 import annual_review_pb2 as reviews
from yifa.registry.v1 import body_pb2, officer_pb2
from yifa.registry.v1 import law_study_pb2 as studies
from yifa.registry.v1 import points_pb2 as points
from yifa.registry.v1 import quota_pb2 as quotas
from yifa.registry.v1 import training_pb2 as messages
from yifa.registry.v1 import training_plan_pb2 as training_plans

from services.registry.officer_year.model import OfficerYear
from tests.registry.town import CITY, Town

HOUR = timedelta(hours=1)
CHINA = timedelta(hours=8)


class School(Town):
    """Given and When verbs of training over the public RPCs."""

    table: points.PointsTable | None = None

    @property
    def year(self) -> int:
        return (datetime.now(UTC) + CHINA).year

    async def ask(self, node: str, method: str, request: Any, role: str = "") -> Any:
        """Call the registry of a node as whoever does such things there."""
        role = role or ("REGISTRAR" if node == CITY else "ROSTER_CLERK")
        return await self.call(node, "registry", method, request, role)

    async def schedule(
        self,
        body: body_pb2.EnforcementBody | None,
        *,
        after: timedelta = -HOUR,
        node: str = "",
        role: str = "",
        **more: Any,
    ) -> messages.Training:
        """A training that began an hour ago, if nothing else is said."""
        request = messages.ScheduleTrainingRequest(
            body_id=body.body_id if body else "",
            kind=messages.TRAINING_KIND_COLLECTIVE if body else messages.TRAINING_KIND_CITY,
            topic="行政处罚法",
            start_time=datetime.now(UTC) + after,
            place="第一会议室",
            teacher="法制科教师",
            hours=8,
            half_days=2,
        )
        request.MergeFrom(messages.ScheduleTrainingRequest(**more))
        at = node or (body.node if body else CITY)
        return (await self.ask(at, "ScheduleTraining", request, role)).training

    async def schedule_by_city(self, **more: Any) -> messages.Training:
        return await self.schedule(None, **more)

    async def attend(
        self,
        training: messages.Training,
        came: Sequence[officer_pb2.Officer],
        stayed: Sequence[officer_pb2.Officer] = (),
    ) -> messages.Training:
        request = messages.RecordAttendanceRequest(training_id=training.training_id)
        for officer in came:
            request.attendances.add(officer_id=officer.officer_id, attended=True, score=90)
        for officer in stayed:
            request.attendances.add(officer_id=officer.officer_id)
        return (await self.ask(training.node, "RecordAttendance", request)).training

    async def close(self, training: messages.Training) -> messages.Training:
        request = messages.CloseTrainingRequest(training_id=training.training_id, effect="测试合格率百分之百")
        return (await self.ask(training.node, "CloseTraining", request)).training

    async def cancel(self, training: messages.Training, node: str = "", role: str = "") -> messages.Training:
        request = messages.CancelTrainingRequest(training_id=training.training_id, cause="教师生病")
        return (await self.ask(node or training.node, "CancelTraining", request, role)).training

    async def training(self, node: str, training: messages.Training) -> Any:
        return await self.ask(
            node, "GetTraining", messages.GetTrainingRequest(training_id=training.training_id)
        )

    async def adopt(
        self, body: body_pb2.EnforcementBody | None, year: int, node: str = ""
    ) -> training_plans.TrainingPlan:
        request = training_plans.AdoptTrainingPlanRequest(
            body_id=body.body_id if body else "",
            year=year,
            goal="全员轮训一遍",
            items=[planned("行政处罚法")],
        )
        at = node or (body.node if body else CITY)
        return (await self.ask(at, "AdoptTrainingPlan", request)).plan

    async def amend(
        self, plan: training_plans.TrainingPlan, topics: Sequence[str]
    ) -> training_plans.TrainingPlan:
        request = training_plans.AmendTrainingPlanRequest(
            plan_id=plan.plan_id, goal=plan.goal, items=[planned(topic) for topic in topics]
        )
        return (await self.ask(plan.node, "AmendTrainingPlan", request)).plan

    async def plan(self, node: str, plan: training_plans.TrainingPlan) -> Any:
        return await self.ask(
            node, "GetTrainingPlan", training_plans.GetTrainingPlanRequest(plan_id=plan.plan_id)
        )

    async def study(self, kind: int, held: datetime | None = None) -> studies.LawStudy:
        """Leaders study law, an hour ago if nothing else is said."""
        request = studies.RecordLawStudyRequest(
            kind=kind,
            hold_time=held or datetime.now(UTC) - HOUR,
            plan="年度学法计划第一项",
            content="行政执法监督条例",
            people=["市长", "分管副市长"],
            effect="部署整改三项",
        )
        return (await self.ask(CITY, "RecordLawStudy", request)).study

    async def evaluate(self, officer: officer_pb2.Officer, grade: int, year: int = 0, node: str = "") -> Any:
        request = reviews.EvaluateOfficerRequest(
            officer_id=officer.officer_id, year=year or self.year, evaluation=grade
        )
        return (await self.ask(node or officer.node, "EvaluateOfficer", request, "UNIT_HEAD")).year

    async def evaluated(self, officer: officer_pb2.Officer) -> None:
        """Wait until the city knows of an officer's evaluation."""
        key = f"{officer.officer_id}/{self.year}/{officer.node}"

        async def look() -> bool:
            running = self.city.nodes[CITY].running("registry")
            row = running.rows(select(OfficerYear.evaluation).where(OfficerYear.key == key))
            return bool(row and row[0].evaluation)

        await self.seen(look)

    async def review(self, certificate: Any, year: int = 0) -> reviews.AnnualReview:
        request = reviews.ReviewCertificateRequest(
            certificate_number=certificate.certificate_number, year=year or self.year
        )
        return (await self.ask(CITY, "ReviewCertificate", request)).review

    async def review_department(self, node: str) -> reviews.ReviewDepartmentResponse:
        request = reviews.ReviewDepartmentRequest(node=node, year=self.year)
        return await self.ask(CITY, "ReviewDepartment", request)

    async def points_table(self) -> points.PointsTable:
        """The city's first table of points, in force since 2001; published once."""
        if self.table is None:
            since = datetime(2001, 1, 1, tzinfo=UTC)
            self.table = await self.publish(since, {"LATE": 2, "RUDE": 6, "LENT": 12})
        return self.table

    async def publish(self, since: datetime, causes: dict[str, int]) -> points.PointsTable:
        return (await self.ask(CITY, "PublishPointsTable", table_from(since, causes))).table

    async def score(self, officer: officer_pb2.Officer, code: str, at: datetime | None = None) -> Any:
        """Points for something that happened three hours ago, if nothing else is said."""
        request = points.ScorePointsRequest(
            officer_id=officer.officer_id,
            cause_code=code,
            occur_time=at or datetime.now(UTC) - 3 * HOUR,
            facts="执法记录仪视频所示",
            evidence=["视频第一段"],
        )
        return await self.ask(CITY, "ScorePoints", request, "OVERSIGHT")

    async def withdraw(self, body: body_pb2.EnforcementBody) -> None:
        """Withdraw a body, known at its department."""
        request = body_pb2.WithdrawBodyRequest(body_id=body.body_id, cause="机构撤销")
        await self.ask(CITY, "WithdrawBody", request)
        await self.seen(
            lambda: self.get_body(body.node, body.body_id),
            lambda reply: reply.state == body_pb2.BODY_STATE_WITHDRAWN,
        )

    async def officer_quotas(self, node: str, body_id: str, **more: Any) -> list[quotas.OfficerQuota]:
        """The year's report of a body's officers, page by page."""
        request = quotas.ListOfficerQuotasRequest(
            **{"year": self.year, "body_id": body_id, "page_size": 2, **more}
        )
        return await self.all_of(node, "ListOfficerQuotas", request, "officers")

    async def unit_quotas(self, node: str, body_id: str, **more: Any) -> list[quotas.UnitQuota]:
        request = quotas.ListUnitQuotasRequest(
            **{"year": self.year, "body_id": body_id, "page_size": 2, **more}
        )
        return await self.all_of(node, "ListUnitQuotas", request, "units")

    async def all_of(self, node: str, method: str, request: Any, name: str) -> list[Any]:
        """All that a report holds, page by page."""
        found: list[Any] = []
        while True:
            reply = await self.ask(node, method, request)
            page = getattr(reply, name)
            assert len(page) <= request.page_size
            found += page
            request.page_token = reply.next_page_token
            if not request.page_token:
                return found

    async def parked(self, node: str, kind: str) -> list[str]:
        """Wait until an event of a type is parked at a node; the errors."""
        request = parked_pb2.ListParkedRequest(service="registry")

        async def look() -> list[str]:
            reply = await self.call(node, "journal", "ListParked", request, "SYSTEM")
            return [p.error for p in reply.events if p.entry.type.endswith(kind)]

        return await self.seen(look)


def planned(topic: str) -> training_plans.PlannedTraining:
    return training_plans.PlannedTraining(
        topic=topic,
        kind=messages.TRAINING_KIND_COLLECTIVE,
        month=6,
        audience="全体执法人员",
        teacher="法制科教师",
        hours=8,
        half_days=2,
    )


def table_from(since: datetime, causes: dict[str, int]) -> points.PublishPointsTableRequest:
    return points.PublishPointsTableRequest(
        since_time=since,
        document="示府〔2001〕1号",
        causes=[
            points.PointsCause(
                code=code, title_zh="记分事由", title_en="a cause", points=n, law="APL-2021:83"
            )
            for code, n in causes.items()
        ],
    )
