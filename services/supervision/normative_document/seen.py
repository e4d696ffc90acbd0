"""Whose records a caller sees: a department's people their own, the city's all."""

from typing import Any

from services.kit.view import View


def own(view: View, table: Any) -> list[Any]:
    """The conditions of a list."""
    return [] if view.caller.node == view.city else [table.c.node == view.caller.node]


def sees(view: View, node: str) -> bool:
    return view.caller.node in (view.city, node)
