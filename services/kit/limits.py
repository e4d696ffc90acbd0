"""How far what grows at a node may grow, and from when on it is told: `[limits]` of its settings (docs/operations.md)."""

from dataclasses import dataclass

from services.kit.settings import BadSettings, Settings

GIB = 1024**3


@dataclass(frozen=True)
class Limits:
    """`replies` and `reply_days`: so many answers to requests are kept, and so long, for a request that is repeated.
    `parked`: so many events of one sender are kept of those that no reaction took.
    `stream_bytes`: the node's own stream. `store_bytes`: all of a hub's streams. `disk_low` and `disk_critical`: per cent of a
    disk that are free when it is a warning, and a fault. `nearly`: per cent of a limit from which on it is a warning.
    """

    replies: int = 2_000_000
    reply_days: int = 90
    parked: int = 10_000
    stream_bytes: int = 64 * GIB
    store_bytes: int = 100 * GIB
    disk_low: int = 10
    disk_critical: int = 3
    nearly: int = 80

    @staticmethod
    def of(settings: Settings) -> "Limits":
        """What the settings say. Raises BadSettings for what is no limit."""
        section = dict(settings.section("limits"))
        if unknown := section.keys() - Limits.__dataclass_fields__.keys():
            raise BadSettings(f"{settings.path}: [limits] {min(unknown)} is no setting")
        if wrong := [key for key, value in section.items() if type(value) is not int or value < 1]:
            raise BadSettings(f"{settings.path}: [limits] {wrong[0]} is a whole number above nought")
        return Limits(**section)
