"""The files of parties over all departments, as their events told of them (一户一档; CITY-ERS 5(6), 8(7)).

The file of a person is personal: who looks at it is kept in an event. What lies sealed at a department is not shown here.
"""

from collections.abc import AsyncIterator

from yifa.enforcement.v1.party_file_pb2 import PARTY_FILE_FORMAT_XLSX
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import party_file_pb2 as pb

from services.kit.party_file.book import Book
from services.kit.party_file.reads import list_files
from services.kit.rpc import read, stream
from services.kit.view import Feed, View
from services.supervision.party_file.model import FILES
from services.supervision.party_file.volumes import volumes

BOOK = Book(FILES, volumes, pb.ReadPartyFileResponse, pb.ExportPartyFileResponse, events.PartyFileRead)


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
async def export_party_file(
    request: pb.ExportPartyFileRequest, feed: Feed
) -> AsyncIterator[pb.ExportPartyFileResponse]:
    """The list of all that lies in the file of a party (卷内目录), in pieces. Refuses with NOT_FOUND, PAPER_NOT_SET."""
    row = await BOOK.opened(feed, request.party_id)
    async for piece in BOOK.listed(feed, row, xlsx=request.format == PARTY_FILE_FORMAT_XLSX):
        yield piece
