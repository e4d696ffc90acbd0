"""Where the files of papers are kept: beside the record, by the hash of the paper."""

from sqlalchemy import bindparam, select

from services.enforcement.paper.model import PaperFile
from services.kit.tx import Tx
from services.kit.view import View

FILE = select(PaperFile.content).where(PaperFile.paper_id == bindparam("wanted_paper"))


def keep_file(tx: Tx, paper_id: str, content: bytes) -> None:
    """Keep the file of a paper; one that is kept already stays."""
    if tx.find(PaperFile, paper_id) is None:
        tx.add(PaperFile.new(paper_id=paper_id, content=content))


def kept_file(view: View, paper_id: str) -> bytes:
    """The file of a paper. Raises Missing."""
    return bytes(view.get(FILE, "PaperFile", paper_id, wanted_paper=paper_id).content)
