"""Officers with their certificates, as the roster and the city announced them."""

from typing import Any, ClassVar

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import JsonList


class Standing(Row, table=True):
    """An officer with their certificates, as the roster and the city announced them. A replica.

    A certificate is {number, version, from, to, lost, kind, fields, area, acts, suspensions: [[from, until], …]} with
    moments in microseconds; `to` is its end by whatever comes first, `until` is null while a suspension lasts. `away` are the
    times in which the officer is not of this department.
    """

    kept: ClassVar[bool] = True
    officer_id: str = Field(primary_key=True)
    name: str = ""
    node: str = ""
    version: int = Field(default=0, sa_type=BigInteger)
    certificates: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonList)
    away: tuple[list[int | None], ...] = Field(default=(), sa_type=JsonList)
