"""A department went on before the city had said what it kept: it is asked until it answers, and what went lost is named.

Acts were done since, maybe under numbers that the lost ones had: nothing of those can be put into the journal any more. Each
stands among the parked events with all that it says, until somebody has seen to it; the city has it, and its own finding about
the two histories.
"""

import asyncio
import logging
from functools import partial
from typing import TYPE_CHECKING

from services.kit.backup.broken_off import unasked, was_answered
from services.kit.bus import BusError
from services.kit.catching_up.city import kept_beyond
from services.kit.catching_up.run import good
from services.kit.connection import Connection
from services.kit.journal import Envelope
from services.kit.parked import NAMED, park
from services.kit.refusal import Busy, Full
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.member import Member

log = logging.getLogger(__name__)
LOOK = 5.0
LOST = (
    f"{NAMED}后，市级未答复时已继续办理：本条仅市级留存，未能取回，其编号、文书号可能已被再次使用。请核对、补录后放弃本条；"
    "the city alone kept this: the node was restored and went on before the city answered. Its number, and those of its papers, "
    "may have been given again: see to it, enter it anew where that is due, then discard this"
)


async def ask_later(running: "Member", nc: Connection) -> None:
    """Ask until the city answers, then name what it kept and the journal has not. Begun again after a crash it names the same."""
    while (mark := unasked(running.settings, running.name)) is not None:
        try:
            given = await kept_beyond(running, nc, mark["seq"], 0.0)
        except BusError:
            await asyncio.sleep(LOOK)
            continue
        head = running.head()[0]
        lost = [e for e in given if good(running, e, head) and not running.has(e)]
        if lost:
            log.critical(
                "%s: the city kept %d entries that are not in the journal: %s",
                running.title, len(lost), ", ".join(str(e.seq) for e in lost[:20]),
            )  # fmt: skip
        try:
            await running.do(partial(name_all, running, lost))
        except (Busy, Full) as problem:
            log.warning("%s: what the city kept is not named yet: %s", running.title, problem)
            await asyncio.sleep(LOOK)
            continue
        was_answered(running.settings, running.name)


def name_all(running: "Member", lost: list[Envelope], tx: Tx) -> None:
    for e in lost:
        park(tx, running.kit, e, LOST, 0)
