"""Major decisions as units prepare them and the city decides them, over gRPC."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import major_decision_pb2 as pb

from services.given import major_decision as given
from tests.supervision.documents import BODY, CLERK, DRAFTER, FILER, REVIEWER, Bureau, ready
from tests.supervision.office import Office

ADVISER, ADVISER_OF_UNIT = "AV-1", "AV-2"
"""An adviser of the government, and one of the unit that drafts."""
REVIEW = {**given.REVIEW, "advisers": [ADVISER]}
UNIT_NAME = f"示例市{BODY}局"
TITLE = "示例：生活垃圾分类三年规划"
TRAIT = pb.DecisionTrait
ALL = [trait for trait in given.TRAITS if trait != pb.DECISION_TRAIT_CONGRESS]
START = {"start_document": "府办〔2026〕1号", "body_id": BODY, "traits": given.traits(*ALL)}
HEARING = {
    "place": "市民中心",
    "selection": "遴选办法公告",
    "list_address": "https://example.invalid/list",
    "participants": ["甲", "乙"],
}


class Cabinet(Bureau):
    """The office, spoken to about one decision."""

    decision_id = ""

    async def act(self, who: str, rpc: str, /, **fields: Any) -> pb.MajorDecision:
        made = (await self.say(who, rpc, **{"decision_id": self.decision_id, **fields})).major_decision
        self.decision_id = made.decision_id
        return made

    async def not_done(self, who: str, rpc: str, /, **fields: Any) -> set[str]:
        return await self.refused(who, rpc, **{"decision_id": self.decision_id, **fields})

    async def listed(self, **more: Any) -> pb.MajorDecision:
        said = {
            "title": TITLE,
            "year": 2026,
            "kind": pb.DECISION_KIND_PLAN,
            "none_excluded": True,
            "consent_document": "委复〔2026〕2号",
            "address": "https://example.invalid/catalogue",
            **more,
        }
        made: pb.MajorDecision = (await self.say(FILER, "PutOnDecisionCatalogue", **said)).major_decision
        self.decision_id = made.decision_id
        return made

    async def expert(self, name: str, unit: str, **more: Any) -> str:
        said = {"fields": [given.FIELD], "qualification": "教授", "document": "入库公告", **more}
        made = await self.say(FILER, "EnterDecisionExpert", name=name, unit=unit, **said)
        return str(made.decision_expert.expert_id)

    async def drafted(self, *apply: int, **more: Any) -> None:
        await self.listed()
        await self.act(DRAFTER, "ProposeMajorDecision", suggestion=given.SUGGESTION)
        await self.act(FILER, "StartMajorDecision", **{**START, "traits": given.traits(*apply)})
        await self.act(DRAFTER, "DraftMajorDecision", **{**given.DRAFT, **more})

    async def reminded(self) -> None:
        """Who carries it out is told, once, that a report is late."""

        async def told() -> bool:
            return bool(self.office.emitted(events.DecisionReportOverdue))

        await self.office.until(told, "reminded")
        assert len(self.office.emitted(events.DecisionReportOverdue)) == 1

    async def reviewed(self, *apply: int, when: str = "2026-03-16 09:00") -> None:
        """One that the law keeps from the public, found lawful after its seven working days."""
        await self.drafted(*apply)
        await self.act(DRAFTER, "SkipDecisionComment", secret_law=given.SECRET, reasons="涉及国家秘密")
        await self.act(CLERK, "SubmitDecisionForReview", procedure_note="程序说明")
        self.office.clock(when)
        await self.act(REVIEWER, "ConcludeDecisionReview", **REVIEW)

    async def in_execution(self, *apply: int, **more: Any) -> pb.MajorDecision:
        await self.reviewed(*apply)
        await self.act(CLERK, "SubmitDecisionForDiscussion")
        meeting = given.meeting(self.office.running.now())
        await self.act(FILER, "DeliberateMajorDecision", meeting=meeting)
        await self.act(FILER, "ReportMajorDecision", **given.PARTY)
        await self.act(FILER, "MakeMajorDecision", **given.ADOPTED)
        published = {**given.PUBLISHED, "of_office": False, "executors": [BODY], **more}
        return await self.act(FILER, "PublishMajorDecision", **published)


async def seated(office: Office) -> Cabinet:
    cabinet = Cabinet((await ready(office)).office)
    await office.adviser(ADVISER)
    await office.adviser(ADVISER_OF_UNIT, BODY)
    return cabinet
