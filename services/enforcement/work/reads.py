"""What waits: for which acts, with whom, since when."""

from yifa.enforcement.v1 import work_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.enforcement.work.queues import QUEUES
from services.kit.rpc import read
from services.kit.view import View
from services.kit.work import Asked, Waiting, tell, waiting


@read
def list_work(request: pb.ListWorkRequest, view: View) -> pb.ListWorkResponse:
    """The records that wait, the longest waiting first. Refuses with BAD_PAGE_TOKEN."""
    asked = Asked(
        request.noun,
        Role.Name(request.role).removeprefix("ROLE_") if request.role else "",
        request.officer_id,
        request.query,
        request.days,
    )
    found, token = waiting(QUEUES, view, asked, request.page_size, request.page_token)
    return pb.ListWorkResponse(
        items=[tell(pb.WorkItem(state=state(each)), each, view.now) for each in found], next_page_token=token
    )


def state(waits: Waiting) -> int:
    """The state of a case; of anything else its state is in its own terms only."""
    return int(waits.record.state) if waits.queue.noun == "case" else 0
