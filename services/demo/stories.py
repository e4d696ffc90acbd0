"""The stories of the demonstration, and the acts that they come to on the calendar."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from services.demo import cast, outside
from services.demo.acts import ACTS, Flags
from services.demo.folder import Desk, Folder
from services.demo.officehours import later, on
from services.demo.violations import CITIZEN, ORGANISATION, SOLE_TRADER, Choice, choices
from services.law.calendar import SHANGHAI

FILE = Path(__file__).with_name("stories.toml")
OUTSIDE, CITY_ACTS = "outside", ("accept", "object")
STEP = re.compile(r"(?P<act>[a-z-]+)(\+(?P<days>\d+))?(:(?P<flags>[a-z,-]+))?(\?(?P<refused>[A-Z_]+))?")

# How high the fine of a story is, in yuan, by who is fined: at least, and less than.
SIZES: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "minor": {ORGANISATION: (500, 50_000), SOLE_TRADER: (500, 5_000), CITIZEN: (50, 5_000)},
    "major": {ORGANISATION: (100_000, 10**7), SOLE_TRADER: (10_000, 10**7), CITIZEN: (10_000, 10**7)},
    "grave": dict.fromkeys((ORGANISATION, SOLE_TRADER, CITIZEN), (100_000, 10**7)),
    "any": {ORGANISATION: (500, 10**7), SOLE_TRADER: (500, 10**7), CITIZEN: (50, 10**7)},
    "shown": {ORGANISATION: (500, 50_000), SOLE_TRADER: (500, 5_000), CITIZEN: (0, 0)},
    "spot": {ORGANISATION: (50, 3_001), SOLE_TRADER: (50, 201), CITIZEN: (20, 201)},
    "warning": {ORGANISATION: (0, 1), SOLE_TRADER: (0, 1), CITIZEN: (0, 1)},
}
# Officers who stand on cases: those certified at the first exam, and the one who passed the second.
READY = (1, 2, 3, 4, 5, 6, 9)


@dataclass(frozen=True)
class Step:
    """One act of a story: so many working days after the one before; `refused` names the refusal it meets."""

    act: str
    days: int
    flags: Flags
    refused: str


@dataclass(frozen=True)
class Story:
    """How some cases go."""

    name: str
    count: int
    ago: tuple[int, int]
    size: str
    steps: tuple[Step, ...]
    node: str = ""
    officers: tuple[int, ...] = ()


@dataclass(order=True)
class Planned:
    """One act at its time."""

    at: datetime
    number: int
    step: Step = field(compare=False)
    folder: Folder = field(compare=False)


def stories() -> list[Story]:
    """Every story. Raises ValueError for one with a step that nobody can do."""
    return [_story(dict(entry)) for entry in tomllib.loads(FILE.read_text("utf-8"))["story"]]


def _story(entry: dict[str, object]) -> Story:
    steps = tuple(step(word) for word in str(entry.pop("steps")).split())
    lists = {name: tuple(value) for name, value in entry.items() if isinstance(value, list)}
    return Story(steps=steps, **(entry | lists))  # type: ignore[arg-type]


def step(word: str) -> Step:
    """A step from its word, as `evidence+14:not-shown?CERTIFICATE_NOT_SHOWN`. Raises ValueError."""
    match = STEP.fullmatch(word)
    if match is None or match["act"] not in (*ACTS, OUTSIDE, *CITY_ACTS):
        raise ValueError(f"{word!r} is no step of a story")
    flags = frozenset(match["flags"].split(",")) if match["flags"] else frozenset()
    return Step(match["act"], int(match["days"] or 0), flags, match["refused"] or "")


def plan(desks: Sequence[Desk], told: Sequence[Story], now: datetime, rng: Random) -> list[Planned]:
    """Every act of every case until now, in the order of time."""
    acts: list[Planned] = []
    turn = 0
    for story in told:
        for _ in range(story.count):
            at_home = [d for d in desks if story.node in ("", d.node)]
            desk = at_home[turn % len(at_home)]
            turn += 1
            folder = open_folder(desk, story, now, rng)
            folder.other = next((d for d in desks if d is not desk), None)
            acts.extend(schedule(folder, story, now, len(acts)))
    return sorted(acts)


def open_folder(desk: Desk, story: Story, now: datetime, rng: Random) -> Folder:
    """A new case of a story, with what it is about, whom, and who handles it."""
    low, high = story.ago
    first = (now.astimezone(SHANGHAI) - timedelta(days=rng.randint(low, high))).date()
    on_paper = bool(story.steps) and story.steps[0].act == OUTSIDE
    choice = rng.choice(fitting(desk.node, story.size, outside.begun(first) if on_paper else first))
    party = cast.party(rng, choice.party)
    numbers = story.officers or rng.sample(READY, 2)
    officers = tuple(desk.officers[n] for n in numbers)
    return Folder(desk, choice, party, officers, Random(rng.random()), on(rng, first), story.name)


@cache
def fitting(node: str, size: str, begun: date) -> tuple[Choice, ...]:
    """What a case of a size that begins on a day can be about at a node."""
    limits = SIZES[size]
    found = tuple(
        c
        for c in choices(node, spot=size in ("spot", "warning"))
        if c.violation.open_on(begun) and limits[c.party][0] <= c.fine < limits[c.party][1]
    )
    if not found:
        raise ValueError(f"{node} has no violation for a {size} case")
    return found


def schedule(folder: Folder, story: Story, now: datetime, number: int) -> Iterator[Planned]:
    """The acts of a case that lie before now."""
    at = folder.at
    for n, one in enumerate(story.steps):
        if n:
            at = later(folder.rng, at, one.days)
        if at >= now:
            return
        yield Planned(at, number + n, one, folder)
