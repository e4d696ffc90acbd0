"""What several acts of the registry share: moments in requests, numbers that the layers set, days in China."""

from datetime import UTC, datetime
from typing import Any

from google.protobuf.message import Message

from services.kit.refusal import Malformed, NotHome
from services.kit.store import Row
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.citation import cite

FIRST, LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)


def moment_in(request: Any, field: str, default: datetime) -> datetime:
    """The moment in a field of a request, or the default. Raises Malformed for one that no record can mean."""
    if not request.HasField(field):
        return default
    try:
        at: datetime = getattr(request, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        at = LAST
    if FIRST <= at < LAST:
        return at
    raise Malformed({field: ("is no moment between 1900 and 2299", "不是1900年至2299年之间的时间")})


def number(tx: Tx, key: str) -> int:
    """A number that the layers set, as it is in force today."""
    return tx.parameters.value(key, tx.now.astimezone(SHANGHAI).date()).value


def local(at: datetime) -> datetime:
    return at.astimezone(SHANGHAI)


def check_citation(code: str, tx: Tx) -> None:
    """Raise Malformed unless the code names known articles that bind here."""
    try:
        known = cite(code).code
    except ValueError:
        said = ('is no citation of a known article, as "ASR-2025:32"', "不是已知法条的引用代码")
        raise Malformed({"law": said}) from None
    if tx.parameters.binding(known) != known:
        said = (
            "is law elsewhere and does not bind here: cite what does, as the city's own document",
            "所引条文在本市没有约束力，请引用对本市有约束力的规定（如本市的文件）",
        )
        raise Malformed({"law": said})


def change(row: Row, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def own(tx: Tx, kind: Any, key: str) -> Any:
    """A record that this node keeps. Raises Missing, NotHome for one of another node."""
    row = tx.get(kind, key)
    if row.node != tx.node:
        raise NotHome(
            "NOT_HOME", f"this record is kept at {row.node}", f"该记录由节点{row.node}保管", home=row.node
        )
    return row


def announce(tx: Tx, event: Message, subject: str) -> None:
    """Tell the city; what the city does is told to all."""
    tx.emit(event, subject=subject, to="all" if tx.node == tx.city else "city")
