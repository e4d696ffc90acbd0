"""Units and posts of a department, and who holds them."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from yifa.registry.v1 import body_pb2, post_pb2
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_requests_pb2 as asked

from services.kit.rpc import write
from services.kit.tx import Tx
from services.registry.model import Body, Officer
from services.registry.model.post import (
    Appointment,
    Post,
    Unit,
    appointment_columns,
    gone,
    post_columns,
)
from services.registry.model.power import PowerItem
from services.registry.rules import (
    CHINA,
    MAY_ENFORCE,
    Facts,
    body_confirmed,
    body_of_this_department,
    expiry,
    require,
)
from services.registry.rules.post import (
    APPOINTMENT,
    DUTIES_APART,
    PostFacts,
    Stay,
    appointment_runs,
    items_held,
    post_open,
    unbroken_since,
)
from services.registry.servicer.moments import moment_in


class Posts:
    @write(loads=(Body, "body_id"))
    def DefineUnit(self, request: asked.DefineUnitRequest, tx: Tx) -> asked.DefineUnitResponse:
        """Put a unit of a body with its functions on record (DL-ERS-2005 三(二)2)."""
        body = tx.get(Body, request.body_id)
        facts = Facts(body_confirmed=body.state in MAY_ENFORCE, body_here=body.node == tx.node)
        require((body_confirmed, body_of_this_department), facts, body_id=body.body_id)
        unit = post_pb2.Unit(
            unit_id=tx.new_id("U-"),
            body_id=body.body_id,
            node=tx.node,
            name=request.name,
            functions=request.functions,
            version=1,
        )
        tx.add(Unit.new(unit_id=unit.unit_id, body_id=unit.body_id, record=unit.SerializeToString()))
        tx.emit(events.UnitDefined(unit=unit), subject=unit.unit_id)
        return asked.DefineUnitResponse(unit=unit)

    @write(loads=(Unit, "unit_id"))
    def DefinePost(self, request: asked.DefinePostRequest, tx: Tx) -> asked.DefinePostResponse:
        """Put a post of a unit on record: its rank, duties and items (DL-ERS-2005 三(二)2; CBZ 17)."""
        unit = post_pb2.Unit.FromString(tx.get(Unit, request.unit_id).record)
        missing = not_held(tx, unit.body_id, request.item_ids)
        facts = PostFacts(together=(frozenset(request.duties),), not_held=missing)
        require((*DUTIES_APART, items_held), facts, **about_items(missing))
        post = post_pb2.Post(
            post_id=tx.new_id("PO-"),
            unit_id=unit.unit_id,
            unit_name=unit.name,
            body_id=unit.body_id,
            node=tx.node,
            name=request.name,
            rank=request.rank,
            duties=request.duties,
            sensitive=request.sensitive,
            item_ids=request.item_ids,
        )
        row = tx.add(Post.new(post_id=post.post_id, body_id=post.body_id, sensitive=post.sensitive))
        return asked.DefinePostResponse(post=save_post(tx, row, post))

    @write(loads=(Post, "post_id"))
    def AssignItems(self, request: asked.AssignItemsRequest, tx: Tx) -> asked.AssignItemsResponse:
        """Say which items of the power list are exercised at a post."""
        row, post = open_post(tx, request.post_id)
        missing = not_held(tx, post.body_id, request.item_ids)
        require((items_held,), PostFacts(not_held=missing), **about_items(missing))
        post.item_ids[:] = request.item_ids
        return asked.AssignItemsResponse(post=save_post(tx, row, post))

    @write(loads=(Post, "post_id"))
    def ClosePost(self, request: asked.ClosePostRequest, tx: Tx) -> asked.ClosePostResponse:
        """Give a post up; whoever holds it, or would, does so no longer."""
        row, post = open_post(tx, request.post_id)
        post.close_time.FromDatetime(tx.now)
        for held in appointments(tx, Appointment.post_id == post.post_id):
            if held.until_time is None or held.until_time > tx.now:
                finish(tx, held, post, max(tx.now, held.from_time), "岗位撤销")
        return asked.ClosePostResponse(post=save_post(tx, row, post))

    @write(loads=((Post, "post_id"), (Officer, "officer_id")))
    def AppointOfficer(self, request: asked.AppointOfficerRequest, tx: Tx) -> asked.AppointOfficerResponse:
        """Put an officer into a post, apart from what the law keeps apart (CBZ 17; APL 57, 58, 64, 67)."""
        row = tx.get(Post, request.post_id)
        post, officer = post_pb2.Post.FromString(row.record), tx.get(Officer, request.officer_id)
        stay = Stay(moment_in(request, "from_time", tx.now), until_in(request, tx.now))
        others = appointments(tx, Appointment.officer_id == officer.officer_id)
        facts, about = appointment_facts(tx, post, officer, stay, others)
        require((*APPOINTMENT, appointment_runs), facts, officer_id=officer.officer_id, **about)
        appointment = post_pb2.Appointment(
            appointment_id=tx.new_id("AP-"),
            post_id=post.post_id,
            body_id=post.body_id,
            node=tx.node,
            officer_id=officer.officer_id,
            from_time=stay.from_time,
            until_time=stay.until_time,
            version=1,
        )
        values = appointment_columns(appointment)
        tx.add(Appointment.new(appointment_id=appointment.appointment_id, **values))
        announce(tx, events.OfficerAppointed, appointment, officer.name, post.name)
        return asked.AppointOfficerResponse(appointment=appointment)

    @write(loads=(Appointment, "appointment_id"))
    def EndAppointment(self, request: asked.EndAppointmentRequest, tx: Tx) -> asked.EndAppointmentResponse:
        """End an appointment."""
        row = tx.get(Appointment, request.appointment_id)
        at = moment_in(request, "until_time", tx.now)
        over = row.until_time is not None and row.until_time <= tx.now
        facts = PostFacts(ended=over or at <= row.from_time)
        require((appointment_runs,), facts, appointment_id=row.appointment_id)
        post = post_pb2.Post.FromString(tx.get(Post, row.post_id).record)
        return asked.EndAppointmentResponse(appointment=finish(tx, row, post, at, request.cause))


def until_in(request: asked.AppointOfficerRequest, now: datetime) -> datetime | None:
    return moment_in(request, "until_time", now) if request.HasField("until_time") else None


def open_post(tx: Tx, post_id: str) -> tuple[Post, post_pb2.Post]:
    """A post that was not given up. Raises Missing, Unlawful."""
    row = tx.get(Post, post_id)
    require((post_open,), PostFacts(open=row.close_time is None), post_id=post_id)
    return row, post_pb2.Post.FromString(row.record)


def save_post(tx: Tx, row: Post, post: post_pb2.Post) -> post_pb2.Post:
    """Write a post down, one version on, and announce it."""
    post.version += 1
    for name, value in post_columns(post).items():
        setattr(row, name, value)
    tx.emit(events.PostChanged(post=post), subject=post.post_id)
    return post


def appointments(tx: Tx, *conditions: object) -> list[Appointment]:
    return tx.query(select(Appointment).where(*conditions).order_by(Appointment.appointment_id))  # type: ignore[arg-type]


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
    years = tx.parameters.value("post.rotation", since.astimezone(CHINA).date()).value
    return expiry(since, years)


def not_held(tx: Tx, body_id: str, item_ids: Iterable[str]) -> tuple[str, ...]:
    """The items among these that a body holds neither on its list nor by its mandate."""
    wanted = list(item_ids)
    if not wanted:
        return ()
    body = tx.get(Body, body_id)
    mandate = set(body_pb2.EnforcementBody.FromString(body.detail).entrustment.item_ids)
    tx.load(PowerItem, wanted)
    found = [tx.find(PowerItem, item_id) for item_id in wanted]
    held = {i.item_id for i in found if i is not None and (i.body_id == body_id or i.item_id in mandate)}
    live = {i.item_id for i in found if i is not None and i.state not in ("DRAFT", "REMOVED")}
    return tuple(item_id for item_id in wanted if item_id not in held & live)


def about_items(missing: tuple[str, ...]) -> dict[str, str]:
    return {"items": ",".join(missing[:20])} if missing else {}


def finish(tx: Tx, row: Appointment, post: post_pb2.Post, at: datetime, cause: str) -> post_pb2.Appointment:
    """End an appointment at a moment."""
    appointment = post_pb2.Appointment.FromString(row.record)
    appointment.until_time.FromDatetime(at)
    appointment.cause = cause
    appointment.version += 1
    for name, value in appointment_columns(appointment).items():
        setattr(row, name, value)
    officer = tx.find(Officer, row.officer_id)
    announce(tx, events.AppointmentEnded, appointment, officer.name if officer else "", post.name)
    return appointment


def announce(
    tx: Tx,
    event: type[events.OfficerAppointed] | type[events.AppointmentEnded],
    appointment: post_pb2.Appointment,
    officer_name: str,
    post_name: str,
) -> None:
    told = event(appointment=appointment, officer_name=officer_name, post_name=post_name)
    tx.emit(told, subject=appointment.appointment_id)
