"""Whole lists of bodies, brought in part by part and given out page by page."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select
from yifa.registry.v1 import body_pb2 as pb
from yifa.registry.v1 import bulk_pb2 as bulk

from services.kit.rpc import exchange, stream
from services.kit.tx import Tx
from services.kit.view import Feed
from services.law.identity import spelt
from services.law.procedures.body import PROPOSAL, prefix_own, sector_known
from services.registry.body.acts import confirm_body
from services.registry.body.facts import bearing
from services.registry.body.model import BODIES, Body, body_proto
from services.registry.bulk.fault import body_faults, differs, of_law
from services.registry.bulk.page import pages
from services.registry.bulk.row import again, refused, tell
from services.registry.mandate.facts import Mandate

# What two rows about one body must agree in.
BODY_FIELDS = ("name", "kind", "node", "document_prefix", "field")


@exchange
def import_bodies(
    request: bulk.ImportBodiesRequest, seen: dict[str, int], tx: Tx
) -> bulk.ImportBodiesResponse:
    """Confirm the bodies of a part and make them known to all nodes (ASR 17)."""
    reply = bulk.ImportBodiesResponse()
    codes = {spelt(row.unified_social_credit_code) for row in request.rows}
    known = {b.credit_code: b for b in tx.query(select(Body).where(Body.credit_code.in_(codes)))}
    for row in request.rows:
        code = spelt(row.unified_social_credit_code)
        mandate = Mandate(tx, row.kind, None)
        faults = [
            *body_faults(row),
            *(of_law("kind", rule.broken(), tx.parameters) for rule in PROPOSAL if not rule.holds(mandate)),
            *([] if goes_by_rules(row, tx) else [of_law("field", sector_known.broken(), tx.parameters)]),
            *again(seen, "unified_social_credit_code", code, row.line),
            *again(seen, "document_prefix", f"prefix {row.document_prefix}", row.line),
        ]
        if not faults and code in known:
            kept = known[code]
            faults = [
                differs(f, getattr(kept, f)) for f in BODY_FIELDS if getattr(kept, f) != getattr(row, f)
            ]
            reply.unchanged += not faults
        elif not faults:
            taken = bearing(tx, row.document_prefix)
            faults = [of_law("document_prefix", prefix_own.broken(), tx.parameters)] if taken else []
            if not faults and not request.dry_run:
                faults = refused(confirm_body, as_request(row), tx)
            reply.added += not faults
        tell(reply, row.line, faults)
    return reply


def goes_by_rules(row: Any, tx: Tx) -> bool:
    """Whether the field of a row is one of a sector, or the body the city's own, which needs none."""
    return row.node == tx.city or bool(tx.sector_of(row.field))


def as_request(row: Any) -> pb.ConfirmBodyRequest:
    names = ("name", "unified_social_credit_code", "kind", "node", "document_prefix", "field")
    return pb.ConfirmBodyRequest(**{name: getattr(row, name) for name in names})


@stream
async def export_bodies(
    _request: bulk.ExportBodiesRequest, feed: Feed
) -> AsyncIterator[bulk.ExportBodiesResponse]:
    """The enforcement bodies."""
    for rows in pages(feed, BODIES, (Body.body_id,)):
        yield bulk.ExportBodiesResponse(bodies=map(body_proto, rows))
