"""How an officer stood at a moment, by the replica of this department."""

from datetime import datetime
from typing import Any

from services.enforcement.officer.model import Standing
from services.law.standing import Person, Scope, person_at


def stood_at(look: Any, person: str, at: datetime, scope: Scope) -> Person:
    """`look` is a transaction or a view. Nobody is certified of whom nothing is known."""
    row = look.find(Standing, person)
    if row is None:
        return Person(person)
    return person_at(person, row.name, row.certificates, at, row.away, scope)
