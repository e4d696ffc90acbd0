"""Where recipients are reached outside the inbox."""

from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Field
from yifa.notifications.v1 import contact_pb2 as contacts
from yifa.notifications.v1 import notification_pb2 as pb

from services.notifications.row import Row


class Contact(Row, table=True):
    """Where a recipient is reached outside the inbox."""

    recipient: str = Field(primary_key=True)
    email: str = ""
    webhook_url: str = ""
    language: str = "zh-CN"
    email_before: str = ""
    webhook_before: str = ""
    """Where the last change of them is told."""
    version: int = 0

    def before(self) -> dict[int, str]:
        """The addresses that held until the last change."""
        return {pb.CHANNEL_SMTP: self.email_before, pb.CHANNEL_WEBHOOK: self.webhook_before}

    def addresses(self) -> dict[int, str]:
        """The address on each channel; empty where there is none."""
        return {pb.CHANNEL_SMTP: self.email, pb.CHANNEL_WEBHOOK: self.webhook_url}


def contact_proto(row: Any) -> contacts.Contact:
    """The contact as a reply shows it: addresses masked."""
    return contacts.Contact(
        recipient=row.recipient,
        email=masked(row.email),
        webhook_url=masked(row.webhook_url),
        language=row.language,
        version=row.version,
    )


def masked(address: str) -> str:
    """An address as it may be shown: z***@example.cn, https://example.cn/***."""
    if not address:
        return ""
    if "://" in address:
        url = urlsplit(address)
        return f"{url.scheme}://{url.hostname}/***"
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}***@{domain}"
