"""Two departments file one act in the running city: the city tells the second of the first."""

from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.supervision.v1 import warning_pb2 as pb

from services.given.case import LAW, Dossier, act, heads_known, register_clue
from tests.city import City, rid
from tests.supervision.office import OPEN, SETTLED, at


async def filed(city: City, node: str, party: str) -> tuple[cases.Case, Dossier]:
    (body, heads), work = await city.headed(node), city.work(node)
    about = {
        "party": parties.Party(
            kind=parties.PARTY_KIND_ORGANISATION, name=party, identity_number="914407000000000016"
        ),
        "violation": penalties.Violation(title="示例违法行为", law=LAW, occur_time=at("2026-03-02 10:00")),
    }
    clue = await city.eventually(lambda: register_clue(work, body.body_id, **about))
    await heads_known(work, clue.case_id, heads[0])
    dossier = Dossier(clue.case_id, body.body_id, heads=heads)
    case: cases.Case = (await act(work, "FileCase", dossier)).case
    return case, dossier


async def test_the_second_department_is_told_of_the_first(city: City) -> None:
    party = f"示例企业{rid()}"
    (first, _), (second, dossier) = [await filed(city, node, party) for node in ("huanbao", "chengguan")]

    async def warnings() -> list[Any]:
        request = pb.ListWarningsRequest(page_size=500, rule_id="TWICE")
        metadata = city.as_("city", "oversight-1", "OVERSIGHT")
        reply = await city.stub("city", "supervision").ListWarnings(request, metadata=metadata)
        return [w for w in reply.warnings if w.case_id in (first.case_id, second.case_id)]

    [warning] = await city.eventually(warnings)
    assert (warning.node, warning.case_id, warning.state) == ("chengguan", second.case_id, OPEN)
    assert first.case_number in warning.detail_zh

    await act(city.work("chengguan"), "TerminateCase", dossier, cause="已先行立案")

    await city.eventually(warnings, lambda found: [w.state for w in found] == [SETTLED])
