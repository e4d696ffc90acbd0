"""Which days are worked, and what happens when a year has not been proclaimed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.calendar import CALENDARS, Calendar, YearData, china, read_year
from tests.law import counting

DAY = timedelta(days=1)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def year_2027(**changes) -> YearData:
    data = {
        "year": 2027,
        "holidays": frozenset(
            date(2027, m, d)
            for m, days in ((1, (1, 2, 3)), (2, range(5, 13)), (5, (1, 2, 3)), (10, range(1, 8)))
            for d in days
        ),
        "make_up": frozenset({date(2027, 1, 30), date(2027, 10, 9)}),
        "source": "test",
    }
    return YearData(**{**data, **changes})


def test_every_day_of_three_years_agrees_with_the_notices():
    day = date(2024, 1, 1)
    while day.year < 2027:
        assert china().is_working(day) == counting.worked(day), day
        day += DAY


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2024-02-04", True),  # Sunday before Spring Festival 2024
        ("2024-02-09", True),  # New Year's Eve 2024 was worked
        ("2024-02-12", False),
        ("2025-01-27", True),
        ("2025-01-28", False),  # New Year's Eve is a statutory holiday since 2025
        ("2025-10-08", False),
        ("2025-10-11", True),
        ("2026-01-04", True),
        ("2026-02-14", True),
        ("2026-02-23", False),
        ("2026-02-28", True),
        ("2026-09-20", True),
        ("2026-10-10", True),
        ("2026-11-21", False),
    ],
)
def test_days_that_are_easily_got_wrong(day, worked):
    assert china().is_working(date.fromisoformat(day)) is worked


def test_only_proclaimed_years_are_known():
    assert china().is_known(2026)
    assert not china().is_known(2027)
    assert not china().is_known(2003)


def test_an_unknown_year_has_weekends_and_the_fixed_holidays_only():
    rest = [d for n in range(365) if not china().is_working(d := date(2027, 1, 1) + DAY * n)]

    weekdays_off = [d for d in rest if d.weekday() < 5]
    assert weekdays_off == [date(2027, 1, 1), date(2027, 10, 1)]
    assert sum(d.weekday() >= 5 for d in rest) == 104


def test_loading_a_year_makes_a_new_calendar_and_leaves_the_old_as_it_was():
    before = china()

    after = before.with_year(year_2027())

    assert after.is_known(2027) and not before.is_known(2027)
    assert not after.is_working(date(2027, 2, 8)) and before.is_working(date(2027, 2, 8))
    assert after.is_working(date(2027, 1, 30)) and not before.is_working(date(2027, 1, 30))
    assert after.is_known(2026)


def test_a_year_loaded_again_replaces_the_first():
    first = china().with_year(year_2027())

    second = first.with_year(year_2027(make_up=frozenset({date(2027, 1, 31)})))

    assert second.is_working(date(2027, 1, 31)) and not second.is_working(date(2027, 1, 30))


def test_a_new_year_holiday_may_reach_back_into_december():
    holidays = frozenset({date(2028, 12, 31), *(date(2029, m, d) for m, d in ((1, 1), (5, 1), (5, 2)))})
    national = frozenset(date(2029, 10, d) for d in (1, 2, 3))
    data = YearData(2029, holidays | national, frozenset({date(2028, 12, 30), date(2029, 2, 10)}), "test")

    calendar = china().with_year(data)

    assert calendar.is_working(date(2028, 12, 30)) and not calendar.is_working(date(2028, 12, 31))


def test_the_end_of_december_is_open_until_the_next_notice_only_where_it_may_be_bridged():
    assert china().is_settled(date(2026, 12, 31))  # New Year's Day 2027 is a Friday
    assert not china().is_settled(date(2027, 1, 4))
    quiet = YearData(2030, year_2027_holidays(2030), frozenset({date(2030, 2, 9)}), "test")
    calendar = china().with_year(quiet)
    assert not calendar.is_settled(date(2030, 12, 31))  # 1 January 2031 is a Wednesday
    assert calendar.is_settled(date(2030, 12, 28))


def year_2027_holidays(year: int) -> frozenset[date]:
    return frozenset(date(year, m, d) for m, d in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"holidays": frozenset({date(2026, 5, 1)})}, "2026-05-01 is not of that year"),
        ({"make_up": frozenset({date(2027, 1, 29)})}, "2027-01-29 is not a Saturday or Sunday"),
        ({"make_up": frozenset({date(2027, 10, 2)})}, "both a holiday and a working day"),
        ({"make_up": frozenset()}, "no make-up working days"),
        ({"holidays": frozenset({date(2027, 1, 1)})}, "2027-05-01 is a statutory holiday but not listed"),
    ],
)
def test_a_year_that_cannot_have_been_proclaimed_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        year_2027(**changes)


def test_a_year_is_read_from_a_dated_file(tmp_path):
    good = tmp_path / "2027.toml"
    days = ", ".join(d.isoformat() for d in sorted(year_2027().holidays))
    good.write_text(f'year = 2027\nsource = "notice"\nholidays = [{days}]\nmake_up = [2027-01-30]\n')
    bad = tmp_path / "2028.toml"
    bad.write_text("year = 2028\nholidays = []\n")
    broken = tmp_path / "2029.toml"
    broken.write_text("year =")

    assert read_year(good).make_up == {date(2027, 1, 30)}
    with pytest.raises(ValueError, match=r"2028\.toml: 'make_up'"):
        read_year(bad)
    with pytest.raises(ValueError, match=r"2029\.toml: Invalid value"):
        read_year(broken)


def test_the_shipped_year_files_are_good():
    for path in CALENDARS.glob("*.toml"):
        assert read_year(path).year == int(path.stem)


@given(DAYS, st.integers(1, 300))
def test_counting_forth_and_back_agree(day, amount):
    calendar = china()

    ahead = calendar.add_working(day, amount)

    assert calendar.is_working(ahead)
    assert calendar.working_between(day, ahead) == amount
    assert calendar.add_working(ahead + DAY, -1) == ahead
    if calendar.is_working(day):
        assert calendar.add_working(ahead, -amount) == day


@given(DAYS)
def test_the_nearest_working_days(day):
    calendar = Calendar()

    assert calendar.next_working(day) == (day if counting.worked(day) else calendar.add_working(day, 1))
    assert calendar.previous_working(day) == (day if counting.worked(day) else calendar.add_working(day, -1))


def test_counting_back_across_years():
    assert china().add_working(date(2026, 1, 5), -3) == date(2025, 12, 30)
    assert china().add_working(date(2024, 12, 31), 2) == date(2025, 1, 3)
    assert china().add_working(date(2024, 12, 31), 0) == date(2024, 12, 31)
