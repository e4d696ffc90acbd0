"""What one would build otherwise: SQLModel's async session, one transaction a request.

The same rows are written with the same durability; there is no access rule, no validation, no idempotency, no journal chain.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, event, insert, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import evidence_pb2


class Base(SQLModel, registry=registry()):
    pass


class Case(Base, table=True):
    case_id: str = Field(primary_key=True)
    state: str
    version: int
    record: bytes


class Evidence(Base, table=True):
    evidence_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: int
    title: str
    source: str
    collector_ids: str
    collect_time: datetime
    sha256: bytes
    location: str
    certificate_shown: bool


class Outbox(Base, table=True):
    seq: int | None = Field(default=None, primary_key=True)
    event_id: str = Field(unique=True)
    type: str
    subject: str
    at: datetime
    data: bytes


def engine(file: Path) -> AsyncEngine:
    """Durable like the service's own. One connection: with more, writers wait for each other's locks and fail."""
    made = create_async_engine(f"sqlite+aiosqlite:///{file}", pool_size=1, max_overflow=0, pool_timeout=60)

    def durable(connection: Any, _: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    event.listen(made.sync_engine, "connect", durable)
    return made


def fill(file: Path, source: Path) -> None:
    """A database with the cases of the service's."""
    made, cases_there = create_engine(f"sqlite:///{file}"), create_engine(f"sqlite:///{source}")
    Base.metadata.create_all(made)
    with cases_there.connect() as there, made.begin() as here:
        rows = there.execute(text('select case_id, state, version, record from "case"'))
        here.execute(insert(Case), [row._asdict() for row in rows])


class Plain:
    """RecordEvidence, the usual way."""

    def __init__(self, file: Path):
        self.engine = engine(file)

    async def call(self, body: bytes, _context: Any) -> bytes:
        request = evidence_pb2.RecordEvidenceRequest.FromString(body)
        now = datetime.now(UTC)
        async with AsyncSession(self.engine, expire_on_commit=False) as db:
            row = await db.get(Case, request.case_id)
            assert row is not None
            case = cases.Case.FromString(row.record)
            case.evidence_count += 1
            case.version += 1
            case.update_time.FromDatetime(now)
            row.record, row.version = case.SerializeToString(), case.version
            evidence = Evidence(
                evidence_id=str(uuid4()),
                case_id=case.case_id,
                kind=request.kind,
                title=request.title,
                source=request.source,
                collector_ids=",".join(request.collector_ids),
                collect_time=now,
                sha256=request.sha256,
                location=request.location,
                certificate_shown=request.certificate_shown,
            )
            told = evidence_pb2.Evidence(
                evidence_id=evidence.evidence_id, case_id=case.case_id, title=evidence.title
            )
            happened = events.EvidenceRecorded(case=case, evidence=told)
            db.add(evidence)
            db.add(
                Outbox(
                    event_id=str(uuid4()),
                    type=happened.DESCRIPTOR.full_name,
                    subject=case.case_id,
                    at=now,
                    data=happened.SerializeToString(),
                )
            )
            await db.commit()
        return evidence_pb2.RecordEvidenceResponse(case=case, evidence=told).SerializeToString()
