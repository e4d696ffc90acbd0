"""The base of the registry's tables, and the numbers it gives out."""

from sqlalchemy import BigInteger
from sqlalchemy.orm import registry
from sqlmodel import Field

from services.kit.store import Row as KitRow


class Row(KitRow, registry=registry()):
    """The base of this service's tables."""


class Serial(Row, table=True):
    """The last number given out in a series."""

    series: str = Field(primary_key=True)
    last: int = Field(default=0, sa_type=BigInteger)
