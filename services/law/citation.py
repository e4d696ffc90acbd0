"""Citations: a short sortable code for an article, and how documents write it in Chinese and English."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

STATUTES = Path(__file__).parent / "statutes"
LEVELS = ("law", "regulation", "rule", "local", "policy", "internal")
INTERNAL = "INTERNAL"
"""What an act rests on that no law regulates and that the agency, or the city, orders for itself."""

# CODE:ARTICLE[(PARA)][[ITEM]], as APL-2021:63(1)[2]; an inserted article is written 120-1.
# A document whose articles are not numbered or not known is cited by its code alone.
_ARTICLE = re.compile(
    r"(?P<code>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)(?::(?P<article>\d+)(?:-(?P<inserted>\d+))?"
    r"(?:\((?P<para>\d+)\))?(?:\[(?P<item>\d+)\])?)?"
)
_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*")
# How a statute numbers itself: the article and the paragraph in Chinese, the article in English.
_STYLES = {
    "article": ("第{}条", "第{}款", "art."),
    "section": ("第（{}）项", "第{}款", "sec."),
    "part": ("第{}篇", "第{}部分", "part"),
}
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class WorkingDays:
    """Which terms in days a statute counts in working days, and the article that says so."""

    article: int
    amounts: tuple[int, ...]  # empty: all terms
    who: tuple[str, ...]  # empty: whoever must act

    def covers(self, amount: int, who: str) -> bool:
        return (not self.amounts or amount in self.amounts) and (not self.who or who in self.who)


@dataclass(frozen=True)
class Statute:
    """A law, regulation, rule or document that citations may name."""

    code: str
    title_zh: str
    title_en: str
    short_zh: str
    in_force: date
    level: str
    repealed: date | None = None
    replaced_by: str = ""
    articles: int | None = None
    style: str = "article"
    working_days: WorkingDays | None = None
    of: str = ""
    """The layer whose own it is, as "market"; it binds nobody else. Empty: it binds the whole country."""

    def in_force_on(self, day: date) -> bool:
        return self.in_force <= day and (self.repealed is None or day < self.repealed)


@dataclass(frozen=True)
class Cited:
    """An article as its code and as documents cite it."""

    code: str
    text_zh: str
    text_en: str


def statutes() -> Mapping[str, Statute]:
    """Every statute that can be cited, by code; raises ValueError for a bad index."""
    return MappingProxyType(_known())


@cache
def _known() -> dict[str, Statute]:
    found: dict[str, Statute] = {}
    for path in sorted(STATUTES.glob("index*.toml")):
        part = read_index(path)
        if twice := found.keys() & part.keys():
            raise ValueError(f"{path.name}: {min(twice)} is already defined")
        found.update(part)
    return found


def bring(added: Mapping[str, Statute]) -> None:
    """Make statutes known that a layer brings along. Raises ValueError for one that is known as something else."""
    known = _known()
    for code, statute in added.items():
        if known.setdefault(code, statute) != statute:
            raise ValueError(f"{code} is already the code of {known[code].title_zh}")


def read_index(path: Path) -> dict[str, Statute]:
    """The statutes of an index file; raises ValueError naming the file and the entry that is wrong."""
    return index_of(tomllib.loads(path.read_text("utf-8")), path.name)


def index_of(entries: Mapping[str, Any], where: str, of: str = "") -> dict[str, Statute]:
    """Statutes by code, those of a layer with its name; raises ValueError naming `where` and the entry that is wrong."""
    found = {}
    for code, entry in entries.items():
        try:
            counts = entry.pop("working_days", None)
            if counts is not None:
                counts = WorkingDays(
                    counts["article"], tuple(counts.get("amounts", ())), tuple(counts.get("who", ()))
                )
            statute = Statute(code, working_days=counts, **{"of": of, **entry})
        except (TypeError, KeyError) as wrong:
            raise ValueError(f"{where}: {code}: {wrong}") from wrong
        if _CODE.fullmatch(code) is None:
            raise ValueError(f"{where}: {code}: a code is capitals, digits and hyphens, as ENV-2023")
        if statute.level not in LEVELS:
            raise ValueError(f"{where}: {code}: unknown level {statute.level!r}")
        if statute.style not in _STYLES:
            raise ValueError(f"{where}: {code}: unknown style {statute.style!r}")
        found[code] = statute
    if lost := [
        s.code for s in found.values() if s.replaced_by and not (s.repealed and s.replaced_by in found)
    ]:
        raise ValueError(
            f"{where}: {lost[0]}: what replaced it stands in the same file, and it ended on a day"
        )
    return found


def statute_of(code: str) -> Statute:
    """The statute that the first article of a citation belongs to; raises ValueError if unknown."""
    name = code.partition(":")[0].strip()
    try:
        return statutes()[name]
    except KeyError:
        raise ValueError(f"unknown statute {name!r} in citation {code!r}") from None


def internal(law: str) -> bool:
    """Whether the agency, or the city, set it for itself: it reminds, and nobody breaks a law who misses it."""
    return statute_of(law).level == "internal"


@cache
def ended(law: str, day: date) -> bool:
    """Whether the statute that a citation rests on, that of its first article, was repealed by a day."""
    repealed = statute_of(law).repealed
    return repealed is not None and repealed <= day


def cites(law: str, code: str) -> bool:
    """Whether one of the articles of a citation belongs to a statute."""
    return any(statute_of(part).code == code for part in law.split(";"))


@cache
def cite(code: str) -> Cited:
    """What a citation code says; raises ValueError if it does not parse or names nothing known."""
    parts = [part.strip() for part in code.split(";")]
    texts = [_texts(part) for part in parts]
    return Cited(";".join(parts), "、".join(zh for zh, _ in texts), "; ".join(en for _, en in texts))


def _texts(part: str) -> tuple[str, str]:
    match = _ARTICLE.fullmatch(part)
    if match is None:
        raise ValueError(f"citation {part!r} is not of the form CODE:ARTICLE(PARA)[ITEM]")
    statute = statute_of(part)
    if match["article"] is None:
        if statute.articles is not None:
            raise ValueError(f"citation {part!r} names no article of {statute.code}")
        return f"《{statute.title_zh}》", statute.title_en
    article = int(match["article"])
    if article < 1 or (statute.articles is not None and article > statute.articles):
        raise ValueError(f"citation {part!r}: {statute.code} has articles 1 to {statute.articles}")
    in_zh, para_zh, in_en = _STYLES[statute.style]
    zh, en = in_zh.format(chinese(article)), f"{in_en} {article}"
    if match["inserted"]:
        zh, en = zh + f"之{chinese(int(match['inserted']))}", en + f"-{match['inserted']}"
    if match["para"]:
        zh, en = zh + para_zh.format(chinese(int(match["para"]))), en + f"({match['para']})"
    if match["item"]:
        zh, en = zh + f"第（{chinese(int(match['item']))}）项", en + f", item ({match['item']})"
    return f"《{statute.title_zh}》{zh}", f"{statute.title_en}, {en}"


def chinese(number: int) -> str:
    """A number from 1 to 9999 in Chinese numerals, as statutes number their articles."""
    if not 1 <= number <= 9999:
        raise ValueError(f"no article is numbered {number}")
    text, gap = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(text)
    return text.removeprefix("一") if text.startswith("一十") else text
