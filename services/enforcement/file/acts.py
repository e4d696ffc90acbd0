"""Files of a case or an inspection: handed in by parts, given out, destroyed when their time is over (APL 47, GBF-2018-118:8,
9).
"""

from collections.abc import AsyncIterator
from functools import partial

from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as pb

from services.enforcement.case.facts import legible
from services.enforcement.case.stamp import certificate_of
from services.enforcement.file.home import home_of, named
from services.enforcement.file.keeping import file_id_of, file_of, keep, key_of, may_hand_in
from services.enforcement.file.model import StoredFile
from services.enforcement.file.recording import check_recording, tell_stored
from services.enforcement.file.retention import check_retention
from services.enforcement.file.taking import in_thread, next_of, take_all
from services.kit.file_refusals import lost
from services.kit.refusal import Malformed, Unsupported
from services.kit.rpc import stream, upload, write
from services.kit.tx import Tx
from services.kit.view import Feed
from services.law.moment import put_moment
from services.law.procedures.shared import local, not_in_future
from services.law.rule import Unlawful

TAKEN = frozenset({
    "image/jpeg", "image/png", "image/webp", "image/heic", "image/tiff",
    "audio/mpeg", "audio/mp4", "audio/wav", "audio/amr", "audio/aac", "audio/ogg", "audio/flac",
    "video/mp4", "video/quicktime", "video/webm", "video/mpeg", "video/x-msvideo", "video/x-matroska", "video/3gpp",
    "application/pdf", "application/ofd", "application/zip", "text/plain", "text/csv", "application/msword",
    "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
})  # fmt: skip


@upload
async def upload_file(messages: AsyncIterator[pb.UploadFileRequest], feed: Feed) -> pb.UploadFileResponse:
    """Take a file of a case or an inspection, from where an earlier call stopped (APL 47)."""
    files = feed.files
    first = await next_of(messages, files.limits.silence)
    if first is None or not first.HasField("upload") or first.chunk:
        said = "the first message says what is handed in, and no more", "第一条消息应当且仅当载明所交文件"
        raise Malformed({"upload": said})
    asked = first.upload
    file = await feed.do(partial(_begin, asked))
    # What is on record and lost is taken again.
    if file is None or await in_thread(files.held.size, asked.sha256) != asked.size:
        with files.taking(key_of(feed.caller, asked), asked.size, first.offset) as part:
            await take_all(part, messages, files.limits.silence)
            await in_thread(part.finish, asked.sha256)
            file = await feed.do(partial(_store, asked))
            await in_thread(part.make_sure, asked.sha256)
            part.drop()
    return pb.UploadFileResponse(file=file)


def _begin(asked: pb.Upload, tx: Tx) -> pb.File | None:
    """Whether the file may be handed in; it itself, where it was. Raises Missing, Unlawful, Malformed, Unsupported."""
    home = home_of(asked, tx)
    may_hand_in(tx.caller, home)
    if asked.media_type not in TAKEN:
        raise Unsupported(
            "MEDIA_TYPE_NOT_TAKEN",
            f"files of the type {asked.media_type} are not taken; those are: {', '.join(sorted(TAKEN))}",
            f"不接收{asked.media_type}类型的文件",
            media_type=asked.media_type,
        )
    taken = legible(asked, "take_time", "upload.take_time")
    if taken > tx.now:
        raise Unlawful([not_in_future.broken()], {"at": local(taken)}, home.record.sector)
    check_recording(asked, home, tx)
    return _kept(asked, tx)


def _kept(asked: pb.Upload, tx: Tx) -> pb.File | None:
    row = tx.find(StoredFile, file_id_of(named(asked), asked.sha256, asked.records))
    return pb.File.FromString(row.record) if row is not None and not row.destroyed else None


def _store(asked: pb.Upload, tx: Tx) -> pb.File:
    """Write down that the bytes are held, with who, certificate, when and where. What was allowed at first is asked again."""
    if (kept := _begin(asked, tx)) is not None:
        return kept
    home = home_of(asked, tx)
    file = pb.File(
        file_id=file_id_of(home.id, asked.sha256, asked.records),
        case_id=asked.case_id,
        inspection_id=asked.inspection_id,
        sha256=asked.sha256,
        size=asked.size,
        media_type=asked.media_type,
        title=asked.title,
        records=asked.records,
        record_id=asked.record_id,
        uploader=tx.caller.subject,
        certificate_number=certificate_of(tx, tx.caller.subject, tx.now),
        area_code=asked.area_code or home.area_code,
        take_time=asked.take_time,
    )
    put_moment(file.store_time, tx.now)
    if (row := tx.find(StoredFile, file.file_id)) is None:
        tx.add(
            StoredFile.new(
                file_id=file.file_id,
                case_id=home.id,
                sha256=file.sha256,
                size=file.size,
                store_time=tx.now,
                record=file.SerializeToString(deterministic=True),
            )
        )
    else:
        keep(row, file)
    tell_stored(tx, home, file)
    return file


@stream
async def download_file(
    request: pb.DownloadFileRequest, feed: Feed
) -> AsyncIterator[pb.DownloadFileResponse]:
    """Give a file, or a part of it, and keep who was given it."""
    file: pb.File = await feed.do(partial(_read, request))
    length = min(request.length or file.size, file.size - request.offset)
    if length < 0:
        raise Malformed({"offset": (f"lies behind the end at {file.size}", f"超出文件长度{file.size}")})
    if await in_thread(feed.files.held.size, file.sha256) is None:
        raise lost()
    yield pb.DownloadFileResponse(file=file)
    chunks = feed.files.read(file.sha256, request.offset, length)
    while (chunk := await in_thread(next, chunks, None)) is not None:
        yield pb.DownloadFileResponse(chunk=chunk)


def _read(request: pb.DownloadFileRequest, tx: Tx) -> pb.File:
    record_id = named(request)
    file = file_of(tx.find(StoredFile, request.file_id), record_id, request.file_id)
    read = events.FileRead(case_id=file.case_id, inspection_id=file.inspection_id, file=file)
    tx.emit(read, subject=record_id)
    return file


@write(loads=(StoredFile, "file_id"))
def destroy_file(request: pb.DestroyFileRequest, tx: Tx) -> pb.DestroyFileResponse:
    """Give up a file whose retention is over, under an approval (GBF-2018-118:9). Its bytes go when no record needs them."""
    row = tx.find(StoredFile, request.file_id)
    file = file_of(row, named(request), request.file_id)
    home = home_of(file, tx)
    check_retention(file, home.record, tx)
    put_moment(file.destroy_time, tx.now)
    keep(row, file)
    home.acts.write(tx, home.record, home.destroyed(file=file, cause=request.cause))
    return pb.DestroyFileResponse(file=file)
