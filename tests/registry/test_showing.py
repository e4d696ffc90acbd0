"""Certificates shown to the public: the code, and what may be thought of one that was scanned."""

import base64
import io
import json
from datetime import UTC, timedelta
from typing import Any

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from PIL import Image
from yifa.journal.v1.parked_pb2 import ListParkedRequest
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import showing_pb2 as pb

from tests.registry.test_photos import picture
from tests.registry.town import CITY, Town

VERDICTS = pb.ShownVerdict


async def show(town: Town, officer: Any, node: str = "huanbao", **more: Any) -> Any:
    """The code, as the officer's own device gets it. The city's key must be known before anybody checks."""
    request = pb.ShowCertificateRequest(**more)
    return await town.call(
        node, "registry", "ShowCertificate", request, "HANDLING_OFFICER", subject=officer.officer_id
    )


async def check(town: Town, token: str, node: str = CITY) -> Any:
    return await town.call(node, "registry", "CheckShown", pb.CheckShownRequest(token=token), "PUBLIC")


async def verdict(town: Town, token: str, node: str = CITY) -> str:
    reply = await check(town, token, node)
    assert reply.says_zh and reply.says_en
    return VERDICTS.Name(reply.verdict).removeprefix("SHOWN_VERDICT_")


async def becomes(town: Town, token: str, wanted: str, node: str = CITY) -> Any:
    """Wait for what another node announced: its key, the certificate, its end."""
    value = VERDICTS.Value(f"SHOWN_VERDICT_{wanted}")
    return await town.seen(lambda: check(town, token, node), lambda reply: reply.verdict == value)


def with_claims(token: str, **changes: Any) -> str:
    """The code with other content under the old signature."""
    head, body, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    changed = json.dumps(claims | changes, ensure_ascii=False).encode()
    return ".".join((head, base64.urlsafe_b64encode(changed).decode().rstrip("="), signature))


def signed_anew(token: str, key: Any, kid: str | None = None, **changes: Any) -> str:
    claims = jwt.decode(token, options={"verify_signature": False}) | changes
    return jwt.encode(claims, key, "EdDSA", headers={"kid": kid or jwt.get_unverified_header(token)["kid"]})


def key_of(town: Town, node: str) -> Any:
    return load_pem_private_key((town.city.plan.keys / node / "sign.key").read_bytes(), None)


async def test_a_fresh_code_shows_photo_name_body_scope_validity_and_standing(town: Town) -> None:
    officer, certificate = await town.certified()
    photo = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=picture())
    await town.call("huanbao", "registry", "SetOfficerPhoto", photo, "ROSTER_CLERK")

    shown = await show(town, officer)
    reply = await becomes(town, shown.token, "IN_FORCE")
    reply = await town.seen(lambda: check(town, shown.token), lambda r: r.photo.data)

    card = reply.card
    assert (card.certificate_number, card.officer_name) == (certificate.certificate_number, officer.name)
    assert (card.body_name, list(card.fields), card.area_code) == (
        certificate.body_name,
        ["生态环境"],
        "440700",
    )
    assert card.valid_until_time.seconds == certificate.expire_time.seconds
    assert card.show_time.seconds % 60 == 0
    assert card.expire_time.seconds - card.show_time.seconds == 300
    assert (card.node, reply.photo.media_type) == ("huanbao", "image/jpeg")
    assert Image.open(io.BytesIO(reply.photo.data)).size == (300, 400)
    assert not reply.HasField("source"), "the city itself knows"
    assert len(shown.token) < 460, "small enough for a QR code of moderate size"


async def test_another_department_checks_against_its_replica_and_says_how_old_it_is(town: Town) -> None:
    officer, _ = await town.certified()
    shown = await show(town, officer)

    reply = await becomes(town, shown.token, "IN_FORCE", "huanbao")
    elsewhere = await becomes(town, shown.token, "UNKNOWN_CERTIFICATE", "chengguan")

    assert reply.source.node == elsewhere.source.node == CITY
    assert reply.source.journal_seq > 0


