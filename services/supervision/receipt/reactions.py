"""What supervision learns of receipts; the fines collected against them are judged again when it changes what is found."""

from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import events_pb2 as enforcement
from yifa.enforcement.v1.case_pb2 import Case

from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_at
from services.law.procedures.penalty.body import plain
from services.supervision.case.model import CaseView
from services.supervision.event.foreign import Foreign
from services.supervision.receipt.model import GivenReceipt, IssuedBatch
from services.supervision.warning.judging import judge_case


def on_receipts(event: enforcement.ReceiptsRegistered, tx: Tx, about: Envelope) -> None:
    """Keep a batch; the fines against its receipts that were told of before are judged again."""
    told = event.receipt_batch
    if told.node != about.node:
        raise Foreign(f"{about.node} speaks of receipts of {told.node}")
    if tx.find(IssuedBatch, told.batch_id) is not None:
        return
    tx.add(
        IssuedBatch.new(
            batch_id=told.batch_id,
            node=told.node,
            body_id=told.body_id,
            series=plain(told.series),
            first_number=told.first_number,
            last_number=told.last_number,
            issue_time=moment_at(told, "issue_time") or about.occur_time,
        )
    )
    number: Any = GivenReceipt.number
    given = select(GivenReceipt).where(
        GivenReceipt.series == plain(told.series), number >= told.first_number, number <= told.last_number
    )
    judge(tx, tx.query(given.order_by(GivenReceipt.case_id)))


def given(tx: Tx, case: Case) -> None:
    """Keep which receipt was given; another case in which the same one was given is judged again."""
    done = case.collection
    at = moment_at(done, "collect_time")
    if at is None or not done.receipt.number:
        return
    values = {
        "body_id": case.body_id,
        "series": plain(done.receipt.series),
        "number": done.receipt.number,
        "at": at,
    }
    row = tx.find(GivenReceipt, case.case_id)
    if row is not None and all(getattr(row, name) == value for name, value in values.items()):
        return
    touched = [] if row is None else others(tx, row)
    row = row or tx.add(GivenReceipt.new(case_id=case.case_id, **values))
    for name, value in values.items():
        setattr(row, name, value)
    judge(tx, [*touched, *others(tx, row)])


def others(look: Any, row: Any) -> list[Any]:
    """The other cases in which the same receipt was given, the first first. `look` is a transaction or a view."""
    same = select(GivenReceipt).where(
        GivenReceipt.series == row.series,
        GivenReceipt.number == row.number,
        GivenReceipt.case_id != row.case_id,
    )
    return list(look.query(same.order_by(GivenReceipt.at, GivenReceipt.case_id)))  # type: ignore[arg-type]


def judge(tx: Tx, rows: list[Any]) -> None:
    for case_id in sorted({row.case_id for row in rows}):
        judge_case(tx, tx.get(CaseView, case_id))
