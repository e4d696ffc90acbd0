"""Bodies on their way: proposed, reviewed, confirmed, announced."""

import uuid

import grpc
import pytest
from yifa.registry.v1 import body_pb2

from services.given.people import credit_code
from tests.registry.town import CITY, SERIAL, Town

INVALID = grpc.StatusCode.INVALID_ARGUMENT
KIND, STATE, MET = body_pb2.BodyKind, body_pb2.BodyState, body_pb2.StandingCondition
CONDITIONS = {
    "AGENCY": ("ESTABLISHED", "STATUTORY_POWER"),
    "AUTHORISED": ("ESTABLISHED", "AUTHORISED", "PUBLIC_AFFAIRS"),
    "ENTRUSTED": (
        "ESTABLISHED",
        "PUBLIC_AFFAIRS",
        "QUALIFIED_STAFF",
        "TECHNICAL_MEANS",
        "WRITTEN_MANDATE",
    ),
    "TOWNSHIP": ("ESTABLISHED", "PROVINCIAL_DECISION", "CAPABLE"),
}


class Hall:
    """The way of a body, one step a verb."""

    def __init__(self, town: Town):
        self.town = town

    async def propose(self, kind: str = "AGENCY", node: str = "huanbao", **more):
        n = next(SERIAL)
        request = body_pb2.ProposeBodyRequest(
            name=f"申报主体{n}号",
            unified_social_credit_code=credit_code(500_000 + n),
            kind=KIND.Value(f"BODY_KIND_{kind}"),
            node=node,
            document_prefix=f"示罚{500_000 + n}",
            field="生态环境",
            founding_document="示例编办〔2026〕1号",
            legal_basis="《中华人民共和国行政处罚法》第十七条",
        )
        request.MergeFrom(body_pb2.ProposeBodyRequest(**more))
        return (await self.at_city("ProposeBody", request)).body

    async def review(self, body, met, passed: bool = True):
        request = body_pb2.ReviewBodyRequest(
            body_id=body.body_id,
            passed=passed,
            opinion="已核对机构设立文件",
            met=[f"STANDING_CONDITION_{name}" for name in met],
        )
        return (await self.at_city("ReviewBody", request, "OVERSIGHT")).body

    async def certify(self, body):
        return (await self.at_city("CertifyBody", body_pb2.CertifyBodyRequest(body_id=body.body_id))).body

    async def publish(self, body):
        request = body_pb2.PublishBodyRequest(
            body_id=body.body_id, publish_address="https://example.invalid/zt"
        )
        return (await self.at_city("PublishBody", request)).body

    async def published(self, kind: str = "AGENCY", **more):
        body = await self.propose(kind, **more)
        await self.review(body, CONDITIONS[kind])
        await self.certify(body)
        return await self.publish(body)

    async def at_city(self, method, request, role="REGISTRAR"):
        return await self.town.call(CITY, "registry", method, request, role)

    async def known(self, body, node: str, state: str):
        wanted = STATE.Value(f"BODY_STATE_{state}")
        return await self.town.seen(
            lambda: self.town.get_body(node, body.body_id),
            lambda found: found.state == wanted and found.version >= body.version,
        )


@pytest.fixture
def hall(town):
    return Hall(town)


def mandate(mandator, days: int = 365, **more):
    given = body_pb2.Entrustment(
        entrusting_body_id=mandator.body_id,
        document_number="示委〔2026〕1号",
        matters="一般程序以外的日常检查和处罚",
        publish_address="https://example.invalid/wt",
    )
    given.from_time.GetCurrentTime()
    given.until_time.FromSeconds(given.from_time.seconds + days * 86_400)
    given.MergeFrom(body_pb2.Entrustment(**more))
    return given


async def test_a_body_is_reviewed_confirmed_and_announced_step_by_step(town, hall):
    body = await hall.propose()
    assert body.state == STATE.BODY_STATE_PROPOSED and not body.certificate_number

    reviewed = await hall.review(body, CONDITIONS["AGENCY"])
    confirmed = await hall.certify(body)
    announced = await hall.publish(body)

    assert reviewed.state == STATE.BODY_STATE_LEGALITY_CHECKED
    assert reviewed.review.reviewer and reviewed.review.passed
    assert confirmed.state == STATE.BODY_STATE_CONFIRMED and confirmed.certificate_number
    assert announced.state == STATE.BODY_STATE_PUBLISHED and announced.HasField("publish_time")
    assert await hall.known(body, "chengguan", "PUBLISHED") == announced
    assert await town.events(CITY, "registry", body.body_id) == [
        "BodyProposed",
        "BodyReviewed",
        "BodyConfirmed",
        "BodyPublished",
    ]


