"""What a party owes of a fine at a day: what is left of it, and the surcharge on what was late (APL 72(1)[1], 73(3); ACL 45).

Each part of the fine is late from its own day: that of the law, or of the instalment that was approved. Payments go to the part
that fell due first, and to the surcharge once the fine itself is paid. Time in which a remedy lasts is not counted.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from yifa.enforcement.v1.case_pb2 import Case, Instalment, SetAsideKind
from yifa.enforcement.v1.surcharge_pb2 import Owed

from services.law.calendar import SHANGHAI, Calendar
from services.law.clock import catalogue, due
from services.law.moment import moment_at, moment_of, put_moment
from services.law.surcharge import surcharge
from services.law.term import Interval, end_of

NOTHING_LEFT = frozenset({SetAsideKind.SET_ASIDE_KIND_ANNULLED, SetAsideKind.SET_ASIDE_KIND_VOID})


def outstanding(case: Case) -> Sequence[Instalment]:
    """The instalments that are not paid yet, in the order in which they fall due; payments go to the earliest first."""
    fine, parts = case.decision.penalty.fine.fen, case.instalments
    paid = case.paid.fen - (fine - sum(part.amount.fen for part in parts))
    for n, part in enumerate(parts):
        paid -= part.amount.fen
        if paid < 0:
            return tuple(parts[n:])
    return ()


def pay_by(case: Case, calendar: Calendar) -> datetime | None:
    """The last moment to pay what falls due next: the instalment's day where instalments were approved, else that of the law
    (APL 67(3)). None for a decision that was not served.
    """
    if parts := outstanding(case):
        return end_of(_day_of(parts[0], calendar))
    served = moment_at(case, "service.serve_time")
    return None if served is None else due(catalogue()["PEN-19"], served.astimezone(SHANGHAI), calendar).at


def owed(case: Case, at: datetime, calendar: Calendar) -> Owed:
    """What is owed at the end of the day of a moment, by all the payments on record."""
    day = at.astimezone(SHANGHAI).date()
    found = Owed(resting=any(begin <= day <= end for begin, end in _rests(case, day)))
    put_moment(found.at_time, at)
    if (by := pay_by(case, calendar)) is not None:
        put_moment(found.due_time, by)
    if not case.HasField("decision") or case.set_aside.kind in NOTHING_LEFT:
        found.refund.fen = _to_give_back(case, case.paid.fen + case.surcharge_paid.fen)
        return found
    found.fine.fen = max(case.decision.penalty.fine.fen - case.paid.fen, 0)
    if case.decision.surcharge.daily_percent > 0:
        rests: list[Interval] = [*_rests(case, day)]
        late = [
            surcharge(Decimal(fen) / 100, since, until, rests)
            for fen, since, until in _late(case, day, calendar)
        ]
        found.accrued.fen = sum(each.fen for each in late)
        found.days = max((each.days for each in late), default=0)
    waived = sum(waiver.amount.fen for waiver in case.surcharge_waivers)
    found.surcharge.fen = max(found.accrued.fen - case.surcharge_paid.fen - waived, 0)
    found.total.fen = found.fine.fen + found.surcharge.fen
    too_much = max(case.paid.fen - case.decision.penalty.fine.fen, 0)
    if (last := last_payment(case)) is None or last.astimezone(SHANGHAI).date() <= day:
        too_much += max(case.surcharge_paid.fen - found.accrued.fen, 0)
    found.refund.fen = _to_give_back(case, too_much)
    return found


def _to_give_back(case: Case, too_much: int) -> int:
    """In fen, what is paid too much of the decision that the case holds and all that was paid of those annulled before it, less
    what was given back.
    """
    before = sum(was.paid.fen + was.surcharge_paid.fen for was in case.earlier_decisions)
    return max(int(too_much + before - sum(each.amount.fen for each in case.refunds)), 0)


def last_payment(case: Case) -> datetime | None:
    """When the latest of the payments on record was made."""
    times = (moment_at(paid, "pay_time") for paid in case.payments)
    return max((at for at in times if at is not None), default=None)


def _rests(case: Case, day: date) -> Iterator[tuple[date, date]]:
    """The days of remedies, each from its first to its last; one that lasts, to the day asked for."""
    for remedy in case.remedies:
        begin, end = moment_at(remedy, "begin_time"), moment_at(remedy, "end_time")
        if begin is not None:
            first = begin.astimezone(SHANGHAI).date()
            yield first, max(first, day) if end is None else end.astimezone(SHANGHAI).date()


def _parts(case: Case, calendar: Calendar) -> Iterator[tuple[int, date]]:
    """The parts of the fine, in fen, each with its last day to pay; none before the decision was served."""
    served = moment_at(case, "service.serve_time")
    if served is None:
        return
    by_law = due(catalogue()["PEN-19"], served.astimezone(SHANGHAI), calendar).day
    yield case.decision.penalty.fine.fen - sum(part.amount.fen for part in case.instalments), by_law
    for part in case.instalments:
        yield part.amount.fen, _day_of(part, calendar)


def _day_of(part: Instalment, calendar: Calendar) -> date:
    return calendar.next_working(moment_of(part.due_time).astimezone(SHANGHAI).date())


def _late(case: Case, day: date, calendar: Calendar) -> Iterator[tuple[int, date, date]]:
    """What was paid late or is late on a day: how much, since which day, to which."""
    paid = deque(sorted(each for each in _payments(case) if each[1] > 0))
    for part, since in _parts(case, calendar):
        left = part
        while left > 0 and paid:
            when, fen = paid.popleft()
            much = min(fen, left)
            yield much, since, min(when, day)
            left -= much
            if fen > much:
                paid.appendleft((when, fen - much))
        if left > 0:
            yield left, since, day


def _payments(case: Case) -> Iterator[tuple[date, int]]:
    """What went to the fine, in fen, each with its day; without one it is taken to have been in time."""
    for paid in case.payments:
        at = (
            moment_at(paid, "pay_time")
            or moment_at(case, "perform_time")
            or moment_at(case, "service.serve_time")
        )
        yield (
            (date.min if at is None else at.astimezone(SHANGHAI).date()),
            paid.amount.fen - paid.surcharge.fen,
        )
