"""Citation codes and the texts they stand for."""

from datetime import date

import pytest

from services.law.citation import _known, chinese, cite, read_index, statutes


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        (
            "APL-2021:63(1)[2]",
            "《中华人民共和国行政处罚法》第六十三条第一款第（二）项",
            "Administrative Penalty Law (2021), art. 63(1), item (2)",
        ),
        (
            "APL-2021:64(1)",
            "《中华人民共和国行政处罚法》第六十四条第一款",
            "Administrative Penalty Law (2021), art. 64(1)",
        ),
        (
            "APL-2021:64[1]",
            "《中华人民共和国行政处罚法》第六十四条第（一）项",
            "Administrative Penalty Law (2021), art. 64, item (1)",
        ),
        ("CIV-2020:201(2)", "《中华人民共和国民法典》第二百零一条第二款", "Civil Code (2020), art. 201(2)"),
        (
            "CPL-2023:58-1",
            "《中华人民共和国民事诉讼法》第五十八条之一",
            "Civil Procedure Law (2023), art. 58-1",
        ),
        (
            "GBF-2015-58:12",
            "《国务院办公厅关于推广随机抽查规范事中事后监管的通知》第（十二）项",
            "Notice on Random Inspection (SC General Office [2015] No. 58), sec. 12",
        ),
        (
            "CITY-ERS:3(11)",
            "《健全行政执法机制（城市示范文本）》第三篇第十一部分",
            "Sound Enforcement Mechanisms (model text for cities), part 3(11)",
        ),
        ("GZ-SUP", "《贵州省行政执法监督办法》", "Guizhou Measures on Enforcement Supervision"),
    ],
)
def test_a_code_stands_for_its_texts(code, zh, en):
    cited = cite(code)

    assert (cited.code, cited.text_zh, cited.text_en) == (code, zh, en)


def test_several_articles_are_joined():
    cited = cite("APL-2021:56; APL-2021:85")

    assert cited.code == "APL-2021:56;APL-2021:85"
    assert cited.text_zh == "《中华人民共和国行政处罚法》第五十六条、《中华人民共和国行政处罚法》第八十五条"
    assert cited.text_en.endswith("art. 56; Administrative Penalty Law (2021), art. 85")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("APL-1949:1", "unknown statute 'APL-1949'"),
        ("APL-2021:87", "APL-2021 has articles 1 to 86"),
        ("APL-2021:0", "articles 1 to 86"),
        ("APL-2021", "names no article"),
        ("APL-2021:", "not of the form"),
        ("APL-2021:6(a)", "not of the form"),
        ("APL-2021:64[1](1)", "not of the form"),
        ("apl-2021:64", "not of the form"),
        ("", "not of the form"),
        ("APL-2021:64;", "not of the form"),
    ],
)
def test_a_code_that_says_nothing_is_refused(code, says):
    with pytest.raises(ValueError, match=says):
        cite(code)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (85, "八十五"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (305, "三百零五"), (1001, "一千零一"), (1010, "一千零一十"),
     (1260, "一千二百六十"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_articles_are_numbered_in_chinese(number, text):
    assert chinese(number) == text


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_no_article_has_such_a_number(number):
    with pytest.raises(ValueError, match="no article"):
        chinese(number)


ENTRY = 'title_zh = "某法"\ntitle_en = "Some Law"\nshort_zh = "某法"\nin_force = 2020-01-01\nlevel = "law"\n'


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (ENTRY.replace('"law"', '"custom"'), "unknown level 'custom'"),
        (ENTRY.replace("in_force = 2020-01-01\n", ""), "in_force"),
        (ENTRY + 'style = "verse"\n', "unknown style 'verse'"),
        (ENTRY + "colour = 1\n", "colour"),
        (ENTRY + "working_days = { amounts = [5] }\n", "article"),
    ],
)
def test_a_bad_index_is_refused(tmp_path, entry, says):
    (tmp_path / "index.toml").write_text("[X-2020]\n" + entry)

    with pytest.raises(ValueError, match=rf"index\.toml: X-2020: .*{says}"):
        read_index(tmp_path / "index.toml")


def test_a_statute_is_in_force_from_its_day_until_repealed():
    old, new = statutes()["APL-1996"], statutes()["APL-2021"]
    eve, day = date(2021, 7, 14), date(2021, 7, 15)

    assert old.in_force_on(eve) and not old.in_force_on(day)
    assert new.in_force_on(day) and not new.in_force_on(eve)


def test_a_statute_in_two_index_files_is_refused(tmp_path, monkeypatch):
    for name in ("index.toml", "index_more.toml"):
        (tmp_path / name).write_text("[X-2020]\n" + ENTRY)
    monkeypatch.setattr("services.law.citation.STATUTES", tmp_path)

    with pytest.raises(ValueError, match=r"index_more\.toml: X-2020 is already defined"):
        _known.__wrapped__()
