"""A bank's list of payments, as CSV."""

import csv
import io
import re
from collections.abc import Iterator

from services.kit.refusal import Malformed

NUMBER, AMOUNT = "银行流水号", "金额"
YUAN = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,2})?", re.ASCII)


def read_statement(data: bytes) -> list[tuple[str, int]]:
    """The number of each payment and its amount in fen, in the order of the list.

    Raises Malformed, naming the line, for what cannot be read: nothing is passed over but blank lines.
    """
    reader = csv.DictReader(io.StringIO(decoded(data), newline=""))
    try:
        names = [name.strip() for name in reader.fieldnames or ()]
        if names.count(NUMBER) != 1 or names.count(AMOUNT) != 1:
            raise wrong(1, f"has no columns {NUMBER} and {AMOUNT}", f"缺少“{NUMBER}”“{AMOUNT}”列")
        reader.fieldnames = names
        return list(payments(reader))
    except csv.Error as problem:
        raise wrong(reader.line_num, f"is no CSV: {problem}", "不是CSV格式") from None


def payments(reader: "csv.DictReader[str]") -> Iterator[tuple[str, int]]:
    for row in reader:
        number, amount = (row[NUMBER] or "").strip(), (row[AMOUNT] or "").strip()
        if not any(isinstance(cell, str) and cell.strip() for cell in row.values()) and None not in row:
            continue
        if not number:
            raise wrong(reader.line_num, "has no number of the bank", "没有银行流水号")
        if None in row or not YUAN.fullmatch(amount):
            raise wrong(reader.line_num, "has no amount in yuan that can be read", "金额无法识别")
        yuan, _, rest = amount.replace(",", "").partition(".")
        yield number, int(yuan) * 100 + int(rest.ljust(2, "0"))


def decoded(data: bytes) -> str:
    """Raises Malformed for what is neither UTF-8 nor GB 18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Malformed({"statement": ("is neither UTF-8 nor GB 18030", "编码不是UTF-8或者GB 18030")})


def wrong(line: int, en: str, zh: str) -> Malformed:
    return Malformed({"statement": (f"line {line} {en}", f"第{line}行{zh}")})
