"""The table of penalties for the credit platforms (双公示), in the columns of a province's exchange."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import publication_pb2 as pb

from services.cli.lists.give import written
from services.kit.dial import Target, channel
from services.law.procedures.penalty.penalty_table import columns as standard
from services.law.written import toml_of
from services.node.callers import Metadata
from services.node.failure import Failure

DAY = "%Y/%m/%d"


@dataclass(frozen=True)
class Column:
    """A column of an exchange: its title, and the standard's column (code) or the fixed text (value) that fills it.

    length: the most characters that it takes, where that is not the standard's. day: how days are written, as "%Y-%m-%d".
    required: whether it has to be filled though the standard leaves it open.
    """

    title: str
    code: str = ""
    value: str = ""
    length: int = 0
    day: str = ""
    required: bool = False


class Fault(NamedTuple):
    """What is wrong with a row that is therefore not in the file."""

    case_id: str
    column: str
    zh: str
    en: str


def read_columns(file: Path | None) -> tuple[Column, ...]:
    """The columns of an exchange; without a file those of the standard, titled by their codes. Raises Failure."""
    if file is None:
        return tuple(Column(each.code, each.code) for each in standard())
    try:
        found = tuple(Column(**entry) for entry in toml_of(file)["column"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as wrong:
        raise Failure(f"{file}: {wrong}; say [[column]] with title, and code or value") from None
    known = {each.code for each in standard()}
    for column in found:
        if bool(column.code) == bool(column.value) or (column.code and column.code not in known):
            raise Failure(
                f"{file}: {column.title}: name one column of the standard (code), or a fixed text (value)"
            )
    if not found:
        raise Failure(f"{file}: has no column")
    return found


async def give(
    target: Target, metadata: Metadata, file: Path, columns: Path | None, *, past: bool = False
) -> tuple[int, list[Fault]]:
    """Write the rows that the platform takes to a file; with `past`, those of before that were brought in. How many they are, and
    what is wrong with the others. Raises Failure.
    """
    wanted, faults, rows = read_columns(columns), list[Fault](), list[Sequence[object]]()
    async with channel(target) as there:
        stub = rpc.EnforcementServiceStub(there)
        async for reply in stub.ExportPenaltyTable(
            pb.ExportPenaltyTableRequest(past=past), metadata=metadata
        ):
            for row in reply.rows:
                wrong = [Fault(row.case_id, f.column, f.text_zh, f.text_en) for f in row.faults]
                cells = [cell(column, row.values) for column in wanted]
                wrong += own_faults(row.case_id, wanted, cells)
                faults += wrong
                if not wrong:
                    rows.append(cells)
    return written(file, [column.title for column in wanted], rows), faults


def cell(column: Column, values: Mapping[str, str]) -> str:
    """What stands in a column."""
    said = column.value or values.get(column.code, "")
    return datetime.strptime(said, DAY).strftime(column.day) if column.day and said else said


def own_faults(case_id: str, columns: Sequence[Column], cells: Sequence[str]) -> list[Fault]:
    """What the exchange asks beyond the standard."""
    found = []
    for column, said in zip(columns, cells, strict=True):
        if column.required and not said:
            found.append(Fault(case_id, column.title, f"{column.title}必填", "has to be filled"))
        if column.length and len(said) > column.length:
            zh, en = f"{column.title}超过{column.length}个字符", f"is longer than {column.length} characters"
            found.append(Fault(case_id, column.title, zh, en))
    return found


def save_faults(file: Path, faults: Sequence[Fault]) -> None:
    """The faults as a list. Raises Failure."""
    written(file, ("案件编号", "栏目", "问题", "what is wrong"), faults)
