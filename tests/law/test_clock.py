"""When periods end: hand-counted examples by article, a table of dated examples, and properties.

examples.csv (tests/law/examples.py) was counted by tests/law/counting.py, which shares nothing with the kernel.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.law.calendar import SHANGHAI, china
from services.law.clock import Extension, Term, catalogue, due, in_time
from services.law.parameters import Layers, national
from tests.law import counting
from tests.law.examples import EXAMPLES, extension_of
from tests.law.test_calendar import year_2027

DAY = timedelta(days=1)
MARKET = Layers(national())
CLOCKS = {**catalogue(), "PEN-15": MARKET.clock(catalogue()["PEN-15"], date(2026, 1, 5), "market")}
NO_ROLL = CLOCKS["ENF-02"]

# clock, start, last day, provisional; counted by hand from the articles.
BY_HAND = [
    ("PEN-11", "2026-09-30", "2026-10-13", False),  # 8, 9, 10 (Saturday worked), 12, 13 October
    ("PEN-10", "2024-02-05", "2024-02-18", False),  # 6, 7, 8, 9 and Sunday 18 February
    (
        "PEN-16",
        "2025-09-26",
        "2025-10-13",
        False,
    ),  # 28 (Sunday worked), 29, 30 September, 9, 10, 11, 13 October
    ("PEN-24", "2024-09-30", "2024-10-10", False),  # 8, 9, 10 October
    ("PEN-21", "2026-02-14", "2026-02-25", False),  # 24, 25 February
    ("PEN-09", "2026-02-06", "2026-02-27", False),  # 9-13, 14 (Saturday worked), 24-27 February
    ("PEN-03", "2026-11-20", "2026-12-11", False),
    ("PEN-19", "2026-09-22", "2026-10-08", False),  # day 15 is 7 October, a holiday
    ("PEN-27", "2026-04-17", "2026-05-06", False),  # day 15 is 2 May
    ("PEN-17", "2025-12-02", "2026-01-04", False),  # day 30 is New Year's Day; Sunday the 4th is worked
    ("PEN-15", "2026-10-20", "2027-01-18", True),  # 11 + 30 + 31 + 18
    ("PEN-15", "2026-11-20", "2027-02-18", True),
    ("PEN-15", "2026-09-01", "2026-11-30", False),  # 29 + 31 + 30
    ("PEN-01", "2024-02-29", "2026-02-28", False),  # no 29 February 2026
    ("PEN-01", "2024-10-05", "2026-10-05", False),  # a limitation does not roll on
    ("REC-01", "2026-11-20", "2027-01-19", True),
    ("REC-11", "2024-12-06", "2025-02-05", False),  # day 60 is 4 February, a holiday
    ("LIT-01", "2025-08-31", "2026-02-28", False),  # month end; the Saturday is worked
    ("LIT-01", "2026-04-01", "2026-10-08", False),  # 1 October
    ("LIT-04", "2025-12-31", "2026-02-28", False),
    ("LIT-05", "2025-09-17", "2025-10-09", False),  # day 15 is 2 October
    ("ENF-02", "2026-09-05", "2026-10-05", False),  # a seizure is not longer for a holiday
    ("ENF-05", "2025-04-25", "2025-05-13", False),  # 27-30 April, 6-9, 12, 13 May
    ("ENF-06", "2025-11-30", "2026-02-28", False),
    ("CRD-03", "2026-05-01", "2027-05-01", False),
    ("PUB-06", "2026-11-21", "2027-01-31", False),  # a fixed date, though a Sunday
    ("PUB-06", "2026-01-31", "2026-01-31", False),
    ("ACC-03", "2026-12-26", "2027-12-25", False),
    ("OFF-02", "2026-03-01", "2026-12-31", False),
    ("PEN-12", "2026-10-12", "2026-09-24", False),  # 10, 9, 8 October, 30, 29, 28, 24 September
    ("DEC-02", "2026-10-12", "2026-09-30", False),  # 5 October is a holiday: earlier, not later
    ("DEC-01", "2026-03-02", "2026-04-01", False),  # a wait: day 30, whatever day that is
    ("DEC-03", "2026-03-02", "2026-03-11", False),  # 3 to 6, 9 to 11 March
    ("DEC-04", "2026-03-02", "2026-03-09", False),
    ("NRM-10", "2026-08-31", "2026-02-28", False),
    ("LIC-09", "2026-11-05", "2026-10-06", False),  # in the holiday, and not moved back for it
    ("PEN-17", "2021-01-04", "2021-03-05", False),  # sixty days until 2022
    ("PEN-17", "2021-12-31", "2022-03-01", False),  # the term of the day of the notice
    ("PEN-17", "2022-01-04", "2022-02-07", False),  # day 30 is 3 February, a holiday
]


@pytest.mark.parametrize(("clock", "start", "last", "provisional"), BY_HAND)
def test_counted_by_hand(clock, start, last, provisional):
    found = due(CLOCKS[clock], date.fromisoformat(start), china())

    assert found.day == date.fromisoformat(last)
    assert found.at == datetime.combine(found.day, datetime.max.time(), SHANGHAI)
    assert found.provisional is provisional


@pytest.mark.parametrize("row", EXAMPLES, ids=lambda r: f"{r['amount']}-{r['unit']}-{r['start']}-{r['says']}")
def test_dated_example(row):
    start, term = date.fromisoformat(row["start"]), Term(int(row["amount"]), row["unit"])
    excluded = [tuple(map(date.fromisoformat, i.split("/"))) for i in row["excluded"].split()]
    extensions = [extension_of(text) for text in row["extensions"].split()]
    clock = {"after": term, "no_roll": _like(NO_ROLL, term), "before": _like(CLOCKS["PEN-12"], term)}

    found = due(clock[row["direction"]], start, china(), excluded, extensions)

    assert found.day == date.fromisoformat(row["due"])
    assert found.provisional is (row["provisional"] == "yes")
    assert found.workings[-1].day == found.day
    if row["direction"] == "before":
        assert (found.block, found.warn) == (found.day, date.fromisoformat(row["warn"]))
        slow = counting.last_day_before(start, term.amount, term.unit)
        assert slow == (found.block, found.warn)
    else:
        roll = row["direction"] == "after"
        more = [(e.amount, e.unit, e.approved) for e in extensions]
        slow = counting.due_day(start, term.amount, term.unit, excluded=excluded, extensions=more, roll=roll)
        assert slow == found.day


def _like(clock, term):
    return replace(clock, terms=((date(1990, 1, 1), term),))


def test_hours_run_from_the_moment_through_nights_and_holidays():
    start = datetime(2026, 10, 1, 22, 30, tzinfo=SHANGHAI)

    found = due(CLOCKS["CRM-02"], start, china())

    assert found.at == datetime(2026, 10, 2, 22, 30, tzinfo=SHANGHAI)
    assert found.day == date(2026, 10, 2)
    assert [step.why for step in found.workings] == ["MOMENT", "MOMENT"]


def test_hours_leave_out_excluded_time_once():
    start = datetime(2026, 10, 1, 22, 0, tzinfo=SHANGHAI)
    excluded = [(start + timedelta(hours=1), start + timedelta(hours=4))] * 2

    assert due(CLOCKS["CRM-02"], start, china(), excluded).at == start + timedelta(hours=27)


def test_hours_from_a_bare_day_are_refused():
    with pytest.raises(ValueError, match="24 hours run from a moment"):
        due(CLOCKS["CRM-02"], date(2026, 10, 1), china())


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="has no time zone"):
        due(CLOCKS["PEN-15"], datetime(2026, 10, 1, 8, 0), china())


def test_the_day_is_the_day_in_shanghai_whatever_the_zone_given():
    late_evening_utc = datetime(2026, 9, 21, 16, 30, tzinfo=timezone.utc)  # noqa: UP017

    assert due(CLOCKS["PEN-19"], late_evening_utc, china()).day == date(2026, 10, 8)
    assert due(CLOCKS["PEN-19"], late_evening_utc - timedelta(hours=1), china()).day == date(2026, 10, 8)
    assert due(CLOCKS["PEN-11"], late_evening_utc, china()).day == date(2026, 9, 30)
    assert due(CLOCKS["PEN-11"], late_evening_utc - timedelta(hours=1), china()).day == date(2026, 9, 29)


def test_a_waiting_time_opens_when_its_last_day_is_over():
    found = due(CLOCKS["ENF-05"], date(2025, 4, 25), china())

    assert found.opens == datetime(2025, 5, 14, tzinfo=SHANGHAI)


def test_backwards_terms_give_the_last_lawful_day_and_a_day_to_be_warned_by():
    found = due(CLOCKS["PEN-12"], date(2026, 10, 12), china())

    assert (found.block, found.warn) == (date(2026, 9, 24), date(2026, 9, 23))


BACK = [c for c in catalogue().values() if c.direction == "before"]


@pytest.mark.parametrize("clock", BACK, ids=lambda c: c.id)
def test_what_a_person_has_to_ask_for_in_time_is_not_due_earlier_for_a_holiday(clock):
    """Only an agency's notice is moved to the working day before: that lengthens what the other side has."""
    assert clock.roll is not (clock.who in ("party", "permit_holder", "applicant", "applicant_or_interested"))


