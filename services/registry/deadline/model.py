"""The statutory clocks that run for bodies and for certificates that were lost."""

from services.kit.clocks import ClockRow, due_index
from services.registry.row import Row


class Clock(Row, ClockRow, table=True):
    """A statutory clock of a body, or of a certificate that was lost."""

    __table_args__ = due_index()
