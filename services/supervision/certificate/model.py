"""Certificates, officers who moved, and what was done under a certificate."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, text
from sqlmodel import Field

from services.kit.store import Instant, JsonList
from services.supervision.row import Row


class Certificate(Row, table=True):
    """An enforcement certificate as the registry last told of it."""

    kept: ClassVar[bool] = True
    certificate_number: str = Field(primary_key=True)
    officer_id: str = Field(index=True)
    officer_name: str
    body_id: str = Field(default="", index=True)
    issue_time: datetime = Field(sa_type=Instant)
    expire_time: datetime = Field(sa_type=Instant)
    suspensions: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)
    area_code: str = ""
    fields: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    acts: tuple[int, ...] = Field(default=(), sa_type=JsonList)
    kind: int = 1
    version: int = Field(sa_type=BigInteger)


class Moved(Row, table=True):
    """An officer who was with more than one department: {node, from, until} each, moments in microseconds."""

    kept: ClassVar[bool] = True
    officer_id: str = Field(primary_key=True)
    spans: tuple[Mapping[str, Any], ...] = Field(default=(), sa_type=JsonList)


def node_of(look: Any, officer_id: str, known: str) -> str:
    """The node where an officer is now; `known` for one who did not move since it was heard of."""
    moved = look.find(Moved, officer_id)
    return str(moved.spans[-1]["node"]) if moved is not None and moved.spans else known


def held_by(look: Any, officer_id: str) -> list[Any]:
    """All certificates of an officer; in a transaction they are looked up once, until one more is told of."""
    batch = getattr(look, "batch", None)
    if batch is None:
        return list(look.among(Certificate, "officer_id", [officer_id]))
    known: list[Any] | None = batch.memo.get((Certificate, officer_id))
    if known is None:
        known = batch.memo[Certificate, officer_id] = look.among(Certificate, "officer_id", [officer_id])
    return known


def one_more(tx: Any, *officer_ids: str) -> None:
    """Certificates of these officers are others from now on."""
    for officer_id in officer_ids:
        tx.batch.memo.pop((Certificate, officer_id), None)


class FieldAct(Row, table=True):
    """One officer's part in an act of enforcement; an act without officers has one row that names none."""

    __table_args__ = (
        Index("fieldact_pending", "key", sqlite_where=text("pending = 1"), postgresql_where=text("pending")),
    )

    key: str = Field(primary_key=True)  # node/event_id/officer_id
    kind: int = 1  # of certificate that the act asks for
    case_id: str = Field(index=True)
    officer_id: str = Field(index=True)
    officer_name: str = ""
    certificate_number: str = Field(default="", index=True)
    type: str
    act_time: datetime = Field(sa_type=Instant)
    area_code: str = ""  # where it was done, if that is known
    officers: int  # how many took part
    pending: bool = False  # the certificate is not known; it may be on its way
