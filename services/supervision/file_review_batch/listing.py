"""The list of files that may be drawn: the closed penalty cases of a period, the permits that were
decided and issued, the measures that ended, each in its strata.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import product
from typing import Any

from yifa.supervision.v1 import file_review_pb2 as pb

from services.kit.clocks.show import citation
from services.law.calendar import SHANGHAI
from services.law.parameters import Layers
from services.law.procedures.file_review_batch import MOST_FILES
from services.law.rubric import Rubric
from services.supervision.file_review.source import SOURCES, File, family_of, kind_name
from services.supervision.file_review_batch.facts import period

FORMULAS = {"points": pb.FILE_FORMULA_POINTS, "halves": pb.FILE_FORMULA_HALVES}


def put_files(batch: pb.FileReviewBatch, look: Any) -> None:
    """Freeze the list, with the standards by which its files are reviewed. One file too many is enough to see it."""
    asked = period(batch.from_day, batch.until_day)
    if asked is None:
        return
    standards: dict[str, Rubric] = {}
    today = look.now.astimezone(SHANGHAI).date()
    for file in _closed(look, batch, *asked):
        if len(batch.files) > MOST_FILES:
            break
        listed = batch.files.add(
            case_id=file.case_id,
            record_id=file.record_id,
            kind=file.kind,  # type: ignore[arg-type]
            strata=_strata(batch.strata_by, file),
        )
        try:
            standard = look.parameters.rubric(file.record.sector, today, family_of(file.kind))
        except LookupError:
            continue
        listed.standard_id = standard.id
        standards[standard.id] = standard
    for name in sorted(standards):
        sector = next(iter(standards[name].sectors), "")
        batch.standards.append(standard_message(standards[name], look.parameters, sector))


def _closed(look: Any, batch: pb.FileReviewBatch, since: datetime, until: datetime) -> Iterator[File]:
    """The files of the kinds that are asked for, or of all, that were over in a period: family by family, by their ids."""
    families = {family_of(kind) for kind in batch.kinds} or SOURCES.keys()
    for family, source in SOURCES.items():
        for file in source.closed(look, batch.node, since, until) if family in families else ():
            if file.kind and (not batch.kinds or file.kind in batch.kinds):
                yield file


def _strata(by: Iterable[int], file: File) -> list[str]:
    """The strata that a file lies in: one, or where officers tell them apart one for each who handled it."""
    parts = [[*_parts(each, file)] for each in sorted(by)]
    return sorted({"/".join(choice) for choice in product(*parts)}) if parts else ["all"]


def _parts(by: int, file: File) -> Iterator[str]:
    if by == pb.FILE_STRATUM_BODY:
        yield file.record.body_id
    elif by == pb.FILE_STRATUM_SECTOR:
        yield file.record.sector or "-"
    elif by == pb.FILE_STRATUM_KIND:
        yield kind_name(file.kind)
    else:
        yield from file.officers or ("-",)


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
