"""What was refused is told with who tried it, in one log, in bounded numbers, and nothing of what was sent."""

import json
import logging
from typing import Any

import pytest
from yifa.registry.v1 import body_pb2 as bodies
from yifa.registry.v1 import officer_pb2 as officers

from services.kit import security
from services.kit.limit import Limit
from services.kit.security import Actor, Book, Kind
from tests.city import City, rid
from tests.kit.test_edge import body

NODE, WHO = "huanbao", "log-1"
SECRET = "机密\u202e内容"


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [json.loads(r.getMessage()) for r in caplog.records if r.name == security.__name__]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """The log from here on, with room for everything."""
    monkeypatch.setattr(security.BOOK, "each", Limit(1000, 1000))
    monkeypatch.setattr(security.BOOK, "all", Limit(1000, 1000))
    caplog.set_level(logging.WARNING, security.__name__)
    return caplog


async def test_a_refused_call_is_told_with_its_actor(city: City, told: pytest.LogCaptureFixture) -> None:
    """Without a token the address; in another role and of another node the bearer; of a bad request the fields alone."""
    stub = city.stub(NODE, "registry")
    ask = officers.RegisterOfficerRequest(request_id=rid(), name=SECRET, body_id=SECRET)
    with city.refused("TOKEN_MISSING"):
        await stub.RegisterOfficer(ask)
    with city.refused("ROLE_REQUIRED"):
        await stub.RegisterOfficer(ask, metadata=city.as_(NODE, WHO, "FINANCE"))
    with city.refused("OTHER_DEPARTMENT"):
        await stub.RegisterOfficer(ask, metadata=city.as_("chengguan", WHO, "ROSTER_CLERK"))
    with city.refused("MALFORMED"):
        await stub.RegisterOfficer(ask, metadata=city.as_(NODE, WHO, "ROSTER_CLERK"))
    with city.refused("UNKNOWN_METHOD"):
        await city.channel(NODE).unary_unary("/no.Service/Do")(b"")

    found = [each for each in lines(told) if each["node"] == NODE and each.get("subject", WHO) == WHO]
    assert [each["kind"] for each in found] == ["TOKEN", "ROLE", "NODE", "FORM", "METHOD"]
    assert [each.get("of", "") for each in found] == ["", NODE, "chengguan", NODE, ""]
    assert {each["address"] for each in found} == {"127.0.0.1"}
    assert "name" in found[3]["fields"] and "机密" not in told.text and "\\u673a" not in told.text
    assert found[0]["method"] == "yifa.registry.v1.RegistryService/RegisterOfficer"


async def test_what_anybody_runs_into_is_not_told(city: City, told: pytest.LogCaptureFixture) -> None:
    with city.refused("NOT_FOUND"):
        asked = bodies.GetBodyRequest(body_id="B-none")
        await city.stub("city", "registry").GetBody(asked, metadata=city.as_("city", "log-2", "REGISTRAR"))
    with city.refused("NOT_HOME"):
        await city.stub(NODE, "registry").ConfirmBody(body(), metadata=city.as_(NODE, "log-2", "REGISTRAR"))

    assert [each for each in lines(told) if each.get("subject") == "log-2"] == []


def test_nobody_fills_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Of one actor and kind some lines are written; the others of that actor are counted, and another's are written."""
    book = Book(each=Limit(rate=0.0001, burst=3), all=Limit(rate=0.0001, burst=7))
    flood, other = Actor("x", "a", "192.0.2.1"), Actor("", "", "192.0.2.2")

    for _ in range(500):
        book.tell("n", Kind.TOKEN, flood, "TOKEN_INVALID")
    for n in range(500):
        book.tell("n", Kind.TOKEN, Actor(address=f"198.51.100.{n}"), "TOKEN_MISSING")
    book.each = book.all = Limit(1000, 1000)
    for who in (flood, other):
        book.tell("n", Kind.TOKEN, who, "TOKEN_INVALID")

    found = lines(caplog)
    assert len(found) == 7 + 2
    assert found[-2]["not_written"] == 497 and "not_written" not in found[-1]
    assert len(book.left) <= security.MOST_COUNTED


def test_a_line_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    """Whatever a name from outside holds, it begins no line of its own and moves no cursor."""
    Book().tell(
        "n", Kind.METHOD, Actor("a\nb", "\x1b[2J", "192.0.2.1"), "UNKNOWN_METHOD", "/x\r\n" + "y" * 999
    )

    text = caplog.records[-1].getMessage()
    assert text.isprintable() and text.isascii() and len(text) < 700
