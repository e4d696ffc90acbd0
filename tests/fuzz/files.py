"""Every reader of files from outside, with files that were damaged or made otherwise: read right, or refused in words, and nothing else.

A list of which the truth is known is written in each format, and something in it is made otherwise. Each line that is then read says
just what was written, or is reported with what is wrong; a damaged workbook is refused, or reads as it was.
"""

import csv
import io
import json
import shutil
import tempfile
import time
import traceback
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter
from PIL import Image

from services.cli.benchmark.bring import Document, read_table
from services.cli.benchmark.report import Report as TableReport
from services.cli.lists.bring import rows_of
from services.cli.lists.columns import TABLES
from services.cli.lists.exchange import read_columns as read_exchange
from services.cli.lists.find import find
from services.cli.lists.penalties import read_columns
from services.cli.lists.report import Report
from services.cli.points import read_table as read_points
from services.cli.proving import proven_json
from services.console.thumbnail import thumbnail
from services.kit import directory, issuers
from services.kit.backup.manifest import Manifest, NodeCopy, unpacked
from services.kit.backup.store import store_at
from services.kit.checkpoint import proof
from services.kit.checkpoint.proof import BadProof
from services.kit.issuers import Issuers
from services.kit.settings import BadSettings, Settings
from services.node.failure import Failure
from services.registry.photo.picture import NoPhoto, cleaned
from tests.registry.lists import number_of
from tests.registry.sheets import document, row

ODD = (
    "", " ", "\u3000", "\0", "\x1b[31m", "\u200b", "=1+1", "#N/A", "#REF!", "NaN", "1e400", "-1", "9" * 400, "１２", "長" * 40_000,
    "2026-02-30", "1900-01-00", "0000-00-00", "２０２６年１月１日", "'", '"', "\r\n", "A1:B2", "true", "\ud7ff", "👮",
)  # fmt: skip
DEEP = 200_000


@dataclass
class Found:
    """What came of all files."""

    files: int = 0
    seconds: float = 0.0
    codes: Counter[str] = field(default_factory=Counter)
    faults: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def fault(self, what: str, about: str) -> None:
        told = self.faults[what[:300]]
        if len(told) < 2:
            told.append(about[:3000])


class Wrong(Exception):
    """A reader gave something that the file does not say."""


