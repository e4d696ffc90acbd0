"""The kinds of enforcement data that go to a province: which record each has, and its columns one by one.

What the columns are is data: services/law/tables/exchange.toml, or a province's own file of columns.
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from yifa.enforcement.v1.case_pb2 import Case
from yifa.enforcement.v1.inspection_pb2 import Inspection
from yifa.enforcement.v1.measure_pb2 import Measure

from services.law.calendar import SHANGHAI
from services.law.moment import moment_of

TABLE = Path(__file__).parent / "tables" / "exchange.toml"
RECORDS: Mapping[str, type[Message]] = MappingProxyType(
    {"case": Case, "measure": Measure, "inspection": Inspection}
)
TIME, MONEY = "google.protobuf.Timestamp", "yifa.law.v1.Money"
AND = "；"


class WrongColumn(Exception):
    """A column that no record can fill; says why in English and in Chinese."""

    def __init__(self, title: str, en: str, zh: str) -> None:
        super().__init__(f"{title}: {en}")
        self.title, self.en, self.zh = title, en, zh


@dataclass(frozen=True)
class Column:
    """A column: its title, and the path in the record with its form, or the fixed value that fills it. say: words for enums."""

    title: str
    path: str = ""
    form: str = "text"
    value: str = ""
    say: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """A kind of data. record: of which its rows are made, empty where there is none here; then no_source says why."""

    name: str
    zh: str
    en: str
    record: str = ""
    columns: tuple[Column, ...] = ()
    no_source_zh: str = ""
    no_source_en: str = ""


@cache
def kinds() -> Mapping[str, Kind]:
    """The kinds by name. Raises WrongColumn for a path that the record has not, ValueError for one without record and reason."""
    found = {}
    for name, said in tomllib.loads(TABLE.read_text("utf-8"))["kind"].items():
        columns = tuple(Column(**entry) for entry in said.pop("column", ()))
        found[name] = kind = Kind(name, columns=columns, **said)
        if bool(kind.record) == bool(kind.no_source_zh and kind.no_source_en):
            raise ValueError(f"{TABLE.name}: {name} has either a record, or a reason for having none")
        if kind.record:
            check(kind.record, kind.columns)
    return MappingProxyType(found)


def check(record: str, columns: Sequence[Column]) -> None:
    """Raise WrongColumn for the first column that the record cannot fill."""
    for column in columns:
        if not column.title.strip():
            raise WrongColumn("?", "has no title", "没有栏目名称")
        if bool(column.path) == bool(column.value):
            raise WrongColumn(
                column.title,
                "names either a path in the record or a value",
                "应当载明记录中的路径或者固定内容之一",
            )
        if column.path:
            _check_path(RECORDS[record].DESCRIPTOR, column)


def _check_path(record: Descriptor, column: Column) -> None:
    *way, last = column.path.split(".")
    here: Descriptor | None = record
    for name in way:
        found = here.fields_by_name.get(name) if here is not None else None
        here = found.message_type if found is not None else None
    end = here.fields_by_name.get(last) if here is not None else None
    if end is None:
        raise WrongColumn(column.title, f"the record has no {column.path}", f"记录中没有{column.path}")
    takes = _FORMS.get(column.form)
    if takes is None or takes.of != _kind_of(end):
        raise WrongColumn(
            column.title,
            f"{column.path} cannot be written as {column.form}",
            f"{column.path}不能按{column.form}填写",
        )


def _kind_of(end: FieldDescriptor) -> str:
    """What a field holds: a moment, money, something plain, or a message, which no column shows."""
    if end.message_type is None:
        return "" if end.type == FieldDescriptor.TYPE_BYTES else "plain"
    return str(end.message_type.full_name)


@dataclass(frozen=True)
class Form:
    """How a value is written, and of what it can be."""

    of: str
    write: Callable[[Any], str]


def _ten_thousands(money: Any) -> str:
    return f"{money.fen // 10**6}.{money.fen % 10**6:06}" if money.fen >= 0 else ""


_FORMS: Mapping[str, Form] = MappingProxyType(
    {
        "text": Form("plain", lambda value: ("否", "是")[value] if isinstance(value, bool) else str(value)),
        "day": Form(TIME, lambda at: f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d}"),
        "time": Form(TIME, lambda at: f"{moment_of(at).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}"),
        "yuan": Form(MONEY, lambda money: f"{money.fen // 100}.{money.fen % 100:02}"),
        "ten_thousands": Form(MONEY, _ten_thousands),
    }
)


def cells(record: Message, columns: Sequence[Column]) -> list[str]:
    """The row of a record. What is not set is blank, never made up."""
    return [column.value or AND.join(_said(record, column)) for column in columns]


def _said(record: Message, column: Column) -> Iterator[str]:
    *way, last = column.path.split(".")
    holders: list[Any] = [record]
    for name in way:
        holders = [each for holder in holders for each in _values(holder, name)]
    for holder in holders:
        end = holder.DESCRIPTOR.fields_by_name[last]
        for value in _values(holder, last):
            if end.enum_type is None:
                yield _FORMS[column.form].write(value)
            elif value:
                yield _word(end, value, column.say)


def _word(end: FieldDescriptor, value: int, say: Mapping[str, str]) -> str:
    """An enum value in the words of the column, else its own name without what all of them begin with."""
    enum = end.enum_type
    known = enum.values_by_number.get(value)
    name = known.name.removeprefix(enum.values[0].name.removesuffix("UNSPECIFIED")) if known else str(value)
    return say.get(name, name)


def _values(holder: Any, name: str) -> list[Any]:
    found = holder.DESCRIPTOR.fields_by_name[name]
    if found.is_repeated:
        return list(getattr(holder, name))
    if found.has_presence and not holder.HasField(name):
        return []
    value = getattr(holder, name)
    return [] if value == "" else [value]
