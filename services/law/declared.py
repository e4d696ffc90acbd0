"""What of the vocabulary of clocks nobody drives, each with the reason: names that nothing announces, clocks that do not run."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DECLARED = Path(__file__).with_suffix(".toml")
SECTIONS = ("names", "clocks")


@dataclass(frozen=True)
class Group:
    """Names, or clocks, that are declared for one reason."""

    title: str
    ids: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Declared:
    """Names that clocks wait for and nothing announces yet, and clocks whose events are announced and that still do not run."""

    names: tuple[Group, ...] = ()
    clocks: tuple[Group, ...] = ()


@cache
def declared() -> Declared:
    """What is declared. Raises ValueError for an entry without a reason."""
    return read_declared(DECLARED)


@cache
def held_otherwise() -> frozenset[str]:
    """The clocks that are declared not to run."""
    return frozenset(clock_id for group in declared().clocks for clock_id in group.ids)


def read_declared(path: Path) -> Declared:
    """The groups of a file. Raises ValueError as `file: group: reason`."""
    tables = tomllib.loads(path.read_text("utf-8"))
    if unknown := tables.keys() - set(SECTIONS):
        raise ValueError(f"{path.name}: {min(unknown)}: a group stands under {' or '.join(SECTIONS)}")
    return Declared(**{section: _groups(path, section, tables.get(section, {})) for section in SECTIONS})


def _groups(path: Path, section: str, entries: dict[str, dict[str, str]]) -> tuple[Group, ...]:
    found = []
    for title, entry in entries.items():
        try:
            group = Group(title, tuple(entry.pop("ids")), **entry)
        except (KeyError, TypeError) as wrong:
            raise ValueError(f"{path.name}: {section}.{title}: {wrong}") from wrong
        if not group.ids or not group.zh or not group.en:
            raise ValueError(
                f"{path.name}: {section}.{title}: ids, and why in Chinese and English, are needed"
            )
        found.append(group)
    return tuple(found)
