"""How long somebody has held a post without a break, and what rests on an article: against slow and sure counts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enforcement.basis.resting import rests_on
from services.law.procedures.post import Stay, unbroken_since
from services.law.procedures.power import Norm, lapse

DAY_0 = datetime(2020, 1, 1, tzinfo=UTC)


def day(n: int) -> datetime:
    return DAY_0 + timedelta(days=n)


@st.composite
def stays(draw: st.DrawFn) -> list[tuple[int, int | None]]:
    """Stays that never meet, as days: from, until; the last may be open."""
    edges = sorted(draw(st.lists(st.integers(0, 30), max_size=10)))
    pairs = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False) if a < b]
    if pairs and draw(st.booleans()):
        pairs[-1] = (pairs[-1][0], None)
    return pairs


@given(stays(), st.integers(0, 40))
def test_a_post_is_held_since_the_last_day_on_which_it_was_not(
    held: list[tuple[int, int | None]], at: int
) -> None:
    since = at
    while any(a <= since - 1 and (b is None or since - 1 < b) for a, b in held):
        since -= 1

    found = unbroken_since(day(at), [Stay(day(a), None if b is None else day(b)) for a, b in held])

    assert found == day(since)


@given(st.lists(st.tuples(st.integers(0, 20), st.none() | st.integers(0, 20)), min_size=1, max_size=5))
def test_an_item_lapses_on_the_day_from_which_no_basis_is_in_force(
    bases: list[tuple[int, int | None]],
) -> None:
    norms = [Norm(1, day(a), None if b is None else day(a + b)) for a, b in bases]

    end = lapse(norms)

    far = day(1000)
    if end is None:
        assert any(n.in_force(far) for n in norms)
    else:
        assert not any(n.in_force(end) for n in norms)
        assert any(n.in_force(end - timedelta(microseconds=1)) for n in norms) or all(
            n.until_time == n.from_time for n in norms if n.until_time == end
        )


@pytest.mark.parametrize(
    ("text", "law", "article", "rests"),
    [
        ("《环境影响评价法》第三十一条", "环境影响评价法", "第三十一条", True),
        ("《中华人民共和国环境影响评价法》第三十一条第一款", "环境影响评价法", "第三十一条", True),
        ("《环境影响评价法》第三十一条", "《中华人民共和国环境影响评价法》", "第三十一条", True),
        ("《环境影响评价法》第三十一条之一", "环境影响评价法", "第三十一条", False),
        ("《环境影响评价法》第三十一条之一、第三十一条", "环境影响评价法", "第三十一条", True),
        ("《环境影响评价法》第三十一条之一", "环境影响评价法", "第三十一条之一", True),
        ("《水污染防治法》第三十一条、《环境影响评价法》第三条", "环境影响评价法", "第三十一条", False),
        ("《水污染防治法》第三条、《环境影响评价法》第三十一条", "水污染防治法", "第三条", True),
        ("《水污染防治法实施细则》第三条", "水污染防治法", "第三条", False),
        ("环境影响评价法第三十一条", "环境影响评价法", "第三十一条", True),
        ("《环境影响评价法》第三十一条", "环境影响评价法", "", True),
        ("《环境影响评价法》第三十一条", "大气污染防治法", "", False),
        ("", "环境影响评价法", "", False),
        ("《环境影响评价法》", "", "", False),
    ],
)
def test_what_rests_on_an_article(text: str, law: str, article: str, rests: bool) -> None:
    assert rests_on(text, law, article) is rests
