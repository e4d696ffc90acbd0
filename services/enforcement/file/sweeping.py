"""Forgets bytes that nobody needs: uploads that were given up, files that no record names or that were destroyed."""

import asyncio
import logging

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from services.enforcement.file.model import StoredFile
from services.kit.refusal import Busy, Full
from services.kit.service import Running
from services.kit.tx import Tx

log = logging.getLogger(__name__)
PAUSE = 3600.0


async def sweep_files(running: Running) -> None:
    """Keep sweeping."""
    while True:
        try:
            await sweep(running)
        except (Busy, Full, DBAPIError, OSError) as problem:
            log.warning("%s: files wait to be swept: %s", running.title, problem)
        await asyncio.sleep(PAUSE)


async def sweep(running: Running) -> int:
    """Sweep once; how many files went."""
    files = running.around.files
    gone = await asyncio.to_thread(files.sweep_incoming)
    for sha256 in await asyncio.to_thread(
        lambda: [name for name in files.held.names() if files.forgotten(name)]
    ):
        # In the transaction no record can come to name it meanwhile.
        gone += await running.do(lambda tx, name=sha256: _forget(tx, name))  # type: ignore[misc]
    return gone


def _forget(tx: Tx, sha256: bytes) -> bool:
    """Forget a file unless a record needs it, or it came again meanwhile, and its record may be on the way."""
    files = tx.batch.around.files
    needed = select(StoredFile).where(StoredFile.sha256 == sha256, StoredFile.destroyed.is_(False))
    if tx.query(needed.limit(1)) or not files.forgotten(sha256):
        return False
    files.held.forget(sha256)
    return True
