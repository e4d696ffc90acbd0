"""Transfers, as they are read."""

from yifa.registry.v1 import transfer_pb2 as asked

from services.kit.rpc import read
from services.kit.view import View
from services.registry.transfer.model import TRANSFERS, Transfer, transfer_proto


@read
def list_transfers(request: asked.ListTransfersRequest, view: View) -> asked.ListTransfersResponse:
    """The transfers by id."""
    statement = TRANSFERS
    if request.officer_id:
        statement = statement.where(Transfer.officer_id == request.officer_id)
    rows, token = view.page(statement, (Transfer.transfer_id,), request.page_size, request.page_token)
    return asked.ListTransfersResponse(transfers=map(transfer_proto, rows), next_page_token=token)
