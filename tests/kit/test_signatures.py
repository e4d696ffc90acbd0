"""An event is taken for its node's where it is signed with a key of that node, and nobody else's key speaks for it."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from yifa.registry.v1 import certificate_pb2
from yifa.registry.v1 import events_pb2 as registry
from yifa.supervision.v1 import case_view_pb2 as views
from yifa.supervision.v1 import events_pb2 as supervision

from services.cli.keys import changed_key
from services.kit.arrival import read_event
from services.kit.directory import read, revoke, write
from services.kit.journal import headers
from services.kit.signature import AT_ONCE, HEADER, signed
from services.kit.signature import Keys as Known
from services.kit.time import wall
from tests.kit.signing import Keys, signing_office
from tests.supervision.office import CITY, ENVIRONMENT, TRACE, URBAN, Office, at, new_case, number_of

WHEN = "2026-03-02 10:00"


@pytest.fixture
async def signing(tmp_path: Path) -> AsyncIterator[tuple[Office, Keys]]:
    async with signing_office(tmp_path) as both:
        yield both


def why_refused(office: Office) -> list[str]:
    return sorted(row.error for row in office.running.rows(select(office.running.kit.parked.c.error)))


def faults(office: Office) -> list[str]:
    return [supervision.ChainFault.Name(e.fault) for e in office.emitted(supervision.ChainBroken)]


async def told(office: Office, case_id: str, node: str = ENVIRONMENT) -> bool:
    """A case is told of; whether the city took it in."""
    await office.tell(new_case(case_id, node), "CaseFiled", WHEN)
    return case_id in {c.case_id for c in (await office.call("ListCases", LIST)).cases}


LIST = views.ListCasesRequest()


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
    signing: tuple[Office, Keys], signer: str, why: str
) -> None:
    office, keys = signing
    assert await told(office, "C-1")
    journal = office.journal(ENVIRONMENT, "enforcement")
    genuine = journal.signer
    before = replace(journal, counts=dict(journal.counts))

    journal.signer = keys.stranger(signer) if signer else None
    assert not await told(office, "C-2")
    office.journals[ENVIRONMENT, "enforcement"] = before
    before.signer = genuine

    assert await told(office, "C-3") and await told(office, "C-4", URBAN)
    assert why_refused(office) == [f"forged: {why}"]
    assert faults(office) == ["CHAIN_FAULT_FORGED"]
    [warning] = await office.warnings(rule_id="CHAIN")
    assert warning.node == ENVIRONMENT and why in warning.detail_en and "签名" in warning.detail_zh


@pytest.mark.parametrize("speaker", ["the hub", URBAN])
async def test_nobody_else_speaks_as_the_city(signing: tuple[Office, Keys], speaker: str) -> None:
    """Not the hub, whose key puts what it likes under the city's name, nor a department with its own."""
    office, keys = signing
    await office.certify("O-1")
    await office.take(office.journal(CITY, "registry").entry(registry.BodyConfirmed(), at(WHEN)))
    certificate = certificate_pb2.Certificate(
        certificate_number=number_of("O-1"), officer_id="O-1", version=2
    )
    journal = office.journal(CITY, "registry")
    journal.signer = keys.make(URBAN) if speaker == URBAN else keys.stranger("hub")

    await office.take(journal.entry(registry.CertificateRevoked(certificate=certificate), at(WHEN), "O-1"))

    assert why_refused(office) == ["forged: it is signed with a key that is not its node's"]


@pytest.mark.parametrize(
    "header",
    [
        "",
        ".",
        "a.0.1.b.c",
        "x" * 2000,
        "é",
        "a.0.1..",
        "a.1.1.AA.",
        "a.0.99999999.AA.",
        "a.-1.1.AA.",
        "a.0.1.A.",
        "\0",
    ],
)
async def test_a_signature_that_is_none_ends_no_reader(signing: tuple[Office, Keys], header: str) -> None:
    office, _ = signing
    good = office.told(new_case("C-1"), "CaseFiled", WHEN)

    await office.take(replace(good, headers={**good.headers, HEADER: header}))
    assert faults(office) == ["CHAIN_FAULT_FORGED"]
    await office.take(good)

    assert await told(office, "C-2")
    assert (await office.case("C-1")).case.case_id == "C-1"


