"""The edge and the handler without a store: what one process could do at most.

Access, validation, digest, telemetry and the real RecordEvidence run as they do in the service; rows are in memory, and
there is neither a writer's thread nor a database.
"""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import grpc
from sqlalchemy import create_engine, select
from sqlalchemy.orm import configure_mappers

from services.enforcement.__main__ import SERVICE
from services.enforcement.case.model import Case
from services.enforcement.officer.model import Standing
from services.kit.access import Gate
from services.kit.batch import Batch
from services.kit.call import Call, Surroundings
from services.kit.door import Door
from services.kit.issuers import Issuers
from services.kit.rpc import Endpoint
from services.kit.service import surroundings
from services.kit.settings import Settings
from services.kit.sql import columns_of, name_of, table_of
from services.kit.store import Changes, Row
from services.kit.telemetry import Telemetry
from services.kit.tx import Tx


class Memory(Batch):
    """Rows that are simply there."""

    def __init__(self, around: Surroundings, rows: dict[tuple[type[Row], str], Row | None]):
        self.around, self.rows, self.changes = around, rows, Changes()

    def row(self, kind: Any, key: str) -> Any:
        return self.rows.get((kind, key))


class AtOnce:
    """Takes the writer's place: runs the handler where it is called."""

    def __init__(self, batch: Batch):
        self.batch, self.loop = batch, asyncio.get_running_loop()

    def write(self, call: Call) -> "asyncio.Future[bytes]":
        reply = self.loop.create_future()
        reply.set_result(call.run(Tx(self.batch, call)))
        return reply


def read(database: Path) -> dict[tuple[type[Row], str], Row | None]:
    """The rows that the requests name."""
    rows: dict[tuple[type[Row], str], Row | None] = {}
    with create_engine(f"sqlite:///{database}").connect() as db:
        for kind in (Case, Standing):
            for values in db.execute(select(*table_of(kind).columns)):
                row = kind.new(**dict(zip(columns_of(kind), values, strict=True)))
                rows[name_of(row)] = row
    return rows


def handler(file: Path, otlp: str) -> Any:
    """The gRPC method as the service registers it."""
    settings = Settings.load(file)
    configure_mappers()
    around = surroundings(settings)
    running = SimpleNamespace(
        service=SERVICE,
        around=around,
        gate=Gate(Issuers.of(settings), settings.node, settings.city),
        telemetry=Telemetry(settings.node, "nostore", otlp=otlp, share=0.1),
        door=Door(settings),
        let_keys_go=lambda: None,
        writer=AtOnce(Memory(around, read(file.parent / settings.node / "enforcement.db"))),
    )
    method = SERVICE.contract.methods_by_name["RecordEvidence"]
    handler, nouns = SERVICE.servicer.RecordEvidence, SERVICE.nouns
    endpoint = Endpoint(running, method, handler, "enforcement.yifa", SERVICE.keys, nouns)  # type: ignore[arg-type]
    return grpc.unary_unary_rpc_method_handler(endpoint.call)
