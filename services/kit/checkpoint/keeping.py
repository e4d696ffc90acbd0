"""The task of every service that signs its journal, and, where it is its node's witness, countersigns those of others."""

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from services.kit.checkpoint.making import Rewritten, found_rewritten, make_checkpoint
from services.kit.checkpoint.witness import countersign, judge_all
from services.kit.refusal import Busy, Full
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running

log = logging.getLogger(__name__)
SECONDS = 1800.0
"""Between two checkpoints of a journal in which something happened."""
LOOK = 5.0


def witnesses(running: "Running") -> bool:
    """Whether a service is the witness of its node: one of its services is, and it is told of the checkpoints of all."""
    return running.service.witness == running.around.kind


async def keep_checkpoints(running: "Running") -> None:
    """For ever. `seconds` in the section `checkpoint` of the settings; with 0 only who asks gets any."""
    seconds = float(running.settings.section("checkpoint").get("seconds", SECONDS))
    if not seconds:
        return
    due = time.monotonic() + seconds
    while True:
        await asyncio.sleep(min(LOOK, seconds))
        try:
            if time.monotonic() >= due:
                due = time.monotonic() + seconds
                await sign_own(running)
            if witnesses(running):
                await witness(running)
        except (Busy, Full, DBAPIError) as problem:
            log.warning("%s: checkpoints wait: %s", running.title, problem)


async def sign_own(running: "Running") -> None:
    """Sign the service's own journal; one that was changed under it is not signed, and is a finding."""
    try:
        while await make_checkpoint(running):
            pass
    except Rewritten as wrong:
        log.critical("%s: the journal is not signed: %s", running.title, wrong)
        why = str(wrong)
        if (on_broken := running.service.on_broken) is not None:

            def tell(tx: Tx) -> None:
                tx.cause = "chain"
                on_broken(tx, found_rewritten(running, why))

            await running.do(tell)


async def witness(running: "Running") -> None:
    """Judge the checkpoints that came, and countersign the good ones."""
    await judge_all(running)
    await countersign(running)
