"""Whether a layer that a city or an agency wrote can be used, and what it leaves open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from services.cli.law.query import near_names
from services.law.citation import cite, statutes
from services.law.clock import Clock, catalogue, runs
from services.law.judged import refuse_unjudged
from services.law.layer import Layer, read_layer
from services.law.parameters import Layers, national, packs
from services.law.procedures import every
from services.law.words import of_term


@dataclass(frozen=True)
class Checked:
    """A layer, what is wrong with it, and how each clock stands that no national law gives days for."""

    layer: Layer
    faults: tuple[str, ...]
    open: tuple[tuple[Clock, Clock | None], ...]


def checked(path: Path, on: date) -> Checked:
    """Read a file or folder and hold it against the law. Raises OSError, ValueError for one that cannot be read."""
    layer = read_layer(path)
    faults = [*_unknown_names(layer), *_fields(layer)]
    try:
        layers = _with(layer)
    except ValueError as wrong:
        return Checked(layer, (*faults, str(wrong)), ())
    sector = layer.name if layer.kind == "sector" else ""
    open_ = [c for c in catalogue().values() if runs(c) and statutes()[c.law.partition(":")[0]].of]
    return Checked(layer, tuple(faults), tuple((c, layers.clock(c, on, sector)) for c in open_))


def _with(layer: Layer) -> Layers:
    of_kind = {"provincial": "provincial", "city": "city", "sector": "sector", "agency": "agency"}
    return refuse_unjudged(Layers(national(), **{of_kind[layer.kind]: layer}))  # type: ignore[arg-type]


def _unknown_names(layer: Layer) -> Iterator[str]:
    """Rules and acts that no procedure has."""
    moves = [move for procedure in every() for table in procedure.tables for move in table.moves]
    known = {move.name for move in moves} | {rule.name for move in moves for rule in move.rules}
    for name in layer.cites:
        if name not in known:
            near = near_names(name, sorted(known))
            yield f"[{name}]: 没有此规则或者行为 no such rule or act" + (
                f"；{'、'.join(near)}?" if near else ""
            )


def _fields(layer: Layer) -> Iterator[str]:
    """A sector has fields, and each field one sector."""
    if layer.kind != "sector":
        return
    if not layer.fields:
        yield "[layer] fields: 未写明适用于哪些领域 it does not say for which fields it is"
    for other in packs():
        for field in set(other.fields) & set(layer.fields):
            if other.name != layer.name:
                yield f"[layer] fields: “{field}”已属于 is already of {other.name}"


def print_checked(out: Console, found: Checked) -> None:
    """The faults, or that there are none; then what the layer gives and what it leaves to the agency."""
    layer = found.layer
    out.print(Text(f"{layer.name} {layer.title_zh} {layer.title_en}".strip(), "bold"))
    for fault in found.faults:
        out.print(Text(f"✗ {fault}", "red"))
    if not found.faults:
        out.print(Text("✓ 可以使用 can be used", "green"))
    table = Table("编号 id", "期限 clock", "长度 term", "依据 law", pad_edge=False)
    for clock, here in sorted(found.open, key=lambda pair: (pair[1] is None, pair[0].id)):
        term = "".join(of_term(here.term)[:1]) if here else "由本机关规定 for the agency to order"
        law = cite(here.law).code if here else "–"
        table.add_row(clock.id, clock.title_zh, term, law, style="" if here else "yellow")
    out.print(table)
