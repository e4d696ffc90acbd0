"""Filters in the address: read, checked, and carried on from page to page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from services.console.render import address
from services.console.show import ENUMS, Show, short_enum

PAGE = 50
COUNTED = 10_000
"""Nobody counts farther than this (services.supervision.counts)."""


class BadFilter(Exception):
    """A filter that cannot be meant."""

    def __init__(self, field: str):
        super().__init__(field)
        self.field = field


def text(request: Request, field: str, longest: int = 100) -> str:
    """The value without blanks around it. Raises BadFilter if it is too long."""
    value = request.query_params.get(field, "").strip()
    if len(value) > longest:
        raise BadFilter(field)
    return value


def flag(request: Request, field: str) -> bool:
    return request.query_params.get(field, "") not in ("", "0")


def number(request: Request, field: str) -> int:
    """A whole number of zero or more, 0 when absent. Raises BadFilter."""
    value = request.query_params.get(field, "").strip()
    if not value:
        return 0
    if not (value.isascii() and value.isdigit()) or len(value) > 19 or int(value) >= 2**63:
        raise BadFilter(field)
    return int(value)


def enum(request: Request, field: str, kind: str) -> Any:
    """The value of a short name as FILED, 0 when absent. Raises BadFilter."""
    name = request.query_params.get(field, "").strip()
    if not name:
        return 0
    kinds = ENUMS[kind]
    full = kinds.Name(0).removesuffix("UNSPECIFIED") + name
    try:
        return kinds.Value(full)
    except ValueError:
        raise BadFilter(field) from None


def choices(show: Show, kind: str, order: Iterable[int] | None = None) -> list[tuple[str, str]]:
    values = [v for v in ENUMS[kind].values() if v] if order is None else order
    return [(short_enum(kind, v), show.word(kind, v)) for v in values]


def departments(show: Show) -> list[tuple[str, str]]:
    return [(node, show.node(node)) for node in show.nodes]


@dataclass(frozen=True)
class Pages:
    """Where a list stands: what is shown of how many, and the way on."""

    first: int
    count: int
    total: int
    start: str
    next: str

    @property
    def last(self) -> int:
        return self.first + self.count - 1

    @property
    def of(self) -> str:
        """How many there are; where that was not counted to the end, at least how many."""
        return f"{self.total:,}" if self.total <= COUNTED else f"{max(COUNTED, self.last):,}+"


def pages(path: str, filters: Mapping[str, Any], seen: int, count: int, total: int, token: str) -> Pages:
    following = address(path, **filters, seen=seen + count, token=token) if token else ""
    # Records that came meanwhile may make the total smaller than what was already leafed through.
    return Pages(seen + 1, count, max(total, seen + count), address(path, **filters), following)
