"""Statutory clocks of records: started and stopped by events, fired as they fall due.

A service that keeps clocks has one row type, `class Clock(Row, ClockRow, table=True)` with `due_index()` among its table
arguments. State is in the table alone, so firing survives restarts and catches up after downtime; a clock fires each
stage once. A clock may be extended, and time excluded from it, by acts of the service; when a year is proclaimed the kit
counts every clock anew and shows the service those that changed.
"""

from services.kit.clocks.change import (
    arrange,
    exclude,
    extend,
    next_extension,
    recounted,
    resume,
    settle,
)
from services.kit.clocks.count import clock_held, clock_of, clock_on, term_end
from services.kit.clocks.recount import ClockKeeping, Corrected, Recounted
from services.kit.clocks.row import CLOCK, EXPIRED, MET, RUNNING, SUSPENDED, ClockRow, due_index
from services.kit.clocks.run import Fired, fire, observe, start
from services.kit.clocks.show import citation, deadline_proto, deadlines, mark_of, receipt
from services.law.clock import named_by

__all__ = [
    "CLOCK",
    "EXPIRED",
    "MET",
    "RUNNING",
    "SUSPENDED",
    "ClockKeeping",
    "ClockRow",
    "Corrected",
    "Fired",
    "Recounted",
    "arrange",
    "citation",
    "clock_held",
    "clock_of",
    "clock_on",
    "deadline_proto",
    "deadlines",
    "due_index",
    "exclude",
    "extend",
    "fire",
    "mark_of",
    "named_by",
    "next_extension",
    "observe",
    "receipt",
    "recounted",
    "resume",
    "settle",
    "start",
    "term_end",
]
