"""The year's holidays, loaded by the city's legal office: every term of every case is counted anew."""

from datetime import UTC
from pathlib import Path
from typing import Any

import grpc
import pytest
from yifa.enforcement.v1 import case_pb2
from yifa.law.v1 import calendar_pb2 as calendars
from yifa.law.v1 import calendar_service_pb2_grpc, law_pb2
from yifa.law.v1.events_pb2 import CalendarYearLoaded
from yifa.supervision.v1 import calendar_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from services.kit.access import mint
from services.law.calendar import SHANGHAI
from tests.city import read_refusal, rid
from tests.proclaimed import SOURCE, arrangement, day, days
from tests.supervision.office import CITY, ENVIRONMENT, OPEN, WITHDRAWN, Office, at, new_case, running_office

PROVISIONAL, KNOWN, LOADED = (
    calendars.CALENDAR_YEAR_STATE_PROVISIONAL,
    calendars.CALENDAR_YEAR_STATE_KNOWN,
    calendars.CALENDAR_YEAR_STATE_LOADED,
)
RED = warning_pb2.WARNING_LEVEL_RED


async def load(office: Office, **changes: Any) -> Any:
    request = pb.LoadCalendarYearRequest(request_id=rid(), **arrangement(**changes))
    return (await office.call("LoadCalendarYear", request)).calendar_year


async def years(office: Office, **wanted: int) -> dict[int, calendars.KnownYear]:
    stub = calendar_service_pb2_grpc.CalendarServiceStub(office.channel)
    request = calendars.ListCalendarYearsRequest(**wanted)
    reply = await stub.ListCalendarYears(request, metadata=office.metadata)
    return {known.year: known for known in reply.years}


async def years_refused(office: Office, **wanted: int) -> list[str]:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await years(office, **wanted)
    return read_refusal(refused.value).fields


async def recounted(office: Office, year: int = 2027, version: int = 1) -> calendars.Recount:
    """Wait until the clocks have been counted by a version of a year."""

    async def done() -> calendars.Recount | None:
        known = (await years(office, first_year=year, last_year=year))[year]
        [counted] = known.services or [calendars.Recount()]
        return counted if counted.done and known.calendar_year.version == version else None

    found: calendars.Recount = await office.until(done, "the recount")
    return found


async def filed(office: Office, when: str, case_id: str = "C-1") -> case_pb2.Case:
    case = new_case(case_id)
    case.file_time.FromDatetime(at(when))
    await office.tell(case, "CaseFiled", when)
    return case


async def due(office: Office, case_id: str = "C-1", clock_id: str = "PEN-15") -> tuple[str, bool, str]:
    """The day on which a clock falls due, whether that is provisional, and its state."""
    deadlines = (await office.case(case_id)).deadlines
    [found] = [d for d in deadlines if d.clock_id == clock_id]
    on = found.due_time.ToDatetime(UTC).astimezone(SHANGHAI).date().isoformat()
    return on, found.provisional, law_pb2.ClockState.Name(found.state).removeprefix("CLOCK_STATE_")


async def refusal(office: Office, **changes: Any) -> Any:
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(office, **changes)
    told = read_refusal(refused.value)
    assert told.zh and told.code is not grpc.StatusCode.INTERNAL
    return told


async def test_a_term_that_leans_on_an_unknown_year_is_provisional_until_the_year_comes(
    office: Office,
) -> None:
    """Filed on 13 November 2026: ninety days end on 11 February 2027, in the Spring Festival; so Monday the 15th."""
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-13 10:00")
    before = await due(office)

    year = await load(office)
    counted = await recounted(office)

    assert before == ("2027-02-11", True, "RUNNING")
    assert await due(office) == ("2027-02-15", False, "RUNNING")
    assert (year.version, counted.seen, counted.moved) == (1, 1, 1)
    assert office.addressees(CalendarYearLoaded) == {"all"}


async def test_a_make_up_saturday_brings_a_term_forward(office: Office) -> None:
    """Ninety days from 1 November end on Saturday, 30 January: a day off until the notice makes it a working day."""
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-01 10:00")
    before = await due(office)

    await load(office)
    await recounted(office)

    assert before == ("2027-02-01", True, "RUNNING")
    assert await due(office) == ("2027-01-30", False, "RUNNING")


