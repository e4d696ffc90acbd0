"""Whether a normative document may be a basis (GF-2008-17 13, 15): what a text cites, and how it stands on the list in force."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from services.law.naming import named_in, plain

_NUMBER = re.compile(r"(?P<issuer>[\u4e00-\u9fff]{1,20})[\[〔【(（]((?:19|20)\d\d)[\]〕】)）](?:第)?(\d+)号")
_STATE = re.compile(r"国(?:发|函|办发|办函)$")
"""The numbers of the State Council and its office: no city's list has those."""


@dataclass(frozen=True)
class Listed:
    """A published document as the city's list shows it. `off_time`: since when it stands on no list."""

    title: str
    number: str
    on_list: bool = False
    effect_time: datetime | None = None
    expire_time: datetime | None = None
    off_time: datetime | None = None
    suspended: tuple[str, ...] = ()


@lru_cache(4096)
def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of documents that a text cites, each in one form: 示环规〔2026〕1号."""
    folded = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    return tuple(dict.fromkeys(f"{m['issuer']}〔{m[2]}〕{int(m[3])}号" for m in _NUMBER.finditer(folded)))


@lru_cache(4096)
def titles_in(text: str) -> tuple[str, ...]:
    """The titles in a text, of statutes and of documents."""
    return tuple(dict.fromkeys(named.title for named in named_in(text)))


def key_of_number(number: str) -> str:
    """How a document is looked up by its number, however it is written."""
    return next(iter(numbers_in(number)), plain(number))


def key_of_title(title: str) -> str:
    return plain(title)


def usable(listed: Listed, at: datetime) -> bool:
    """Whether a document may be a basis at a moment: in force, not lapsed, and on the list."""
    begun = listed.effect_time is not None and listed.effect_time <= at
    lasts = listed.expire_time is not None and at <= listed.expire_time
    on = at < listed.off_time if listed.off_time is not None else listed.on_list
    return begun and lasts and on


def suspended_in(listed: Listed, text: str) -> bool:
    """Whether a text cites a clause that may not be applied, or, while there is one, the document without a clause."""
    if not listed.suspended:
        return False
    its = [named for named in named_in(text, listed.title) if named.title == plain(listed.title)]
    stopped = [w for clause in listed.suspended for w in named_in(f"《{plain(listed.title)}》{clause}")]
    if not its or not all(named.article for named in its):
        return True
    return any(named.within(wider) or wider.within(named) for named in its for wider in stopped)


def unusable(text: str, find: Callable[[str], Listed | None], *moments: datetime) -> Iterator[str]:
    """The documents that a text cites and that may be a basis at none of the moments; an unknown number is one.

    A title that is on no list may be that of a statute, which is not for this to judge.
    """
    for number in numbers_in(text):
        listed = _by_number(number, find)
        if listed is None and not _STATE.search(number.partition("〔")[0]):
            yield number
        elif listed is not None and not _holds(listed, text, moments):
            yield listed.number
    for title in titles_in(text):
        listed = find(title)
        if listed is not None and not _holds(listed, text, moments):
            yield f"《{title}》"


def _by_number(number: str, find: Callable[[str], Listed | None]) -> Listed | None:
    """What stands before a number may be words of the sentence: 根据示环规〔2026〕1号."""
    issuer, _, rest = number.partition("〔")
    found = (find(f"{issuer[n:]}〔{rest}") for n in range(len(issuer)))
    return next((listed for listed in found if listed is not None), None)


def bracketed(document: str) -> str:
    """What a table says of the document that sets it, as a text cites it: a bare title is one."""
    bare = "《" not in document and not numbers_in(document) and bool(document.strip())
    return f"《{document.strip()}》" if bare else document


def cites(text: str, find: Callable[[str], Listed | None]) -> bool:
    """Whether a text cites a document of the list at all."""
    by_number = any(_by_number(number, find) is not None for number in numbers_in(text))
    return by_number or any(find(title) is not None for title in titles_in(text))


def _holds(listed: Listed, text: str, moments: tuple[datetime, ...]) -> bool:
    return any(usable(listed, at) for at in moments) and not suspended_in(listed, text)
