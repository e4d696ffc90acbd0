"""Who has to do with a case."""

from datetime import datetime

from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.case.model import Assignment
from services.enforcement.head.model import rank_in
from services.kit.access import Caller
from services.kit.tx import Tx
from services.law.procedures.penalty.heads import head_apart
from services.law.procedures.penalty.inquiry import by_handling_officers
from services.law.procedures.penalty.recusal import not_recused, standing_aside
from services.law.procedures.shared import by_head
from services.law.rule import Unlawful


def by_people_of_the_case(caller: Caller, case: cases.Case, *others: int) -> None:
    """Raise Unlawful for who stands aside from the case, or neither handles it nor is in another role that may."""
    me = caller.subject
    if me in standing_aside(case):
        raise Unlawful([not_recused.broken()], {"officers": me})
    if not any(map(caller.has, others)) and me not in {o.officer_id for o in case.officers}:
        raise Unlawful([by_handling_officers.broken()], {"person": me})


def by_head_in_office(tx: Tx, case: cases.Case, at: datetime) -> None:
    """Raise Unlawful for a caller who was no head of the body at a moment, or who handles or handled the case."""
    me = tx.caller.subject
    broken = [] if rank_in(tx, case, me, at) else [by_head.broken()]
    if tx.find(Assignment, f"{case.case_id}/{me}") is not None:
        broken.append(head_apart.broken())
    if broken:
        raise Unlawful(broken, {"person": me})
