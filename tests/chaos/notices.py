"""Whether people were told what they had to be told: each of what each event tells them, once."""

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from services.given.people import CITY
from services.kit.arrival import message_class
from services.kit.journal import Envelope
from services.notifications.notices.load import notices
from services.notifications.notification.reactions import NAMESPACE
from tests.chaos.town import Town

if TYPE_CHECKING:
    from tests.chaos.judge import Found

CREATED = "yifa.notifications.v1.NotificationCreated"
PASSED = "yifa.enforcement.v1.DeadlinePassed"


def heard(node: str, e: Envelope) -> bool:
    """Whether a node hears of an event."""
    return e.node == node or e.to in (node, "all") or (e.to == "city" and node == CITY)


def wanted(node: str, entries: list[Envelope]) -> dict[str, str]:
    """The notifications that are due at a node, each with what it is of."""
    table, found = notices(), {}
    for e in entries:
        kind = message_class(e.type)
        if kind is None or (entry := table.get(kind)) is None or not heard(node, e):
            continue
        event = kind.FromString(e.data)
        for recipient in entry.recipients(event, node, CITY):
            found[f"N-{uuid5(NAMESPACE, f'{e.event_id}/{recipient}')}"] = f"{e.type} {e.subject} {recipient}"
    return found


def untold(town: Town, node: str, entries: list[Envelope]) -> dict[str, str]:
    """The notifications that are due at a node and are not there."""
    from tests.chaos.judge import reading

    with reading(town, node, "notifications") as db:
        told = {key for (key,) in db.execute("SELECT notification_id FROM notification")}
    return {key: what for key, what in wanted(node, entries).items() if key not in told}


def notices_found(found: "Found", town: Town, kept: dict[tuple[str, str], list[Envelope]]) -> None:
    """Told at each node: all that is due, nothing else, nothing twice; and of each deadline that passed, once."""
    from tests.chaos.judge import reading

    entries = [e for some in kept.values() for e in some]
    for node in town.nodes:
        due = wanted(node, entries)
        with reading(town, node, "notifications") as db:
            told = {key for (key,) in db.execute("SELECT notification_id FROM notification")}
        found.look("notifications that nobody got", (due[key] for key in due.keys() - told))
        found.look("notifications of nothing", told - due.keys())
        announced = Counter(e.subject for e in kept[node, "notifications"] if e.type == CREATED)
        found.look("notifications twice", (key for key, n in announced.items() if n > 1))
    for node in town.departments:
        told_of = Counter(key_of(e) for e in kept[node, "enforcement"] if e.type == PASSED)
        found.look("deadlines told twice as passed", (key for key, n in told_of.items() if n > 1))
        with reading(town, node, "enforcement") as db:
            over = {key for (key,) in db.execute("SELECT key FROM clock WHERE state = 'EXPIRED'")}
            running = {key for (key,) in db.execute("SELECT key FROM clock WHERE state = 'RUNNING'")}
        found.look("deadlines that passed and nobody said so", over - told_of.keys())
        found.look("deadlines told as passed that are not", told_of.keys() & running)


def key_of(e: Envelope) -> str:
    kind = message_class(e.type)
    assert kind is not None
    event: Any = kind.FromString(e.data)
    return f"{event.deadline.subject_id}/{event.deadline.clock_id}"
