"""Which law holds for an act of a day: on both sides of 15 August 2026 (行政处罚法 37; 生态环境法典 1057, 1242)."""

from datetime import date, timedelta

import pytest

from services.law.citation import statutes
from services.law.concordance import (
    WEIGHS,
    Holds,
    bases_on,
    concordance,
    ended,
    names_statute,
    read_concordance,
)
from services.law.naming import named_in

DAY = date(2026, 8, 15)
BEFORE, AFTER = DAY - timedelta(1), DAY + timedelta(1)
TEN = (
    "EPL-2014",
    "EIA-2018",
    "MEL-2023",
    "AIR-2018",
    "WAT-2017",
    "SOI-2018",
    "SWL-2020",
    "NOI-2021",
    "RAD-2003",
    "CLP-2012",
)
HOLDS, CHOICE, LIGHTER, NOT_LAW = Holds


def judged(text, act, on):
    [basis] = bases_on(text, act, on)
    return basis


def test_ten_laws_ended_that_day():
    """EEC-2026:1242."""
    assert {s.code for s in ended(DAY)} - {s.code for s in ended(BEFORE)} == set(TEN)
    assert all(statutes()[code].replaced_by == "EEC-2026" for code in TEN)
    assert all(statutes()[code].in_force_on(BEFORE) and not statutes()[code].in_force_on(DAY) for code in TEN)
    assert statutes()["EEC-2026"].in_force == DAY


@pytest.mark.parametrize(
    ("text", "act", "on", "holds"),
    [
        # What is the same, or heavier now: the law of the day of the act, and once it ended, with the reason.
        ("《水污染防治法》第八十三条第（二）项", BEFORE, BEFORE, HOLDS),
        ("《水污染防治法》第八十三条第（二）项", BEFORE, DAY, CHOICE),
        ("《水污染防治法》第八十三条第（二）项", DAY, DAY, NOT_LAW),
        ("《大气污染防治法》第九十九条第（一）项", BEFORE, AFTER, CHOICE),
        ("《生态环境法典》第一千一百零七条", DAY, DAY, HOLDS),
        ("《生态环境法典》第一千一百零七条", BEFORE, DAY, NOT_LAW),
        # What is lighter now holds for older acts too, but not before it is law.
        ("环境影响评价法第三十一条第三款", BEFORE, BEFORE, HOLDS),
        ("环境影响评价法第三十一条第三款", BEFORE, DAY, LIGHTER),
        ("环境影响评价法第三十一条第三款", DAY, DAY, NOT_LAW),
        ("《生态环境法典》第一千零九十五条第三款", BEFORE, BEFORE, NOT_LAW),
        ("《生态环境法典》第一千零九十五条第三款", BEFORE, DAY, CHOICE),
        ("《生态环境法典》第一千零九十五条第三款", DAY, DAY, HOLDS),
        # Another measure: either may be the lighter one.
        ("环评法第三十一条第一款", BEFORE, DAY, CHOICE),
        ("《生态环境法典》第一千零九十五条第一款", BEFORE, DAY, CHOICE),
        # Several items of an article that changed in several ways.
        ("《水污染防治法》第八十三条", BEFORE, DAY, CHOICE),
        # Not read: nothing is chosen by itself.
        ("《海洋环境保护法》第九十三条", BEFORE, BEFORE, HOLDS),
        ("《海洋环境保护法》第九十三条", BEFORE, DAY, CHOICE),
        ("《海洋环境保护法》第九十三条", DAY, DAY, NOT_LAW),
        ("《排污许可管理条例》第三十三条", BEFORE, DAY, HOLDS),
        ("《排污许可管理条例》第三十三条", DAY, DAY, CHOICE),
        ("《城市供水条例》第三十条", date(2026, 5, 31), date(2026, 6, 1), CHOICE),
        ("《城市供水条例》第三十条", date(2026, 6, 1), date(2026, 6, 1), NOT_LAW),
        # The day of the act is not known.
        ("《水污染防治法》第八十三条第（二）项", None, BEFORE, HOLDS),
        ("《水污染防治法》第八十三条第（二）项", None, DAY, CHOICE),
        ("《生态环境法典》第一千一百零七条", None, DAY, HOLDS),
        ("《生态环境法典》第一千一百零七条", None, BEFORE, NOT_LAW),
        # Before the version that is kept.
        ("《水污染防治法》第八十三条", date(2017, 12, 31), DAY, HOLDS),
        ("《行政处罚法》第五十一条", DAY, DAY, HOLDS),
    ],
)  # fmt: skip
def test_which_law_holds_for_an_act_of_a_day(text, act, on, holds):
    assert judged(text, act, on).holds is holds


