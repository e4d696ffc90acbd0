"""Whether every file on record is held by the node, byte for byte as it was handed in (APL 47, GBF-2018-118:9)."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from yifa.enforcement.v1 import file_pb2 as pb

from services.enforcement.case.model import Case
from services.enforcement.file.model import StoredFile
from services.kit.files import files_of
from services.kit.settings import Settings
from services.kit.store import open_store


@dataclass(frozen=True)
class Fault:
    """A file that is gone ("LOST") or is not what it was ("ALTERED"), with its case."""

    what: str
    file: pb.File
    case_number: str


@dataclass
class Checked:
    """The files of a node after reading them all. `nameless` are held, and no record names them."""

    node: str
    files: int = 0
    bytes: int = 0
    faults: list[Fault] = field(default_factory=list)
    nameless: int = 0


def verify_files(settings: Settings) -> Checked:
    """Read all files of a node, and compare them with what was written down. The node may run meanwhile, or not."""
    files, found = files_of(settings), Checked(settings.node)
    verdicts: dict[bytes, str] = {}
    for file, case_number in on_record(settings):
        if file.sha256 not in verdicts:
            verdicts[file.sha256] = files.check(file.sha256, file.size)
        found.files += 1
        found.bytes += file.size
        if what := verdicts[file.sha256]:
            found.faults.append(Fault(what, file, case_number))
    found.nameless = sum(name not in verdicts for name in files.held.names())
    return found


def on_record(settings: Settings) -> Iterator[tuple[pb.File, str]]:
    """Every file that should be there, with the number of its case, or its id where it has none."""
    engine = open_store(settings.database("enforcement"))
    wanted = select(StoredFile.record, Case.case_number, Case.case_id).join(
        Case, Case.case_id == StoredFile.case_id
    )
    try:
        with engine.connect() as connection:
            rows = connection.execute(
                wanted.where(StoredFile.destroyed.is_(False)).order_by(StoredFile.file_id)
            )
            for row in rows:
                yield pb.File.FromString(row.record), row.case_number or row.case_id
    finally:
        engine.dispose()
