"""The base of the registry's tables."""

from sqlalchemy.orm import registry

from services.kit.store import Row as KitRow


class Row(KitRow, registry=registry()):
    """The base of this service's tables."""
