"""The standing query over the wire: at the city and at a department, now and then, and when the link is cut."""

from datetime import timedelta
from random import Random

import grpc
import pytest
from yifa.registry.v1 import body_pb2 as pb
from yifa.registry.v1 import standing_pb2

from services.law.citation import cite
from services.registry.heartbeat.beating import beat
from services.registry.standing.objections import SAID
from tests.registry.desk import Desk, moment
from tests.registry.town import CITY

DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)


@pytest.fixture
def desk(town) -> Desk:
    return Desk(town)


def codes(reply) -> list[str]:
    return [o.code for o in reply.objections]


async def test_a_certified_officer_may_act_and_is_told_until_when(town, desk):
    officer, certificate = await town.certified()
    about = {"act": 1, "field": "生态环境", "area_code": "440703", "body_id": officer.body_id}

    for node in (CITY, "huanbao"):
        reply = await desk.standing(node, officer, **about)

        assert (reply.may, codes(reply)) == (True, [])
        assert reply.certificate.certificate_number == certificate.certificate_number
        assert moment(reply.until_time) == moment(certificate.expire_time)


async def test_all_that_speaks_against_an_act_is_told_with_its_article(town, desk):
    officer, certificate = await town.certified()
    other = await town.body("chengguan")
    suspended = await town.suspend(certificate)

    reply = await desk.standing(
        CITY, officer, act=11, field="水务", area_code="110101", body_id=other.body_id
    )

    assert not reply.may
    assert codes(reply) == ["NOT_OF_BODY", "WRONG_KIND", "SUSPENDED", "OUT_OF_FIELD", "OUT_OF_AREA"]
    by_code = {o.code: o for o in reply.objections}
    assert by_code["SUSPENDED"].law == "EX-CERT"
    assert by_code["SUSPENDED"].from_time == suspended.suspensions[0].from_time
    assert by_code["OUT_OF_FIELD"].certificate_number == certificate.certificate_number
    assert all(o.says_zh and o.says_en and cite(o.law) for o in reply.objections)


async def test_a_suspension_to_come_changes_the_answer_at_its_moment(town, desk):
    officer, certificate = await town.certified()
    begins = moment(certificate.issue_time) + 30 * DAY
    await town.suspend(certificate, from_time=begins)

    now = await desk.standing(CITY, officer)
    assert now.may and moment(now.until_time) == begins
    assert (await desk.standing(CITY, officer, at_time=begins - MICRO)).may
    assert codes(await desk.standing(CITY, officer, at_time=begins)) == ["SUSPENDED"]


async def test_the_past_stays_as_it_was(town, desk):
    officer, certificate = await town.certified()
    issued = moment(certificate.issue_time)
    revoked = await town.revoke(certificate)
    ended = moment(revoked.expire_time)

    assert (await desk.standing(CITY, officer, at_time=ended - MICRO)).may
    assert codes(await desk.standing(CITY, officer, at_time=ended)) == ["REVOKED"]
    assert codes(await desk.standing(CITY, officer, at_time=issued - MICRO)) == ["NOT_ISSUED"]
    long_ago = await desk.standing(CITY, officer, at_time=issued - 400 * DAY)
    assert codes(long_ago) == ["NOT_ON_ROSTER", "NOT_ISSUED"]


async def test_a_body_has_standing_from_its_announcement_to_its_end(town, desk):
    officer, _ = await town.certified()
    body = await town.get_body(CITY, officer.body_id)
    published = moment(body.publish_time)
    withdraw = pb.WithdrawBodyRequest(body_id=body.body_id, cause="机构撤销")

    early = await desk.standing(CITY, officer, body_id=body.body_id, at_time=published - MICRO)
    reply = await town.call(CITY, "registry", "WithdrawBody", withdraw, "REGISTRAR")

    ended = moment(reply.body.withdraw_time)
    assert "SUBJECT_NOT_QUALIFIED" in codes(early)
    before = await desk.standing(CITY, officer, body_id=body.body_id, at_time=ended - MICRO)
    assert before.may and moment(before.until_time) == ended
    assert codes(await desk.standing(CITY, officer, body_id=body.body_id)) == ["SUBJECT_NOT_QUALIFIED"]


async def test_nobody_knows_a_stranger(town, desk):
    stranger = standing_pb2.CheckStandingRequest(officer_id="O-stranger")

    reply = await desk.ask("chengguan", "CheckStanding", stranger, "UNIT_HEAD")

    assert (reply.may, codes(reply)) == (False, ["OFFICER_UNKNOWN"])
    assert [s.node for s in reply.sources] == [CITY]


