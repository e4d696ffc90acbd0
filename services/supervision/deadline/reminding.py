"""The terms of a record that end when it says so: who is concerned is told before one ends, and once it has."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kit.act import Acts, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.deadline.model import Clock


@dataclass(frozen=True)
class Reminding:
    """What handles the terms of one kind of record. `judge` looks at them, `reminded` is the event that tells of one."""

    act: Acts
    judge: Callable[..., None]
    reminded: Callable[..., Any]

    def fired(self, tx: Tx, stage: Fired) -> None:
        """A term draws to its end, or ended."""
        passed = stage.what == "passed"
        self._remind(tx, stage.row, passed=passed)
        if passed and stage.at > stage.row.due_time:
            self.judge(tx, stage.row.subject, again=True)

    def recounted(self, tx: Tx, row: Clock, _old_due_time: datetime) -> None:
        """A term was counted anew, by other holidays or corrected law: it goes by the record still."""
        self._remind(tx, row, passed=False)

    def _remind(self, tx: Tx, row: Clock, *, passed: bool) -> None:
        record = self.act.open(tx, row.subject)
        show_deadlines(record, [row])
        self.act.write(tx, record, self.reminded(deadline=deadline_proto(row), passed=passed))
