"""Power lists as they were published, version by version."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import power_pb2

from services.kit.tx import Tx
from services.registry.power.model import PowerItem
from services.registry.row import Row


class PowerListVersion(Row, table=True):
    """A published version of a list; the key is `body/version`, `record` a yifa.registry.v1.PowerList."""

    list_id: str = Field(primary_key=True)
    body_id: str = Field(index=True)
    record: bytes


class ListedItem(Row, table=True):
    """An item as one version showed it; the key is `body/version/code`."""

    listed_item_id: str = Field(primary_key=True)
    list_id: str = Field(index=True)
    record: bytes


VERSIONS = select(*PowerListVersion.__table__.columns)
LISTED = select(*ListedItem.__table__.columns)
SHOWN = ("PUBLISHED", "CHANGED", "UNDER_REVIEW")


def list_id(body_id: str, version: int) -> str:
    return f"{body_id}/{version:06d}"


def held(row: PowerItem, at: datetime) -> bool:
    """Whether an item stands on its list at a moment: published, neither removed nor lapsed."""
    return row.state in SHOWN and (row.until_time is None or row.until_time > at)


def keep_version(tx: Tx, listed: power_pb2.PowerList, shown: Sequence[PowerItem]) -> None:
    key = list_id(listed.body_id, listed.list_version)
    tx.add(PowerListVersion.new(list_id=key, body_id=listed.body_id, record=listed.SerializeToString()))
    for row in shown:
        code = row.place.removeprefix(f"{row.body_id}/")
        tx.add(ListedItem.new(listed_item_id=f"{key}/{code}", list_id=key, record=row.record))


def items_of(tx: Tx, body_id: str) -> list[PowerItem]:
    """All items that a body has or had, in the order of their codes."""
    return tx.query(select(PowerItem).where(PowerItem.body_id == body_id).order_by(PowerItem.place))
