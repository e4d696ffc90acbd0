"""How documents are numbered: the pattern of a layer, the words of the papers, the check character."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Formatter
from types import MappingProxyType
from typing import Any

from stdnum.iso7064 import mod_37_36

from services.law.paper import PAPERS

PATTERN = "{body}{word}〔{year}〕{number}号"
"""How documents are numbered where no layer says otherwise (GB/T 9704)."""
PLACES = frozenset({"region", "body", "word", "year", "number", "check"})
OVERSIGHT = "司监"
"""What stands for the oversight body in the numbers of its own documents where no layer says otherwise."""
NAMES = ("region", "oversight", "office", "government", "court", "bank", "bank_address")
# Without these a number would not be that of one body, word and year.
NEEDED = frozenset({"body", "word", "year", "number"})
UNPRINTED: Mapping[str, str] = MappingProxyType(
    {
        "credit_repair": "修",
        "archive": "档",
        "enforcement": "强执",
        "demolition": "拆告",
        "substitute_costs": "代费",
        "permit_application": "许受",
        "permit": "许决",
        "mediation": "调协",
        "normative_document": "规",
        "urging_letter": "督",
        "supervision_opinion": "意",
        "supervision_circular": "通",
        "person_proposal": "建",
    }
)
"""The words of the documents that have no paper of the departments."""
WORDS: Mapping[str, str] = MappingProxyType({**{p.kind: p.word for p in PAPERS.values()}, **UNPRINTED})


@dataclass(frozen=True)
class Numbering:
    """How documents are numbered: the pattern, what stands for the region and for the oversight body, the words of the papers by
    kind. `office` and `government` are how the oversight body and its government are called on the papers; `court` is the court
    before which a party sues, `bank` the bank that takes fines for the treasury, and where it is (FCS 7).
    """

    pattern: str = PATTERN
    region: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    oversight: str = ""
    office: str = ""
    government: str = ""
    court: str = ""
    bank: str = ""
    bank_address: str = ""

    def series(self, kind: str, body: str, year: int) -> str:
        """The number of a kind, body and year before its figure is filled in. Kinds that share a word share the figures.

        Raises KeyError for a paper without a word.
        """
        word = self.words.get(kind) or WORDS[kind]
        if not word:
            raise KeyError(f"{kind} has no number of its own")
        parts = {"region": self.region, "body": body, "word": word, "year": str(year)}
        return "".join(
            text + (parts.get(place, f"{{{place}}}") if place else "")
            for text, place, _, _ in Formatter().parse(self.pattern)
        )


def filled(series: str, figure: int) -> str:
    """The number of a figure, with its check character where the pattern has a place for it."""
    number = series.replace("{number}", str(figure))
    return number.replace("{check}", check_character(number.replace("{check}", "")))


def check_character(number: str) -> str:
    """The check character of a number (ISO 7064, mod 37,36): a single wrong figure or letter is always found, another wrong
    character in 35 of 36 cases.
    """
    plain = "".join(c if c.isascii() else str(ord(c)) for c in re.sub(r"[^\w]", "", number).upper())
    return str(mod_37_36.calc_check_digit(plain.replace("_", "") or "0"))


def numbering(entry: Mapping[str, Any]) -> Numbering:
    """The numbering of a layer's [paper]. Raises ValueError for a pattern whose numbers would not be those of one body, word and
    year, and for a word of a paper that there is not.
    """
    if unknown := entry.keys() - {"number", "word", *NAMES}:
        raise ValueError(f"{min(unknown)} is not one of number, word, {', '.join(NAMES)}")
    pattern, words = entry.get("number", ""), entry.get("word", {})
    if pattern:
        places = [place for _, place, _, _ in Formatter().parse(pattern) if place is not None]
        if wrong := [p for p in places if p not in PLACES or places.count(p) > 1]:
            raise ValueError(f"number: {{{wrong[0]}}} is not one place of {', '.join(sorted(PLACES))}")
        if missing := NEEDED - set(places):
            raise ValueError(f"number: {{{min(missing)}}} is missing")
    if wrong := [kind for kind in words if kind not in WORDS]:
        raise ValueError(f"word: {wrong[0]} is no paper")
    names = {name: entry.get(name, "") for name in NAMES}
    if not all(isinstance(said, str) for said in (pattern, *names.values(), *words.values())):
        raise ValueError(f"number, {', '.join(NAMES)} and words are texts")
    return Numbering(pattern, words=words, **names)


def merged(layers: list[Numbering]) -> Numbering:
    """What layers say together, the first first."""
    names = {name: next((said for each in layers if (said := getattr(each, name))), "") for name in NAMES}
    return Numbering(
        next((each.pattern for each in layers if each.pattern), PATTERN),
        words={kind: word for each in reversed(layers) for kind, word in each.words.items()},
        **(names | {"oversight": names["oversight"] or OVERSIGHT}),
    )
