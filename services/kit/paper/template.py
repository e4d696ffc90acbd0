"""The templates of papers: files of a folder, those of the city's own folder before those that are shipped."""

import json
import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

COMMON = Path(__file__).parent / "templates"
"""What the papers of every service include: page and type."""
INCLUDED = re.compile(r'#import "(\w+\.typ)"')
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Shelf:
    """The templates of a service: its folder, the kinds of its papers, and the files that they include."""

    shipped: Path
    kinds: tuple[str, ...]
    shared: tuple[str, ...] = ("paper.typ",)

    def templates(self, own: Path | None) -> dict[str, bytes]:
        """The template of every kind of paper, with what it includes, as JSON of texts by file name."""
        return {kind: _packed(self.files(own, kind)) for kind in self.kinds}

    def replaced(self, own: Path | None) -> set[str]:
        """The kinds of papers that a city's own folder sets in another way."""
        if own is None:
            return set()
        return {kind for kind in self.kinds if any((own / name).exists() for name in self.files(own, kind))}

    def files(self, own: Path | None, kind: str) -> dict[str, str]:
        """The template of a kind and what it includes, and that includes, by file name."""
        found: dict[str, str] = {}
        wanted = [f"{kind}.typ"]
        while wanted:
            name = wanted.pop()
            if name in found or (found and name not in self.shared):
                continue
            found[name] = self._text(own, name)
            wanted += INCLUDED.findall(found[name])
        return found

    def _text(self, own: Path | None, name: str) -> str:
        folders = (own, self.shipped, COMMON) if own is not None else (self.shipped, COMMON)
        return next(folder / name for folder in folders if (folder / name).exists()).read_text("utf-8")


def tell_of_others(own: Path | None, known: Iterable[str]) -> None:
    """Name the files of a city's own folder that are no templates of any paper."""
    names = frozenset(known)
    for file in sorted(own.glob("*.typ")) if own is not None else ():
        if file.name not in names:
            log.warning("%s is no template of a paper and is not used", file)


def hash_of(files: bytes) -> str:
    return sha256(files).hexdigest()


def _packed(files: dict[str, str]) -> bytes:
    return json.dumps(files, ensure_ascii=False, sort_keys=True).encode()
