"""Surcharges to the cent, limitation by the day of discovery, and when remedies are used up."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.calendar import SHANGHAI, china
from services.law.clock import catalogue, due
from services.law.limitation import limitation_ends, limitation_passed, remedy_period
from services.law.surcharge import surcharge

DAY = timedelta(days=1)
DUE = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("fine", "days", "yuan"),
    [
        ("1000", 0, "0.00"),
        ("1000", 1, "30.00"),
        ("1000", 33, "990.00"),
        ("1000", 34, "1000.00"),  # three per cent of 34 days is 102 per cent: the fine is the cap
        ("1000", 400, "1000.00"),
        ("0.50", 1, "0.02"),  # half a fen and more rounds up
        ("0.49", 1, "0.01"),
        ("120000", 10, "36000.00"),
        ("0", 10, "0.00"),
    ],
)
def test_three_per_cent_a_day_up_to_the_fine(fine, days, yuan):
    found = surcharge(Decimal(fine), DUE, DUE + DAY * days)

    assert (found.days, found.yuan) == (days, Decimal(yuan))
    assert found.fen == int(Decimal(yuan) * 100)


def test_the_cap_is_reached_on_day_thirty_four():
    assert surcharge(Decimal(1000), DUE, DUE + DAY * 33).capped_on is None
    assert surcharge(Decimal(1000), DUE, DUE + DAY * 34).capped_on == date(2026, 4, 5)
    assert surcharge(Decimal(1000), DUE, DUE + DAY * 90).capped_on == date(2026, 4, 5)


def test_before_the_due_day_is_over_nothing_accrues():
    assert surcharge(Decimal(1000), DUE, DUE - DAY).days == 0


def test_reconsideration_and_litigation_do_not_count_with_their_first_and_last_day():
    inside = (date(2026, 3, 10), date(2026, 3, 19))

    found = surcharge(Decimal(1000), DUE, date(2026, 3, 31), [inside])

    assert (found.days, found.yuan) == (19, Decimal("570.00"))


def test_overlapping_exclusions_count_once_and_only_inside_the_run():
    excluded = [
        (date(2026, 3, 15), date(2026, 3, 25)),
        (date(2026, 2, 1), date(2026, 3, 4)),
        (date(2026, 3, 18), date(2026, 3, 20)),
        (date(2026, 3, 30), date(2026, 6, 1)),
    ]

    assert surcharge(Decimal(1000), DUE, date(2026, 3, 31), excluded).days == 29 - 11 - 2 - 2


def test_the_cap_is_reached_later_when_days_are_excluded():
    excluded = [(date(2026, 3, 10), date(2026, 3, 19))]

    assert surcharge(Decimal(1000), DUE, date(2026, 12, 31), excluded).capped_on == date(2026, 4, 15)


def test_a_fine_below_nothing_is_refused():
    with pytest.raises(ValueError, match="negative"):
        surcharge(Decimal(-1), DUE, DUE)


INTERVALS = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 60)).map(
        lambda pair: (pair[0], pair[0] + DAY * pair[1])
    ),
    max_size=4,
)


@given(st.integers(1, 10_000_000), st.integers(0, 300), INTERVALS)
def test_a_surcharge_is_what_counting_each_day_gives(fen, late, excluded):
    until = DUE + DAY * late
    fine = Decimal(fen) / 100
    counted = [
        day
        for day in (DUE + DAY * n for n in range(1, late + 1))
        if not any(a <= day <= b for a, b in excluded)
    ]

    found = surcharge(fine, DUE, until, excluded)

    owed = min(fine * len(counted) * 3 / 100, fine).quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (found.days, found.yuan) == (len(counted), owed)
    assert found.capped_on == (counted[33] if len(counted) > 33 else None)


@pytest.mark.parametrize(
    ("ended", "discovered", "harm", "passed"),
    [
        ("2024-03-01", "2026-03-01", False, False),
        ("2024-03-01", "2026-03-02", False, True),
        ("2024-02-29", "2026-02-28", False, False),
        ("2024-02-29", "2026-03-01", False, True),
        ("2024-03-01", "2029-03-01", True, False),
        ("2024-03-01", "2029-03-02", True, True),
        ("2021-07-14", "2024-01-01", True, True),  # ended before the five years were law
        ("2021-07-15", "2024-01-01", True, False),
        (
            "1970-01-01",
            "1998-10-01",
            False,
            False,
        ),  # before there was a period: counted from the day it became law
        ("1970-01-01", "1998-10-02", True, True),
        ("2024-10-05", "2026-10-06", False, True),  # 5 October is a holiday: no roll-over for the agency
    ],
)
def test_limitation_tests_the_day_of_discovery(ended, discovered, harm, passed):
    kinds = ("harm_to_safety",) if harm else ()

    found = limitation_passed(date.fromisoformat(ended), date.fromisoformat(discovered), china(), *kinds)

    assert found is passed


@pytest.mark.parametrize(
    ("ended", "last"),
    [
        ("2026-08-14", "2028-08-14"),  # the day before the Code: it is not read back
        ("2026-08-15", "2031-08-15"),
        ("2027-02-28", "2032-02-28"),
    ],
)
def test_harm_to_the_environment_is_pursued_for_five_years_since_the_code(ended, last):
    """EEC-2026:1054(1)."""
    day, harm = date.fromisoformat(ended), "harm_to_environment"

    assert limitation_ends(day, china(), harm).day == date.fromisoformat(last)
    assert limitation_ends(day, china()).day == date(day.year + 2, day.month, day.day)
    assert limitation_ends(day, china(), "harm_to_safety", harm).day == date(day.year + 5, day.month, day.day)


def test_limitation_is_counted_in_shanghai_days():
    just_before_midnight = datetime(2026, 3, 1, 23, 59, tzinfo=SHANGHAI)

    assert not limitation_passed(date(2024, 3, 1), just_before_midnight, china())
    assert limitation_passed(date(2024, 3, 1), just_before_midnight + timedelta(minutes=1), china())
    assert limitation_ends(date(2024, 3, 1), china()).day == date(2026, 3, 1)


def test_without_a_remedy_sought_six_months_are_the_end():
    found = remedy_period(date(2026, 3, 31), china())

    assert found.alarm.day == found.apply.day == date(2026, 9, 30)


def test_an_on_the_spot_decision_has_two_readings():
    found = remedy_period(date(2026, 3, 31), china(), on_the_spot=True)

    assert found.alarm.day == date(2026, 6, 1)  # 60 days end on Saturday 30 May
    assert found.apply.day == date(2026, 9, 30)


@pytest.mark.parametrize("how", ["reconsidered", "unanswered"])
def test_after_reconsideration_fifteen_days_to_sue(how):
    found = remedy_period(date(2026, 3, 31), china(), **{how: date(2026, 6, 10)})

    assert found.alarm.day == found.apply.day == date(2026, 6, 25)  # not 30 September


def test_the_court_is_asked_within_three_months_of_those_fifteen_days():
    """Served on 2 March, reconsidered on 4 May (ALIT 45, ACL 53)."""
    found = remedy_period(date(2026, 3, 2), china(), reconsidered=date(2026, 5, 4))

    assert found.apply.day == date(2026, 5, 19)
    assert found.apply.opens == datetime(2026, 5, 20, tzinfo=SHANGHAI)
    assert due(catalogue()["ENF-06"], found.apply.day, china()).day == date(2026, 8, 19)


def test_a_late_reconsideration_decision_lengthens_the_remedy():
    found = remedy_period(date(2026, 3, 31), china(), reconsidered=date(2026, 9, 28))

    assert found.alarm.day == found.apply.day == date(2026, 10, 13)


def test_the_application_to_the_court_follows_three_months_later():
    found = remedy_period(date(2025, 8, 31), china())

    assert found.apply.day == date(2026, 2, 28)
    assert due(catalogue()["ENF-06"], found.apply.day, china()).day == date(2026, 5, 28)
