"""Who answers for what: the appointments, the matrix of body, item, post and officer; and whose rotation is due."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import or_
from yifa.registry.v1 import body_pb2, post_pb2, power_pb2

from services.kit.refusal import Malformed
from services.kit.rpc import read
from services.kit.view import View
from services.law.calendar import SHANGHAI
from services.law.procedures.post import Stay, unbroken_since
from services.registry.appointment.model import APPOINTMENTS, Appointment, gone
from services.registry.body.model import BODIES, Body
from services.registry.certificate.standing import expiry
from services.registry.officer.model import OFFICERS, Officer
from services.registry.post.model import POSTS, Post
from services.registry.power.model import ITEMS, PowerItem
from services.registry.request import moment_in

CHIEF = post_pb2.POST_RANK_CHIEF


@read
def list_appointments(
    request: post_pb2.ListAppointmentsRequest, view: View
) -> post_pb2.ListAppointmentsResponse:
    """The appointments of an officer, or to a post."""
    if not (request.officer_id or request.post_id):
        raise Malformed({"officer_id": ("or post_id has to be given", "应当给出人员或者岗位")})
    statement = APPOINTMENTS
    if request.officer_id:
        statement = statement.where(Appointment.officer_id == request.officer_id)
    if request.post_id:
        statement = statement.where(Appointment.post_id == request.post_id)
    rows, token = view.page(statement, (Appointment.appointment_id,), request.page_size, request.page_token)
    found = (post_pb2.Appointment.FromString(row.record) for row in rows)
    return post_pb2.ListAppointmentsResponse(appointments=found, next_page_token=token)


@read
def get_responsibility_matrix(
    request: post_pb2.GetResponsibilityMatrixRequest, view: View
) -> post_pb2.GetResponsibilityMatrixResponse:
    """Who answered for each item of a body at a moment: the chief first, deputies, heads of units, the others."""
    at = moment_in(request, "at_time", view.now)
    row = view.get(BODIES.where(Body.body_id == request.body_id), "Body", request.body_id)
    mandate = list(body_pb2.EnforcementBody.FromString(row.detail).entrustment.item_ids)
    of_body = PowerItem.item_id.in_(mandate) if mandate else PowerItem.body_id == request.body_id
    held = (
        PowerItem.from_time <= at,
        or_(PowerItem.until_time.is_(None), PowerItem.until_time > at),
    )
    rows, token = view.page(
        ITEMS.where(of_body, *held), (PowerItem.item_id,), request.page_size, request.page_token
    )
    line = responsible(view, request.body_id, at)
    found = (power_pb2.PowerItem.FromString(r.record) for r in rows)
    return post_pb2.GetResponsibilityMatrixResponse(
        rows=[matrix_row(item, line) for item in found], next_page_token=token
    )


@read
def list_rotations(request: post_pb2.ListRotationsRequest, view: View) -> post_pb2.ListRotationsResponse:
    """The holders of sensitive posts whose rotation is due by a moment, the longest due first."""
    before = moment_in(request, "due_before", view.now)
    statement = POSTS.where(Post.sensitive.is_(True), Post.close_time.is_(None))
    if request.body_id:
        statement = statement.where(Post.body_id == request.body_id)
    posts = {row.post_id: post_pb2.Post.FromString(row.record) for row in view.rows(statement)}
    due = [r for r in rotations(view, posts) if r.due_time.ToNanoseconds() <= nanos(before)]
    return post_pb2.ListRotationsResponse(rotations=sorted(due, key=lambda r: r.due_time.ToNanoseconds()))


def responsible(
    view: View, body_id: str, at: datetime
) -> list[tuple[post_pb2.ResponsiblePost, frozenset[str]]]:
    """The posts of a body with whoever held them at a moment and their items, in the line of responsibility."""
    rows = view.rows(POSTS.where(Post.body_id == body_id))
    posts = [post_pb2.Post.FromString(r.record) for r in rows if r.close_time is None or r.close_time > at]
    posts.sort(key=lambda post: (post.rank, post.unit_name, post.name, post.post_id))
    holders: defaultdict[str, list[post_pb2.ResponsibleOfficer]] = defaultdict(list)
    for held, officer in held_at(view, {p.post_id for p in posts}, body_id, at):
        holders[held.post_id].append(
            post_pb2.ResponsibleOfficer(
                officer_id=officer.officer_id, name=officer.name, from_time=held.from_time
            )
        )
    return [(held_post(p, holders[p.post_id]), frozenset(p.item_ids)) for p in posts]


def held_post(
    post: post_pb2.Post, officers: Iterable[post_pb2.ResponsibleOfficer]
) -> post_pb2.ResponsiblePost:
    """A post with its holders; its items are left out, for a row of the matrix is one of them."""
    shown = post_pb2.ResponsiblePost(post=post, officers=officers)
    shown.post.ClearField("item_ids")
    return shown


def held_at(view: View, post_ids: set[str], body_id: str, at: datetime) -> Iterable[tuple[Any, Any]]:
    """The appointments that ran at a moment, each with the officer, who was on the roster of the body then."""
    wanted = APPOINTMENTS.where(
        Appointment.post_id.in_(post_ids),
        Appointment.from_time <= at,
        or_(Appointment.until_time.is_(None), Appointment.until_time > at),
    )
    rows = view.rows(wanted.order_by(Appointment.from_time, Appointment.appointment_id)) if post_ids else ()
    officers = officers_of(view, rows)
    for row in rows:
        officer = officers.get(row.officer_id)
        left = gone(officer, body_id) if officer is not None else at
        if officer is not None and (left is None or left > at):
            yield row, officer


def officers_of(view: View, appointments: Sequence[Any]) -> dict[str, Any]:
    ids = {row.officer_id for row in appointments}
    found = view.rows(OFFICERS.where(Officer.officer_id.in_(ids))) if ids else ()
    return {officer.officer_id: officer for officer in found}


def matrix_row(
    item: power_pb2.PowerItem, line: Iterable[tuple[post_pb2.ResponsiblePost, frozenset[str]]]
) -> post_pb2.ResponsibilityRow:
    """Who answers for an item: the chief for all, the others for what their posts exercise."""
    posts = [p for p, items in line if p.post.rank == CHIEF or item.item_id in items]
    return post_pb2.ResponsibilityRow(
        item_id=item.item_id,
        item_code=item.code,
        item_name=item.name,
        posts=posts,
        unassigned=not any(p.post.rank != CHIEF for p in posts),
    )


def rotations(view: View, posts: dict[str, post_pb2.Post]) -> Iterable[post_pb2.Rotation]:
    """Everybody who holds one of these posts now, with when the rotation is due."""
    rows = view.rows(APPOINTMENTS.where(Appointment.post_id.in_(posts))) if posts else ()
    officers = officers_of(view, rows)
    now = view.now
    by_holder: defaultdict[tuple[str, str], list[Stay]] = defaultdict(list)
    for row in rows:
        by_holder[row.post_id, row.officer_id].append(Stay(row.from_time, row.until_time))
    for (post_id, officer_id), stays in by_holder.items():
        post, officer = posts[post_id], officers.get(officer_id)
        left = gone(officer, post.body_id) if officer is not None else now
        if officer is None or (left is not None and left <= now) or not any(s.covers(now) for s in stays):
            continue
        since = unbroken_since(now, stays)
        years = view.parameters.value("post.rotation", since.astimezone(SHANGHAI).date())
        if not years.ordered:
            continue
        due = expiry(since, years.value)
        yield post_pb2.Rotation(
            post=post,
            officer_id=officer_id,
            officer_name=officer.name,
            since_time=since,
            due_time=due,
            overdue=due <= now,
        )


def nanos(at: datetime) -> int:
    return int(at.timestamp() * 1_000_000) * 1000
