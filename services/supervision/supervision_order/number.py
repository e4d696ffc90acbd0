"""The numbers of the office's own documents: by the city's pattern, each given out once, without gaps."""

from sqlmodel import Field

from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.numbering import filled
from services.supervision.row import Row


class Number(Row, table=True):
    """The last figure given out in a series of document numbers."""

    series: str = Field(primary_key=True)
    last: int


def next_number(tx: Tx, kind: str, body: str = "") -> str:
    """The office's next number of a kind of document in this year, as 司监意〔2026〕12号; `body` stands for another than it."""
    numbering = tx.parameters.numbering()
    series = numbering.series(kind, body or numbering.oversight, tx.now.astimezone(SHANGHAI).year)
    number = tx.find(Number, series) or tx.add(Number.new(series=series, last=0))
    number.last += 1
    return filled(series, number.last)
