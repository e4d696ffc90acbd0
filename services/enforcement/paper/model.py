"""Papers as they were issued, their files, the templates they are set by, and their numbers."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.paper.row import FileRow, FormRow, PaperRow, TemplateRow


class CasePaper(Row, PaperRow, table=True):
    """A paper that was issued of a case, or of what stands beside it."""

    __table_args__ = (
        Index("casepaper_case", "case_id", "serial"),
        Index("casepaper_record", "record_id", "serial"),
    )

    # The case whose file it lies in; empty for an inspection, which has one of its own.
    case_id: str
    # The case, or the measure, referral or inspection that it tells of.
    record_id: str
    # How many papers of that file came before it.
    serial: int
    # Which of the parts of the record it tells of, counted from one, or up to which paper it lists; 0 for the whole record.
    place: int = 0
    # Those of the record; the state only of a case.
    case_version: int = Field(sa_type=BigInteger)
    case_state: int


class PaperFile(Row, FileRow, table=True):
    """The file of a paper (PDF/A)."""


class PaperTemplate(Row, TemplateRow, table=True):
    """A template of the papers."""


class PaperForm(Row, FormRow, table=True):
    """The template that papers of a kind are set by now."""


class Number(Row, table=True):
    """The last figure given out in a series of document numbers: those of one body that are alike but for the figure."""

    series: str = Field(primary_key=True)
    last: int
