"""Reads a published discretion benchmark (行政处罚裁量权基准) from a table of its rows."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from yifa.enforcement.v1.benchmark_pb2 import Band, Benchmark

# No amount of money or rate is larger; a number beyond it was misread.
MOST = 10**15
COLUMNS = ("sheet", "序号", "违法行为", "法律依据", "类别", "裁量情节", "裁量标准")

_DIGITS = {d: n for n, d in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"(?:[0-9][0-9,]*(?:\.[0-9]+)?[十百千万亿]*|[零〇一二两三四五六七八九十百千万亿]+)"
_AMOUNT = rf"(?:百分之{_NUMBER}|{_NUMBER}[%％倍]|{_NUMBER}元|{_NUMBER}(?=以))"
# 处（何种基数的）甲以上乙以下罚款 / 甲以下罚款 / 甲罚款
_FINE = re.compile(
    rf"处(?:以)?(?P<base>[^，。；、处]*?)(?P<first>{_AMOUNT})(?P<from>以上)?(?P<second>{_AMOUNT})?(?P<to>以下)?的?罚款"
)
_MORE = re.compile(rf"{_AMOUNT}(?:以上|以下|的?罚款|(?=[，。；]|$))")


@dataclass(frozen=True)
class Problem:
    """Something that a person should look at: the line of the file, the item, a code and a sentence."""

    line: int
    item: str
    code: str
    en: str
    zh: str

    def __str__(self) -> str:
        return f"{self.line} ({self.item}): {self.zh} {self.en}"


SAYINGS = {
    "NO_AMOUNT": ("the standard sets no amount", "裁量标准未设定金额"),
    "UNREADABLE": (
        "the standard speaks of a fine whose amount cannot be read",
        "裁量标准涉及罚款，但金额无法识别",
    ),
    "MORE_AMOUNTS": (
        "only the first amount of the standard is held in the band",
        "裁量标准含多项金额，仅采用第一项",
    ),
    "REVERSED": ("the lower amount is above the upper", "下限高于上限"),
    "REPEATED_CLASS": (
        "the class is given twice; the second got a letter",
        "类别重复，第二项已加字母区分",
    ),
    "NO_ITEM": ("the row stands before the first item", "该行之前没有序号"),
    "REPEATED_ITEM": ("the item number was used before", "序号重复"),
}


@dataclass(frozen=True)
class Range:
    """What a standard allows, in fen or, when `rate`, in millionths of a base amount."""

    low: int
    high: int
    rate: bool


def read_benchmarks(path: Path | str) -> tuple[list[Benchmark], list[Problem]]:
    """The items of a benchmark table (CSV, UTF-8), and what a person should look at.

    Rows of one item follow each other; an empty cell means what stands above. A row that gives only
    circumstances adds them to the band above it. Raises ValueError for a file that is no such table or
    not UTF-8, OSError for one that cannot be read.
    """
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [c for c in COLUMNS if c not in (reader.fieldnames or ())]:
            raise ValueError(f"{Path(path).name}: columns are missing: {', '.join(missing)}")
        table = _Table()
        try:
            for row in reader:
                table.take(reader.line_num, {c: (row[c] or "").strip() for c in COLUMNS})
        except csv.Error as wrong:
            raise ValueError(f"{Path(path).name}:{reader.line_num}: {wrong}") from wrong
    return table.items, table.problems


class _Table:
    """What has been read so far: the item and the band that the next row may go on with."""

    def __init__(self) -> None:
        self.items: list[Benchmark] = []
        self.problems: list[Problem] = []
        self.seen: set[str] = set()
        self.part = 1
        self.kind = ""
        self.codes: set[str] = set()

    def take(self, line: int, row: dict[str, str]) -> None:
        if not any(row.values()):
            return
        if row["序号"]:
            self.begin(line, row)
        elif not self.items:
            self.problem(line, "", "NO_ITEM")
            return
        item = self.items[-1]
        if not row["序号"]:
            self.go_on(item, row)
        if row["类别"] or row["裁量标准"] or not item.bands:
            self.band(line, item, row)
        elif row["裁量情节"]:
            item.bands[-1].circumstances += f"\n{row['裁量情节']}"

    def begin(self, line: int, row: dict[str, str]) -> None:
        statute, code = row["sheet"], row["序号"]
        key = f"{statute}:{code}"
        if key in self.seen:
            self.problem(line, code, "REPEATED_ITEM")
        self.seen.add(key)
        item = Benchmark(
            benchmark_id=key, code=code, statute=statute, violation=row["违法行为"], basis=row["法律依据"]
        )
        self.items.append(item)
        self.part, self.kind, self.codes = 1, "", set()

    def go_on(self, item: Benchmark, row: dict[str, str]) -> None:
        """A basis of its own, with classes counted anew, begins another part of the item."""
        if row["法律依据"] and row["法律依据"] not in item.basis:
            item.basis += f"\n{row['法律依据']}"
            if row["类别"] and self.kind and _order(row["类别"]) <= _order(self.kind):
                self.part, self.kind = self.part + 1, ""
        if row["违法行为"] and row["违法行为"] not in item.violation:
            item.violation += f"\n{row['违法行为']}"

    def band(self, line: int, item: Benchmark, row: dict[str, str]) -> None:
        repeated = bool(row["类别"]) and row["类别"] == self.kind
        self.kind = row["类别"] or self.kind or "1"
        above = item.bands[-1].standard if item.bands else ""
        standard = row["裁量标准"] or above
        band = Band(code=self.code(), circumstances=row["裁量情节"], standard=standard)
        if repeated:
            self.problem(line, f"{item.code} {band.code}", "REPEATED_CLASS")
        for problem in set_amount(band):
            self.problem(line, f"{item.code} {band.code}", problem)
        item.bands.append(band)

    def code(self) -> str:
        """The class, with the part before it and a letter behind it where needed to tell bands apart."""
        plain = self.kind if self.part == 1 else f"{self.part}-{self.kind}"
        code = next(
            c for c in (plain, *(f"{plain}{x}" for x in "bcdefghijklmnopqrstuvwxyz")) if c not in self.codes
        )
        self.codes.add(code)
        return code

    def problem(self, line: int, item: str, code: str) -> None:
        en, zh = SAYINGS[code]
        self.problems.append(Problem(line, item, code, en, zh))


def _order(kind: str) -> int:
    return int(kind) if kind.isdecimal() else 0


def set_amount(band: Band) -> Iterator[str]:
    """Read the band's standard into its amounts; yields the codes of what a person should look at."""
    found = _FINE.search(band.standard)
    if found is None:
        yield "UNREADABLE" if "罚款" in band.standard else "NO_AMOUNT"
        return
    allowed = _range(found)
    if allowed is None or allowed.high > MOST:
        yield "UNREADABLE"
        return
    if allowed.low > allowed.high:
        yield "REVERSED"
        return
    if allowed.rate:
        band.min_rate, band.max_rate = allowed.low, allowed.high
    else:
        band.min_fine.fen, band.max_fine.fen = allowed.low, allowed.high
    if _MORE.search(band.standard, found.end()):
        yield "MORE_AMOUNTS"


