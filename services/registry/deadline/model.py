"""The statutory clocks that run for bodies, for certificates that were lost, and for heads who are to be trained."""

from services.kit.clocks import ClockRow, due_index
from services.registry.row import Row


class Clock(Row, ClockRow, table=True):
    """A statutory clock of a body, of a certificate that was lost, or of a head."""

    __table_args__ = due_index()
