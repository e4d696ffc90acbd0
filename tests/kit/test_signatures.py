"""An event is taken for its node's where it is signed with a key of that node, and nobody else's key speaks for it."""

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry

from services.cli.keys import changed_key
from services.kit.algorithm import ED25519, SM2, Algorithm
from services.kit.arrival import read_event
from services.kit.directory import directory_of, read, revoke, write
from services.kit.journal import headers
from services.kit.settings import BadSettings, Settings
from services.kit.signature import AT_ONCE, HEADER, encode, signed
from services.kit.signature import Keys as Known
from services.kit.signing import own_key
from services.kit.sm2 import MISSING
from services.kit.time import wall
from tests.kit.signing import WHEN, Bureau, Keys, bureau, signing_office
from tests.supervision.office import CITY, TRACE, URBAN, Office, at, number_of

MALFORMED = [
    "", ".", "a.0.1.b.c", "x" * 2000, "é", "a.0.1..", "a.1.1.AA.", "a.0.99999999.AA.", "a.-1.1.AA.", "a.0.1.A.", "\0",
]  # fmt: skip


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shared(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Office, Keys]]:
    async with signing_office(tmp_path_factory.mktemp("signing")) as both:
        yield both


@pytest.fixture
def d(shared: tuple[Office, Keys]) -> Bureau:
    return bureau(*shared)


@pytest.mark.parametrize(
    ("signer", "why"),
    [
        ("", "it has no signature"),
        ("stranger", "it is signed with a key that is not its node's"),
        (URBAN, "it is signed with a key that is not its node's"),
        (CITY, "it is signed with a key that is not its node's"),
    ],
)
async def test_what_its_node_did_not_sign_is_forged_and_the_rest_flows(
    d: Bureau, signer: str, why: str
) -> None:
    assert await d.tells("1")
    before = replace(d.journal, counts=dict(d.journal.counts))
    d.journal.signer = d.keys.stranger(signer) if signer else None

    assert not await d.tells("2")
    d.office.journals[d.node, d.service] = before

    assert await d.tells("3") and await bureau(d.office, d.keys).tells("1")
    assert d.why_refused() == [f"forged: {why}"] and d.found() == ["FORGED"]
    [warning] = await d.warned()
    assert why in warning.detail_en and "签名" in warning.detail_zh


@pytest.mark.parametrize("speaker", ["the hub", URBAN])
async def test_nobody_else_speaks_as_the_city(d: Bureau, speaker: str) -> None:
    """Not the hub, whose key puts what it likes under the city's name, nor a department with its own."""
    office = d.office
    before = replace(office.journal(CITY, "registry"), counts=dict(office.journal(CITY, "registry").counts))
    certificate = certificate_pb2.Certificate(
        certificate_number=number_of("O-1"), officer_id="O-1", version=2
    )
    journal = office.journal(CITY, "registry")
    journal.signer = d.keys.make(URBAN) if speaker == URBAN else d.keys.stranger("hub")

    forged = journal.entry(registry.CertificateRevoked(certificate=certificate), at(WHEN), "O-1")
    await office.take(forged)
    office.journals[CITY, "registry"] = before

    refused = Bureau(office, d.keys, CITY).why_refused()
    assert refused and set(refused) == {"forged: it is signed with a key that is not its node's"}
    assert office.running.reactor.sieve.seen.get(f"{CITY}/registry/city") in (None, before.seq)


async def test_a_signature_that_is_none_ends_no_reader(d: Bureau) -> None:
    good = d.told("1")
    for header in MALFORMED:
        await d.office.take(replace(good, headers={**good.headers, HEADER: header}))
    assert d.found() == ["FORGED"] and len(d.why_refused()) == 1 and not d.knows("1")

    await d.office.take(good)

    assert d.knows("1") and await d.tells("2")


def test_a_signature_is_of_one_place_only(d: Bureau) -> None:
    """An event that is signed as of one journal, addressee or number is not signed as of another."""
    e = read_event(d.told("1"), "law.>")
    known = Known(d.office.running.around.directory, wall)

    assert known.fault(e, e.signature, e.at) == ""
    for other in ({"service": "registry"}, {"to": "all"}, {"seq": 2}, {"count": 2}, {"hash": bytes(32)}):
        assert known.fault(replace(e, **other), e.signature, e.at) == "its signature is not its node's"
    assert known.fault(replace(e, node=URBAN), e.signature, e.at)


async def test_many_are_signed_at_once_and_each_shows_it_alone(d: Bureau) -> None:
    all_of_them = [d.told(str(n)) for n in range(AT_ONCE + 3)]
    events = [read_event(each, "law.>") for each in all_of_them]
    signatures = signed(events, d.journal.signer)
    known = Known(d.office.running.around.directory, wall)

    assert len({s.split(".")[3] for s in signatures}) == 2
    assert [known.fault(e, s, e.at) for e, s in zip(events, signatures, strict=True)] == [""] * len(events)
    assert known.fault(events[0], signatures[1], 0) and known.fault(events[-1], signatures[0], 0)
    await d.office.take(replace(all_of_them[40], headers=headers(events[40], TRACE, signatures[40])))
    assert d.found() == ["GAP"] and d.knows("40")


