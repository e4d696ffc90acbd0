"""What rests on a law that has ended: told with the articles in its place, for whoever has to look through it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache

from yifa.law.v1.law_pb2 import EndedBasis

from services.law.calendar import SHANGHAI
from services.law.citation import Statute, cite, statutes
from services.law.concordance import WEIGHS, Basis, basis_on
from services.law.moment import put_moment
from services.law.naming import named_in, plain, versions


def end_time(statute: Statute) -> datetime | None:
    """The first moment at which a statute is law no longer; None while nobody ended it."""
    repealed = statute.repealed
    return datetime.combine(repealed, time(), SHANGHAI) if repealed is not None else None


@lru_cache(4096)
def ended_statute(title: str) -> Statute | None:
    """The statute of a title that was replaced; None for one that is in force, in whatever version, or not known."""
    found = [statute for named in named_in(f"《{plain(title)}》") for statute in versions(named)]
    return found[-1] if found and found[-1].replaced_by else None


def end_of(title: str) -> datetime | None:
    """The first moment at which the law of a title is law no longer."""
    statute = ended_statute(title)
    return end_time(statute) if statute is not None else None


def written(code: str) -> str:
    """An article, or a statute as a whole, as documents write it."""
    return cite(code).text_zh if ":" in code else f"《{statutes()[code].title_zh}》"


def resting(text: str, on: date) -> Iterator[EndedBasis]:
    """What a text names of laws that were replaced by a day."""
    for named in named_in(text):
        basis = basis_on(named, on, on)
        if basis is not None and basis.statute.replaced_by and not basis.statute.in_force_on(on):
            yield told(basis)


def told(basis: Basis) -> EndedBasis:
    """A basis that ended, with what is known of what took its place."""
    made = EndedBasis(
        code=basis.code,
        text_zh=written(basis.code),
        instead_codes=basis.instead,
        instead_zh=[written(code) for code in basis.instead],
        changes_zh=[f"{each.zh}（{WEIGHS[each.weighs][0]}）" for each in basis.changes],
        changes_en=[f"{each.en} ({WEIGHS[each.weighs][1]})" for each in basis.changes],
    )
    if (end := end_time(basis.statute)) is not None:
        put_moment(made.end_time, end)
    if basis.gap is not None:
        made.gap_zh, made.gap_en = basis.gap.zh, basis.gap.en
    return made
