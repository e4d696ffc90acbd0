"""The rules of services/law/procedures/penalty/remedy.py broken, and the record before its acts."""

from datetime import timedelta

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1.surcharge_pb2 import RemedyTime

from services.law.moment import put_moment
from tests.law.penalty.change import Before, Breaks, case, facts
from tests.law.penalty.known import NOW


def _lasts(c: cases.Case) -> None:
    put_moment(c.remedies.add().begin_time, NOW - timedelta(days=3))


def _late(c: cases.Case) -> None:
    put_moment(c.remedies.add().begin_time, NOW + timedelta(days=1))


BEFORE: Before = {"END_RECONSIDERATION": _lasts, "END_SUIT": _lasts}
BREAKS: Breaks = {
    "remedy_shown": facts(remedy=RemedyTime(document=" ", end_document=" ")),
    "no_remedy_lasts": case(_lasts),
    "remedy_lasts": case(lambda c: c.ClearField("remedies")),
    "after_the_last": case(_late),
}
