"""The files of a case or an inspection, and how far an upload came."""

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import file_pb2 as pb

from services.enforcement.file.home import home_of, named
from services.enforcement.file.keeping import file_id_of, key_of, may_hand_in
from services.enforcement.file.model import StoredFile
from services.kit.rpc import read
from services.kit.view import View, packed

FILES = select(StoredFile.file_id, StoredFile.store_time, StoredFile.record).where(
    StoredFile.case_id == bindparam("wanted_case")
)
OLDEST_FIRST = (StoredFile.store_time, StoredFile.file_id)


@read
def get_upload(request: pb.GetUploadRequest, view: View) -> pb.GetUploadResponse:
    """Where an upload by the caller stopped; the file, where all of it is held. Raises Missing, Unlawful."""
    may_hand_in(view.caller, home_of(request, view))
    row = view.find(StoredFile, file_id_of(named(request), request.sha256, request.records))
    if row is not None and not row.destroyed and view.files.held.size(request.sha256) == request.size:
        return pb.GetUploadResponse(offset=request.size, file=pb.File.FromString(row.record))
    return pb.GetUploadResponse(offset=view.files.come(key_of(view.caller, request)))


@read
def list_files(request: pb.ListFilesRequest, view: View) -> bytes:
    """A pb.ListFilesResponse: the files of a case or an inspection, also those that were destroyed. Refuses with
    BAD_PAGE_TOKEN.
    """
    wanted = home_of(request, view).id
    rows, token = view.page(FILES, OLDEST_FIRST, request.page_size, request.page_token, wanted_case=wanted)
    found = packed(pb.ListFilesResponse.FILES_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListFilesResponse(next_page_token=token).SerializeToString()
