"""How the cells of a list are read, whatever a spreadsheet made of them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from google.type import date_pb2

from services.cli.lists.cell import Cell, Lost
from services.cli.lists.text import lone
from services.law.identity import FULL_WIDTH, LENGTH, spelt
from services.registry.bulk.fault import Fault
from services.registry.officer.identity import masked

Read = Callable[[str, Cell], Any]
# Excel counts days from here.
SPREADSHEET_DAYS = date(1899, 12, 30)
# So many digits of a number a spreadsheet keeps.
KEPT = 10**15
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[ T]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_SERIAL = re.compile(r"\d{4,5}(\.0+)?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
# Ideographs, those beyond U+FFFF among them, and the 〇 of a name.
_CHINESE = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What stands between the parts of a name, as typed; its one form is U+00B7 (GB/T 15834).
_DOT = re.compile(r"\s*[·•‧∙⋅・･●．]\s*")
# These have neither width nor meaning in a list, and come along when text is copied from a page.
_NOTHING = re.compile(r"[\u00ad\u200b\u2060\ufeff]")
_QUOTES = "'\"`´‘’“”"
# What may be no text of its own, at one look: an error, a formula, bytes that were no text.
_LOST = re.compile(r"\s*[#=E]|.*[\udc80-\udcff]", re.S)
_ERROR = re.compile(
    r"#(N/A|REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|UNKNOWN!)|#{3,}|Err:\d+"
)


class Unread(Exception):
    """A cell that cannot be read; carries what is wrong with it."""

    def __init__(self, field: str, reason: str, en: str, zh: str):
        self.fault = Fault(field, reason, en, zh)


def refuse_lost(field: str, cell: Cell) -> None:
    """Raise Unread for a cell that does not hold what it is meant to show, whatever its column."""
    if isinstance(cell, float | date) or (isinstance(cell, str) and not _LOST.match(cell)):
        return
    said = cell.strip() if isinstance(cell, str) else ""
    error = cell.error if isinstance(cell, Lost) else said if _ERROR.fullmatch(said) else ""
    if error:
        raise Unread(
            field,
            "BAD_FIELD",
            f"shows the error {error} of a formula or a width; put what is meant itself",
            f"为表格错误值{error}，请改填实际内容",
        )
    if isinstance(cell, Lost) or (said.startswith("=") and not said.startswith('="')):
        raise Unread(
            field,
            "BAD_FIELD",
            "is a formula that was never worked out; open the file in a spreadsheet and save it, or put its value",
            "为未经计算的公式，请用表格软件打开后保存，或者改填其值",
        )
    if any(map(lone, said)):
        raise Unread(
            field,
            "BAD_ENCODING",
            "holds bytes that are no text in the file's encoding; save the file as UTF-8 or as .xlsx",
            "含有无法按文件编码识别的字节，请将文件另存为UTF-8或者.xlsx",
        )


def words(field: str, cell: Cell) -> str:
    """Text as it was meant: without the marks that keep a spreadsheet from reading it as a number, trimmed."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else str(cell)
    said = _NOTHING.sub("", str(cell)).strip()
    if said.startswith('="') and said.endswith('"'):
        said = said[2:-1]
    return said.removeprefix("'").strip()


def name(field: str, cell: Cell) -> str:
    """A name; two characters are often set apart to look like three."""
    said = words(field, cell)
    return "".join(_DOT.sub("·", said).split()) if _CHINESE.search(said) else said


def digits(field: str, cell: Cell) -> str:
    """A number that is a name: a spreadsheet keeps fifteen digits of it at most."""
    said = words(field, cell)
    if (isinstance(cell, float) and abs(cell) >= KEPT) or _SCIENTIFIC.fullmatch(said):
        shown = masked(said) if said.isdigit() else said
        raise Unread(
            field,
            "NUMBER_FOR_TEXT",
            f"was kept as the number {shown}, whose last digits are lost; set the column to text and enter it anew",
            f"被表格软件存为数值{shown}，末位已丢失；请将该列设为文本格式后重新录入",
        )
    return spelt(said.strip(_QUOTES))


def body_name(field: str, cell: Cell) -> str:
    """A body by its name or id, or by its code in whatever spelling."""
    return _code_or_name(words(field, cell))


@lru_cache
def _code_or_name(said: str) -> str:
    number = spelt(said)
    return number if len(number) == LENGTH and number.isascii() and number.isalnum() else said


def day(field: str, cell: Cell) -> date_pb2.Date | None:
    if cell == "":
        return None
    if isinstance(cell, date):
        return date_pb2.Date(year=cell.year, month=cell.month, day=cell.day)
    said = _TIME.sub("", words(field, cell).translate(FULL_WIDTH))
    if _SERIAL.fullmatch(said):
        meant = SPREADSHEET_DAYS + timedelta(days=int(float(said)))
        raise Unread(
            field,
            "BAD_DATE",
            f"is a spreadsheet's count of days; write the day itself, as {meant}",
            f"是表格软件的日期序号，请填写日期本身，如{meant}",
        )
    if found := _DATE.fullmatch(said):
        year, month, number = (int(group) for group in found.groups() if group)
        return date_pb2.Date(year=year, month=month, day=number)
    raise Unread(
        field,
        "BAD_DATE",
        f'"{said}" is no date; write it as 1980-01-31',
        f"“{said}”不是日期，应如1980-01-31",
    )


def hours(field: str, cell: Cell) -> int:
    said = words(field, cell).removesuffix("学时").removesuffix("小时").strip()
    if not said.isdecimal() or len(said) > 6:
        raise Unread(
            field,
            "BAD_FIELD",
            f'"{said}" is no number of hours; write it as 8',
            f"“{said}”不是学时数，应如8",
        )
    return int(said)


def half_days(field: str, cell: Cell) -> int:
    """Days as half days."""
    said = words(field, cell).removesuffix("天").strip() or "0"
    try:
        days = Decimal(said)
    except InvalidOperation:
        days = Decimal(-1)
    if not 0 <= days <= 366 or days * 2 % 1:
        raise Unread(
            field,
            "BAD_FIELD",
            f'"{said}" is no number of days or half days; write it as 1 or 0.5',
            f"“{said}”不是天数（可为半天），应如1或者0.5",
        )
    return int(days * 2)


def day_text(field: str, cell: Cell) -> str:
    """A day as the credit platforms write it, as 2026/05/06."""
    found = day(field, cell)
    return "" if found is None else f"{found.year:04}/{found.month:02}/{found.day:02}"


def ten_thousands(field: str, cell: Cell) -> str:
    """An amount in 万元, to the last of its six decimals; nothing is rounded."""
    said = words(field, cell).translate(FULL_WIDTH).replace(",", "").removesuffix("万元").strip()
    if not said:
        return ""
    try:
        amount = Decimal(said)
        exact = amount.is_finite() and amount >= 0 and amount == round(amount, 6)
    except InvalidOperation:
        exact = False
    if not exact:
        raise Unread(
            field,
            "BAD_FIELD",
            f'"{said}" is no amount in 10,000 yuan of at most six decimals; write it as 2.000000',
            f"“{said}”不是以万元为单位、至多六位小数的金额，应如2.000000",
        )
    return f"{amount:.6f}" if amount else ""
