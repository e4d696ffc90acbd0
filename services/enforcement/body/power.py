"""Whether a body's own published power list gives it a power of force, on a basis of a rank that may give it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from yifa.registry.v1.basis_pb2 import BASIS_LEVEL_LAW
from yifa.registry.v1.power_pb2 import POWER_KIND_DUTY_ENFORCEMENT, POWER_KIND_MONEY_ENFORCEMENT

from services.enforcement.basis.model import Basis
from services.enforcement.body.model import Body, PowerItem
from services.law.procedures.penalty.body import during, may_enforce

LAWS = frozenset({BASIS_LEVEL_LAW})


def gives_power(
    look: Any,
    body_id: str,
    item: PowerItem | None,
    kind: int,
    levels: frozenset[int],
    node: str,
    at: datetime,
) -> bool:
    """Whether an item gives a body of a node a kind of power at a moment; a mandate gives none (ACL 13, 17(1)).

    `look` is a transaction or a view.
    """
    body = look.find(Body, body_id)
    if body is None or item is None or body.mandate_from is not None or body.mandator_id:
        return False
    its_own = item.body_id == body_id and item.kind == kind
    held = item.from_time is not None and during(item.from_time, item.until_time, at)
    return its_own and held and may_enforce(body, node, look.now, at) and any(
        _founds(look, basis_id, levels, at) for basis_id in item.basis_ids
    )  # fmt: skip


def _founds(look: Any, basis_id: str, levels: frozenset[int], at: datetime) -> bool:
    basis = look.find(Basis, basis_id)
    return basis is not None and basis.level in levels and during(None, basis.repeal_time, at)


def enforces_money(look: Any, body_id: str, node: str, at: datetime) -> bool:
    """Whether a law gives a body the power to enforce a duty to pay by itself, as its list shows (ACL 13, 46)."""
    return _enforces(look, body_id, POWER_KIND_MONEY_ENFORCEMENT, node, at)


def enforces_duty(look: Any, body_id: str, node: str, at: datetime) -> bool:
    """Whether a law gives a body the power to enforce by itself what it ordered to be done, as its list shows (ACL 13, 34)."""
    return _enforces(look, body_id, POWER_KIND_DUTY_ENFORCEMENT, node, at)


def _enforces(look: Any, body_id: str, kind: int, node: str, at: datetime) -> bool:
    items = look.query(select(PowerItem).where(PowerItem.body_id == body_id, PowerItem.kind == kind))
    return any(gives_power(look, body_id, item, kind, LAWS, node, at) for item in items)
