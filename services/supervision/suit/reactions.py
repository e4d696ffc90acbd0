"""What departments record of suits in their cases joins the register: that one was brought, and how it ended (APL 73)."""

from contextlib import suppress
from typing import Any

from sqlmodel import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import events_pb2 as events

from services.kit.act import Do
from services.kit.fit import asked
from services.kit.tx import Tx
from services.law.procedures.litigation import LITIGATION
from services.law.rule import Unlawful
from services.supervision.case.model import CaseView
from services.supervision.suit.act import act
from services.supervision.suit.entry import new_suit
from services.supervision.suit.model import Suit
from services.supervision.suit.timing import put_timing

OVER = ("PERFORMED", "WITHDRAWN")


def on_recorded(tx: Tx, view: CaseView) -> None:
    """The party sued: the suit is registered, unless the office had registered one that goes on."""
    case = view.case()
    asked(case, "remedies")
    told = case.remedies[-1]
    if _going_on(tx, view.case_id) is not None:
        return
    suit = new_suit(
        tx,
        case.body_id,
        case.case_id,
        plaintiff=case.party.name,
        court=told.authority,
        file_time=told.begin_time,
        document=told.document,
    )
    with suppress(Unlawful):
        act.do(tx, LITIGATION.FILE, suit, None, _registered)


def _registered(_request: None, suit: Any, do: Do) -> events.SuitRegistered:
    put_timing(suit.timing, do.facts.term(), do.facts.record.file_time)
    return events.SuitRegistered()


def of_outcome(tx: Tx, view: CaseView, outcome: cases.Outcome) -> None:
    """How a suit ended stands in the case: it joins the register, each once."""
    row = _going_on(tx, view.case_id)
    if outcome.remedy != cases.REMEDY_SUIT or row is None:
        return
    suit = row.suit()
    if suit.outcome.document == outcome.document:
        return
    suit.outcome.CopyFrom(outcome)
    act.write(tx, suit, events.SuitOutcomeJoined(), row=row)


def _going_on(tx: Tx, case_id: str) -> Suit | None:
    """The suit about a case that goes on, the newest of several."""
    its = select(Suit).where(Suit.case_id == case_id, Suit.state.not_in(OVER))  # type: ignore[attr-defined]
    rows = tx.query(its.order_by(Suit.register_time.desc()).limit(1))  # type: ignore[attr-defined]
    return rows[0] if rows else None
