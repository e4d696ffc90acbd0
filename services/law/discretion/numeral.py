"""Numbers as Chinese texts write them: in digits, in numerals, as on cheques, or mixed. Exact."""

from fractions import Fraction
from typing import NamedTuple

_PLAIN = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_CHEQUE = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
DIGITS = _PLAIN | _CHEQUE | {"〇": 0, "两": 2, "貳": 2, "叄": 3, "陸": 6}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
# 廿 and 卅 are digit and ten at once.
TENS = {"廿": 20, "卅": 30}
SIGNS = frozenset((*DIGITS, *SMALL, *LARGE, *TENS))
FIGURES = frozenset("0123456789")
# What stands inside a number in figures.
POINTS = frozenset(",.")


class Number(NamedTuple):
    """A value, and the multiplier that a number before it may share (3-5万: 万)."""

    value: Fraction
    scale: int
    bare: bool
    """Whether it has no multiplier of its own, so that it may share that of the number after it."""


def number(text: str) -> Number:
    """A number. Raises ValueError for what is none, or can be read in two ways (一万五, 二三万)."""
    total, section, digit = Fraction(0), Fraction(0), None
    last_unit, zero_before = 0, False
    for part in _parts(text):
        if isinstance(part, Fraction):
            if digit is not None:
                raise ValueError(f"{text}: two digits side by side")
            digit = part
        elif part in DIGITS:
            if digit is not None and digit != 0:
                raise ValueError(f"{text}: two digits side by side")
            zero_before = digit == 0 or (DIGITS[part] == 0) or zero_before
            digit = Fraction(DIGITS[part])
        elif part in TENS:
            if digit:
                raise ValueError(f"{text}: two digits side by side")
            section, digit, last_unit = section + TENS[part], None, 10
        elif (unit := SMALL.get(part, 0)) != 0:
            if digit is None and section:
                raise ValueError(f"{text}: a unit without a digit")
            section, digit, last_unit = section + (1 if digit is None else digit) * unit, None, unit
            zero_before = False
        else:
            unit = LARGE[part]
            here = section + (digit or 0)
            if not here and not total:
                raise ValueError(f"{text}: a unit without a number")
            total = (total + here) * unit if not total or unit == LARGE["亿"] else total + here * unit
            section, digit, last_unit, zero_before = Fraction(0), None, unit, False
    if digit is not None and _short(text, digit, last_unit, zero_before):
        raise ValueError(f"{text}: a last digit without its unit")
    value = total + section + (digit or 0)
    return Number(value, *_scale(text))


def _short(text: str, digit: Fraction, last_unit: int, zero_before: bool) -> bool:
    """Whether a last digit may stand for tens, hundreds or thousands (一万五 is 15,000 when spoken)."""
    figures = any(sign in FIGURES for sign in text)
    return bool(digit) and last_unit > 10 and not zero_before and (not figures or digit < 10)


def _scale(text: str) -> tuple[int, bool]:
    """The multiplier at the end, and whether there is none in it at all."""
    large = next((LARGE[sign] for sign in reversed(text) if sign in LARGE), 0)
    if text[-1] in LARGE:
        return large, False
    small = SMALL.get(text[-1], 1)
    if small > 10 and sum(sign in SMALL for sign in text) == 1 and not large:
        return small, False
    return 1, not large and not any(SMALL.get(sign, 0) >= 1000 for sign in text)


def _parts(text: str) -> list[Fraction | str]:
    """The numbers in figures, and the signs between them."""
    found: list[Fraction | str] = []
    at = 0
    while at < len(text):
        if text[at] not in FIGURES:
            if text[at] not in SIGNS:
                raise ValueError(f"{text}: no number")
            found.append(text[at])
            at += 1
            continue
        end = at
        while end < len(text) and (text[end] in FIGURES or text[end] in POINTS):
            end += 1
        found.append(_figures(text[at:end]))
        at = end
    if not found:
        raise ValueError("no number")
    return found


def _figures(text: str) -> Fraction:
    whole, _, part = text.partition(".")
    groups = whole.split(",")
    rightly = len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]))
    if not rightly or not whole or ("." in text and not (part and part.isdigit())):
        raise ValueError(f"{text}: no number")
    return Fraction(f"{whole.replace(',', '')}{'.' + part if part else ''}")
