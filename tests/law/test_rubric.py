"""The standards by which case files are reviewed: dated data that names what there is, and what verdicts come to."""

from datetime import date

import pytest

from services.law import rubric
from services.law.parameters import load_layers
from services.law.procedures.measure import MEASURE
from services.law.procedures.penalty import PENALTY
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
MOVES = [m for p in (PENALTY, MEASURE) for table in p.tables for m in table.moves]
JUDGED = {name for m in MOVES for r in m.rules if r.warning for name in (r.reason, f"{m.act}:{r.reason}")}


@pytest.mark.parametrize("held", rubrics(), ids=lambda r: r.id)
def test_every_rule_that_a_standard_names_is_one_that_the_city_judges(held):
    named = {name for item in held.items for name in (*item.rules, *item.also)}

    assert named <= JUDGED
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
