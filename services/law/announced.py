"""What the city announces of bodies and of the items of their power lists, as replicas keep it."""

from typing import Any

from yifa.registry.v1 import body_pb2, power_pb2

from services.law.areas import area_of
from services.law.moment import moment_at

MAY_ENFORCE = frozenset(
    {
        body_pb2.BODY_STATE_PUBLISHED,
        body_pb2.BODY_STATE_CHANGE_PENDING,
        body_pb2.BODY_STATE_REISSUED,
    }
)


def body_values(body: body_pb2.EnforcementBody) -> dict[str, Any]:
    """The columns of a body; those of its entrustment where it acts under one."""
    values: dict[str, Any] = {
        "name": body.name,
        "node": body.node,
        "field": body.field,
        "version": body.version,
        "document_prefix": body.document_prefix,
        "area_code": area_of(body.unified_social_credit_code),
        "seal": body.seal,
        "confirmed": body.state in MAY_ENFORCE,
        "kind": body.kind,
        "listed": body.power_list_version > 0,
        "from_time": moment_at(body, "publish_time"),
        "until_time": moment_at(body, "withdraw_time"),
    }
    if body.HasField("entrustment"):
        given = body.entrustment
        values |= {
            "mandator_id": given.entrusting_body_id,
            "mandator_name": given.entrusting_body_name,
            "mandate_items": tuple(given.item_ids),
            "mandate_from": moment_at(given, "from_time"),
            "mandate_until": moment_at(given, "until_time"),
        }
    return values


def item_values(item: power_pb2.PowerItem) -> dict[str, Any]:
    """The columns of an item of a power list."""
    return {
        "code": item.code,
        "kind": item.kind,
        "level": item.level,
        "version": item.version,
        "basis_ids": tuple(item.basis_ids),
        "penalty_kinds": tuple(item.penalty_kinds),
        "predecessor_id": item.predecessor_id,
        "from_time": moment_at(item, "from_time"),
        "until_time": moment_at(item, "until_time"),
    }
