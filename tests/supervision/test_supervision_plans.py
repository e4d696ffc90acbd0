"""What supervision sets out to do: the plan of a year, special actions, the matters that name them (CITY-ERS 8(9), ASR 21)."""

from typing import Any

import pytest
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import supervision_plan_pb2 as pb

from services.kit.access import mint
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, at
from tests.supervision.orders import BODY, Desk, desk

YEARLY, SPECIAL = pb.SUPERVISION_PLAN_KIND_YEARLY, pb.SUPERVISION_PLAN_KIND_SPECIAL
OTHER = "B-2"
ITEMS = [
    {"item_id": "1", "subject": "涉企行政检查", "responsible": "监督科", "begin_month": 2, "end_month": 6, "body_ids": [BODY]},
    {"item_id": "2", "subject": "三项制度", "responsible": "监督科", "begin_month": 7, "end_month": 11},
]  # fmt: skip
PLAN = {
    "kind": YEARLY,
    "year": 2026,
    "title": "2026年度计划",
    "focus": ["涉企检查", "三项制度"],
    "items": ITEMS,
}
ADDRESS = {"address": "https://example.invalid/plan-2026"}
WHY = {"reasons": "机构职责调整"}


def paper(
    authority: str, when: str = "2026-02-10 09:00", level: int = pb.SPECIAL_ACTION_LEVEL_PROVINCE
) -> Any:
    said = pb.SpecialActionPaper(authority=authority, level=level, document_number="粤司发〔2026〕7号")
    said.issue_time.FromDatetime(at(when))
    return said


DEPLOYED, APPROVED = paper("示例省司法厅"), paper("示例省人民政府", "2026-02-20 09:00")
ACTION = PLAN | {
    "kind": SPECIAL, "title": "涉企执法专项监督", "responsible": "行政执法监督科", "schedule": "三月自查，五月抽查",
    "requirements": "边查边改，立行立改", "deployment": DEPLOYED,
}  # fmt: skip


class Planning:
    """The office at work on one plan."""

    def __init__(self, its: Desk) -> None:
        self.office, self.id, self.serial = its.office, "", 0

    async def act(self, name: str, role: str = "OVERSIGHT", **fields: Any) -> pb.SupervisionPlan:
        plan = (await self._as(role, self.office.call(name, self.request(name, **fields)))).supervision_plan
        self.id = plan.plan_id
        return plan  # type: ignore[no-any-return]

    async def refused(self, name: str, role: str = "OVERSIGHT", **fields: Any) -> str:
        return str((await self._as(role, self.office.refused(name, self.request(name, **fields))))[1])

    async def _as(self, role: str, call: Any, node: str = CITY) -> Any:
        key = (self.office.folder / "token.key").read_bytes()
        before = self.office.metadata
        self.office.metadata = (("authorization", f"Bearer {mint(key, f'{role}-1', node, (role,))}"),)
        try:
            return await call
        finally:
            self.office.metadata = before

    def request(self, name: str, **fields: Any) -> Any:
        self.serial += 1
        given = {"request_id": f"R-plan-{id(self)}-{self.serial}", **fields}
        if not name.startswith("Draft"):
            given.setdefault("plan_id", self.id)
        return getattr(pb, f"{name}Request")(**given)

    async def published(self, **fields: Any) -> pb.SupervisionPlan:
        await self.act("DraftSupervisionPlan", **(PLAN | fields))
        return await self.act("PublishSupervisionPlan", "OVERSIGHT_HEAD", **ADDRESS)

    async def read(self) -> pb.GetSupervisionPlanResponse:
        asked = pb.GetSupervisionPlanRequest(plan_id=self.id)
        return await self._as("OVERSIGHT", self.office.call("GetSupervisionPlan", asked))  # type: ignore[no-any-return]


async def planning(office: Office) -> tuple[Planning, Desk]:
    its = await desk(office)
    await its.body(OTHER, URBAN)
    return Planning(its), its


def state(name: str) -> int:
    return pb.SupervisionPlanState.Value(f"SUPERVISION_PLAN_STATE_{name}")


