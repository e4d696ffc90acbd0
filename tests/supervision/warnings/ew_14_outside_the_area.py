"""EW-14: a body of the district 440703 files a case about an act done there, in its street, or in another district."""

from datetime import timedelta

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as registry

from tests.supervision.office import CITY, ENVIRONMENT, Office, at, new_case
from tests.supervision.warnings.examples import Examples, History

DISTRICT, CITY_AREA = "440703", "440700"


def filed(place: str, area: str = DISTRICT, *, designate: bool = False, body_later: bool = False) -> History:
    """A case about an act done in a place is filed by a body of an area; the city tells of the body before it, or after it."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        code = f"11{area}MB00000000"
        body = body_pb2.EnforcementBody(
            body_id="B-1", name="示例区城市管理局", node=ENVIRONMENT, unified_social_credit_code=code, version=1,
            state=body_pb2.BODY_STATE_PUBLISHED, publish_time=at("2025-01-01 00:00"),
        )  # fmt: skip
        case = new_case()
        case.body_id, case.area_code = "B-1", place
        case.file_time.FromDatetime(at("2026-03-20 10:00"))
        if designate:
            case.designation.case_id, case.designation.node = case.case_id, CITY
        if not body_later:
            await office.registry(registry.BodyPublished(body=body))
        await office.tell(case, "CaseFiled", "2026-03-20 10:00")
        if body_later:
            await office.registry(registry.BodyPublished(body=body))

    return told


def often(cases: int, *, days: int = 90, designate: int = 0) -> History:
    """A body takes up so many cases about acts done in another district, the last so many days after the first; some of them it
    was designated for.
    """

    async def told(office: Office) -> None:
        office.clock("2026-06-25 09:00")
        body = body_pb2.EnforcementBody(
            body_id="B-1", name="示例区城市管理局", node=ENVIRONMENT, version=1, publish_time=at("2025-01-01 00:00"),
            unified_social_credit_code=f"11{DISTRICT}MB00000000", state=body_pb2.BODY_STATE_PUBLISHED,
        )  # fmt: skip
        await office.registry(registry.BodyPublished(body=body))
        last = at("2026-06-20 10:00")
        for n in range(cases):
            when = last if n == cases - 1 else last - timedelta(days=days) + timedelta(hours=n)
            case = new_case(f"C-{n}")
            case.body_id, case.area_code = "B-1", "440704"
            case.file_time.FromDatetime(when)
            if n < designate:
                case.designation.case_id, case.designation.node = case.case_id, CITY
            await office.tell(case, "CaseFiled", when)
        office.clock("2026-07-01 00:10")
        await office.months()

    return told


WARNING = "EW-14"
EXAMPLES = {
    "OFTEN_OUTSIDE": Examples(
        subject="B-1",
        about="2026-06",
        unlawful=often(11),
        lawful=often(11, designate=2),
        last_lawful=often(9),
        first_unlawful=often(10),
    ),
    "OUTSIDE_THE_AREA": Examples(
        unlawful=filed("440704", body_later=True),
        lawful=filed("440704", designate=True),
        last_lawful=filed("440704", CITY_AREA),
        first_unlawful=filed("440704"),
    ),
}