async def test_a_prefix_is_of_one_body(town, hall):
    body = await hall.propose()

    with town.refused("PREFIX_TAKEN", bodies=body.name):
        await hall.propose(document_prefix=body.document_prefix)
    with town.refused("PREFIX_TAKEN", bodies=body.name):
        await town.body(document_prefix=body.document_prefix)
    await hall.review(body, ["ESTABLISHED"], passed=False)

    assert (await hall.propose(document_prefix=body.document_prefix)).body_id != body.body_id
    with town.refused("PREFIX_TAKEN"):
        await hall.at_city(
            "ProposeBody",
            body_pb2.ProposeBodyRequest(
                name=body.name, unified_social_credit_code=body.unified_social_credit_code, kind=body.kind,
                node=body.node, document_prefix=body.document_prefix, field=body.field,
                founding_document="示例编办〔2026〕1号", legal_basis="《中华人民共和国行政处罚法》第十七条",
            ),
        )  # fmt: skip


@pytest.mark.parametrize("kind", ["AGENCY", "AUTHORISED", "TOWNSHIP"])
async def test_every_condition_of_its_kind_must_be_met(town, hall, kind):
    for missing in CONDITIONS[kind]:
        body = await hall.propose(kind)
        met = [name for name in CONDITIONS[kind] if name != missing]

        with town.refused("STANDING_CONDITION_UNMET", unmet=missing, body_id=body.body_id):
            await hall.review(body, met)

    assert (await hall.review(body, CONDITIONS[kind])).state == STATE.BODY_STATE_LEGALITY_CHECKED


async def test_a_body_that_fails_the_review_goes_no_further(town, hall):
    body = await hall.propose()

    failed = await hall.review(body, ["ESTABLISHED"], passed=False)

    assert failed.state == STATE.BODY_STATE_REJECTED
    with town.refused("ACT_NOT_OPEN", act="CertifyBody", state="REJECTED", open_acts="ProposeBody"):
        await hall.certify(body)


async def test_no_step_is_skipped(town, hall):
    body = await hall.propose()

    with town.refused("ACT_NOT_OPEN", act="CertifyBody", state="PROPOSED"):
        await hall.certify(body)
    with town.refused("ACT_NOT_OPEN", act="PublishBody", state="PROPOSED"):
        await hall.publish(body)


async def test_a_body_confirmed_but_not_announced_has_no_officers(town, hall):
    """G-01: confirmed and published."""
    body = await hall.propose()
    await hall.review(body, CONDITIONS["AGENCY"])
    await hall.certify(body)
    await hall.known(body, "huanbao", "CONFIRMED")

    with town.refused("SUBJECT_NOT_QUALIFIED", law="APL-2021:38(1)"):
        await town.register(body)

    await hall.publish(body)
    await hall.known(body, "huanbao", "PUBLISHED")
    assert (await town.register(body)).officer_id


async def test_the_public_sees_what_was_announced(town, hall):
    announced = await hall.published()
    ended = await hall.published()
    await hall.at_city("WithdrawBody", body_pb2.WithdrawBodyRequest(body_id=ended.body_id, cause="机构撤销"))
    hidden = await hall.propose()

    request, posted = body_pb2.ListBodiesRequest(page_size=500), {}
    while True:
        reply = await town.call(CITY, "registry", "ListBodies", request, "PUBLIC")
        posted |= {body.body_id: body for body in reply.bodies}
        request.page_token = reply.next_page_token
        if not request.page_token:
            break

    assert announced.body_id in posted and hidden.body_id not in posted
    assert posted[ended.body_id].HasField("withdraw_time")


async def test_bodies_are_listed_by_state(town, hall):
    proposed, announced = await hall.propose(), await hall.published()

    request = body_pb2.ListBodiesRequest(page_size=500, state=STATE.BODY_STATE_PROPOSED)
    listed = [b.body_id for b in await town.pages(CITY, "ListBodies", request)]

    assert proposed.body_id in listed and announced.body_id not in listed


