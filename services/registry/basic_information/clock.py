"""The time in which what is public of a body, or of its powers, has to be brought up to date after a change (PUB-09; OGI 26;
GBF-2018-118 4): it runs from the change, stops with the publication, and tells when it is over.
"""

from datetime import datetime

from google.protobuf.message import Message
from yifa.registry.v1 import events_pb2 as events

from services.kit.clocks import MET, deadline_proto, observe
from services.kit.tx import Tx
from services.registry.body.model import Body, body_proto
from services.registry.deadline.model import Clock

CLOCK_ID = "PUB-09"
BODY, POWERS = "body", "powers"
NAMES = {BODY: ("执法主体基本信息", "particulars"), POWERS: ("权责清单", "power list")}
EVENTS = {"approached": events.BasicInformationDue, "passed": events.BasicInformationOverdue}


def changed(tx: Tx, body: Body, part: str, at: datetime) -> None:
    """What is public of a body is out of date since a moment. What waits already keeps the time of its first change."""
    subject = f"{body.body_id}/{part}"
    running = tx.find(Clock, f"{subject}/{CLOCK_ID}")
    if running is not None and running.state != MET:
        return
    observe(tx, Clock, events.BasicInformationChanged.DESCRIPTOR.full_name, subject, at)
    clock = tx.find(Clock, f"{subject}/{CLOCK_ID}")
    if clock is not None:
        tell(tx, events.BasicInformationChanged, body, part, clock)


def published(tx: Tx, event: type[Message], body_id: str, *parts: str) -> None:
    """What is public is as it stands again, or there is nothing left to publish, as an event says."""
    for part in parts:
        observe(tx, Clock, event.DESCRIPTOR.full_name, f"{body_id}/{part}", tx.now)


def waits(tx: Tx, body_id: str, part: str) -> bool:
    """Whether a change waits for its publication."""
    clock = tx.find(Clock, f"{body_id}/{part}/{CLOCK_ID}")
    return clock is not None and clock.state != MET


def tell_of_information(tx: Tx, what: str, clock: Clock) -> None:
    body_id, _, part = clock.subject.partition("/")
    tell(tx, EVENTS[what], tx.get(Body, body_id), part, clock)


def tell(tx: Tx, event: type[Message], body: Body, part: str, clock: Clock) -> None:
    zh, en = NAMES[part]
    told = event(
        body=body_proto(body),
        what_zh=zh,
        what_en=en,
        deadline=deadline_proto(clock),
        part=part,
    )  # type: ignore[call-arg]
    tx.emit(told, subject=body.body_id, to=body.node)