class Files:
    """Makes files and has them read."""

    def __init__(self, seed: int) -> None:
        self.rng, self.found = Random(seed), Found()
        self.folder = Path(tempfile.mkdtemp(prefix="files-"))
        self.ways = [self.workbook, self.workbook, self.ods, self.text, self.text, self.damaged, self.damaged, self.old, self.table, self.toml,
                     self.toml, self.json, self.picture, self.archive]  # fmt: skip

    def run(self, files: int) -> Found:
        began = time.monotonic()
        try:
            for _ in range(files):
                self.one(self.rng.choice(self.ways))
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.found.seconds += time.monotonic() - began
        return self.found

    def one(self, way: Callable[[], str]) -> None:
        self.found.files += 1
        state = self.rng.getstate()
        try:
            said = way()
        except Exception as wrong:
            at = traceback.extract_tb(wrong.__traceback__)
            ours = [f for f in at if "/services/" in f.filename]
            where = f"{ours[-1].filename.rpartition('/services/')[2]}:{ours[-1].lineno}" if ours and not isinstance(wrong, Wrong) else ""
            self.found.fault(f"{way.__name__}: {where} {type(wrong).__name__} {str(wrong)[:160]}", traceback.format_exc()[-2500:])
            return
        finally:
            del state
        self.found.codes[f"{way.__name__} {said}"] += 1

    # Lists --------------------------------------------------------------------------------------------

    def truth(self) -> list[list[Any]]:
        """Lines of an officers' list; each holds what no other does."""
        rng = self.rng
        many = rng.choice((0, 1, 3, 3, 8))
        return [
            [f"示例{n}甲", number_of(rng.randrange(8_000_000)), "示例执法机关", "执法大队", f"岗位{n}", "行政编制", date(1970 + n, 1, 2)]
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
            day = book.add_format({"num_format": rng.choice(("yyyy-mm-dd", "yyyy年m月d日", "mm/yy", "@", "[$-804]yyyy/m/d"))})
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
        return self.listed(file, {n + 2 + top: cells for n, cells in enumerate(lines)}, lost, whole=head == self.head())

    def odd_cell(self, sheet: Any, at: int, column: int, cell: Any) -> None:
        rng = self.rng
        way = rng.randrange(9)
        if way == 0:
            sheet.write_formula(at, column, rng.choice(("=NA()", "=1/0", "=A1")), None, rng.choice(("#N/A", "#DIV/0!", "")))
        elif way == 1:
            sheet.write_formula(at, column, "=A1", None, str(cell))
        elif way == 2:
            sheet.write_number(at, column, float(cell) if str(cell).isdigit() else rng.choice((0, -1, 1e300, 0.1, 25569, 45_000.5)))
        elif way == 3:
            sheet.write_boolean(at, column, True)
        elif way == 4:
            sheet.write_blank(at, column, None)
        elif way == 5:
            sheet.write_string(at, column, rng.choice(ODD)[:32_000].replace("\0", "") or " ")
        elif way == 6:
            sheet.write_string(at, column, str(cell) + rng.choice((" ", "\u3000", "\u200b", "\n", "*")))
        elif way == 7:
            sheet.write_rich_string(at, column, str(cell)[:1], str(cell)[1:])
        else:
            sheet.write_datetime(at, column, datetime(2026, 1, 2))

    def odd_sheet(self, book: Any, sheet: Any, many: int, lost: set[int]) -> None:
        rng = self.rng
        way = rng.randrange(6)
        if way == 0:
            book.add_worksheet("另一").write_row(0, 0, rng.choice((self.head(), ["别的"])))
        elif way == 1 and many > 1:
            row, column = rng.randrange(1, many + 1), rng.randrange(7)
            lost.update(range(1, many + 8))
            sheet.merge_range(row, column, min(row + 2, row + many), min(column + rng.randrange(2), 6), "合并")
        elif way == 2:
            hidden = rng.randrange(1, many + 2)
            sheet.set_row(hidden, None, None, {"hidden": True})
            lost.add(hidden + 1)
        elif way == 3:
            sheet.set_column(rng.randrange(7), 6, None, None, {"hidden": True})
            lost.update(range(1, many + 8))
        elif way == 4:
            sheet.write_string(*rng.choice(((1_048_575, 16_383), (5_000, 0), (300, 16_383))), rng.choice(("远", "注：以上")))
            lost.update((1_048_576, 5_001, 301))
        else:
            book.add_chartsheet()

    def listed(self, file: Path, truth: dict[int, list[Any]], lost: set[int], *, whole: bool = True, kind: str = "officers") -> str:
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
                    '<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="9"><text:p>并</text:p></table:table-cell>',
                    '<table:table-cell table:number-rows-spanned="-5"><text:p>并</text:p></table:table-cell>',
                    '<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>',
                ))  # fmt: skip
                lost.update(range(n, n + 3))
            about = rng.choice(("",) * 12 + ('table:visibility="collapse"', 'table:number-rows-repeated="0"', 'table:number-rows-repeated="99999999"', 'table:number-rows-repeated="x"'))
            if about:
                lost.update(range(n, len(lines) + 3))
            made.append(row(shown, about))
        file = document(self.folder / "a.ods", f'<table:table table:name="名册">{"".join(made)}</table:table>')
        return self.listed(file, {n: cells for n, cells in enumerate(lines, 2)}, lost)

    def text(self) -> str:
        rng, lines = self.rng, self.truth()
        out = io.StringIO()
        writer = csv.writer(out, delimiter=rng.choice(",,\t;"), quoting=rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)), lineterminator=rng.choice(("\r\n", "\n", "\r")))
        writer.writerows([self.head(), *([str(c) for c in cells] for cells in lines)])
        encoding = rng.choice(("utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "big5", "utf-7", "utf-32"))
        data = out.getvalue().encode(encoding, "replace")
        odd = encoding in ("big5", "utf-7", "utf-32")
        if rng.random() < 0.5:
            data, odd = self.hurt(data), True
        (self.folder / "a.csv").write_bytes(data)
        return self.listed(self.folder / "a.csv", {n: cells for n, cells in enumerate(lines, 2)}, set(range(1, 99)) if odd else set(), whole=not odd)

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
            file = document(self.folder / "d.ods", f'<table:table table:name="名册">{"".join(row([xml(c) for c in cells]) for cells in [self.head(), *lines])}</table:table>')
        data = self.hurt(file.read_bytes())
        if rng.random() < 0.4:
            data = self.hurt_inside(file)
            file.write_bytes(data)
            return self.listed(file, {}, set(range(1, 2_000_000)), whole=False)
        file.write_bytes(data)
        return self.listed(file, {n: cells for n, cells in enumerate(lines, 2)}, set())

    def hurt(self, data: bytes) -> bytes:
        rng, made = self.rng, bytearray(data)
        for _ in range(rng.choice((1, 1, 2, 10))):
            if not made:
                break
            at = rng.randrange(len(made))
            way = rng.randrange(5)
            if way == 0:
                made[at] = rng.randrange(256)
            elif way == 1:
                del made[at:]
            elif way == 2:
                made[at:at] = rng.choice((b"\0", b"\xff\xfe", b'"', b"\n", rng.randbytes(9)))
            elif way == 3:
                del made[at : at + rng.randrange(1, 40)]
            else:
                made[at] ^= 1 << rng.randrange(8)
        return bytes(made)

    def hurt_inside(self, file: Path) -> bytes:
        """What a part of it says is changed, and its sums with it."""
        out = io.BytesIO()
        with zipfile.ZipFile(file) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as now:
            chosen = self.rng.choice(was.namelist())
            for name in was.namelist():
                data = was.read(name)
                if name == chosen:
                    if self.rng.random() < 0.1:
                        continue
                    data = self.hurt(data)
                now.writestr(name, data)
        return out.getvalue()

    def old(self) -> str:
        data = (Path("tests/registry/files/hidden.xls")).read_bytes()
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
                cells = [f"{n + 1}", "示例违法行为", "《示例法》第五条", rng.choice(("一般", "从轻", "1")), rng.choice(("初次", "")), rng.choice((
                    "处二万元以上二十万元以下的罚款", "罚款5000元", "处违法所得一倍以上三倍以下罚款", "警告", "处９９９９９９９９９９９９９９亿元罚款",
                    "责令停产停业", "处零元罚款", "处十万元以上一万元以下罚款"))]  # fmt: skip
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

    # Settings, keys, proofs ---------------------------------------------------------------------------

    def toml(self) -> str:
        rng, file = self.rng, self.folder / "x.toml"
        text, read, refusals = rng.choice(self.tomls())
        data = text.encode()
        way = rng.randrange(6)
        if way == 0:
            data = text.encode("gb18030", "replace") + "节点".encode("gb18030")
        elif way == 1:
            data = b"a = " + b"[" * DEEP
        elif way == 2:
            data = otherwise(rng, text).encode()
        elif way < 5:
            data = self.hurt(data)
        file.write_bytes(data)
        try:
            read(file)
        except refusals:
            return "refused"
        return "read"

    def tomls(self) -> list[tuple[str, Callable[[Path], Any], Any]]:
        key = directory.key_id_of(bytes(32))
        node = '[node]\nid = "a"\nkind = "city"\ncity = "a"\ntitle_zh = "甲"\nservices = ["registry"]\n[clock]\nfile = "clock"\n'
        keys = f'[[key]]\nnode = "a"\nid = "{key}"\npublic_key = "{"A" * 43}="\nfrom = 2026-01-01T00:00:00Z\nthrough = {{ registry = 3 }}\n'
        columns = '[[column]]\ntitle = "甲"\nvalue = "乙"\n'
        points = 'document = "x"\nsince = 2026-01-01\n[[cause]]\ncode = "1"\nname = "x"\npoints = 3\n'
        return [
            (node, Settings.load, BadSettings),
            (keys, directory.read, (BadSettings, OSError)),
            (columns, read_columns, Failure),
            (columns, read_exchange, Failure),
            (points, read_points, Failure),
        ]

    def json(self) -> str:
        rng, file = self.rng, self.folder / "x.json"
        which = rng.randrange(3)
        if which == 0:
            was = Manifest("20260101T000000Z", "x", [NodeCopy("a", "city", "a.toml")]).packed()
            data = self.json_otherwise(was)
            try:
                if unpacked(data, "x").packed() != was:
                    raise Wrong("a manifest that was altered is taken")
            except BadSettings as no:
                in_words(str(no))
                return "refused"
            return "read"
        if which == 1:
            data = self.json_otherwise(ISSUERS)
            file.write_bytes(data)
            try:
                Issuers(file)
            except BadSettings:
                return "refused"
            return "read"
        data = self.json_otherwise(PROOF)
        try:
            proven = proof.read(data.decode("utf-8", "replace"))
            proven_json(proven, known=False)
        except BadProof:
            return "refused"
        if not proven.faults:
            raise Wrong("a proof without signatures is good")
        return "read"

    def json_otherwise(self, data: bytes) -> bytes:
        rng = self.rng
        way = rng.randrange(5)
        if way == 0:
            return b'{"keys": ' + b"[" * DEEP
        if way < 3:
            return self.hurt(data)
        said = json.loads(data)
        for _ in range(rng.choice((1, 1, 2))):
            change(rng, said)
        text = proof.text_of(said) if rng.random() < 0.7 else json.dumps(said)
        return text.encode("utf-8", "replace")

    def picture(self) -> str:
        rng, out = self.rng, io.BytesIO()
        kind = rng.choice(("JPEG", "PNG", "GIF", "BMP", "WEBP"))
        Image.new(rng.choice(("RGB", "L", "P")), (rng.choice((99, 120, 300)), rng.choice((120, 2001)))).save(out, kind)
        data = self.hurt(out.getvalue()) if rng.random() < 0.8 else out.getvalue()
        if thumb := thumbnail(data):
            Image.open(io.BytesIO(thumb)).load()
        try:
            made, picture = cleaned(data)
        except NoPhoto as no:
            in_words(f"{no.zh} {no.en}")
            return "refused"
        if Image.open(io.BytesIO(picture)).format not in made.upper().replace("/", " "):
            raise Wrong("a photo is not of its kind")
        return "read"

    def archive(self) -> str:
        """A copy of nodes in one file."""
        file, part = self.folder / "c.tar", self.folder / "part"
        file.unlink(missing_ok=True)
        part.write_bytes(self.rng.randbytes(3000))
        store = store_at(file)
        with store.alone():
            digest, _ = store.put(part)
            store.finish("20260101T000000Z", Manifest("20260101T000000Z", "x", []).packed())
        file.write_bytes(self.hurt(file.read_bytes()))
        try:
            store = store_at(file)
            for name in store.names():
                unpacked(store.manifest(name), "x")
            with store.open(digest) as data:
                if data.read() != part.read_bytes():
                    return "read otherwise, which its hash tells"
        except BadSettings as no:
            in_words(str(no))
            return "refused"
        except FileNotFoundError:
            return "refused as lacking a part"
        return "read"


ISSUERS = json.dumps(
    {"keys": [{"kty": "OKP", "kid": "a.x", "node": "a", "x": "A" * 43, "until": 1.0}], "revoked": {"keys": [], "tokens": {"a": 1.0}, "people": {"a/b": 2.0}}}
).encode()
PROOF = proof.text_of(
    {
        "format": proof.FORMAT, "journal": "yifa/city/a/registry",
        "entry": {"seq": 1, "event_id": "E", "type": "t", "addressee": "all", "count": 1, "subject": "s", "at": 1_772_000_000_000_000, "actor": "a",
                  "request_id": "r", "trace": "", "data": "AAAA", "prev_hash": "00" * 32},
        "index": 0, "path": [], "checkpoint": f"yifa/city/a/registry\n1\n{'A' * 43}=\n\n— yifa/city/a/registry {'A' * 90}==\n", "keys": [],
    }
).encode()  # fmt: skip


def change(rng: Random, said: Any) -> None:
    """Something in what JSON says is otherwise."""
    while True:
        keys = list(said) if isinstance(said, dict) else list(range(len(said)))
        if not keys:
            return
        key = rng.choice(keys)
        if isinstance(said[key], dict | list) and said[key] and rng.random() < 0.7:
            said = said[key]
            continue
        said[key] = rng.choice((None, True, -1, 0, 10**30, 2**63, 1.5, float("inf"), "", "x", "00" * 32, [], {}, [1], {"a": 1}, "长", [[]] * 3))
        return


def otherwise(rng: Random, text: str) -> str:
    """A value of a TOML file is of another kind."""
    lines = text.splitlines()
    at = rng.choice([n for n, line in enumerate(lines) if " = " in line])
    name = lines[at].partition(" = ")[0]
    value = rng.choice(("1", "-1", "1.5", "nan", "true", '""', '"\\u0000"', "[]", "[1, [2]]", "{}", "{ a = 1 }", "2026-01-01", "2026-01-01T00:00:00", "07:00:00", '"' + "x" * 9000 + '"', "9223372036854775807"))
    lines[at] = f"{name} = {value}"
    return "\n".join(lines) + "\n"


def in_words(text: str) -> None:
    """A refusal says what is wrong in both languages."""
    if not any("\u4e00" <= c <= "\u9fff" for c in text) or not any(c.isascii() and c.isalpha() for c in text):
        raise Wrong(f"not said in both languages: {text[:200]}")


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
    """Of a line to which something was done the number of a person is right, or reported: it is long enough to be lost in part."""
    if row.id_number != str(cells[1]) and row.id_number[:12] == str(cells[1])[:12]:
        raise Wrong(f"the number {row.id_number} was read where {cells[1]} was written")
