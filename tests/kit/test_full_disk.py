"""A full disk: the write is refused, nothing is half-written, and afterwards everything goes on."""

import grpc
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Connection
from yifa.registry.v1 import body_pb2 as bodies

from services.given.people import credit_code
from services.kit.desk import envelope
from services.kit.journal import verify
from tests.city import City, rid


@pytest.mark.of_sqlite("its pages are used up; PostgreSQL's code of it is shown in test_postgres")
async def test_a_full_disk_refuses_and_recovers(city: City) -> None:
    running = city.nodes["city"].running("registry")
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")

    def confirm(n: int) -> bodies.ConfirmBodyRequest:
        return bodies.ConfirmBodyRequest(
            request_id=rid(),
            name="示例机关" * 40,
            unified_social_credit_code=credit_code(930_000 + n),
            kind=1,
            node="huanbao",
            document_prefix=f"示满{n}",
            field="生态环境",
        )

    def no_more_pages(connection: Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count=1")  # SQLite takes the present size

    event.listen(running.engine, "begin", no_more_pages)
    refused = 0
    try:
        with city.refused("DISK_FULL", code=grpc.StatusCode.RESOURCE_EXHAUSTED):
            for n in range(500):
                refused = n
                await stub.ConfirmBody(confirm(n), metadata=me)
    finally:
        event.remove(running.engine, "begin", no_more_pages)
        event.listen(running.engine, "begin", lambda c: c.exec_driver_sql("PRAGMA max_page_count=1073741823"))

    entries = [envelope(e) for e in await city.journal("city", "registry")]
    assert not verify(entries)[1]
    after = await stub.ConfirmBody(confirm(refused), metadata=me)

    assert after.body.version == 1
    assert not verify([envelope(e) for e in await city.journal("city", "registry")])[1]
