"""The list of what is told to the superior: a city's own counts before the defaults, item by item and day by day."""

from datetime import date
from pathlib import Path

import pytest

from services.law.parameters import Layers, load_layers
from services.law.reportable import MatterKind, Superior

HEAD = """
[layer]
name = "here"
kind = "city"
[statute.HERE-REP]
title_zh = "本市重大事项请示报告办法"
title_en = "Measures of the City on Important Matters"
short_zh = "请示报告办法"
in_force = 2020-01-01
level = "local"
"""
OWN = """
[matter.REP-02]
kind = "REPORT"
to = "GOVERNMENT"
title_zh = "群体性事件"
title_en = "A collective event"
terms = [
    { since = 2020-01-01, amount = 4, unit = "hour", law = "HERE-REP" },
    { since = 2026-01-01, amount = 1, unit = "hour", law = "HERE-REP" },
]
[matter.REP-05]
kind = "REPORT"
to = "OVERSIGHT"
title_zh = "其他"
title_en = "Other"
until = 2025-12-31
terms = [{ since = 2020-01-01, amount = 5, unit = "working_day", law = "HERE-REP" }]
[matter.REQ-50]
kind = "REQUEST"
to = "GOVERNMENT"
title_zh = "拆除历史建筑"
title_en = "Pulling down a listed building"
terms = [{ since = 2020-01-01, amount = 20, unit = "working_day", law = "HERE-REP" }]
"""


def city(folder: Path, text: str) -> Layers:
    path = folder / "here.toml"
    path.write_text(HEAD + text, "utf-8")
    return load_layers([path], "here")


def test_a_citys_own_item_counts_and_the_defaults_fill_the_rest(tmp_path: Path) -> None:
    layers = city(tmp_path, OWN)

    def on(day: date) -> dict[str, tuple[int, str]]:
        found = ((item.code, item.on(day)) for item in layers.reportable(day))
        return {code: (within.term.amount, within.law) for code, within in found if within is not None}

    then, now = on(date(2025, 12, 31)), on(date(2026, 1, 1))
    assert (then["REP-02"], now["REP-02"]) == ((4, "HERE-REP"), (1, "HERE-REP"))
    assert then["REP-05"] == (5, "HERE-REP") and "REP-05" not in now, "an item of the city ends the default"
    assert now["REP-01"] == (2, "INTERNAL") and now["REQ-50"] == (20, "HERE-REP")
    [own] = [item for item in layers.reportable(date(2026, 1, 1)) if item.code == "REQ-50"]
    assert (own.kind, own.to) == (MatterKind.REQUEST, Superior.GOVERNMENT)


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ('"hour"', '"month"', "a term is one or more of hour"),
        ("amount = 4", "amount = 0", "a term is one or more of hour"),
        ("amount = 4", "amount = true", "whole number"),
        ('to = "GOVERNMENT"', 'to = "PARTY"', "is not a valid Superior"),
        ('"群体性事件"', '" "', "a title in both languages"),
        ("since = 2026-01-01", "since = 2019-01-01", "overlap"),
        ("until = 2025-12-31", 'until = "2025"', "until is a day"),
        ('law = "HERE-REP" },', 'law = "NONE-1" },', "NONE-1"),
        ('law = "HERE-REP" },', 'law = "HERE-REP", count = 1 },', "a term has no count"),
        ('law = "HERE-REP" },', 'law = "GD-FILE:1" },', "binds only"),
    ],
)
def test_what_can_be_no_item_is_refused(tmp_path: Path, right: str, wrong: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        city(tmp_path, OWN.replace(right, wrong, 1))
