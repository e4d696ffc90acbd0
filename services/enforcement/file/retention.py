"""How long files are kept: dated data of the layers, counted from the day on which the case was closed (GBF-2018-118:9)."""

from datetime import date
from typing import Any

from yifa.enforcement.v1 import file_pb2 as pb

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import moment_at
from services.law.rule import Broken, Unlawful
from services.law.term import Term, shifted

DESTROYED = Broken(
    "FILE_DESTROYED",
    "GBF-2018-118:9",
    "The file was destroyed after its retention.",
    "文件已在保存期满后依批准销毁。",
)
RUNS = Broken(
    "RETENTION_RUNS",
    "APL-2021:47;GBF-2018-118:9",
    "Records are not altered or destroyed while they are to be kept. Their time begins when the case is closed.",
    "全过程记录在保存期内不得删改、销毁；保存期自结案之日起算。",
)


def kind_of(file: pb.File) -> str:
    """Which retention holds: that of evidence, of recordings of acts, or of other files."""
    if file.evidence_id:
        return "evidence"
    return "recording" if file.records else "other"


def kept_until(file: pb.File, record: Any, tx: Tx) -> date | None:
    """The last day on which a file is to be kept; None while its case or inspection is not closed."""
    closed = moment_at(record, "close_time")
    if closed is None:
        return None
    day = closed.astimezone(SHANGHAI).date()
    years = tx.parameters.value(f"retention.{kind_of(file)}", day, record.sector).value
    return shifted(Term(years, "year"), day)


def check_retention(file: pb.File, record: Any, tx: Tx) -> None:
    """Raise Unlawful, with the last day, for a file that is still to be kept."""
    until = kept_until(file, record, tx)
    if until is None or tx.now.astimezone(SHANGHAI).date() <= until:
        raise Unlawful([RUNS], {"until": str(until or ""), "file_id": file.file_id}, record.sector)