async def test_a_suspension_at_the_city_is_seen_on_a_code_that_the_department_made_before(town: Town) -> None:
    officer, certificate = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")

    await town.suspend(certificate)

    assert await verdict(town, shown.token) == "SUSPENDED"
    await becomes(town, shown.token, "SUSPENDED", "huanbao")
    with town.refused("CERTIFICATE_NOT_IN_FORCE", law="APL-2021:55(1)", standing="SUSPENDED"):
        await show(town, officer)


async def test_a_department_behind_a_cut_link_knows_an_older_state_and_says_so(town: Town) -> None:
    officer, certificate = await town.certified()
    shown = await show(town, officer)
    before = await becomes(town, shown.token, "IN_FORCE", "huanbao")
    await becomes(town, shown.token, "IN_FORCE")
    await town.city.cables["huanbao"].cut()
    try:
        await town.suspend(certificate)

        behind = await check(town, (await show(town, officer)).token, "huanbao")
        at_city = await check(town, shown.token)
    finally:
        await town.city.cables["huanbao"].mend()

    assert VERDICTS.Name(at_city.verdict) == "SHOWN_VERDICT_SUSPENDED"
    assert VERDICTS.Name(behind.verdict) == "SHOWN_VERDICT_IN_FORCE"
    decided = at_city.at_time.ToNanoseconds()
    assert before.source.event_time.ToNanoseconds() <= behind.source.event_time.ToNanoseconds() < decided
    await becomes(town, shown.token, "SUSPENDED", "huanbao")


async def test_a_revoked_certificate_is_told_as_revoked(town: Town) -> None:
    officer, certificate = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")

    await town.revoke(certificate)

    reply = await check(town, shown.token)
    assert VERDICTS.Name(reply.verdict) == "SHOWN_VERDICT_REVOKED"
    assert "吊销" in reply.says_zh


async def test_a_code_whose_minutes_are_over_is_no_proof(town: Town) -> None:
    officer, _ = await town.certified()
    photo = pb.SetOfficerPhotoRequest(officer_id=officer.officer_id, data=picture())
    await town.call("huanbao", "registry", "SetOfficerPhoto", photo, "ROSTER_CLERK")
    shown = await show(town, officer)
    await town.seen(lambda: check(town, shown.token), lambda reply: reply.photo.data)
    made = shown.card.show_time.ToDatetime(tzinfo=UTC)
    try:
        town.city.set_time(made + timedelta(minutes=5))
        await town.seen(lambda: verdict(town, shown.token), lambda found: found == "OUT_OF_TIME")
        reply = await check(town, shown.token)
        town.city.set_time(made - timedelta(minutes=2))
        await town.seen(lambda: verdict(town, shown.token), lambda found: found == "NOT_YET")
    finally:
        town.city.set_time(None)

    assert not reply.HasField("photo"), "an old picture of a code gives no photo"


@pytest.mark.parametrize(
    "changes", [{"n": "冒名者"}, {"exp": 4_000_000_000}, {"u": 4_000_000_000}, {"c": "440700000199999"}]
)
async def test_whatever_is_changed_in_a_code_is_noticed(town: Town, changes: dict[str, Any]) -> None:
    officer, _ = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")

    assert await verdict(town, with_claims(shown.token, **changes)) == "ALTERED"


async def test_a_code_signed_with_a_key_of_nobody_is_forged(town: Town) -> None:
    officer, _ = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")
    stranger = Ed25519PrivateKey.generate()

    assert await verdict(town, signed_anew(shown.token, stranger, "AAAAAAAAAAA")) == "FORGED"
    assert await verdict(town, signed_anew(shown.token, stranger)) == "ALTERED", "under the department's name"


async def test_a_department_cannot_speak_for_another_s_officer(town: Town) -> None:
    officer, _ = await town.certified()
    other, _ = await town.certified("chengguan")
    shown, others = await show(town, officer), await show(town, other, "chengguan")
    await becomes(town, others.token, "IN_FORCE")

    forged = signed_anew(
        shown.token, key_of(town, "chengguan"), jwt.get_unverified_header(others.token)["kid"]
    )

    assert await verdict(town, forged) == "FORGED"


async def test_a_code_that_says_more_than_the_register_differs(town: Town) -> None:
    officer, _ = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")

    wider = signed_anew(shown.token, key_of(town, "huanbao"), f=["生态环境", "城市管理"])
    invented = signed_anew(shown.token, key_of(town, "huanbao"), c="440799999999999")

    assert await verdict(town, wider) == "DIFFERS"
    assert await verdict(town, invented) == "UNKNOWN_CERTIFICATE"


