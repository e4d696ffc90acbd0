"""Who has to do with a case."""

from yifa.enforcement.v1 import case_pb2 as cases

from services.kit.access import Caller
from services.law.procedures.penalty.inquiry import by_handling_officers
from services.law.procedures.penalty.recusal import not_recused, standing_aside
from services.law.rule import Unlawful


def by_people_of_the_case(caller: Caller, case: cases.Case, *others: int) -> None:
    """Raise Unlawful for who stands aside from the case, or neither handles it nor is in another role that may."""
    me = caller.subject
    if me in standing_aside(case):
        raise Unlawful([not_recused.broken()], {"officers": me})
    if not any(map(caller.has, others)) and me not in {o.officer_id for o in case.officers}:
        raise Unlawful([by_handling_officers.broken()], {"person": me})
