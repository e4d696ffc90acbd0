"""The lawful rest of the year: what departments do all the time, in their own nodes and in systems of their own."""

from services.simulate.handled import Handled
from services.simulate.scene import Scene
from services.simulate.told import Told

LASTS = 70


async def handled(s: Scene) -> None:
    """A case in the department's own node, from the clue to its close."""
    case = Handled(s, s.rng.randrange(30_000, 45_000, 500))
    await case.upto("ServeDecision")
    await case.finish(leave=("FileMajorPenalty",))


async def told(s: Scene) -> None:
    """A case in a system of the department's own."""
    case = Told(s, s.rng.randrange(30_000, 45_000, 500))
    await case.way()


LAWFUL = (handled, told)
