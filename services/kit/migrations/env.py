"""Alembic's environment for every service: connection, metadata and place of the revisions are handed in."""

from alembic import context

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=config.attributes["metadata"],
    render_as_batch=True,
    compare_type=True,
    render_item=config.attributes.get("render_item"),
)
with context.begin_transaction():
    context.run_migrations()
