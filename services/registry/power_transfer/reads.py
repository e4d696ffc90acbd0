"""Which body took over which powers from whom, as anybody may read it."""

from typing import Any

from sqlalchemy import or_, select
from yifa.registry.v1 import power_transfer_pb2 as pb

from services.kit.rpc import read
from services.kit.view import View
from services.registry.power_transfer.model import PowerTransfer

TRANSFERS: Any = PowerTransfer.__table__  # type: ignore[attr-defined]
LAST_FIRST = (TRANSFERS.c.effect_time.desc(), TRANSFERS.c.transfer_id.desc())


@read
def list_power_transfers(request: pb.ListPowerTransfersRequest, view: View) -> pb.ListPowerTransfersResponse:
    """The transfers, of one body if asked. Refuses with BAD_PAGE_TOKEN."""
    found = select(*TRANSFERS.columns)
    if key := request.body_id:
        found = found.where(or_(TRANSFERS.c.from_body_id == key, TRANSFERS.c.to_body_id == key))
    rows, token = view.page(found, LAST_FIRST, request.page_size, request.page_token)
    return pb.ListPowerTransfersResponse(
        transfers=[pb.PowerTransfer.FromString(row.record) for row in rows], next_page_token=token
    )
