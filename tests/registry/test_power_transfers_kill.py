"""The city records transfers of powers while its registry is killed -9: each is there once, and is answered as it was."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest_asyncio
from yifa.registry.v1 import body_pb2, power_pb2, registry_service_pb2_grpc
from yifa.registry.v1 import power_transfer_pb2 as pb

from services.given.people import credit_code
from services.kit.dial import channel
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.registry.body.model import Body
from services.registry.power.model import PowerItem, item_columns
from tests.database import verified
from tests.registry.test_bulk_crash import Department

MANY, AT_ONCE = 120, 4
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def listed(tx: Tx) -> None:
    """Two bodies that may enforce, and a published list of the first."""
    for n in (1, 2):
        row = Body.new(
            body_id=f"B-{n}", name=f"示例主体{n}", credit_code=credit_code(n), kind=body_pb2.BODY_KIND_AGENCY, node="huanbao",
            document_prefix=f"示{n}罚", field="生态环境", state="PUBLISHED", confirm_time=LONG_AGO, publish_time=LONG_AGO,
        )  # fmt: skip
        tx.add(row)
    for n in range(MANY):
        item = power_pb2.PowerItem(
            item_id=f"P-{n}", body_id="B-1", code=f"CF-{n:03}", name=f"对示例行为{n}的处罚",
            kind=power_pb2.POWER_KIND_PENALTY, state=power_pb2.POWER_ITEM_STATE_PUBLISHED, version=1,
        )  # fmt: skip
        put_moment(item.from_time, LONG_AGO)
        tx.add(PowerItem.new(item_id=item.item_id, **item_columns(item)))


def request(n: int) -> pb.TransferPowersRequest:
    asked = pb.TransferPowersRequest(
        request_id=f"R-transfer-{n}",
        kind=pb.POWER_TRANSFER_KIND_CONCENTRATED,
        from_body_id="B-1",
        to_body_id="B-2",
        item_ids=[f"P-{n}"],
        decision=pb.TransferDecision(
            authority=pb.TRANSFER_AUTHORITY_PROVINCE,
            title="关于开展相对集中行政处罚权工作的决定",
            document_number=f"示府函〔2026〕{n}号",
            publish_address="省政府网站",
        ),
    )
    put_moment(asked.effect_time, LONG_AGO + timedelta(days=400))
    return asked


@pytest_asyncio.fixture(loop_scope="session")
async def city(tmp_path: Path) -> AsyncIterator[Department]:
    city = Department(tmp_path, "city", "city", "REGISTRAR")
    await city.do(listed)
    await city.start()
    yield city
    if city.process.returncode is None:
        await city.kill()


async def recorded(city: Department, numbers: range, replies: dict[int, Any]) -> None:
    """Record transfers, a few at a time; one that was not answered has no reply."""
    few = asyncio.Semaphore(AT_ONCE)
    async with channel(city.target) as there:
        stub: Any = registry_service_pb2_grpc.RegistryServiceStub(there)

        async def one(n: int) -> None:
            try:
                async with few:
                    reply = await stub.TransferPowers(request(n), metadata=city.metadata, timeout=20)
            except grpc.aio.AioRpcError as no:
                assert no.code() in (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.CANCELLED), no.details()
            else:
                assert replies.setdefault(n, reply) == reply, "it is answered as it was"

        await asyncio.gather(*map(one, numbers))


async def test_each_transfer_of_powers_is_there_once_whenever_the_process_died(city: Department) -> None:
    replies: dict[int, Any] = {}
    recording = asyncio.create_task(recorded(city, range(MANY), replies))
    async with asyncio.timeout(20):
        while city.rows("select count(*) from powertransfer")[0][0] == 0:
            await asyncio.sleep(0)
    await city.kill()
    await recording
    kept = city.rows("select count(*) from powertransfer")[0][0]

    await city.start()
    await recorded(city, range(MANY), replies)

    assert 0 < kept < MANY, "it was killed in the middle"
    assert len(replies) == MANY
    transfers = [reply.transfer for reply in replies.values()]
    assert len({transfer.transfer_id for transfer in transfers}) == MANY
    assert {item.item_id for transfer in transfers for item in transfer.items} == {
        f"P-{n}" for n in range(MANY)
    }
    held = "select body_id, count(*) from poweritem where until_time is null group by body_id"
    assert city.rows(held) == [("B-2", MANY)], "each power is held by one body"
    told = "select count(*), count(distinct subject) from journal where type like '%PowersTransferred'"
    assert city.rows(told) == [(MANY, MANY)]
    await city.kill()
    assert verified(city.file).faults == []
