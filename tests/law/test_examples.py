"""The dated examples are enough, and of every kind that goes wrong in practice."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.law import counting
from tests.law.examples import EXAMPLES, extension_of

DAY = timedelta(days=1)


def test_there_are_examples_enough():
    assert len(EXAMPLES) >= 250
    assert {row["direction"] for row in EXAMPLES} == {"after", "no_roll", "before"}


# What the table must hold enough of: how many rows whose run touches these days, at least.
SEASONS = {
    "Spring Festival 2024": ("2024-02-10", "2024-02-17", 20),
    "Spring Festival 2025": ("2025-01-28", "2025-02-04", 15),
    "Spring Festival 2026": ("2026-02-15", "2026-02-23", 20),
    "National Day 2024": ("2024-10-01", "2024-10-07", 15),
    "National Day 2025": ("2025-10-01", "2025-10-08", 15),
    "National Day 2026": ("2026-10-01", "2026-10-07", 15),
    "29 February": ("2024-02-29", "2024-02-29", 10),
    "year ends into 2027": ("2027-01-01", "2027-12-31", 15),
}


@pytest.mark.parametrize("season", SEASONS)
def test_the_examples_touch_every_season(season):
    first, last, least = SEASONS[season]

    touching = [row for row in EXAMPLES if _run(row)[0] <= last and _run(row)[1] >= first]

    assert len(touching) >= least


@pytest.mark.parametrize(
    ("kind", "least"),
    [
        ("a make-up day among those counted", 40),
        ("the last day of a month as start", 15),
        ("the last day of a month as due day", 15),
        ("counted backwards", 30),
        ("excluded time that overlaps", 2),
        ("an extension on the last day", 3),
        ("an extension one day late", 3),
        ("provisional", 15),
        ("rolled on from a rest day", 10),
    ],
)
def test_the_examples_are_of_every_kind(kind, least):
    assert len([row for row in EXAMPLES if KINDS[kind](row)]) >= least


def _run(row) -> tuple[str, str]:
    """The first and the last day of an example."""
    return tuple(sorted((row["start"], row["due"])))


def _month_end(text: str) -> bool:
    return (date.fromisoformat(text) + DAY).day == 1


def _make_up(row) -> bool:
    first, last = _run(row)
    worked = [f"{year}-{day}" for year, (_, days) in counting.NOTICES.items() for day in days]
    return row["unit"] == "working_day" and any(first < day <= last for day in worked)


def _overlaps(row) -> bool:
    spans = sorted(i.split("/") for i in row["excluded"].split())
    return any(a[1] > b[0] for a, b in pairwise(spans))


def _approved_after_end(row, days: int) -> bool:
    """Whether the first extension was approved that many days after the last day of the plain term."""
    if not row["extensions"]:
        return False
    spans = [tuple(map(date.fromisoformat, i.split("/"))) for i in row["excluded"].split()]
    start = date.fromisoformat(row["start"])
    end = counting.due_day(
        start, int(row["amount"]), row["unit"], excluded=spans, roll=row["direction"] == "after"
    )
    return min(extension_of(text).approved for text in row["extensions"].split()) == end + DAY * days


def _rolled(row) -> bool:
    if row["direction"] != "after" or row["unit"] == "working_day" or row["extensions"]:
        return False
    start = date.fromisoformat(row["start"])
    spans = [tuple(map(date.fromisoformat, i.split("/"))) for i in row["excluded"].split()]
    flat = counting.due_day(start, int(row["amount"]), row["unit"], excluded=spans, roll=False)
    return flat.isoformat() != row["due"]


KINDS = {
    "a make-up day among those counted": _make_up,
    "the last day of a month as start": lambda row: _month_end(row["start"]),
    "the last day of a month as due day": lambda row: _month_end(row["due"]),
    "counted backwards": lambda row: row["direction"] == "before",
    "excluded time that overlaps": _overlaps,
    "an extension on the last day": lambda row: _approved_after_end(row, 0),
    "an extension one day late": lambda row: _approved_after_end(row, 1),
    "provisional": lambda row: row["provisional"] == "yes",
    "rolled on from a rest day": _rolled,
}
