"""By which term a suit is brought in time, and whether it was (ALIT 45-47; ALIT-JI 64, 66)."""

from datetime import datetime
from typing import Any, NamedTuple

from yifa.supervision.v1 import suit_pb2 as pb

from services.kit.clocks import clock_on
from services.law.calendar import SHANGHAI
from services.law.clock import due
from services.law.moment import moment_at, put_moment

SUIT, LIMIT, UNTOLD, WAIT, AFTER_RECONSIDERATION = "LIT-01", "LIT-02", "LIT-03", "LIT-04", "REC-22"


class SuitTerm(NamedTuple):
    """A term: its clock, when it began, when it ends, and until when there is to be waited before it."""

    clock_id: str
    since: datetime
    end: datetime
    not_before: datetime | None = None


def end_of(look: Any, clock_id: str, since: datetime) -> datetime | None:
    """When a term ends that began then; None where there was no such term."""
    local = since.astimezone(SHANGHAI)
    clock = clock_on(look.parameters, clock_id, local.date(), "")
    return due(clock, local, look.calendar).at if clock is not None else None


def _term(look: Any, clock_id: str, since: datetime | None) -> SuitTerm | None:
    end = end_of(look, clock_id, since) if since is not None else None
    return SuitTerm(clock_id, since, end) if since is not None and end is not None else None


def term_of(look: Any, suit: pb.Suit, case: Any, reconsidered: datetime | None) -> SuitTerm | None:
    """The term of a suit: after a reconsideration fifteen days; of a duty that was asked for, six months when two have passed;
    else six months since the act was known, a year where the right was not told; five years from the act at most.
    """
    if reconsidered is not None:
        return _term(look, AFTER_RECONSIDERATION, reconsidered)
    asked = moment_at(suit, "duty_request_time")
    if asked is not None:
        waited = end_of(look, WAIT, asked)
        then = _term(look, SUIT, waited)
        return then._replace(not_before=waited) if then is not None else None
    served = moment_at(case, "service.serve_time") if case is not None else None
    known = _term(look, UNTOLD if suit.rights_untold else SUIT, served or moment_at(suit, "know_time"))
    limit = _term(look, LIMIT, moment_at(case, "decision.decide_time") if case is not None else None)
    return (
        min((each for each in (known, limit) if each is not None), key=lambda term: term.end)
        if known
        else None
    )


def put_timing(timing: pb.SuitTiming, term: Any, at: datetime | None) -> None:
    """Put down by which term something came in time, or did not; what is not known did not."""
    if term is None:
        timing.in_time = False
        return
    timing.clock_id = term.clock_id
    put_moment(timing.from_time, term.since)
    put_moment(timing.end_time, term.end)
    if term.not_before is not None:
        put_moment(timing.not_before_time, term.not_before)
    timing.in_time = at is not None and at <= term.end and (term.not_before is None or at > term.not_before)
