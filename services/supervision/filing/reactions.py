"""The review of major penalties: expected when one is decided, received when it is filed."""

from datetime import datetime
from uuid import NAMESPACE_OID, uuid5

from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import events_pb2 as events

from services.kit.clocks import clock_held
from services.kit.tx import Tx
from services.law.clock import SHANGHAI, due
from services.law.procedures.filing import FILING
from services.law.procedures.penalty.outcome import undone
from services.supervision.case.facts import time_in
from services.supervision.filing.facts import Concluding, missing_of
from services.supervision.filing.messages import filing_message
from services.supervision.filing.model import Filing
from services.supervision.warning.runner import address

FILING_CLOCK, REVIEW_CLOCK = "PEN-27", "PEN-28"


def filing_id(case: case_pb2.Case, earlier: int | None = None) -> str:
    """The id of the filing of a case's decision, or of that which came after so many earlier ones: the same whichever event tells
    of it first.
    """
    before = len(case.earlier_decisions) if earlier is None else earlier
    return f"F-{uuid5(NAMESPACE_OID, f'{case.case_id}/{before}' if before else case.case_id)}"


def follow(tx: Tx, case: case_pb2.Case, major: bool) -> None:
    """Bring the filings to what a snapshot of their case says, `major` telling whether its penalty has to be filed; later
    snapshots may come first.
    """
    if not (case.HasField("decision") or case.earlier_decisions):
        return
    decided = time_in(case.decision, "decide_time") if case.HasField("decision") else None
    filed = time_in(case, "report_time")
    known = {each.filing_id: each for each in tx.among(Filing, "case_id", [case.case_id])}
    for n in range(len(case.earlier_decisions) if known else 0):
        lapse(tx, known.get(filing_id(case, n)))
    row = known.get(filing_id(case)) if known and decided is not None else None
    if undone(case):
        lapse(tx, row)
        return
    if decided is None or not (row or filed or major):
        return
    if row is None:
        row = tx.add(
            Filing.new(
                filing_id=filing_id(case),
                case_id=case.case_id,
                node=case.node,
                case_number=case.case_number,
                decision_number=case.decision.document_number,
                party_name=case.party.name,
                fine=case.decision.penalty.fine.fen,
                state="DUE",
                decide_time=decided,
                due_time=ends(tx, FILING_CLOCK, decided, case.sector),
            )
        )
        if filed is None:
            expected = events.FilingExpected(filing=filing_message(row))
            tx.emit(expected, subject=row.filing_id, to=address(tx, row.node))
    if row.fine != case.decision.penalty.fine.fen:
        row.fine, row.version = case.decision.penalty.fine.fen, row.version + 1
    if row.state == "RETURNED" and not missing_of(case):
        row.state = FILING.step("SUPPLEMENT_FILING", row.state, Concluding(tx, row, "")).target
        row.substance, row.version = b"", row.version + 1
        tx.emit(events.FilingReceived(filing=filing_message(row)), subject=row.filing_id)
    if filed is not None and row.state == "DUE":
        row.state = FILING.step("FILE", row.state, None).target
        row.late = filed > row.due_time
        row.file_time, row.due_time = filed, ends(tx, REVIEW_CLOCK, filed, case.sector)
        row.version += 1
        tx.emit(events.FilingReceived(filing=filing_message(row)), subject=row.filing_id)


def lapse(tx: Tx, row: Filing | None) -> None:
    """What was undone before it was filed, or before its review was over, is reviewed no more."""
    if row is not None and FILING.move("LAPSE", row.state) is not None:
        row.state, row.conclude_time = FILING.step("LAPSE", row.state, None).target, tx.now
        row.version += 1


def ends(tx: Tx, clock_id: str, start: datetime, sector: str) -> datetime:
    """The end of a filing clock by the term that the city sets."""
    clock = clock_held(tx.parameters, clock_id, start.astimezone(SHANGHAI).date(), sector)
    return due(clock, start, tx.calendar).at
