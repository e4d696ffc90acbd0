"""The channels out of the node: mail and webhook. Nothing else of this service leaves it."""

import base64
import hmac
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import aiosmtplib
from jinja2 import Environment
from yifa.notifications.v1 import notification_pb2 as pb

from services.kit.security import BOOK, Actor, Kind
from services.kit.settings import BadSettings
from services.notifications.delivery.outgoing import FORBIDDEN, Listed, NoAnswer, listed, post

TIMEOUT = 10.0
# "auto" encrypts where the server offers it.
START_TLS = {"auto": None, "starttls": True, "tls": False, "none": False}
CHINA = ZoneInfo("Asia/Shanghai")
HTML = Environment(autoescape=True).from_string(
    """<!doctype html>
<html lang="{{ language }}"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body style="font-family:sans-serif;line-height:1.6;max-width:40em">
<h1 style="font-size:1.2em">{{ title }}</h1><p>{{ body }}</p>
<p style="color:#555;font-size:.9em">{{ time }}{% if number %} · {{ number }}{% endif %}</p></body></html>"""
)


class Channel(Protocol):
    async def send(self, letter: Any, trace: str) -> None:
        """Hand one delivery over. Raises whatever went wrong; returning means that the other side took it.

        Sent again under the same delivery id when a crash left it unknown whether the first time arrived.
        """


@dataclass(frozen=True)
class Smtp:
    """Mail. The Message-ID is the delivery's id, so that a repeat is recognised."""

    node: str
    host: str
    port: int
    sender: str
    username: str = ""
    password: str = ""
    security: str = "auto"

    async def send(self, letter: Any, trace: str) -> None:
        await aiosmtplib.send(
            self.message(letter),
            hostname=self.host,
            port=self.port,
            username=self.username or None,
            password=self.password or None,
            use_tls=self.security == "tls",
            start_tls=START_TLS[self.security],
            timeout=TIMEOUT,
        )

    def message(self, letter: Any) -> EmailMessage:
        """The letter in its recipient's language, plain and as HTML."""
        chinese = letter.language != "en"
        title, body = (letter.title_zh, letter.body_zh) if chinese else (letter.title_en, letter.body_en)
        created = letter.create_time.astimezone(CHINA)
        message = EmailMessage()
        message["Subject"] = title
        message["From"] = self.sender
        message["To"] = letter.address
        message["Date"] = format_datetime(created)
        message["Message-ID"] = f"<{letter.delivery_id}@{self.node}.yifa>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(f"{body}\n", charset="utf-8")
        page = HTML.render(
            language="zh-CN" if chinese else "en",
            title=title,
            body=body,
            time=created.strftime("%Y-%m-%d %H:%M"),
            number=letter.case_number,
        )
        message.add_alternative(page, subtype="html", charset="utf-8")
        return message


@dataclass(frozen=True)
class Webhook:
    """A POST of JSON, signed as Standard Webhooks says: HMAC-SHA256 over id, time and body."""

    node: str
    secret: bytes
    allowed: Listed
    context: ssl.SSLContext

    async def send(self, letter: Any, trace: str) -> None:
        body = json.dumps(self.content(letter), ensure_ascii=False).encode()
        now = str(int(time.time()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": letter.delivery_id,
            "Webhook-Id": letter.delivery_id,
            "Webhook-Timestamp": now,
            "Webhook-Signature": signature(self.secret, letter.delivery_id, now, body),
            "traceparent": trace,
        }
        try:
            status = await post(letter.address, headers, body, self.allowed, self.context)
        except NoAnswer as no:
            if str(no) == FORBIDDEN:
                # whoever set it, it is this recipient's: the act that set it is in the journal
                BOOK.tell(self.node, Kind.ADDRESS, Actor(letter.recipient, self.node), "WEBHOOK_FORBIDDEN")
            raise
        if not 200 <= status < 300:
            raise NoAnswer(f"HTTP {status}")

    def content(self, letter: Any) -> dict[str, Any]:
        return {
            "delivery_id": letter.delivery_id,
            "notification_id": letter.notification_id,
            "node": self.node,
            "recipient": letter.recipient,
            "event_type": letter.event_type,
            "level": pb.NotificationLevel.Name(letter.level).removeprefix("NOTIFICATION_LEVEL_"),
            "title_zh": letter.title_zh,
            "title_en": letter.title_en,
            "body_zh": letter.body_zh,
            "body_en": letter.body_en,
            "case_id": letter.case_id,
            "case_number": letter.case_number,
            "create_time": letter.create_time.isoformat(),
        }


def signature(secret: bytes, delivery_id: str, timestamp: str, body: bytes) -> str:
    content = f"{delivery_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, content, sha256)).decode()


def configured(section: Mapping[str, Any], node: str) -> dict[int, Channel]:
    """The channels that settings turn on: mail by smtp_host and smtp_from, webhooks by webhook_secret.

    A secret that begins with whsec_ is base64, as Standard Webhooks libraries have it; any other is plain.
    Raises BadSettings for an smtp_security that is not auto, starttls, tls or none, and for a network that is none.
    """
    channels: dict[int, Channel] = {}
    if (security := section.get("smtp_security", "auto")) not in START_TLS:
        raise BadSettings(
            f"[notifications] smtp_security = {security!r}: must be one of {', '.join(START_TLS)}"
        )
    if section.get("smtp_host") and section.get("smtp_from"):
        channels[pb.CHANNEL_SMTP] = Smtp(
            node,
            section["smtp_host"],
            section.get("smtp_port", 25),
            section["smtp_from"],
            section.get("smtp_username", ""),
            section.get("smtp_password", ""),
            security,
        )
    if secret := section.get("webhook_secret"):
        encoded = secret.startswith("whsec_")
        key = base64.b64decode(secret.removeprefix("whsec_")) if encoded else secret.encode()
        channels[pb.CHANNEL_WEBHOOK] = Webhook(node, key, listed(section), ssl.create_default_context())
    return channels
