"""What a row of the law data judged: the cases whose handling was judged by it, and what is found by the law data in force."""

from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1.case_pb2 import Case
from yifa.law.v1 import edition_pb2 as pb

from services.kit.clocks import receipt
from services.kit.touched import Asked, Page
from services.kit.view import View
from services.supervision.case.facts import rests_on
from services.supervision.case.model import CaseView
from services.supervision.warning.catalogue import kinds
from services.supervision.warning.judging import history, judged
from services.supervision.warning.runner import id_of

CASES = CaseView.__table__


def cases_judged(view: View, asked: Asked, size: int, token: str) -> Page:
    """The cases that a row judged, one page of them."""
    rows, further = view.page(select(CASES).where(asked.counted_rows(CASES)), (CASES.c.case_id,), size, token)
    found = ((row, Case.FromString(row.record)) for row in rows)
    touched = []
    for row, case in found:
        held = rests_on(case)
        if asked.row in held and (counted := asked.counted(row, case.sector, held[asked.row])):
            touched.append(judgement(view, row, case, *counted[0]))
    return touched, further


def judgement(view: View, row: Any, case: Case, mark: str, kept: Any) -> pb.Touched:
    """What was found by an edition, and what is by the one in force."""
    found, _ = judged(view, row, history(view, row))
    now = len({id_of(kinds()[rule_id], row.case_id, finding) for rule_id, finding in found})
    then = row.warned if kept is None else kept["warned"]
    return pb.Touched(
        kind=pb.TOUCHED_KIND_JUDGEMENT,
        subject_id=row.case_id,
        case_number=row.case_number,
        title_zh="办案监督判断",
        title_en="Judgement of how the case was handled",
        receipt=receipt(mark, ()),
        outcome_zh=f"预警：原{then}项，现{now}项",
        outcome_en=f"warnings: were {then}, are {now}",
    )
