"""The hash of a row says what counts of it and nothing else; the mark of the kernel goes up when it gives other answers."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import product
from time import perf_counter
from types import MappingProxyType

import pytest
from yifa.law.v1 import calendar_pb2 as calendars

from services.kit.calendar import year_data
from services.law import edition
from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import Clock, Extension, Term, catalogue, due
from services.law.counted import counts_by, years_of
from services.law.edition import KERNEL, differing, edition_of, hash_of, plain
from services.law.layer import Dated, Parameter
from services.law.parameters import Layers
from services.law.statute import Extending
from tests.layers import also_set, example_law
from tests.proclaimed import arrangement

ANSWERS = {1: "ccba68e27e052d0e"}
"""What each kernel answered. One whose answers differ is another: raise KERNEL and add a line."""

AMOUNTS = {
    "working_day": (0, 1, 5, 20, 260),
    "calendar_day": (1, 15, 90),
    "month": (1, 6),
    "year": (1, 2),
    "hour": (24, 30),
    "annual": (331,),
}
TERMS = [Term(n, unit) for unit, amounts in AMOUNTS.items() for n in amounts]
DIRECTIONS = ("after", "before", "min_wait", "quota", "cap")


def answers() -> Iterator[str]:
    """Counts of all kinds, over a year that was proclaimed and one that was not."""
    year = calendars.CalendarYear(version=1, **arrangement(2033))
    calendar = Calendar({2033: year_data(year)})
    starts = [datetime(2033, 1, 3, 9, 30, tzinfo=SHANGHAI) + timedelta(days=7 * n + n % 5) for n in range(75)]
    slots = (
        Extending("agency_head", "calendar_day", "APL-2021:60", 30),
        Extending("collective", "calendar_day", "APL-2021:60"),
    )
    for term, direction, roll in product(TERMS, DIRECTIONS, (True, False)):
        clock = Clock(
            "X", "", "", "APL-2021:60", ((date(2020, 1, 1), term),), direction, roll=roll, extensions=slots
        )
        for start in starts:
            days = timedelta(days=1)
            excluded = [(start + 2 * days, start + 4 * days), (start + 3 * days, start + 9 * days)]
            added = [
                Extension(30, "calendar_day", start + days, "agency_head"),
                Extension(10, "calendar_day", start + 700 * days, "collective"),
            ]
            for taken, more in product(([], excluded), ([], added)):
                try:
                    end = due(clock, start, calendar, taken, more)
                except ValueError as no:
                    yield str(no)
                    continue
                yield f"{end.at} {end.provisional} {end.block} {end.warn} {[b.reason for b in end.void]}"


def test_the_kernel_answers_as_its_mark_says() -> None:
    """A day that comes out otherwise was counted by another kernel, whose mark the receipts have to tell."""
    assert sha256("\n".join(answers()).encode()).hexdigest()[:16] == ANSWERS[KERNEL]


def number(value: int, law: str = "EX-ERS", **more: str) -> dict[str, Parameter]:
    key = "clock.PEN-09"
    return {key: Parameter(key, "working_day", (Dated(date(2022, 1, 1), value, law),), **more)}


def test_the_same_law_is_the_same_edition_and_another_number_another() -> None:
    law = example_law()

    same, other = edition_of(example_law()), edition_of(also_set(law, number(7)))

    assert same.mark == edition_of(law).mark != other.mark
    assert {plain(name) for name in differing(same.rows, other.rows)} == {"PEN-09", "clock.PEN-09"}
    # Since 1 May 2022 the rules of housing name days of their own, and the city's number counts for nothing there.
    before, since = date(2022, 4, 30), date(2022, 5, 1)
    housing = [[hash_of(e.rows, "PEN-09", "housing", on) for e in (same, other)] for on in (before, since)]
    assert housing[0][0] != housing[0][1] and housing[1][0] == housing[1][1] != ""


def test_an_amendment_touches_nothing_of_before_its_day() -> None:
    seven = number(7)
    amended = {
        key: replace(p, values=(*p.values, Dated(date(2027, 1, 1), 9, "EX-ERS"))) for key, p in seven.items()
    }

    old, new = edition_of(also_set(example_law(), seven)), edition_of(also_set(example_law(), amended))

    assert "PEN-09" in differing(old.rows, new.rows)
    for day, same in ((date(2026, 12, 31), True), (date(2027, 1, 1), False)):
        assert (hash_of(old.rows, "PEN-09", "", day) == hash_of(new.rows, "PEN-09", "", day)) is same


def test_an_article_counts_and_a_title_does_not() -> None:
    seven = edition_of(also_set(example_law(), number(7)))

    entitled = edition_of(also_set(example_law(), number(7, title_zh="法制审核")))
    cited = edition_of(also_set(example_law(), number(7, law="EX-SUP")))

    assert entitled.mark == seven.mark
    assert {plain(name) for name in differing(seven.rows, cited.rows)} == {"PEN-09", "clock.PEN-09"}


def test_what_one_sector_has_otherwise_is_a_row_of_its_own() -> None:
    law = example_law()
    housing = law.layer("housing")
    assert housing is not None
    entry = {
        **housing.clocks["PEN-09"],
        "term": [{"since": date(2022, 5, 1), "amount": 9, "unit": "calendar_day"}],
    }
    changed = replace(housing, clocks={**housing.clocks, "PEN-09": entry})
    city = law.layer("example-city")

    before, after = (
        edition_of(law),
        edition_of(Layers(law.national, law.layer("guangdong"), city, changed, law.agency)),
    )

    assert differing(before.rows, after.rows) == ["housing/PEN-09"]
    assert hash_of(before.rows, "PEN-09", "market") == hash_of(after.rows, "PEN-09", "market")
    assert hash_of(before.rows, "PEN-09", "housing") != hash_of(after.rows, "PEN-09", "housing")


def test_a_corrected_clock_rule_or_year_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    before = edition_of(example_law())
    clocks = dict(catalogue())
    clocks["PEN-16"] = replace(clocks["PEN-16"], terms=((date(2021, 7, 15), Term(5, "working_day")),))
    clocks["PEN-19"] = replace(clocks["PEN-19"], title_zh="别的", late_en="otherwise")
    said = dict(edition._said_in_procedures())
    said["rule.two_officers"] = [("APL-2021:42(2)", *said["rule.two_officers"][0][1:])]
    monkeypatch.setattr(edition, "catalogue", lambda: MappingProxyType(clocks))
    monkeypatch.setattr(edition, "_said_in_procedures", lambda: said)
    monkeypatch.setattr(edition, "_years", lambda: {**before_years, "calendar.2026": "0"})

    after = edition_of(example_law())

    found = {plain(name) for name in differing(before.rows, after.rows)}
    assert found == {"PEN-16", "rule.two_officers", "calendar.2026"}


before_years = dict(edition._years())


def test_what_a_clock_is_counted_by() -> None:
    assert counts_by("PEN-09")[:2] == ("PEN-09", "clock.PEN-09")
    assert {"warning.EW-01.PEN-15.first", "kernel"} <= set(counts_by("PEN-15"))
    assert years_of(date(2026, 11, 30), date(2026, 12, 3)) == ("calendar.2026", "calendar.2027")
    assert years_of(date(2026, 11, 30), date(2027, 1, 3)) == ("calendar.2026", "calendar.2027")
    known = edition_of(example_law()).rows
    assert all(name in known for clock in ("PEN-09", "PEN-27", "PEN-10") for name in counts_by(clock)[:2])


def test_an_edition_is_worked_out_once() -> None:
    law = example_law()
    edition_of(law)
    began = perf_counter()

    for _ in range(10_000):
        edition_of(law)

    assert perf_counter() - began < 0.5, "looked up for every clock that starts"