async def test_a_plan_of_a_year_from_its_draft_to_its_end(office: Office) -> None:
    plan, its = await planning(office)
    await plan.act("DraftSupervisionPlan", **PLAN)
    assert await plan.refused("DraftSupervisionPlan", **PLAN) == "YEAR_PLANNED_ALREADY"
    assert await plan.refused("PublishSupervisionPlan", "OVERSIGHT_HEAD", address=" ") == "PLAN_NOT_PUBLIC"
    assert await plan.refused("ApproveSpecialAction", approval=APPROVED) == "PLAN_KIND"
    await plan.act("PublishSupervisionPlan", "OVERSIGHT_HEAD", **ADDRESS)
    fewer = {"focus": ["涉企检查"], "items": ITEMS[:1]} | ADDRESS
    assert await plan.refused("AmendSupervisionPlan", "OVERSIGHT_HEAD", **fewer) == "REASONS_MISSING"

    amended = await plan.act("AmendSupervisionPlan", "OVERSIGHT_HEAD", **fewer, **WHY)
    assert [len(amended.items), len(amended.amendments[0].items)] == [1, 2]
    assert await plan.refused("EndSupervisionPlan", summary=" ") == "SUMMARY_MISSING"
    ended = await plan.act("EndSupervisionPlan", summary="完成一项，发现问题三个，均已纠正。")

    assert ended.state == state("ENDED")
    kinds = [type(e).__name__ for e in office.emitted() if hasattr(e, "supervision_plan")]
    assert kinds == [f"SupervisionPlan{what}" for what in ("Drafted", "Published", "Amended", "Ended")]
    source = {"kind": "SUPERVISION_SOURCE_KIND_INSPECTION", "source_id": plan.id, "item_id": "1"}
    late = {"node": ENVIRONMENT, "body_id": BODY, "title": "检查", "source": source}
    assert await its.refused("RegisterSupervisionClue", **late) == "SOURCE_UNKNOWN"


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"title": " "}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"focus": []}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": []}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": [ITEMS[0] | {"responsible": ""}]}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": [ITEMS[0] | {"begin_month": 0}]}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": [ITEMS[0] | {"begin_month": 7}]}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": [ITEMS[0], ITEMS[0]]}, "SUPERVISION_PLAN_INCOMPLETE"),
        ({"items": [ITEMS[0] | {"body_ids": ["B-none"]}]}, "PLANNED_BODY_UNKNOWN"),
        ({"year": 2025}, "PLAN_YEAR_OVER"),
        ({"focus": ["督促各单位完成全年罚款任务"]}, "FINE_TARGET_FORBIDDEN"),
        ({"items": [ITEMS[0] | {"subject": "检查处罚案件数量指标完成情况"}]}, "FINE_TARGET_FORBIDDEN"),
    ],
)
async def test_a_plan_says_what_it_has_to(office: Office, wrong: Any, reason: str) -> None:
    plan, _ = await planning(office)

    assert await plan.refused("DraftSupervisionPlan", **(PLAN | wrong)) == reason


async def test_a_special_action_is_deployed_above_and_approved_there(office: Office) -> None:
    """G-82: never by the city itself, nor approved by anybody but the government of the level that deployed it."""
    plan, _ = await planning(office)
    names = office.running.around.parameters.numbering()
    for wrong in (
        None, paper(" "), paper("示例省司法厅", level=0), paper("示例省司法厅", "2026-03-03 09:00"), paper(names.office),
        paper(names.government),
    ):  # fmt: skip
        assert (
            await plan.refused("DraftSupervisionPlan", **(ACTION | {"deployment": wrong}))
            == "SPECIAL_ACTION_LEVEL"
        )
    for lacking in ("responsible", "schedule", "requirements"):
        assert (
            await plan.refused("DraftSupervisionPlan", **(ACTION | {lacking: " "}))
            == "SPECIAL_ACTION_INCOMPLETE"
        )
    await plan.act("DraftSupervisionPlan", **ACTION)
    assert await plan.refused("PublishSupervisionPlan", "OVERSIGHT_HEAD", **ADDRESS) == "ACT_NOT_OPEN"
    state_level = pb.SPECIAL_ACTION_LEVEL_STATE
    for wrong in (
        None, paper("示例省人民政府", level=state_level), paper("示例省人民政府", "2026-03-03 09:00"), paper(names.government),
        paper(DEPLOYED.authority),
    ):  # fmt: skip
        assert await plan.refused("ApproveSpecialAction", approval=wrong) == "SPECIAL_ACTION_NOT_APPROVED"

    await plan.act("ApproveSpecialAction", approval=APPROVED)
    begun = await plan.act("PublishSupervisionPlan", "OVERSIGHT_HEAD", **ADDRESS)

    assert begun.state == state("IN_FORCE") and begun.approval == APPROVED
    assert (
        await plan.refused(
            "AmendSupervisionPlan", "OVERSIGHT_HEAD", focus=["另"], items=ITEMS, **ADDRESS, **WHY
        )
        == "PLAN_KIND"
    )


