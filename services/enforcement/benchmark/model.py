"""The published discretion benchmark."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.enforcement.row import Row


class Benchmark(Row, table=True):
    """One item of the published discretion benchmark, in its newest version; `record` is a yifa.enforcement.v1.Benchmark."""

    benchmark_id: str = Field(primary_key=True)
    statute: str = Field(index=True)
    version: int = Field(sa_type=BigInteger)
    record: bytes


class BenchmarkVersion(Row, table=True):
    """One version of an item, the newest among them: an act is measured by that of its day."""

    version_id: str = Field(primary_key=True)
    benchmark_id: str = Field(index=True)
    record: bytes
