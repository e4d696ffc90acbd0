"""What became of a benchmark table: what was read as what, and what a person should look at."""

import csv
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

SHOWN = 40
SAYINGS = {
    "NO_AMOUNT": ("未设定罚款", "it sets no fine"),
    "BEYOND_STATUTE": ("超出该项法律依据的幅度，未采用", "it lies outside what the statute allows, and was not taken"),
    "STATUTE_UNREAD": ("法律依据的幅度无法准确识别，未与档次比对", "its range was not read exactly; nothing was held against it"),
    "GAP": ("与下一档次之间有空档", "there is a gap to the next level"),
    "OVERLAP": ("与下一档次重叠", "it overlaps the next level"),
    "REPEATED_CLASS": ("类别重复，第二项已加字母区分", "the class is given twice; the second got a letter"),
    "NO_ITEM": ("该行之前没有序号", "the row stands before the first item"),
    "REPEATED_ITEM": ("序号重复，未采用", "the item number was used before; the second was not taken"),
    "NO_STATUTE": ("未写明所属法律，未采用", "the statute is not said; the item was not taken"),
    "NO_VIOLATION": ("未写明违法行为，未采用", "the violation is not said; the item was not taken"),
    "HIDDEN_SHEET": ("工作表是隐藏的，未读取", "the sheet is hidden and was not read"),
    "HIDDEN_ROW": ("该行是隐藏的，已一并读取", "the row is hidden and was read too"),
    "NO_TABLE": ("工作表没有裁量基准表，未读取；缺少列", "the sheet was not read, for it lacks columns"),
    "NOTE": ("视为说明，未作为档次读取", "it was taken for a note, and for no row"),
}  # fmt: skip
# These say what was done; nothing has to be mended.
NOTES = frozenset(
    [
        "NO_AMOUNT",
        "GAP",
        "OVERLAP",
        "REPEATED_CLASS",
        "STATUTE_UNREAD",
        "HIDDEN_SHEET",
        "HIDDEN_ROW",
        "NO_TABLE",
        "NOTE",
    ]
)


@dataclass(frozen=True, order=True)
class Finding:
    """What a person should look at: where it stands (line 0: the whole sheet), the text, and why in both languages."""

    sheet: str
    line: int
    column: str
    item: str
    code: str
    text: str
    zh: str
    en: str

    @property
    def is_note(self) -> bool:
        return self.code in NOTES

    def __str__(self) -> str:
        place = " ".join(filter(None, (self.sheet, f"第{self.line}行" if self.line else "", self.column)))
        item = f"（{self.item}）" if self.item else ""
        shown = f"“{self.text}”" if self.text else ""
        return f"{place}{item} {self.code}：{shown}{self.zh} {self.en}"


@dataclass(frozen=True)
class Read:
    """A band, the wording of its row, and what was read from it."""

    sheet: str
    line: int
    item: str
    band: str
    standard: str
    read: str


@dataclass
class Report:
    """What became of a table."""

    rows: int = 0
    items: int = 0
    bands: int = 0
    with_figure: int = 0
    """Bands whose wording sets a fine."""
    exact: int = 0
    """Of those, how many became numbers."""
    published: int = 0
    unchanged: int = 0
    dry_run: bool = False
    titles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    read: list[Read] = field(default_factory=list)

    @property
    def problems(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_note]

    def add(self, finding: Finding) -> None:
        self.findings.append(finding)

    def note(
        self, sheet: str, line: int, code: str, text: str = "", item: str = "", column: str = ""
    ) -> None:
        zh, en = SAYINGS[code]
        self.add(Finding(sheet, line, column, item, code, text, zh, en))

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "problems": [asdict(finding) for finding in self.problems]}

    def save(self, file: Path) -> None:
        """What was read from every band, and everything found, as a CSV file to be held against the table."""
        why = {(f.sheet, f.line, f.item): f for f in self.findings if f.item}
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(
                (
                    "工作表 sheet",
                    "行号 line",
                    "列 column",
                    "项目 item",
                    "原文 text",
                    "识别为 read as",
                    "代码 code",
                    "说明",
                    "why",
                )
            )
            for each in self.read:
                found = why.get((each.sheet, each.line, f"{each.item} {each.band}"))
                said = (found.code, found.zh, found.en) if found else ("", "", "")
                writer.writerow(
                    (
                        each.sheet,
                        each.line,
                        "裁量标准",
                        f"{each.item} {each.band}",
                        each.standard,
                        each.read,
                        *said,
                    )
                )
            for f in self.findings:
                if f not in why.values():
                    writer.writerow((f.sheet, f.line, f.column, f.item, f.text, "", f.code, f.zh, f.en))

    def print(self, out: Console) -> None:
        done = (
            "试运行，未公布 dry run, nothing published"
            if self.dry_run
            else f"已公布 published: {self.published} 项 items, 未变 unchanged {self.unchanged}"
        )
        out.print(
            f"{done}; 读取 read: {self.rows} 行 rows, {self.items} 项 items, {self.bands} 档 bands; "
            f"涉及罚款 with a fine {self.with_figure}, 准确识别 exact {self.exact}",
            highlight=False,
        )
        ordered = sorted(self.findings, key=lambda finding: finding.is_note)
        for finding in ordered[:SHOWN]:
            mark = "[yellow]![/yellow]" if finding.is_note else "[red]✗[/red]"
            out.print(f"{mark} {escape(str(finding))}", highlight=False, markup=True)
        if (more := len(ordered) - SHOWN) > 0:
            out.print(f"… {more} 条 more: --report FILE.csv", highlight=False)
        for line in self.refused:
            out.print(f"[red]✗[/red] {escape(line)}", highlight=False, markup=True)
