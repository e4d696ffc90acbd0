"""Events by hand over a department's link: forged, unsigned, impossible, too large, once more."""

import contextlib
from functools import partial

from nats.aio.client import Client

from services.kit.dial import context
from services.kit.security import Kind
from tests.attack.attack import HARMLESS, Attack, Scene
from tests.attack.bus import FALLEN, link, seed

GOOD = {
    "ce-id": "E-attack",
    "ce-type": "yifa.registry.v1.BodyConfirmed",
    "ce-subject": "B-1",
    "yifa-service": "registry",
    "yifa-to": "city",
    "yifa-seq": "1",
    "yifa-count": "1",
    "yifa-at": "1772000000000000",
    "yifa-actor": "a",
    "yifa-prev": "0" * 64,
    "yifa-hash": "1" * 64,
}


def headers(**other: str) -> bytes:
    lines = {**GOOD, **{name.replace("_", "-"): value for name, value in other.items()}}
    return (
        b"NATS/1.0\r\n"
        + "".join(f"{n}: {v}\r\n" for n, v in lines.items() if v is not None).encode()
        + b"\r\n"
    )


async def spoken(head: bytes, body: bytes, name: str, scene: Scene) -> str:
    """An event by hand in the department's own name: the readers at the city go on."""
    async with link(scene) as leaf:
        leaf.publish(f"in.{FALLEN}.evt.city.registry.{name}", body, "", head)
        await leaf.settle()
    return HARMLESS


async def again(scene: Scene) -> str:
    """The newest genuine event of the department once more, byte for byte: it is known, and nothing is done twice."""
    trust, client = scene.city.plan.trust("hub"), Client()
    await client.connect(
        f"tls://{scene.city.plan.hub}", tls=context(trust), nkeys_seed_str=seed(scene, "hub", "admin")
    )
    try:
        js = client.jetstream()
        message = await js.get_last_msg("ALL", f"law.*.{FALLEN}.>")
        before = await scene.city.journal("city", "registry")
        head = (
            b"NATS/1.0\r\n"
            + "".join(
                f"{n}: {v}\r\n" for n, v in (message.headers or {}).items() if not n.startswith("Nats-")
            ).encode()
            + b"\r\n"
        )
        _, to, _, service, kind = str(message.subject).split(".")
        async with link(scene) as leaf:
            leaf.publish(f"in.{FALLEN}.evt.{to}.{service}.{kind}", message.data or b"", "", head)
            await leaf.settle()
        after = await scene.city.journal("city", "registry")
    finally:
        await client.close()
    return HARMLESS if len(after) == len(before) else "done twice"


async def oversize(scene: Scene) -> str:
    """More than a message may have: the server ends the link, and nobody else's."""
    async with link(scene) as leaf:
        leaf.publish(f"in.{FALLEN}.evt.city.registry.Told", bytes(9_000_000), "", headers())
        with contextlib.suppress(OSError):
            await leaf.settle()
    return HARMLESS


BODY, CITYS = "BodyConfirmed", {"ce_type": "yifa.registry.v1.BodyConfirmed"}
HEADS: tuple[tuple[str, str, bytes, bytes], ...] = (
    ("an event without a signature", "no yifa-sign", headers(), b""),
    ("a signature that is none", "garbage", headers(yifa_sign="x"), b""),
    ("a signature of another form", "five parts", headers(yifa_sign="k.0.1.AAAA.AAAA"), b""),
    ("a number beyond all", "yifa-seq 10^30", headers(yifa_seq=str(10**30)), b""),
    ("the largest number", "yifa-seq 2^63-1", headers(yifa_seq=str(2**63 - 1)), b""),
    ("a number below nought", "yifa-seq -1", headers(yifa_seq="-1"), b""),
    ("digits of another script", "Arabic digits", headers(yifa_seq="١"), b""),
    ("a count above the number", "yifa-count 9", headers(yifa_count="9"), b""),
    ("a moment after all years", "yifa-at 2^63", headers(yifa_at=str(2**63)), b""),
    ("a time that is none", "ce-time", headers(ce_time="yesterday"), b""),
    ("a trace that is none", "traceparent 1", headers(traceparent="1"), b""),
    ("a hash that is none", "yifa-hash", headers(yifa_hash="zz"), b""),
    ("another's service", "service unlike the subject", headers(yifa_service="supervision"), b""),
    ("another addressee", "addressee unlike the subject", headers(yifa_to="huanbao"), b""),
    ("a type that is a path", "ce-type", headers(ce_type="../../BodyConfirmed"), b""),
    ("an endless name", "ce-subject of 10 kB", headers(ce_subject="x" * 10_000), b""),
    ("a name that clears a screen", "control characters", headers(yifa_actor="%1b[2J"), b""),
    ("no headers", "no event at all", b"", b"x"),
    ("a body that is no message", "garbage", headers(), b"\xff" * 100),
    ("a body of a megabyte", "too large", headers(), bytes(1_000_000)),
)
EVENTS = (
    Attack("nine megabytes", "nats", "oversize", (HARMLESS,), oversize, None, True),
    Attack("an event twice", "event", "replay", (HARMLESS,), again, None, True),
    *(
        Attack(name, "event", tries, (HARMLESS,), partial(spoken, head, body, BODY), Kind.EVENT, True)
        for name, tries, head, body in HEADS
    ),
)
