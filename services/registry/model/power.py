"""Legal bases, items of power lists and their published versions, as they are kept."""

from datetime import UTC, datetime
from typing import Any

from sqlmodel import Field
from yifa.registry.v1 import basis_pb2, power_pb2

from services.kit.store import Instant
from services.kit.tx import Tx
from services.registry.model.base import Row


class LegalBasis(Row, table=True):
    """An article of the catalogue; `record` is a yifa.registry.v1.LegalBasis."""

    basis_id: str = Field(primary_key=True)
    place: str = Field(unique=True)
    law: str = Field(index=True)
    level: int
    from_time: datetime = Field(sa_type=Instant)
    until_time: datetime | None = Field(default=None, sa_type=Instant)
    version: int = 1
    record: bytes


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
    version: int = 0
    record: bytes = b""


class ItemBasis(Row, table=True):
    """An item rests, or is to rest, on a basis; the key is `basis/item`."""

    item_basis_id: str = Field(primary_key=True)
    basis_id: str = Field(index=True)
    item_id: str = Field(index=True)


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


def basis_columns(basis: basis_pb2.LegalBasis) -> dict[str, object]:
    """The columns of a basis but its key."""
    return {
        "place": f"{basis.law}/{basis.article}",
        "law": basis.law,
        "level": basis.level,
        "from_time": moment_of(basis.versions[0], "from_time"),
        "until_time": moment_of(basis, "repeal_time"),
        "version": basis.version,
        "record": basis.SerializeToString(),
    }


def item_columns(item: power_pb2.PowerItem) -> dict[str, object]:
    """The columns of an item but its key."""
    return {
        "place": f"{item.body_id}/{item.code}",
        "body_id": item.body_id,
        "kind": item.kind,
        "level": item.level,
        "state": power_pb2.PowerItemState.Name(item.state).removeprefix("POWER_ITEM_STATE_"),
        "from_time": moment_of(item, "from_time"),
        "until_time": moment_of(item, "until_time"),
        "version": item.version,
        "record": item.SerializeToString(),
    }


def rest_on(tx: Tx, item: power_pb2.PowerItem) -> None:
    """Note on which bases an item rests, or is to rest. What it rested on once stays: it may have to be looked at."""
    for basis_id in {*item.basis_ids, *item.draft.basis_ids}:
        key = f"{basis_id}/{item.item_id}"
        if tx.find(ItemBasis, key) is None:
            tx.add(ItemBasis.new(item_basis_id=key, basis_id=basis_id, item_id=item.item_id))


def moment_of(message: Any, field: str) -> datetime | None:
    """A time in a message, None when it is not set."""
    at: datetime | None = getattr(message, field).ToDatetime(tzinfo=UTC) if message.HasField(field) else None
    return at
