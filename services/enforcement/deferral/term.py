"""The time to pay, moved to the day of the instalment that falls due next."""

from datetime import date, timedelta
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.deadline.model import Clock
from services.kit.act import show_deadlines
from services.kit.clocks import MET, clock_of, deadline_proto, extend
from services.kit.store import moment
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of
from services.law.procedures.penalty.owed import outstanding
from services.law.term import shifted

TO_PAY = "PEN-19"


def moved_term(
    tx: Tx, case: cases.Case, decided: cases.Deferral | None = None
) -> tuple[events.DeadlineExtended, ...]:
    """Lengthen the time to pay to the day of the next instalment; shows it in the case.

    By the decision given, else, an instalment being paid, by the one in force. Nothing where no instalments are in force or the
    term is there already. Raises Unlawful for a decision that came when it was over: that lengthens nothing (K12).
    """
    row, parts = tx.find(Clock, f"{case.case_id}/{TO_PAY}"), outstanding(case)
    if row is None or row.state == MET or not parts or not (decided or row.extensions):
        return ()
    wanted = moment_of(parts[0].due_time).astimezone(SHANGHAI).date()
    if (days := (wanted - _counted_to(tx, row)).days) <= 0:
        return ()
    extend(tx, row, days, by="agency_head", **(_said(decided) if decided else _as_last(row)))
    show_deadlines(case, [row])
    deadline = deadline_proto(row)
    return (events.DeadlineExtended(deadline=deadline, extension=deadline.extensions[-1], by="agency_head"),)


def _said(decided: cases.Deferral) -> dict[str, Any]:
    at = moment_of(decided.decide_time)
    about = {"document": decided.document_number, "approver": decided.decider, "cause": decided.cause}
    return {"approved": at, "recorded": at, **about}


def _as_last(row: Clock) -> dict[str, Any]:
    """The decision by which the term was lengthened last is that on all the instalments."""
    last = row.extensions[-1]
    about = {name: last[name] for name in ("document", "approver", "cause")}
    return {"approved": moment(last["approved"]), "recorded": moment(last["recorded"]), **about}


def _counted_to(tx: Tx, row: Clock) -> date:
    """The day to which the term and what was added are counted, before a day off moves the end on."""
    start = row.start_time.astimezone(SHANGHAI).date()
    first = shifted(clock_of(tx.parameters, row).term_on(start), start)
    return first + timedelta(days=sum(added["amount"] for added in row.extensions))
