"""The yearly reports of enforcement: which figures each shows, and by when it is due (tables/reports.toml)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from services.law.citation import cite
from services.law.figure import FIGURES

TABLE = Path(__file__).parent / "tables" / "reports.toml"


@dataclass(frozen=True)
class Section:
    """Figures under one heading."""

    title_zh: str
    title_en: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class YearlyReport:
    """A report that is due every year. `due` is month × 100 + day of the year after."""

    id: str
    title_zh: str
    title_en: str
    law: str
    due: int
    note_zh: str
    note_en: str
    sections: tuple[Section, ...]

    def due_on(self, year: int) -> date:
        """The day by which the report on a year is due."""
        return date(year + 1, *divmod(self.due, 100))

    @property
    def figures(self) -> tuple[str, ...]:
        return tuple(name for section in self.sections for name in section.figures)


@cache
def reports() -> Mapping[str, YearlyReport]:
    """Every yearly report by its id. Raises ValueError for a figure that there is not, or that a report shows twice."""
    found = {}
    for name, entry in tomllib.loads(TABLE.read_text("utf-8")).items():
        sections = tuple(
            Section(s["title_zh"], s["title_en"], tuple(s["figures"])) for s in entry.pop("section")
        )
        report = YearlyReport(id=name, sections=sections, **entry)
        cite(report.law)
        wrong = [f for f in report.figures if f not in FIGURES or report.figures.count(f) > 1]
        if wrong:
            raise ValueError(f"{TABLE.name}: {name}: {wrong[0]} is no figure, or is shown twice")
        report.due_on(2026)
        found[name] = report
    return MappingProxyType(found)
