"""A leading group is set up in the place of the one before (DL-ERS-2005)."""

from yifa.registry.v1 import events_pb2 as events
from yifa.registry.v1 import leading_group_pb2 as pb

from services.kit.rpc import write
from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.leading_group import LEADING_GROUP
from services.registry.body.model import Body
from services.registry.lawful import admit
from services.registry.leading_group.facts import LeadingGroupFacts
from services.registry.leading_group.model import LeadingGroup, group_values
from services.registry.leading_group.record import replace
from services.registry.officer.model import Officer
from services.registry.request import announce


@write(loads=(Body, "body_id"))
def set_leading_group(request: pb.SetLeadingGroupRequest, tx: Tx) -> pb.SetLeadingGroupResponse:
    """Set up the group of the city or of an agency; who is spoken to there is told."""
    body = tx.find(Body, request.body_id) if request.body_id else None
    group = pb.LeadingGroup(
        group_id=tx.new_id("LG-"),
        node=tx.node,
        body_id=request.body_id,
        body_name=body.name if body is not None else "",
        document=request.document.strip(),
        members=request.members,
        office=request.office.strip(),
        office_phone=request.office_phone.strip(),
        liaison=request.liaison,
        substitute=request.substitute,
        version=1,
    )
    for person in (*group.members, group.liaison, group.substitute):
        known = tx.find(Officer, person.officer_id) if body is not None and person.officer_id else None
        person.name = known.name if known is not None else person.name
    put_moment(group.from_time, tx.now)
    admit(LEADING_GROUP.SET_LEADING_GROUP, LeadingGroupFacts(tx, group), body_id=group.body_id)
    replace(tx, group)
    tx.add(LeadingGroup.new(group_id=group.group_id, **group_values(group)))
    announce(tx, events.LeadingGroupSet(group=group), group.group_id)
    return pb.SetLeadingGroupResponse(group=group)
