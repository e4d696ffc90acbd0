"""Alembic's environment for every history: connection and history are handed in."""

from typing import Any

from alembic import context

config = context.config
history = config.attributes["history"]


def mine(thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """A history speaks of its own tables only."""
    return bool(history.mine(name if kind == "table" else thing.table.name))


context.configure(
    connection=config.attributes["connection"],
    target_metadata=history.metadata,
    version_table=history.versions,
    include_object=mine,
    render_as_batch=True,
    compare_type=True,
    render_item=config.attributes.get("render_item"),
)
with context.begin_transaction():
    context.run_migrations()
