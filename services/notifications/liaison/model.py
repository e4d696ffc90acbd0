"""Who is spoken to at an agency, as its registry announced it."""

from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from services.notifications.row import Row


class Liaison(Row, table=True):
    """Who is spoken to at an agency of this node, and the substitute. A replica."""

    body_id: str = Field(primary_key=True)
    officer_id: str = ""
    substitute_id: str = ""
    from_time: int = Field(sa_type=BigInteger, default=0)


def spoken_to(look: Any, body_id: str) -> tuple[str, ...]:
    """Those who are told what goes to the office of an agency; nobody where none is named."""
    row = look.find(Liaison, body_id) if body_id else None
    return tuple(each for each in (row.officer_id, row.substitute_id) if each) if row is not None else ()
