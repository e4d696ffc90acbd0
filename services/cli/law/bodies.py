"""All that binds a body, on one screen of a terminal."""

from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.cli.law.show import NOBODY
from services.law.bound import Bound, BoundClock
from services.law.clock import Clock
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
    """The layers, then each clock and number with its article and what that replaces; what nobody set stands last."""
    out.print(Text(name, "bold"))
    asked = " → ".join(f"{' '.join(LAYERS[layer.kind])} {layer.name}" for layer in found.layers)
    out.print(Text(asked, "cyan"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for heading in ("期限、数额 clock, number", "长度 term", "延长、扣除 extended, excluded"):
        table.add_column(heading, overflow="fold")
    table.add_column("依据 law", no_wrap=True)
    for row in found.clocks:
        if row.counts is not None and row.term is not None:
            named = f"{row.written.id} {row.written.title_zh}", row.written.title_en
            table.add_row(
                lines(named), lines(of_term(row.term)), _more(row.counts), _law(row.counts.law, row.instead)
            )
    for number in found.numbers:
        title, value = number.parameter, of_number(number.holds.value, number.holds.unit)
        law = _law(number.holds.citation.code, number.instead)
        table.add_row(lines((title.title_zh, title.title_en)), lines(value), "", law)
    out.print(table)
    if found.empty:
        out.print(Text(NOBODY, "yellow"))
        out.print(Text("、".join(f"{c.id} {c.title_zh} {c.title_en}" for c in found.empty), "yellow"))
    out.print(f"自有条文 articles of its own: {len(found.articles)} (--json)", highlight=False)


def _more(clock: Clock) -> str:
    """What lengthens a clock: who may extend it, and what is left out of the count."""
    told = [f"{' '.join(of_amount(e.amount, e.unit))}, {' '.join(of_person(e.by))}" for e in clock.extensions]
    return "\n".join((*told, *filter(None, (clock.excluded_zh, clock.excluded_en))))


def _law(law: str, instead: str) -> str:
    return "\n".join((*law.split(";"), *(f"代替 for {part}" for part in instead.split(";") if part)))


def lines(words: Words) -> str:
    return "\n".join(words)
