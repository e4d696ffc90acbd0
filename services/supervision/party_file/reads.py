"""The files of parties over all departments, as their events told of them (一户一档; CITY-ERS 5(6), 8(7)).

The file of a person is personal: who looks at it is kept in an event. What lies sealed at a department is not shown here.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from yifa.enforcement.v1 import party_file_pb2 as files
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import party_file_pb2 as pb

from services.kit.paper.typesetter import NotSet
from services.kit.party_file.contents import written
from services.kit.party_file.reads import file_of, list_files, party_of, volumes_of
from services.kit.refusal import Full
from services.kit.rpc import read, stream
from services.kit.tx import Tx
from services.kit.view import Feed, View
from services.law.party_file import personal
from services.supervision.party_file.model import FILES
from services.supervision.party_file.volumes import volumes


@read
def list_party_files(request: pb.ListPartyFilesRequest, view: View) -> pb.ListPartyFilesResponse:
    """The files of parties, that with the newest volume first. Refuses with BAD_PAGE_TOKEN."""
    found, token = list_files(FILES, request, view)
    return pb.ListPartyFilesResponse(files=found, next_page_token=token)


@stream
async def read_party_file(
    request: pb.ReadPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ReadPartyFileResponse]:
    """A page of the file of a party. Refuses with NOT_FOUND, BAD_PAGE_TOKEN."""
    row = party_of(FILES, feed, request.party_id)
    await note_look(feed, row)
    yield await asyncio.to_thread(_page, feed, row, request.page_size, request.page_token)


@stream
async def export_party_file(
    request: pb.ExportPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ExportPartyFileResponse]:
    """The list of all that lies in the file of a party (卷内目录), in pieces. Refuses with NOT_FOUND, PAPER_NOT_SET."""
    row = party_of(FILES, feed, request.party_id)
    await note_look(feed, row)
    xlsx = request.format == files.PARTY_FILE_FORMAT_XLSX
    try:
        async for piece in written(partial(_page, feed, row), feed, xlsx=xlsx):
            yield pb.ExportPartyFileResponse(file_name=piece.name, data=piece.data)
    except NotSet as no:
        said = f"the list could not be set in type: {no}", f"目录无法排版：{no}"
        raise Full("PAPER_NOT_SET", *said, problem=str(no)) from no


async def note_look(feed: Feed, row: Any) -> None:
    """Keep who looks at the file of a person."""
    if personal(row):
        await feed.do(partial(_looked, row.party_id))


def _looked(party_id: str, tx: Tx) -> None:
    tx.emit(events.PartyFileRead(party_id=party_id), subject=party_id)


def _page(feed: Feed, row: Any, size: int, token: str) -> pb.ReadPartyFileResponse:
    """One page of the volumes of a party, on a connection of its own."""
    with feed.reading() as connection:
        view = View(connection, feed.around, feed.caller)
        rows, following, before = volumes_of(FILES, view, row.party_id, size, token)
        reply = pb.ReadPartyFileResponse(file=file_of(row), next_page_token=following)
        reply.volumes.extend(volumes(view, rows, before))
    return reply
