"""What the city does with an act about a measure or a referral: keep it, run its clocks, judge it with its case."""

from collections.abc import Callable
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import events_pb2 as events
from yifa.law.v1.law_pb2 import Ground

from services.kit.arrival import message_class
from services.kit.clocks import exclude, extend, named_by, observe, resume
from services.kit.fit import Unfit, asked
from services.kit.journal import Envelope
from services.kit.tx import Tx
from services.law.moment import moment_of
from services.law.procedures.credit_repair.recorded import REPAIR_DAYS
from services.law.procedures.measure.recorded import TERM, holds
from services.law.rule import Unlawful
from services.supervision.beside.elsewhere import apart, let_go, stood_at_acts
from services.supervision.beside.mirrored import Kind, kind_of, moves_of
from services.supervision.beside.model import ENFORCEMENT, MEASURE, Beside, Held, courts_of
from services.supervision.case.model import CaseView
from services.supervision.certificate.reactions import keep_parts
from services.supervision.deadline import reactions as clocks
from services.supervision.deadline.model import Clock
from services.supervision.event.foreign import Foreign
from services.supervision.event.model import Received
from services.supervision.warning.judging import event_told, judge_case
from services.supervision.warning.mirror import done_beside
from services.supervision.warning.seen import SeenClock


def on_beside(event: Any, tx: Tx, about: Envelope) -> None:
    """An act about a measure or a referral: the newest snapshot holds, whatever the order in which events come."""
    kind = kind_of(event)
    assert kind is not None
    record = getattr(event, kind.name)
    key = getattr(record, kind.key)
    if about.subject != key:
        raise Unfit(f"{kind.name}.{kind.key}: {key}, in an event about {about.subject}")
    row, view = tx.find(Beside, key), tx.find(CaseView, record.case_id)
    known = {about.node, record.node, *(r.node for r in (row, view) if r is not None)}
    if len(known) > 1 or (row is not None and (row.kind, row.case_id) != (kind.name, record.case_id)):
        raise Foreign(f"{about.node} speaks of {kind.name} {key} of another department")
    elsewhere = apart(kind, record)
    late = elsewhere or (row is not None and record.version < row.version)
    before = _as_it_was(row, kind, record)
    if row is None or record.version > row.version:
        project(tx, row, kind, record)
        if row is None and view is not None:
            view.beside += 1
    over: list[Clock] = []
    if late:
        run_again(tx, kind, record)
        over = let_go(tx, kind, record)
    else:
        take(tx, kind, record, event, about)
    if view is None:
        return
    names = list(named_by(about.type))
    rows = [tx.find(Clock, f"{key}/{name}") for name in names]
    rows = [c for c in rows if c is not None and c.stop_time]
    if kind.name == ENFORCEMENT:  # who enforces by itself need not apply to the court
        at_court = (f"{each.enforcement_id}/{SeenClock.COURT}" for each in courts_of(tx, view.case_id))
        rows += [row for row in (tx.find(Clock, key) for key in at_court) if row is not None]
    clocks.watch(tx, view, rows)
    clocks.forget(tx, view, over)
    done = done_beside(event, about.occur_time, before, about.type)
    if done is None:
        return
    pending = keep_parts(tx, view, about, done) if done.names_officers() else frozenset()
    event_told(tx, view, done.waiting_for(pending), None, late=late)


def _as_it_was(row: Beside | None, kind: Kind, record: Any) -> Any:
    """The record before the act; None where it is not known."""
    if row is None or row.version != record.version - 1:
        return None
    return type(record).FromString(row.record)


def project(tx: Tx, row: Beside | None, kind: Kind, record: Any) -> None:
    """The row as the snapshot says, and what a measure holds."""
    key = getattr(record, kind.key)
    values = {
        "state": kind.state(record),
        "version": record.version,
        "record": record.SerializeToString(deterministic=True),
    }
    if row is None:
        tx.add(Beside.new(key=key, kind=kind.name, case_id=record.case_id, node=record.node, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    if kind.name == MEASURE and record.HasField("execution"):
        for what in sorted(holds(record)):
            held = f"{key}/{what}"
            if tx.find(Held, held) is None:
                tx.add(Held.new(key=held, what=what, measure_id=key))


def take(tx: Tx, kind: Kind, record: Any, event: Any, about: Envelope) -> None:
    """Start, stop and change the clocks that an event names. What the law does not allow has no effect here."""
    key = getattr(record, kind.key)
    observe(tx, Clock, about.type, key, about.occur_time, kind.conditions(record), record.sector)
    if (change := CHANGES.get(type(event))) is None:
        return
    row = tx.find(Clock, f"{key}/{EXTENDED.get(type(event)) or TERM[record.kind]}")
    if row is not None:
        try:
            change(tx, row, record, about)
        except Unlawful:
            return


def run_again(tx: Tx, kind: Kind, record: Any) -> None:
    """An event came after later ones: run the clocks of its record anew, in the order of the journal; of one that is kept
    elsewhere and was not told in order, in that of the acts.
    """
    key = getattr(record, kind.key)
    stood = stood_at_acts(kind, record)
    order = (Received.occur_time, Received.journal_seq) if stood else (Received.journal_seq,)
    told = select(Received).where(Received.case_id == record.case_id, Received.subject == key)
    for row in tx.query(told.order_by(*order)):
        event: Any = message_class(row.type).FromString(row.data)  # type: ignore[union-attr]
        if kind_of(event) is kind:
            acts = (stood.get((move.act, row.occur_time)) for move in moves_of(kind, event, ""))
            then = next((each for each in acts if each is not None), getattr(event, kind.name))
            take(tx, kind, then, event, row)


def _extended(tx: Tx, row: Clock, measure: Any, about: Any) -> None:
    asked(measure, "extensions")
    longer = measure.extensions[-1]
    extend(
        tx,
        row,
        longer.days,
        approved=moment_of(longer.approve_time),
        recorded=about.occur_time,
        by="agency_head",
        approver=longer.approver,
        cause=longer.complexity,
    )


def _sent(tx: Tx, row: Clock, measure: Any, about: Any) -> None:
    asked(measure, "appraisals")
    sent = measure.appraisals[-1]
    ground = Ground.Name(sent.ground).removeprefix("GROUND_")
    exclude(tx, row, moment_of(sent.from_time), None, ground=ground, cause=sent.appraiser)


def _came(tx: Tx, row: Clock, measure: Any, about: Any) -> None:
    asked(measure, "appraisals")
    resume(tx, row, moment_of(measure.appraisals[-1].until_time))


def _longer(tx: Tx, row: Clock, repair: Any, about: Any) -> None:
    objection = row.clock_id == EXTENDED[events.CreditObjectionExtended]
    said = repair.objection if objection else repair
    extend(
        tx,
        row,
        said.extension_days if objection else REPAIR_DAYS,
        approved=moment_of(said.extend_time),
        recorded=about.occur_time,
        by="agency",
        approver="",
        cause=said.extension_reason,
    )


# Which term of a credit repair is lengthened.
EXTENDED = {events.CreditRepairExtended: "CRD-08", events.CreditObjectionExtended: "CRD-10"}
CHANGES: dict[Any, Callable[[Tx, Clock, Any, Any], None]] = {
    **dict.fromkeys(EXTENDED, _longer),
    events.MeasureExtended: _extended,
    events.AppraisalStarted: _sent,
    events.AppraisalEnded: _came,
}


def catch_up(tx: Tx, view: CaseView) -> None:
    """A case came after what runs beside it: judge both."""
    view.beside = len(tx.query(select(Beside).where(Beside.case_id == view.case_id)))
    if view.beside:
        judge_case(tx, view)
