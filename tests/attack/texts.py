"""Texts, numbers, moments, addresses and pictures that are not as they should be, by who may call."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import qualification_pb2 as qualifications
from yifa.registry.v1 import showing_pb2 as photos

from services.kit.security import Kind
from services.notifications.delivery.channels import Webhook
from services.notifications.delivery.outgoing import FORBIDDEN, Listed, NoAnswer
from tests.attack.attack import Attack, Scene
from tests.attack.rights import CITY, CONTACT, REGISTRY, H, asked, body_named
from tests.city import rid

# Texts and numbers -------------------------------------------------------------------------------------


def of_bodies(**fields: Any) -> Callable[[Scene], Any]:
    return lambda _: bodies.ListBodiesRequest(**fields)


def scored(**fields: Any) -> Callable[[Scene], Any]:
    return lambda _: qualifications.RecordExamRequest(
        **({"request_id": rid(), "officer_id": "O-none", "score": 90} | fields)
    )


def raw_text(content: bytes) -> Callable[[Scene], bytes]:
    """GetBody with bytes where a text is wanted."""
    return lambda _: b"\x0a" + bytes([len(content)]) + content


CONFIRM, LIST, EXAM, GET = (
    f"{REGISTRY}/{name}" for name in ("ConfirmBody", "ListBodies", "RecordExam", "GetBody")
)
FORM = ("MALFORMED",)
TEXTS = tuple(
    Attack(name, "text", tries, must, partial(asked, CITY, path, make, CITY, ("REGISTRAR",)), told)
    for name, tries, path, make, must, told in (
        ("a name with NUL", "null byte", CONFIRM, body_named(name="示例\0机关"), FORM, Kind.FORM),
        (
            "a name written backwards",
            "RTL override",
            CONFIRM,
            body_named(name="示例\u202e机关"),
            FORM,
            Kind.FORM,
        ),
        (
            "a name with isolates",
            "directional isolates",
            CONFIRM,
            body_named(name="示例\u2066机关\u2069"),
            FORM,
            Kind.FORM,
        ),
        (
            "a name with unseen characters",
            "zero-width",
            CONFIRM,
            body_named(name="示例\u200b机关"),
            FORM,
            Kind.FORM,
        ),
        (
            "a name that clears a screen",
            "terminal escapes",
            CONFIRM,
            body_named(name="示例\x1b[2J机关"),
            FORM,
            Kind.FORM,
        ),
        (
            "a name of two lines",
            "end of line",
            CONFIRM,
            body_named(document_prefix="示\n罚"),
            FORM,
            Kind.FORM,
        ),
        ("a name of blanks", "blank", CONFIRM, body_named(name="   "), FORM, Kind.FORM),
        ("a name without end", "300 kB", CONFIRM, body_named(name="长" * 100_000), FORM, Kind.FORM),
        (
            "a code of look-alikes",
            "Cyrillic letters in a code",
            CONFIRM,
            body_named(unified_social_credit_code="11440700МА0000001Х"),
            (*FORM, "BAD_CREDIT_CODE"),
            Kind.FORM,
        ),
        (
            "a code that backtracks",
            "ReDoS",
            CONFIRM,
            body_named(unified_social_credit_code="1" * 60_000 + "!"),
            FORM,
            Kind.FORM,
        ),
        (
            "a node that is a path",
            "path in a name",
            CONFIRM,
            body_named(node="../../etc"),
            (*FORM, "NODE_UNKNOWN", "SUBJECT_NOT_QUALIFIED"),
            None,
        ),
        ("an enum that there is not", "kind 2^31-1", CONFIRM, body_named(kind=2**31 - 1), FORM, Kind.FORM),
        ("a negative enum", "kind -1", CONFIRM, body_named(kind=-1), FORM, Kind.FORM),
        ("text that is no UTF-8", "invalid UTF-8", GET, raw_text(b"\xff\xfe"), FORM, Kind.FORM),
        ("half a surrogate", "a lone surrogate", GET, raw_text(b"\xed\xa0\x80"), FORM, Kind.FORM),
        ("an overlong encoding", "overlong /", GET, raw_text(b"\xc0\xaf"), FORM, Kind.FORM),
        ("a page of minus one", "page_size -1", LIST, of_bodies(page_size=-1), FORM, Kind.FORM),
        (
            "a page of two thousand million",
            "page_size 2^31-1",
            LIST,
            of_bodies(page_size=2**31 - 1),
            FORM,
            Kind.FORM,
        ),
        *(
            (
                f"a page token {name}",
                "a forged page token",
                LIST,
                of_bodies(page_token=token),
                ("BAD_PAGE_TOKEN",),
                Kind.FORM,
            )
            for name, token in (
                ("of one letter", "x"),
                ("of an empty list", "W10"),
                ("of numbers", "WzEsMl0"),
                ("of an object", "e30"),
                ("of slashes", "////"),
                ("of SQL", "Wyd4JyBPUiAxPTEnXQ"),
            )
        ),
        ("a score beyond all numbers", "2^31-1", EXAM, scored(score=2**31 - 1), FORM, Kind.FORM),
        ("a score below nought", "-1", EXAM, scored(score=-1), FORM, Kind.FORM),
    )
)


def far(seconds: int, nanos: int = 0) -> Callable[[Scene], Any]:
    """A list of what could be done at a moment."""
    from yifa.registry.v1 import power_pb2 as powers

    return lambda _: powers.ListPowerItemsRequest(held_at=Timestamp(seconds=seconds, nanos=nanos))


TIMES = tuple(
    Attack(
        name,
        "time",
        tries,
        must,
        partial(asked, CITY, f"{REGISTRY}/ListPowerItems", far(*when), CITY, ("REGISTRAR",)),
        told,
    )
    for name, tries, when, must, told in (
        ("a moment in the year 9999", "far future", (253_402_300_799,), FORM, Kind.FORM),
        ("a moment after all years", "beyond the calendar", (2**62,), FORM, Kind.FORM),
        ("a moment before all years", "before the calendar", (-(2**62),), FORM, Kind.FORM),
        ("negative nanoseconds", "nanos -1", (1, -1), FORM, Kind.FORM),
        ("more nanoseconds than a second has", "nanos 2^31-1", (1, 2**31 - 1), FORM, Kind.FORM),
    )
)

# Addresses ---------------------------------------------------------------------------------------------


def hooked(url: str) -> Callable[[Scene], Any]:
    return lambda scene: contacts.SetContactRequest(
        request_id=rid(), recipient="role:REGISTRAR", webhook_url=url
    )


ADDRESSES = tuple(
    Attack(
        f"a webhook to {name}",
        "webhook",
        url[:60],
        FORM,
        partial(asked, CITY, CONTACT, hooked(url), CITY, ("REGISTRAR",)),
        Kind.FORM,
    )
    for name, url in (
        ("plain HTTP", "http://example.cn/hook"),
        ("this machine", "https://127.0.0.1/"),
        ("this machine by IPv6", "https://[::1]/"),
        ("this machine, mapped", "https://[::ffff:127.0.0.1]/"),
        ("the cloud's metadata", "https://169.254.169.254/latest/meta-data"),
        ("the inner network", "https://10.0.0.7/"),
        ("the inner network, 172", "https://172.16.0.1/"),
        ("the inner network, 192", "https://192.168.1.1/"),
        ("an address of no network", "https://0.0.0.0/"),
        ("everybody", "https://255.255.255.255/"),
        ("a group", "https://224.0.0.1/"),
        ("a translated address", "https://[64:ff9b::a00:7]/"),
        ("a tunnel", "https://[2002:a00:7::]/"),
        ("a link", "https://[fe80::1%25eth0]/"),
        ("a name and password", "https://a:b@example.cn/"),
        ("no host", "https:///hook"),
        ("a file", "file:///etc/passwd"),
        ("gopher", "gopher://127.0.0.1:6379/_FLUSHALL"),
        ("a header", "https://example.cn/\r\nX: y"),
        ("port nought", "https://example.cn:0/"),
        ("look-alike letters", "https://exаmple.cn/"),
        ("100 kB", "https://example.cn/" + "x" * 100_000),
    )
)

# Pictures ----------------------------------------------------------------------------------------------


def pictured(data: bytes) -> Callable[[Scene], Any]:
    return lambda scene: photos.SetOfficerPhotoRequest(
        request_id=rid(), officer_id=scene.officer_id, data=data
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BOMB = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x00\x00\xff\xff\x00\x00\xff\xff\x08\x02\x00\x00\x00" + bytes(4)
PICTURES = tuple(
    Attack(
        f"a photo that is {name}",
        "file",
        "SetOfficerPhoto",
        ("MALFORMED", "BAD_PHOTO"),
        partial(asked, H, f"{REGISTRY}/SetOfficerPhoto", pictured(data), H, ("ROSTER_CLERK",)),
        Kind.FORM,
    )
    for name, data in (
        ("a script in SVG", SVG),
        ("a page", b"<!doctype html><script>alert(1)</script>"),
        ("a program", b"\x7fELF" + bytes(100)),
        ("four thousand million pixels", BOMB),
        ("a picture and a script", b"GIF89a/*" + SVG + b"*/"),
        ("nothing", b""),
        ("larger than is taken", bytes(300_000)),
        ("a zip", b"PK\x03\x04" + bytes(100)),
    )
)


class Letter:
    """A notice to an address that was kept while it stood for somebody outside."""

    def __init__(self, address: str):
        self.address, self.level, self.create_time = address, 1, datetime.now(UTC)

    def __getattr__(self, name: str) -> str:
        return "x"


async def rebound(url: str, scene: Scene) -> str:
    """The name stands for this machine when it is called."""
    hook = Webhook(H, b"secret", Listed(), ssl.create_default_context())
    try:
        await hook.send(Letter(url), "")
    except NoAnswer as no:
        return str(no)
    return "called"


NAMES = tuple(
    Attack(
        f"a name that stands for {name}", "webhook", url, (FORBIDDEN,), partial(rebound, url), Kind.ADDRESS
    )
    for name, url in (
        ("this machine", "https://localhost:9/"),
        ("it as a number", "https://2130706433/"),
        ("it in hexadecimal", "https://0x7f.1/"),
    )
)

FORMS = (*NAMES, *TEXTS, *TIMES, *ADDRESSES, *PICTURES)
