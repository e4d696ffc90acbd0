"""Who of the heads in office was trained in the responsibility system, and who was not."""

from collections import defaultdict

from sqlalchemy import or_, select
from yifa.registry.v1 import head_training_pb2 as pb
from yifa.registry.v1 import post_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.appointment.model import APPOINTMENTS, Appointment, gone
from services.registry.appointment.reads import officers_of
from services.registry.attendance.model import Attendance
from services.registry.body.model import BODIES, Body
from services.registry.head_training.model import ATTENDED, first_of, is_head, told
from services.registry.post.model import POSTS, Post
from services.registry.training.model import Training


@read
def list_head_trainings(request: pb.ListHeadTrainingsRequest, view: View) -> pb.ListHeadTrainingsResponse:
    """The heads in office now, each with the first training of heads that was attended."""
    wanted = POSTS.where(Post.body_id == request.body_id) if request.body_id else POSTS
    posts = {row.post_id: post_pb2.Post.FromString(row.record) for row in view.rows(wanted)}
    heads = {key: post for key, post in posts.items() if is_head(post)}
    found = [each for each in standing(view, heads) if not (request.missing and each.training_id)]
    found.sort(key=lambda each: (each.body_id, each.rank, each.from_time.seconds, each.appointment_id))
    return pb.ListHeadTrainingsResponse(heads=found)


def standing(view: View, posts: dict[str, post_pb2.Post]) -> list[pb.HeadTraining]:
    """How it stands with everybody who holds one of these posts now."""
    now = view.now
    held = APPOINTMENTS.where(
        Appointment.post_id.in_(posts),  # type: ignore[attr-defined]
        Appointment.from_time <= now,
        or_(Appointment.until_time.is_(None), Appointment.until_time > now),  # type: ignore[union-attr, operator]
    )
    rows = view.rows(held) if posts else ()
    officers, attended = officers_of(view, rows), attended_by(view, {row.officer_id for row in rows})
    bodies = {
        row.body_id: row.name
        for row in view.rows(BODIES.where(Body.body_id.in_({p.body_id for p in posts.values()})))
    }  # type: ignore[attr-defined]
    found = []
    for row in rows:
        post, officer = posts[row.post_id], officers.get(row.officer_id)
        left = gone(officer, post.body_id) if officer is not None else now
        if officer is not None and (left is None or left > now):
            names = (bodies.get(post.body_id, ""), officer.name, post.name)
            appointment = post_pb2.Appointment.FromString(row.record)
            found.append(told(appointment, names, first_of(attended[row.officer_id])))
    return found


def attended_by(view: View, officer_ids: set[str]) -> defaultdict[str, list[bytes]]:
    """The trainings of heads that people attended."""
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    if officer_ids:
        came = select(Training.record, Attendance.officer_id).where(
            *ATTENDED,
            Attendance.officer_id.in_(officer_ids),  # type: ignore[attr-defined]
        )
        for row in view.rows(came):
            found[row.officer_id].append(row.record)
    return found
