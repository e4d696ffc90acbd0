"""The files of parties at this department: who has one, and all that lies in it (一户一档; CITY-ERS 5(6), 8(7)).

The file of a person is personal: who looks at it is kept in an event. What lies sealed the head alone sees, for a reason.
"""

from collections.abc import AsyncIterator
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import party_file_pb2 as pb

from services.enforcement.party_file.model import FILES, Party
from services.enforcement.party_file.volumes import volumes
from services.kit.party_file.book import Book
from services.kit.party_file.reads import list_files
from services.kit.refusal import Missing
from services.kit.rpc import read, stream
from services.kit.view import Feed, View
from services.law.identity import spelt

BOOK = Book(FILES, volumes, pb.ReadPartyFileResponse, pb.ExportPartyFileResponse, events.PartyFileRead)
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
    yield await BOOK.read(feed, await BOOK.opened(feed, request.party_id), request)


@stream
async def read_sealed_party_file(
    request: pb.ReadSealedPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ReadSealedPartyFileResponse]:
    """A page of the file of a person with what lies sealed of it. Refuses with NOT_FOUND, BAD_PAGE_TOKEN."""
    row = feed.one(BY_KEY, wanted=spelt(request.number))
    if row is None:
        raise Missing("Party", "")
    await feed.do(partial(BOOK.looked, row.party_id, reason=request.reason, sealed=True))
    found = await BOOK.read(feed, row, request, sealed=True)
    yield pb.ReadSealedPartyFileResponse(
        file=found.file, volumes=found.volumes, next_page_token=found.next_page_token
    )


@stream
async def export_party_file(
    request: pb.ExportPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ExportPartyFileResponse]:
    """The list of all that lies in the file of a party (卷内目录), in pieces. Refuses with NOT_FOUND, PAPER_NOT_SET."""
    row = await BOOK.opened(feed, request.party_id)
    async for piece in BOOK.listed(feed, row, xlsx=request.format == pb.PARTY_FILE_FORMAT_XLSX):
        yield piece