def test_a_term_counted_back_that_is_not_moved_warns_on_the_working_day_before_and_is_certain():
    found = due(CLOCKS["LIC-09"], date(2026, 11, 5), china())

    assert (found.block, found.warn, found.provisional) == (date(2026, 10, 6), date(2026, 9, 30), False)
    assert found.workings[-1].day == date(2026, 10, 6)
    assert not due(CLOCKS["LIC-09"], date(2027, 5, 1), china()).provisional


def test_a_fixed_date_warns_on_the_working_day_before():
    assert due(CLOCKS["PUB-06"], date(2026, 11, 21), china()).warn == date(2027, 1, 29)


def test_a_due_date_is_counted_again_when_the_year_is_proclaimed():
    start = date(2026, 11, 7)  # 90 days end on 5 February 2027
    before = due(CLOCKS["PEN-15"], start, china())
    after = due(CLOCKS["PEN-15"], start, china().with_year(year_2027()))

    assert (before.day, before.provisional) == (date(2027, 2, 5), True)
    assert (after.day, after.provisional) == (date(2027, 2, 15), False)


def test_a_term_that_ends_on_a_known_weekday_is_not_provisional_though_it_is_near_the_year_end():
    assert not due(CLOCKS["PEN-19"], date(2026, 12, 16), china()).provisional
    assert due(CLOCKS["PEN-19"], date(2026, 12, 17), china()).provisional


