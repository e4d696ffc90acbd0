"""A list as a text file: CSV in whatever encoding and with whatever separator it was saved."""

import csv
import io
from collections.abc import Iterator

from services.cli.lists.cell import Line, Sheet, lines_of
from services.kit.apart import Unreadable

ENCODINGS = ("utf-8-sig", "gb18030")
MARKS = (b"\xff\xfe", b"\xfe\xff")


def sheets(data: bytes) -> Iterator[Sheet]:
    """The file as one sheet. Raises ValueError for what is no such text."""
    try:
        decoded = data.decode(encoding_of(data), "surrogateescape")
    except UnicodeDecodeError as wrong:  # half a character of UTF-16, which no byte can stand for
        raise Unreadable(f"文本已截断或者损坏 the text is cut off or damaged: {wrong}") from None
    if decoded.lstrip("\ufeff \r\n\t").startswith("<") or decoded[:13].lower() == "mime-version:":
        raise Unreadable(
            "是网页或者XML文件，不是名单；请用表格软件打开后另存为.xlsx "
            "it is a web page or XML, whatever its name says; open it in a spreadsheet and save it as .xlsx"
        )
    yield Sheet("", lines(decoded))


def lines(decoded: str) -> Iterator[Line]:
    head = decoded[:4096]
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=max(",\t;", key=head.count))

    def rows() -> Iterator[tuple[int, list[str]]]:
        above = 0
        try:
            for cells in reader:
                yield above + 1, cells
                above = reader.line_num
        except csv.Error as wrong:
            raise Unreadable(f"第{above + 1}行不是CSV line {above + 1} is no CSV: {wrong}") from None

    return lines_of(rows())


def encoding_of(data: bytes) -> str:
    """The encoding that leaves the fewest bytes unread: UTF-8 with or without a mark, GB 18030 (which holds GBK), UTF-16."""
    if data.startswith(MARKS):
        return "utf-16"
    if b"\0" in data:
        # Only UTF-16 has bytes of nothing, beside each separator and digit.
        return "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"
    return min(ENCODINGS, key=lambda name: unread(data, name))


def unread(data: bytes, encoding: str) -> int:
    """How many bytes are no text in an encoding."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return sum(map(lone, data.decode(encoding, "surrogateescape")))
    return 0


def lone(character: str) -> bool:
    """Whether this stands for a byte that was no text."""
    return "\udc80" <= character <= "\udcff"
