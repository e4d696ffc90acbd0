"""One leading group takes the place of another."""

from sqlalchemy import select
from yifa.registry.v1 import leading_group_pb2 as pb

from services.kit.tx import Tx
from services.registry.leading_group.model import IN_FORCE, LeadingGroup, group_values
from services.registry.request import change


def replace(tx: Tx, group: pb.LeadingGroup) -> None:
    """The one before ends where this one begins. The event of the new one says so by itself."""
    before = select(LeadingGroup).where(
        LeadingGroup.node == group.node,  # type: ignore[arg-type]
        LeadingGroup.body_id == group.body_id,  # type: ignore[arg-type]
        IN_FORCE,
    )
    for row in tx.query(before):
        former = pb.LeadingGroup.FromString(row.record)
        if former.group_id != group.group_id:
            former.until_time.CopyFrom(group.from_time)
            former.version += 1
            change(row, group_values(former))
