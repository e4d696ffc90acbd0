"""The people of the city's own office who supervise: on its roster, trained, examined, with a certificate for it (ASR 8)."""

from datetime import UTC, datetime

from yifa.registry.v1 import certificate_pb2

from services.given import registry
from services.given.people import CITY, OVERSIGHT
from services.given.say import Say, Who, patient

FIELD = "行政执法监督"
SUPERVISION = certificate_pb2.CERTIFICATE_KIND_SUPERVISION
NAME = "示例市行政执法监督机构"
PEOPLE = 2


async def team(say: Say, at: datetime | None = None) -> tuple[Who, Who]:
    """Two people of the office who hold a certificate to supervise (by a moment, if one is said): old ones or new."""
    held = await certified(say, at)
    body_id = held[0].body_id if held else ""
    people = [c.officer_id for c in held[:PEOPLE]]
    while len(people) < PEOPLE:
        body_id = body_id or (await registry.confirm_body(say, CITY, name=NAME, field=FIELD)).body_id
        people.append(await supervisor(say, body_id))
    first, second = ((person, OVERSIGHT[1]) for person in people)
    return first, second


async def certified(say: Say, at: datetime | None = None) -> list[certificate_pb2.Certificate]:
    """The certificates to supervise of the office that are in force; those issued after a moment are left out.

    People of departments hold such certificates too, and where the clock was set back, some are of a time to come.
    """
    found: list[certificate_pb2.Certificate] = []
    state, token = certificate_pb2.CERTIFICATE_STATE_ACTIVE, ""
    while True:
        asked = {"state": state, "page_size": 500, "page_token": token}
        listed = await say(CITY, "registry", "ListCertificates", OVERSIGHT, **asked)
        found += [c for c in listed.certificates if _of_office(c) and (at is None or _issued(c) <= at)]
        token = listed.next_page_token
        if not token:
            return found


def _of_office(held: certificate_pb2.Certificate) -> bool:
    return held.kind == SUPERVISION and held.node == CITY and held.body_name == NAME


def _issued(held: certificate_pb2.Certificate) -> datetime:
    return held.issue_time.ToDatetime(UTC)


async def supervisor(say: Say, body_id: str) -> str:
    """Somebody on the roster of the city's office, trained, examined and certified; the id."""
    say = patient(say)
    person = await registry.register(say, CITY, body_id, unit="行政执法监督科", post="执法监督岗")
    await registry.train(say, CITY, person.officer_id)
    await registry.examine(say, person.officer_id)
    await registry.issue(say, person.officer_id, kind=SUPERVISION, fields=[FIELD])
    return person.officer_id
