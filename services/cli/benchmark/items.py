"""The items of a benchmark table, from its rows: what stands above holds for an empty cell."""

from collections.abc import Iterator
from pathlib import Path

from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark

from services.cli.benchmark.report import Finding, Read, Report
from services.cli.benchmark.rows import Row, rows
from services.law.discretion.grammar import fines_of
from services.law.discretion.lexer import Unreadable
from services.law.discretion.measure import unread
from services.law.discretion.saying import fine_zh
from services.law.discretion.table import between_levels, beyond_statute

STANDARD, BASIS = "裁量标准", "法律依据"
_SUFFIXES = ("", *"bcdefghijklmnopqrstuvwxyz")


def items_of(file: Path, report: Report) -> list[Benchmark]:
    """The items of a file that can be taken; what cannot is in the report, and sets no band.

    Rows of one item follow each other; an empty cell means what stands above. A row that gives only circumstances adds them
    to the band above it. Raises ValueError for a file that holds no such table, OSError for one that cannot be read.
    """
    table = _Table(report)
    for row in rows(file, report):
        table.take(row)
    return table.done()


class _Table:
    """What has been read so far: the item and the band that the next row may go on with."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.items: list[Benchmark] = []
        self.lines: dict[tuple[str, str], Row] = {}
        self.seen: set[str] = set()
        self.item: Benchmark | None = None
        self.begun = False
        self.part, self.kind = 1, ""
        self.codes: set[str] = set()

    def take(self, row: Row) -> None:
        self.report.rows += 1
        cells = row.cells
        if cells["code"] or "code" in row.lost:
            self.begin(row)
        elif not self.begun:
            self.report.note(row.sheet, row.line, "NO_ITEM")
            return
        if self.item is None:
            return
        if not cells["code"]:
            self.go_on(self.item, row)
        if cells["level"] or cells["standard"] or "standard" in row.lost or not self.item.bands:
            self.band(self.item, row)
        elif cells["circumstances"]:
            self.item.bands[-1].circumstances += f"\n{cells['circumstances']}"

    def begin(self, row: Row) -> None:
        """A new item; its rows are passed over when it cannot be taken."""
        self.begun, self.item = True, None
        self.part, self.kind, self.codes = 1, "", set()
        cells, code = row.cells, row.cells["code"]
        key = f"{row.statute}:{code}"
        wrong = {
            "NO_STATUTE": not row.statute,
            "NO_VIOLATION": not cells["violation"],
            "REPEATED_ITEM": key in self.seen,
        }
        if "code" in row.lost:
            return
        if found := next((name for name, holds in wrong.items() if holds), ""):
            self.report.note(row.sheet, row.line, found, cells["violation"], code)
            return
        self.seen.add(key)
        self.item = Benchmark(
            benchmark_id=key,
            code=code,
            statute=row.statute,
            violation=cells["violation"],
            basis=cells["basis"],
        )
        self.items.append(self.item)
        self.lines[key, ""] = row

    def go_on(self, item: Benchmark, row: Row) -> None:
        """A basis of its own, with classes counted anew, begins another part of the item."""
        basis, violation, level = (row.cells[name] for name in ("basis", "violation", "level"))
        if basis and basis not in item.basis:
            item.basis += f"\n{basis}"
            if level and self.kind and _order(level) <= _order(self.kind):
                self.part, self.kind = self.part + 1, ""
        if violation and violation not in item.violation:
            item.violation += f"\n{violation}"

    def band(self, item: Benchmark, row: Row) -> None:
        level, standard = row.cells["level"], row.cells["standard"]
        repeated = bool(level) and level == self.kind
        self.kind = level or self.kind or "1"
        if not standard and "standard" not in row.lost and item.bands:
            standard = item.bands[-1].standard
        band = Band(code=self.code(), circumstances=row.cells["circumstances"], standard=standard)
        if not self.kind.isdecimal():
            band.level = self.kind
        if repeated:
            self.report.note(row.sheet, row.line, "REPEATED_CLASS", level, f"{item.code} {band.code}", "类别")
        self.lines[item.benchmark_id, band.code] = row
        item.bands.append(band)
        self.fines(item, item.bands[-1], row)

    def fines(self, item: Benchmark, band: Band, row: Row) -> None:
        """Read the wording of a band. What cannot be read exactly is reported, and sets nothing."""
        name = f"{item.code} {band.code}"
        try:
            band.fines.extend(fines_of(band.standard))
            if not band.fines:
                self.report.note(row.sheet, row.line, "NO_AMOUNT", band.standard, name, STANDARD)
        except Unreadable as no:
            self.report.add(
                Finding(
                    row.sheet,
                    row.line,
                    STANDARD,
                    name,
                    "UNREADABLE",
                    band.standard,
                    f"“{no.piece}”{no.zh}",
                    f'"{no.piece}": {no.en}',
                )
            )

    def code(self) -> str:
        """The class, with the part before it and a letter behind it where needed to tell bands apart."""
        plain = self.kind if self.part == 1 else f"{self.part}-{self.kind}"
        code = next(c for c in (f"{plain}{suffix}" for suffix in _codes()) if c not in self.codes)
        self.codes.add(code)
        return code

    def done(self) -> list[Benchmark]:
        for item in self.items:
            self.hold(item)
            self.count(item)
        return self.items

    def hold(self, item: Benchmark) -> None:
        """Hold an item's bands against its statute and against each other."""
        self.statute(item)
        beyond = {finding.band.code: finding for finding in beyond_statute(item)}
        for band in item.bands:
            if finding := beyond.get(band.code):
                self.found(item, band, "BEYOND_STATUTE", f"{band.standard}｜{fine_zh(finding.other)}")
                del band.fines[:]
        for part in sorted({_part(band) for band in item.bands}):
            bands = [band for band in item.bands if _part(band) == part]
            # Where one was not read, what it would fill is no gap.
            for finding in () if any(map(unread, bands)) else between_levels(bands):
                said = f"{fine_zh(finding.fine)}｜{fine_zh(finding.other)}"
                self.found(item, finding.band, finding.code, said)

    def statute(self, item: Benchmark) -> None:
        try:
            item.statute_fines.extend(fines_of(item.basis, alternatives=True))
        except Unreadable as no:
            row = self.lines[item.benchmark_id, ""]
            self.report.note(row.sheet, row.line, "STATUTE_UNREAD", no.piece, item.code, BASIS)

    def found(self, item: Benchmark, band: Band, code: str, said: str) -> None:
        row = self.lines[item.benchmark_id, band.code]
        self.report.note(row.sheet, row.line, code, said, f"{item.code} {band.code}", STANDARD)

    def count(self, item: Benchmark) -> None:
        self.report.items += 1
        for band in item.bands:
            row = self.lines[item.benchmark_id, band.code]
            self.report.bands += 1
            self.report.with_figure += bool(band.fines) or "罚款" in band.standard
            self.report.exact += bool(band.fines)
            said = "；".join(fine_zh(fine) for fine in band.fines)
            self.report.read.append(Read(row.sheet, row.line, item.code, band.code, band.standard, said))


def _codes() -> Iterator[str]:
    yield from _SUFFIXES
    number = 2
    while True:
        yield f"z{number}"
        number += 1


def _part(band: Band) -> str:
    part, marked, _ = band.code.partition("-")
    return part if marked else ""


def _order(kind: str) -> int:
    return int(kind) if kind.isdecimal() else 0
