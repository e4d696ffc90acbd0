"""What waits at the city: for which acts, with whom, since when."""

from yifa.enforcement.v1.work_pb2 import WorkItem
from yifa.law.v1.options_pb2 import Role
from yifa.supervision.v1 import work_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.kit.work import Asked, tell, waiting
from services.supervision.important_matter.superior import headed_by
from services.supervision.work.queues import QUEUES, of_unit


@read
def list_office_work(request: pb.ListOfficeWorkRequest, view: View) -> pb.ListOfficeWorkResponse:
    """The records that wait, the longest waiting first; a department's people see what is theirs to do.

    Refuses with BAD_PAGE_TOKEN.
    """
    asked = Asked(
        request.noun,
        Role.Name(request.role).removeprefix("ROLE_") if request.role else "",
        request.officer_id,
        request.query,
        request.days,
    )
    queues = QUEUES if view.caller.node == view.city else of_unit(view.caller.node, headed_by(view))
    found, token = waiting(queues, view, asked, request.page_size, request.page_token)
    return pb.ListOfficeWorkResponse(
        items=[tell(WorkItem(), each, view.now) for each in found], next_page_token=token
    )
