"""Who is of a body: those who hold or held its certificates, and those who head or headed it."""

from typing import Any

from sqlmodel import select

from services.supervision.certificate.model import Certificate
from services.supervision.head.model import Heads


def people_of(look: Any, body_id: str) -> frozenset[str]:
    """By what its registry told, whenever that was: nobody of a body judges what it answered for. `look` is a transaction or a
    view.
    """
    if not body_id:
        return frozenset()
    held = look.query(select(Certificate).where(Certificate.body_id == body_id))
    heads = look.find(Heads, body_id)
    terms = heads.terms if heads is not None else ()
    return frozenset({*(row.officer_id for row in held), *(term["officer"] for term in terms)}) - {""}