def test_what_stands_in_the_place_of_what():
    assert judged("《水污染防治法》第八十三条第（三）项", DAY, DAY).instead == ("EEC-2026:1108",)
    assert judged("《生态环境法典》第一千零九十五条第三款", BEFORE, DAY).instead == ("EIA-2018:31(3)",)
    unread = judged("《海洋环境保护法》第九十三条", BEFORE, DAY)
    assert unread.instead == ("EEC-2026",) and unread.gap.name == "marine_radioactive_cleaner"
    assert judged("《水污染防治法》第八十三条第（二）项", BEFORE, BEFORE).instead == ()


def test_a_law_that_is_not_known_is_not_judged():
    assert bases_on("《示例法》第一条，依据", DAY, DAY) == ()


def test_an_older_version_never_takes_the_place_of_what_ended():
    """Nobody cites the Penalty Law of 1996 for an act of today; an act of then is judged by it, for a reason."""
    assert judged("《行政处罚法（1996年）》第二十九条", DAY, DAY).holds is NOT_LAW
    assert judged("《行政处罚法》第二十九条", date(2021, 7, 14), date(2021, 7, 15)).statute.code == "APL-1996"
    assert judged("《行政处罚法》第二十九条", date(2021, 7, 14), date(2021, 7, 15)).holds is CHOICE


@pytest.mark.parametrize("change", concordance(), ids=lambda c: c.old[0])
def test_every_change_reads_both_ways_and_says_what_it_is(change):
    assert change.weighs in WEIGHS and change.zh and change.en
    for code in change.old:
        [named] = named_in(code)
        assert change.replaces(named)
        basis = judged(code, BEFORE, DAY)
        assert set(change.new) <= set(basis.instead)
        assert basis.holds is (LIGHTER if change.weighs == "lighter" else CHOICE)
        assert judged(code, DAY, DAY).holds is NOT_LAW
    for code in change.new:
        assert change.brings(named_in(code)[0])
        assert set(change.old) <= set(judged(code, BEFORE, DAY).instead)


def test_no_article_is_said_to_change_in_two_ways():
    weighed: dict[str, set[str]] = {}
    for change in concordance():
        for code in change.old:
            weighed.setdefault(code, set()).add(change.weighs)

    assert {code: ways for code, ways in weighed.items() if len(ways) > 1} == {}


def test_a_statute_is_found_in_a_text():
    water = statutes()["WAT-2017"]
    assert [
        n.article for n in names_statute("《水污染防治法》第十条，《大气污染防治法》第十八条", water)
    ] == [10]


GOOD = '[[change]]\nold = ["WAT-2017:83[2]"]\nnew = ["EEC-2026:1107"]\nweighs = "same"\nzh = "示例"\nen = "example"\n'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('weighs = "same"', 'weighs = "milder"'), "weighs is one of"),
        (('["WAT-2017:83[2]"]', '["WAT-2017:183[2]"]'), "articles 1 to 103"),
        (('["EEC-2026:1107"]', '["APL-2021:37"]'), "not replaced by"),
        (('zh = "示例"', ""), "zh"),
        (('en = "example"', 'en = "x"\nold_fine = [1, 2]\nnew_fine = [1, 3]'), "the new law is heavier"),
        (('en = "example"', 'en = "x"\nold_fine = [2, 2]\nnew_fine = [1, 2]'), "the new law is lighter"),
    ],
)
def test_a_wrong_change_is_refused(tmp_path, change, said):
    file = tmp_path / "concordance.toml"
    file.write_text(GOOD, "utf-8")
    assert len(read_concordance(file)) == 1

    file.write_text(GOOD.replace(*change), "utf-8")
    with pytest.raises(ValueError, match=said):
        read_concordance(file)
