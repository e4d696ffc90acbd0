"""Every listener of a city speaks TLS, and a machine of another node proves itself by that node's certificate."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import grpc
import nats.errors
import pytest
from cryptography import x509
from opentelemetry.proto.collector.trace.v1 import trace_service_pb2, trace_service_pb2_grpc
from yifa.journal.v1 import journal_service_pb2_grpc
from yifa.journal.v1 import node_pb2 as nodes
from yifa.supervision.v1 import overview_pb2, supervision_service_pb2_grpc

from services.console.otlp import receiving
from services.console.traces import TraceStore
from services.kit.connection import connect
from services.kit.dial import Target, Trust, channel, open_port, renewed, trust_of
from services.kit.settings import BadSettings, Settings
from services.node.certificates import LIFETIME, RENEW_BEFORE, certificate_of, keep_certificates
from services.node.failure import Failure
from services.node.plan import lay_out, plan
from services.node.renewal import renew
from tests.cable import free_port
from tests.city import City
from tests.nodes.raw_leaf import raw_leaf

ROOT = Path(__file__).parents[2]
AWAY, DENIED = grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.PERMISSION_DENIED
NOW = datetime(2026, 3, 1, tzinfo=UTC)


def test_there_is_one_way_to_dial() -> None:
    """Nothing but the kit's own module opens a channel or a port of gRPC, so that nothing forgets to ask who is there."""
    wanted = re.compile(
        r"grpc(\.aio)?\.(in)?secure_channel\(|add_(in)?secure_port\(|ssl_(channel|server)_credentials\("
    )
    places = {
        path.relative_to(ROOT).as_posix()
        for folder in ("services", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if wanted.search(path.read_text("utf-8")) and path != Path(__file__)
    }

    assert places == {"services/kit/dial.py"}


async def overview(city: City, target: Target) -> overview_pb2.GetOverviewResponse:
    async with channel(target) as there:
        stub = supervision_service_pb2_grpc.SupervisionServiceStub(there)
        metadata = city.as_("city", "oversight-tls", "OVERSIGHT")
        return await stub.GetOverview(overview_pb2.GetOverviewRequest(), metadata=metadata, timeout=5)


async def test_a_person_calls_with_the_authority_alone(city: City) -> None:
    known = Trust(city.plan.trust("city").authority)

    assert await overview(city, Target(city.plan.city.grpc, known))


@pytest.mark.parametrize("how", ["in plain text", "with another authority", "without a certificate"])
async def test_who_is_not_known_gets_no_connection(city: City, tmp_path: Path, how: str) -> None:
    keep_certificates(tmp_path, [])
    site, own = city.plan.city, city.plan.trust("city")
    target = {
        "in plain text": Target(site.grpc),
        "with another authority": Target(site.grpc, Trust(tmp_path / "ca" / "ca.pem")),
        "without a certificate": Target(site.machines, Trust(own.authority)),
    }[how]

    with pytest.raises(grpc.aio.AioRpcError) as no:
        await overview(city, target)

    assert no.value.code() is AWAY


async def status(city: City, at: Target) -> nodes.GetNodeStatusResponse:
    """The city's machine asks a department how it is."""
    async with channel(at) as there:
        stub = journal_service_pb2_grpc.JournalServiceStub(there)
        metadata = city.as_("city", "console-tls", "SYSTEM")
        return await stub.GetNodeStatus(nodes.GetNodeStatusRequest(), metadata=metadata, timeout=5)


async def test_a_machine_of_another_node_shows_that_nodes_certificate(city: City) -> None:
    """A token alone does not do, nor the certificate of a third."""
    department = next(site for site in city.plan.departments if site.id == "huanbao")
    own, third = city.plan.trust("city"), city.plan.trust("chengguan")

    assert await status(city, Target(department.machines, own))
    for at in (Target(department.grpc, Trust(own.authority)), Target(department.machines, third)):
        with city.refused("CERTIFICATE_REQUIRED", code=DENIED) as told:
            await status(city, at)
        assert told.metadata == {"node": "huanbao", "token_node": "city"}


async def test_what_a_person_may_needs_no_certificate(city: City) -> None:
    """Who may by another role is let in, with that one alone."""
    department = next(site for site in city.plan.departments if site.id == "huanbao")
    metadata = city.as_("city", "console-tls", "SYSTEM", "OVERSIGHT")

    async with channel(Target(department.grpc, Trust(city.plan.trust("city").authority))) as there:
        stub = journal_service_pb2_grpc.JournalServiceStub(there)
        assert await stub.GetNodeStatus(nodes.GetNodeStatusRequest(), metadata=metadata, timeout=5)


async def test_a_link_without_a_certificate_is_not_taken(city: City) -> None:
    """The key of a department's link does not do alone."""
    own = city.plan.trust("chengguan")
    seed = (city.plan.keys / "chengguan" / "leaf.nk").read_text().strip()

    with pytest.raises((ConnectionError, OSError)):
        async with raw_leaf("127.0.0.1", city.plan.hub_leaf.port, Trust(own.authority), seed):
            pass


async def test_a_server_that_offers_no_tls_is_not_told_who_calls(city: City) -> None:
    """Somebody between who says that none is needed learns nothing, and carries nothing."""
    heard = asyncio.Queue[bytes]()

    async def between(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b'INFO {"server_id":"X","version":"2.15.1","proto":1,"max_payload":1048576,"nonce":"abc"}\r\n'
        )
        heard.put_nowait(await reader.read(100))
        writer.close()

    seed = (city.plan.keys / "huanbao" / "app.nk").read_text().strip()
    async with await asyncio.start_server(between, "127.0.0.1", port := free_port()):
        from services.kit.dial import context

        calling = asyncio.create_task(
            connect(f"tls://127.0.0.1:{port}", nkey_seed=seed, tls=context(city.plan.trust("huanbao")))
        )
        async with asyncio.timeout(10):
            assert await heard.get() == b""
        calling.cancel()
        with pytest.raises((asyncio.CancelledError, nats.errors.Error)):
            await calling


async def test_traces_are_taken_from_nodes_alone(city: City, tmp_path: Path) -> None:
    store, trust = TraceStore(tmp_path / "spans.db", 100), city.plan.trust("city")
    await store.open()
    request = trace_service_pb2.ExportTraceServiceRequest()
    try:
        async with receiving(store, "127.0.0.1", 0, trust) as port:
            async with channel(Target(f"127.0.0.1:{port}", city.plan.trust("huanbao"))) as node:
                await trace_service_pb2_grpc.TraceServiceStub(node).Export(request, timeout=5)
            async with channel(Target(f"127.0.0.1:{port}", Trust(trust.authority))) as anybody:
                with pytest.raises(grpc.aio.AioRpcError) as no:
                    await trace_service_pb2_grpc.TraceServiceStub(anybody).Export(request, timeout=5)
    finally:
        await store.close()

    assert no.value.code() is AWAY


# Certificates -----------------------------------------------------------------------------------------


def ends(path: Path) -> datetime:
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc


def test_certificates_are_renewed_before_they_end_for_the_same_key(tmp_path: Path) -> None:
    keep_certificates(tmp_path, ["huanbao"], now=NOW)
    certificate, key = certificate_of(tmp_path / "huanbao", "huanbao")
    before = key.read_bytes()

    too_early = keep_certificates(
        tmp_path, ["huanbao"], now=NOW + LIFETIME - RENEW_BEFORE - timedelta(days=1)
    )
    renewed = keep_certificates(tmp_path, ["huanbao"], now=NOW + LIFETIME - timedelta(days=29))

    assert (too_early, renewed) == ([], [certificate])
    assert ends(certificate) == NOW + LIFETIME - timedelta(days=29) + LIFETIME
    assert key.read_bytes() == before


def test_the_authority_is_renewed_and_what_it_issued_still_holds(tmp_path: Path) -> None:
    keep_certificates(tmp_path, ["huanbao"], now=NOW)
    authority = tmp_path / "ca" / "ca.pem"
    issued = x509.load_pem_x509_certificate(certificate_of(tmp_path / "huanbao", "huanbao")[0].read_bytes())

    renewed = keep_certificates(tmp_path, [], now=ends(authority) - LIFETIME)

    assert renewed == [authority]
    issued.verify_directly_issued_by(x509.load_pem_x509_certificate(authority.read_bytes()))


def test_the_operators_own_files_are_left_alone(tmp_path: Path) -> None:
    """A foreign certificate stays; with a foreign authority nothing is issued, and what is missing is told."""
    keep_certificates(tmp_path / "theirs", ["huanbao"], now=NOW)
    keep_certificates(tmp_path / "ours", ["huanbao", "city"], now=NOW)
    theirs, ours = (certificate_of(tmp_path / of / "huanbao", "huanbao")[0] for of in ("theirs", "ours"))
    ours.write_bytes(theirs.read_bytes())
    assert keep_certificates(tmp_path / "ours", ["huanbao", "city"], now=NOW + LIFETIME) == [
        certificate_of(tmp_path / "ours" / "city", "city")[0]
    ]
    assert ours.read_bytes() == theirs.read_bytes()

    (tmp_path / "theirs" / "ca" / "ca-key.pem").unlink()
    assert keep_certificates(tmp_path / "theirs", ["huanbao"], now=NOW) == []
    with pytest.raises(Failure, match=r"city\.pem .*authority of your own"):
        keep_certificates(tmp_path / "theirs", ["city"], now=NOW)


async def test_a_renewed_certificate_is_shown_without_a_restart(tmp_path: Path) -> None:
    keep_certificates(tmp_path, ["huanbao"])
    certificate, key = certificate_of(tmp_path / "huanbao", "huanbao")
    trust = Trust(tmp_path / "ca" / "ca.pem", certificate, key)
    server = grpc.aio.server()
    port = open_port(server, "127.0.0.1:0", trust)
    await server.start()
    try:
        first = await shown(port, trust)
        certificate.unlink()
        keep_certificates(tmp_path, ["huanbao"])
        second = await shown(port, trust)
    finally:
        await server.stop(0)

    assert first != second


async def shown(port: int, trust: Trust) -> bytes:
    """The certificate that a server shows now."""
    from services.kit.dial import context

    known = context(trust)
    assert known is not None
    known.set_alpn_protocols(["h2"])
    _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=known)
    try:
        found: bytes = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        return found
    finally:
        writer.transport.abort()


