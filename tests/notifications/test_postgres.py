"""The registry and the notifications on PostgreSQL: the same promises as on SQLite."""

from collections.abc import AsyncIterator

import psycopg
import pytest
import pytest_asyncio
from yifa.notifications.v1 import notification_pb2 as notification
from yifa.registry.v1 import certificate_pb2

from services.kit.migrate import drift
from services.node.plan import plan
from tests.cable import free_base
from tests.city import running
from tests.notifications.office import Office
from tests.postgres import binaries, server

pytestmark = pytest.mark.skipif(binaries() is None, reason="no PostgreSQL binaries: apt install postgresql")
H = "huanbao"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """An office whose nodes keep their records in PostgreSQL."""
    with server() as url, pytest.MonkeyPatch.context() as patch:
        with psycopg.connect(f"{url}postgres", autocommit=True) as connection:
            for node in ("city", H, "chengguan"):
                for service in ("registry", "notifications"):
                    connection.execute(f'CREATE DATABASE "{node}_{service}"')
        patch.setenv("YIFA_DATABASE_URL", url + "{node}_{service}")
        async for office in running(Office(plan(tmp_path_factory.mktemp("office"), free_base(), share=0.0))):
            yield office


async def test_an_officer_is_certified_suspended_and_told(office: Office) -> None:
    officer, certificate = await office.town.certified(H)
    address = f"{officer.officer_id.lower()}@example.cn"
    await office.contact(H, officer.officer_id, email=address)

    await office.town.suspend(certificate)

    await office.eventually(lambda: office.town.verify(certificate, H), lambda reply: not reply.valid)
    await office.eventually(lambda: letters(office, address))
    suspended = certificate_pb2.CERTIFICATE_STATE_SUSPENDED
    listing = certificate_pb2.ListCertificatesRequest(state=suspended)
    reply = await office.town.call("city", "registry", "ListCertificates", listing, "REGISTRAR")
    assert [c.certificate_number for c in reply.certificates] == [certificate.certificate_number]
    notice = (await office.inbox(H, officer.officer_id))[0]
    look = lambda: office.inbox(H, officer.officer_id)  # noqa: E731
    delivered = notification.DELIVERY_STATE_DELIVERED
    await office.eventually(look, lambda found: [d.state for d in found[0].deliveries] == [delivered])
    assert notice.title_zh == f"行政执法证暂扣：{certificate.certificate_number}"


async def letters(office: Office, address: str) -> list:
    return office.mailbox.letters[address]


def test_migrations_leave_what_the_models_say(office: Office) -> None:
    for node in office.nodes.values():
        for service in node.services:
            assert drift(service.engine, service.service.metadata) == []
