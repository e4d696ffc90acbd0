"""Bad calls get the documented refusal, and nothing is written."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import grpc
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import clue_pb2 as clues
from yifa.enforcement.v1 import party_pb2 as parties
from yifa.enforcement.v1 import penalty_pb2 as penalties
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import bulk_pb2 as bulk
from yifa.registry.v1 import certificate_pb2 as certificates
from yifa.registry.v1 import qualification_pb2 as qualifications

from services.given.people import credit_code
from services.kit.access import mint
from services.kit.rpc import LARGEST_REQUEST
from tests.city import City, rid

INVALID = grpc.StatusCode.INVALID_ARGUMENT
CLUE = "/yifa.enforcement.v1.EnforcementService/RegisterClue"


@pytest_asyncio.fixture(loop_scope="session")
async def nothing_written(city: City) -> AsyncIterator[None]:
    """The journals are as long after the test as before it."""
    before = await heads(city)
    yield
    assert await heads(city) == before


async def heads(city: City) -> dict[tuple[str, str], int]:
    """How many entries people caused; clocks and replicas write too, at any moment."""
    found = {}
    for node, name in (("city", "registry"), ("huanbao", "registry"), ("huanbao", "enforcement")):
        entries = await city.journal(node, name)
        found[node, name] = sum(not e.actor.startswith("system:") for e in entries)
    return found


def body(**other: Any) -> bodies.ConfirmBodyRequest:
    fields = {
        "request_id": rid(),
        "name": "示例机关",
        "unified_social_credit_code": credit_code(910_000),
        "kind": 1,
        "node": "huanbao",
        "document_prefix": "示罚甲",
        "field": "生态环境",
    }
    return bodies.ConfirmBodyRequest(**(fields | other))


@pytest.mark.usefixtures("nothing_written")
async def test_bytes_that_are_no_message(city: City) -> None:
    call = city.channel("huanbao").unary_unary(CLUE)

    with city.refused("MALFORMED", code=INVALID):
        await call(b"\xff\xff\xff\xff", metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD"))


@pytest.mark.usefixtures("nothing_written")
async def test_missing_fields_are_all_named(city: City) -> None:
    stub = city.stub("huanbao", "enforcement")

    with city.refused("MALFORMED", code=INVALID) as told:
        await stub.RegisterClue(
            clues.RegisterClueRequest(), metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
        )

    assert {"request_id", "body_id", "source", "summary", "party", "violation"} <= set(told.fields)
    assert "必填" in told.zh and "不得少于1个字符" in told.zh


@pytest.mark.usefixtures("nothing_written")
async def test_unknown_enum_value(city: City) -> None:
    stub = city.stub("city", "registry")

    with city.refused("MALFORMED", code=INVALID) as told:
        await stub.ConfirmBody(body(kind=77), metadata=city.as_("city", "registrar-1", "REGISTRAR"))

    assert told.fields == ["kind"]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(("faults", "size"), [(2, 1), (40, 1), (120, 1), (2, 60_000)])
async def test_what_is_wrong_in_many_places_is_told_as_far_as_a_client_takes_it(
    city: City, faults: int, size: int
) -> None:
    """gRPC lets a client drop a status of more than 8 KiB, with the reason in it."""
    party = parties.Party(kind=77, name="示" * 60_000 if size > 1 else "示例", identity_number="\0" * size)
    evidence = [cases.FirstEvidence(kind=77, title="\0", source="\x1b") for _ in range(faults)]
    clue = clues.RegisterClueRequest(request_id=rid(), party=party, evidence=evidence)

    with city.refused("MALFORMED", code=INVALID) as told:
        await city.stub("huanbao", "enforcement").RegisterClue(
            clue, metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
        )

    assert told.fields[0] == "body_id" and len(told.fields) >= 4
    assert (faults < 10) == ("more" not in told.en) == ("另有" not in told.zh)


@pytest.mark.usefixtures("nothing_written")
async def test_who_sends_a_list_on_while_it_is_refused_hears_why(city: City) -> None:
    rows = [bulk.OfficerRow(line=n, name="示例") for n in range(2_000)]
    requests = iter([bulk.ImportOfficersRequest(rows=rows)] * 6)
    call = city.stub("huanbao", "registry").ImportOfficers(
        requests, metadata=city.as_("huanbao", "head-1", "AGENCY_HEAD")
    )

    with city.refused("ROLE_REQUIRED", code=grpc.StatusCode.PERMISSION_DENIED):
        await call.read()


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("size", [5_000_000, 300_000])
async def test_a_text_that_is_too_long(city: City, size: int) -> None:
    """Five megabytes are refused as a whole, less by the contract."""
    stub, large = city.stub("city", "registry"), size > LARGEST_REQUEST
    expected = ("TOO_LARGE", grpc.StatusCode.RESOURCE_EXHAUSTED) if large else ("MALFORMED", INVALID)

    with city.refused(expected[0], code=expected[1]) as told:
        await stub.ConfirmBody(
            body(name="长" * (size // 3)), metadata=city.as_("city", "registrar-1", "REGISTRAR")
        )

    assert not large or "分批" in told.zh


@pytest.mark.parametrize(
    ("node", "method", "near"),
    [
        (
            "city",
            "/yifa.registry.v1.RegistryService/ConfirmBodies",
            "/yifa.registry.v1.RegistryService/ConfirmBody",
        ),
        ("huanbao", "/yifa.supervision.v1.SupervisionService/ListWarnings", ""),
        ("huanbao", "/no.such.Service/Do", ""),
    ],
)
@pytest.mark.parametrize("streams", [False, True])
async def test_an_unknown_method(city: City, node: str, method: str, near: str, streams: bool) -> None:
    channel = city.channel(node)

    with city.refused("UNKNOWN_METHOD", code=grpc.StatusCode.UNIMPLEMENTED) as told:
        if streams:
            await channel.unary_stream(method)(b"").read()
        else:
            await channel.unary_unary(method)(b"")

    assert told.metadata == {"method": method, "near": near}
    assert "yifa.registry.v1.RegistryService" in told.zh


async def test_a_record_that_may_be_on_its_way(city: City) -> None:
    """Who asks the city for an officer right after the department registered one is told to ask again."""
    exam = qualifications.RecordExamRequest(request_id=rid(), officer_id="O-new", score=90)
    with city.refused("NOT_FOUND", code=grpc.StatusCode.NOT_FOUND) as told:
        await city.stub("city", "registry").RecordExam(
            exam, metadata=city.as_("city", "registrar-1", "REGISTRAR")
        )

    assert "执法人员" in told.zh and "稍后再试" in told.zh and "Officer" not in told.zh
    assert "try again" in told.en
    asked = cases.GetCaseRequest(case_id="C-none")
    with city.refused("NOT_FOUND") as told:
        await city.stub("huanbao", "enforcement").GetCase(
            asked, metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
        )
    assert "案件" in told.zh and "稍后" not in told.zh, "the department itself keeps its cases"


@pytest.mark.usefixtures("nothing_written")
async def test_no_token(city: City) -> None:
    with city.refused("TOKEN_MISSING", code=grpc.StatusCode.UNAUTHENTICATED):
        await city.stub("city", "registry").ConfirmBody(body())


@pytest.mark.usefixtures("nothing_written")
async def test_an_expired_token(city: City) -> None:
    key = city.plan.token_key("city").read_bytes()
    old = mint(key, "registrar-1", "city", ("REGISTRAR",), lifetime=timedelta(seconds=-5))

    with city.refused("TOKEN_EXPIRED", code=grpc.StatusCode.UNAUTHENTICATED):
        await city.stub("city", "registry").ConfirmBody(body(), metadata=bearer(old))


@pytest.mark.usefixtures("nothing_written")
async def test_a_forged_token(city: City) -> None:
    stranger = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    forged = mint(stranger, "registrar-1", "city", ("REGISTRAR",))

    with city.refused("TOKEN_INVALID", code=grpc.StatusCode.UNAUTHENTICATED):
        await city.stub("city", "registry").ConfirmBody(body(), metadata=bearer(forged))


@pytest.mark.usefixtures("nothing_written")
async def test_a_role_that_may_not(city: City) -> None:
    with city.refused("ROLE_REQUIRED", code=grpc.StatusCode.PERMISSION_DENIED):
        await city.stub("city", "registry").ConfirmBody(
            body(), metadata=city.as_("city", "overseer-1", "OVERSIGHT")
        )


@pytest.mark.usefixtures("nothing_written")
async def test_a_token_of_another_department(city: City) -> None:
    """A department sees its own records only."""
    asked = cases.GetCaseRequest(case_id="C-1")
    with city.refused("OTHER_DEPARTMENT", code=grpc.StatusCode.PERMISSION_DENIED):
        await city.stub("huanbao", "enforcement").GetCase(
            asked, metadata=city.as_("chengguan", "unit-1", "UNIT_HEAD")
        )


async def test_another_departments_record_is_not_here(city: City) -> None:
    foreign = await city.body("chengguan")
    clue = clues.RegisterClueRequest(
        request_id=rid(),
        body_id=foreign.body_id,
        source=cases.CLUE_SOURCE_INSPECTION,
        summary="线索",
        party=parties.Party(kind=parties.PARTY_KIND_CITIZEN, name="示例"),
        violation=penalties.Violation(title="示例"),
    )

    with city.refused("SUBJECT_NOT_QUALIFIED"):
        await city.stub("huanbao", "enforcement").RegisterClue(
            clue, metadata=city.as_("huanbao", "unit-1", "UNIT_HEAD")
        )


@pytest.mark.usefixtures("nothing_written")
async def test_a_write_at_the_wrong_node_names_the_home(city: City) -> None:
    with city.refused("NOT_HOME") as told:
        await city.stub("huanbao", "registry").ConfirmBody(
            body(), metadata=city.as_("huanbao", "registrar-1", "REGISTRAR")
        )

    assert told.metadata["home"] == "city"
    assert "请向市级节点" in told.zh and "call the same method there" in told.en


@pytest.mark.usefixtures("nothing_written")
async def test_an_unknown_certificate(city: City) -> None:
    asked = certificates.VerifyCertificateRequest(certificate_number="440700000")
    with city.refused("NOT_FOUND", code=grpc.StatusCode.NOT_FOUND) as told:
        await city.stub("city", "registry").VerifyCertificate(asked, metadata=city.as_("city", "p", "PUBLIC"))

    assert told.metadata == {"kind": "Certificate", "key": "440700000"}


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("token", ["x", "W10", "WzEsMl0", "e30", "////"])
async def test_a_page_token_of_ones_own_making(city: City, token: str) -> None:
    asked = bodies.ListBodiesRequest(page_token=token)
    with city.refused("BAD_PAGE_TOKEN", code=INVALID):
        await city.stub("city", "registry").ListBodies(asked, metadata=city.as_("city", "p", "PUBLIC"))


async def test_pages_hold_every_record_once(city: City) -> None:
    made = {(await city.body()).body_id for _ in range(5)}
    stub, me = city.stub("city", "registry"), city.as_("city", "p", "PUBLIC")

    seen: list[str] = []
    page = await stub.ListBodies(bodies.ListBodiesRequest(page_size=2), metadata=me)
    seen += [b.body_id for b in page.bodies]
    while page.next_page_token:
        more = bodies.ListBodiesRequest(page_size=2, page_token=page.next_page_token)
        page = await stub.ListBodies(more, metadata=me)
        seen += [b.body_id for b in page.bodies]

    assert made <= set(seen) and len(seen) == len(set(seen))


def bearer(token: str) -> tuple[tuple[str, str]]:
    return (("authorization", f"Bearer {token}"),)
