"""The standards by which case files are reviewed: dated data that names what there is, and what verdicts come to."""

from datetime import date

import pytest

from services.law import rubric
from services.law.judged import judged, refuse_unjudged
from services.law.parameters import load_layers
from services.law.rubric import (
    FileKind,
    Grade,
    Kind,
    Result,
    Weighed,
    grade_of,
    rubric_of,
    rubrics,
    score_of,
    vetoed,
)

DAY = date(2026, 3, 2)


@pytest.mark.parametrize("held", rubrics(), ids=lambda r: r.id)
def test_every_rule_that_a_standard_names_is_one_that_the_city_judges(held):
    named = {name for item in held.items for name in (*item.rules, *item.also)}

    assert named <= judged()
    assert {item.kind for item in held.items} >= {Kind.VETO, Kind.POINTS}
    assert all(held.asked_of(kind) for kind in FileKind)


def test_a_field_goes_by_its_own_standard_and_the_others_by_the_general_one():
    assert (rubric_of("environment", DAY).id, rubric_of("market", DAY).id) == ("ENVIRONMENT", "GENERAL")
    assert rubric_of("environment", date(2024, 6, 1)).version == "2024"
    with pytest.raises(LookupError):
        rubric_of("market", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('rules = ["no rule"]', "names no rule"),
        ('clocks = ["PEN-99"]', "no clock"),
        ('has = ["party.colour"]', "no part of a case"),
    ],
)
def test_a_standard_that_names_what_there_is_not_is_refused(tmp_path, monkeypatch, text, says):
    whole = (rubric.FOLDER / "general.toml").read_text("utf-8")
    (tmp_path / "general.toml").write_text(whole.replace('clocks = ["PEN-15"]', text), "utf-8")
    monkeypatch.setattr(rubric, "FOLDER", tmp_path)

    with pytest.raises(ValueError, match=says):
        rubrics.__wrapped__()


def points(points: int, result: Result = Result.MET, lost: int = 0, kind: Kind = Kind.POINTS) -> Weighed:
    return Weighed(kind, points, result, lost)


def test_what_does_not_apply_counts_on_neither_side_and_what_is_unknown_never_as_met():
    asked = [points(6000), points(2000, Result.NOT_MET, 1000), points(2000, Result.NOT_APPLICABLE)]

    assert score_of("points", 0, asked) == 8750
    assert score_of("points", 0, [*asked, points(2000, Result.UNKNOWN)]) == 7000
    assert score_of("points", 0, [points(2000, Result.NOT_APPLICABLE)]) is None


def test_half_is_for_legality_and_what_papers_lack_is_taken_off_up_to_its_most():
    asked = [points(8000), points(2000, Result.NOT_MET, 1000)]
    lacks = [points(1500, Result.NOT_MET, 1500, Kind.BASE)] * 2
    veto = points(0, Result.NOT_MET, 0, Kind.VETO)

    assert score_of("halves", 2000, asked) == 9500
    assert score_of("halves", 2000, [*asked, *lacks]) == 7500
    assert score_of("halves", 2000, [*asked, veto]) == 0 and vetoed([veto])
    assert not vetoed([points(0, Result.UNKNOWN, 0, Kind.VETO)])


def test_the_grades_are_dated_and_a_veto_fails_whatever_the_points():
    least = rubric.thresholds(load_layers([]), DAY)

    assert [grade_of(score, least, veto=False) for score in (9000, 8999, 7500, 6000, 5999)] == [
        Grade.EXCELLENT, Grade.GOOD, Grade.GOOD, Grade.PASS, Grade.FAIL,
    ]  # fmt: skip
    assert grade_of(10_000, least, veto=True) is Grade.FAIL