@pytest.mark.parametrize("algorithm", [ED25519, SM2], ids=["ed25519", "sm2"])
async def test_keys_change_while_it_runs(d: Bureau, algorithm: Algorithm) -> None:
    """A new key holds at once, of the same algorithm or of another one; the old one for what is dated before its end."""
    old = d.journal.signer
    folder, ends = d.keys.folder / d.node, timedelta(days=2)
    new_id = changed_key(d.keys.directory, folder, d.node, at("2026-03-01 09:00"), ends, algorithm)
    assert await d.tells("1"), "dated before the old key's end"

    d.journal.signer = d.keys.stranger(d.node)
    assert d.journal.signer.key_id == new_id != old.key_id
    assert d.journal.signer.algorithm is algorithm
    assert await d.tells("2")
    d.journal.signer = old
    assert not await d.tells("3", "2026-03-04 10:00")

    assert d.why_refused() == ["forged: its key no longer held"]
    assert {k.key_id for k in read(d.keys.directory) if k.node == d.node} == {old.key_id, new_id}


async def test_a_department_signs_with_sm2_while_others_do_not(shared: tuple[Office, Keys]) -> None:
    """What is altered, or of any other key, is found; above all an Ed25519 signature under the name of its key."""
    d, other = bureau(*shared, SM2), bureau(*shared)
    assert await d.tells("1") and await other.tells("1")
    own = d.journal.signer
    assert own is not None and own.algorithm is SM2
    downgraded = replace(d.keys.stranger("downgrade"), key_id=own.key_id)
    stranger = replace(d.keys.stranger("stranger to SM2", SM2), key_id=own.key_id)

    for n, signer in enumerate((downgraded, stranger, other.journal.signer), 2):
        before = replace(d.journal, counts=dict(d.journal.counts))
        d.journal.signer = signer
        assert not await d.tells(str(n))
        d.office.journals[d.node, d.service] = before
    event = read_event(d.told("5"), "law.>")
    known = Known(d.office.running.around.directory, wall)
    key_id, index, size, _, path = event.signature.split(".")
    altered = ".".join((key_id, index, size, encode(bytes(64)), path))

    assert known.fault(event, event.signature, event.at) == ""
    assert known.fault(event, altered, event.at) == "its signature is not its node's"
    assert d.why_refused() == [
        *["forged: it is signed with a key that is not its node's"],
        *["forged: its signature is not its node's"] * 2,
    ]


async def test_who_cannot_check_sm2_says_so_and_takes_nothing(
    shared: tuple[Office, Keys], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the library is not installed a node does not begin; one that runs parks the event, and takes it in later."""
    d = bureau(*shared, SM2)
    event, section = d.told("1"), {"directory": str(d.keys.directory), "key": f"{d.node}/sign.key"}
    node = Settings(d.keys.folder / "x.toml", d.node, "department", CITY, "", "", (), {"sign": section})
    with pytest.raises(BadSettings, match=r"ed25519，密钥文件 .* 为 sm2 · .*--algorithm ed25519"):
        own_key(node)
    with pytest.raises(BadSettings, match="须为其一 · it must be one of ed25519, sm2"):
        own_key(replace(node, sections={"sign": {**section, "algorithm": "sm3"}}))
    asked = replace(node, sections={"sign": {**section, "algorithm": "sm2"}})

    with monkeypatch.context() as without:
        without.setitem(sys.modules, "tongsuopy.crypto.asymciphers.ec", None)
        without.setitem(sys.modules, "tongsuopy.crypto.serialization", None)
        for begins in (own_key, directory_of):
            with pytest.raises(BadSettings, match="make sm"):
                begins(asked)
        await d.office.take(event)
        assert not d.knows("1") and d.why_refused() == [f"forged: {MISSING}"]

    own = own_key(asked)
    assert own is not None and own.signer.algorithm is SM2 and directory_of(asked) is not None
    await d.office.take(event)
    assert d.knows("1")


async def test_a_revoked_key_speaks_no_more_and_what_it_said_stays(d: Bureau) -> None:
    first = await d.send(d.told("1"))
    second = d.told("2")
    revoke(d.keys.directory, d.node, d.journal.signer.key_id, wall(), {"enforcement": 2})
    d.office.running.around.directory.look(at_once=True)

    await d.office.take(first, second)
    assert d.knows("2"), "it is not beyond the last good entry"
    assert not await d.tells("3")
    await d.office.take(first)

    assert d.why_refused() == ["forged: its key was revoked"]


async def test_a_key_holds_from_its_day_on(d: Bureau) -> None:
    keys = [
        replace(k, from_=at("2026-03-02 12:00")) if k.node == d.node else k for k in read(d.keys.directory)
    ]
    write(d.keys.directory, keys)
    d.office.running.around.directory.look(at_once=True)

    assert not await d.tells("1")
    d.office.clock("2026-03-02 12:01")
    assert await d.tells("2")


def test_a_parked_event_is_not_taken_in_by_trying_again(d: Bureau) -> None:
    d.journal.signer = d.keys.stranger("stranger")
    event = read_event(d.told("1"), "law.>")

    assert (
        d.office.running.reactor.sieve.refusal_of(event) == "it is signed with a key that is not its node's"
    )


async def test_a_directory_that_cannot_be_read_changes_nothing(d: Bureau) -> None:
    whole = d.keys.directory.read_text()
    d.keys.directory.write_text("[[key]]\nnode = 1\n")
    d.office.running.around.directory.look(at_once=True)

    assert await d.tells("1")
    d.keys.directory.write_text(whole)
