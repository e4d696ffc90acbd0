"""What a write promises, seen through the registry's public calls."""

import asyncio

import grpc
import pytest
from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import events_pb2 as events

from services.given.people import credit_code
from services.kit.refusal import Malformed
from tests.city import City, rid


def confirm(n: int, request_id: str = "", name: str = "示例机关") -> body_pb2.ConfirmBodyRequest:
    return body_pb2.ConfirmBodyRequest(
        request_id=request_id or rid(),
        name=name,
        unified_social_credit_code=credit_code(n),
        kind=1,
        node="huanbao",
        document_prefix=f"示罚{n}",
        field="生态环境",
    )


async def test_one_request_id_is_done_once(city: City) -> None:
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    request = confirm(900_001)

    first = await stub.ConfirmBody(request, metadata=me)
    again = await asyncio.gather(*(stub.ConfirmBody(request, metadata=me) for _ in range(5)))

    assert all(reply == first for reply in again)
    entries = await city.journal("city", "registry")
    assert sum(e.request_id == request.request_id for e in entries) == 1


async def test_a_request_id_with_another_body_is_refused(city: City) -> None:
    stub, me = city.stub("city", "registry"), city.as_("city", "registrar-1", "REGISTRAR")
    request = confirm(900_002)
    await stub.ConfirmBody(request, metadata=me)

    with city.refused("REQUEST_ID_REUSED", code=grpc.StatusCode.ALREADY_EXISTS):
        await stub.ConfirmBody(confirm(900_003, request.request_id), metadata=me)


async def test_the_chain_verifies(city: City) -> None:
    from services.kit.desk import envelope
    from services.kit.journal import verify

    entries = [envelope(e) for e in await city.journal("city", "registry")]
    read, faults = verify(entries)

    assert read == len(entries) > 0
    assert not faults


async def test_an_event_larger_than_the_bus_takes_is_refused(city: City) -> None:
    running = city.nodes["city"].running("registry")
    large = events.BodyConfirmed(body=body_pb2.EnforcementBody(body_id="B-large", name="大" * 400_000))

    with pytest.raises(Malformed, match="BodyConfirmed"):
        await running.do(lambda tx: tx.emit(large, subject="B-large"))

    assert not [e for e in await city.journal("city", "registry") if e.subject_id == "B-large"]