def test_the_term_in_force_on_the_day_it_starts_is_taken():
    with pytest.raises(ValueError, match="CRD-01: no term was in force on 2026-03-31"):
        due(CLOCKS["CRD-01"], date(2026, 3, 31), china())

    amended = replace(
        CLOCKS["PEN-15"],
        terms=(*CLOCKS["PEN-15"].terms, (date(2026, 6, 1), Term(60, "calendar_day"))),
    )
    assert due(amended, date(2026, 5, 31), china()).day == date(2026, 8, 31)  # 29 August is a Saturday
    assert due(amended, date(2026, 6, 1), china()).day == date(2026, 7, 31)


def reasons(found) -> list[str]:
    return [fault.reason for fault in found.void]


def test_an_extension_approved_on_the_last_day_counts_and_a_day_late_it_is_void():
    clock, start = CLOCKS["PEN-15"], date(2026, 1, 5)  # runs out on Tuesday 7 April

    in_time = due(clock, start, china(), extension=Extension(30, "calendar_day", date(2026, 4, 7)))
    at_the_last_moment = due(
        clock,
        start,
        china(),
        extension=Extension(30, "calendar_day", datetime(2026, 4, 7, 23, 59, tzinfo=SHANGHAI)),
    )
    late = due(clock, start, china(), extension=Extension(30, "calendar_day", date(2026, 4, 8)))

    assert in_time.day == at_the_last_moment.day == date(2026, 5, 6)
    assert (late.day, reasons(late)) == (date(2026, 4, 7), ["EXTENSION_LATE"])
    assert "2026-04-08" in late.void[0].says and "2026-04-08" in late.void[0].says_zh


