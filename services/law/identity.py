"""The numbers by which persons and bodies are known: their one spelling, and what is wrong with one that is not right.

Only what is in no doubt is mended: width and case of letters, blanks, what nobody sees. Any other mark is named, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from stdnum.cn import ric, uscc

Said = tuple[str, str]
FULL_WIDTH = {0xFF01 + at: 0x21 + at for at in range(94)}
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH, OLD_LENGTH = 18, 15
LOOKS_LIKE = {"O": "0", "I": "1", "L": "1"}
_NOT_IN_ID = re.compile(r"[^0-9X]|X(?!$)")
_NOT_IN_CODE = re.compile(f"[^{ALPHABET}]")
_NO_AREA = re.compile(r"(?<=^..)[0-9]*[^0-9]")


def spelt(number: str) -> str:
    """A number as it is kept and compared: half-width capitals, without blanks and without what nobody sees."""
    if not (number.isascii() and number.isalnum()):
        number = "".join(c for c in number.translate(FULL_WIDTH) if not _is_nothing(c))
    return number.upper()


def _is_nothing(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) == "Cf"


def why_no_id_number(number: str, today: date) -> Said | None:
    """What is wrong with a 公民身份号码, in both languages; None for a right one (GB 11643).

    The area code is not looked at: people hold numbers of areas whose code is younger than they are.
    """
    return next(_wrong_with_id_number(number, today), None)


def _wrong_with_id_number(number: str, today: date) -> Iterator[Said]:
    if "***" in number:
        yield "is masked; give the whole number", "已作掩码处理，请填写完整号码"
    if found := _NOT_IN_ID.search(number):
        yield _named(found[0], found.start(), "where a digit has to stand", "应为数字")
    if len(number) == OLD_LENGTH:
        # 全国人大常委会2011年关于修改居民身份证法的决定: cards of fifteen digits ended on 1 January 2013.
        said = "has 15 digits, as cards that are out of use since 2013; give the number of 18 characters"
        yield said, "为15位的第一代居民身份证号，自2013年起已停止使用，请填写18位号码"
    if len(number) != LENGTH:
        yield _wrong_length(number)
    try:
        born = date.fromisoformat(number[6:14])
    except ValueError:
        yield "holds no day at places 7 to 14, where the day of birth stands", "第7至14位不是有效的出生日期"
        return
    if born > today:
        yield (
            "names a day of birth that is still to come (places 7 to 14)",
            "所载出生日期（第7至14位）尚未到来",
        )
    if number[-1] != ric.calc_check_digit(number):
        yield _check("GB 11643", "digit")


def born_on(number: str) -> date | None:
    """The day of birth that a right 公民身份号码 tells; None for another number."""
    return None if why_no_id_number(number, date.max) else date.fromisoformat(number[6:14])


def why_no_credit_code(code: str) -> Said | None:
    """What is wrong with a 统一社会信用代码, in both languages; None for a right one (GB 32100)."""
    return next(_wrong_with_credit_code(code), None)


def _wrong_with_credit_code(code: str) -> Iterator[Said]:
    if found := _NOT_IN_CODE.search(code):
        said = "which GB 32100 does not use (only digits and capitals but I, O, Z, S, V)"
        yield _named(
            found[0], found.start(), said, "不在GB 32100所用字符之内（数字及I、O、Z、S、V以外的大写字母）"
        )
    if len(code) != LENGTH:
        yield _wrong_length(code)
    if found := _NO_AREA.match(code, 2, 8):
        said = "among places 3 to 8, where the area's digits stand"
        yield _named(found[0][-1], found.end() - 1, said, "应为数字（第3至8位为行政区划代码）")
    if code[-1] != uscc.calc_check_digit(code):
        yield _check("GB 32100", "character")


def _named(char: str, at: int, en: str, zh: str) -> Said:
    code = f"U+{ord(char):04X}"
    shown = f'"{char}" ({code})' if char.isprintable() else code
    zh_shown = f"“{char}”（{code}）" if char.isprintable() else code
    meant = LOOKS_LIKE.get(char)
    guess, zh_guess = (f", perhaps a {meant}", f"，疑为数字{meant}") if meant else ("", "")
    return f"holds {shown} at {at + 1}, {en}{guess}", f"第{at + 1}个字符{zh_shown}{zh}{zh_guess}"


def _wrong_length(number: str) -> Said:
    return f"has {len(number)} characters, not {LENGTH}", f"有{len(number)}个字符，应为{LENGTH}个"


def _check(standard: str, last: str) -> Said:
    return (
        f"fails its check {last}: one of its characters is wrong ({standard})",
        f"校验位不正确，号码中有字符错误（{standard}）",
    )


def masked(number: str) -> str:
    """An identity number as others see it, 440***********1234."""
    if len(number) < 10:
        return "*" * len(number)
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
