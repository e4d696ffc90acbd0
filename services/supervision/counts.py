"""How many rows match."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, literal, select

from services.kit.view import View

MOST = 10_000


def count(view: View, table: Any, wanted: Iterable[Any]) -> int:
    """How many rows match; of more than MOST, which nobody leafs through, MOST + 1."""
    some = select(literal(1)).select_from(table).where(*wanted).limit(MOST + 1).subquery()
    row = view.one(select(func.count()).select_from(some))
    return row[0] if row else 0
