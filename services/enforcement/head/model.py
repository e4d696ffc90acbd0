"""The heads of enforcement bodies, as their department's registry announced them."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from services.enforcement.body.model import Body
from services.enforcement.officer.model import Standing
from services.enforcement.row import Row
from services.kit.store import JsonList
from services.law.heads import rank_at
from services.law.moment import micros
from services.law.standing import within


class Heads(Row, table=True):
    """Who was a head of a body from when until when, as `services.law.heads` writes it. A replica."""

    kept: ClassVar[bool] = True
    body_id: str = Field(primary_key=True)
    terms: tuple[dict[str, Any], ...] = Field(default=(), sa_type=JsonList)


def rank_of(look: Any, body_id: str, person: str, at: datetime) -> int:
    """The rank (PostRank) of the head of a body that a person was at a moment; 0 for nobody known, nobody in office then, or
    somebody who was not of this department any more. `look` is a transaction or a view.
    """
    heads = look.find(Heads, body_id)
    if heads is None:
        return 0
    officer = look.find(Standing, person)
    away = officer is not None and within(officer.away, micros(at))
    return 0 if away else rank_at(heads.terms, person, at)


def rank_in(look: Any, case: Any, person: str, at: datetime) -> int:
    """The same of the body of a case, or of the agency for which an entrusted body acts."""
    body = look.find(Body, case.body_id)
    entrusting = body.mandator_id if body is not None and body.mandate_from is not None else ""
    ranks = (rank_of(look, body_id, person, at) for body_id in (case.body_id, entrusting) if body_id)
    return min((rank for rank in ranks if rank), default=0)
