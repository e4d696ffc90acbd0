"""Who works at this node by its roster, and as what: what a sign-in of a person goes by."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import post_pb2

from services.kit.roster import Person, Roster
from services.kit.view import View
from services.registry.appointment.model import APPOINTMENTS, Appointment
from services.registry.certificate.model import Certificate
from services.registry.officer.model import OFFICERS, Officer

HEADS = {
    post_pb2.POST_RANK_CHIEF: "AGENCY_HEAD",
    post_pb2.POST_RANK_DEPUTY: "AGENCY_HEAD",
    post_pb2.POST_RANK_UNIT_HEAD: "UNIT_HEAD",
}
"""The roles that come with a post, as long as it is held."""
CERTIFIED = select(Certificate.officer_id).distinct()


def find(view: View, subject: str) -> Person | None:
    """Somebody on the roster of this node now; who left it, or is another node's, is nobody here."""
    row = view.one(here(view).where(Officer.officer_id == subject))
    return person(view, row) if row is not None else None


def some(view: View, count: int) -> Sequence[Person]:
    """The first of those who hold a certificate."""
    rows = view.rows(
        here(view).where(Officer.officer_id.in_(CERTIFIED)).order_by(Officer.officer_id).limit(count)  # type: ignore[attr-defined]
    )
    return [person(view, row) for row in rows]


def here(view: View) -> Any:
    return OFFICERS.where(Officer.node == view.node, Officer.leave_time.is_(None))  # type: ignore[union-attr]


def person(view: View, row: Any) -> Person:
    now = view.now
    held = [
        post_pb2.Appointment.FromString(a.record).rank
        for a in view.rows(APPOINTMENTS.where(Appointment.officer_id == row.officer_id))
        if a.from_time <= now and (a.until_time is None or now < a.until_time)
    ]
    roles = {"HANDLING_OFFICER", *(HEADS[rank] for rank in held if rank in HEADS)}
    return Person(row.officer_id, row.name, tuple(sorted(roles)))


ROSTER = Roster(find, some)
