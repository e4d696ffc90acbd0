"""What an act that the record goes on to show was judged from: while all of that is the same, so is what came of it.

Nearly every event after a decision would have it judged again from what it was judged from before. Nothing is taken on trust:
what came of it is told again only where the record says the same, law and calendar are the same, and everything that was looked
up, when it is looked up anew, says the same. So nothing has to be emptied when a row, the law or the calendar changes, an event
comes late, or the service starts again.
"""

from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any, NamedTuple

from yifa.enforcement.v1.case_pb2 import Case

from services.kit.sql import columns_of
from services.kit.tx import Tx
from services.law.calendar import Calendar
from services.law.parameters import Layers
from services.supervision.case.model import CaseView
from services.supervision.warning.mirror import Done, Judged, judge, shown

# The parts of a record that no rule of these acts asks for, and that later acts change.
PASSED_OVER = (
    "announcement", "archive", "close_report", "close_time", "closing", "credit", "deadlines", "deferral", "instalments",
    "last_act", "publication", "publish_address", "publish_time", "report_time", "service", "state", "update_time", "version",
)  # fmt: skip
MOST = 4096


class Asked(NamedTuple):
    """What was looked up, and what was told of it: rows by their key, or by the values of a column."""

    kind: Any
    column: str
    values: tuple[str, ...]
    told: tuple[Any, ...]


class Rested(NamedTuple):
    """What an act was judged from, and what came of it."""

    record: bytes
    parameters: Layers
    calendar: Calendar
    asked: tuple[Asked, ...]
    outcome: Judged


RESTED: dict[tuple[str, int], Rested] = {}
"""By the case, and the place of the act among those that its record shows. All of it goes when there is too much."""


class Noting:
    """A transaction as facts look at it, which notes what they ask. `whole`: they asked for nothing else."""

    batch = None

    def __init__(self, tx: Tx) -> None:
        self.tx, self.whole = tx, True
        self.now, self.parameters, self.calendar = tx.now, tx.parameters, tx.calendar
        self.asked: dict[tuple[Any, str, tuple[str, ...]], Any] = {}

    def find(self, kind: Any, key: str) -> Any:
        asked = kind, "", (key,)
        if asked not in self.asked:
            row = self.tx.find(kind, key)
            # of the case itself no more is told than is noted
            self.asked[asked] = SimpleNamespace(beside=row.beside) if isinstance(row, CaseView) else row
        return self.asked[asked]

    def among(self, kind: Any, column: str, values: Iterable[str]) -> Any:
        asked = kind, column, tuple(values)
        if asked not in self.asked:
            self.asked[asked] = self.tx.among(*asked)
        return self.asked[asked]

    def noted(self) -> tuple[Asked, ...]:
        """All that was asked, with the answers."""
        return tuple(
            Asked(*asked, said(asked[0], told if asked[1] else [told])) for asked, told in self.asked.items()
        )

    def __getattr__(self, name: str) -> Any:
        self.whole = False
        return getattr(self.tx, name)


def said(kind: Any, rows: Iterable[Any]) -> tuple[Any, ...]:
    """All that rows say, of a case only what runs beside it. What a row holds is never changed in its place."""
    columns = ("beside",) if kind is CaseView else columns_of(kind)
    return tuple(None if row is None else tuple(map(vars(row).__getitem__, columns)) for row in rows)


def still(tx: Tx, asked: Asked) -> bool:
    """Whether what was looked up says what it said."""
    kind, column, values, told = asked
    rows = tx.among(kind, column, values) if column else [tx.find(kind, values[0])]
    return said(kind, rows) == told


def judged_shown(look: Any, record: Case) -> Iterator[Judged]:
    """What is wrong with the acts that a record shows, and what cannot be said of them."""
    acts = [*shown(record)]
    stripped = without_passed_over(record) if acts and isinstance(look, Tx) else b""
    for n, done in enumerate(acts):
        yield judged(look, done, (record.case_id, n), stripped) if stripped else judge(look, done)


def judged(tx: Tx, done: Done, key: tuple[str, int], record: bytes) -> Judged:
    known = RESTED.get(key)
    if (
        known is not None
        and known.record == record
        and known.parameters is tx.parameters
        and known.calendar is tx.calendar
        and all(still(tx, each) for each in known.asked)
    ):
        return known.outcome
    noting = Noting(tx)
    outcome = judge(noting, done)
    if noting.whole:
        if len(RESTED) >= MOST:
            RESTED.clear()
        RESTED[key] = Rested(record, tx.parameters, tx.calendar, noting.noted(), outcome)
    return outcome


def without_passed_over(record: Case) -> bytes:
    kept = Case()
    kept.CopyFrom(record)
    for name in PASSED_OVER:
        kept.ClearField(name)  # type: ignore[arg-type]
    return kept.SerializeToString(deterministic=True)
