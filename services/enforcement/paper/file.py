"""Where the files of papers are kept: beside the record, by the hash of the paper."""

from sqlalchemy import bindparam, select

from services.enforcement.paper.model import PaperFile
from services.kit.view import View

FILE = select(PaperFile.content).where(PaperFile.paper_id == bindparam("wanted_paper"))


def kept_file(view: View, paper_id: str) -> bytes:
    """The file of a paper. Raises Missing."""
    return bytes(view.get(FILE, "PaperFile", paper_id, wanted_paper=paper_id).content)
