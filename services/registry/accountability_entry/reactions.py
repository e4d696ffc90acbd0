"""The file of officers and units: what the office decided is put in at the city and acts on certificates; departments keep it."""

from google.protobuf.message import Message
from yifa.registry.v1 import accountability_entry_pb2 as messages
from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import post_pb2
from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.tx import Tx
from services.law.procedures.accountability.kinds import Kind
from services.registry.accountability_entry.effects import apply, finish, undo
from services.registry.accountability_entry.model import AccountabilityEntry, entry_values
from services.registry.appointment.model import Appointment, appointments
from services.registry.appointment.record import finish as end_appointment
from services.registry.post.model import Post
from services.registry.replica import Reaction, keep, of_city

ANNULLED, CHANGED = pb.ACCOUNTABILITY_APPEAL_RESULT_ANNULLED, pb.ACCOUNTABILITY_APPEAL_RESULT_CHANGED


def on_served(event: supervision.AccountabilityServed, tx: Tx) -> None:
    """A decision was served: it stands in the file, and what it lays on binds."""
    matter = event.accountability
    if tx.find(AccountabilityEntry, matter.accountability_id) is not None:
        return
    entry = messages.AccountabilityEntry(
        accountability_id=matter.accountability_id,
        node=matter.node,
        body_id=matter.body_id,
        officer_id=matter.officer_id,
        title=matter.title,
        document_number=matter.decision.document_number,
        causes=[names(pb.AccountabilityCause, "ACCOUNTABILITY_CAUSE_", c) for c in matter.review.causes],
        kinds=kinds_of(matter),
        decide_time=matter.decision.decide_time,
        serve_time=matter.decision.serve_time,
        round=matter.round,
    )
    apply(tx, entry, matter)
    put(tx, entry)


def on_reviewed(event: supervision.AccountabilityReviewDecided, tx: Tx) -> None:
    """A review changed or annulled a decision: what it did is undone, and what takes its place is done."""
    matter = event.accountability
    row = tx.find(AccountabilityEntry, matter.accountability_id)
    if row is None or row.entry().round >= matter.round:
        return
    entry = row.entry()
    undo(tx, entry, matter.appeal.reasons)
    entry.round = matter.round
    entry.annulled = matter.appeal.result == ANNULLED
    if matter.appeal.result == CHANGED:
        entry.kinds[:] = kinds_of(matter)
        apply(tx, entry, matter)
    put(tx, entry)


def on_executed(event: supervision.AccountabilityExecuted, tx: Tx) -> None:
    """All is carried out: what was taken for a training is given back."""
    row = tx.find(AccountabilityEntry, event.accountability.accountability_id)
    if row is None or row.entry().HasField("finish_time"):
        return
    entry = row.entry()
    finish(tx, entry)
    entry.finish_time.CopyFrom(event.accountability.execute_time)
    put(tx, entry)


def names(enum: type, prefix: str, number: int) -> str:
    return str(enum.Name(number)).removeprefix(prefix)  # type: ignore[attr-defined]


def kinds_of(matter: pb.Accountability) -> list[str]:
    return [names(pb.AccountabilityKind, "ACCOUNTABILITY_KIND_", kind) for kind in matter.decision.kinds]


def put(tx: Tx, entry: messages.AccountabilityEntry) -> None:
    """Keep an entry one version on, and tell the node of the officer or unit."""
    entry.version += 1
    row, values = tx.find(AccountabilityEntry, entry.accountability_id), entry_values(entry)
    if row is None:
        tx.add(AccountabilityEntry.new(accountability_id=entry.accountability_id, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    tx.emit(events.AccountabilityEntered(entry=entry), subject=entry.accountability_id, to=entry.node)


def on_entered(event: events.AccountabilityEntered, tx: Tx) -> None:
    """At the department: the entry is kept, and who is taken from the post holds none any more."""
    entry = event.entry
    new = keep(tx, AccountabilityEntry, {"accountability_id": entry.accountability_id}, entry_values(entry))
    if not new or tx.node != entry.node or entry.annulled or Kind.TRANSFER_FROM_POST not in entry.kinds:
        return
    held = Appointment.officer_id == entry.officer_id
    for row in appointments(tx, held, Appointment.until_time.is_(None)):  # type: ignore[union-attr]
        post = post_pb2.Post.FromString(tx.get(Post, row.post_id).record)
        if post.body_id == entry.body_id:
            end_appointment(
                tx, row, post, max(tx.now, row.from_time), f"{entry.document_number}：调离执法岗位"
            )


REACTIONS: dict[type[Message], Reaction] = {
    supervision.AccountabilityServed: of_city(on_served),
    supervision.AccountabilityReviewDecided: of_city(on_reviewed),
    supervision.AccountabilityExecuted: of_city(on_executed),
    events.AccountabilityEntered: of_city(on_entered),
}
