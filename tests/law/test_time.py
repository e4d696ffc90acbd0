"""On every day the law gives exactly one answer, or a declared gap: around every day on which something changes, and at
month ends from 2019 to 2028.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.law.citation import ended, statutes
from services.law.gap import KINDS, earlier, gap_at, gaps, read_gaps
from services.law.layer import Dated, Parameter
from services.law.naming import named_in, versions
from services.law.parameters import Layers, national, packs
from services.law.statute import catalogue

MONTH_ENDS = [date(y, m, monthrange(y, m)[1]) for y in range(2019, 2029) for m in range(1, 13)]
LAYERS = Layers(national())
NUMBERS = [(key, "") for key in LAYERS.keys] + [
    (key, pack.name) for pack in packs() for key in pack.parameters
]


def changes() -> set[date]:
    """Every day on which a statute, a clock or a number begins or ends."""
    found = {s.in_force for s in statutes().values()} | {
        s.repealed for s in statutes().values() if s.repealed
    }
    found |= {since for clock in catalogue().values() for since, _ in clock.terms}
    for layer in (national(), *packs()):
        found |= {value.since for p in layer.parameters.values() for value in p.values}
        found |= {t["since"] for entry in layer.clocks.values() for t in entry.get("term", ())}
    return found


DAYS = sorted({day + timedelta(n) for day in changes() for n in (-1, 0, 1)} | set(MONTH_ENDS))


def excused(law: str, first: date, day: date) -> bool:
    """Whether a declared gap says that nothing is known of a day."""
    return (day < first and earlier().does == "warn") or gap_at(law, day) is not None


@pytest.mark.parametrize("clock", catalogue().values(), ids=lambda c: c.id)
def test_a_clock_has_one_term_on_every_day_or_a_declared_gap(clock):
    for day in DAYS:
        if clock.in_force(day):
            begun = [term for since, term in clock.terms if since <= day]
            assert clock.term_on(day) == begun[-1]
        else:
            with pytest.raises(ValueError):
                clock.term_on(day)
            assert excused(clock.law, clock.terms[0][0], day), day


@pytest.mark.parametrize(("key", "sector"), NUMBERS, ids=lambda x: x or "all")
def test_a_number_has_one_value_on_every_day_or_a_declared_gap(key, sector):
    first = LAYERS.national.parameters[key].values[0]
    for day in DAYS:
        try:
            found = LAYERS.value(key, day, sector)
        except ValueError:
            assert excused(first.law, first.since, day), day
        else:
            assert not ended(found.citation.code, day)


@pytest.mark.parametrize("statute", statutes().values(), ids=lambda s: s.code)
def test_no_two_versions_of_a_statute_are_in_force_on_a_day(statute):
    same = versions(named_in(f"《{statute.title_zh}》")[0])
    for day in DAYS:
        assert sum(s.in_force_on(day) for s in same) <= 1, day
    if statute.repealed:
        assert statute.in_force_on(statute.repealed - timedelta(1)) and not statute.in_force_on(
            statute.repealed
        )


def test_what_replaces_a_statute_is_in_force_from_its_end():
    for statute in statutes().values():
        if statute.replaced_by:
            assert statutes()[statute.replaced_by].in_force == statute.repealed


def test_a_number_that_ended_leaves_no_older_one():
    """The value of a statute that was repealed is not followed by the one before it."""
    values = Dated(date(2000, 1, 1), 1, "APL-2021:51"), Dated(date(2018, 1, 1), 2, "WAT-2017:83")
    number = Parameter("x", "fen", values)

    assert number.on(date(2026, 8, 14)) == values[1]
    assert number.on(date(2026, 8, 15)) is None


def test_gaps_are_of_every_kind_and_cover_what_they_name():
    assert {gap.kind for gap in gaps().values()} == set(KINDS)
    assert gap_at("WAT-2017:83[2]", date(2026, 8, 15)).name == "articles_outside_the_concordance"
    assert gap_at("WAT-2017:83[2]", date(2026, 8, 14)) is None
    assert gap_at("EEC-2026:1054(1)", date(2026, 8, 15)).kind in KINDS
    assert gap_at("APL-2021:3", date(2026, 8, 15)) is None


GOOD = 'kind = "open_norm"\ndoes = "warn"\nlaws = ["APL-2021:37"]\nzh = "示例"\nen = "example"\n'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("open_norm", "opaque"), "kind is one of"),
        (("warn", "shrug"), "kind is one of"),
        (("APL-2021:37", "APL-2021:87"), "articles 1 to 86"),
        (("APL-2021:37", "NO-LAW"), "unknown statute"),
        (('laws = ["APL-2021:37"]', ""), "about articles"),
        (("示例", ""), "why"),
        (("zh", "zhong"), "zhong"),
    ],
)
def test_a_wrong_gap_is_refused(tmp_path, change, said):
    file = tmp_path / "gaps.toml"
    file.write_text(f"[example]\n{GOOD}", "utf-8")
    assert len(read_gaps(file)) == 1

    file.write_text(f"[example]\n{GOOD}".replace(*change), "utf-8")
    with pytest.raises(ValueError, match=f"gaps.toml: example: .*{said}"):
        read_gaps(file)


def test_a_clock_ends_with_its_statute():
    clock = replace(catalogue()["PEN-01"], law="WAT-2017:83")

    assert clock.in_force(date(2026, 8, 14)) and clock.term_on(date(2026, 8, 14)).amount == 2
    assert not clock.in_force(date(2026, 8, 15))
    with pytest.raises(ValueError, match="had ended"):
        clock.term_on(date(2026, 8, 15))
