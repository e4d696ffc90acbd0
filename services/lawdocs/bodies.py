"""What binds a body, a page for each sector that there is a pack for and one for the fields that none names."""

from collections.abc import Iterable
from functools import cache

from services.law.bound import Bound, BoundClock, BoundNumber, OwnArticle, bound
from services.law.citation import INTERNAL, cite, statutes
from services.law.parameters import Layers, national, packs
from services.law.words import of_amount, of_number, of_person, of_term
from services.lawdocs.markdown import both, page, statute_page, table
from services.lawdocs.pages import cited

NOBODY = "*由本机关规定<br>for the agency to order*"
ORDER = """先问者有规定的从其规定：领域（部门规章）、市、省、国家；都没有规定期限的，由本机关内部规定。
规章规定地方可以另行规定的数额，市、省有规定的从其规定。下表为国家和领域的规定；
`yifa law body 领域 --node 节点设置` 加上省、市和本机关的规定。

Who is asked first and says something counts: the sector's ministry, the city, the province, the nation. Where none of them gives
days, the agency orders them for itself. A number that a ministry leaves to the place yields to city and province. This page shows
nation and sector; `yifa law body FIELD --node FILE` adds province, city and agency.
"""


def pages() -> dict[str, str]:
    """The pages by their paths."""
    layers = Layers(national())
    return {f"bodies/{sector or 'other'}.md": _page(layers, sector) for sector in (*layers.sectors, "")}


def links() -> Iterable[tuple[str, str]]:
    """Each page with the fields that it is for."""
    for pack in packs():
        yield f"[{pack.title_zh} {pack.title_en}](bodies/{pack.name}.md)", "、".join(pack.fields)
    yield "[其他 others](bodies/other.md)", "—"


def _page(layers: Layers, sector: str) -> str:
    # On the first day on which all law that is known here is in force: the page changes with the data, not with the day.
    found = bound(layers, sector, max(s.in_force for s in statutes().values()))
    own = layers.layer(sector)
    title = f"{own.title_zh} {own.title_en}" if own else "其他领域 Fields that no pack names"
    asked = "、".join(f"{layer.title_zh or '国家'} {layer.title_en or 'nation'}" for layer in found.layers)
    return page(
        f"适用的法律 What binds a body: {title}",
        f"{asked}\n\n{ORDER}",
        table(
            ("期限 clock", "长度 term", "延长 extension", "扣除 excluded", "依据 law", "代替 instead of"),
            map(_clock, found.clocks),
        ),
        "## 数额 Numbers\n",
        table(("数额 number", "", "依据 law", "代替 instead of"), map(_number, found.numbers)),
        f"## 由本机关规定 For the agency to order ({len(found.empty)})\n",
        _empty(found),
        f"## 本领域自有条文 Articles of its own ({len(found.articles)})\n",
        table(("行为、要求 act or rule", "依据 law", "代替 instead of"), map(_article, found.articles)),
    )


def _clock(row: BoundClock) -> tuple[str, ...]:
    name = f"`{row.written.id}` {both(row.written.title_zh, row.written.title_en)}"
    clock = row.counts
    if clock is None or row.term is None:
        return name, NOBODY, "", "", "", ""
    given = (
        both(*(f"{a}{b}" for a, b in zip(of_amount(e.amount, e.unit), by(e.by), strict=True)))
        for e in clock.extensions
    )
    excluded = both(clock.excluded_zh, clock.excluded_en)
    return name, both(*of_term(row.term)), "<br>".join(given), excluded, _law(clock.law), _law(row.instead)


def by(who: str) -> tuple[str, str]:
    """Who extends, as it stands behind how long."""
    zh, en = of_person(who)
    return f"（{zh}）", f" ({en})"


def _number(row: BoundNumber) -> tuple[str, ...]:
    p, holds = row.parameter, row.holds
    title = f"`{p.key}` {both(p.title_zh, p.title_en)}"
    return title, both(*of_number(holds.value, holds.unit)), _law(holds.citation.code), _law(row.instead)


def _article(row: OwnArticle) -> tuple[str, ...]:
    return both(row.title_zh, row.title_en), _law(row.law), _law(row.instead)


def _empty(found: Bound) -> str:
    return "、".join(f"{c.title_zh} {c.title_en} (`{c.id}`)" for c in found.empty) + "\n"


def _law(law: str) -> str:
    return "<br>".join(_one(part) for part in law.split(";")) if law else ""


def _one(part: str) -> str:
    code = part.partition(":")[0]
    if part == INTERNAL:
        return "内部规定 internal"
    return f'[{part}](../{statute_page(code)} "{cite(part).text_zh}")' if code in _paged() else f"`{part}`"


@cache
def _paged() -> frozenset[str]:
    return frozenset(s.code for s in cited())