async def test_who_dials_hears_that_its_certificate_was_renewed(tmp_path: Path) -> None:
    """A process that shows one for as long as it lives can be begun anew in time."""
    keep_certificates(tmp_path, ["city"])
    trust = Trust(tmp_path / "ca" / "ca.pem", *certificate_of(tmp_path / "city", "city"))
    hearing = asyncio.create_task(renewed(trust, 0.01))
    await asyncio.sleep(0)
    assert not hearing.done()

    trust.own[0].unlink()
    keep_certificates(tmp_path, ["city"])

    async with asyncio.timeout(10):
        await hearing


def test_a_running_city_renews_its_own(tmp_path: Path) -> None:
    made = plan(tmp_path / "var", 9600)
    lay_out(made)
    certificate = made.trust("huanbao").own[0]

    assert renew(made) == []
    certificate.unlink()
    assert renew(made) == [certificate]


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("", "[tls] is missing"),
        ('[tls]\nplain = true\nauthority = "a"\n', "says plain = true"),
        ("[tls]\nplain = false\n", "authority is missing"),
        ('[tls]\nauthority = "a"\ncertificate = "b"\nkey = "c"\n', "there is no file"),
    ],
)
def test_plain_text_only_where_the_settings_say_so(tmp_path: Path, said: str, wrong: str) -> None:
    (tmp_path / "node.toml").write_text(f'[node]\nid = "a"\nkind = "city"\ncity = "a"\n{said}')

    with pytest.raises(BadSettings, match=re.escape(wrong)):
        trust_of(Settings.load(tmp_path / "node.toml"))
