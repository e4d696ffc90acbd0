"""Numbers that are given out one by one, each series for itself."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.kit.tx import Tx
from services.registry.row import Row


class Serial(Row, table=True):
    """The last number given out in a series."""

    series: str = Field(primary_key=True)
    last: int = Field(default=0, sa_type=BigInteger)


def next_in(tx: Tx, series: str) -> int:
    """The next number of a series, from 1, each given out once."""
    serial = tx.find(Serial, series) or tx.add(Serial.new(series=series))
    serial.last += 1
    return serial.last
