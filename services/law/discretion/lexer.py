"""A wording as tokens: amounts, the words that bound them, and text."""

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from services.law.discretion.lexicon import LONGEST, MONEY, UNITS, WORDS
from services.law.discretion.numeral import FIGURES, POINTS, SIGNS, Number, number

FEN, RATE, MILLION = 100, 1_000_000, 1_000_000
# Marks end a phrase, stops a sentence.
MARKS, STOPS = frozenset("，,:："), frozenset("；;。!！?？")
_PARTS = {"百分之": 100, "千分之": 1000, "万分之": 10_000}
_SIGNS = {"%": 100, "‰": 1000, "倍": 1}
_UNITS = sorted(UNITS, key=len, reverse=True)
# A number of an article, a year or a document is no amount.
_NUMBERED = re.compile(
    r"第[0-9零〇一二两三四五六七八九十百千]+(条|款|项|目|章|节|号|类|档|级|次|部分|阶次)(之[一二三四五六七八九十]+)?"
    r"|[〔\[][0-9]{4}[〕\]]|[0-9]{4}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?(?!以)|[0-9]+号"
)
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_INCLUDED = re.compile(r"[(（](不?)(?:包)?含([^()（）]*)[)）]")
_LISTED = re.compile(
    r"(?:^|(?<=[；;。：:\n]))\s*(?:[(（][0-9一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[、.．](?![0-9]))"
)
_FIGURE = re.compile(r"[0-9一二三四五六七八九十百千万亿]")


class Unreadable(Exception):
    """A wording that cannot be read exactly: the piece of it, and why in both languages."""

    def __init__(self, piece: str, zh: str, en: str) -> None:
        self.piece, self.zh, self.en = piece, zh, en
        super().__init__(f"{piece}: {en}")


class Token(NamedTuple):
    """A piece of a wording. An amount carries its value and what it is of: money, a rate, a unit, or nothing yet."""

    kind: str
    text: str
    value: Fraction = Fraction(0)
    unit: str = ""
    number: Number | None = None


def tokens(wording: str) -> list[list[list[Token]]]:
    """The sentences of a wording, each as its phrases. Raises Unreadable for a number that can be read in two ways."""
    text, at = plain(wording), 0
    sentences: list[list[list[Token]]] = [[[]]]
    while at < len(text):
        sign = text[at]
        if sign in STOPS:
            sentences.append([[]])
            at += 1
        elif sign in MARKS:
            sentences[-1].append([])
            at += 1
        else:
            token, at = _token(text, at)
            _put(sentences[-1][-1], token)
    return [phrases for sentence in sentences if (phrases := [p for p in sentence if p])]


def plain(wording: str) -> str:
    """A wording in one form: no blanks, figures of one width, brackets only where they say whether an end is taken in."""
    text = unicodedata.normalize("NFKC", _LISTED.sub("", wording.replace("，", "\x01").replace("；", "\x02")))
    text = text.replace("\x01", "，").replace("\x02", "；")
    text = re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    text = "".join(text.split()).replace("人民币", "").replace("处罚款", "处以罚款")
    text = _NUMBERED.sub("某", text)
    text = _INCLUDED.sub(lambda found: "\x03" if found[1] else "", text)
    previous = ""
    while previous != text:
        previous, text = text, _BRACKET.sub(_dropped, text)
    return text


def _dropped(found: re.Match[str]) -> str:
    """A bracket without a figure adds a word; one with a figure stays, and has to be read."""
    return f"，{found[0][1:-1]}，" if _FIGURE.search(found[0]) else ""


def _put(phrase: list[Token], token: Token) -> None:
    if phrase and token.kind == phrase[-1].kind == "TEXT":
        phrase[-1] = Token("TEXT", phrase[-1].text + token.text)
    else:
        phrase.append(token)


def _token(text: str, at: int) -> tuple[Token, int]:
    if text[at] == "\x03":
        return Token("EXCLUDED", "不含本数"), at + 1
    if text[at] == "/" and (name := unit_at(text, at + 1)):
        return Token("EACH", f"/{name}", unit=UNITS[name]), at + 1 + len(name)
    for size in range(min(LONGEST, len(text) - at), 0, -1):
        kind = WORDS.get(text[at : at + size])
        if kind is not None:
            return Token(kind, text[at : at + size]), at + size
    for name, parts in _PARTS.items():
        if text.startswith(name, at):
            end = _end(text, at + len(name))
            if end > at + len(name):
                value = _number(text[at + len(name) : end]).value / parts
                return Token("AMOUNT", text[at:end], value * RATE, "rate"), end
    if text[at] in FIGURES or text[at] in SIGNS:
        return _amount(text, at)
    return Token("TEXT", text[at]), at + 1


def _end(text: str, at: int) -> int:
    while at < len(text) and (text[at] in FIGURES or text[at] in SIGNS or _inside(text, at)):
        at += 1
    return at


def _inside(text: str, at: int) -> bool:
    """Whether a point or comma stands inside a number in figures."""
    return text[at] in POINTS and text[at - 1] in FIGURES and text[at + 1 : at + 2] in FIGURES


def _number(text: str) -> Number:
    try:
        return number(text)
    except ValueError:
        raise Unreadable(text, "数字写法有歧义", "the number can be read in two ways") from None


def _amount(text: str, at: int) -> tuple[Token, int]:
    """A number with what it is of."""
    end = _end(text, at)
    if text.startswith("千克", end - 1):
        end -= 1
    written = text[at:end]
    if not written:
        return Token("TEXT", "千克"), at + 2
    if written.endswith("分") or text.startswith("分之", end):
        raise Unreadable(text[at : end + 4], "分数无法精确表示", "a fraction is not held exactly")
    if (sign := text[end : end + 1]) in _SIGNS and sign:
        if text[end + 1 : end + 2] == "半":
            raise Unreadable(text[at : end + 2], "倍数写法有歧义", "the multiple can be read in two ways")
        found = _number(written)
        return Token("AMOUNT", text[at : end + 1], found.value / _SIGNS[sign] * RATE, "rate", found), end + 1
    for name in MONEY:
        if text.startswith(name, end):
            found = _number(written)
            return Token("AMOUNT", text[at : end + len(name)], found.value * FEN, "money", found), end + len(
                name
            )
    if name := unit_at(text, end):
        return _quantity(text, at, end, name)
    # 一般, 统一, 万一: a numeral in a word.
    if not any(sign in FIGURES for sign in written) and len(written) == 1 and not _bounds(text, end):
        return Token("TEXT", written), end
    found = _number(written)
    return Token("AMOUNT", written, found.value, "", found), end


def unit_at(text: str, at: int = 0) -> str:
    """The unit that stands at a place, by the longest of its names; empty where there is none."""
    return next((name for name in _UNITS if text.startswith(name, at)), "")


def _quantity(text: str, at: int, end: int, name: str) -> tuple[Token, int]:
    written, after = text[at:end], end + len(name)
    try:
        found = number(written)
    except ValueError:
        return Token("TEXT", text[at:after]), after
    return Token("AMOUNT", text[at:after], found.value * MILLION, UNITS[name], found), after


def _bounds(text: str, at: int) -> bool:
    """Whether a word that bounds an amount follows."""
    return any(WORDS.get(text[at : at + size]) in ("FROM", "UPTO", "TO") for size in range(LONGEST, 0, -1))
