"""What the rules of a draw are told at the department."""

from datetime import datetime
from typing import Any

from yifa.enforcement.v1.inspection_draw_pb2 import InspectionDraw

from services.enforcement.body.model import Body
from services.enforcement.officer.looking import stood_at
from services.law.procedures.inspection_draw import DrawFacts
from services.law.process import Move
from services.law.standing import Person, Scope


class Looked(DrawFacts):
    """`look` is a transaction or a view."""

    def __init__(self, draw: InspectionDraw, look: Any, move: Move, request: Any = None) -> None:
        self.draw, self.look, self.move, self.now = draw, look, move, look.now

    def at(self) -> datetime:
        return self.now

    def body(self, body_id: str) -> Body | None:
        return self.look.find(Body, body_id)  # type: ignore[no-any-return]

    def stood(self, person: str, at: datetime, scope: Scope) -> Person:
        return stood_at(self.look, person, at, scope)
