"""The clocks of all cases."""

from services.kit.clocks import ClockRow, due_index
from services.supervision.row import Row


class Clock(Row, ClockRow, table=True):
    """The clocks of all cases, run here independently of the departments' own."""

    __table_args__ = due_index()
