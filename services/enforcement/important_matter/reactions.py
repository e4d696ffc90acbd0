"""Requests for instructions, as the city tells a department of them: what one is about waits for its reply."""

from typing import Any

from yifa.supervision.v1 import events_pb2 as supervision

from services.enforcement.body.reactions import from_city
from services.enforcement.important_matter.model import ImportantMatter
from services.kit.journal import Envelope
from services.kit.reactions import NotItsHome, Reactions
from services.kit.tx import Tx
from services.law.moment import moment_at


def on_matter(event: Any, tx: Tx, about: Envelope) -> None:
    """The newest snapshot holds, in whatever order they come; what is about no record holds none."""
    from_city(tx, about)
    matter = event.important_matter
    if matter.node != tx.node:
        raise NotItsHome(f"{matter.matter_id} is no matter of {tx.node}")
    if not matter.record_id:
        return
    row = tx.find(ImportantMatter, matter.matter_id)
    if row is None:
        row = tx.add(ImportantMatter.new(matter_id=matter.matter_id, record_id=matter.record_id, version=-1))
    if matter.version > row.version:
        row.version = matter.version
        row.ask_time, row.end_time = moment_at(matter, "ask_time"), moment_at(matter, "end_time")


REACTIONS: Reactions = {
    kind: on_matter
    for kind in (
        supervision.ImportantMatterAsked,
        supervision.ImportantMatterReplied,
        supervision.ImportantMatterWithdrawn,
    )
}
"""A request that is sent back, or of which more is wanted, waits on: those are no word on the wait."""