async def test_an_entrusted_body_comes_in_with_its_document(town, hall):
    mandator = await hall.published()

    body = await hall.published("ENTRUSTED", entrustment=mandate(mandator))

    assert body.entrustment.entrusting_body_name == mandator.name
    known = await hall.known(body, "huanbao", "PUBLISHED")
    assert known.entrustment == body.entrustment


async def test_an_entrusted_body_without_a_document_is_refused(town, hall):
    """G-03: a written mandate."""
    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(2)"):
        await hall.propose("ENTRUSTED")
    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(2)"):
        await town.body(kind=KIND.BODY_KIND_ENTRUSTED)


async def test_a_document_for_another_kind_of_body_is_refused(town, hall):
    mandator = await hall.published()

    with town.refused("ENTRUSTMENT_INVALID", entrusting_body_id=mandator.body_id):
        await hall.propose("AGENCY", entrustment=mandate(mandator))


@pytest.mark.parametrize("days", [0, -1])
async def test_a_mandate_that_is_over_is_refused(town, hall, days):
    mandator = await hall.published()

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(2)"):
        await hall.propose("ENTRUSTED", entrustment=mandate(mandator, days=days))


async def test_who_was_entrusted_or_authorised_does_not_entrust(town, hall):
    """G-03: no further mandate."""
    agency = await hall.published()
    entrusted = await hall.published("ENTRUSTED", entrustment=mandate(agency))
    authorised = await hall.published("AUTHORISED")

    for mandator in (entrusted, authorised, await hall.propose()):
        with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(1);APL-2021:20(4)"):
            await hall.propose("ENTRUSTED", entrustment=mandate(mandator))


async def renew(hall, body, given):
    request = body_pb2.RenewEntrustmentRequest(body_id=body.body_id, entrustment=given)
    return (await hall.at_city("RenewEntrustment", request)).body


async def test_a_mandate_is_renewed_by_the_agency_that_gave_it(town, hall):
    """G-03."""
    agency, other = await hall.published(), await hall.published()
    body = await hall.published("ENTRUSTED", entrustment=mandate(agency))

    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(1)", body_id=body.body_id):
        await renew(hall, body, mandate(other))
    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(2)"):
        await renew(hall, body, mandate(agency, days=0))
    with town.refused("ENTRUSTMENT_INVALID", law="APL-2021:20(2)"):
        await renew(hall, agency, mandate(agency))

    renewed = await renew(hall, body, mandate(agency, days=700))
    assert renewed.entrustment.until_time.seconds > body.entrustment.until_time.seconds
    ask = lambda: town.get_body("huanbao", body.body_id)  # noqa: E731
    assert await town.seen(ask, lambda found: found.version == renewed.version) == renewed


async def test_a_body_that_failed_the_review_may_be_proposed_again(town, hall):
    body = await hall.propose()
    await hall.review(body, [], passed=False)

    again = await hall.propose(
        unified_social_credit_code=body.unified_social_credit_code, name="补正后的示例主体"
    )

    assert (again.body_id, again.name) == (body.body_id, "补正后的示例主体")
    assert again.state == STATE.BODY_STATE_PROPOSED and not again.HasField("review")
    await hall.review(again, CONDITIONS["AGENCY"])
    with town.refused("ALREADY_REGISTERED", grpc.StatusCode.ALREADY_EXISTS, body_id=body.body_id):
        await hall.propose(unified_social_credit_code=body.unified_social_credit_code)


async def test_a_body_is_proposed_once(town, hall):
    body = await hall.propose()

    with town.refused("ALREADY_REGISTERED", grpc.StatusCode.ALREADY_EXISTS, body_id=body.body_id):
        await hall.propose(unified_social_credit_code=body.unified_social_credit_code)


async def test_a_repeated_step_is_done_once(town, hall):
    body = await hall.propose()
    await hall.review(body, CONDITIONS["AGENCY"])
    request = body_pb2.CertifyBodyRequest(body_id=body.body_id, request_id=str(uuid.uuid4()))

    first = (await hall.at_city("CertifyBody", request)).body
    again = (await hall.at_city("CertifyBody", request)).body

    assert first == again
