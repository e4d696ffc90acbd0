"""EW-18: three complaints about one unit, or two about one person, were accepted within thirty days."""

from typing import Any

from tests.supervision.complaints import ABOUT, BODY, OFFICER, Desk, ready
from tests.supervision.office import Office
from tests.supervision.warnings.examples import Examples, History

PERSON = "O-5"


async def complained(desk: Desk, *days: str, **about: Any) -> list[str]:
    """A complaint accepted on each day, each about another act; returns their ids."""
    ids = []
    for n, day in enumerate(days):
        desk.office.clock(f"{day} 10:00")
        said = ABOUT | {"act": f"第{len(ids)}次收缴罚款不开票据", "day": f"2026-02-0{n + 1}"} | about
        ids.append((await desk.accepted(about=said, reporter=None)).complaint_id)
    return ids


def on(*days: str, **about: Any) -> History:
    async def happened(office: Office) -> None:
        await complained(await ready(office), *days, **about)

    return happened


def merged(*days: str, **about: Any) -> History:
    """The last of them is about the act of the one before, and handled with it."""

    async def happened(office: Office) -> None:
        desk = await ready(office)
        *_, before, last = await complained(desk, *days, act="收缴罚款不开票据", day="2026-02-01", **about)
        await desk.say(OFFICER, "MergeComplaint", complaint_id=last, merged_with=before)

    return happened


WARNING = "EW-18"
EXAMPLES = {
    "COMPLAINTS_ON_UNIT": Examples(
        unlawful=on("2026-03-03", "2026-03-04", "2026-03-05"),
        lawful=merged("2026-03-03", "2026-03-04", "2026-03-05"),
        last_lawful=on("2026-03-03", "2026-03-20", "2026-04-02"),
        first_unlawful=on("2026-03-03", "2026-03-20", "2026-04-01"),
        subject=BODY,
    ),
    "COMPLAINTS_ON_OFFICER": Examples(
        unlawful=on("2026-03-03", "2026-03-04", officer_ids=[PERSON]),
        lawful=merged("2026-03-03", "2026-03-04", officer_ids=[PERSON]),
        last_lawful=on("2026-03-03", "2026-04-02", officer_ids=[PERSON]),
        first_unlawful=on("2026-03-03", "2026-04-01", officer_ids=[PERSON]),
        subject=PERSON,
    ),
}
