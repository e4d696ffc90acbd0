"""An event that its sender may not send."""


class Foreign(Exception):
    """An event speaks of a record whose home is another node. It is parked, where people see it."""
