"""Items of power lists, as they are kept."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Field
from yifa.registry.v1 import power_pb2

from services.kit.store import Instant
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.registry.row import Row


class PowerItem(Row, table=True):
    """An item of a power list; `record` is a yifa.registry.v1.PowerItem. Held from `from_time` until `until_time`."""

    item_id: str = Field(primary_key=True)
    place: str = Field(unique=True)
    body_id: str = Field(index=True)
    kind: int
    level: int
    state: str
    from_time: datetime | None = Field(default=None, sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    charges: int = 0
    """How many charges the item has, as it was published."""
    version: int = 0
    record: bytes = b""


class ItemBasis(Row, table=True):
    """An item rests, or is to rest, on a basis; the key is `basis/item`."""

    item_basis_id: str = Field(primary_key=True)
    basis_id: str = Field(index=True)
    item_id: str = Field(index=True)


def item_columns(item: power_pb2.PowerItem) -> dict[str, object]:
    """The columns of an item but its key."""
    return {
        "place": f"{item.body_id}/{item.code}",
        "body_id": item.body_id,
        "kind": item.kind,
        "level": item.level,
        "state": power_pb2.PowerItemState.Name(item.state).removeprefix("POWER_ITEM_STATE_"),
        "from_time": moment_at(item, "from_time"),
        "until_time": moment_at(item, "until_time"),
        "charges": len(item.practice.charges),
        "version": item.version,
        "record": item.SerializeToString(),
    }


def rest_on(tx: Tx, item: power_pb2.PowerItem) -> None:
    """Note on which bases an item rests, or is to rest. What it rested on once stays: it may have to be looked at."""
    for basis_id in {*item.basis_ids, *item.draft.basis_ids}:
        key = f"{basis_id}/{item.item_id}"
        if tx.find(ItemBasis, key) is None:
            tx.add(ItemBasis.new(item_basis_id=key, basis_id=basis_id, item_id=item.item_id))


ITEMS = select(*PowerItem.__table__.columns)
