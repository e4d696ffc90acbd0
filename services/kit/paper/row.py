"""The rows of papers that are set in type: the paper itself, its file, and the templates. Each service has its own tables."""

from datetime import datetime

from sqlmodel import Field

from services.kit.store import Instant, Row


class PaperRow(Row):
    """A paper that was issued: `data` is all that it says, as JSON; `paper_id` the hash of that and of its template."""

    paper_id: str = Field(primary_key=True)
    kind: str
    number: str
    issue_time: datetime = Field(sa_type=Instant)
    issuer: str
    template_hash: str
    data: bytes
    # Whether its file is there, or why it could not be made.
    ready: bool = Field(default=False, index=True)
    problem: str = ""


class FileRow(Row):
    """The file of a paper (PDF/A)."""

    paper_id: str = Field(primary_key=True)
    content: bytes


class TemplateRow(Row):
    """A template with what it includes, as JSON of texts by file name, by their hash; it stays as long as its papers."""

    template_hash: str = Field(primary_key=True)
    files: bytes


class FormRow(Row):
    """The template that papers of a kind are set by now."""

    kind: str = Field(primary_key=True)
    template_hash: str
