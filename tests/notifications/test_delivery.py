"""Mail and web hooks: what goes out, what is tried again, what is given up."""

import base64
import hashlib
import hmac
import json
from datetime import UTC

import grpc
import pytest
from yifa.notifications.v1 import delivery_pb2 as pb
from yifa.notifications.v1 import events_pb2 as events
from yifa.notifications.v1 import notification_pb2 as notification
from yifa.registry.v1 import measure_pb2 as measures

from services.kit.settings import BadSettings
from services.notifications.delivery.channels import configured
from services.notifications.delivery.outgoing import NO_ANSWER
from services.notifications.delivery.sending import Patience
from tests.city import rid
from tests.notifications.office import ATTEMPTS, SECRET

H = "huanbao"
DELIVERED = notification.DELIVERY_STATE_DELIVERED
FAILED = notification.DELIVERY_STATE_FAILED
INVALID = grpc.StatusCode.INVALID_ARGUMENT


def delivered(delivery: notification.Delivery) -> bool:
    return delivery.state == DELIVERED


def failed(delivery: notification.Delivery) -> bool:
    return delivery.state == FAILED


@pytest.fixture
def officer() -> str:
    return f"O-{rid()}"


@pytest.fixture
def address(officer: str) -> str:
    return f"{officer.lower()}@example.cn"


async def test_mail_reaches_its_recipient_in_chinese(office, officer, address):
    await office.contact(H, officer, email=address)

    case_id = await office.warn(H, officer, "应审未审")

    sent = await office.delivery(H, case_id, officer, delivered)
    [letter] = office.mailbox.letters[address]
    assert letter["Subject"] == "预警：应审未审（示罚立〔2026〕7号）"
    assert letter["From"] == "依法 <yifa@example.cn>"
    assert letter["Message-ID"] == f"<{sent.delivery_id}@huanbao.yifa>"
    plain, page = letter.get_body(("plain",)), letter.get_body(("html",))
    assert plain.get_content_charset() == page.get_content_charset() == "utf-8"
    assert "应审未审" in plain.get_content()
    assert 'lang="zh-CN"' in page.get_content()
    assert "示罚立〔2026〕7号" in page.get_content()


async def test_mail_in_english_for_who_wants_it(office, officer, address):
    await office.contact(H, officer, email=address, language="en")

    case_id = await office.warn(H, officer, "review missing")

    await office.delivery(H, case_id, officer, delivered)
    [letter] = office.mailbox.letters[address]
    assert letter["Subject"] == "Warning: review missing (示罚立〔2026〕7号)"


async def test_a_hostile_title_breaks_neither_head_nor_page(office, officer, address):
    await office.contact(H, officer, email=address)

    case_id = await office.warn(H, officer, "<script>alert(1)</script>\r\nBcc: all@example.cn")

    await office.delivery(H, case_id, officer, delivered)
    [letter] = office.mailbox.letters[address]
    assert letter["Bcc"] is None
    assert letter["Subject"].startswith("预警：<script>alert(1)</script> Bcc: all@example.cn")
    assert "<script>" not in letter.get_body(("html",)).get_content()


async def test_a_web_hook_gets_signed_json(office, officer):
    await office.contact(H, officer, webhook_url=office.url(f"/{officer}"))

    case_id = await office.warn(H, officer, "应审未审")

    sent = await office.delivery(H, case_id, officer, delivered)
    [post] = office.hook.of(f"/{officer}")
    assert post.headers["idempotency-key"] == post.headers["webhook-id"] == sent.delivery_id
    signed = f"{sent.delivery_id}.{post.headers['webhook-timestamp']}.".encode() + post.body
    mac = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert post.headers["webhook-signature"] == f"v1,{mac}"
    said = json.loads(post.body)
    assert (said["case_id"], said["recipient"], said["level"]) == (case_id, officer, "YELLOW")
    assert said["title_zh"].startswith("预警：应审未审")


