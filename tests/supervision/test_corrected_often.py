"""EW-26 at the city: one remedy counts once, in whatever order the city hears of them, and against its own body (GBF-2005-37)."""

import itertools

from yifa.enforcement.v1 import case_pb2

from tests.supervision.office import OPEN, WITHDRAWN, Office
from tests.supervision.warnings.ew_26_corrected_often import ANNULLED, UPHELD, ended, told

DAYS = [f"2026-09-{day:02} 10:00" for day in range(1, 8)]


async def often(office: Office) -> list[tuple[str, int]]:
    return sorted((w.case_id, w.state) for w in await office.warnings(rule_id="EW-26"))


async def test_four_remedies_are_too_few_to_say_anything(office: Office) -> None:
    office.clock("2026-09-11 09:00")
    for n in range(4):
        await told(office, ended(f"C-{n}", ANNULLED, DAYS[n]))

    assert await often(office) == []


async def test_the_remedy_that_makes_it_so_is_warned_of_in_whatever_order_they_become_known(
    office: Office,
) -> None:
    """Annulled on the first day; with the fifth remedy it is one in five. An earlier one, known late, makes it the fourth."""
    office.clock("2026-09-11 09:00")
    first, *rest = [ended(f"C-{n}", UPHELD if n else ANNULLED, DAYS[n]) for n in range(6)]
    for case in reversed(rest):
        await told(office, case)
    assert await often(office) == []

    await told(office, first)

    assert await often(office) == [("C-4", OPEN)], "the fifth to end, though the first was known last"
    await told(office, ended("C-9", UPHELD, "2026-08-30 10:00"))
    assert await often(office) == [("C-3", OPEN), ("C-4", WITHDRAWN)]


async def test_what_is_told_again_counts_once(office: Office) -> None:
    office.clock("2026-09-11 09:00")
    cases = [ended(f"C-{n}", UPHELD, DAYS[n]) for n in range(3)] + [ended("C-3", ANNULLED, DAYS[3])]
    for case in itertools.chain(cases, cases):
        await told(office, case)
    assert await often(office) == [], "four remedies, each told twice"

    await told(office, ended("C-4", UPHELD, DAYS[4]))
    assert await often(office) == [("C-4", OPEN)]


async def test_every_further_correction_is_warned_of_and_what_stands_is_not(office: Office) -> None:
    office.clock("2026-09-11 09:00")
    kinds = [UPHELD, UPHELD, UPHELD, UPHELD, ANNULLED, UPHELD, ANNULLED]
    for n, kind in enumerate(kinds):
        await told(office, ended(f"C-{n}", kind, DAYS[n]))

    assert await often(office) == [("C-4", OPEN), ("C-6", OPEN)]
    [warning] = [w for w in await office.warnings(rule_id="EW-26") if w.case_id == "C-6"]
    assert "7件" in warning.detail_zh and "2件" in warning.detail_zh and "29%" in warning.detail_zh


async def test_other_bodies_other_years_and_what_is_no_remedy_do_not_count(office: Office) -> None:
    """What a superior or the body itself put right was no remedy of the party; nor is the year before counted."""
    office.clock("2027-10-01 09:00")
    for n in range(4):
        await told(office, ended(f"C-{n}", UPHELD, DAYS[n]))
    await told(office, ended("C-4", ANNULLED, DAYS[4], body_id="B-2"))
    await told(office, ended("C-5", ANNULLED, DAYS[5], case_pb2.REMEDY_SUPERVISION))
    await told(office, ended("C-6", ANNULLED, "2027-09-20 10:00"))
    assert await often(office) == []

    await told(office, ended("C-7", ANNULLED, DAYS[6], case_pb2.REMEDY_SUIT))

    assert await often(office) == [("C-7", OPEN)]
