"""EW-28: a body that has had a power since 2025 and does nothing for a year, or does not use an item for two."""

from yifa.registry.v1 import body_pb2, power_pb2
from yifa.registry.v1 import events_pb2 as registry

from tests.supervision.office import ENVIRONMENT, Office, at
from tests.supervision.warnings.examples import Examples, History
from tests.supervision.warnings.many import BODY, decide, fined


async def empowered(office: Office, since: str) -> None:
    body = body_pb2.EnforcementBody(
        body_id=BODY, name="示例市第一局", node=ENVIRONMENT, version=1, state=body_pb2.BODY_STATE_PUBLISHED,
        publish_time=at(since), power_list_version=1,
    )  # fmt: skip
    await office.registry(registry.BodyPublished(body=body))
    item = power_pb2.PowerItem(
        item_id="PI-1", body_id=BODY, code="1", name="未批先建处罚", kind=power_pb2.POWER_KIND_PENALTY, from_time=at(since),
        version=1,
    )  # fmt: skip
    await office.registry(registry.PowerItemChanged(item=item))


def idle(months: int, filed: str = "", *, item: bool = True, since: str = "2025-03-01 00:00") -> History:
    """A case is filed on a day, or none is; so many months pass from March 2026 on."""

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        await empowered(office, since)
        if filed:
            case = fined("C-1", 1_000_000, "2026-03-20 10:00")
            case.item_id = "PI-1" if item else "PI-2"
            case.file_time.FromDatetime(at(filed))
            await decide(office, [case])
        n = 2 + months
        office.clock(f"{2026 + n // 12}-{n % 12 + 1:02}-02 00:10")
        await office.months()

    return told


WARNING = "EW-28"
EXAMPLES = {
    "NOTHING_DONE": Examples(
        subject=BODY,
        about="2026-03",
        unlawful=idle(3),
        lawful=idle(1, "2025-09-10 10:00"),
        last_lawful=idle(1, since="2025-04-01 00:01"),
        first_unlawful=idle(1, since="2025-04-01 00:00"),
    ),
    "POWER_UNUSED": Examples(
        subject=BODY,
        about="2027-02",
        unlawful=idle(13),
        lawful=idle(12, "2025-09-10 10:00"),
        last_lawful=idle(11),
        first_unlawful=idle(12, "2025-09-10 10:00", item=False),
    ),
}
