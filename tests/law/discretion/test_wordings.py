"""Wordings are read as what they say, or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yifa.enforcement.v1.benchmark_pb2 import Condition, Fine, Whom

from services.law.discretion.grammar import fines_of
from services.law.discretion.lexer import Unreadable
from services.law.discretion.numeral import number
from services.law.discretion.saying import fine_en, fine_zh
from tests.law.discretion.wordings import NO_FINE, PRONGS, RATES, SUMS, UNITS, UNREADABLE

READ = {wording: (said,) for wording, said in (SUMS | RATES | UNITS).items()} | PRONGS
WHOM = {Whom.WHOM_ORGANISATION: "单位: ", Whom.WHOM_PERSON: "个人: ", Whom.WHOM_RESPONSIBLE: "责任人员: "}


def amount(value: int, rated: bool) -> str:
    if not rated:
        return f"{Decimal(value) / 100:f}".removesuffix(".00")
    times, percent = Decimal(value) / 10**6, Decimal(value) / 10**4
    return f"{times.normalize():f}x" if times >= 1 else f"{percent.normalize():f}%"


def condition(when: Condition) -> str:
    low, high = (
        f"{Decimal(end.value) / (10**6 if when.quantity else 100):f}".split(".")[0]
        for end in (when.low, when.high)
    )
    if when.HasField("low") and when.HasField("high"):
        return f"{low}{'<' if when.low.outside else '<='}{when.of}{'<' if when.high.outside else '<='}{high}"
    if when.HasField("low"):
        return f"{when.of}{'>' if when.low.outside else '>='}{low}"
    return f"{when.of}{'<' if when.high.outside else '<='}{high}"


def written(fine: Fine) -> str:
    """A fine as the table of wordings writes it."""
    low = (
        (">" if fine.low.outside else "") + amount(fine.low.value, fine.rated) if fine.HasField("low") else ""
    )
    high = (
        ("<" if fine.high.outside else "") + amount(fine.high.value, fine.rated)
        if fine.HasField("high")
        else "*"
    )
    said = f"{low}..{high}" + (f" {fine.of}" if fine.of else "") + (f" /{fine.per}" if fine.per else "")
    if fine.HasField("least") or fine.HasField("most"):
        least, most = (amount(end.fen, False) if end.fen else "" for end in (fine.least, fine.most))
        said += f" [{least}..{most}]"
    if fine.counts_as:
        said += f" (>={fine.counts_as // (10**6 if fine.per else 100)})"
    said += " (up)" * fine.rounded_up + "?" * fine.optional
    when = "".join(f"{condition(each)}: " for each in fine.when)
    return WHOM.get(fine.whom, "") + when + said


@pytest.mark.parametrize("wording", READ)
def test_a_wording_is_read_as_it_says(wording: str) -> None:
    fines = fines_of(wording)

    assert tuple(map(written, fines)) == READ[wording]
    assert all(fine_zh(fine) and fine_en(fine) for fine in fines)


@pytest.mark.parametrize("wording", NO_FINE)
def test_a_wording_without_a_fine_sets_none(wording: str) -> None:
    assert fines_of(wording) == []


@pytest.mark.parametrize("wording", UNREADABLE)
def test_what_is_not_said_exactly_is_not_read(wording: str) -> None:
    with pytest.raises(Unreadable) as no:
        fines_of(wording)

    assert no.value.piece and no.value.zh and no.value.en


def test_a_statute_may_set_several_fines() -> None:
    """Told apart by words alone: a band lies inside if it lies inside one of them."""
    text = "造成一般事故的，按照直接损失的一倍以上三倍以下计算罚款；造成重大事故的，按照直接损失的三倍以上五倍以下计算罚款"

    with pytest.raises(Unreadable):
        fines_of(text)

    assert [written(fine) for fine in fines_of(text, alternatives=True)] == [
        "1x..3x 直接损失",
        "3x..5x 直接损失",
    ]


@given(
    st.text(
        alphabet="处以并罚款上下的元万千百十亿一二零两倍％%.,0123百分之，；每吨不足超过违法所得按计对单位个人至-（含）",
        max_size=40,
    )
)
def test_no_wording_breaks_the_reading(wording: str) -> None:
    try:
        fines = fines_of(wording)
    except Unreadable:
        return
    for fine in fines:
        assert not fine.HasField("high") or fine.low.value <= fine.high.value
        assert fine.rated == bool(fine.of) and not (fine.rated and fine.per)


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十二", 12), ("二十", 20), ("一百零五", 105), ("两千", 2000), ("三千五百", 3500), ("廿五", 25),
     ("十万", 100_000), ("一百二十万", 1_200_000), ("一亿二千万", 120_000_000), ("1,500", 1500), ("3千", 3000),
     ("三万零五百", 30_500), ("一万零五", 10_005), ("拾伍万", 150_000), ("10万5000", 105_000), ("三百五十亿", 35 * 10**9)],
)  # fmt: skip
def test_numerals(text: str, value: int) -> None:
    assert number(text).value == value


@pytest.mark.parametrize("text", ["", "万", "五五", "一万五", "1,5", "1..5", "10万5", "二〇二六", "abc"])
def test_no_number_is_guessed(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|digit|unit"):
        number(text)