@pytest.mark.parametrize(
    ("clock", "added", "reason"),
    [
        ("PEN-16", Extension(5, "working_day", date(2026, 1, 6)), "EXTENSION_NOT_PROVIDED"),
        ("PEN-15", Extension(31, "calendar_day", date(2026, 1, 6)), "EXTENSION_TOO_LONG"),
        ("PEN-15", Extension(30, "working_day", date(2026, 1, 6)), "EXTENSION_TOO_LONG"),
        ("PEN-15", Extension(30, "calendar_day", date(2026, 1, 6), "unit_head"), "EXTENSION_NOT_COMPETENT"),
    ],
)
def test_an_extension_that_the_law_does_not_give_is_void(clock, added, reason):
    without = due(CLOCKS[clock], date(2026, 1, 5), china())

    found = due(CLOCKS[clock], date(2026, 1, 5), china(), extension=added)

    assert found.day == without.day
    assert reasons(found) == [reason]


def test_extensions_are_used_up():
    clock, approved = CLOCKS["ENF-02"], date(2026, 1, 6)
    one = Extension(30, "calendar_day", approved, "agency_head")

    found = due(clock, date(2026, 1, 5), china(), extension=[one, one])

    assert found.day == date(2026, 3, 6)
    assert reasons(found) == ["EXTENSION_NOT_PROVIDED"]


def test_a_fine_is_deferred_as_often_as_it_is_approved():
    """APL 66(2) gives no number; served on 5 January, due on the 20th."""
    months = [Extension(30, "calendar_day", date(2026, 1, 6 + n), "agency_head") for n in range(5)]

    found = due(CLOCKS["PEN-19"], date(2026, 1, 5), china(), (), months)

    assert found.void == ()
    assert found.day == date(2026, 6, 22)  # 150 days after 20 January: 19 June, a holiday to the 21st


def test_the_second_extension_has_no_number_of_its_own():
    first = Extension(30, "calendar_day", date(2026, 2, 2), "agency_head")
    second = Extension(100, "calendar_day", date(2026, 3, 2), "collective")

    found = due(CLOCKS["PEN-15"], date(2026, 1, 5), china(), extension=(second, first))

    assert found.void == ()
    assert found.day == date(2026, 8, 13)


def test_hours_can_be_extended_only_where_the_law_says_so():
    start = datetime(2026, 1, 5, 9, tzinfo=SHANGHAI)
    added = Extension(24, "hour", start + timedelta(hours=2))

    refused = due(CLOCKS["CRM-02"], start, china(), extension=added)
    granted = due(Term(24, "hour"), start, china(), extension=added)

    assert (refused.at, reasons(refused)) == (start + DAY, ["EXTENSION_NOT_PROVIDED"])
    assert granted.at == start + 2 * DAY


def test_excluded_time_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="before it starts"):
        due(CLOCKS["PEN-15"], date(2026, 1, 5), china(), [(date(2026, 2, 2), date(2026, 2, 1))])


def test_a_paper_posted_inside_the_period_is_in_time():
    window = due(CLOCKS["PEN-11"], date(2026, 9, 30), china())  # until 13 October
    evening = datetime(2026, 10, 13, 23, 59, tzinfo=SHANGHAI)

    assert in_time(window, evening)
    assert not in_time(window, evening + timedelta(minutes=1))
    assert in_time(window, received=date(2026, 10, 19), posted=date(2026, 10, 13))
    assert not in_time(window, received=date(2026, 10, 19), posted=date(2026, 10, 14))


def test_the_workings_say_why_each_day_counts():
    excluded = [(date(2026, 10, 8), date(2026, 10, 9))]

    found = due(CLOCKS["PEN-11"], date(2026, 9, 30), china(), excluded)

    assert [(s.day.day, s.number, s.why) for s in found.workings] == [
        (30, 0, "START"),
        *((n, 0, "REST_DAY") for n in range(1, 8)),
        (8, 1, "COUNTED"),
        (9, 1, "EXCLUDED"),
        (10, 2, "COUNTED"),
        (11, 2, "REST_DAY"),
        (12, 3, "COUNTED"),
        (13, 4, "COUNTED"),
        (14, 5, "COUNTED"),
    ]
    assert {s.law for s in found.workings} == {"CIV-2020:201(1)", "HOL-2024:7", "CIV-2020:204"}
    assert all(s.says and s.says_zh for s in found.workings)