OWN = """
[layer]
name = "own-city"
kind = "city"

[statute.OWN-FILE]
title_zh = "某市行政处罚案卷评查办法"
title_en = "Own City Measures on the Review of Files"
short_zh = "某市案卷评查办法"
in_force = 2026-01-01
level = "local"

[rubric.OWN]
version = "2026"
since = 2026-04-01
title_zh = "某市案卷评查标准"
title_en = "Own City standard"
law = "OWN-FILE:5"
sectors = []
formula = "halves"
base_most = 2000

[[rubric.OWN.item]]
id = "A1"
group = "主体"
kind = "veto"
zh = "执法人员少于两人"
en = "Fewer than two officers"
law = "OWN-FILE:6"
tests = { rules = ["TOO_FEW_OFFICERS"] }

[[rubric.OWN.item]]
id = "B1"
group = "程序"
kind = "points"
points = 6000
zh = "在法定期限内作出决定"
en = "Decided in time"
law = "OWN-FILE:7"
tests = { clocks = ["PEN-15"] }

[[rubric.OWN.item]]
id = "B2"
group = "文书"
kind = "points"
points = 4000
zh = "结案报告"
en = "The closing report"
law = "OWN-FILE:7"
tests = { has = ["close_report"] }

[[rubric.OWN.item]]
id = "C1"
group = "文书"
kind = "base"
points = 500
zh = "文书用语不规范"
en = "Wording of papers"
law = "OWN-FILE:8"
"""


def city(folder, text=OWN):
    (folder / "own-city.toml").write_text(text, "utf-8")
    return refuse_unjudged(load_layers([folder / "own-city.toml"], "own-city"))


def test_a_citys_own_standard_holds_from_its_day_on_and_a_fields_own_goes_before_it(tmp_path):
    layers = city(tmp_path)

    held = [layers.rubric("market", day).id for day in (date(2026, 3, 31), date(2026, 4, 1))]
    assert held == ["GENERAL", "OWN"]
    assert layers.rubric("environment", date(2026, 4, 1)).id == "ENVIRONMENT"
    own = layers.rubric("market", date(2026, 4, 1))
    assert layers.rubric_kept("OWN", own.digest) is own and [i.kind for i in own.items] == [
        Kind.VETO, Kind.POINTS, Kind.POINTS, Kind.BASE,
    ]  # fmt: skip
    sectors = city(tmp_path, OWN.replace("sectors = []", 'sectors = ["environment"]'))
    assert sectors.rubric("environment", date(2026, 4, 1)).id == "OWN"
    assert sectors.rubric("market", date(2026, 4, 1)).id == "GENERAL"
    assert sectors.rubric_kept("OWN", own.digest) is None  # written otherwise


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("points = 4000", "points = 3900", "own-city.toml:13: OWN: the points of an ordinary file make 9900"),
        ("points = 4000", "points = -4000", "B2: points are a whole number"),
        ("points = 4000", "points = 40.5", "B2: points are a whole number"),
        ('kind = "veto"', 'kind = "veto"\npoints = 500', "A1: a veto has no points"),
        ("points = 500\n", "", "C1: a veto has no points, every other item has some"),
        ("base_most = 2000", "base_most = 9000", "base_most"),
        ("base_most = 2000\n", "", "base_most"),
        ('formula = "halves"', 'formula = "points"', "formula of halves"),
        ('formula = "halves"', 'formula = "thirds"', "no formula 'thirds'"),
        ('kind = "points"', 'kind = "points"\nfiles = ["ORDINARY"]', "asked of SUMMARY carries points"),
        ("TOO_FEW_OFFICERS", "NOBODY_LOOKS", "A1: the city judges no rule NOBODY_LOOKS"),
        ("PEN-15", "PEN-99", "no clock PEN-99"),
        ('id = "B2"', 'id = "B1"', "two items of one id"),
        ("rubric.OWN", "rubric.GENERAL", "is shipped"),
        ("since = 2026-04-01", 'since = "2026-04-01"', "since is a day"),
        ("OWN-FILE:7", "NO-FILE:7", "NO-FILE"),
        ('zh = "结案报告"', 'zh = " "', "both languages"),
    ],
)
def test_a_standard_of_a_city_whose_sums_or_weights_cannot_be_is_refused(tmp_path, old, new, says):
    many = old in ('kind = "points"', "rubric.OWN", "OWN-FILE:7")
    text = OWN.replace(old, new) if many else OWN.replace(old, new, 1)

    with pytest.raises(ValueError, match=says):
        city(tmp_path, text)


def test_two_standards_of_a_city_do_not_begin_on_one_day_for_the_same_field(tmp_path):
    twice = OWN + OWN[OWN.index("[rubric.OWN]") :].replace("rubric.OWN", "rubric.OTHER")

    with pytest.raises(ValueError, match="begin on one day"):
        city(tmp_path, twice)
    later = twice.rsplit("since = 2026-04-01", 1)
    layers = city(tmp_path, "since = 2027-01-01".join(later))
    assert layers.rubric("market", date(2027, 1, 1)).id == "OTHER"
