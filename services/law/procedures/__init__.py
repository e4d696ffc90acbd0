"""The procedures of the law as tables, and the check that they and the clocks speak of the same events.

These are pure law: who may do what next, under which article, and by which event a clock knows of it.
A service that runs one of them takes the table from here and hands it its facts.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from services.law.clock import Clock, catalogue
from services.law.procedure import Procedure
from services.law.procedures.accountability import ACCOUNTABILITY
from services.law.procedures.advance_registration import ADVANCE_REGISTRATION
from services.law.procedures.assistance import ASSISTANCE
from services.law.procedures.collection import COLLECTION
from services.law.procedures.complaint import COMPLAINT
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.document_filing import DOCUMENT_FILING
from services.law.procedures.document_review import DOCUMENT_REVIEW
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.hearing import HEARING
from services.law.procedures.inspection import INSPECTION
from services.law.procedures.jurisdiction import JURISDICTION
from services.law.procedures.litigation import LITIGATION
from services.law.procedures.measure import MEASURE
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT
from services.law.procedures.outcomes import OUTCOMES, Outcome
from services.law.procedures.reconsideration import RECONSIDERATION
from services.law.procedures.referral import REFERRAL
from services.law.procedures.serving import SERVING
from services.law.procedures.supervision_order import SUPERVISION_ORDER
from services.law.procedures.withdrawal import WITHDRAWAL
from services.law.process import Process

UNDRIVEN = Path(__file__).parent / "undriven.toml"
# A clock whose event has a full name waits for a message of a service; the others are named by the law's acts.
_OF_A_SERVICE = "yifa."


@dataclass(frozen=True)
class Undriven:
    """Events of clocks that no act of a table and no service announces yet, and why."""

    events: tuple[str, ...]
    zh: str
    en: str


_ALL = (
    JURISDICTION,
    ASSISTANCE,
    ADVANCE_REGISTRATION,
    HEARING,
    SERVING,
    COLLECTION,
    WITHDRAWAL,
    REFERRAL,
    MEASURE,
    ENFORCEMENT,
    COURT_ENFORCEMENT,
    INSPECTION,
    NORMATIVE_DOCUMENT,
    DOCUMENT_FILING,
    SUPERVISION_ORDER,
    COMPLAINT,
    ACCOUNTABILITY,
    RECONSIDERATION,
    DOCUMENT_REVIEW,
    LITIGATION,
)


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure by name. Raises ValueError if the tables, the outcomes and the clocks disagree."""
    agree([table for p in _ALL for table in p.tables], catalogue().values(), undriven())
    check_outcomes(OUTCOMES, RECONSIDERATION.tables[0], LITIGATION.tables[0], catalogue())
    return MappingProxyType({p.name: p for p in _ALL})


@cache
def tables() -> Mapping[str, Process]:
    """Every table of a procedure by its own name: a procedure has one of its name, or several."""
    return MappingProxyType({table.name: table for p in procedures().values() for table in p.tables})


@cache
def undriven() -> tuple[Undriven, ...]:
    """The events that nothing announces yet. Raises ValueError for an entry without a reason."""
    return read_undriven(UNDRIVEN)


def read_undriven(path: Path) -> tuple[Undriven, ...]:
    """The groups of a file. Raises ValueError as `file: group: reason`."""
    found = []
    for name, entry in tomllib.loads(path.read_text("utf-8")).items():
        try:
            group = Undriven(tuple(entry.pop("events")), **entry)
        except (KeyError, TypeError) as wrong:
            raise ValueError(f"{path.name}: {name}: {wrong}") from wrong
        if not group.events or not group.zh or not group.en:
            raise ValueError(f"{path.name}: {name}: events, and why in Chinese and English, are needed")
        found.append(group)
    return tuple(found)


def events_of(clock: Clock) -> tuple[str, ...]:
    """The events that start and stop a clock, those of services and those of the law's acts."""
    return (*clock.starts, *clock.trigger, *clock.stops, *clock.stop_trigger)


def announced(tables: Iterable[Process]) -> frozenset[str]:
    """The events by which the acts of tables are known."""
    return frozenset(event for table in tables for move in table.moves for event in move.events)


def agree(tables: Iterable[Process], clocks: Iterable[Clock], waiting: Iterable[Undriven]) -> None:
    """Raises ValueError for the first event that a clock waits for and nothing accounts for, or accounts twice.

    An event is accounted for if an act of a table announces it, if it is the full name of a service's
    message, or if it is listed as not driven yet.
    """
    acts, listed = announced(tables), [event for group in waiting for event in group.events]
    named = set()
    for clock in clocks:
        for event in events_of(clock):
            named.add(event)
            if not (event.startswith(_OF_A_SERVICE) or event in acts or event in listed):
                raise ValueError(f"{clock.id}: no act announces {event!r}, and it is not listed as undriven")
    for event in listed:
        if event in acts:
            raise ValueError(f"{event!r} is listed as undriven, but an act announces it")
        if event not in named or listed.count(event) > 1:
            raise ValueError(
                f"{event!r} is listed in undriven.toml, but no clock waits for it any more, or it is listed twice: take it out"
            )


def check_outcomes(
    outcomes: Iterable[Outcome], reconsideration: Process, suit: Process, clocks: Mapping[str, Clock]
) -> None:
    """Raises ValueError for an outcome that no act of the remedies leads to, or whose clocks the act does not start.

    A published decision is withdrawn exactly when the act announces that the decision changed (PEN-24).
    """
    for outcome in outcomes:
        for process, act in ((reconsideration, outcome.reconsideration), (suit, outcome.suit)):
            if act and act not in process.acts:
                raise ValueError(f"{outcome.code}: {process.name} has no act {act}")
            events = {event for move in process.moves if move.act == act for event in move.events}
            withdrawn = bool(events & set(clocks["PEN-24"].trigger))
            if act and withdrawn != outcome.publication_withdrawn:
                raise ValueError(
                    f"{outcome.code}: {act} and the outcome differ on withdrawing the publication"
                )
        if unknown := [name for name in outcome.starts if name not in clocks]:
            raise ValueError(f"{outcome.code}: no clock {unknown[0]}")


def clocks_of(event: str) -> tuple[tuple[Clock, ...], tuple[Clock, ...]]:
    """The clocks that an event of an act starts, and those that it stops."""
    clocks = catalogue().values()
    return (
        tuple(c for c in clocks if event in (*c.starts, *c.trigger)),
        tuple(c for c in clocks if event in (*c.stops, *c.stop_trigger)),
    )
