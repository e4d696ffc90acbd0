"""Sums of money as documents write them."""

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")


def figures(fen: int) -> str:
    """A sum in figures, without what is not needed: 120000, 0.50."""
    yuan, rest = divmod(fen, 100)
    return f"{yuan}.{rest:02d}" if rest else str(yuan)


def in_words(fen: int) -> str:
    """A sum of zero or more in capital numerals (大写): 壹拾贰万元整, 伍角. Raises ValueError beyond the numerals."""
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    said = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{said}整"
    if jiao:
        said += f"{_DIGITS[jiao]}角"
    elif yuan:
        said += "零"
    return f"{said}{_DIGITS[cents]}分" if cents else said


def _whole(number: int) -> str:
    if not 0 <= number < 10 ** (4 * len(_GROUPS)):
        raise ValueError(f"{number} yuan are beyond the numerals")
    said, gap, digits = "", False, str(number)
    for at, digit in enumerate(digits):
        place = len(digits) - 1 - at
        if digit != "0":
            said += ("零" if gap else "") + _DIGITS[int(digit)] + _PLACES[place % 4]
            gap = False
        else:
            gap = bool(said)
        if place % 4 == 0 and number // 10**place % 10**4:
            said += _GROUPS[place // 4]
    return said or "零"
