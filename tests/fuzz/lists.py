"""Lists and tables as offices keep them: the truth is known, and something in them is what a spreadsheet may make of it."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange

from services.cli.benchmark.bring import Document, read_table
from services.cli.benchmark.report import Report as TableReport
from services.cli.lists.bring import rows_of
from services.cli.lists.columns import TABLES
from services.cli.lists.find import find
from services.cli.lists.report import Report
from services.node.failure import Failure
from tests.fuzz.damage import ODD, Damage, Wrong, in_words
from tests.registry.lists import number_of
from tests.registry.sheets import document, row

OLD = Path(__file__).parents[1] / "registry" / "files" / "hidden.xls"
STANDARDS = (
    "处二万元以上二十万元以下的罚款", "罚款5000元", "处违法所得一倍以上三倍以下罚款", "警告", "责令停产停业", "处零元罚款",
    "处９９９９９９９９９９９９９９亿元罚款", "处十万元以上一万元以下罚款",
)  # fmt: skip


class Lists(Damage):
    """Makes lists and has them read."""

    folder: Path

    def truth(self) -> list[list[Any]]:
        """Lines of an officers' list; each holds what no other does."""
        rng = self.rng
        many = rng.choice((0, 1, 3, 3, 8))
        return [
            [
                f"示例{n}甲",
                number_of(rng.randrange(8_000_000)),
                "示例执法机关",
                "执法大队",
                f"岗位{n}",
                "行政编制",
                date(1970 + n, 1, 2),
            ]
            for n in range(many)
        ]

    def head(self) -> list[str]:
        return ["姓名", "身份证号", "执法主体", "单位", "岗位", "编制类别", "出生日期"]

    def workbook(self) -> str:
        """A workbook in which some cells are what a spreadsheet may make of them."""
        rng, lines, file = self.rng, self.truth(), self.folder / "a.xlsx"
        head, lost = self.head(), set[int]()
        with xlsxwriter.Workbook(file, {"strings_to_numbers": False}) as book:
            sheet = book.add_worksheet(rng.choice(("名册", "Sheet1", "长" * 31, "a'b")))
            day = book.add_format(
                {"num_format": rng.choice(("yyyy-mm-dd", "yyyy年m月d日", "mm/yy", "@", "[$-804]yyyy/m/d"))}
            )
            top = rng.choice((0, 0, 1, 3))
            if top:
                sheet.merge_range(0, 0, 0, 6, "示例名册")
            if rng.random() < 0.1:
                head[rng.randrange(len(head))] = rng.choice((*head, "", *ODD[:6]))
            sheet.write_row(top, 0, head)
            for n, cells in enumerate(lines, top + 1):
                for column, cell in enumerate(cells):
                    if rng.random() < 0.12:
                        lost.add(n + 1)
                        self.odd_cell(sheet, n, column, cell)
                    elif isinstance(cell, date):
                        sheet.write_datetime(n, column, datetime(cell.year, cell.month, cell.day), day)
                    else:
                        sheet.write_string(n, column, cell)
            for _ in range(rng.choice((0, 0, 1, 2))):
                self.odd_sheet(book, sheet, len(lines), lost)
        return self.listed(
            file, {n + 2 + top: cells for n, cells in enumerate(lines)}, lost, whole=head == self.head()
        )

    def odd_cell(self, sheet: Any, at: int, column: int, cell: Any) -> None:
        rng = self.rng
        way = rng.randrange(9)
        if way == 0:
            sheet.write_formula(
                at, column, rng.choice(("=NA()", "=1/0", "=A1")), None, rng.choice(("#N/A", "#DIV/0!", ""))
            )
        elif way == 1:
            sheet.write_formula(at, column, "=A1", None, str(cell))
        elif way == 2:
            sheet.write_number(
                at,
                column,
                float(cell) if str(cell).isdigit() else rng.choice((0, -1, 1e300, 0.1, 25569, 45_000.5)),
            )
        elif way == 3:
            sheet.write_boolean(at, column, True)
        elif way == 4:
            sheet.write_blank(at, column, None)
        elif way == 5:
            sheet.write_string(at, column, rng.choice(ODD)[:32_000].replace("\0", "") or " ")
        elif way == 6:
            sheet.write_string(at, column, str(cell) + rng.choice((" ", "\u3000", "\u200b", "\n", "*")))
        elif way == 7:
            sheet.write_string(at, column, str(cell))
            sheet.write_comment(at, column, "批注")
        else:
            sheet.write_datetime(at, column, datetime(2026, 1, 2))

    def odd_sheet(self, book: Any, sheet: Any, many: int, lost: set[int]) -> None:
        rng = self.rng
        way = rng.randrange(6)
        if way == 0:
            book.add_worksheet(f"另{len(book.worksheets())}").write_row(
                0, 0, rng.choice((self.head(), ["别的"]))
            )
        elif way == 1 and many > 1:
            row, column = rng.randrange(1, many + 1), rng.randrange(7)
            lost.update(range(1, many + 8))
            with suppress(OverlappingRange):  # a second one that this library will not write over the first
                sheet.merge_range(
                    row, column, min(row + 2, row + many), min(column + rng.randrange(2), 6), "合并"
                )
        elif way == 2:
            hidden = rng.randrange(1, many + 2)
            sheet.set_row(hidden, None, None, {"hidden": True})
            lost.add(hidden + 1)
        elif way == 3:
            sheet.set_column(rng.randrange(7), 6, None, None, {"hidden": True})
            lost.update(range(1, many + 8))
        elif way == 4:
            sheet.write_string(
                *rng.choice(((1_048_575, 16_383), (5_000, 0), (300, 16_383))), rng.choice(("远", "注：以上"))
            )
            lost.update((1_048_576, 5_001, 301))
        else:
            book.add_chartsheet()

    def listed(
        self,
        file: Path,
        truth: dict[int, list[Any]],
        lost: set[int],
        *,
        whole: bool = True,
        kind: str = "officers",
    ) -> str:
        """How a list was read; what is said of a line that nothing was done to is what was written."""
        report = Report()
        try:
            found = find(TABLES[kind], file, "", report)
            rows = {r.line: r for r in rows_of(TABLES[kind], found, report)}
        except (ValueError, OSError, Failure) as no:
            in_words(str(no))
            return "refused"
        told = {p.line for p in report.problems}
        for problem in report.problems:
            in_words(f"{problem.zh} {problem.en}")
        for line, cells in truth.items():
            made = rows.get(line)
            if made is None:
                if whole and line not in told and line not in lost:
                    raise Wrong(f"line {line} of {cells} is read nowhere and told of nowhere")
            elif line not in lost and whole:
                same_line(made, cells)
            elif whole:
                like_line(made, cells)
        if whole and (more := set(rows) - set(truth) - lost):
            raise Wrong(f"lines {more} were not written")
        return "read" if rows else "read as nothing"

    def ods(self) -> str:
        rng, lines, lost = self.rng, self.truth(), set[int]()
        made = [row(self.head())]
        for n, cells in enumerate(lines, 2):
            shown = [xml(c) for c in cells]
            if rng.random() < 0.3:
                lost.add(n)
                shown[rng.randrange(7)] = rng.choice((
                    '<table:table-cell office:value-type="float" office:value="1e999"/>',
                    '<table:table-cell office:value-type="float" office:value="x"/>',
                    '<table:table-cell office:value-type="date" office:date-value="2026-13-99"/>',
                    '<table:table-cell office:value-type="date"/>',
                    '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>',
                    '<table:table-cell table:formula="of:=[.A1]"/>',
                    '<table:table-cell table:number-columns-repeated="99999999999"><text:p>x</text:p></table:table-cell>',
                    '<table:table-cell table:number-columns-repeated="x"><text:p>x</text:p></table:table-cell>',
                    '<table:table-cell table:number-columns-repeated="-3"><text:p>x</text:p></table:table-cell>',
                    '<table:table-cell table:number-rows-spanned="2"><text:p>并</text:p></table:table-cell>',
                    '<table:table-cell table:number-rows-spanned="-5"><text:p>并</text:p></table:table-cell>',
                    '<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>',
                ))  # fmt: skip
                lost.update(range(n, n + 3))
            about = rng.choice(
                ("",) * 12
                + (
                    'table:visibility="collapse"',
                    'table:number-rows-repeated="0"',
                    'table:number-rows-repeated="99999999"',
                    'table:number-rows-repeated="x"',
                )
            )
            if about:
                lost.update(range(n, len(lines) + 3))
            made.append(row(shown, about))
        file = document(
            self.folder / "a.ods", f'<table:table table:name="名册">{"".join(made)}</table:table>'
        )
        return self.listed(file, {n: cells for n, cells in enumerate(lines, 2)}, lost)

    def text(self) -> str:
        rng, lines = self.rng, self.truth()
        out = io.StringIO()
        writer = csv.writer(
            out,
            delimiter=rng.choice(",,\t;"),
            quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
            lineterminator=rng.choice(("\r\n", "\n", "\r")),
        )
        writer.writerows([self.head(), *([str(c) for c in cells] for cells in lines)])
        encoding = rng.choice(
            (
                "utf-8",
                "utf-8-sig",
                "gb18030",
                "gbk",
                "utf-16",
                "utf-16-le",
                "utf-16-be",
                "big5",
                "utf-7",
                "utf-32",
            )
        )
        data = out.getvalue().encode(encoding, "replace")
        odd = encoding in ("big5", "utf-7", "utf-32")
        if rng.random() < 0.5:
            data, odd = self.hurt(data), True
        (self.folder / "a.csv").write_bytes(data)
        return self.listed(
            self.folder / "a.csv",
            {n: cells for n, cells in enumerate(lines, 2)},
            set(range(1, 99)) if odd else set(),
            whole=not odd,
        )

    def damaged(self) -> str:
        """A packed workbook of which bytes were lost or changed: its sums tell."""
        rng, lines = self.rng, [*self.truth(), *self.truth()]
        if rng.random() < 0.5:
            file = self.folder / "d.xlsx"
            with xlsxwriter.Workbook(file) as book:
                sheet = book.add_worksheet("名册")
                for n, cells in enumerate([self.head(), *lines]):
                    sheet.write_row(n, 0, [str(c) for c in cells])
        else:
            rows = "".join(row([xml(c) for c in cells]) for cells in [self.head(), *lines])
            file = document(
                self.folder / "d.ods",
                f'<table:table table:name="名册">{rows}</table:table>',
            )
        data = self.hurt(file.read_bytes())
        if rng.random() < 0.4:
            data = self.hurt_inside(file)
            file.write_bytes(data)
            return self.listed(file, {}, set(range(1, 2_000_000)), whole=False)
        file.write_bytes(data)
        return self.listed(file, {n: cells for n, cells in enumerate(lines, 2)}, set())

    def old(self) -> str:
        data = OLD.read_bytes()
        (self.folder / "o.xls").write_bytes(self.hurt(data))
        return self.listed(self.folder / "o.xls", {}, set(range(1, 2_000_000)), whole=False)

    def table(self) -> str:
        """A benchmark table."""
        rng, file = self.rng, self.folder / "t.xlsx"
        head = ["序号", "违法行为", "法律依据", "裁量阶次", "适用条件", "裁量标准"]
        with xlsxwriter.Workbook(file) as book:
            sheet = book.add_worksheet("示例法")
            sheet.write_row(0, 0, head)
            for n in range(rng.choice((1, 3, 6))):
                level, when, what = map(rng.choice, (("一般", "从轻", "1"), ("初次", ""), STANDARDS))
                cells = [f"{n + 1}", "示例违法行为", "《示例法》第五条", level, when, what]
                for column, cell in enumerate(cells):
                    if rng.random() < 0.1:
                        self.odd_cell(sheet, n + 1, column, cell)
                    else:
                        sheet.write_string(n + 1, column, cell)
        if rng.random() < 0.3:
            file.write_bytes(self.hurt(file.read_bytes()))
        try:
            read_table(file, Document(), TableReport())
        except Failure as no:
            in_words(str(no))
            return "refused"
        return "read"


def xml(cell: Any) -> str:
    return str(cell).replace("&", "&amp;").replace("<", "&lt;")


def said_by(row: Any) -> list[str]:
    born = row.birth_date
    day = f"{born.year:04d}-{born.month:02d}-{born.day:02d}" if row.HasField("birth_date") else ""
    return [row.name, row.id_number, row.body, row.unit, row.post, day]


def written(cells: Sequence[Any]) -> list[str]:
    return [*map(str, cells[:5]), cells[6].isoformat()]


def same_line(row: Any, cells: Sequence[Any]) -> None:
    if said_by(row) != written(cells):
        raise Wrong(f"read {said_by(row)} where {written(cells)} was written")


def like_line(row: Any, cells: Sequence[Any]) -> None:
    """Of a line to which something was done the number of a person is right, or reported: it is lost in part easily. A star
    behind it is read as it was written, and is no number to whoever registers people.
    """
    if row.id_number.rstrip("*") != str(cells[1]) and row.id_number[:12] == str(cells[1])[:12]:
        raise Wrong(f"the number {row.id_number} was read where {cells[1]} was written")
