"""The rules of services/law/procedures/penalty/stay.py broken, and the record before its acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.stay_pb2 import (
    STAY_AUTHORITY_AGENCY,
    STAY_AUTHORITY_COURT,
    STAY_GROUND_APPLICATION,
    Stay,
)
from yifa.enforcement.v1.surcharge_pb2 import REMEDY_KIND_RECONSIDERATION

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, case, facts
from tests.law.penalty.known import NOW, STAY


def _lasts(c: cases.Case) -> None:
    put_moment(c.remedies.add(kind=REMEDY_KIND_RECONSIDERATION).begin_time, NOW - timedelta(days=3))


def _stayed(c: cases.Case) -> None:
    _lasts(c)
    put_moment(c.stays.add(**STAY).begin_time, NOW - timedelta(days=2))


def _changed(**values: object) -> Stay:
    return Stay(**(STAY | values))


BEFORE: Before = {"RECORD_STAY": _lasts, "END_STAY": _stayed}
BREAKS: Breaks = {
    "stay_shown": facts(stay=_changed(document=" ", end_document=" ")),
    "stay_grounded": facts(stay=_changed(ordered_by=STAY_AUTHORITY_AGENCY, ground=STAY_GROUND_APPLICATION)),
    "within_remedy": facts(stay=_changed(ordered_by=STAY_AUTHORITY_COURT)),
    "not_stayed_twice": case(_stayed),
    "stay_lasts": case(lambda c: put_moment(c.remedies[0].end_time, NOW - timedelta(days=1))),
    "after_it_began": case(lambda c: put_moment(c.stays[0].begin_time, NOW + timedelta(days=1))),
    "not_stayed": case(_stayed),
}
