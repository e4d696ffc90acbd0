"""All that binds a body, on one screen of a terminal."""

from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.law.bound import Bound, BoundClock
from services.law.words import LAYERS, Words, of_amount, of_number, of_person, of_term


def as_json(found: Bound) -> dict[str, Any]:
    return {
        "sector": found.sector,
        "layers": [{"layer": layer.name, "kind": layer.kind} for layer in found.layers],
        "clocks": [_clock_json(row) for row in found.clocks],
        "numbers": [
            {
                "number": row.parameter.key,
                "value": row.holds.value,
                "unit": row.holds.unit,
                "law": row.holds.citation.code,
                "instead": row.instead,
            }
            for row in found.numbers
        ],
        "articles": [
            {"zh": row.title_zh, "en": row.title_en, "law": row.law, "instead": row.instead}
            for row in found.articles
        ],
    }


def _clock_json(row: BoundClock) -> dict[str, Any]:
    clock = row.counts
    told: dict[str, Any] = {
        "clock": row.written.id,
        "title_zh": row.written.title_zh,
        "title_en": row.written.title_en,
    }
    if clock is None or row.term is None:
        return told | {"term": None, "law": "", "instead": ""}
    return told | {
        "term": {"amount": row.term.amount, "unit": row.term.unit},
        "extensions": [
            {"by": e.by, "amount": e.amount, "unit": e.unit, "law": e.law} for e in clock.extensions
        ],
        "excluded_zh": clock.excluded_zh,
        "excluded_en": clock.excluded_en,
        "law": clock.law,
        "instead": row.instead,
    }


def print_bound(out: Console, found: Bound, name: str) -> None:
    """The layers, then a line for each clock and number; what nobody set stands last."""
    out.print(Text(name, "bold"))
    asked = " → ".join(f"{' '.join(LAYERS[layer.kind])} {layer.name}" for layer in found.layers)
    out.print(Text(asked, "cyan"))
    clocks = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in (
        "期限 clock",
        "长度 term",
        "延长 extension",
        "扣除 excluded",
        "依据 law",
        "代替 instead of",
    ):
        clocks.add_column(heading, overflow="fold")
    for row in found.clocks:
        if row.counts is not None:
            clocks.add_row(*_cells(row))
    out.print(clocks)
    numbers = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("数额 number", "", "依据 law", "代替 instead of"):
        numbers.add_column(heading, overflow="fold")
    for number in found.numbers:
        value, title = of_number(number.holds.value, number.holds.unit), number.parameter
        named = f"{title.title_zh} {title.title_en}"
        numbers.add_row(named, both(value), number.holds.citation.code, number.instead)
    out.print(numbers)
    if found.empty:
        out.print(Text("无人规定，由本机关确定 set by nobody, for the agency to order:", "yellow"))
        out.print(Text("、".join(f"{c.id} {c.title_zh} {c.title_en}" for c in found.empty), "yellow"))
    out.print(f"自有条文 articles of its own: {len(found.articles)} (--json)", highlight=False)


def _cells(row: BoundClock) -> tuple[str, ...]:
    clock = row.counts or row.written
    term = both(of_term(row.term)) if row.term else ""
    given = "\n".join(
        f"{both(of_amount(e.amount, e.unit))}, {both(of_person(e.by))}" for e in clock.extensions
    )
    excluded = both((clock.excluded_zh, clock.excluded_en))
    return f"{clock.id} {clock.title_zh} {clock.title_en}", term, given, excluded, clock.law, row.instead


def both(words: Words) -> str:
    return " ".join(words).strip()
