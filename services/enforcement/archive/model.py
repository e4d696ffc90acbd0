"""The papers that lie in the volume of a case."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases

from services.enforcement.paper.model import CasePaper
from services.law.paper import PAPERS
from services.law.paper_form import text_at
from services.law.procedures.penalty.outcome import ROUND


def papers_of(look: Any, case: cases.Case) -> list[CasePaper]:
    """The newest paper of each kind that was issued of the case as it stands: none of a decision that has to be made anew, and
    none whose number the record has no more. `look` is a transaction or a view.
    """
    rows = look.query(select(CasePaper).where(CasePaper.case_id == case.case_id).order_by(CasePaper.serial))
    return newest_of(rows, case)


def newest_of(rows: Iterable[CasePaper], case: cases.Case) -> list[CasePaper]:
    """Of the papers of a case, the first first, those that hold now."""
    since = max((was.version for was in case.earlier_decisions), default=-1)

    def of_now(row: CasePaper) -> bool:
        return row.case_version > since or PAPERS[row.kind].due.partition(".")[0] not in ROUND

    newest = {row.kind: row for row in rows if of_now(row)}
    return [row for row in newest.values() if _numbered(row, case)]


def _numbered(row: CasePaper, case: cases.Case) -> bool:
    paper = PAPERS[row.kind]
    return paper.record != "case" or not paper.number or text_at(case, paper.number) == row.number