async def test_both_channels_of_a_role_are_used(office):
    address = f"{rid()}@example.cn"
    path = f"/{rid()}"
    await office.contact(H, "role:UNIT_HEAD", email=address, webhook_url=office.url(path))

    case_id = await office.warn(H, "")

    look = lambda: office.deliveries(H, case_id, "head-1")  # noqa: E731
    sent = await office.eventually(look, lambda found: [d.state for d in found] == [DELIVERED] * 2)
    await office.contact(H, "role:UNIT_HEAD")
    assert {d.channel for d in sent} == {notification.CHANNEL_SMTP, notification.CHANNEL_WEBHOOK}
    assert len(office.mailbox.letters[address]) == len(office.hook.of(path)) == 1


async def test_a_closed_channel_gets_nothing_more(office, officer, address):
    await office.contact(H, officer, email=address)
    await office.contact(H, officer)

    case_id = await office.warn(H, officer)

    await office.eventually(lambda: office.told(H, case_id, officer), lambda told: officer in told)
    assert await office.deliveries(H, case_id, officer) == []


async def test_a_refused_mail_is_tried_again(office, officer, address):
    await office.contact(H, officer, email=address)
    office.mailbox.answers[address] = ["451 try later", "554 no"]

    case_id = await office.warn(H, officer)

    sent = await office.delivery(H, case_id, officer, delivered)
    assert sent.attempts == 3
    assert [bool(attempt.error) for attempt in sent.log] == [True, True, False]
    assert "451" in sent.log[0].error and "554" in sent.log[1].error
    ids = {letter["Message-ID"] for letter in office.mailbox.letters[address]}
    assert len(office.mailbox.letters[address]) == 3 and len(ids) == 1
    times = [attempt.attempt_time.ToDatetime(tzinfo=UTC) for attempt in sent.log]
    assert (times[1] - times[0]).total_seconds() >= 0.025
    assert (times[2] - times[1]).total_seconds() >= 0.05
    told = await office.events(H, events.NotificationDelivered)
    assert [(e.delivery_id, e.attempts) for e in told].count((sent.delivery_id, 3)) == 1


async def test_after_the_last_attempt_it_is_given_up_and_a_person_may_retry(office, officer, address):
    await office.contact(H, officer, email=address)
    office.mailbox.answers[address] = [f"550 <{address}> unknown"] * ATTEMPTS
    case_id = await office.warn(H, officer)

    given_up = await office.delivery(H, case_id, officer, failed)

    assert given_up.attempts == ATTEMPTS
    assert not given_up.HasField("next_attempt_time")
    [told] = [
        e for e in await office.events(H, events.DeliveryFailed) if e.delivery_id == given_up.delivery_id
    ]
    assert "550" in told.error
    assert address not in told.error and address not in given_up.last_error
    request = pb.RetryDeliveryRequest(delivery_id=given_up.delivery_id)
    await office.town.call(H, "notifications", "RetryDelivery", request, "ROSTER_CLERK")
    sent = await office.delivery(H, case_id, officer, delivered)
    assert (sent.attempts, len(sent.log)) == (1, ATTEMPTS + 1)


async def test_what_was_delivered_is_not_retried(office, officer, address):
    await office.contact(H, officer, email=address)
    case_id = await office.warn(H, officer)
    sent = await office.delivery(H, case_id, officer, delivered)

    request = pb.RetryDeliveryRequest(delivery_id=sent.delivery_id)
    about = {"act": "RetryDelivery", "state": "DELIVERED", "open_acts": "", "delivery_id": sent.delivery_id}
    with office.town.refused("ACT_NOT_OPEN", **about):
        await office.town.call(H, "notifications", "RetryDelivery", request, "ROSTER_CLERK")
    assert len(office.mailbox.letters[address]) == 1


async def test_a_web_hook_that_fails_is_tried_again_under_the_same_key(office, officer):
    await office.contact(H, officer, webhook_url=office.url(f"/{officer}"))
    office.hook.answers[:] = [500, 302]

    case_id = await office.warn(H, officer)

    sent = await office.delivery(H, case_id, officer, delivered)
    posts = office.hook.of(f"/{officer}")
    assert [a.error for a in sent.log] == ["HTTP 500", "HTTP 302", ""]
    assert [post.headers["idempotency-key"] for post in posts] == [sent.delivery_id] * 3


