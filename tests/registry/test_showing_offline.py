"""A shown certificate is checked with a public key alone; a node's keys change and old codes stay readable."""

from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner
from yifa.registry.v1 import events_pb2 as events

from services.cli.certs import app, judged
from services.cli.keys import changed_key, say_algorithm
from services.kit.access import make_key
from services.kit.algorithm import ED25519, SM2
from services.kit.directory import with_key
from services.kit.signing import signer_in
from services.node.failure import Failure
from tests.registry.test_showing import becomes, show, signed_anew, verdict, with_claims
from tests.registry.town import Town


async def test_a_code_is_checked_offline_with_the_public_key_alone(town: Town) -> None:
    officer, certificate = await town.certified()
    shown = await show(town, officer)
    keys, now = town.city.plan.keys, datetime.now(UTC)
    public, others = keys / "huanbao" / "sign.pub", keys / "chengguan" / "sign.pub"

    genuine, opened = judged(f"https://example.invalid/v/{shown.token}", public, now)

    assert genuine == "GENUINE" and opened is not None
    assert opened.card.number == certificate.certificate_number
    assert judged(shown.token, public, now + timedelta(minutes=6))[0] == "OUT_OF_TIME"
    assert judged(shown.token, others, now) == ("FORGED", None)
    assert judged(with_claims(shown.token, n="冒名者"), public, now) == ("ALTERED", None)
    assert judged("abc", public, now) == ("UNREADABLE", None)
    with pytest.raises(Failure, match="no public key"):
        judged(shown.token, town.city.plan.settings("huanbao"), now)


async def test_the_command_checks_a_code_and_ends_with_one_for_a_bad_one(town: Town) -> None:
    officer, certificate = await town.certified()
    shown = await show(town, officer)
    key = str(town.city.plan.keys / "huanbao" / "sign.pub")

    good = CliRunner().invoke(app, ["check", shown.token, "--key", key, "--json"])
    bad = CliRunner().invoke(app, ["check", with_claims(shown.token, n="冒名者"), "--key", key])

    assert good.exit_code == 0 and certificate.certificate_number in good.stdout
    assert bad.exit_code == 1 and "ALTERED" in bad.stdout and "篡改" in bad.stdout


async def published(town: Town, node: str) -> list[str]:
    """The keys that a node announced as its own, in order."""
    found = []
    for entry in await town.journal(node, "registry"):
        if entry.type.endswith("ShowingKeyPublished"):
            found.append(events.ShowingKeyPublished.FromString(entry.data).key)
    return [key.key_id for key in found if key.node == node]


async def test_a_node_publishes_each_key_once_and_old_codes_outlive_a_new_key(town: Town) -> None:
    """The new key is one of SM2: it speaks for the codes that it signed, and no signature of another kind does for it."""
    officer, _ = await town.certified("chengguan")
    old = await show(town, officer, "chengguan")
    await becomes(town, old.token, "IN_FORCE")
    keys = town.city.plan.keys / "chengguan"

    await town.city.stop_node("chengguan")
    await town.city.start_node("chengguan")
    after_restart = await town.seen(lambda: published(town, "chengguan"))
    await town.city.stop_node("chengguan")
    (keys / "sign.key").unlink()
    make_key(keys, "sign", SM2)
    say_algorithm(town.city.plan.settings("chengguan"), SM2.name)
    with_key(town.city.plan.directory, "chengguan", signer_in((keys / "sign.key").read_bytes()).public_key)
    await town.city.start_node("chengguan")
    new = await town.seen(lambda: show(town, officer, "chengguan"))
    await becomes(town, new.token, "IN_FORCE")

    assert after_restart == [old.card.key_id]
    assert await published(town, "chengguan") == [old.card.key_id, new.card.key_id]
    assert await verdict(town, old.token) == "IN_FORCE"
    assert jwt.get_unverified_header(new.token) == {"alg": "SM2SM3", "kid": new.card.key_id}
    assert judged(new.token, keys / "sign.pub", datetime.now(UTC))[0] == "GENUINE"
    assert await verdict(town, with_claims(new.token, n="冒名者")) == "ALTERED"
    stranger = Ed25519PrivateKey.generate()
    assert await verdict(town, signed_anew(new.token, stranger, new.card.key_id)) == "UNREADABLE"

    # one that takes its place while the node runs is announced, too
    ends = timedelta(hours=1)
    third = changed_key(town.city.plan.directory, keys, "chengguan", datetime.now(UTC), ends, ED25519)
    await town.seen(lambda: published(town, "chengguan"), lambda found: found[-1] == third)
    fresh = await town.seen(
        lambda: show(town, officer, "chengguan"), lambda shown: shown.card.key_id == third
    )
    await becomes(town, fresh.token, "IN_FORCE")
