"""Recordings of acts, handed in as files: some bytes of their own."""

import tempfile
from pathlib import Path

from services.given import file
from services.given.measure import stamp
from services.given.people import officer
from services.simulate.scene import Scene


async def hand_in(s: Scene, case_id: str, records: str, record_id: str, by: str) -> None:
    """The recording of an act, by an officer of its case. Raises AioRpcError."""
    callers, node = s.town.callers, s.bureau.node
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "recording.mp4"
        path.write_bytes(f"{case_id} {records} {s.number}".encode() * 8)
        upload = file.upload_of(
            case_id,
            path,
            stamp(s.now),
            media_type="video/mp4",
            title="全过程音像记录",
            records=records,
            record_id=record_id,
        )
        await file.hand_in(callers.enforcement(node), lambda: callers.as_(node, *officer(by)), upload, path)
