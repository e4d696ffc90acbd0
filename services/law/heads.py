"""Who is a head of an enforcement body, and when: what the registry announced of appointments to its first two ranks of posts.

The terms of a body are {appointment, officer, rank, from, until, version} with moments in microseconds; `until` is null while a
term lasts.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from yifa.registry.v1.post_pb2 import POST_RANK_CHIEF, POST_RANK_DEPUTY, Appointment

from services.law.moment import micros, moment_of

CHIEF = int(POST_RANK_CHIEF)
# 主要负责人、分管负责人: the heads of the body. Who heads a unit of it is none.
RANKS = frozenset({CHIEF, int(POST_RANK_DEPUTY)})

Term = Mapping[str, Any]


def with_term(terms: Iterable[Term], told: Appointment) -> tuple[Term, ...]:
    """The terms of a body with an appointment as it is told, where that is to a head's post and newer than what is known."""
    known = tuple(terms)
    same = next((t for t in known if t["appointment"] == told.appointment_id), None)
    if told.rank not in RANKS or (same is not None and same["version"] >= told.version):
        return known
    term = {
        "appointment": told.appointment_id,
        "officer": told.officer_id,
        "rank": int(told.rank),
        "from": micros(moment_of(told.from_time)),
        "until": micros(moment_of(told.until_time)) if told.HasField("until_time") else None,
        "version": told.version,
    }
    return (*(t for t in known if t is not same), term)


def rank_at(terms: Iterable[Term], person: str, at: datetime) -> int:
    """The rank of the head that a person was at a moment, the highest of several; 0 for none."""
    moment = micros(at)
    held = (
        t["rank"]
        for t in terms
        if t["officer"] == person and t["from"] <= moment and (t["until"] is None or moment < t["until"])
    )
    return min(held, default=0)


def in_office(terms: Iterable[Term], at: datetime) -> tuple[str, ...]:
    """Who was a head at a moment, each once."""
    known = tuple(terms)
    return tuple(sorted({t["officer"] for t in known if rank_at(known, t["officer"], at)}))
