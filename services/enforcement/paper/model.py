"""Papers as they were issued, their files, the templates they are set by, and their numbers."""

from datetime import datetime

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant


class CasePaper(Row, table=True):
    """A paper that was issued: `data` is all that it says, as JSON; `paper_id` the hash of that and of its template."""

    __table_args__ = (
        Index("casepaper_case", "case_id", "serial"),
        Index("casepaper_record", "record_id", "serial"),
    )

    paper_id: str = Field(primary_key=True)
    # The case whose file it lies in; empty for an inspection, which has one of its own.
    case_id: str
    # The case, or the measure, referral or inspection that it tells of.
    record_id: str
    # How many papers of that file came before it.
    serial: int
    kind: str
    number: str
    issue_time: datetime = Field(sa_type=Instant)
    issuer: str
    # Those of the record; the state only of a case.
    case_version: int = Field(sa_type=BigInteger)
    case_state: int
    template_hash: str
    data: bytes
    # Whether its file is there, or why it could not be made.
    ready: bool = Field(default=False, index=True)
    problem: str = ""


class PaperFile(Row, table=True):
    """The file of a paper (PDF/A)."""

    paper_id: str = Field(primary_key=True)
    content: bytes


class PaperTemplate(Row, table=True):
    """A template with what it includes, as JSON of texts by file name, by their hash; it stays as long as its papers."""

    template_hash: str = Field(primary_key=True)
    files: bytes


class PaperForm(Row, table=True):
    """The template that papers of a kind are set by now."""

    kind: str = Field(primary_key=True)
    template_hash: str


class Number(Row, table=True):
    """The last figure given out in a series of document numbers: those of one body that are alike but for the figure."""

    series: str = Field(primary_key=True)
    last: int
