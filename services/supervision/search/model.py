"""The words by which records are looked for. Revision 0199 makes an index of them: in SQLite a table beside, in PostgreSQL one of
pg_trgm where the server has that.
"""

from hashlib import sha256

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.kit.tx import Tx
from services.supervision.row import Row


class Searched(Row, table=True):
    """What one record is looked for by: its number and the names in it, one a line. `number` stands for it in the index."""

    subject: str = Field(primary_key=True)
    number: int = Field(sa_type=BigInteger, unique=True)
    words: str


def number_of(subject: str) -> int:
    """A number of 63 bits that follows from the id of a record."""
    return int.from_bytes(sha256(subject.encode()).digest()[:8]) >> 1


def keep_words(tx: Tx, subject: str, *words: str) -> None:
    """Have a record found by these words, and by no others."""
    said, row = "\n".join(words), tx.find(Searched, subject)
    if row is None:
        tx.add(Searched.new(subject=subject, number=number_of(subject), words=said))
    elif row.words != said:
        row.words = said
