"""Databases, streams and proofs that were tampered with: each change is found, and named."""

import asyncio
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.attack.attack import Attack, Scene
from tests.tamper.material import collect, history, sign_all
from tests.tamper.trying import kinds, tries

FOUND = "found"
EACH = 1


async def tampered(scene: Scene) -> str:
    """Each kind of change to copies of what the city keeps."""
    await history(scene.city)
    await sign_all(scene.city)
    with TemporaryDirectory() as folder:
        material = await collect(scene.city, Path(folder))

        def look() -> list[str]:
            for tried in tries(scene.city, material, EACH * len(kinds()), seed=3):
                unseen = tried.unseen
            return unseen

        unseen = await asyncio.to_thread(look)
    return FOUND if not unseen else f"not found: {unseen[:3]}"


PROOFS = (
    Attack(
        "journals, streams and proofs altered",
        "tamper",
        f"{len(kinds())} kinds of change, each {EACH} times",
        (FOUND,),
        partial(tampered),
        None,
        True,
    ),
)
