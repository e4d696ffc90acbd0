"""How many rows match."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, select

from services.kit.view import View


def count(view: View, table: Any, wanted: Iterable[Any]) -> int:
    """How many rows match."""
    row = view.one(select(func.count()).select_from(table).where(*wanted))
    return row[0] if row else 0
