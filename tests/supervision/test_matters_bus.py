"""Two departments file one act in the running city: the city tells the second of the first."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import enforcement_service_pb2 as enforcement
from yifa.supervision.v1 import supervision_service_pb2 as pb

from services.given.case import FIRST_EVIDENCE, LAW
from tests.city import City, rid
from tests.supervision.office import OPEN, SETTLED, at


async def do(city: City, node: str, method: str, role: str, /, **fields: Any) -> cases.Case:
    request = getattr(enforcement, f"{method}Request")(request_id=rid(), **fields)
    stub = city.stub(node, "enforcement")
    reply = await getattr(stub, method)(request, metadata=city.as_(node, "person-1", role))
    found: cases.Case = reply.case
    return found


async def filed(city: City, node: str, party: str) -> cases.Case:
    body = await city.body(node)
    clue = await city.eventually(
        lambda: do(
            city,
            node,
            "RegisterClue",
            "UNIT_HEAD",
            body_id=body.body_id,
            source=cases.CLUE_SOURCE_COMPLAINT,
            summary="群众举报",
            party=cases.Party(
                kind=cases.PARTY_KIND_ORGANISATION, name=party, identity_number="91440700000000001X"
            ),
            evidence=FIRST_EVIDENCE,
            violation=cases.Violation(title="示例违法行为", law=LAW, occur_time=at("2026-03-02 10:00")),
        )
    )
    return await do(city, node, "FileCase", "AGENCY_HEAD", case_id=clue.case_id)


async def test_the_second_department_is_told_of_the_first(city: City) -> None:
    party = f"示例企业{rid()}"
    first, second = [await filed(city, node, party) for node in ("huanbao", "chengguan")]

    async def warnings() -> list[Any]:
        request = pb.ListWarningsRequest(page_size=500, rule_id="TWICE")
        metadata = city.as_("city", "oversight-1", "OVERSIGHT")
        reply = await city.stub("city", "supervision").ListWarnings(request, metadata=metadata)
        return [w for w in reply.warnings if w.case_id in (first.case_id, second.case_id)]

    [warning] = await city.eventually(warnings)
    assert (warning.node, warning.case_id, warning.state) == ("chengguan", second.case_id, OPEN)
    assert first.case_number in warning.detail_zh

    await do(city, "chengguan", "TerminateCase", "AGENCY_HEAD", case_id=second.case_id, cause="已先行立案")

    await city.eventually(warnings, lambda found: [w.state for w in found] == [SETTLED])
