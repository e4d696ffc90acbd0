"""Which column of a list is which field of a row, and how its cells are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from google.protobuf.message import Message
from google.type import date_pb2
from yifa.registry.v1 import body_pb2, bulk_pb2, officer_pb2, post_pb2

from services.cli.lists.sheet import Cell, lone
from services.registry.bulk.fault import Fault

Read = Callable[[str, Cell], Any]
# Excel counts days from here.
SPREADSHEET_DAYS = date(1899, 12, 30)
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{4,5}(\.0+)?")
_SCIENTIFIC = re.compile(r"\d(\.\d+)?[eE]\+?\d+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ASIDE = re.compile(r"[（(].*?[)）]|[*＊:：\s]")


class Unread(Exception):
    """A cell that cannot be read; carries what is wrong with it."""

    def __init__(self, field: str, reason: str, en: str, zh: str):
        self.fault = Fault(field, reason, en, zh)


def words(field: str, cell: Cell) -> str:
    """Text as it was meant: without the marks that keep a spreadsheet from reading it as a number, trimmed."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else str(cell)
    said = str(cell).strip()
    if said.startswith('="') and said.endswith('"'):
        said = said[2:-1]
    return said.removeprefix("'").strip()


def name(field: str, cell: Cell) -> str:
    """A name; two characters are often set apart to look like three."""
    said = words(field, cell)
    return "".join(said.split()) if _CHINESE.search(said) else said


def digits(field: str, cell: Cell) -> str:
    """A number that is a name: a spreadsheet keeps fifteen digits of it at most."""
    said = words(field, cell)
    if isinstance(cell, float) or _SCIENTIFIC.fullmatch(said):
        raise Unread(
            field,
            "NUMBER_FOR_TEXT",
            f"was kept as the number {said}, whose last digits are lost; set the column to text and enter it anew",
            f"被表格软件存为数值{said}，末位已丢失；请将该列设为文本格式后重新录入",
        )
    return said.replace(" ", "").upper()


def day(field: str, cell: Cell) -> date_pb2.Date | None:
    if cell == "":
        return None
    if isinstance(cell, date):
        return date_pb2.Date(year=cell.year, month=cell.month, day=cell.day)
    said = words(field, cell)
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
        field, "BAD_DATE", f'"{said}" is no date, as 1980-01-31', f"“{said}”不是日期，应如1980-01-31"
    )


def hours(field: str, cell: Cell) -> int:
    said = words(field, cell).removesuffix("学时").removesuffix("小时").strip()
    if not said.isdecimal() or len(said) > 6:
        raise Unread(field, "BAD_FIELD", f'"{said}" is no number of hours', f"“{said}”不是学时数")
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
            field, "BAD_FIELD", f'"{said}" is no number of days or half days', f"“{said}”不是天数（可为半天）"
        )
    return int(days * 2)


def yes_or_no(field: str, cell: Cell) -> bool:
    said = words(field, cell)
    if said not in ("是", "否", ""):
        raise Unread(field, "BAD_FIELD", f'"{said}" is neither yes nor no', f"“{said}”应为“是”或者“否”")
    return said == "是"


def one_of(choices: Mapping[str, int]) -> Read:
    """The value whose words the cell holds."""

    def read(field: str, cell: Cell) -> int:
        said = words(field, cell)
        found = [value for word, value in choices.items() if word in said]
        if not found:
            known = "、".join(choices)
            raise Unread(
                field, "BAD_FIELD", f'"{said}" is none of {", ".join(choices)}', f"“{said}”不属于：{known}"
            )
        return found[0]

    return read


# What says that somebody is not on the establishment comes first: "事业单位合同制" is contract staff.
STAFF = {
    "非在编": officer_pb2.STAFF_KIND_CONTRACT,
    "不在编": officer_pb2.STAFF_KIND_CONTRACT,
    "合同": officer_pb2.STAFF_KIND_CONTRACT,
    "临时": officer_pb2.STAFF_KIND_CONTRACT,
    "劳务派遣": officer_pb2.STAFF_KIND_CONTRACT,
    "聘用": officer_pb2.STAFF_KIND_CONTRACT,
    "编外": officer_pb2.STAFF_KIND_CONTRACT,
    "辅助": officer_pb2.STAFF_KIND_ASSISTANT,
    "辅警": officer_pb2.STAFF_KIND_ASSISTANT,
    "协管": officer_pb2.STAFF_KIND_ASSISTANT,
    "在编": officer_pb2.STAFF_KIND_PERMANENT,
    "行政编制": officer_pb2.STAFF_KIND_PERMANENT,
    "事业编制": officer_pb2.STAFF_KIND_PERMANENT,
    "参公": officer_pb2.STAFF_KIND_PERMANENT,
    "公务员": officer_pb2.STAFF_KIND_PERMANENT,
    "行政": officer_pb2.STAFF_KIND_PERMANENT,
    "事业": officer_pb2.STAFF_KIND_PERMANENT,
}
KINDS = {
    "行政机关": body_pb2.BODY_KIND_AGENCY,
    "授权": body_pb2.BODY_KIND_AUTHORISED,
    "委托": body_pb2.BODY_KIND_ENTRUSTED,
    "乡镇": body_pb2.BODY_KIND_TOWNSHIP,
    "街道": body_pb2.BODY_KIND_TOWNSHIP,
}


