"""Which departments a city has, in one file: one can come or go while everything runs, and the name of none is lost."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from services.kit.settings import BadSettings
from services.law.written import json_of


@dataclass(frozen=True)
class Entry:
    """One department: its id, its names, its place among the ports. One that is `gone` keeps all of them for good."""

    id: str
    title_zh: str
    title_en: str
    place: int
    gone: bool = False


def of(var: Path, departments: Sequence[tuple[str, str, str]]) -> list[Entry]:
    """The departments as the file has them; those given, where there is none yet. Raises BadSettings for one that is none."""
    file = var / "nodes.json"
    if not file.exists():
        return [Entry(id, zh, en, place) for place, (id, zh, en) in enumerate(departments)]
    try:
        return [Entry(**plain) for plain in json_of(file)]
    except (OSError, ValueError, TypeError) as wrong:
        raise BadSettings(f"{file}: {wrong}") from None


def write(var: Path, entries: Sequence[Entry]) -> None:
    put(var / "nodes.json", json.dumps([asdict(e) for e in entries], ensure_ascii=False, indent=1))


def put(file: Path, text: str) -> None:
    """Write a file that others read meanwhile: they see the old one or the new one, whole."""
    beside = file.with_name(file.name + ".new")
    beside.write_text(text, "utf-8")
    beside.replace(file)


def joined(entries: Sequence[Entry], id: str, title_zh: str, title_en: str) -> list[Entry]:
    """With one more department, after the ports of all that there ever were."""
    place = max((e.place for e in entries), default=-1) + 1
    return [*entries, Entry(id, title_zh, title_en, place)]


def left(entries: Sequence[Entry], id: str) -> list[Entry]:
    """With one of them gone."""
    return [replace(e, gone=True) if e.id == id else e for e in entries]
