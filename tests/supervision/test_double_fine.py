"""EW-04 at the city: whichever fine becomes known first, the later one is warned of; an annulled one is none (APL 29)."""

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import ENVIRONMENT, OPEN, URBAN, WITHDRAWN, Office, at
from tests.supervision.warnings.ew_04_split_case import fined

ACT, FIRST, SECOND = "2026-03-04 08:00", "2026-03-20 10:00", "2026-03-21 10:00"


async def twice(office: Office) -> list[tuple[str, int]]:
    return sorted((w.case_id, w.state) for w in await office.warnings(rule_id="EW-04"))


async def test_the_later_fine_is_warned_of_in_whatever_order_they_become_known(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    await office.tell(fined("C-2", URBAN, ACT, SECOND), "SpotDecisionMade", SECOND)
    assert await twice(office) == []

    await office.tell(one := fined("C-1", ENVIRONMENT, ACT, FIRST), "SpotDecisionMade", FIRST)

    assert await twice(office) == [("C-2", OPEN)]
    [filed] = await office.warnings(rule_id="TWICE")
    assert filed.case_id == "C-2" and "当场C-1" in filed.detail_zh
    one.set_aside.kind = case_pb2.SET_ASIDE_KIND_ANNULLED
    one.set_aside.set_aside_time.FromDatetime(at("2026-03-24 10:00"))
    await office.tell(one, "DecisionSetAside", "2026-03-24 10:00")
    assert await twice(office) == [("C-2", WITHDRAWN)]


async def test_what_the_record_tells_apart_is_not_warned_of(office: Office) -> None:
    office.clock("2026-03-25 09:00")
    one, other = fined("C-1", ENVIRONMENT, ACT, FIRST), fined("C-2", URBAN, ACT, SECOND)
    one.violation.place, other.violation.place = "示例路1号", "示例路2号"
    other.distinct_reason = "在另一路段的另一行为"
    await office.tell(one, "SpotDecisionMade", FIRST)

    await office.tell(other, "SpotDecisionMade", SECOND)

    assert await twice(office) == []
