"""Power lists as they were published."""

from yifa.registry.v1 import power_pb2

from services.kit.rpc import read
from services.kit.view import View
from services.registry.power_list.model import LISTED, VERSIONS, ListedItem, PowerListVersion, list_id


@read
def list_power_list_versions(
    request: power_pb2.ListPowerListVersionsRequest, view: View
) -> power_pb2.ListPowerListVersionsResponse:
    statement = VERSIONS.where(PowerListVersion.body_id == request.body_id)
    rows, token = view.page(statement, (PowerListVersion.list_id,), request.page_size, request.page_token)
    lists = (power_pb2.PowerList.FromString(row.record) for row in rows)
    return power_pb2.ListPowerListVersionsResponse(lists=lists, next_page_token=token)


@read
def get_power_list(request: power_pb2.GetPowerListRequest, view: View) -> power_pb2.GetPowerListResponse:
    """A version of a list with its items as they were published then."""
    wanted = VERSIONS.where(PowerListVersion.body_id == request.body_id)
    if request.list_version:
        wanted = wanted.where(PowerListVersion.list_id == list_id(request.body_id, request.list_version))
    newest = wanted.order_by(PowerListVersion.list_id.desc()).limit(1)
    row = view.get(newest, "PowerList", request.body_id)
    rows, token = view.page(
        LISTED.where(ListedItem.list_id == row.list_id),
        (ListedItem.listed_item_id,),
        request.page_size,
        request.page_token,
    )
    return power_pb2.GetPowerListResponse(
        list=power_pb2.PowerList.FromString(row.record),
        items=(power_pb2.PowerItem.FromString(r.record) for r in rows),
        next_page_token=token,
    )
