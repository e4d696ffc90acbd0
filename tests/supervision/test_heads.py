"""Who headed a body when something was approved there, as the registries tell it: in any order, and of whom it acts for."""

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import warning_pb2

from services.given.inspection import enterprise
from tests.supervision.inspections import AREA, BODY, DAY, HOUR, Story
from tests.supervision.office import Office

AGENCY, ITS = "B-agency", "P-agency"
OPEN, WITHDRAWN = warning_pb2.WARNING_STATE_OPEN, warning_pb2.WARNING_STATE_WITHDRAWN


async def test_a_head_who_is_heard_of_late_approved_what_was_warned_of(office: Office) -> None:
    story = await Story(office).known()
    await story.plan("IP-2", approver="head-2")
    await story.tell("OPEN_INSPECTION")
    await story.tell("APPROVE_INSPECTION", approval__approver="head-2")
    assert [state for _, state in await office.found("EW-24")] == [OPEN, OPEN], "a plan and an inspection"

    await office.appoint(BODY, "head-1", "head-2")

    assert [state for _, state in await office.found("EW-24")] == [WITHDRAWN, WITHDRAWN]
    assert await story.warnings() == set()


async def test_who_heads_the_agency_approves_for_the_body_that_acts_for_it(office: Office) -> None:
    story = await Story(office).known()
    mandate = body_pb2.Entrustment(
        entrusting_body_id=AGENCY, entrusting_body_name="示例委托机关", item_ids=[ITS],
        from_time=DAY - 90 * HOUR, until_time=DAY + 9_000 * HOUR,
    )  # fmt: skip
    plain = {"node": story.node, "state": body_pb2.BODY_STATE_PUBLISHED, "field": "生态环境"}
    plain |= {"unified_social_credit_code": f"11{AREA}0000000001", "publish_time": DAY - 99 * 24 * HOUR}
    ward = body_pb2.EnforcementBody(body_id=BODY, name="示例机关", version=2, entrustment=mandate, **plain)
    agency = body_pb2.EnforcementBody(body_id=AGENCY, name="示例委托机关", version=1, **plain)
    for body in (agency, ward):
        await office.registry(registry.BodyPublished(body=body))
    await story.item(item_id=ITS, body_id=AGENCY)
    firsts, seconds = [
        [{"enterprise": enterprise(n, area_code=AREA), "item_ids": [ITS], "planned_time": DAY}]
        for n in (4_712, 4_713)
    ]
    await story.plan("IP-2", approver="head-9", visits=firsts)
    assert await office.found("EW-24") == [], "nobody was told who heads the agency"

    await office.appoint(AGENCY, "head-8", node=story.node)
    assert [state for _, state in await office.found("EW-24")] == []
    await story.plan("IP-3", approver="head-9", visits=seconds)
    assert [state for _, state in await office.found("EW-24")] == [OPEN]

    await office.appoint(AGENCY, "head-8", "head-9", node=story.node)

    assert [state for _, state in await office.found("EW-24")] == [WITHDRAWN]
