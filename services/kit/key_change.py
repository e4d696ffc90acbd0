"""What a change of a node's key leaves behind it when it is cut off: by that it is told of, and gone on with."""

import time
from pathlib import Path

from services.kit.settings import Settings

LEFT = {"sign": "next/sign.key", "token": "token.new.key"}
"""The new key while it is not in the place of the old one, by the section of the settings that names the old one."""
PATIENCE = 10.0
"""Seconds that a change may take, and more than it does."""


def next_key(section: str, key: Path) -> Path:
    """Where the new key lies until it takes the place of the old one."""
    return key.parent / LEFT[section]


def half_changed(settings: Settings, section: str) -> bool:
    """Whether a change of a key of the node was begun, and nobody goes on with it."""
    if not isinstance(settings.section(section).get("key"), str):
        return False
    try:
        begun = next_key(section, settings.file(section, "key")).stat().st_mtime
    except OSError:
        return False
    return time.time() - begun > PATIENCE
