"""Penalties of before, as tables of the credit platforms (双公示) tell of them: no cases, but what parties were penalised for."""

from typing import Any

from sqlalchemy import select
from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import JsonList


class PastPenalty(Row, table=True):
    """One penalty on one party. key: a digest of the agency's code, the number of the decision and the party; entries: the values
    that are not blank, in the order of the standard, each as [code, value].
    """

    key: str = Field(primary_key=True)
    identity_number: str = Field(index=True)
    party_name: str = Field(index=True)
    entries: tuple[tuple[str, str], ...] = Field(default=(), sa_type=JsonList)


def penalised(look: Any, number: str, name: str) -> bool:
    """Whether a party was penalised before, by its number; by its name where it has none. `look` is a transaction or a view."""
    which = PastPenalty.identity_number == number if number else PastPenalty.party_name == name
    return bool(look.query(select(PastPenalty).where(which).limit(1)))
