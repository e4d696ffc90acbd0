"""The templates of papers: files of a folder, those of the city's own folder before those that are shipped."""

import json
import logging
import re
from hashlib import sha256
from pathlib import Path

from services.law.paper import PAPERS

SHIPPED = Path(__file__).parent / "templates"
SHARED = ("paper.typ", "measure.typ", "enforcement.typ", "inspection.typ")
"""What templates include."""
INCLUDED = re.compile(r'#import "(\w+\.typ)"')
log = logging.getLogger(__name__)


def templates(own: Path | None) -> dict[str, bytes]:
    """The template of every kind of paper, with what it includes, as JSON of texts by file name."""
    if own is not None:
        known = {*SHARED, *(f"{kind}.typ" for kind in PAPERS)}
        for file in sorted(own.glob("*.typ")):
            if file.name not in known:
                log.warning("%s is no template of a paper and is not used", file)
    return {kind: _packed(_files(own, kind)) for kind in PAPERS}


def replaced(own: Path | None) -> set[str]:
    """The kinds of papers that a city's own folder sets in another way."""
    if own is None:
        return set()
    return {kind for kind in PAPERS if any((own / name).exists() for name in _files(own, kind))}


def hash_of(files: bytes) -> str:
    return sha256(files).hexdigest()


def _files(own: Path | None, kind: str) -> dict[str, str]:
    """The template of a kind and what it includes, and that includes, by file name."""
    found: dict[str, str] = {}
    wanted = [f"{kind}.typ"]
    while wanted:
        name = wanted.pop()
        if name in found or (found and name not in SHARED):
            continue
        found[name] = _text(own, name)
        wanted += INCLUDED.findall(found[name])
    return found


def _text(own: Path | None, name: str) -> str:
    mine = own / name if own is not None else SHIPPED / name
    return (mine if mine.exists() else SHIPPED / name).read_text("utf-8")


def _packed(files: dict[str, str]) -> bytes:
    return json.dumps(files, ensure_ascii=False, sort_keys=True).encode()
