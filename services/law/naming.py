"""Which statutes and articles a text names, however it writes them: 《水污染防治法》第八十三条, 环评法第31条, WAT-2017:83[2]."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from services.law.citation import Statute, statutes

_STATE = "中华人民共和国"
_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_N = r"[0-9零〇一二两三四五六七八九十百千]+"
_ARTICLE = re.compile(
    rf"第(?P<article>{_N})条(?:之(?P<inserted>{_N}))?(?:第(?P<para>{_N})款)?"
    rf"(?:第?\(?(?P<item>{_N})\)?(?P<more>(?:项?[、至和]?第?\({_N}\)|项?[、至和]第?\(?{_N}\)?)*)项)?"
)
_YEAR = r"(?:\((?P<year{0}>(?:19|20)[0-9]{{2}})年?[^()]*\))"
_BRACKETED = re.compile(
    rf"《(?P<title>(?:[^《》]|《[^《》]*》)+?){_YEAR.format('')}?(?:\([^()]*\))*》{_YEAR.format('_behind')}?"
)
_CODE = re.compile(
    r"(?P<code>[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+)(?::(?P<article>\d+)(?:-(?P<inserted>\d+))?(?:\((?P<para>\d+)\))?(?:\[(?P<item>\d+)\])?)?"
)
# A title without brackets goes on here, so that it is another's: 环境保护法典 is not 环境保护法.
_GOES_ON = r"(?!典|实施|施行|司法解释)"


@dataclass(frozen=True)
class Named:
    """A statute as a text names it, and an article of it; 0 where the text names none, or several at once.

    title: without brackets, spaces and the name of the state. code: where the text names it by its code. year: of the version.
    """

    title: str
    article: int = 0
    inserted: int = 0
    para: int = 0
    item: int = 0
    year: int = 0
    code: str = ""

    def within(self, wider: "Named") -> bool:
        """Whether this lies in another of the same title: 第八十三条第（二）项 in 第八十三条."""
        pairs = ((self.article, wider.article), (self.para, wider.para), (self.item, wider.item))
        if self.article == wider.article and self.inserted != wider.inserted and wider.article:
            return False
        return self.title == wider.title and all(there in (0, here) for here, there in pairs)


@lru_cache(8192)
def plain(title: str) -> str:
    """A title as it is compared: without brackets, spaces and the name of the state."""
    return re.sub(r"[《》\s]", "", unicodedata.normalize("NFKC", title)).replace(_STATE, "")


def number(text: str) -> int:
    """The number of an article, in digits or in Chinese numerals."""
    if text.isascii():
        return int(text)
    total = digit = 0
    for each in text:
        if each in _DIGITS:
            digit = _DIGITS[each]
        else:
            total, digit = total + (digit or 1) * _UNITS[each], 0
    return total + digit


def named_in(text: str, *titles: str) -> tuple[Named, ...]:
    """Every statute and article that a text names, in its order; `titles` are looked for besides the known statutes."""
    return _named_in(text, titles, len(statutes()))


def names_article(text: str) -> bool:
    """Whether a text names an article of a law, as 《食品安全法》第一百一十条: what only a law allows is allowed by that."""
    return any(named.article for named in named_in(text))


# Ten thousand cases name their law in a few hundred ways.
@lru_cache(8192)
def _named_in(text: str, titles: tuple[str, ...], _many: int) -> tuple[Named, ...]:
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    heads = list(_heads(text, tuple(plain(title) for title in titles if plain(title))))
    found: list[Named] = []
    for n, (head, _, end) in enumerate(heads):
        if head.article:
            found.append(head)
            continue
        rest = text[end : heads[n + 1][1] if n + 1 < len(heads) else len(text)]
        found += [_article(head, match) for match in _ARTICLE.finditer(rest)] or [head]
    return tuple(dict.fromkeys(found))


def _article(head: Named, match: re.Match[str]) -> Named:
    parts = {name: number(match[name]) if match[name] else 0 for name in ("article", "inserted", "para")}
    item = number(match["item"]) if match["item"] and not match["more"] else 0
    return Named(head.title, **parts, item=item, year=head.year, code=head.code)


def _heads(text: str, titles: tuple[str, ...]) -> Iterator[tuple[Named, int, int]]:
    """The statutes that a text names, each with where it begins and ends; a code comes with its article."""
    found: list[tuple[Named, int, int]] = []
    whole = _shorts(len(statutes()))
    for match in _BRACKETED.finditer(text):
        year = int(match["year"] or match["year_behind"] or 0)
        title = plain(match["title"])
        found.append((Named(whole.get(title, title), year=year), *match.span()))
    for match in _CODE.finditer(text):
        if match["code"] in statutes():
            parts = {name: int(match[name] or 0) for name in ("article", "inserted", "para", "item")}
            title = _undated(statutes()[match["code"]].title_zh)
            found.append((Named(title, code=match["code"], **parts), *match.span()))
    taken = [(start, end) for _, start, end in found]
    for match in _bare(titles, len(statutes())).finditer(text):
        start, end = match.span()
        if not any(a < end and start < b for a, b in taken):
            title = match["title"]
            found.append((Named(whole.get(title, title), year=int(match["year"] or 0)), start, end))
    yield from sorted(found, key=lambda each: each[1])


# Layers bring statutes along, so what is kept of them is kept for as many as there are.


@cache
def _bare(titles: tuple[str, ...], many: int) -> re.Pattern[str]:
    """Titles without brackets: of what is known the longest first, so that none is taken for a part of another."""
    known = {*titles, *_shorts(many), *_titled(many)}
    every = "|".join(re.escape(title) for title in sorted(known, key=lambda t: (-len(t), t)))
    return re.compile(rf"(?:{_STATE})?(?P<title>{every}){_GOES_ON}{_YEAR.format('')}?")


@cache
def _shorts(many: int) -> dict[str, str]:
    """The whole title for each short one."""
    return {_undated(s.short_zh): _undated(s.title_zh) for s in statutes().values()}


def _undated(title: str) -> str:
    """A title as it is compared, without the year of its version."""
    return re.sub(r"\([0-9]{4}年?\)$", "", plain(title))


def versions(named: Named) -> tuple[Statute, ...]:
    """The statutes of that title that are known, the oldest first; those of the year that is named, where one is."""
    if named.code:
        return (statutes()[named.code],)
    found = _titled(len(statutes())).get(named.title, [])
    of_year = [s for s in found if s.code.endswith(f"-{named.year}")]
    return tuple(of_year or found)


@cache
def _titled(many: int) -> dict[str, list[Statute]]:
    found: dict[str, list[Statute]] = {}
    for statute in sorted(statutes().values(), key=lambda s: s.in_force):
        found.setdefault(_undated(statute.title_zh), []).append(statute)
    return found
