"""The base of this service's tables."""

from sqlalchemy.orm import registry

from services.kit import store


class Row(store.Row, registry=registry()):
    """Base of this service's tables: its own metadata, so that no other service's tables land here."""

    __abstract__ = True
