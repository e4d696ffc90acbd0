"""The early warnings that watch permits look at one, after every act and every term."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from yifa.enforcement.v1 import permit_pb2 as pb
from yifa.law.v1.law_pb2 import CLOCK_STATE_EXPIRED, CLOCK_STATE_MET

from services.kit.tx import Tx
from services.law.citation import cite
from services.law.clock import Clock, catalogue
from services.law.moment import moment_of
from services.supervision.permit.model import PermitView
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import SETTLED, WITHDRAWN, end, id_of, raise_about, warning_id

TERM, PROMISE, AGAINST_RULES = "CLOCK_PASSED", "PROMISE_BROKEN", "PERMIT_AGAINST_RULES"
OF_THE_AGENCY = "agency"


@dataclass(frozen=True)
class SeenPermit:
    """A permit as its department told last. `look` is a transaction or a view."""

    look: Any
    view: Any
    record: pb.Permit


def passed(record: pb.Permit) -> Iterator[tuple[Clock, datetime, bool]]:
    """The terms of the agency that ended before what they are for was done, with when, and whether it was done since."""
    for deadline in record.deadlines:
        clock, due = catalogue()[deadline.clock_id], moment_of(deadline.due_time)
        if clock.direction != "after" or clock.who != OF_THE_AGENCY:
            continue
        late = deadline.state == CLOCK_STATE_MET and moment_of(deadline.stop_time) > due
        if late or deadline.state == CLOCK_STATE_EXPIRED:
            yield clock, due, late


def cited_here(law: str) -> str:
    """What a department cites, where the law here knows it; else nothing, and the warning cites its own."""
    try:
        return cite(law).code
    except ValueError:
        return ""


def breach_of(breach: Any) -> str:
    """What tells one rule that was broken from another."""
    return f"{breach.act}/{breach.reason}"


def judge(tx: Tx, view: PermitView, broken_before: Iterable[str] = ()) -> None:
    """Raise what is found, settle what is over, and withdraw what a term that was extended took away, or what an act turned out
    not to break: `broken_before` is what the record said of that before.
    """
    record, found = view.permit(), set()
    for kind in watching("permit"):
        for finding in kind.find(SeenPermit(tx, view, record)):
            found.add(finding.about)
            if finding.over:
                end(tx, tx.find(Warning, id_of(kind, view.subject, finding)), SETTLED)
            else:
                raise_about(tx, kind, view, finding)
    for clock_id in {each.clock_id for each in record.deadlines} - found:
        end(tx, tx.find(Warning, warning_id(TERM, view.subject, clock_id)), WITHDRAWN)
    for breach in set(broken_before) - found:
        end(tx, tx.find(Warning, warning_id(AGAINST_RULES, view.subject, breach)), WITHDRAWN)


def warnings_of(record: pb.Permit) -> list[str]:
    """The ids that the warnings about a permit may have."""
    terms = [warning_id(TERM, record.permit_id, each.clock_id) for each in record.deadlines]
    broken = [warning_id(AGAINST_RULES, record.permit_id, breach_of(each)) for each in record.breaches]
    return [*terms, *broken, warning_id(PROMISE, record.permit_id)]
