"""Schemes of assessment: what is refused when a layer is read, and how points follow from what was counted."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.law.assessment import WHOLE, By, Grade, Indicator, Post, grade_for, scheme_of
from services.law.layer import read_layer
from services.law.parameters import load_layers

NATIONAL = Path("services/law/layers/national_assessment.toml")
Change = Callable[[dict[str, Any]], object]


def entry() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(NATIONAL.read_text("utf-8"))["assessment"]["responsibility"]
    return found


def end(scheme: dict[str, Any], id: str) -> dict[str, Any]:
    return next(each for each in scheme["indicator"] if each["id"] == id)


def test_the_shipped_scheme_holds_from_its_year_on_where_nobody_sets_another() -> None:
    layers = load_layers([])

    scheme = layers.assessment(2026)
    assert scheme is not None and sum(each.weight for each in scheme.ends) == WHOLE
    assert layers.assessment(2025) is None


BROKEN: dict[str, tuple[Change, str]] = {
    "the sum of fines": (lambda s: end(s, "1.1").update(counts="penalty", only=()), "FINE_TARGET_FORBIDDEN"),
    "fines of a kind": (
        lambda s: end(s, "1.1").update(counts="penalty.fine", only=()),
        "FINE_TARGET_FORBIDDEN",
    ),
    "how many cases were filed": (
        lambda s: end(s, "1.1").update(counts="case.filed", only=()),
        "FINE_TARGET_FORBIDDEN",
    ),
    "an amount": (lambda s: end(s, "1.1").update(counts="no_penalty", only=()), "FINE_TARGET_FORBIDDEN"),
    "fines in a title": (
        lambda s: end(s, "4.1").update(title_zh="罚没收入完成情况"),
        "FINE_TARGET_FORBIDDEN",
    ),
    "fines in a standard": (
        lambda s: end(s, "4.1").update(standard_zh="按罚款金额评分"),
        "FINE_TARGET_FORBIDDEN",
    ),
    "fines in English": (
        lambda s: end(s, "4.1").update(standard_en="by the number of fines"),
        "FINE_TARGET_FORBIDDEN",
    ),
    "a heading of fines": (lambda s: end(s, "4").update(title_zh="办案数量"), "FINE_TARGET_FORBIDDEN"),
    "weights that make more": (lambda s: end(s, "1.1").update(weight=10_01), "10001"),
    "no weight": (lambda s: end(s, "1.1").update(weight=0), "has no weight"),
    "an unknown figure": (lambda s: end(s, "1.1").update(counts="none"), "no figure 'none'"),
    "an unknown clock": (lambda s: end(s, "2.1").update(only=["PEN-99"]), "no clock PEN-99"),
    "what cannot be told apart": (lambda s: end(s, "3.1").update(only=["x"]), "cannot be told apart"),
    "a share of nothing": (lambda s: end(s, "1.1").pop("per"), "is a part of no figure"),
    "points given for what is counted": (lambda s: end(s, "1.1").update(per=-1), "is a part of no figure"),
    "a part of a point": (lambda s: end(s, "1.1").update(per=0.5), "whole number"),
    "no article": (lambda s: end(s, "1.1").pop("law"), "rests on no article"),
    "an article that there is not": (lambda s: end(s, "1.1").update(law="NONE:1"), "NONE"),
    "a person without a standard": (lambda s: end(s, "4.1").pop("standard_en"), "written standard"),
    "a person who counts": (lambda s: end(s, "4.1").update(counts="warning"), "is not counted"),
    "nobody who scores": (lambda s: end(s, "1.1").pop("by"), "or does neither"),
    "a scorer that there is not": (lambda s: end(s, "1.1").update(by="ANYBODY"), "ANYBODY"),
    "one id twice": (lambda s: end(s, "1.2").update(id="1.1"), "an id of their own"),
    "what stands above and is not there": (lambda s: end(s, "1.2").update(id="9.1"), "9 stands above"),
    "a weight above": (lambda s: end(s, "1").update(weight=1), "their sum"),
    "a grade too few": (lambda s: s["grades"].pop("GOOD"), "grades are"),
    "grades in no order": (lambda s: s["grades"].update(GOOD=95_00), "grades are"),
    "a day within a year": (
        lambda s: s.update(since=tomllib.loads("d = 2026-02-01")["d"]),
        "first day of a year",
    ),
    "an unknown word": (lambda s: end(s, "1.1").update(bonus=1), "bonus"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_scheme_that_cannot_be_is_refused(name: str) -> None:
    change, said = BROKEN[name]
    scheme = entry()
    change(scheme)

    with pytest.raises((ValueError, TypeError), match=said.replace("(", r"\(")):
        scheme_of("broken", scheme)


def test_what_is_refused_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "city.toml"
    text = NATIONAL.read_text("utf-8").replace(
        'name = "national"\nkind = "national"', 'name = "here"\nkind = "city"'
    )
    file.write_text(text.replace('counts = "deadline.missed"', 'counts = "penalty.fine"'), "utf-8")

    with pytest.raises(ValueError, match=r"city.toml:9: responsibility: 2.1: FINE_TARGET_FORBIDDEN"):
        read_layer(file)


def tree(*shape: int) -> list[dict[str, Any]]:
    """A tree with so many indicators on each level, one ends of which are scored by a person."""
    rows: list[list[str]] = [[str(n + 1) for n in range(shape[0])]]
    for many in shape[1:]:
        above = rows[-1]
        rows.append([f"{above[n % len(above)]}.{n // len(above) + 1}" for n in range(many)])
    last, weight = rows[-1], WHOLE // len(rows[-1])
    scored = {
        "law": "GBF-2005-37:3", "by": "PERSON", "standard_zh": "按标准评分", "standard_en": "By the standard",
    }  # fmt: skip
    made = [{"id": id, "title_zh": "指标", "title_en": "Indicator"} for row in rows[:-1] for id in row]
    made += [
        {"id": id, "title_zh": "指标", "title_en": "Indicator", "weight": weight, **scored} for id in last
    ]
    made[-1]["weight"] += WHOLE - weight * len(last)
    return made


@pytest.mark.parametrize("shape", [(5, 17, 60), (3, 9), (12,)])
def test_a_tree_of_any_shape_is_a_scheme(shape: tuple[int, ...]) -> None:
    scheme = scheme_of("tree", {**entry(), "indicator": tree(*shape)})

    depths = [each.id.count(".") for each in scheme.indicators]
    assert tuple(depths.count(depth) for depth in range(len(shape))) == shape
    assert len(scheme.ends) == shape[-1]


def indicator(**more: Any) -> Indicator:
    return Indicator("1", "指标", "Indicator", "GBF-2005-37:3", 10_00, By.MACHINE, **more)


def test_points_are_taken_off_for_each_or_by_the_share_and_never_below_nothing() -> None:
    each, share = indicator(counts="warning", per=3_00), indicator(counts="remedy.corrected")

    assert [each.points(n, n) for n in (0, 1, 3, 4)] == [10_00, 7_00, 1_00, 0]
    assert [share.points(n, 3) for n in (0, 1, 3, 4)] == [10_00, 666, 0, 0]
    assert share.points(0, 0) == 10_00
    assert share.satisfied(2, 3) == 666


def test_a_grade_follows_from_the_points() -> None:
    scheme = scheme_of("national", entry())

    assert [grade_for(points, scheme.grades) for points in (100_00, 90_00, 89_99, 79_99, 60_00, 59_99, 0)] == [
        Grade.EXCELLENT, Grade.EXCELLENT, Grade.GOOD, Grade.PASSED, Grade.PASSED, Grade.FAILED, Grade.FAILED,
    ]  # fmt: skip


def test_a_citys_own_scheme_goes_before_the_national_one_from_its_year_on(tmp_path: Path) -> None:
    head = 'name = "here"\nkind = "city"\nextends = "national"'
    text = NATIONAL.read_text("utf-8").replace('name = "national"\nkind = "national"', head)
    (tmp_path / "here.toml").write_text(
        text.replace("2026-01-01", "2027-01-01").replace("responsibility", "own"), "utf-8"
    )
    layers = load_layers([tmp_path / "here.toml"], "here")

    assert [getattr(layers.assessment(year), "name", None) for year in (2025, 2026, 2027, 2030)] == [
        None, "responsibility", "own", "own",
    ]  # fmt: skip


def test_a_citys_tree_of_5_17_60_indicators_is_read_where_its_ends_make_a_hundred(tmp_path: Path) -> None:
    """Five of the first level, seventeen of the second, sixty of the third, as assessments of responsibility are laid out."""
    seconds, thirds = (4, 4, 3, 3, 3), iter([*[4] * 9, *[3] * 8])
    tree, weights = [], [*[170] * 40, *[160] * 20]
    for first, many in enumerate(seconds, 1):
        tree.append({"id": f"{first}", "title_zh": f"一级{first}", "title_en": f"First {first}"})
        for second in range(1, many + 1):
            above = f"{first}.{second}"
            tree.append({"id": above, "title_zh": f"二级{above}", "title_en": f"Second {above}"})
            tree += [
                {
                    "id": f"{above}.{third}", "title_zh": f"三级{above}.{third}", "title_en": f"Third {above}.{third}",
                    "law": "GBF-2005-37:3", "by": "PERSON", "weight": weights.pop(), "standard_zh": "逐项核查",
                    "standard_en": "Looked at one by one",
                }
                for third in range(1, next(thirds) + 1)
            ]  # fmt: skip
    said = {**entry(), "indicator": tree}

    scheme = scheme_of("tree", said)

    assert [sum(each.id.count(".") == n for each in scheme.indicators) for n in range(3)] == [5, 17, 60]
    assert len(scheme.ends) == 60 and sum(each.weight for each in scheme.ends) == WHOLE
    end(said, "5.3.1")["weight"] += 1
    with pytest.raises(ValueError, match="10001"):
        scheme_of("tree", said)


def test_a_body_and_a_post_have_schemes_of_their_own(tmp_path: Path) -> None:
    head = 'name = "here"\nkind = "city"\nextends = "national"'
    text = NATIONAL.read_text("utf-8").replace('name = "national"\nkind = "national"', head)
    text = text.replace("[assessment.responsibility]", '[assessment.responsibility]\nbodies = ["某局"]')
    text = text.replace('post = "STAFF"', 'post = "CHIEF"')
    text = re.sub(r"^(\[+)assessment\.", r"\1assessment.own_", text, flags=re.MULTILINE)
    (tmp_path / "here.toml").write_text(text, "utf-8")
    layers = load_layers([tmp_path / "here.toml"], "here")

    def named(*asked: Any) -> str:
        scheme = layers.assessment(2026, "", *asked)
        return scheme.name if scheme is not None else ""

    assert [named(), named("他局"), named("某局")] == [
        "responsibility",
        "responsibility",
        "own_responsibility",
    ]
    posts = [named("某局", post) for post in (Post.STAFF, Post.CHIEF, Post.DEPUTY)]
    assert posts == ["staff", "own_staff", ""]


OF_A_POST: dict[str, tuple[Change, str]] = {
    "what nobody knows whose it is": (
        lambda s: end(s, "1").update(counts="complaint.founded", only=(), per=1),
        "does not tell whose it is",
    ),
    "what the public says": (
        lambda s: end(s, "3").update(by="SURVEY"),
        "of the body, not of a post",
    ),
    "a score by nobody": (lambda s: end(s, "3").pop("scorer"), "says who does"),
    "a count that somebody scores": (lambda s: end(s, "1").update(scorer="UNIT_HEAD"), "nothing else does"),
    "no days for a recheck": (lambda s: s.pop("recheck"), "recheck"),
    "a quota of more than all": (lambda s: s.update(quotas={"EXCELLENT": 101}), "in a hundred"),
    "a quota of a body": (lambda s: (s.pop("post"), end(s, "3").pop("scorer")), "are of a scheme for people"),
    "a post that there is not": (lambda s: s.update(post="MAYOR"), "MAYOR"),
    "a body without a name": (lambda s: s.update(bodies=[" "]), "names of bodies"),
}


@pytest.mark.parametrize("what", OF_A_POST)
def test_a_scheme_of_a_post_that_cannot_count_is_refused(what: str) -> None:
    change, says = OF_A_POST[what]
    scheme: dict[str, Any] = tomllib.loads(NATIONAL.read_text("utf-8"))["assessment"]["staff"]
    change(scheme)

    with pytest.raises((ValueError, TypeError), match=says):
        scheme_of("staff", scheme)
