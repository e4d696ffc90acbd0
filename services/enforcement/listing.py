"""What the lists of the registers share: what stands against a row, bodies by what a list calls them, days as moments."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from google.protobuf.message import Message
from sqlalchemy import select

from services.enforcement.body.model import Body
from services.kit.refusal import Malformed, Refusal
from services.kit.rpc import check
from services.kit.text import put_in_order
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment
from services.law.rule import Unlawful


class Fault(NamedTuple):
    """Why a row is not taken: the field of the row, and the sentence in both languages."""

    field: str
    en: str
    zh: str


EMPTY = "is empty; fill it in", "为空，请填写"
NO_DATE = "is no date", "不是有效日期"
TO_COME = "is still to come", "尚未到来"


def tell(reply: Any, line: int, faults: Iterable[Fault]) -> None:
    for fault in faults:
        reply.problems.add(line=line, column=fault.field, text_zh=fault.zh, text_en=fault.en)


def again(seen: dict[str, int], field: str, key: str, line: int) -> Iterator[Fault]:
    """A fault if an earlier line of the stream was about the same. A part that is done twice is none."""
    first = seen.setdefault(key, line)
    if first != line:
        said = f"stands in line {first} of the same list; keep one of the two"
        yield Fault(field, said, f"与本名单第{first}行重复，请保留其一")


def differing(row: Any, kept: Any, names: Iterable[str]) -> Iterator[Fault]:
    """What a row says otherwise than the register: an import changes nothing."""
    for name in names:
        if (there := getattr(kept, name)) != getattr(row, name):
            en = f'the register has "{there}" here; an import changes nothing, so mend the list or enter it anew'
            zh = f"与在册记录不一致（在册为“{there}”），批量导入不作变更，请更正名单或者另行登记"
            yield Fault(name, en, zh)


def body_named(tx: Tx, name: str) -> Body | None:
    """A body of this department by its name, its credit code or its id."""
    called = (Body.name == name) | (Body.credit_code == name) | (Body.body_id == name)  # type: ignore[arg-type]
    here = select(Body).where(called, Body.node == tx.node, Body.confirmed).order_by(Body.body_id)
    return next(iter(tx.query(here)), None) if name else None


def in_order(row: Message) -> list[Fault]:
    """The texts of a row put into their one form; what is wrong with them."""
    return [Fault(field, *said) for field, said in put_in_order(row).items()]


def malformed(request: Message, names: Mapping[str, str] = {}) -> list[Fault]:
    """What the contract has against a request that is made of a row; `names` are its fields as the row calls them."""
    try:
        check(request)
    except Malformed as no:
        return [Fault(names.get(field, field), *said) for field, said in no.fields.items()]
    return []


def refused(act: Callable[[Any, Tx], Any], request: Message, tx: Tx) -> list[Fault]:
    """Do an act. What it is refused for, if it is."""
    try:
        act(request, tx)
    except Unlawful as no:
        return [Fault("", b.says, b.says_zh) for b in (tx.parameters.told(b, no.sector) for b in no.broken)]
    except Refusal as no:
        return [Fault("", no.en, no.zh)]
    return []


def day_of(row: Any, field: str) -> date | None:
    """A day that a row names; None where it names none, or no such day."""
    told = getattr(row, field)
    try:
        return date(told.year, told.month, told.day) if row.HasField(field) else None
    except ValueError:
        return None


def day_faults(row: Any, field: str, today: date | None = None) -> Iterator[Fault]:
    """What is wrong with a day that a row has to name; with `today`, one that is past."""
    day = day_of(row, field)
    if day is None:
        yield Fault(field, *(NO_DATE if row.HasField(field) else EMPTY))
    elif today is not None and day > today:
        yield Fault(field, *TO_COME)


def begin(stamp: Any, day: date) -> None:
    """The moment at which a day begins."""
    put_moment(stamp, datetime(day.year, day.month, day.day, tzinfo=SHANGHAI))


def end(stamp: Any, day: date) -> None:
    """The moment at which a last day is over."""
    begin(stamp, day + timedelta(days=1))
