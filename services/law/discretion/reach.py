"""A range in a wording: amounts with the words that bound them, from … to, inclusive or not (民法典 1259)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from services.law.discretion.lexer import FEN, RATE, Token, Unreadable
from services.law.discretion.numeral import Number

# What stands before an amount: which end it is, and whether the number itself is left out.
BEFORE = {"LESS": (1, True), "MORE": (0, True), "ATMOST": (1, False), "ATLEAST": (0, False)}
AFTER = {"FROM": 0, "UPTO": 1}
_TEN_THOUSAND = 10_000
_PER_UNIT = {"money": FEN, "rate": RATE}


class Bound(NamedTuple):
    value: Fraction
    outside: bool = False


class Reach(NamedTuple):
    """From one end to the other; None where there is none. `unit` is "money", "rate" or that of a quantity."""

    low: Bound | None
    high: Bound | None
    unit: str
    written: str


class _One(NamedTuple):
    """An amount with the end that its words make it, None for both."""

    token: Token
    end: int | None
    outside: bool


def starts(phrase: Sequence[Token], at: int) -> bool:
    """Whether a range begins here."""
    if at >= len(phrase):
        return False
    if phrase[at].kind in BEFORE:
        return at + 1 < len(phrase) and phrase[at + 1].kind == "AMOUNT"
    return phrase[at].kind == "AMOUNT"


def reach(phrase: Sequence[Token], at: int) -> tuple[Reach, int]:
    """The range that begins here, and where it ends. Raises Unreadable."""
    first, after = _one(phrase, at)
    if first.end == 1 and not (after < len(phrase) and phrase[after].kind == "TO"):
        return _made(None, first, after, phrase[at:after])
    second_at = after
    joined = after < len(phrase) and phrase[after].kind == "TO"
    # 一千元以上、二千元以下
    listed = first.end == 0 and after < len(phrase) and phrase[after].text == "、"
    second_at += joined or listed
    if starts(phrase, second_at) and (joined or first.end == 0):
        second, end = _one(phrase, second_at)
        if second.end == 0 or (first.end == 1) or (not joined and second.end is None):
            written = "".join(t.text for t in phrase[at:end])
            raise Unreadable(written, "上下限写法无法识别", "the ends of the range cannot be told")
        return _made(first, second, end, phrase[at:end])
    if joined or listed:
        raise Unreadable(
            "".join(t.text for t in phrase[at:second_at]), "缺少上限", "the upper end is missing"
        )
    if first.end == 0:
        return _made(first, None, after, phrase[at:after])
    return _made(first, first, after, phrase[at:after])


def _one(phrase: Sequence[Token], at: int) -> tuple[_One, int]:
    if phrase[at].kind in BEFORE:
        end, outside = BEFORE[phrase[at].kind]
        token, after = phrase[at + 1], at + 2
        if after < len(phrase) and phrase[after].kind in AFTER:
            raise Unreadable(f"{phrase[at].text}{token.text}", "上下限写法矛盾", "the bound is said twice")
        return _One(token, end, outside), after
    token, after = phrase[at], at + 1
    before = after < len(phrase) and phrase[after].kind == "EXCLUDED"
    after += before
    if after < len(phrase) and phrase[after].kind in AFTER:
        end = AFTER[phrase[after].kind]
        after += 1
        behind = after < len(phrase) and phrase[after].kind == "EXCLUDED"
        return _One(token, end, before or behind), after + behind
    return _One(token, None, False), after


def _made(low: _One | None, high: _One | None, end: int, part: Sequence[Token]) -> tuple[Reach, int]:
    written = "".join(token.text for token in part)
    ends = [one for one in (low, high) if one is not None]
    unit = ends[-1].token.unit
    if not unit and (shared := ends[-1].token.number) is not None and shared.scale >= _TEN_THOUSAND:
        # 2万以上5万以下: ten thousands of nothing else are yuan.
        ends = [one._replace(token=_money(one.token)) for one in ends]
        low, high = (ends[0] if low is not None else None), (ends[-1] if high is not None else None)
        unit = "money"
    if not unit:
        raise Unreadable(written, "缺少单位", "the unit is missing")
    if ends[0].token.unit not in ("", unit):
        raise Unreadable(written, "上下限单位不同", "the ends are of different units")
    top = Bound(ends[-1].token.value, high.outside) if high is not None else None
    bottom = None
    if low is not None:
        bottom = Bound(_shared(low.token, ends[-1].token, written), low.outside)
    if (
        bottom
        and top
        and (
            bottom.value > top.value
            or (bottom.value == top.value and low is not high and (bottom.outside or top.outside))
        )
    ):
        raise Unreadable(written, "下限高于上限", "the lower end is above the upper")
    return Reach(bottom, top, unit, written), end


def _money(token: Token) -> Token:
    return token if token.unit else token._replace(value=token.value * FEN, unit="money")


def _shared(low: Token, high: Token, written: str) -> Fraction:
    """A lower end that takes the unit of the upper (3-5万元, 二至四倍, 35以上50%), and its multiplier if it has none."""
    if low.unit or low.number is None:
        return low.value
    factor = _factor(high)
    plain, scaled = low.number.value * factor, low.number.value * factor * _scale(high.number)
    if not low.number.bare and low.number.scale >= _TEN_THOUSAND:
        return plain
    fits = scaled <= high.value
    large = low.number.value >= 1000 or not low.number.bare
    if fits and large and scaled != plain:
        raise Unreadable(
            written, "下限缺少单位，有两种读法", "the lower end lacks its unit and can be read in two ways"
        )
    return scaled if fits else plain


def _scale(number: Number | None) -> int:
    return number.scale if number is not None else 1


def _factor(token: Token) -> Fraction:
    """What a bare number beside an amount is multiplied by."""
    if token.number is None or not token.number.value:
        return Fraction(_PER_UNIT.get(token.unit, RATE))
    return token.value / token.number.value