async def test_a_term_that_does_not_move_becomes_certain(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-20 10:00")
    before = await due(office)

    await load(office)
    counted = await recounted(office)

    assert before == ("2027-02-18", True, "RUNNING")
    assert await due(office) == ("2027-02-18", False, "RUNNING")
    assert (counted.seen, counted.moved) == (1, 0)


async def test_a_term_that_ended_before_the_year_is_left_alone(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-03-02 10:00")

    await load(office)

    assert (await recounted(office)).seen == 0
    assert (await due(office))[0] == "2026-06-01"


async def test_a_passed_term_that_runs_on_after_all_takes_its_warning_back(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-13 10:00")
    office.clock("2027-02-12 09:00")
    await office.ticked()
    assert await office.found("EW-02") == [(RED, OPEN)]

    await load(office)
    await recounted(office)

    assert await due(office) == ("2027-02-15", False, "RUNNING")
    assert await office.found("EW-02") == [(RED, WITHDRAWN)]
    office.clock("2027-02-16 00:00")
    await office.ticked()
    assert await office.found("EW-02") == [(RED, OPEN)]


async def test_a_filing_review_is_put_off_and_the_city_told(office: Office) -> None:
    """Filed with the city on 10 December: sixty days end on 8 February."""
    office.clock("2026-12-11 09:00")
    case = await filed(office, "2026-10-20 10:00")
    case.decision.decide_time.FromDatetime(at("2026-12-09 10:00"))
    case.decision.major = True
    await office.tell(case, "DecisionMade", "2026-12-09 10:00")
    case.report_time.FromDatetime(at("2026-12-10 10:00"))
    await office.tell(case, "MajorPenaltyFiled", "2026-12-10 10:00")

    await load(office)
    await recounted(office)

    [moved] = office.emitted(events.DeadlineMoved)
    assert (moved.deadline.clock_id, moved.calendar_year, moved.source) == ("PEN-28", 2027, SOURCE)
    assert moved.old_due_time.ToJsonString() == "2027-02-08T15:59:59.999999Z"
    assert moved.deadline.due_time.ToJsonString() == "2027-02-15T15:59:59.999999Z"
    assert office.addressees(events.DeadlineMoved) == {"city"}
    filing = (await office.case(case.case_id)).filing
    assert filing.due_time == moved.deadline.due_time


async def test_the_same_year_again_changes_nothing(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    first = await load(office)
    office.clock("2026-11-22 09:00")

    second = await load(office)

    assert second == first
    assert len(office.emitted(CalendarYearLoaded)) == 1


async def test_a_correction_names_what_it_corrects_and_counts_anew(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-13 10:00")
    await load(office)
    await recounted(office)
    longer = [*arrangement()["holidays"], day(2027, 2, 15), day(2027, 2, 16)]

    unnamed = await refusal(office, holidays=longer)
    stale = await refusal(office, holidays=longer, replaces_version=2)
    corrected = await load(office, holidays=longer, replaces_version=1)
    counted = await recounted(office, version=2)

    assert (unnamed.code, unnamed.reason) == (grpc.StatusCode.ALREADY_EXISTS, "CALENDAR_YEAR_LOADED")
    assert (stale.code, stale.reason) == (grpc.StatusCode.ABORTED, "CALENDAR_YEAR_CHANGED")
    assert unnamed.metadata == stale.metadata == {"year": "2027", "version": "1"}
    assert (corrected.version, counted.moved) == (2, 1)
    assert await due(office) == ("2027-02-17", False, "RUNNING")


async def test_counting_again_by_the_same_days_moves_nothing(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await filed(office, "2026-11-13 10:00")
    await load(office)
    await recounted(office)

    await load(office, source="示例放假通知〔2026〕2号", replaces_version=1)
    counted = await recounted(office, version=2)

    assert (counted.seen, counted.moved) == (1, 0)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"year": 1999}, ["year"]),
        ({"source": ""}, ["source"]),
        ({"make_up_days": []}, ["make_up_days"]),
        ({"make_up_days": [day(2027, 1, 29)]}, ["make_up_days[0].day"]),
        ({"make_up_days": [day(2027, 2, 6)]}, ["make_up_days[0].day"]),
        ({"make_up_days": [day(2028, 1, 29)]}, ["make_up_days[0].day"]),
        ({"make_up_days": [day(2027, 2, 30)]}, ["make_up_days[0].day"]),
        ({"make_up_days": [day(2027, 1, 30), day(2027, 1, 30)]}, ["make_up_days[1].day"]),
        ({"make_up_days": [day(2027, 1, 30, "")]}, ["make_up_days[0].name"]),
        ({"holidays": [day(2027, 1, 1)]}, ["holidays"]),
        ({"holidays": [*arrangement()["holidays"], day(2026, 11, 30)]}, ["holidays[21].day"]),
        ({"holidays": days(2026, [(1, 1, "元旦")])}, ["holidays[0].day", "holidays"]),
    ],
    ids=[
        "year", "source", "no make-up", "make-up on Friday", "both", "other year", "no such day", "twice",
        "nameless", "incomplete", "November before", "all of another year",
    ],
)  # fmt: skip
async def test_what_is_no_arrangement_of_a_year_is_refused(
    office: Office, changes: dict[str, Any], fields: list[str]
) -> None:
    told = await refusal(office, **changes)

    assert told.code is grpc.StatusCode.INVALID_ARGUMENT
    assert told.fields == fields
    assert not office.emitted(CalendarYearLoaded)


async def test_days_of_december_before_belong_to_the_new_year(office: Office) -> None:
    office.clock("2026-11-21 09:00")

    year = await load(office, holidays=[day(2026, 12, 31, "元旦"), *arrangement()["holidays"]])

    assert (year.holidays[0].day.year, year.holidays[0].day.day) == (2026, 31)


async def test_loading_a_year_is_for_the_oversight_office(office: Office) -> None:
    key = (office.folder / "token.key").read_bytes()
    token = mint(key, "clerk-1", CITY, ("CLERK",))
    request = pb.LoadCalendarYearRequest(request_id=rid(), **arrangement())

    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await office.stub.LoadCalendarYear(request, metadata=(("authorization", f"Bearer {token}"),))

    assert read_refusal(refused.value).reason == "ROLE_REQUIRED"


async def test_how_far_each_year_is_known(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    await load(office)
    await recounted(office)

    found = await years(office)

    assert list(found) == [2025, 2026, 2027, 2028, 2029, 2030, 2031]
    assert {year: known.state for year, known in found.items() if year < 2029} == {
        2025: KNOWN,
        2026: KNOWN,
        2027: LOADED,
        2028: PROVISIONAL,
    }
    assert (found[2026].source, found[2027].source, found[2028].source) == ("chinesecalendar", SOURCE, "")
    assert len(found[2027].calendar_year.holidays) == 21
    assert await years_refused(office, first_year=2030, last_year=2029) == ["last_year"]
    assert await years_refused(office, first_year=1999) == ["last_year"]
    assert await years_refused(office, last_year=2201) == ["last_year"]


async def test_only_the_city_says_which_days_are_worked(office: Office) -> None:
    office.clock("2026-11-21 09:00")
    year = calendars.CalendarYear(version=1, **arrangement(2028))

    forged = CalendarYearLoaded(calendar_year=year)
    await office.take(office.journal(ENVIRONMENT, "supervision").entry(forged, at("2026-11-21 09:00")))

    assert office.running.parked() == 1
    assert (await years(office))[2028].state == PROVISIONAL


async def test_a_loaded_year_outlives_the_process(tmp_path: Path) -> None:
    async with running_office(tmp_path, "2026-11-21 09:00") as office:
        await load(office)
        await recounted(office)

    async with running_office(tmp_path, "2026-11-21 09:00") as office:
        await filed(office, "2026-11-13 10:00")

        assert await due(office) == ("2027-02-15", False, "RUNNING")
        assert (await years(office))[2027].state == LOADED
