"""The changes of bodies that were reported."""

from yifa.registry.v1 import body_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.body_change.model import CHANGES, BodyChange


@read
def list_body_changes(
    request: body_pb2.ListBodyChangesRequest, view: View
) -> body_pb2.ListBodyChangesResponse:
    """The changes that were reported, by id; the late ones alone if asked."""
    statement = CHANGES
    if request.body_id:
        statement = statement.where(BodyChange.body_id == request.body_id)
    if request.late:
        statement = statement.where(BodyChange.late.is_(True))
    rows, token = view.page(statement, (BodyChange.change_id,), request.page_size, request.page_token)
    changes = (body_pb2.BodyChange.FromString(row.record) for row in rows)
    return body_pb2.ListBodyChangesResponse(changes=changes, next_page_token=token)
