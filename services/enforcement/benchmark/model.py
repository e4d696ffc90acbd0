"""The published discretion benchmark."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class Benchmark(Row, table=True):
    """One item of the published discretion benchmark; `record` is a yifa.enforcement.v1.Benchmark."""

    benchmark_id: str = Field(primary_key=True)
    statute: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes
