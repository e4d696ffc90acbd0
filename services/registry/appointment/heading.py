"""Who heads an agency at a moment, by its posts and their holders. `look` is a transaction or a view."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import post_pb2

from services.law.heads import RANKS
from services.law.procedures.post import Stay
from services.registry.appointment.model import Appointment
from services.registry.post.model import Post


def heading(row: Any, at: datetime) -> bool:
    """Whether an appointment made somebody a head at a moment."""
    return (
        Stay(row.from_time, row.until_time).covers(at)
        and post_pb2.Appointment.FromString(row.record).rank in RANKS
    )


def heads_of(look: Any, body_id: str, at: datetime) -> frozenset[str]:
    """Those who head a body at a moment."""
    posts = select(Post.post_id).where(Post.body_id == body_id)
    held = select(Appointment).where(Appointment.post_id.in_(posts))  # type: ignore[attr-defined]
    return frozenset(row.officer_id for row in look.query(held) if heading(row, at))


def headed(look: Any, officer_id: str, at: datetime) -> bool:
    """Whether somebody was a head of a body at a moment."""
    held = select(Appointment).where(Appointment.officer_id == officer_id)  # type: ignore[arg-type]
    return any(heading(row, at) for row in look.query(held))
