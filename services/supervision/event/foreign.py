"""An event that its sender may not send."""

from services.kit.refusal import Rejected


class Foreign(Rejected):
    """An event speaks of a record whose home is another node. It is parked, where people see it."""
