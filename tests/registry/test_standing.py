"""A certificate's standing at an instant, against a model that walks through time one tick at a time."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.registry.certificate.standing import (
    Interval,
    Validity,
    certificate_in_force,
    ended,
    expiry,
    standing,
)

TICKS = 24
START = datetime(2026, 1, 1, tzinfo=UTC)
ticks = st.integers(-2, TICKS)
spans = st.tuples(ticks, st.one_of(st.none(), ticks))


def tick(n: int) -> datetime:
    return START + n * timedelta(microseconds=1)


def walked(issue: int, expire: int, suspensions: list[tuple[int, int | None]]) -> list[str]:
    """The standing at every tick, by switching things on and off as the ticks go by."""
    stood = []
    running: set[int] = set()
    for now in range(-2, TICKS + 1):
        for n, (begin, end) in enumerate(suspensions):
            if begin == now:
                running.add(n)
            if end is not None and end <= now:
                running.discard(n)
        if now < issue:
            stood.append("NOT_ISSUED")
        elif now >= expire:
            stood.append("EXPIRED")
        else:
            stood.append("SUSPENDED" if running else "ACTIVE")
    return stood


@given(ticks, ticks, st.lists(spans, max_size=5))
def test_standing_is_what_a_walk_through_time_finds(issue, expire, suspensions):
    intervals = tuple(Interval(tick(b), None if e is None else tick(e)) for b, e in suspensions)
    certificate = Validity(tick(issue), tick(expire), intervals)

    found = [standing(certificate, tick(n)) for n in range(-2, TICKS + 1)]

    assert found == walked(issue, expire, suspensions)
    in_force = [certificate_in_force(certificate, tick(n)) for n in range(-2, TICKS + 1)]
    assert in_force == [stood == "ACTIVE" for stood in found]


@given(ticks, ticks, ticks)
def test_an_ended_suspension_changes_nothing_that_was(begin, at, asked):
    suspension = Interval(tick(begin))

    stopped = ended(suspension, tick(at))

    assert stopped.covers(tick(asked)) == (asked < at and suspension.covers(tick(asked)))
    assert stopped.from_time <= stopped.until_time


@given(st.permutations([(0, 5), (5, 5), (5, 9), (3, None), (9, 3)]))
def test_the_order_of_suspensions_does_not_matter(suspensions):
    intervals = tuple(Interval(tick(b), None if e is None else tick(e)) for b, e in suspensions)
    certificate = Validity(tick(-1), tick(TICKS), intervals)

    found = [standing(certificate, tick(n)) for n in range(-2, TICKS)]

    assert found == walked(-1, TICKS, [(0, 5), (5, 5), (5, 9), (3, None), (9, 3)])[:-1]


def test_a_revoked_certificate_was_in_force_until_it_was_revoked():
    certificate = Validity(tick(0), tick(5), ending="REVOKED")

    assert [standing(certificate, tick(n)) for n in (-1, 0, 4, 5)] == [
        "NOT_ISSUED",
        "ACTIVE",
        "ACTIVE",
        "REVOKED",
    ]


def test_validity_ends_on_the_anniversary_in_china():
    issued = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # 00:30 on 1 April in China

    assert expiry(issued, 5).isoformat() == "2031-04-01T00:00:00+08:00"


def test_issued_on_a_leap_day_it_ends_with_february():
    assert expiry(datetime(2028, 2, 29, 4, tzinfo=UTC), 5).isoformat() == "2033-03-01T00:00:00+08:00"