async def test_nobody_listening_is_a_failure_like_any_other(office, officer):
    await office.contact(H, officer, webhook_url="http://127.0.0.1:9/secret-path")

    case_id = await office.warn(H, officer)

    given_up = await office.delivery(H, case_id, officer, failed)
    assert given_up.last_error == NO_ANSWER, "nothing of what listens where"
    assert given_up.address == "http://127.0.0.1/***"
    assert "secret-path" not in str(given_up)


async def test_a_channel_that_is_not_configured_is_said_so_at_once(office, officer, address):
    await office.contact("chengguan", officer, email=address)

    case_id = await office.warn("chengguan", officer)

    given_up = await office.delivery("chengguan", case_id, officer, failed)
    assert given_up.last_error == "the channel is not configured at this node"
    assert given_up.attempts == 1
    assert address not in office.mailbox.letters


async def test_the_delivery_log_is_listed_by_state(office, officer, address):
    await office.contact("chengguan", officer, email=address)
    case_id = await office.warn("chengguan", officer)
    given_up = await office.delivery("chengguan", case_id, officer, failed)

    for state, there in ((FAILED, True), (DELIVERED, False), (0, True)):
        request = pb.ListDeliveriesRequest(state=state, page_size=500)
        reply = await office.town.call(
            "chengguan", "notifications", "ListDeliveries", request, "ROSTER_CLERK"
        )
        assert (given_up in reply.deliveries) == there
        assert address not in str(reply)


async def test_a_contact_is_shown_masked(office, officer):
    contact = await office.contact(
        H, officer, email="zhang.example@example.cn", webhook_url="https://example.cn/hook?key=1"
    )

    assert (contact.email, contact.webhook_url) == ("z***@example.cn", "https://example.cn/***")
    assert (contact.language, contact.version) == ("zh-CN", 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("recipient", "role:EMPEROR"),
        ("webhook_url", "ftp://example.cn/x"),
        ("email", "no address"),
        ("email", "a@example.cn\r\nBcc: b@example.cn"),
        ("language", "fr"),
    ],
)
async def test_a_contact_nobody_could_use_is_refused(office, field, value):
    with office.town.refused("MALFORMED", INVALID, field=field):
        await office.contact(H, **{"recipient": "O-1", field: value})


async def test_the_message_and_the_act_are_in_one_trace(office):
    trace_id, span_id = rid().replace("-", ""), "1" * 16
    officer, certificate = await office.town.certified(H)
    await office.contact(H, officer.officer_id, webhook_url=office.url(f"/{officer.officer_id}"))
    request = measures.SuspendCertificateRequest(
        request_id=rid(),
        certificate_number=certificate.certificate_number,
        cause="年度审验不合格",
        law="EX-CERT",
    )
    metadata = (
        *office.as_("city", "registrar-1", "REGISTRAR"),
        ("traceparent", f"00-{trace_id}-{span_id}-01"),
    )

    await office.stub("city", "registry").SuspendCertificate(request, metadata=metadata)

    def path() -> list:
        """From the sending up to the call, as far as its spans have arrived."""
        spans = {s.span_id.hex(): s for s in office.collector.spans if s.trace_id.hex() == trace_id}
        at = next((i for i, s in spans.items() if s.name == "send webhook"), "")
        found = []
        while at in spans:
            found.append(spans[at])
            at = spans[at].parent_span_id.hex()
        return found

    async def look() -> list:
        return path()

    spans = await office.eventually(
        look, lambda found: found and found[-1].name.endswith("/SuspendCertificate")
    )
    assert spans[-1].parent_span_id.hex() == span_id
    [post] = office.hook.of(f"/{officer.officer_id}")
    assert post.headers["traceparent"] == f"00-{trace_id}-{spans[0].span_id.hex()}-01"


def test_pauses_double_up_to_an_hour():
    patience = Patience(attempts=8, base=5.0)

    for n in range(1, 60):
        ideal = min(5.0 * 2 ** (n - 1), 3600.0)
        pauses = {patience.pause(n).total_seconds() for _ in range(20)}
        assert 0.5 * ideal <= min(pauses) < max(pauses) <= 1.5 * ideal


def test_an_unknown_way_to_encrypt_mail_is_refused():
    with pytest.raises(BadSettings, match="smtp_security"):
        configured({"smtp_security": "sometimes"}, H)