async def test_a_signature_is_of_one_place_only(signing: tuple[Office, Keys]) -> None:
    """An event that is signed as of one journal, addressee or number is not signed as of another."""
    office, _ = signing
    good = office.told(new_case("C-1"), "CaseFiled", WHEN)
    e = read_event(good, "law.>")
    known = Known(office.running.around.directory, wall)

    assert known.fault(e, e.signature, e.at) == ""
    for other in ({"service": "registry"}, {"to": "all"}, {"seq": 2}, {"count": 2}, {"hash": bytes(32)}):
        assert known.fault(replace(e, **other), e.signature, e.at) == "its signature is not its node's"
    assert known.fault(replace(e, node=URBAN), e.signature, e.at)


async def test_many_are_signed_at_once_and_each_shows_it_alone(signing: tuple[Office, Keys]) -> None:
    office, _ = signing
    journal = office.journal(ENVIRONMENT, "enforcement")
    all_of_them = [office.told(new_case(f"C-{n}"), "CaseFiled", WHEN) for n in range(AT_ONCE + 3)]
    events = [read_event(d, "law.>") for d in all_of_them]
    signatures = signed(events, journal.signer)
    known = Known(office.running.around.directory, wall)

    assert len({s.split(".")[3] for s in signatures}) == 2
    assert [known.fault(e, s, e.at) for e, s in zip(events, signatures, strict=True)] == [""] * len(events)
    assert known.fault(events[0], signatures[1], 0) and known.fault(events[-1], signatures[0], 0)
    one = events[40]
    await office.take(replace(all_of_them[40], headers=headers(one, TRACE, signatures[40])))
    assert faults(office) == ["CHAIN_FAULT_GAP"]


async def test_keys_change_while_it_runs(signing: tuple[Office, Keys], tmp_path: Path) -> None:
    """A new key holds at once, the old one for what is dated before its end."""
    office, keys = signing
    assert await told(office, "C-1")
    old = office.journal(ENVIRONMENT, "enforcement").signer
    new_id = changed_key(
        keys.directory, tmp_path / ENVIRONMENT, ENVIRONMENT, at("2026-03-01 09:00"), timedelta(days=2)
    )
    journal = office.journal(ENVIRONMENT, "enforcement")
    assert await told(office, "C-2"), "dated before the old key's end"

    journal.signer = keys.stranger(ENVIRONMENT)
    assert journal.signer.key_id == new_id != old.key_id
    assert await told(office, "C-3")
    journal.signer = old
    await office.tell(new_case("C-4"), "CaseFiled", "2026-03-04 10:00")

    assert why_refused(office) == ["forged: its key no longer held"]
    [first, second] = [k for k in read(keys.directory) if k.node == ENVIRONMENT]
    assert {first.key_id, second.key_id} == {old.key_id, new_id}


async def test_a_revoked_key_speaks_no_more_and_what_it_said_stays(signing: tuple[Office, Keys]) -> None:
    office, keys = signing
    first = office.told(new_case("C-1"), "CaseFiled", WHEN)
    await office.take(first)
    second = office.told(new_case("C-2"), "CaseFiled", WHEN)
    signer = office.journal(ENVIRONMENT, "enforcement").signer
    revoke(keys.directory, ENVIRONMENT, signer.key_id, wall(), {"enforcement": 2})
    office.running.around.directory.look(at_once=True)

    await office.take(first, second)
    assert (await office.case("C-2")).case.case_id == "C-2", "it is not beyond the last good entry"
    assert not await told(office, "C-3")
    await office.take(first)

    assert why_refused(office) == ["forged: its key was revoked"]


async def test_a_key_holds_from_its_day_on(signing: tuple[Office, Keys]) -> None:
    office, keys = signing
    write(keys.directory, [replace(k, from_=at("2026-03-02 12:00")) for k in read(keys.directory)])
    office.running.around.directory.look(at_once=True)

    assert not await told(office, "C-1")
    office.clock("2026-03-02 12:01")
    assert await told(office, "C-2")


async def test_a_parked_event_is_not_taken_in_by_trying_again(signing: tuple[Office, Keys]) -> None:
    office, keys = signing
    office.journal(ENVIRONMENT, "enforcement").signer = keys.stranger("stranger")
    await told(office, "C-1")
    event = read_event(
        office.journal(ENVIRONMENT, "enforcement").entry(registry.BodyConfirmed(), at(WHEN)), "law.>"
    )

    assert office.running.reactor.sieve.refusal_of(event) == "it is signed with a key that is not its node's"


async def test_a_directory_that_cannot_be_read_changes_nothing(signing: tuple[Office, Keys]) -> None:
    office, keys = signing
    keys.directory.write_text("[[key]]\nnode = 1\n")
    office.running.around.directory.look(at_once=True)

    assert await told(office, "C-1")
