"""What lies in the volume of a case, in the order of the sector's rules (SAMR 78)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import file_pb2 as files

from services.enforcement.archive.model import newest_of, papers_of
from services.enforcement.evidence.model import Evidence
from services.enforcement.file.model import StoredFile
from services.enforcement.paper.model import CasePaper
from services.law.moment import put_moment
from services.law.paper import PAPERS
from services.law.volume import HOLDING, Section, section_of, sections


@dataclass(frozen=True)
class Lying:
    """The rows of what lies in the file of a case: the papers that hold now, the evidence, the files."""

    papers: list[Any]
    evidence: list[Any]
    files: list[Any]


def lying_of(look: Any, case: cases.Case) -> Lying:
    """What lies in the file of a case. `look` is a transaction or a view."""
    its = (
        look.query(select(kind).where(kind.case_id == case.case_id))  # type: ignore[attr-defined]
        for kind in (Evidence, StoredFile)
    )
    return Lying(papers_of(look, case), *map(list, its))


def lying_in(look: Any, several: list[cases.Case]) -> dict[str, Lying]:
    """The same of several cases, by their ids, asked once for each kind of thing."""
    ids = [case.case_id for case in several]
    papers, evidence, stored = (_by_case(look, kind, ids) for kind in (CasePaper, Evidence, StoredFile))
    return {
        case.case_id: Lying(
            newest_of(sorted(papers.get(case.case_id, ()), key=lambda row: row.serial), case),
            evidence.get(case.case_id, []),
            stored.get(case.case_id, []),
        )
        for case in several
    }


def _by_case(look: Any, kind: Any, ids: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in look.among(kind, "case_id", ids) if ids else ():
        found.setdefault(row.case_id, []).append(row)
    return found


Placed = Iterator[tuple[Section, datetime, cases.ArchiveItem]]


def catalogue(case: cases.Case, lying: Lying) -> Iterator[cases.ArchiveItem]:
    """What lies in the volume, section by section, in each by the time from which it is."""
    its = sections(case.sector)
    found = [*_papers(lying, its), *_evidence(lying, its), *_files(lying, its)]
    found.sort(key=lambda each: (its.index(each[0]), each[1]))
    for section, at, item in found:
        item.side, item.section = section.side, section.zh
        put_moment(item.time, at)
        yield item


def _papers(lying: Lying, its: tuple[Section, ...]) -> Placed:
    for row in lying.papers:
        if row.kind not in HOLDING:
            item = cases.ArchiveItem(title=PAPERS[row.kind].zh, number=row.number, id=row.paper_id)
            yield section_of(row.kind, its), row.issue_time, item


def _evidence(lying: Lying, its: tuple[Section, ...]) -> Placed:
    place = next(section for section in its if section.evidence)
    for row in lying.evidence:
        yield (
            place,
            row.collect_time,
            cases.ArchiveItem(title=row.title, id=row.evidence_id, sha256=row.sha256),
        )


def _files(lying: Lying, its: tuple[Section, ...]) -> Placed:
    """Those that are no evidence, which lies elsewhere, and are there still."""
    place = next(section for section in its if section.files)
    for row in lying.files:
        file = files.File.FromString(row.record)
        if not (row.destroyed or file.evidence_id):
            yield (
                place,
                row.store_time,
                cases.ArchiveItem(title=file.title, id=file.file_id, sha256=file.sha256),
            )
