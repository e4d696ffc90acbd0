"""Whole lists, given out page by page."""

from collections.abc import Iterable, Sequence
from typing import Any

from services.kit.view import Feed

PAGE = 500


def pages(feed: Feed, statement: Any, keys: tuple[Any, ...]) -> Iterable[Sequence[Any]]:
    """All rows, page by page; nothing is held in between."""
    token = ""
    while True:
        rows, token = feed.page(statement, keys, PAGE, token)
        if rows:
            yield rows
        if not token:
            return
