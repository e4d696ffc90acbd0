"""Recordings of the demonstration: a second of a sound, made here, so that it can be played and is of nobody."""

import asyncio
import math
import tempfile
import wave
from array import array
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from yifa.enforcement.v1 import file_pb2 as pb

from services.demo.folder import Folder, stamp
from services.given import file as given
from services.given.inspection import Visit
from services.node.callers import Callers

RATE, LOUD = 8_000, 8_000
# What is recorded, with the title of the recording; who hands it in: the post and its role, none for the officer of the case.
RECORDED: Mapping[str, tuple[int, str, tuple[str, str] | None]] = {
    "hearing": (pb.RECORDED_ACT_HEARING, "示例：听证会全程录音", ("clerk", "CLERK")),
    "enforcement": (pb.RECORDED_ACT_ENFORCEMENT, "示例：代履行现场执法记录仪录音", None),
    "measure": (pb.RECORDED_ACT_MEASURE, "示例：扣押现场执法记录仪录音", None),
}


OF: Mapping[str, Callable[[Folder], str]] = {
    "enforcement": lambda folder: folder.own.enforcement_id,
    "measure": lambda folder: folder.measure.measure_id,
}
"""What runs beside the case, by what is recorded there."""


async def hand_in(callers: Callers, folder: Folder, flags: frozenset[str]) -> None:
    """Hand the recording of an act in. Raises AioRpcError."""
    [what] = flags
    records, title, by = RECORDED[what]
    post, role = by or ("", "HANDLING_OFFICER")
    person = folder.desk.person(post) if by else folder.officers[0]
    node = folder.desk.node
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "recording.wav"
        await asyncio.to_thread(tone, path, 200 + int.from_bytes(folder.case_id.encode()) % 600)
        upload = given.upload_of(
            folder.case_id,
            path,
            stamp(folder.at - timedelta(minutes=30)),
            media_type="audio/wav",
            title=title,
            records=records,
            record_id=OF[what](folder) if what in OF else "",
        )
        stub = callers.enforcement(node)
        await given.hand_in(stub, lambda: callers.as_(node, person, role), upload, path)


async def hand_in_visit(callers: Callers, node: str, visit: Visit, at: datetime) -> None:
    """Hand the recording of a visit in. Raises AioRpcError."""
    with tempfile.TemporaryDirectory() as kept:
        path = Path(kept) / "recording.wav"
        await asyncio.to_thread(tone, path, 200 + int.from_bytes(visit.inspection_id.encode()) % 600)
        upload = given.upload_of(
            "",
            path,
            stamp(at),
            media_type="audio/wav",
            title="示例：现场检查执法记录仪录音",
            records=pb.RECORDED_ACT_INSPECTION,
            inspection_id=visit.inspection_id,
        )
        person, *roles = visit.who
        await given.hand_in(
            callers.enforcement(node), lambda: callers.as_(node, person, *roles), upload, path
        )


def tone(path: Path, hertz: int) -> None:
    """A second of a tone; another one for every case, so that no two files are alike."""
    samples = (round(LOUD * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(RATE))
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, RATE, RATE, "NONE", ""))
        file.writeframes(array("h", samples).tobytes())