def _range(found: re.Match[str]) -> Range | None:
    first, second = found["first"], found["second"]
    low, rate = _amount(first, found["second"] or "")
    if found["from"] and second and found["to"]:
        high, as_rate = _amount(second, "")
        return Range(low, high, rate) if rate == as_rate else None
    if second or found["from"]:
        return None
    return Range(0 if found["to"] else low, low, rate)


def _amount(text: str, beside: str) -> tuple[int, bool]:
    """Fen, or millionths of a base with True; a bare number takes the unit of the amount beside it."""
    if text.startswith("百分之"):
        return _scaled(text.removeprefix("百分之"), 10_000), True
    if text[-1] in "%％":
        return _scaled(text[:-1], 10_000), True
    if text[-1] == "倍":
        return _scaled(text[:-1], 1_000_000), True
    if text[-1] != "元" and beside[-1:] in ("%", "％", "倍"):
        return _amount(text + beside[-1], "")
    return _scaled(text.removesuffix("元"), 100), False


def _scaled(text: str, factor: int) -> int:
    whole, _, part = text.partition(".")
    if not part:
        return number(whole) * factor
    digits = re.match("[0-9]+", part)
    assert digits is not None  # the pattern has digits after the point
    places = digits.group()
    unit = number("1" + part[digits.end() :]) if part[digits.end() :] else 1
    return (
        (int(whole.replace(",", "")) * 10 ** len(places) + int(places)) * unit * factor // 10 ** len(places)
    )


def number(text: str) -> int:
    """A whole number in digits, Chinese numerals or both, as 12, 十二万, 1500 or 10万. Raises ValueError."""
    total = section = digit = 0
    for part in re.findall(r"[0-9,]+|.", text):
        if part[0].isascii():
            digit = int(part.replace(",", ""))
        elif part in _DIGITS:
            digit = _DIGITS[part]
        elif part not in _UNITS:
            raise ValueError(f"{text!r} is not a number")
        elif (unit := _UNITS[part]) < 10_000:
            section += (digit or 1) * unit
            digit = 0
        elif unit == 10_000:
            section = (section + digit or 1) * unit
            total, section, digit = total + section, 0, 0
        else:
            total, section, digit = (total + section + digit or 1) * unit, 0, 0
    return total + section + digit
