"""Leading groups as they stand, and where one, its head or somebody to speak to is missing."""

from collections.abc import Iterator
from typing import Any

from yifa.registry.v1 import body_pb2
from yifa.registry.v1 import leading_group_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.law.announced import MAY_ENFORCE
from services.registry.appointment.heading import heads_of
from services.registry.body.model import BODIES, Body
from services.registry.leading_group.facts import of_body
from services.registry.leading_group.model import GROUPS, IN_FORCE, LeadingGroup
from services.registry.officer.model import Officer

STANDING = tuple(body_pb2.BodyState.Name(state).removeprefix("BODY_STATE_") for state in MAY_ENFORCE)
LACK = pb.LeadingGroupLack


@read
def list_leading_groups(request: pb.ListLeadingGroupsRequest, view: View) -> pb.ListLeadingGroupsResponse:
    """The groups in force, and those that were replaced if asked. Refuses with BAD_PAGE_TOKEN."""
    found = GROUPS if request.former else GROUPS.where(IN_FORCE)
    if request.body_id:
        found = found.where(LeadingGroup.body_id == request.body_id)
    rows, token = view.page(found, (LeadingGroup.group_id,), request.page_size, request.page_token)
    groups = [pb.LeadingGroup.FromString(row.record) for row in rows]
    return pb.ListLeadingGroupsResponse(groups=groups, next_page_token=token)


@read
def list_leading_group_gaps(
    request: pb.ListLeadingGroupGapsRequest, view: View
) -> pb.ListLeadingGroupGapsResponse:
    """What is missing of the city and of every agency that may enforce, as far as this node knows it."""
    groups = {
        row.body_id: pb.LeadingGroup.FromString(row.record) for row in view.rows(GROUPS.where(IN_FORCE))
    }
    bodies = BODIES.where(Body.state.in_(STANDING))  # type: ignore[attr-defined]
    if request.body_id:
        bodies = bodies.where(Body.body_id == request.body_id)
    elif view.node != view.city:
        bodies = bodies.where(Body.node == view.node)
    gaps = []
    if not request.body_id and view.node == view.city and "" not in groups:
        gaps.append(pb.LeadingGroupGap(node=view.city, lack=LACK.LEADING_GROUP_LACK_GROUP))
    for body in view.rows(bodies.order_by(Body.body_id)):
        about = {"body_id": body.body_id, "body_name": body.name, "node": body.node}
        gaps += [pb.LeadingGroupGap(lack=lack, **about) for lack in lacks(view, groups.get(body.body_id))]
    return pb.ListLeadingGroupGapsResponse(gaps=gaps)


def lacks(view: View, group: pb.LeadingGroup | None) -> Iterator[Any]:
    """What is missing of a group as it stands."""
    if group is None:
        yield LACK.LEADING_GROUP_LACK_GROUP
        return
    lead = {m.officer_id for m in group.members if m.role == pb.LEADING_GROUP_ROLE_HEAD}
    if not lead <= heads_of(view, group.body_id, view.now):
        yield LACK.LEADING_GROUP_LACK_HEAD
    for person, lack in (
        (group.liaison, LACK.LEADING_GROUP_LACK_LIAISON),
        (group.substitute, LACK.LEADING_GROUP_LACK_SUBSTITUTE),
    ):
        if not of_body(view.find(Officer, person.officer_id), group.body_id):
            yield lack