async def test_a_department_behind_answers_from_what_it_knows_and_says_how_old_that_is(town, desk):
    officer, certificate = await town.certified("chengguan")
    cable = town.city.cables["chengguan"]
    told = await desk.standing("chengguan", officer)
    await cable.cut()

    suspended = await town.suspend(certificate)
    begun = suspended.suspensions[0].from_time
    behind = await desk.standing("chengguan", officer, at_time=begun)
    at_city = await desk.standing(CITY, officer, at_time=begun)
    await cable.mend()

    assert (behind.may, at_city.may) == (True, False)
    [source] = behind.sources
    assert (source.node, behind.after_knowledge) == (CITY, True)
    assert source.journal_seq >= told.sources[0].journal_seq > 0
    assert moment(source.event_time) < moment(begun)
    seq = max(e.seq for e in await town.journal(CITY, "registry") if e.type.endswith("CertificateSuspended"))
    assert source.journal_seq < seq
    again = await town.seen(
        lambda: desk.standing("chengguan", officer, at_time=begun), lambda reply: not reply.may
    )
    assert codes(again) == ["SUSPENDED"]


async def test_a_heartbeat_tells_a_department_that_it_has_read_all_before(town, desk):
    officer, certificate = await town.certified()
    asked = moment(certificate.issue_time) + timedelta(milliseconds=1)
    running = town.city.nodes[CITY].running("registry")

    await running.do(lambda tx: beat(tx, ["huanbao", "chengguan"]))

    reply = await town.seen(
        lambda: desk.standing("huanbao", officer, at_time=asked), lambda reply: not reply.after_knowledge
    )
    assert moment(reply.sources[0].event_time) > asked
    assert moment(reply.sources[0].read_time) >= moment(reply.sources[0].event_time) - DAY


async def test_the_city_says_how_old_its_knowledge_of_the_roster_is(town, desk):
    officer, _ = await town.certified()

    reply = await desk.standing(CITY, officer)

    [source] = reply.sources
    assert source.node == "huanbao" and source.journal_seq > 0


@pytest.mark.parametrize("seed", range(3))
async def test_city_and_department_agree_after_random_decisions(town, desk, seed):
    """A sample of the model's histories over the wire; what the walk expects is worked out from the replies."""
    rnd = Random(seed)
    officer, certificate = await town.certified()
    issued, spans, end = moment(certificate.issue_time), [], None
    for _ in range(4):
        if spans and spans[-1][1] is None and rnd.random() < 0.6:
            restored = await town.restore(certificate)
            spans = [(moment(s.from_time), moment(s.until_time)) for s in restored.suspensions]
        elif not spans or spans[-1][1] is not None:
            begin = issued + rnd.choice((-1, 0, 5)) * DAY
            await town.suspend(certificate, from_time=begin)
            spans.append((begin, None))
    if rnd.random() < 0.7:
        end = issued + rnd.choice((0, 1)) * MICRO
        await desk.void(certificate, end)
    last = await desk.certificate(CITY, certificate.certificate_number)
    await town.seen(
        lambda: desk.certificate("huanbao", certificate.certificate_number),
        lambda c: c.version == last.version,
    )

    edges = {issued, *(t for span in spans for t in span if t), *([end] if end else [])}
    for at in sorted({edge + step for edge in edges for step in (-MICRO, timedelta(), MICRO)}):
        expected = walk(at, issued, spans, end)
        for node in (CITY, "huanbao"):
            reply = await desk.standing(node, officer, at_time=at)
            found = set(codes(reply)) - {"NOT_ON_ROSTER"}
            assert found == expected, (at - issued, spans, end)


def walk(at, issued, spans, end) -> set[str]:
    if at < issued:
        return {"NOT_ISSUED"}
    if end is not None and at >= end:
        return {"VOID"}
    return {"SUSPENDED"} if any(a <= at and (b is None or at < b) for a, b in spans) else set()


async def test_every_objection_is_said_in_both_languages_with_an_article():
    for code, (law, en, zh) in SAID.items():
        assert cite(law) and en.isascii() and not zh.isascii(), code


async def test_the_public_may_not_ask(town):
    request = standing_pb2.CheckStandingRequest(officer_id="O-1")

    with town.refused("ROLE_REQUIRED", grpc.StatusCode.PERMISSION_DENIED):
        await town.call(CITY, "registry", "CheckStanding", request, "PUBLIC")
