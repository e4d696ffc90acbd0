"""The statutory clocks of cases."""

from services.enforcement.row import Row
from services.kit.clocks import ClockRow, due_index


class Clock(Row, ClockRow, table=True):
    """A statutory clock of a case."""

    __table_args__ = due_index()
