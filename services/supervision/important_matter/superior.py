"""The department above a unit, as the city's registry has it, and who heads it."""

from typing import Any

from sqlmodel import select

from services.law.heads import in_office, rank_at
from services.supervision.body.model import Body
from services.supervision.head.model import Heads


def in_force(body: Body | None) -> bool:
    return body is not None and body.confirmed and body.from_time is not None


def superior_of_body(look: Any, body_id: str) -> Body | None:
    """The body in force that is named as the superior of a body; None for none. `look` is a transaction or a view."""
    body = look.find(Body, body_id) if body_id else None
    above = look.find(Body, body.superior_id) if body is not None and body.superior_id else None
    return above if in_force(above) else None


def heads_it(look: Any, body_id: str, person: str) -> bool:
    """Whether who calls is a head of a body now, at the node that keeps its posts."""
    heads = look.find(Heads, body_id)
    return heads is not None and heads.node == look.caller.node and rank_at(heads.terms, person, look.now) > 0


def heads_of(look: Any, body_id: str) -> tuple[str, ...]:
    """The heads of a body now."""
    heads = look.find(Heads, body_id)
    return () if heads is None else in_office(heads.terms, look.now)


def headed_by(look: Any) -> tuple[str, ...]:
    """The bodies, by id, that who calls is a head of now."""
    rows = look.query(select(Heads).where(Heads.node == look.caller.node).order_by(Heads.body_id))
    return tuple(row.body_id for row in rows if heads_it(look, row.body_id, look.caller.subject))
