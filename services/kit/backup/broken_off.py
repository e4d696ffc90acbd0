"""Marks beside a node's databases: that a restore began and has not ended, that a database was put back from a copy, and that the
city was not heard before the node went on.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from services.kit.backup.manifest import BadCopy
from services.kit.backup.store import written
from services.kit.disk import make_folder, sync_folder
from services.kit.settings import Settings


def _begun(root: Path, node: str) -> Path:
    return root / node / "restoring"


def _restored(root: Path, node: str, service: str) -> Path:
    return root / node / f"{service}.restored"


@contextmanager
def beginning(root: Path, node: str, copy: str) -> Iterator[None]:
    """While a node is put back it does not start, also when that is broken off."""
    mark = _begun(root, node)
    make_folder(mark.parent)
    written(mark, copy.encode())
    sync_folder(mark.parent)
    yield
    mark.unlink()
    sync_folder(mark.parent)


def check_whole(settings: Settings) -> None:
    """Raises BadCopy for a node of which only a part was put back."""
    mark = _begun(settings.path.parent, settings.node)
    if mark.exists():
        copy = mark.read_text(errors="replace")
        raise BadCopy(
            f"{settings.node}：从备份 {copy} 恢复时中断，请再次运行 yifa restore；"
            f"a restore from copy {copy} was broken off, run yifa restore again"
        )


def restored(root: Path, node: str, service: str, seq: int, head: str, copy: str) -> None:
    """Remember that a database was put back, up to which entry, until the service has asked what others have beyond it."""
    mark = _restored(root, node, service)
    written(mark, json.dumps({"seq": seq, "head": head, "copy": copy}).encode())
    sync_folder(mark.parent)


def was_restored(settings: Settings, service: str) -> dict[str, Any] | None:
    """What is remembered of that, None where it was not or was seen to."""
    mark = _restored(settings.path.parent, settings.node, service)
    try:
        said: dict[str, Any] = json.loads(mark.read_bytes())
    except FileNotFoundError:
        return None
    return said


def seen_to(settings: Settings, service: str) -> None:
    _restored(settings.path.parent, settings.node, service).unlink(missing_ok=True)


def _unasked(settings: Settings, service: str) -> Path:
    return settings.path.parent / settings.node / f"{service}.unasked"


def put_off(settings: Settings, service: str, copy: str, seq: int) -> None:
    """Remember that the city did not say what it kept of the journal after an entry, until it does."""
    mark = _unasked(settings, service)
    written(mark, json.dumps({"copy": copy, "seq": seq}).encode())
    sync_folder(mark.parent)


def unasked(settings: Settings, service: str) -> dict[str, Any] | None:
    """What is remembered of that; None where nothing has to be asked."""
    try:
        said: dict[str, Any] = json.loads(_unasked(settings, service).read_bytes())
    except FileNotFoundError:
        return None
    return said


def was_answered(settings: Settings, service: str) -> None:
    _unasked(settings, service).unlink(missing_ok=True)
