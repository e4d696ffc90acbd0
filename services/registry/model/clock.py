"""The statutory clocks that the registry keeps."""

from services.kit.clocks import ClockRow, due_index
from services.registry.model.base import Row


class Clock(Row, ClockRow, table=True):
    """A statutory clock of a body, or of a certificate that was lost."""

    __table_args__ = due_index()
