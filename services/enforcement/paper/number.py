"""The numbers of documents: the city's pattern, each given out once, in one transaction with what bears it."""

from datetime import datetime

from services.enforcement.body.model import Body
from services.enforcement.paper.model import Number
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.numbering import filled


def next_number(tx: Tx, body_id: str, kind: str, at: datetime) -> str:
    """The body's next number of a kind of paper in the year of `at`, as 环罚立〔2026〕12号: without gaps. Raises Missing."""
    body = tx.get(Body, body_id)
    numbering = tx.parameters.numbering(tx.sector_of(body.field))
    series = numbering.series(kind, body.document_prefix, at.astimezone(SHANGHAI).year)
    key = f"{body_id}/{series}"
    number = tx.find(Number, key) or tx.add(Number.new(series=key, last=0))
    number.last += 1
    return filled(series, number.last)
