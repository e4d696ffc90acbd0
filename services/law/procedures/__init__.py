"""The procedures of the law as tables, and the check that they and the clocks speak of the same events.

These are pure law: who may do what next, under which article, and by which event a clock knows of it.
A service that runs one of them takes the table from here and hands it its facts.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType

from services.law.clock import Clock, catalogue, driven
from services.law.declared import DECLARED, Declared, declared
from services.law.event import announced_by, announcers
from services.law.procedure import Procedure
from services.law.procedures.accountability import ACCOUNTABILITY
from services.law.procedures.advance_registration import ADVANCE_REGISTRATION
from services.law.procedures.assessment import ASSESSMENT
from services.law.procedures.assistance import ASSISTANCE
from services.law.procedures.compensation import COMPENSATION
from services.law.procedures.complaint import COMPLAINT
from services.law.procedures.court_enforcement import COURT_ENFORCEMENT
from services.law.procedures.credit_repair import CREDIT_REPAIR
from services.law.procedures.decision_expert import DECISION_EXPERT
from services.law.procedures.document_cleanup import DOCUMENT_CLEANUP
from services.law.procedures.document_filing import DOCUMENT_FILING
from services.law.procedures.document_request import DOCUMENT_REQUEST
from services.law.procedures.enforcement import ENFORCEMENT
from services.law.procedures.file_review import FILE_REVIEW
from services.law.procedures.important_matter import IMPORTANT_MATTER
from services.law.procedures.jurisdiction import JURISDICTION
from services.law.procedures.legal_meeting import LEGAL_MEETING
from services.law.procedures.litigation import LITIGATION
from services.law.procedures.major_decision import MAJOR_DECISION
from services.law.procedures.measure import MEASURE
from services.law.procedures.mediation import MEDIATION
from services.law.procedures.normative_document import NORMATIVE_DOCUMENT
from services.law.procedures.officer_assessment import OFFICER_ASSESSMENT
from services.law.procedures.outcomes import OUTCOMES, Outcome
from services.law.procedures.outside_decision import OUTSIDE_DECISION
from services.law.procedures.permit import PERMIT
from services.law.procedures.permit_guide import PERMIT_GUIDE
from services.law.procedures.reconsideration import RECONSIDERATION
from services.law.procedures.referral import REFERRAL
from services.law.procedures.rule_of_law_report import RULE_OF_LAW_REPORT
from services.law.procedures.self_assessment import SELF_ASSESSMENT
from services.law.procedures.service_promise import SERVICE_PROMISE
from services.law.procedures.serving import SERVING
from services.law.procedures.suggestion import SUGGESTION
from services.law.procedures.supervision_order import SUPERVISION_ORDER
from services.law.procedures.supervision_plan import SUPERVISION_PLAN
from services.law.procedures.work_task import WORK_TASK
from services.law.procedures.yearly_report import YEARLY_REPORT
from services.law.process import Move, Process

_ALL = (
    JURISDICTION,
    ASSISTANCE,
    ADVANCE_REGISTRATION,
    SERVING,
    REFERRAL,
    CREDIT_REPAIR,
    MEASURE,
    ENFORCEMENT,
    COURT_ENFORCEMENT,
    PERMIT_GUIDE,
    PERMIT,
    MEDIATION,
    MAJOR_DECISION,
    DECISION_EXPERT,
    NORMATIVE_DOCUMENT,
    DOCUMENT_CLEANUP,
    DOCUMENT_FILING,
    FILE_REVIEW,
    DOCUMENT_REQUEST,
    SUGGESTION,
    SUPERVISION_ORDER,
    COMPENSATION,
    SUPERVISION_PLAN,
    OUTSIDE_DECISION,
    SERVICE_PROMISE,
    LEGAL_MEETING,
    IMPORTANT_MATTER,
    WORK_TASK,
    RULE_OF_LAW_REPORT,
    COMPLAINT,
    ASSESSMENT,
    OFFICER_ASSESSMENT,
    SELF_ASSESSMENT,
    YEARLY_REPORT,
    ACCOUNTABILITY,
    RECONSIDERATION,
    LITIGATION,
)


@cache
def procedures() -> Mapping[str, Procedure]:
    """Every procedure by name. Raises ValueError if the tables, the outcomes and the clocks disagree."""
    agree([table for p in _ALL for table in p.tables], catalogue().values(), declared())
    check_outcomes(OUTCOMES, RECONSIDERATION.tables[0], LITIGATION.tables[0], catalogue())
    return MappingProxyType({p.name: p for p in _ALL})


@cache
def every() -> tuple[Procedure, ...]:
    """Every procedure that the law has rules for, those of the services too."""
    modules = (import_module(found.name) for found in walk_packages(__path__, f"{__name__}."))
    found = (value for module in modules for value in vars(module).values() if isinstance(value, Procedure))
    return tuple({id(procedure): procedure for procedure in found}.values())


@cache
def tables() -> Mapping[str, Process]:
    """Every table of a procedure by its own name: a procedure has one of its name, or several."""
    return MappingProxyType({table.name: table for p in procedures().values() for table in p.tables})


def names_of(move: Move) -> tuple[str, ...]:
    """The names by which clocks know that an act was done: its own, or those of the events of a service that it stands for."""
    return tuple(dict.fromkeys(name for event in move.events for name in announced_by(event) or (event,)))


def announced(tables: Iterable[Process]) -> frozenset[str]:
    """The names by which the acts of tables are known."""
    return frozenset(name for table in tables for move in table.moves for name in names_of(move))


def agree(tables: Iterable[Process], clocks: Iterable[Clock], said: Declared) -> None:
    """Raises ValueError for the first name that a clock waits for and that is nobody's, and for what is declared wrongly.

    A name is somebody's if an event of a service or an act of a table announces it; else it has to be declared.
    """
    clocks = list(clocks)
    known, listed = (
        announced(tables) | announcers().keys(),
        [name for group in said.names for name in group.ids],
    )
    for clock in clocks:
        for name in (*clock.starts, *clock.stops, *clock.resumes):
            if name not in known and name not in listed:
                raise ValueError(
                    f"{clock.id}: nothing announces {name!r}, and it is not declared in {DECLARED.name}"
                )
    waited_for = {name for clock in clocks for name in (*clock.starts, *clock.stops, *clock.resumes)}
    for name in listed:
        if name in known:
            raise ValueError(f"{name!r} is declared in {DECLARED.name}, but an act or an event announces it")
        if name not in waited_for or listed.count(name) > 1:
            raise ValueError(
                f"{name!r} is declared in {DECLARED.name}, but no clock waits for it, or twice: take it out"
            )
    drivable = {clock.id for clock in clocks if driven(clock)}
    for clock_id in (clock_id for group in said.clocks for clock_id in group.ids):
        if clock_id not in drivable:
            raise ValueError(
                f"{clock_id} is declared in {DECLARED.name}, but no event would run it: take it out"
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
            names = {name for move in process.moves if move.act == act for name in names_of(move)}
            withdrawn = bool(names & set(clocks["PEN-24"].starts))
            if act and withdrawn != outcome.publication_withdrawn:
                raise ValueError(
                    f"{outcome.code}: {act} and the outcome differ on withdrawing the publication"
                )
        if unknown := [name for name in outcome.starts if name not in clocks]:
            raise ValueError(f"{outcome.code}: no clock {unknown[0]}")


def clocks_of(move: Move) -> tuple[tuple[Clock, ...], tuple[Clock, ...]]:
    """The clocks that an act starts by law, and those that it stops, whether a service runs them or not."""
    names, clocks = set(names_of(move)), catalogue().values()
    return (
        tuple(c for c in clocks if names.intersection(c.starts)),
        tuple(c for c in clocks if names.intersection(c.stops)),
    )
