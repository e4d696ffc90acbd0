"""The newest snapshot of each inspection; who took part, what was carried out; white lists and draws."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field
from yifa.enforcement.v1 import inspection_pb2

from services.kit.store import Instant, JsonList
from services.supervision.row import Row


class InspectionView(Row, table=True):
    """The newest snapshot of an inspection, and the columns it is searched by."""

    __table_args__ = (
        Index("inspection_view_update", "update_time", "inspection_id"),
        Index("inspection_view_enterprise", "credit_code", "planned_time"),
    )

    inspection_id: str = Field(primary_key=True)
    node: str
    body_id: str
    body_name: str = ""
    number: str = ""
    state: int
    kind: int
    enterprise_name: str
    credit_code: str
    year: int
    planned_time: datetime = Field(sa_type=Instant)
    approve_time: datetime | None = Field(default=None, sa_type=Instant)
    check_in_time: datetime | None = Field(default=None, sa_type=Instant)
    notice_time: datetime | None = Field(default=None, sa_type=Instant)
    publish_time: datetime | None = Field(default=None, sa_type=Instant)
    counted: bool = False
    urgent: bool = False
    code: str = ""
    update_time: datetime = Field(sa_type=Instant)
    version: int = Field(sa_type=BigInteger)
    warned: int = 0
    not_judged: tuple[Mapping[str, str], ...] = Field(default=(), sa_type=JsonList)
    record: bytes = b""

    def inspection(self) -> inspection_pb2.Inspection:
        return inspection_pb2.Inspection.FromString(self.record)

    @property
    def subject(self) -> str:
        return self.inspection_id

    @property
    def named(self) -> dict[str, str]:
        """How a warning names what it is about."""
        return {
            "inspection_id": self.inspection_id,
            "case_number": self.number or self.enterprise_name,
            "body_id": self.body_id,
        }

    def case(self) -> None:
        """A warning about an inspection carries no case."""
        return None


class Inspector(Row, table=True):
    """An officer's part in an inspection."""

    key: str = Field(primary_key=True)  # inspection_id/officer_id
    inspection_id: str
    officer_id: str = Field(index=True)


class ItemUse(Row, table=True):
    """An item that was carried out in an inspection."""

    key: str = Field(primary_key=True)  # inspection_id/item_id
    item_id: str = Field(index=True)
    use_time: datetime = Field(sa_type=Instant)


class WhiteListed(Row, table=True):
    """Since when and until when an enterprise is on a body's white list."""

    object_id: str = Field(primary_key=True)
    node: str
    exempt_from: datetime | None = Field(default=None, sa_type=Instant)
    exempt_until: datetime | None = Field(default=None, sa_type=Instant)
    list_time: datetime | None = Field(default=None, sa_type=Instant)
    """When the department said so: what it says later of earlier makes no act of then unlawful."""
    version: int = Field(sa_type=BigInteger)


class DrawView(Row, table=True):
    """A draw; `record` is a yifa.enforcement.v1.InspectionDraw."""

    draw_id: str = Field(primary_key=True)
    node: str
    version: int = Field(sa_type=BigInteger)
    record: bytes
