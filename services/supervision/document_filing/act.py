"""The acts of a filing: bound to its procedure, its table, its clocks and its facts."""

from typing import Any

from yifa.supervision.v1 import document_filing_pb2 as pb

from services.kit.act import show_deadlines
from services.kit.clocks import MET, arrange
from services.kit.tx import Tx
from services.law.moment import moment_at, moment_of, put_moment
from services.law.procedures.document_filing import DOCUMENT_FILING
from services.supervision.deadline.model import Clock
from services.supervision.document_filing.facts import FILE, FILE_AT_LAST, DoneFiling
from services.supervision.document_filing.model import DocumentFiling
from services.supervision.told_unit import ToldUnit
from services.supervision.warning.own_clock import look_at_own

PREFIX = "DF-"


def judge(tx: Tx, filing_id: str, *, again: bool = False) -> None:
    """Bring the warning about a filing that stays away in line (EW-20)."""
    row = tx.get(DocumentFiling, filing_id)
    look_at_own(tx, row, FILE, row.node, again=again)


_STATES = {n: name.removeprefix("DOCUMENT_FILING_STATE_") for name, n in pb.DocumentFilingState.items()}


def columns(filing: pb.DocumentFiling) -> dict[str, Any]:
    return {
        "document_id": filing.document_id,
        "state": _STATES[filing.state],
        "node": filing.node,
        "body_id": filing.body_id,
        "expect_time": moment_of(filing.expect_time),
        "version": filing.version,
    }


def follow_urging(tx: Tx, filing: pb.DocumentFiling) -> None:
    """The last term goes by what the urging says, also where it was counted anew."""
    row, until = tx.find(Clock, f"{filing.filing_id}/{FILE_AT_LAST}"), moment_at(filing, "urged_until_time")
    if row is None or until is None or row.state == MET or row.due_time == until:
        return
    row.due_time, row.provisional = until, False
    arrange(tx, row)
    show_deadlines(filing, [row])


def then(tx: Tx, record: Any, _event: Any) -> None:
    """The early warnings look at what was done."""
    judge(tx, record.filing_id)


def follow_due(tx: Tx, record: pb.DocumentFiling) -> None:
    """The record says until when it is to be filed."""
    row = tx.find(Clock, f"{record.filing_id}/{FILE}")
    if row is not None:
        put_moment(record.due_time, row.due_time)
    follow_urging(tx, record)


act = ToldUnit(
    row=DocumentFiling,
    record=pb.DocumentFiling,
    key="filing_id",
    procedure=DOCUMENT_FILING,
    facts=DoneFiling,
    columns=columns,
    clocks=Clock,
    tags=("filing_id", "document_id"),
    follow=follow_due,
    then=then,
)
