"""The violations of the demonstration: real ranges, and bands that keep to them."""

import re
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from services.demo.cast import DEPARTMENTS
from services.demo.stories import SIZES, fitting
from services.demo.violations import (
    LONGEST,
    ORGANISATION,
    BadViolations,
    band_ranges,
    benchmark,
    choices,
    occurred,
    read,
    violations,
)
from services.law.calendar import SHANGHAI
from services.law.concordance import Holds, bases_on
from services.law.discretion.measure import Party, measured_band

EVERY = [pytest.param(v, id=v.id) for v in violations().values()]

GOOD = """
[[violation]]
id = "T-1"
node = "huanbao"
statute = "大气污染防治法"
article = "第九十九条第（二）项"
breach = "第十八条"
title = "示例"
kinds = ["FINE"]
fine = [100000, 1000000]
parties = ["ORGANISATION"]
correction = "责令改正"
bands = ["轻", "重"]
clues = ["示例"]
"""


@pytest.mark.parametrize("violation", EVERY)
def test_names_an_article_of_a_statute(violation):
    article = re.compile(
        r"第[一二三四五六七八九十百千零]+条(第[一二三四五六七八九十]+款)?(第（[一二三四五六七八九十]+）项)?"
    )

    assert article.fullmatch(violation.article), violation.article
    assert article.fullmatch(violation.breach), violation.breach
    assert violation.statute in violation.basis
    assert violation.statute.endswith(("法", "法典", "条例", "规定", "办法"))


@pytest.mark.parametrize("violation", EVERY)
def test_bands_cover_the_range_of_the_article_and_no_more(violation):
    bands = band_ranges(violation)
    low, high = violation.fine or violation.rate or (0, 0)
    unit = 100 if violation.rate else 1

    assert bands[0][0] == low * unit
    assert bands[-1][1] == high * unit
    assert all(before[1] == after[0] for before, after in pairwise(bands))


@pytest.mark.parametrize("violation", EVERY)
def test_what_is_made_up_says_so(violation):
    item = benchmark(violation)

    assert "示例" in item.basis
    assert all("示例" in band.circumstances and "示例" in band.standard for band in item.bands)


@pytest.mark.parametrize("department", DEPARTMENTS, ids=lambda d: d.node)
def test_every_fine_that_may_be_meant_lies_in_its_band(department):
    offered = list(choices(department.node))

    for choice in offered:
        band = benchmark(choice.violation).bands[choice.band]
        penalty = choice.penalty()
        party = Party(choice.party != ORGANISATION)
        assert measured_band(band, penalty, party).holds(penalty.fine.fen), choice
    assert len(offered) > 30


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("fine = [1000000, 100000]", "does not go up"),
        ("fine = [-1, 100000]", "does not go up"),
        ("fine = [1, 2]\nrate = [1, 5]", "both a fine and a rate"),
        ("rate = [1, 5]", "rate of no base"),
        ("", "FINE without a range"),
        ("fine = [1, 2]\nfined = true", "fined"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, change: str, said: str):
    file = tmp_path / "violations.toml"
    file.write_text(GOOD.replace("fine = [100000, 1000000]", change), "utf-8")

    with pytest.raises(BadViolations, match=f"T-1.*{said}"):
        read(file)


def test_an_entry_stands_once(tmp_path: Path):
    file = tmp_path / "violations.toml"
    file.write_text(GOOD + GOOD, "utf-8")

    with pytest.raises(BadViolations, match="T-1: stands twice"):
        read(file)


DAY = date(2026, 8, 15)


@pytest.mark.parametrize("node", ["huanbao", "chengguan"])
@pytest.mark.parametrize("found", [DAY - timedelta(n) for n in (200, 119, 30, 1, 0, -1, -30, -200)])
def test_every_case_rests_on_the_law_of_its_act(node, found):
    """On both sides of the day of the Code: as it is filed, and as it is decided some months on."""
    rng, at = Random(1), datetime.combine(found, time(10), SHANGHAI)
    kinds = set()
    for size in SIZES if node == "chengguan" else SIZES.keys() - {"warning"}:
        for violation in {c.violation for c in fitting(node, size, found)}:
            act = occurred(rng, violation, at).astimezone(SHANGHAI).date()
            basis = f"{violation.law}，{violation.basis}"
            for judged in (found, found + LONGEST):
                holds = {b.holds for b in bases_on(basis, act, judged)}
                assert holds <= {Holds.HOLDS, Holds.CHOICE}, (violation.id, act, judged, holds)
            kinds.add(violation.statute == "生态环境法典")
    assert True in kinds if found >= DAY else kinds == {False}


def test_articles_of_the_demonstration_are_in_the_concordance_or_left_out():
    """What is pursued under the Code took the place of what was pursued before."""
    old = {v for v in violations().values() if v.until and any(s.replaced_by for s in _statutes(v))}
    new = {
        v.node: {
            b.code
            for w in violations().values()
            if w.since and w.node == v.node
            for b in bases_on(w.basis, DAY, DAY)
        }
        for v in old
    }
    left_out = {"HB-SOLID-112-1", "HB-SOLID-102-8", "HB-AIR-108-1", "CG-SOLID-111-4"}
    for violation in old:
        [basis] = bases_on(violation.basis, DAY, DAY)
        found = {_article(code) for code in basis.instead} & {_article(code) for code in new[violation.node]}
        assert bool(found) is (violation.id not in left_out), (violation.id, basis.instead)


def _statutes(violation):
    return [b.statute for b in bases_on(violation.basis, DAY - timedelta(1), DAY - timedelta(1))]


def _article(code):
    return re.split(r"[(\[]", code)[0]
