"""The files of parties at this department: who has one, and all that lies in it (一户一档; CITY-ERS 5(6), 8(7)).

The file of a person is personal: who looks at it is kept in an event. What lies sealed the head alone sees, for a reason.
"""

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_file_pb2 as pb

from services.enforcement.party_file.model import FILES, Party
from services.enforcement.party_file.volumes import volumes
from services.kit.paper.typesetter import NotSet
from services.kit.party_file.contents import written
from services.kit.party_file.reads import file_of, list_files, party_of, volumes_of
from services.kit.refusal import Full, Missing
from services.kit.rpc import read, stream
from services.kit.tx import Tx
from services.kit.view import Feed, View
from services.law.identity import spelt
from services.law.party_file import personal

BY_KEY: Any = select(Party).where(Party.key == bindparam("wanted"))  # type: ignore[arg-type]


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
async def read_sealed_party_file(
    request: pb.ReadSealedPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ReadSealedPartyFileResponse]:
    """A page of the file of a person with what lies sealed of it. Refuses with NOT_FOUND, BAD_PAGE_TOKEN."""
    row = feed.one(BY_KEY, wanted=spelt(request.number))
    if row is None:
        raise Missing("Party", "")
    await feed.do(partial(_looked, row.party_id, reason=request.reason, sealed=True))
    found = await asyncio.to_thread(_page, feed, row, request.page_size, request.page_token, sealed=True)
    yield pb.ReadSealedPartyFileResponse(
        file=found.file, volumes=found.volumes, next_page_token=found.next_page_token
    )


@stream
async def export_party_file(
    request: pb.ExportPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ExportPartyFileResponse]:
    """The list of all that lies in the file of a party (卷内目录), in pieces. Refuses with NOT_FOUND, PAPER_NOT_SET."""
    row = party_of(FILES, feed, request.party_id)
    await note_look(feed, row)
    xlsx = request.format == pb.PARTY_FILE_FORMAT_XLSX
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


def _looked(party_id: str, tx: Tx, *, reason: str = "", sealed: bool = False) -> None:
    tx.emit(events.PartyFileRead(party_id=party_id, reason=reason, sealed=sealed), subject=party_id)


def _page(feed: Feed, row: Any, size: int, token: str, *, sealed: bool = False) -> pb.ReadPartyFileResponse:
    """One page of the volumes of a party, on a connection of its own."""
    with feed.reading() as connection:
        view = View(connection, feed.around, feed.caller)
        rows, following, before = volumes_of(FILES, view, row.party_id, size, token, sealed=sealed)
        reply = pb.ReadPartyFileResponse(file=file_of(row), next_page_token=following)
        reply.volumes.extend(volumes(view, rows, before))
    return reply
