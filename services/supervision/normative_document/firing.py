"""The clocks of documents, filings and requests: who has to act is told, and what follows from a term follows (GF-2008-17)."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Acts, show_deadlines
from services.kit.clocks import Fired, deadline_proto
from services.kit.tx import Tx
from services.supervision.accountability.clue import of_missing_filing
from services.supervision.deadline.model import Clock
from services.supervision.document_filing import act as filing
from services.supervision.document_request import act as asking
from services.supervision.normative_document import act as document
from services.supervision.normative_document.act import follow_validity
from services.supervision.normative_document.turning import leave_off

CLEANUP = "NRM-06"
NOT_LOOKED_AT = "满两年未清理，未列入继续有效目录"


class Kind(NamedTuple):
    """A kind of record: its acts, and the event that reminds of its terms."""

    act: Acts
    reminded: Any


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        document.PREFIX: Kind(document.act, events.NormativeDocumentReminded),
        filing.PREFIX: Kind(filing.act, events.DocumentFilingReminded),
        asking.PREFIX: Kind(asking.act, events.DocumentRequestReminded),
    }
)


def fired(tx: Tx, stage: Fired) -> None:
    """A term draws to its end, or ended. Two years without a clean-up take a document off the list (GF-2008-17 15); who
    lets the last term to file pass is a clue of responsibility (GF-2008-17 14).
    """
    passed = stage.what == "passed"
    remind(tx, stage.row, passed=passed)
    if passed and stage.row.clock_id == filing.FILE and stage.at > stage.row.due_time:
        filing.judge(tx, stage.row.subject, again=True)
    if passed and stage.row.clock_id == filing.FILE_AT_LAST:
        of_missing_filing(tx, filing.act.open(tx, stage.row.subject))
    if passed and stage.row.clock_id == CLEANUP:
        leave_off(tx, document.act.open(tx, stage.row.subject), NOT_LOOKED_AT)


def recounted(tx: Tx, row: Clock, old_due_time: datetime) -> None:
    """A clock was counted anew, by other holidays or corrected law; one that goes by what a document says does so still."""
    remind(tx, row, old_due_time=old_due_time)


def remind(tx: Tx, row: Clock, *, passed: bool = False, old_due_time: datetime | None = None) -> None:
    kind = next(kind for prefix, kind in KINDS.items() if row.subject.startswith(prefix))
    record = kind.act.open(tx, row.subject)
    if kind.act is document.act:
        follow_validity(tx, record)
    if kind.act is filing.act:
        filing.follow_urging(tx, record)
    show_deadlines(record, [row])
    said = kind.reminded(deadline=deadline_proto(row), passed=passed, old_due_time=old_due_time)
    kind.act.write(tx, record, said)
