"""What a bench found: rows of a table, and whether every number can be believed."""

import json
import os
import platform
import sqlite3
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from rich import box
from rich.console import Console
from rich.table import Table

COPY, HANDED_IN = "a film copied on the same disk", "a film handed in"
IMPORT = "officers of a list, over the stream"
MANY = GET, LIST, DUE, PARTY, WORK = (
    "one case of many",
    "cases of a state, a page of 50 of many",
    "what falls due soon, a page of 50 of many",
    "what a party was penalised for before",
    "what waits for whom, a page of 50 of many",
)
KEPT, JUDGED = "events kept at the city, one core", "events judged by every warning, one core"
LISTS = "the slowest page of all lists of the city"
ARCHIVE = "stages of old cases, over the stream"
GOALS = {
    ("write, c=32", "echo, c=32"): (">=", 0.33),
    ("write, c=32", "no store, c=32"): (">=", 0.6),
    ("write, c=32", "plain SQLModel, c=32"): (">=", 5.0),
    ("list of 50, c=32", "echo, c=32"): (">=", 0.25),
    ("commit to oversight, p50", None): ("<=", 10.0),
    ("what falls due, 50 of all clocks", None): ("<=", 20.0),
    ("a year arrives, all clocks", None): ("<=", 60.0),
    (IMPORT, None): (">=", 20_000),
    (ARCHIVE, None): (">=", 1_000),
    (HANDED_IN, COPY): (">=", 0.7),
    (JUDGED, None): (">=", 5_000),
    (LISTS, None): ("<=", 50.0),
    **{(f"{row}, p99", None): ("<=", 20.0) for row in MANY},
}


@dataclass(frozen=True)
class Row:
    """One line: a value, and its ratio to the line that `against` names."""

    name: str
    value: float
    unit: str
    ratio: float | None = None
    against: str | None = None


@dataclass
class Report:
    """Rows, what was counted, and what went wrong."""

    rows: list[Row] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, values: Sequence[float], unit: str, **references: Sequence[float]) -> None:
        """The median of some rounds; one row for each reference, with the median of the rounds' own ratios."""
        value = median(values)
        if not references:
            self.rows.append(Row(name, round(value, 3), unit))
        for against, others in references.items():
            pairs = zip(values, others, strict=True)
            ratio = median(a / b if b else 0.0 for a, b in pairs)
            self.rows.append(Row(name, round(value, 3), unit, round(ratio, 3), against))

    def check(self, what: str, *, expected: object, found: object) -> None:
        """A mismatch makes the run worthless."""
        if expected != found:
            self.failures.append(f"{what}: expected {expected}, found {found}")

    def save(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        said = {
            "machine": machine(),
            "rows": [asdict(row) for row in self.rows],
            "counts": self.counts,
            "failures": self.failures,
        }
        file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n")

    def print(self, out: Console) -> None:
        title = ", ".join(f"{name} {value}" for name, value in machine().items())
        table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left")
        for column in ("name", "value", "unit", "ratio", "against", "goal"):
            table.add_column(column, justify="right" if column in {"value", "ratio"} else "left")
        for row in self.rows:
            ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
            table.add_row(row.name, figure(row.value), row.unit, ratio, row.against or "", judged(row))
        out.print(table)
        counts = ", ".join(f"{name} {count:,}" for name, count in self.counts.items())
        out.print(f"counted: {counts}", style="dim")
        for failure in self.failures:
            out.print(f"FAILED  {failure}", style="bold red")


def figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def judged(row: Row) -> str:
    """Whether a row reaches the goal set for it."""
    if (goal := GOALS.get((row.name, row.against))) is None:
        return ""
    sign, wanted = goal
    found = row.value if row.ratio is None else row.ratio
    reached = found >= wanted if sign == ">=" else found <= wanted
    return f"{'reached' if reached else 'missed'} ({sign} {wanted:g})"


def machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.system(),
    }
