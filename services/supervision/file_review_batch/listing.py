"""The list of files that may be drawn: the closed penalty cases of a period, each in its strata."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.clocks.show import citation
from services.law.calendar import SHANGHAI
from services.law.parameters import Layers
from services.law.procedures.file_review_batch import MOST_FILES
from services.law.rubric import Rubric
from services.supervision.case.model import CaseView
from services.supervision.file_review_batch.facts import period

FORMULAS = {"points": pb.FILE_FORMULA_POINTS, "halves": pb.FILE_FORMULA_HALVES}
ENDED = cases.CASE_STATE_CLOSED
CASES = CaseView.__table__
AT_ONCE = 200


def kind_of(case: cases.Case) -> int:
    """What kind of file a case is. One that ended without a decision is none."""
    if case.HasField("no_penalty") and case.no_penalty.HasField("decide_time"):
        return pb.FILE_KIND_NO_PENALTY
    if not case.HasField("decision"):
        return pb.FILE_KIND_UNSPECIFIED
    return pb.FILE_KIND_SUMMARY if case.procedure == cases.PROCEDURE_SUMMARY else pb.FILE_KIND_ORDINARY


def put_files(batch: pb.FileReviewBatch, look: Any) -> None:
    """Freeze the list, with the standards by which its files are reviewed. One file too many is enough to see it."""
    asked = period(batch.from_day, batch.until_day)
    if asked is None:
        return
    standards: dict[str, Rubric] = {}
    today = look.now.astimezone(SHANGHAI).date()
    for case in _closed(look, batch.node, *asked):
        kind = kind_of(case)
        if not kind or (batch.kinds and kind not in batch.kinds):
            continue
        if len(batch.files) > MOST_FILES:
            break
        file = batch.files.add(case_id=case.case_id, kind=kind, strata=_strata(batch.strata_by, case, kind))  # type: ignore[arg-type]
        try:
            standard = look.parameters.rubric(case.sector, today)
        except LookupError:
            continue
        file.standard_id = standard.id
        standards[standard.id] = standard
    for name in sorted(standards):
        sector = next(iter(standards[name].sectors), "")
        batch.standards.append(standard_message(standards[name], look.parameters, sector))


def _closed(look: Any, node: str, since: datetime, until: datetime) -> Iterator[cases.Case]:
    """The cases that were closed in a period, in the order of their ids, one after the other: there may be many."""
    wanted = select(CASES.c.record).where(
        CASES.c.close_time >= since, CASES.c.close_time < until, CASES.c.state == ENDED
    )
    if node:
        wanted = wanted.where(CASES.c.node == node)
    wanted = wanted.order_by(CASES.c.case_id).execution_options(yield_per=AT_ONCE)
    with look.reader.execute(wanted) as found:
        for row in found:
            yield cases.Case.FromString(row.record)


def _strata(by: Iterable[int], case: cases.Case, kind: int) -> list[str]:
    """The strata that a file lies in: one, or where officers tell them apart one for each who handled it."""
    parts = [[*_parts(each, case, kind)] for each in sorted(by)]
    return sorted({"/".join(choice) for choice in product(*parts)}) if parts else ["all"]


def _parts(by: int, case: cases.Case, kind: int) -> Iterator[str]:
    if by == pb.FILE_STRATUM_BODY:
        yield case.body_id
    elif by == pb.FILE_STRATUM_SECTOR:
        yield case.sector or "-"
    elif by == pb.FILE_STRATUM_KIND:
        yield pb.FileKind.Name(kind).removeprefix("FILE_KIND_")  # type: ignore[arg-type]
    else:
        yield from {officer.officer_id for officer in case.officers} or ("-",)


def standard_message(rubric: Rubric, parameters: Layers, sector: str) -> pb.FileStandard:
    """A standard as it holds; cited is the article that binds in the field."""
    return pb.FileStandard(
        standard_id=rubric.id,
        version=rubric.version,
        title_zh=rubric.title_zh,
        title_en=rubric.title_en,
        law=citation(parameters.cited(rubric.law, sector).partition(";")[0]),
        sha256=rubric.digest,
        formula=FORMULAS[rubric.formula],
        base_most=rubric.base_most,
    )
