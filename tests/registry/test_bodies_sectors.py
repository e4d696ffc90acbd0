"""A body is confirmed in a field that a pack of sector rules is for; nobody could say otherwise which terms bind it."""

from pathlib import Path

import pytest

from services.given.people import credit_code
from tests.registry.lists import SERIAL
from tests.registry.test_bodies import CONDITIONS, STATE, Hall
from tests.registry.test_bodies_changes import decide, report
from tests.registry.test_bulk_files import imported, told
from tests.registry.test_list_taken import BODY_HEAD
from tests.registry.town import CITY, Town

ODD = "自然资源"
LAW = "APL-2021:17;ASR-2025:17(1)"


@pytest.fixture
def hall(town: Town) -> Hall:
    return Hall(town)


async def test_a_body_of_a_field_without_a_pack_is_not_certified(town: Town, hall: Hall) -> None:
    body = await hall.propose(field=ODD)
    await hall.review(body, CONDITIONS["AGENCY"])

    with town.refused("SECTOR_UNKNOWN", law=LAW, body_id=body.body_id, field=ODD):
        await hall.certify(body)

    assert (await town.get_body(CITY, body.body_id)).state == STATE.BODY_STATE_LEGALITY_CHECKED


async def test_nor_is_it_confirmed_in_one_step(town: Town) -> None:
    with town.refused("SECTOR_UNKNOWN", law=LAW):
        await town.body(field=ODD)


@pytest.mark.parametrize("field", ["生态环境", "城管", "药品监管", "海关"])
async def test_the_city_may_say_which_pack_a_field_goes_by(hall: Hall, field: str) -> None:
    """The first three are named by the packs themselves, the last by the city's settings."""
    body = await hall.published(field=field)

    assert (body.field, body.state) == (field, STATE.BODY_STATE_PUBLISHED)


async def test_the_citys_own_body_needs_no_sector(town: Town, hall: Hall, tmp_path: Path) -> None:
    """It oversees and handles no cases; a department's body of that field does."""
    field = "行政执法监督"
    body = await town.body(CITY, field=field)
    await hall.known(body, CITY, "PUBLISHED")
    with town.refused("SECTOR_UNKNOWN", law=LAW):
        await town.body(field=field)
    n = 80_000 + next(SERIAL)
    file = tmp_path / "监督机构.csv"
    lines = [
        (f"示例{n}{node}", credit_code(n * 2 + at), "行政机关", node, f"示罚{n}{at}", field)
        for at, node in enumerate((CITY, "huanbao"))
    ]
    file.write_text("\n".join(",".join(line) for line in (BODY_HEAD, *lines)), "utf-8")

    report = await imported(town, file, "bodies", CITY)

    assert told(report) == [(3, "执法领域", "SECTOR_UNKNOWN")]
    assert report.added == 1


async def test_in_a_list_the_line_is_named(town: Town, tmp_path: Path) -> None:
    n = 90_000 + next(SERIAL)
    lines = [
        (f"示例{n}{field}", credit_code(n * 2 + at), "行政机关", "huanbao", f"示罚{n}{at}", field)
        for at, field in enumerate((ODD, "生态环境"))
    ]
    file = tmp_path / "主体.csv"
    file.write_text("\n".join(",".join(line) for line in (BODY_HEAD, *lines)), "utf-8")

    report = await imported(town, file, "bodies", CITY)

    assert told(report) == [(2, "执法领域", "SECTOR_UNKNOWN")]
    assert report.added == 1


async def test_nor_does_it_change_to_such_a_field(town: Town, hall: Hall) -> None:
    body = await town.body()
    await report(town, body, field=ODD)
    await hall.known(body, CITY, "CHANGE_PENDING")

    with town.refused("SECTOR_UNKNOWN", law=LAW):
        await decide(hall, body, accepted=True)

    assert (await decide(hall, body, accepted=False)).field == body.field
