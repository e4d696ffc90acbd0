"""What the department learns of a matter: from the prior notice on, and nothing of the clue, its review and who investigated."""

from typing import Any

from yifa.supervision.v1 import accountability_pb2 as pb
from yifa.supervision.v1 import events_pb2 as events

from services.kit.tx import Tx
from services.law.event import events as declared
from services.supervision.warning.runner import address

KEPT = ("source", "review", "opening", "extensions", "meetings", "registrar", "drop", "transfer", "deadlines")
"""What stays with the office: who spoke, what was thought of it, who took part, and what goes to the competent body."""
UNTOLD = frozenset({events.AccountabilityTransferred, events.AccountabilityReminded})
"""What is done without telling the department."""


def told(matter: pb.Accountability) -> pb.Accountability:
    """A matter as the department sees it."""
    seen = pb.Accountability.FromString(matter.SerializeToString(deterministic=True))
    for field in KEPT:
        seen.ClearField(field)
    return seen


def tell(tx: Tx, matter: pb.Accountability, event: Any) -> None:
    """Tell the department what was done, once it knows of the matter."""
    if not matter.HasField("tell_time") or type(event) in UNTOLD:
        return
    title = declared()[event.DESCRIPTOR.full_name].title
    saying = pb.AccountabilityNews(accountability=told(matter), says_zh=title.zh, says_en=title.en)
    tx.emit(
        events.AccountabilityTold(told=saying), subject=matter.accountability_id, to=address(tx, matter.node)
    )