RANKS = {
    "主要负责人": post_pb2.POST_RANK_CHIEF,
    "分管负责人": post_pb2.POST_RANK_DEPUTY,
    "机构负责人": post_pb2.POST_RANK_UNIT_HEAD,
    "工作人员": post_pb2.POST_RANK_STAFF,
}


@dataclass(frozen=True)
class Column:
    """A column: its field, its usual title first among those it goes by, how a cell is read, and whether a list needs it."""

    field: str
    titles: tuple[str, ...]
    read: Read = words
    needed: bool = True


@dataclass(frozen=True)
class Table:
    """A kind of list."""

    row: type[Message]
    columns: tuple[Column, ...]
    example: tuple[str, ...]

    @property
    def titles(self) -> dict[str, str]:
        """The usual title of each field."""
        return {column.field: column.titles[0] for column in self.columns}

    def find(self, cells: Sequence[Cell]) -> dict[int, Column]:
        """Which cell of a head holds which column; a title that is not known is passed over."""
        known = {title: column for column in self.columns for title in (*column.titles, column.field)}
        found: dict[int, Column] = {}
        for place, cell in enumerate(cells):
            column = known.get(_ASIDE.sub("", str(cell)))
            if column and column not in found.values():
                found[place] = column
        return found

    def missing(self, found: dict[int, Column]) -> list[str]:
        return [c.titles[0] for c in self.columns if c.needed and c not in found.values()]

    def parse(self, number: int, cells: Sequence[Cell], head: dict[int, Column]) -> tuple[Any, list[Fault]]:
        """A line as a row, and what of it cannot be read."""
        row, faults = self.row(line=number), list[Fault]()  # type: ignore[call-arg]
        for place, column in head.items():
            cell = cells[place] if place < len(cells) else ""
            if isinstance(cell, str) and any(map(lone, cell)):
                said = "holds bytes that are no text in the file's encoding", "含有无法按文件编码识别的字节"
                faults.append(Fault(column.field, "BAD_ENCODING", *said))
                continue
            try:
                value = column.read(column.field, cell)
            except Unread as no:
                faults.append(no.fault)
                continue
            if isinstance(value, Message):
                getattr(row, column.field).CopyFrom(value)
            elif value is not None:
                setattr(row, column.field, value)
        return row, faults


TABLES = {
    "officers": Table(
        bulk_pb2.OfficerRow,
        (
            Column("name", ("姓名", "人员姓名", "执法人员姓名"), name),
            Column(
                "id_number", ("身份证号", "身份证号码", "公民身份号码", "居民身份证号", "证件号码"), digits
            ),
            Column(
                "body",
                ("执法主体", "执法主体名称", "所属执法主体", "执法机关", "执法单位", "统一社会信用代码"),
            ),
            Column(
                "unit", ("单位", "所在单位", "工作单位", "所属单位", "内设机构", "所在科室", "科室", "部门")
            ),
            Column("post", ("岗位", "执法岗位", "岗位名称", "职务")),
            Column(
                "staff_kind",
                ("编制类别", "编制性质", "编制", "人员性质", "人员类别", "身份类别"),
                one_of(STAFF),
            ),
            Column("birth_date", ("出生日期", "出生年月日"), day, needed=False),
        ),
        ("示例人员", "11010119800101001X", "示例执法机关", "执法大队", "执法岗", "行政编制", "1980-01-01"),
    ),
    "training": Table(
        bulk_pb2.TrainingRow,
        (
            Column("officer", ("身份证号", "身份证号码", "公民身份号码", "人员编号"), digits),
            Column("course", ("培训内容", "课程", "培训课程", "课程名称", "培训名称", "培训主题")),
            Column("date", ("培训日期", "日期", "培训时间"), day),
            Column("hours", ("学时", "培训学时", "课时", "学时数"), hours),
            Column("half_days", ("培训天数", "天数"), half_days, needed=False),
        ),
        ("11010119800101001X", "行政处罚法", "2026-03-02", "8", "1"),
    ),
    "posts": Table(
        bulk_pb2.PostRow,
        (
            Column(
                "body",
                ("执法主体", "执法主体名称", "所属执法主体", "执法机关", "执法单位", "统一社会信用代码"),
            ),
            Column("unit", ("机构", "内设机构", "所属机构", "科室", "部门")),
            Column("functions", ("机构职能", "职能", "机构职责"), needed=False),
            Column("name", ("岗位", "岗位名称", "执法岗位")),
            Column("rank", ("岗位层级", "层级"), one_of(RANKS)),
            Column("sensitive", ("敏感岗位", "是否敏感岗位"), yes_or_no, needed=False),
        ),
        ("示例执法机关", "执法大队", "现场检查、调查取证", "执法岗", "工作人员", "否"),
    ),
    "bodies": Table(
        bulk_pb2.BodyRow,
        (
            Column("name", ("执法主体", "执法主体名称", "主体名称", "单位名称", "名称")),
            Column("unified_social_credit_code", ("统一社会信用代码", "信用代码"), digits),
            Column("kind", ("主体类别", "主体性质", "类别"), one_of(KINDS)),
            Column("node", ("部门节点", "节点")),
            Column("document_prefix", ("文书字号", "文号前缀", "案号字头")),
            Column("field", ("执法领域", "领域")),
        ),
        ("示例执法机关", "114407000000000012", "行政机关", "huanbao", "示罚", "生态环境"),
    ),
}
