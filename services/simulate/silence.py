"""A department that falls silent while all others say something now and then: counted by the wall, so after the year is over."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from services.given.case import LAW, register_clue, violation
from services.simulate.bureau import Bureau
from services.simulate.handled import party_of
from services.simulate.scene import Book, Expected
from services.simulate.town import Town

# After how many seconds who says nothing is silent, how often the others speak, and how long the city is waited for.
SILENT, OFTEN, PATIENCE = 15, 3.0, 90.0


async def fall_silent(town: Town, gone: Bureau, everybody: Sequence[Bureau], book: Book) -> None:
    """The node of a department ends; all others go on, but for those whose node had ended before. Raises TimeoutError when
    nothing is found.
    """
    await town.stop_node(gone.node)
    silent = [bureau for bureau in everybody if bureau.node not in town.tasks]
    others = [bureau for bureau in everybody if bureau.node in town.tasks]
    await town.restart_city(silence=SILENT)
    now = town.now()
    for bureau in silent:
        book.expected.append(Expected("SILENT", bureau.node, "fell silent", now, bureau.node))
    book.near["SILENT"] = len(others)
    wanted = {bureau.node for bureau in silent}
    async with asyncio.timeout(PATIENCE):
        n = 0
        while not wanted <= await town.warned_of("SILENT"):
            n += 1
            await asyncio.gather(*(speak(bureau, town, n) for bureau in others))
            await asyncio.sleep(OFTEN)


async def speak(bureau: Bureau, town: Town, n: int) -> None:
    """A clue comes in."""
    number = 49_000_000 + 1_000 * int(bureau.node[2:]) + n
    acted = town.now() - timedelta(days=20)
    await register_clue(
        bureau.do, bureau.body_id, party=party_of(number), violation=violation(acted, law=LAW)
    )