def test_the_workings_show_what_holds_the_last_day_up():
    excluded = [(date(2026, 6, 1), date(2026, 6, 3))]

    found = due(Term(90, "calendar_day"), date(2026, 3, 2), china(), excluded)

    assert [(s.day.isoformat()[5:], s.why) for s in found.workings[-4:]] == [
        ("05-31", "COUNTED"), ("06-01", "ROLLED"), ("06-02", "EXCLUDED"), ("06-03", "EXCLUDED"),
    ]  # fmt: skip


def test_the_workings_show_months_roll_over_and_extensions():
    month = due(CLOCKS["LIT-01"], date(2026, 3, 31), china())  # 30 September
    rolled = due(CLOCKS["PEN-19"], date(2026, 9, 22), china())
    longer = due(
        CLOCKS["PEN-15"], date(2026, 1, 5), china(), (), Extension(30, "calendar_day", date(2026, 2, 2))
    )
    back = due(CLOCKS["DEC-02"], date(2026, 10, 12), china())

    assert [s.why for s in month.workings] == ["START", "MONTH_END"]
    assert [(s.day.day, s.why) for s in rolled.workings[-2:]] == [(7, "COUNTED"), (8, "ROLLED")]
    assert [s.why for s in longer.workings].count("COUNTED") == 120
    assert "EXTENDED" in [s.why for s in longer.workings]
    assert [s.why for s in back.workings[-6:]] == ["COUNTED", *["EARLIER"] * 5]


STARTS = st.dates(date(2024, 1, 2), date(2026, 11, 30))
UNITS = st.sampled_from(["working_day", "calendar_day"])
INTERVALS = st.lists(
    st.tuples(st.dates(date(2023, 12, 1), date(2027, 6, 1)), st.integers(0, 60)).map(
        lambda pair: (pair[0], pair[0] + DAY * pair[1])
    ),
    max_size=5,
)
TERMS = st.one_of(
    st.builds(Term, st.integers(1, 120), UNITS),
    st.builds(Term, st.integers(1, 24), st.just("month")),
    st.builds(Term, st.integers(1, 3), st.just("year")),
)
EXTENSIONS = st.lists(
    st.builds(Extension, st.integers(1, 60), UNITS, st.dates(date(2024, 1, 1), date(2027, 12, 31))),
    max_size=2,
)


@given(STARTS, TERMS, INTERVALS, EXTENSIONS, st.booleans())
def test_the_kernel_counts_as_the_slow_counter_does(start, term, excluded, extensions, roll):
    clock = term if roll else _like(NO_ROLL, term)
    if not roll:
        extensions = []

    found = due(clock, start, china(), excluded, extensions)

    more = [(e.amount, e.unit, e.approved) for e in extensions]
    assert found.day == counting.due_day(
        start, term.amount, term.unit, excluded=excluded, extensions=more, roll=roll
    )
    assert found.workings[-1].day == found.day
    assert due(clock, start, china(), excluded, extensions) == found


@given(STARTS, TERMS)
def test_a_term_that_rolls_never_ends_on_a_rest_day(start, term):
    assert counting.worked(due(term, start, china()).day)


@given(STARTS, TERMS, INTERVALS, st.tuples(STARTS, st.integers(0, 30)))
def test_excluded_time_never_brings_a_due_date_forward(start, term, excluded, more):
    interval = (more[0], more[0] + DAY * more[1])

    before = due(term, start, china(), excluded).day
    after = due(term, start, china(), [*excluded, interval]).day

    assert before <= after


@given(STARTS, st.integers(1, 60), st.sampled_from(["working_day", "calendar_day", "month"]))
def test_a_term_counted_backwards_never_ends_late(until, amount, unit):
    until = max(until, date(2025, 3, 1))
    amount = min(amount, 12) if unit == "month" else amount
    found = due(_like(CLOCKS["PEN-12"], Term(amount, unit)), until, china())

    assert (found.block, found.warn) == counting.last_day_before(until, amount, unit)
    assert found.warn <= found.block < until
    assert counting.worked(found.block)
    assert found.workings[-1].day == found.block
