"""A large file handed in and given out by a department's process, against a plain copy on the same disk."""

import asyncio
import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import enforcement_service_pb2_grpc as rpc
from yifa.enforcement.v1 import file_pb2 as pb

from services.given.file import hand_in, upload_of
from services.kit.dial import Target, channel
from tests.bench.processes import Process, Processes
from tests.bench.seed import seed
from tests.cable import free_port

BLOCK = 8 * 1024 * 1024


@dataclass(frozen=True)
class Handed:
    """MiB a second: of copies with their fsync, before and after; of the upload and of the download. What the upload and the
    download took of the service's memory, at most, in MiB.
    """

    copies: list[float]
    upload: float
    download: float
    memory: float


def hand_in_a_film(folder: Path, size: int, processes: Processes) -> Handed:
    """Make a file of so many bytes, copy it, hand it in, fetch it."""
    place = folder / "files"
    place.mkdir()
    port = free_port()
    seeded = asyncio.run(seed(place, 8, grpc={"listen": f"127.0.0.1:{port}"}))
    film = made(place / "film.mp4", size)
    copies = [copy(film, place / "copy.mp4")]
    service = processes.start("files", "services.enforcement", str(seeded.settings), port=port).wait()
    rest = memory(service, "VmHWM")
    up, down = asyncio.run(carry(f"127.0.0.1:{port}", seeded.token(0), seeded.cases[0][0], film))
    grown = memory(service, "VmHWM") - rest
    processes.end(service)
    copies.append(copy(film, place / "copy.mp4"))
    shutil.rmtree(place)
    mib = size / 2**20
    return Handed([mib / seconds for seconds in copies], mib / up, mib / down, grown)


def made(path: Path, size: int) -> Path:
    """Bytes that no disk makes smaller."""
    with path.open("wb") as file:
        for at in range(0, size, BLOCK):
            file.write(os.urandom(min(BLOCK, size - at)))
        os.fsync(file.fileno())
    return path


def copy(source: Path, target: Path) -> float:
    """The seconds that a copy takes until it is on the disk."""
    began = time.perf_counter()
    with source.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, BLOCK)
        written.flush()
        os.fsync(written.fileno())
    took = time.perf_counter() - began
    target.unlink()
    return took


async def carry(target: str, token: str, case_id: str, film: Path) -> tuple[float, float]:
    metadata: Any = (("authorization", f"Bearer {token}"),)
    options = [("grpc.max_receive_message_length", BLOCK)]
    async with channel(Target(target), options) as there:
        stub = rpc.EnforcementServiceStub(there)
        taken = Timestamp()
        taken.GetCurrentTime()
        upload = upload_of(case_id, film, taken, media_type="video/mp4")
        began = time.perf_counter()
        file = await hand_in(stub, lambda: metadata, upload, film)
        handed = time.perf_counter()
        asked = pb.DownloadFileRequest(case_id=case_id, file_id=file.file_id)
        got = 0
        async for part in stub.DownloadFile(asked, metadata=metadata):
            got += len(part.chunk)
        assert got == upload.size, got
        return handed - began, time.perf_counter() - handed


def memory(process: Process, what: str) -> float:
    """A figure of a process's memory, in MiB."""
    lines = Path(f"/proc/{process.popen.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(what)) / 1024
