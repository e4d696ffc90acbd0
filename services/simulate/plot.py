"""Plots: how a breach of each early warning is brought about, and what is near it and lawful. One function tells both."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache

from services.simulate.scene import Scene

Tell = Callable[[Scene], Awaitable[None]]


@dataclass(frozen=True)
class Plot:
    """A history of one breach: the warning that it breaks, and how many days it takes until it is found. `since` is the first day
    of the year on which it may begin; `alone`: it is about a whole department, which has no other plot of the kind.
    """

    kind: str
    name: str
    says: str
    lasts: int
    tell: Tell
    since: int = 0
    alone: bool = False


DECLARED: dict[str, Plot] = {}


def plot(kind: str, lasts: int, *, since: int = 0, alone: bool = False) -> Callable[[Tell], Tell]:
    """Declare a plot. Raises ValueError for a name that is taken."""

    def declare(tell: Tell) -> Tell:
        name = tell.__name__
        if name in DECLARED:
            raise ValueError(f"{name} is declared twice")
        DECLARED[name] = Plot(kind, name, (tell.__doc__ or "").strip(), lasts, tell, since, alone)
        return tell

    return declare


@cache
def plots() -> tuple[Plot, ...]:
    """Every plot, by warning and name."""
    from services.simulate import kinds

    for module in pkgutil.iter_modules(kinds.__path__):
        importlib.import_module(f"{kinds.__name__}.{module.name}")
    return tuple(sorted(DECLARED.values(), key=lambda p: (p.kind, p.name)))