async def test_what_is_inspected_names_its_plan_or_why_it_is_none(office: Office) -> None:
    plan, its = await planning(office)
    await plan.act("DraftSupervisionPlan", **PLAN)
    planned = {"kind": "SUPERVISION_SOURCE_KIND_INSPECTION", "source_id": plan.id, "item_id": "1"}
    about = {"node": ENVIRONMENT, "body_id": BODY, "title": "涉企检查"}
    assert (
        await its.refused("RegisterSupervisionClue", source=planned, **about) == "SOURCE_UNKNOWN"
    )  # a draft
    await plan.act("PublishSupervisionPlan", "OVERSIGHT_HEAD", **ADDRESS)
    for wrong in (
        {"item_id": "9"},
        {"item_id": ""},
        {"source_id": "SP-none"},
        {"source_id": "", "document_number": "函1号"},
    ):
        assert (
            await its.refused("RegisterSupervisionClue", source=planned | wrong, **about) == "SOURCE_UNKNOWN"
        )
    other = {"node": URBAN, "body_id": OTHER, "title": "涉企检查"}
    assert await its.refused("RegisterSupervisionClue", source=planned, **other) == "SOURCE_UNKNOWN"
    irregular = {"kind": "SUPERVISION_SOURCE_KIND_IRREGULAR_INSPECTION"}
    assert await its.refused("RegisterSupervisionClue", source=irregular, **about) == "SOURCE_UNKNOWN"

    await its.registered(source=irregular | {"reason": "群众集中反映"})
    await its.registered(source=planned)
    await its.act("RefuseSupervision", reasons="经研判不立项")
    await its.registered(source=planned | {"item_id": "2"}, node=URBAN, body_id=OTHER)

    seen = await plan.read()
    assert [(p.item_id, p.matters, p.closed) for p in seen.progress] == [("1", 1, 1), ("2", 1, 0)]
    office.clock("2027-01-04 10:00")
    assert (
        await its.refused("RegisterSupervisionClue", source=planned, **about) == "SOURCE_UNKNOWN"
    )  # the year is over


async def test_drafts_stay_in_the_office_and_the_focus_is_public(office: Office) -> None:
    plan, _ = await planning(office)
    await plan.act("DraftSupervisionPlan", **PLAN)
    gone = await plan.act("WithdrawSupervisionPlan", **WHY)
    assert gone.state == state("WITHDRAWN") and gone.reasons == WHY["reasons"]
    await plan.published()
    listed = pb.ListSupervisionPlansRequest(year=2026)

    own = await plan._as("OVERSIGHT", office.call("ListSupervisionPlans", listed))
    theirs = await plan._as("UNIT_HEAD", office.call("ListSupervisionPlans", listed), ENVIRONMENT)
    public = await plan._as(
        "PUBLIC", office.call("ListPublicSupervisionPlans", pb.ListPublicSupervisionPlansRequest())
    )

    assert (own.total, theirs.total) == (2, 1)
    [known] = public.supervision_plans
    assert list(known.focus) == PLAN["focus"] and not hasattr(known, "items")
    assert office.addressees(events.SupervisionPlanPublished) == {"city"}
