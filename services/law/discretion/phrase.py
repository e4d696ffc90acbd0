"""What can be told of a phrase by its tokens alone."""

from collections.abc import Sequence

from services.law.discretion.lexer import Token
from services.law.discretion.lexicon import ASIDE_WORDS, NO_NAMES

_LONGEST_NAME = 24
_LEADS = ("或者", "或", "相当于", "按照", "按", "以", "其", "当事人", "该", "涉案", "罚款")
_TRAILS = ("在", "为", "达", "的")


def base_name(text: str) -> str:
    """The amount that a text names, without what leads to it."""
    name = text.strip("的，")
    while lead := next((lead for lead in _LEADS if name.startswith(lead) and name != lead), ""):
        name = name.removeprefix(lead)
    for trail in _TRAILS:
        name = name.removesuffix(trail) if len(name) > len(trail) else name
    return name


def is_name(text: str) -> bool:
    """Whether an amount can be called so: short, and without a word that bounds or orders."""
    return bool(text) and len(text) <= _LONGEST_NAME and not any(word in text for word in NO_NAMES)


def kind_before(phrase: Sequence[Token], at: int) -> str:
    return phrase[at - 1].kind if at else ""


def fine_follows(kinds: Sequence[str]) -> bool:
    """Whether the word fine comes next: 甲元的罚款, 甲元的标准处以罚款, 甲倍以下计算罚款."""
    between = ("DE", "SORT", "VERB", "MAY", "COUNT")
    ahead = next((n for n, kind in enumerate(kinds) if kind not in between), len(kinds))
    return ahead < len(kinds) and kinds[ahead] == "FINE"


def is_limit(phrase: Sequence[Token], at: int) -> bool:
    return phrase[at].kind in ("ATMOST", "ATLEAST")


def is_aside(phrase: Sequence[Token]) -> bool:
    said = "".join(token.text for token in phrase)
    return any(word in said for word in ASIDE_WORDS)


def amount_before(phrase: Sequence[Token], at: int) -> bool:
    """Whether an amount that may be the fine stands before in the phrase."""
    return any(token.kind == "AMOUNT" for token in phrase[:at])


def only_mentions(phrase: Sequence[Token], at: int) -> bool:
    """Whether the fine is only spoken of: 罚款总额, after its amount was said."""
    return at + 1 < len(phrase) and phrase[at + 1].kind == "TEXT"
