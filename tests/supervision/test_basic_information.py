"""What is public of a body and was not brought up to date in its time is a term that passed, like any other (EW-02, PUB-09)."""

from typing import Any

from yifa.law.v1.law_pb2 import Citation, Deadline
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from tests.supervision.office import ENVIRONMENT, OPEN, SETTLED, Office, at

DEADLINE = Deadline(
    clock_id="PUB-09",
    title_zh="执法基本信息变更更新",
    title_en="Update of basic enforcement information",
    citation=Citation(code="OGI-2019:26"),
    due_time=at("2026-02-20 23:59"),
)


async def test_what_was_not_published_in_time_is_warned_of_until_it_is(office: Office) -> None:
    """Given two changes that were not published, when the list is reviewed and the body announced, then each warning ends."""
    body = body_pb2.EnforcementBody(
        body_id="B-1",
        name="示例主体",
        node=ENVIRONMENT,
        kind=body_pb2.BODY_KIND_AGENCY,
        state=body_pb2.BODY_STATE_PUBLISHED,
        version=1,
    )

    async def warned() -> dict[str, Any]:
        found = await office.warnings(rule_id="EW-02")
        assert {(w.node, w.body_id, w.clock_id) for w in found} == {(ENVIRONMENT, "B-1", "PUB-09")}
        return {w.warning_id: w.state for w in found}

    for part in ("body", "powers"):
        await office.registry(registry.BasicInformationOverdue(body=body, deadline=DEADLINE, part=part))
    assert list((await warned()).values()) == [OPEN, OPEN]

    await office.registry(registry.PowerListReviewed(body_id="B-1", body_name="示例主体"))
    assert sorted((await warned()).values()) == sorted([OPEN, SETTLED])

    await office.registry(registry.BodyPublished(body=body))
    assert list((await warned()).values()) == [SETTLED, SETTLED]
