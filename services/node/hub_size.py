"""How large the hub's streams are: on file for whoever asks how the city stands, and in the log before the limit is reached."""

import json
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prometheus_client import Gauge

from services.kit.limits import Limits
from services.kit.settings import Settings

log = logging.getLogger(__name__)
EVERY = 10.0
SIZE = Gauge("yifa_hub_bytes", "how large the streams of the hub are")
MOST = Gauge("yifa_hub_limit_bytes", "how large they may become")
AT_LIMIT = (
    "达到上限或者磁盘写满后，中枢不再接收，事件留在各节点等待，不会丢失；提高 [limits] store_bytes 与 max_file_store 后继续。",
    "At the limit, or when its disk is full, the hub takes no more: events wait at the nodes and none is lost; raise [limits] "
    "store_bytes and max_file_store, and they go on.",
)


def state_file(settings_folder: Path) -> Path:
    return settings_folder / "hub-state.json"


def measuring(settings: Settings) -> Callable[[int], None]:
    """What the keeper is to be given: it puts on file what it is told, every so many seconds."""
    limits, file = Limits.of(settings), state_file(settings.path.parent)
    last, warned = 0.0, False

    def measured(size: int) -> None:
        nonlocal last, warned
        if time.monotonic() - last < EVERY:
            return
        last = time.monotonic()
        disk = shutil.disk_usage(file.parent)
        told = {
            "bytes": size,
            "limit_bytes": limits.store_bytes,
            "disk_free": disk.free,
            "disk_total": disk.total,
        }
        low = 100 * disk.free < limits.disk_low * disk.total
        told["nearly_full"] = low or 100 * size >= limits.nearly * limits.store_bytes
        SIZE.set(size)
        MOST.set(limits.store_bytes)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(told))
        beside.replace(file)
        if told["nearly_full"] and not warned:
            log.error(
                "hub: %d of %d bytes, %d free on the disk. %s",
                size,
                limits.store_bytes,
                disk.free,
                AT_LIMIT[1],
            )
        warned = bool(told["nearly_full"])

    return measured


def read(settings_folder: Path) -> dict[str, Any] | None:
    """What is on file of the hub; None where there is nothing."""
    try:
        told: dict[str, Any] = json.loads(state_file(settings_folder).read_text())
    except (OSError, ValueError):
        return None
    return told
