"""Numbers of persons and bodies: their one spelling, and the true reason for each that is not right (GB 11643, GB 32100)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.given.people import credit_code, id_number
from services.law.identity import spelt, why_no_credit_code, why_no_id_number

TODAY = date(2026, 3, 2)
GOOD = id_number(1)
CODE = credit_code(1)
OTHER = {"0": "1"}


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        GOOD.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}),
        f" {GOOD[:6]} {GOOD[6:14]}\u00a0{GOOD[14:]}\u3000",
        f"\u202a{GOOD}\u202c",
        f"\ufeff{GOOD[:3]}\u200b{GOOD[3:]}\u00ad",
    ],
)
def test_what_is_in_no_doubt_has_one_spelling(written: str) -> None:
    assert spelt(written) == GOOD
    assert why_no_id_number(spelt(written), TODAY) is None


def test_small_letters_are_read_as_capitals() -> None:
    assert spelt("11440700mb2c07549t") == "11440700MB2C07549T"
    assert spelt("４４０７００１９８８０２２９００６ｘ") == "44070019880229006X"


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        (f"{GOOD}.", "第19个字符“.”（U+002E）应为数字", 'holds "." (U+002E) at 19'),
        (GOOD.replace("0", "O", 1), "第5个字符“O”（U+004F）应为数字，疑为数字0", "perhaps a 0"),
        (f"{GOOD}（身份证）", "第19个字符“（”", "at 19"),
        (f"‘{GOOD}", "第1个字符“‘”", "U+2018"),
        (f"{GOOD[:6]}-{GOOD[6:]}", "第7个字符“-”", 'holds "-"'),
        (f"*{GOOD}", "第1个字符“*”", 'holds "*"'),
        ("²" + GOOD[1:], "第1个字符“²”", "U+00B2"),
        ("٣" + GOOD[1:], "第1个字符“٣”", "U+0663"),
        (f"{GOOD[:16]}X{GOOD[17:]}", "第17个字符“X”", 'holds "X"'),
        (f"{GOOD[:5]}\0{GOOD[5:]}", "第6个字符U+0000", "holds U+0000"),
        (f"{GOOD[:3]}***********{GOOD[-4:]}", "已作掩码处理", "is masked"),
        ("440700850305001", "15位的第一代居民身份证号，自2013年起已停止使用", "out of use since 2013"),
        (GOOD[:17], "有17个字符，应为18个", "has 17 characters"),
        ("", "有0个字符", "has 0 characters"),
        (f"{GOOD[:6]}19850230{GOOD[14:]}", "第7至14位不是有效的出生日期", "no day at places 7 to 14"),
        (f"{GOOD[:6]}20270101{GOOD[14:]}", "尚未到来", "still to come"),
        (GOOD[:17] + OTHER.get(GOOD[17], "0"), "校验位不正确", "check digit"),
    ],
)
def test_an_id_number_is_refused_for_what_is_wrong_with_it(number: str, zh: str, en: str) -> None:
    wrong = why_no_id_number(number, TODAY)

    assert wrong is not None and en in wrong[0] and zh in wrong[1]


@pytest.mark.parametrize("code", [CODE, "11440700MB2C002080", "N2440703MF01234512", "Y1440703MB2A000118"])
def test_a_code_may_begin_with_letters(code: str) -> None:
    assert why_no_credit_code(code) is None


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("11440700MI2C07549T", "第10个字符“I”（U+0049）不在GB 32100所用字符之内", 'holds "I" (U+0049) at 10'),
        ("11440700mb2c07549t", "第9个字符“m”", 'holds "m"'),
        ("1144A700MB2C002080", "第5个字符“A”（U+0041）应为数字（第3至8位为行政区划代码）", "area's digits"),
        (f"{CODE}0", "有19个字符", "has 19 characters"),
        (CODE[:17] + OTHER.get(CODE[17], "0"), "校验位不正确", "check character"),
    ],
)
def test_a_code_is_refused_for_what_is_wrong_with_it(code: str, zh: str, en: str) -> None:
    wrong = why_no_credit_code(code)

    assert wrong is not None and en in wrong[0] and zh in wrong[1]


@given(some.text(max_size=24))
def test_a_spelling_is_its_own_spelling_and_every_text_has_an_answer(text: str) -> None:
    once = spelt(text)

    assert spelt(once) == once
    assert why_no_id_number(once, TODAY) and why_no_credit_code(once)
