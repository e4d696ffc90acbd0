"""A closed case goes into the archive: one volume, numbered, with a catalogue in the order of the sector's rules (SAMR 78)."""

from datetime import datetime

from yifa.enforcement.v1 import archive_pb2 as pb
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import events_pb2 as events

from services.enforcement.archive.catalogue import catalogue, lying_of
from services.enforcement.case.act import act
from services.enforcement.paper.number import next_number
from services.kit.act import Do
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_of, put_moment
from services.law.procedures.penalty import PENALTY
from services.law.term import Term, end_of, shifted


@act(PENALTY.ARCHIVE_CASE)
def archive_case(request: pb.ArchiveCaseRequest, case: cases.Case, do: Do) -> events.CaseArchived:
    """Put what there is of a closed case into one volume (SAMR 78). The compiler is the caller."""
    volume = case.archive
    volume.number = next_number(do.tx, case.body_id, "archive", do.now)
    volume.compiler, volume.checker = do.caller, request.checker
    volume.pages, volume.note = request.pages, request.note
    put_moment(volume.archive_time, do.now)
    put_moment(volume.kept_until, kept_until(do.tx, case))
    for order, item in enumerate(catalogue(case, lying_of(do.tx, case)), 1):
        item.order = order
        volume.catalogue.append(item)
    return events.CaseArchived()


def kept_until(tx: Tx, case: cases.Case) -> datetime:
    """The end of the last day on which the volume is to be kept, counted from the day on which the case was closed."""
    closed = moment_of(case.close_time).astimezone(SHANGHAI).date()
    years = tx.parameters.value("retention.volume", closed, case.sector).value
    return end_of(shifted(Term(years, "year"), closed))
