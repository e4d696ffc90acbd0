"""Raises, worsens, mends and withdraws early warnings by difference: what is found against what is open.

Each is raised once, and with an event to the department that it is about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import NAMESPACE_OID, uuid5

from yifa.enforcement.v1 import case_pb2
from yifa.supervision.v1 import events_pb2 as events
from yifa.supervision.v1 import warning_pb2

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.procedures.warning import DAYS
from services.supervision.case.model import CaseView
from services.supervision.warning.catalogue import Finding, Kind, kinds, watching
from services.supervision.warning.messages import warning_message
from services.supervision.warning.model import Warning

OPEN = warning_pb2.WARNING_STATE_OPEN
SETTLED = warning_pb2.WARNING_STATE_SETTLED
CLOSED = warning_pb2.WARNING_STATE_CLOSED
CORRECTED = warning_pb2.WARNING_STATE_CORRECTED
WITHDRAWN = warning_pb2.WARNING_STATE_WITHDRAWN


def warning_id(reason: str, subject: str, about: str = "") -> str:
    """The id of the warning of one kind about one thing: always the same, so nothing is raised twice."""
    return f"W-{uuid5(NAMESPACE_OID, f'{reason}/{subject}/{about}')}"


def id_of(kind: Kind, subject: str, found: Finding) -> str:
    """The id of what one kind finds. Several rules refuse for one reason: of those that are mirrored, each is told apart by its
    name, so that it is the same warning when its article is corrected.
    """
    reason = f"{found.reason}/{kind.id}/{found.rule}" if found.rule else found.reason
    return warning_id(reason, subject, found.about)


def address(tx: Tx, node: str) -> str:
    """Where events about a department go."""
    return "city" if node == tx.city else node


def look(tx: Tx, view: CaseView, what: str, seen: Any, among: Iterable[tuple[str, str]]) -> list[Finding]:
    """Have the declared warnings that watch a kind of subject look at it, and bring theirs about the case in line.

    `among` are the reasons, with what they are about, that are judged now: what of them is not found any more ends.
    """
    found: list[Finding] = []
    for kind in watching(what):
        its = list(kind.find(seen))
        found += its
        for finding in its:
            put(tx, kind, view, finding)
    end_others(tx, view.case_id, found, among)
    return found


def put(tx: Tx, kind: Kind, view: "Subject", finding: Finding) -> None:
    """One finding about a record: raised, or settled where it is over."""
    if finding.over:
        end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
    else:
        raise_about(tx, kind, view, finding)


def end_others(tx: Tx, subject: str, found: Iterable[Finding], among: Iterable[tuple[str, str]]) -> None:
    """Withdraw what was judged and not found."""
    still = {(f.reason, f.about) for f in found}
    for reason, about in among:
        if (reason, about) not in still:
            end(tx, tx.find(Warning, warning_id(reason, subject, about)), WITHDRAWN)


class Subject(Protocol):
    """What a warning is about: a case, an inspection, a plan."""

    node: str

    @property
    def subject(self) -> str: ...  # pragma: no cover

    @property
    def named(self) -> dict[str, str]:
        """The columns by which the warning names it."""
        ...  # pragma: no cover

    def case(self) -> case_pb2.Case | None: ...  # pragma: no cover


def raise_about(tx: Tx, kind: Kind, view: Subject, found: Finding) -> None:
    """Raise a warning, make the open one graver or more exact, or open an ended one again."""
    name = id_of(kind, view.subject, found)
    level = found.level or kind.level
    values = {
        **view.named,
        "level": level,
        "detail_zh": found.zh,
        "detail_en": found.en,
        "law": found.law or tx.parameters.cited(kind.law),
        "edition": tx.edition.mark,
        "occur_time": found.at,
    }
    row = tx.find(Warning, name)
    if row is None:
        row = tx.add(
            Warning.new(
                warning_id=name,
                rule_id=kind.id,
                state=OPEN,
                node=found.node or view.node,
                raise_time=tx.now,
                clock_id=found.clock_id,
                **values,
            )
        )
    elif row.state == CLOSED and same(row, values):
        return  # somebody closed it, knowing just this
    elif row.state == SETTLED and row.month and row.month == values.get("month"):
        return  # what that month lacked was made up for since
    elif row.state != OPEN:
        change(
            row, state=OPEN, raise_time=tx.now, end_time=None, closer="", close_reason="", **FRESH, **values
        )
    elif row.level < level or (row.occur_time, row.detail_zh, row.law) != (found.at, found.zh, values["law"]):
        change(row, **values | {"level": max(level, row.level)})
    else:
        return
    if row.escalate_time is None:
        row.escalate_time = escalate_at(tx, row.level, tx.now)
    announce(tx, row, view.case())


# A warning that opens again has not been escalated yet.
FRESH: Mapping[str, Any] = {
    "escalations": 0,
    "escalated_to": "",
    "escalated_time": None,
    "escalate_time": None,
}


def same(row: Warning, values: Mapping[str, Any]) -> bool:
    """Whether a warning says just this already."""
    held = ("occur_time", "detail_zh", "law")
    return all(getattr(row, name) == values[name] for name in held) and values["level"] <= row.level


def escalate_at(tx: Tx, level: int, since: datetime) -> datetime | None:
    """When a warning that has stood at a level since a moment is escalated; None for one that is as grave as can be."""
    if (key := DAYS.get(level)) is None:
        return None
    day = since.astimezone(SHANGHAI).date()
    try:
        days = tx.parameters.value(key, day).value
    except ValueError:
        return None
    return datetime.combine(tx.calendar.add_working(day, days), since.astimezone(SHANGHAI).timetz())


def change(row: Warning, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1


def announce(tx: Tx, row: Warning, case: case_pb2.Case | None) -> None:
    tx.emit(
        events.WarningRaised(warning=warning_message(row), case=case),
        subject=row.warning_id,
        to=address(tx, row.node),
    )


def end(tx: Tx, row: Warning | None, state: int) -> None:
    """End a warning that is open; anything else is left as it is."""
    if row is None or row.state != OPEN:
        return
    change(row, state=state, end_time=tx.now, escalate_time=None)
    tx.emit(
        events.WarningEnded(warning=warning_message(row)), subject=row.warning_id, to=address(tx, row.node)
    )


def raise_of_node(tx: Tx, what: str, seen: Any) -> bool:
    """Have those that watch a node look at it. True when something is raised that was not before."""
    raised = False
    for kind in watching(what):
        for found in kind.find(seen):
            about = OfNode(found.node or seen.node, found.subject or seen.node)
            if tx.find(Warning, id_of(kind, about.subject, found)) is None:
                raise_about(tx, kind, about, found)
                raised = True
    return raised


@dataclass(frozen=True)
class OfNode:
    """A department as the subject of a warning: `subject` is the body, the officer or the node itself."""

    node: str
    subject: str
    month: str = ""
    body_id: str = ""

    @property
    def named(self) -> dict[str, str]:
        return {"month": self.month, "body_id": self.body_id}

    def case(self) -> None:
        """A warning about a department carries no case."""
        return None


def kind_of(rule_id: str) -> Kind:
    return kinds()[rule_id]
