"""A closed case goes into the archive: one volume, numbered, with a catalogue in the order of the sector's rules (SAMR 78)."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import archive_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events
from yifa.enforcement.v1 import file_pb2 as files

from services.enforcement.archive.model import papers_of
from services.enforcement.case.act import act
from services.enforcement.evidence.model import Evidence
from services.enforcement.file.model import StoredFile
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.paper import PAPERS
from services.law.procedures.penalty import PENALTY
from services.law.term import Term, end_of, shifted
from services.law.volume import HOLDING, Section, section_of, sections


@act(PENALTY.ARCHIVE_CASE)
def archive_case(request: pb.ArchiveCaseRequest, case: cases.Case, do: Do) -> events.CaseArchived:
    """Put what there is of a closed case into one volume (SAMR 78). The compiler is the caller."""
    volume = case.archive
    volume.number = next_number(do.tx, case.body_id, "archive", do.now)
    volume.compiler, volume.checker = do.caller, request.checker
    volume.pages, volume.note = request.pages, request.note
    put_moment(volume.archive_time, do.now)
    put_moment(volume.kept_until, kept_until(do.tx, case))
    for order, item in enumerate(catalogue(do.tx, case), 1):
        item.order = order
        volume.catalogue.append(item)
    return events.CaseArchived()


def kept_until(tx: Tx, case: cases.Case) -> datetime:
    """The end of the last day on which the volume is to be kept, counted from the day on which the case was closed."""
    closed = moment_of(case.close_time).astimezone(SHANGHAI).date()
    years = tx.parameters.value("retention.volume", closed, case.sector).value
    return end_of(shifted(Term(years, "year"), closed))


def catalogue(tx: Tx, case: cases.Case) -> Iterator[cases.ArchiveItem]:
    """What lies in the volume, section by section, in each by the time from which it is."""
    its = sections(case.sector)
    found = [*_papers(tx, case, its), *_evidence(tx, case, its), *_files(tx, case, its)]
    found.sort(key=lambda each: (its.index(each[0]), each[1]))
    for section, at, item in found:
        item.side, item.section = section.side, section.zh
        put_moment(item.time, at)
        yield item


Placed = Iterator[tuple[Section, datetime, cases.ArchiveItem]]


def _papers(tx: Tx, case: cases.Case, its: tuple[Section, ...]) -> Placed:
    for row in papers_of(tx, case):
        if row.kind not in HOLDING:
            item = cases.ArchiveItem(title=PAPERS[row.kind].zh, number=row.number, id=row.paper_id)
            yield section_of(row.kind, its), row.issue_time, item


def _evidence(tx: Tx, case: cases.Case, its: tuple[Section, ...]) -> Placed:
    place = next(section for section in its if section.evidence)
    for row in tx.query(select(Evidence).where(Evidence.case_id == case.case_id)):
        yield (
            place,
            row.collect_time,
            cases.ArchiveItem(title=row.title, id=row.evidence_id, sha256=row.sha256),
        )


def _files(tx: Tx, case: cases.Case, its: tuple[Section, ...]) -> Placed:
    """Those that are no evidence, which lies elsewhere, and are there still."""
    place = next(section for section in its if section.files)
    for row in tx.query(select(StoredFile).where(StoredFile.case_id == case.case_id)):
        file = files.File.FromString(row.record)
        if not (row.destroyed or file.evidence_id):
            yield (
                place,
                row.store_time,
                cases.ArchiveItem(title=file.title, id=file.file_id, sha256=file.sha256),
            )
