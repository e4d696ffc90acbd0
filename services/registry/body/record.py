"""What every act on a body does at its end: the next version, announced; and the numbers of certificates of standing."""

from typing import Any

from google.protobuf.message import Message
from yifa.registry.v1 import body_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.registry.body.model import Body, body_proto
from services.registry.serial import next_in


def changed(tx: Tx, body: Body, event: Any, to: str = "all", **more: Any) -> body_pb2.EnforcementBody:
    """A body after an act: one version on, and announced."""
    body.version += 1
    return announce(tx, body, event, to, **more)


def announce(tx: Tx, body: Body, event: type[Message], to: str, **more: Any) -> body_pb2.EnforcementBody:
    """Tell the nodes how a body stands."""
    snapshot = body_proto(body)
    tx.emit(event(body=snapshot, **more), subject=body.body_id, to=to)
    return snapshot


def next_certificate(tx: Tx) -> str:
    """The next number of a certificate of standing, by year."""
    year = tx.now.astimezone(SHANGHAI).year
    return f"ZT{year}{next_in(tx, f'body-certificate/{year}'):05d}"
