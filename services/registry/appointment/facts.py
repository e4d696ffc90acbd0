"""What stands against an appointment."""

from collections.abc import Iterable
from datetime import datetime

from yifa.registry.v1 import post_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.post import DUTIES_APART, PostFacts, Stay, unbroken_since
from services.registry.appointment.model import Appointment, gone
from services.registry.certificate.standing import expiry
from services.registry.officer.model import Officer
from services.registry.post.model import Post


def appointment_facts(
    tx: Tx, post: post_pb2.Post, officer: Officer, stay: Stay, others: Iterable[Appointment]
) -> tuple[PostFacts, dict[str, str]]:
    """What stands against an appointment, and what a refusal tells besides."""
    about = {"post_id": post.post_id}
    together, same, held = [frozenset(post.duties)], [], False
    for other in others:
        other_stay = Stay(other.from_time, other.until_time)
        if other.post_id == post.post_id:
            same.append(other_stay)
        if not other_stay.meets(stay):
            continue
        if other.post_id == post.post_id:
            held, about["appointment_id"] = True, other.appointment_id
            continue
        duties = frozenset(post_pb2.Post.FromString(tx.get(Post, other.post_id).record).duties)
        together.append(duties | frozenset(post.duties))
        if any(not r.holds(PostFacts(together=(together[-1],))) for r in DUTIES_APART):
            about["other_post_id"] = other.post_id
    since = unbroken_since(stay.from_time, same)
    due = rotation_due(tx, since)
    rotate = post.sensitive and since < stay.from_time and due <= stay.from_time
    if rotate:
        about["due"] = due.isoformat()
    left = gone(officer, post.body_id)
    facts = PostFacts(
        together=tuple(together),
        open=not post.HasField("close_time"),
        held_already=held,
        of_body=officer.body_id == post.body_id and (left is None or left > stay.from_time),
        ended=stay.until_time is not None and stay.until_time <= stay.from_time,
        rotate=rotate,
    )
    return facts, about


def rotation_due(tx: Tx, since: datetime) -> datetime:
    """When whoever has held a sensitive post since a moment is to be rotated."""
    years = tx.parameters.value("post.rotation", since.astimezone(SHANGHAI).date()).value
    return expiry(since, years)
