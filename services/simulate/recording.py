"""Recordings of acts, handed in as files: some bytes of their own."""

import tempfile
from pathlib import Path

from yifa.enforcement.v1 import file_pb2 as pb

from services.given import file
from services.given.measure import stamp
from services.given.people import officer
from services.simulate.scene import Scene


async def hand_in(s: Scene, case_id: str, records: str, record_id: str, by: str) -> pb.File:
    """The recording of an act, by an officer of its case. Raises AioRpcError."""
    return await _file(s, case_id, by, title="全过程音像记录", records=records, record_id=record_id)


async def hand_in_proof(s: Scene, case_id: str, title: str, by: str) -> pb.File:
    """A film of its case that is the recording of no act, as what shows how a service went. Raises AioRpcError."""
    return await _file(s, case_id, by, title=title)


async def _file(s: Scene, case_id: str, by: str, **said: str) -> pb.File:
    callers, node = s.town.callers, s.bureau.node
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "recording.mp4"
        path.write_bytes(f"{case_id} {said} {s.number}".encode() * 8)
        upload = file.upload_of(
            case_id,
            path,
            stamp(s.now),
            media_type="video/mp4",
            **said,
        )
        return await file.hand_in(
            callers.enforcement(node), lambda: callers.as_(node, *officer(by)), upload, path
        )
