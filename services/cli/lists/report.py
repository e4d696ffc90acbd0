"""What became of a list."""

import csv
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

SHOWN = 40


@dataclass(frozen=True, order=True)
class Problem:
    """Why a line was not taken."""

    line: int
    column: str
    reason: str
    zh: str
    en: str


@dataclass(frozen=True)
class Note:
    """What whoever brings the list should know, though it is no fault of a line."""

    zh: str
    en: str


@dataclass
class Report:
    """What became of the lines of a list."""

    sheet: str = ""
    """The sheet that was read; a text file has none."""
    rows: int = 0
    added: int = 0
    unchanged: int = 0
    dry_run: bool = False
    notes: list[Note] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def bad(self) -> int:
        return len({problem.line for problem in self.problems})

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "bad": self.bad}

    def save(self, file: Path) -> None:
        """Every problem as a CSV file, for whoever mends the list."""
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(("工作表 sheet", "行号 line", "列 column", "代码 reason", "原因", "why"))
            writer.writerows((self.sheet, p.line, p.column, p.reason, p.zh, p.en) for p in self.problems)

    def print(self, out: Console) -> None:
        done = "试运行，未写入 dry run, nothing kept" if self.dry_run else "已导入 imported"
        where = f"工作表 sheet {self.sheet}, " if self.sheet else ""
        out.print(
            f"{done}: {where}{self.rows} 行 rows, 新增 added {self.added}, "
            f"已有 unchanged {self.unchanged}, 有误 bad {self.bad}",
            highlight=False,
        )
        for note in self.notes:
            out.print(f"[yellow]![/yellow] {escape(f'{note.zh} {note.en}')}", highlight=False, markup=True)
        for p in self.problems[:SHOWN]:
            said = f"第{p.line}行 line {p.line} · {p.column} · {p.reason}：{p.zh} {p.en}"
            out.print(f"[red]✗[/red] {escape(said)}", highlight=False, markup=True)
        if (more := len(self.problems) - SHOWN) > 0:
            out.print(f"… {more} 条 more: --report FILE.csv", highlight=False)
