"""How a person of the oversight office stood at a moment, by its certificate to supervise (ASR 8)."""

from datetime import datetime
from typing import Any

from yifa.registry.v1.act_pb2 import ACT_KIND_SUPERVISION
from yifa.registry.v1.certificate_pb2 import CERTIFICATE_KIND_SUPERVISION

from services.law.standing import Person, Scope, person_at
from services.supervision.body.model import Body
from services.supervision.case.facts import as_kept, away, certificates

SUPERVISING = Scope(kind=CERTIFICATE_KIND_SUPERVISION, act=ACT_KIND_SUPERVISION)


def supervisor_at(look: Any, person: str, at: datetime) -> Person:
    """How somebody stood at a moment. Only what was issued for the city's own office counts."""
    held = certificates(look, person, "", SUPERVISING.kind)
    own = [as_kept(row) for row in held if _of_office(look, row.body_id)]
    return person_at(person, "", own, at, away(look, person, look.city), SUPERVISING)


def _of_office(look: Any, body_id: str) -> bool:
    """Whether a body is the city's own."""
    body = look.find(Body, body_id) if body_id else None
    return body is not None and body.node == look.city