async def test_a_genuine_signature_over_what_no_code_says_is_no_code(town: Town) -> None:
    """Claims of another kind than a code has: whoever signs is not believed to have said what was never meant."""
    officer, _ = await town.certified()
    shown = await show(town, officer)
    await becomes(town, shown.token, "IN_FORCE")
    wrong: list[dict[str, Any]] = [
        *({name: value} for name in "cnba" for value in (["x"], {"x": 1}, 7, None)),
        *({"f": value} for value in ("x", [1], [["x"]], {"x": 1}, None)),
        *({name: value} for name in ("k", "s", "u", "iat", "exp") for value in ("x", [1], 1.5e300, None)),
    ]

    verdicts = [
        await verdict(town, signed_anew(shown.token, key_of(town, "huanbao"), **changes)) for changes in wrong
    ]

    assert set(verdicts) == {"UNREADABLE"}, dict(zip(map(str, wrong), verdicts, strict=True))


@pytest.mark.parametrize("token", ["x", "a.b.c", "https://example.invalid/", "🙂" * 20])
async def test_what_is_no_code_is_said_to_be_none(town: Town, token: str) -> None:
    assert await verdict(town, token) == "UNREADABLE"


async def test_a_token_for_callers_is_no_shown_code(town: Town) -> None:
    kid = {"kid": (await shown_key(town))}
    claims = {"sub": "x", "aud": "yifa", "iat": 1, "exp": 4_000_000_000}

    token = jwt.encode(claims, key_of(town, "huanbao"), "EdDSA", headers=kid)

    assert await verdict(town, token) == "UNREADABLE"


async def shown_key(town: Town) -> str:
    entries = await town.journal("huanbao", "registry")
    [published] = [e for e in entries if e.type.endswith("ShowingKeyPublished")]
    return events.ShowingKeyPublished.FromString(published.data).key.key_id


async def test_an_officer_shows_the_own_certificate_only(town: Town) -> None:
    officer, _ = await town.certified()
    other, _ = await town.certified()

    with town.refused("NOT_YOUR_CERTIFICATE", grpc.StatusCode.PERMISSION_DENIED):
        await show(town, officer, officer_id=other.officer_id)
    request = pb.ShowCertificateRequest(officer_id=other.officer_id)
    for role in ("ROSTER_CLERK", "AGENCY_HEAD", "UNIT_HEAD"):
        with town.refused("NOT_YOUR_CERTIFICATE", grpc.StatusCode.PERMISSION_DENIED):
            await town.call("huanbao", "registry", "ShowCertificate", request, role)
    own = await town.call(
        "huanbao", "registry", "ShowCertificate", request, "UNIT_HEAD", subject=other.officer_id
    )

    assert own.card.officer_name == other.name


async def test_a_certificate_is_shown_by_the_holder_s_department(town: Town) -> None:
    officer, _ = await town.certified()
    request = pb.ShowCertificateRequest(officer_id=officer.officer_id)

    with town.refused("NOT_HOME", home="huanbao"):
        await town.call(
            CITY, "registry", "ShowCertificate", request, "HANDLING_OFFICER", subject=officer.officer_id
        )


async def test_an_officer_without_a_certificate_has_nothing_to_show(town: Town) -> None:
    officer = await town.register(await town.body())

    with town.refused("NOT_FOUND", grpc.StatusCode.NOT_FOUND):
        await show(town, officer)


async def test_a_key_that_another_node_claims_is_not_taken(town: Town) -> None:
    key = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    event = events.ShowingKeyPublished(
        key=pb.ShowingKey(key_id="AAAAAAAAAAA", node="huanbao", public_key=key)
    )
    before = await parked(town)

    await town.announce("chengguan", event, to=CITY)

    await town.seen(lambda: parked(town), lambda found: found == before + 1)


async def parked(town: Town) -> int:
    reply = await town.call(CITY, "journal", "ListParked", ListParkedRequest(service="registry"), "SYSTEM")
    return sum(p.entry.type.endswith("ShowingKeyPublished") for p in reply.events)
