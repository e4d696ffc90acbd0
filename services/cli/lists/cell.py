"""What a list is made of, whatever kind of file holds it: sheets, lines, cells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


@dataclass(frozen=True)
class Lost:
    """A cell that shows something else than the file holds: a formula that ended in an error, or was never worked out."""

    error: str = ""


Cell = str | float | date | Lost


@dataclass(frozen=True)
class Line:
    """One line and where it stands in its sheet, from 1. Bytes that are no text stand in its cells as lone surrogates."""

    number: int
    cells: tuple[Cell, ...]
    hidden: bool = False
    across: tuple[tuple[int, int], ...] = ()
    """The cells that are merged into one, each by its first and last column."""
    from_above: frozenset[int] = frozenset()
    """The columns in which the value of a merged block further up holds for this line too."""


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or a text file, which has no name. Its lines can be read once; blank ones are left out."""

    name: str
    lines: Iterable[Line]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()


class Block(NamedTuple):
    """Cells merged into one, from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def lines_of(
    rows: Iterable[tuple[int, Sequence[Cell]]],
    blocks: Iterable[Block] = (),
    hidden: frozenset[int] | set[int] = frozenset(),
) -> Iterator[Line]:
    """The lines of numbered rows that hold something of their own; what is merged holds for each of its lines.

    It is repeated downwards only: a block across columns is a title or a note, and has no say on what stands in them.
    """
    waiting = sorted(blocks, reverse=True)
    open_blocks: list[tuple[Block, Cell]] = []
    for number, row in rows:
        at, cells = number - 1, list(row)
        own = not all(map(is_blank, cells))
        open_blocks = [(block, value) for block, value in open_blocks if block.bottom >= at]
        for block, value in open_blocks:
            cells.extend([""] * (block.left + 1 - len(cells)))
            cells[block.left] = value
        from_above = frozenset(block.left for block, _ in open_blocks)
        while waiting and waiting[-1].top <= at:
            block = waiting.pop()
            if block.bottom >= at:
                open_blocks.append((block, cells[block.left] if block.left < len(cells) else ""))
        for block, _ in open_blocks:
            # What a program left in the cells that a block covers, nobody sees.
            covered = range(block.left + 1, min(block.right + 1, len(cells)))
            cells[covered.start : covered.stop] = [""] * len(covered)
        if own:
            across = tuple((b.left, b.right) for b, _ in open_blocks if b.right > b.left)
            yield Line(number, tuple(cells), number in hidden, across, from_above)
