"""A fine in short words, in both languages: what was read, so that a person can hold it against the wording."""

from decimal import Decimal

from yifa.enforcement.v1.benchmark_pb2 import Condition, Fine, Whom

_WHOM = {
    Whom.WHOM_ORGANISATION: ("对单位", "organisations"),
    Whom.WHOM_PERSON: ("对个人", "persons"),
    Whom.WHOM_RESPONSIBLE: ("对责任人员", "those responsible"),
}


def fine_zh(fine: Fine) -> str:
    """As 违法所得不足10000元：每平方米800元以上2000元以下."""
    money, rated = not fine.rated, fine.rated
    if fine.HasField("high") and fine.low == fine.high:
        reach = _amount_zh(fine.high.value, rated)
    else:
        low = (
            ("超过" if fine.low.outside else "")
            + _amount_zh(fine.low.value, rated)
            + ("" if fine.low.outside else "以上")
        )
        high = (
            ("不足" if fine.high.outside else "")
            + _amount_zh(fine.high.value, rated)
            + ("" if fine.high.outside else "以下")
        )
        reach = (low if fine.HasField("low") else "") + (high if fine.HasField("high") else "（不设上限）")
    said = (fine.of if rated else f"每{fine.per}" if fine.per and money else "") + reach
    said += f"，最低{_yuan(fine.least.fen)}元" if fine.HasField("least") else ""
    said += f"，最高{_yuan(fine.most.fen)}元" if fine.HasField("most") else ""
    said += f"，不足{_amount_of(fine)}的按{_amount_of(fine)}计" if fine.counts_as else ""
    said += "，不足一个单位的按一个单位计" if fine.rounded_up else ""
    when = [
        *(condition_zh(c) for c in fine.when),
        *filter(None, (fine.circumstance, _WHOM.get(fine.whom, ("", ""))[0])),
    ]
    return "，".join(when) + "：" + said if when else said


def fine_en(fine: Fine) -> str:
    """The same in English; names of amounts and units stay as the table says them."""
    if fine.HasField("high") and fine.low == fine.high:
        reach = _amount_en(fine.high.value, fine.rated)
    else:
        low = ("more than " if fine.low.outside else "from ") + _amount_en(fine.low.value, fine.rated)
        high = ("to less than " if fine.high.outside else "to ") + _amount_en(fine.high.value, fine.rated)
        reach = f"{low if fine.HasField('low') else ''} {high if fine.HasField('high') else 'without upper end'}".strip()
    said = reach + (f" of {fine.of}" if fine.rated else f" for each {fine.per}" if fine.per else "")
    said += f", at least {_yuan(fine.least.fen)} yuan" if fine.HasField("least") else ""
    said += f", at most {_yuan(fine.most.fen)} yuan" if fine.HasField("most") else ""
    said += f", less than {_amount_of(fine)} counts as that" if fine.counts_as else ""
    said += ", a part of a unit counts as one" if fine.rounded_up else ""
    when = [
        *(condition_en(c) for c in fine.when),
        *filter(None, (fine.circumstance, _WHOM.get(fine.whom, ("", ""))[1])),
    ]
    return ", ".join(when) + ": " + said if when else said


def condition_zh(condition: Condition) -> str:
    unit, low, high = (condition.of if condition.quantity else "元"), condition.low, condition.high
    name = "" if condition.quantity else condition.of
    if condition.HasField("low") and low.outside and not low.value and not condition.HasField("high"):
        return f"有{name or unit}"
    if condition.HasField("high") and not high.value and not condition.HasField("low"):
        return f"没有{name or unit}"
    value = _yuan if not condition.quantity else _count
    bottom = (
        (f"超过{value(low.value)}{unit}" if low.outside else f"{value(low.value)}{unit}以上")
        if condition.HasField("low")
        else ""
    )
    top = (
        (f"不足{value(high.value)}{unit}" if high.outside else f"{value(high.value)}{unit}以下")
        if condition.HasField("high")
        else ""
    )
    return name + bottom + top


def condition_en(condition: Condition) -> str:
    value = _count if condition.quantity else _yuan
    ends = []
    if condition.HasField("low"):
        ends.append(f"{'>' if condition.low.outside else '≥'} {value(condition.low.value)}")
    if condition.HasField("high"):
        ends.append(f"{'<' if condition.high.outside else '≤'} {value(condition.high.value)}")
    return f"{condition.of} {' and '.join(ends)}"


def _amount_zh(value: int, rated: bool) -> str:
    if not rated:
        return f"{_yuan(value)}元"
    return f"{_count(value)}倍" if value >= 1_000_000 else f"{_count(value * 100)}%"


def _amount_en(value: int, rated: bool) -> str:
    if not rated:
        return f"{_yuan(value)} yuan"
    return f"{_count(value)} times" if value >= 1_000_000 else f"{_count(value * 100)}%"


def _amount_of(fine: Fine) -> str:
    return f"{_count(fine.counts_as)}{fine.per}" if fine.per else f"{_yuan(fine.counts_as)}元"


def _yuan(fen: int) -> str:
    return _plain(Decimal(fen) / 100)


def _count(millionths: int) -> str:
    return _plain(Decimal(millionths) / 1_000_000)


def _plain(value: Decimal) -> str:
    return f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"
