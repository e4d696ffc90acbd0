"""Statutes and articles are recognised however a text writes them."""

import pytest

from services.law.citation import cite, statutes
from services.law.naming import Named, named_in, number, plain, versions

WATER, AIR, EIA = "水污染防治法", "大气污染防治法", "环境影响评价法"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("《中华人民共和国水污染防治法》第八十三条第（二）项", [Named(WATER, 83, item=2)]),
        ("《水污染防治法》第八十三条第二项", [Named(WATER, 83, item=2)]),
        ("违反环境影响评价法第31条第一款", [Named(EIA, 31, para=1)]),
        ("环评法第三十一条第三款", [Named(EIA, 31, para=3)]),
        ("《 水污染防治法 》 第 八十三 条", [Named(WATER, 83)]),
        ("《水污染防治法（2017年修正）》第八十三条", [Named(WATER, 83, year=2017)]),
        ("《水污染防治法》（2017年修正）第八十三条", [Named(WATER, 83, year=2017)]),
        ("WAT-2017:83[2];APL-2021:37", [Named(WATER, 83, item=2, code="WAT-2017"), Named("行政处罚法", 37, code="APL-2021")]),
        ("《大气污染防治法》第九十九条、第一百条", [Named(AIR, 99), Named(AIR, 100)]),
        ("《水污染防治法》第十条，《大气污染防治法》第十八条", [Named(WATER, 10), Named(AIR, 18)]),
        ("《水污染防治法》第八十三条第（一）项、第（三）项", [Named(WATER, 83)]),
        ("《水污染防治法》第八十三条第（一）（三）项", [Named(WATER, 83)]),
        ("《水污染防治法》第八十三条第（一）项、第八十四条", [Named(WATER, 83, item=1), Named(WATER, 84)]),
        ("《示例法》第一百二十条之一第二款", [Named("示例法", 120, inserted=1, para=2)]),
        ("《水污染防治法》", [Named(WATER)]),
        ("《水污染防治法实施细则》第三条", [Named("水污染防治法实施细则", 3)]),
        ("海洋环境保护法第三条", [Named("海洋环境保护法", 3)]),
        ("环境保护法典第三条", []),
        ("水污染防治法实施细则第三条", []),
        ("示例法第一条", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_a_text_names(text, found):
    assert list(named_in(text)) == found


def test_a_title_that_is_asked_for_is_found_without_brackets():
    assert named_in("示例法第一条", "中华人民共和国示例法") == (Named("示例法", 1),)


@pytest.mark.parametrize(
    ("text", "value"), [("一", 1), ("十", 10), ("二十", 20), ("一百零二", 102), ("一千一百零七", 1107), ("1242", 1242)]
)  # fmt: skip
def test_numbers_of_articles(text, value):
    assert number(text) == value


@pytest.mark.parametrize("statute", statutes().values(), ids=lambda s: s.code)
def test_every_statute_is_recognised_as_it_is_cited(statute):
    """By its code, by its title in brackets and without, by its short title."""
    if statute.style != "article" or statute.level == "internal":
        return
    code = f"{statute.code}:3(2)"
    bare = [f"{title}第三条第二款" for title in (statute.title_zh, statute.short_zh) if "《" not in title]
    for text in (code, cite(code).text_zh, *bare):
        [named] = named_in(text)
        assert (named.article, named.para) == (3, 2), text
        assert statute in versions(named), text


def test_what_is_within_what():
    assert Named(WATER, 83, item=2).within(Named(WATER, 83)) and Named(WATER, 83).within(Named(WATER))
    assert not Named(WATER, 83).within(Named(WATER, 83, item=2))
    assert not Named(WATER, 30, inserted=1).within(Named(WATER, 30))
    assert not Named(WATER, 83).within(Named(AIR, 83))
    assert plain("《中华人民共和国 水污染防治法》") == WATER
