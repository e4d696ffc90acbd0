"""What a department hears of the matters of accountability; only the city speaks of them."""

from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.accountability.model import Accountability
from services.enforcement.body.reactions import from_city
from services.enforcement.supervision_answer.standing import stand
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx


def on_told(event: supervision.AccountabilityTold, tx: Tx, about: Envelope) -> None:
    """The newest snapshot holds, in whatever order they come; the answers that it names were taken in, or left out."""
    from_city(tx, about)
    matter = event.told.accountability
    if matter.node != tx.node:
        raise NotItsHome(f"{matter.accountability_id} is no matter about {tx.node}")
    key = matter.accountability_id
    row = tx.find(Accountability, key) or tx.add(
        Accountability.new(accountability_id=key, state="", version=-1, record=b"")
    )
    if matter.version > row.version:
        row.version, row.record = matter.version, matter.SerializeToString(deterministic=True)
        row.state = pb.AccountabilityState.Name(matter.state).removeprefix("ACCOUNTABILITY_STATE_")
        row.officer_id = matter.officer_id
        stand(tx, key, [answer.answer_id for answer in matter.answers], matter.left)


REACTIONS: Reactions = {supervision.AccountabilityTold: on_told}
