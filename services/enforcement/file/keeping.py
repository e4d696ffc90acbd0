"""How the files of cases are named and kept, and who may add to them."""

import hashlib
from typing import Any

from yifa.enforcement.v1 import case_pb2 as cases
from yifa.enforcement.v1 import file_pb2 as pb
from yifa.law.v1.options_pb2 import Role

from services.enforcement.case.people import by_people_of_the_case
from services.enforcement.file.home import Home, named
from services.enforcement.file.model import StoredFile
from services.enforcement.file.retention import DESTROYED
from services.kit.access import Caller
from services.kit.refusal import Missing
from services.law.procedures.inspection.entering import by_inspectors
from services.law.rule import Broken, Unlawful

GONE = Broken(
    "ACT_NOT_OPEN",
    "APL-2021:47",
    "The case was transferred: its files are handed in where it is handled now.",
    "案件已经移送，文件应当交由现办理机关入库。",
)


ARCHIVED = Broken(
    "CASE_ARCHIVED",
    "APL-2021:47;ENV-2023:80",
    "The case is in the archive. Nothing is added to its volume or taken out of it.",
    "案卷归档后，不得修改、增加、抽取案卷材料。",
)


def file_id_of(record_id: str, sha256: bytes, records: int) -> str:
    """The id of a file of a case or an inspection, always the same for the same bytes."""
    return f"F-{hashlib.sha256(b'%b/%d/' % (record_id.encode(), records) + sha256).hexdigest()[:32]}"


def key_of(caller: Caller, asked: Any) -> tuple[str, ...]:
    """By what an unfinished upload is found again. The caller is in it: nobody goes on with what another began."""
    return (caller.subject, named(asked), asked.sha256.hex(), str(asked.size))


def may_hand_in(caller: Caller, home: Home) -> None:
    """Raise Unlawful for who has nothing to do with the case or the inspection, and for a case that is handled elsewhere."""
    if not home.is_case:
        inspects = caller.subject in {officer.officer_id for officer in home.record.officers}
        if not inspects and not caller.has(Role.ROLE_CLERK):
            raise Unlawful([by_inspectors.broken()], {"person": caller.subject}, home.record.sector)
        return
    case: cases.Case = home.record
    by_people_of_the_case(caller, case, Role.ROLE_CLERK, Role.ROLE_LEGAL_REVIEWER)
    if case.state == cases.CASE_STATE_TRANSFERRED_OUT:
        raise Unlawful([GONE], {"case_id": case.case_id}, case.sector)
    if case.HasField("archive"):
        raise Unlawful([ARCHIVED], {"archive": case.archive.number}, case.sector)


def file_of(row: Any, record_id: str, file_id: str) -> pb.File:
    """A file that is there. Raises Missing for one of another record, Unlawful for one that was destroyed."""
    if row is None or row.case_id != record_id:
        raise Missing("StoredFile", file_id)
    if row.destroyed:
        raise Unlawful([DESTROYED], {"file_id": file_id})
    return pb.File.FromString(row.record)


def keep(row: StoredFile, file: pb.File) -> None:
    """The row as the message says."""
    row.record, row.destroyed = file.SerializeToString(deterministic=True), file.HasField("destroy_time")
