"""When a term reminds is a number that a city sets in its own layer."""

from pathlib import Path

from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from tests.layers import layer_file
from tests.supervision.office import MARKET, OPEN, Office, at, lawful, new_case, running_office

MORE = """
["warning.EW-01.PEN-15.first"]
unit = "calendar_day"
values = [{ since = 2026-02-01, value = 45, law = "APL-2021:60" }]

["warning.EW-01.share"]
unit = "percent"
values = [{ since = 2026-02-01, value = 50, law = "ASR-2025:37" }]

["warning.EW-20.PEN-27.again"]
unit = "calendar_day"
values = [{ since = 2026-02-01, value = 3, law = "EX-SUP" }]
"""
LAW = {"layers": ["guangdong", "city.example.toml"], "layer": "example-city"}
ORANGE, RED = warning_pb2.WARNING_LEVEL_ORANGE, warning_pb2.WARNING_LEVEL_RED


def city_of_its_own(folder: Path) -> None:
    """The example city sets numbers besides."""
    with layer_file(folder, "example-city").open("a", encoding="utf-8") as layer:
        layer.write(MORE)


async def reminded(office: Office, when: str) -> list[str]:
    """The clocks that have reminded by then."""
    office.clock(when)
    await office.ticked()
    return [e.deadline.clock_id for e in office.emitted(events.DeadlineReminded)]


async def test_a_city_reminds_when_its_own_layer_says(tmp_path: Path) -> None:
    """Due on 1 June: first reminded 45 days before, on 17 April, where others are 30 days before."""
    city_of_its_own(tmp_path)
    async with running_office(tmp_path, law=LAW) as office:
        await office.tell(new_case(), "CaseFiled", "2026-03-02 10:00")

        assert await reminded(office, "2026-04-17 12:00") == []
        assert await reminded(office, "2026-04-18 00:00") == ["PEN-15"]


async def test_without_a_layer_the_national_numbers_hold(office: Office) -> None:
    await office.tell(new_case(), "CaseFiled", "2026-03-02 10:00")

    assert await reminded(office, "2026-05-02 12:00") == []
    assert await reminded(office, "2026-05-03 00:00") == ["PEN-15"]


async def test_a_term_without_days_of_its_own_reminds_at_a_share(tmp_path: Path) -> None:
    """Legal review in market regulation, from 3 to 17 March: half of the term is left on the morning of the 10th."""
    city_of_its_own(tmp_path)
    async with running_office(tmp_path, law=LAW) as office:
        await office.tell(new_case(node=MARKET), "ReviewSubmitted", "2026-03-03 10:00")

        assert await reminded(office, "2026-03-10 16:00") == []
        assert await reminded(office, "2026-03-10 18:00") == ["PEN-09"]


async def test_a_filing_that_stays_away_is_raised_again_when_the_layer_says(tmp_path: Path) -> None:
    """Due on 7 April: red three days after, not seven."""
    city_of_its_own(tmp_path)
    async with running_office(tmp_path, law=LAW) as office:
        case = new_case()
        case.file_time.FromDatetime(at("2026-03-02 10:00"))
        await office.tell(case, "CaseFiled", "2026-03-02 10:00")
        await office.tell(lawful(case, 5_000_000), "DecisionMade", "2026-03-20 10:00")

        office.clock("2026-04-10 23:00")
        await office.ticked()
        before = await office.found("EW-20")
        office.clock("2026-04-11 00:00")
        await office.ticked()

        assert (before, await office.found("EW-20")) == ([(ORANGE, OPEN)], [(RED, OPEN)])
