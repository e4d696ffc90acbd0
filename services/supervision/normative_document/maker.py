"""Who makes a document: as the city's registry knows the body, never as somebody says."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from yifa.law.v1.options_pb2 import Role
from yifa.registry.v1 import body_pb2
from yifa.supervision.v1 import normative_document_pb2 as pb

from services.kit.tx import Tx
from services.law.procedures.normative_document.facts import Maker
from services.supervision.body.model import Body

GOVERNMENT, SUPERIOR = pb.NORMATIVE_MAKER_GOVERNMENT, pb.NORMATIVE_MAKER_SUPERIOR
MAKERS: Mapping[int, int] = MappingProxyType(
    {
        body_pb2.BODY_KIND_AGENCY: pb.NORMATIVE_MAKER_DEPARTMENT,
        body_pb2.BODY_KIND_TOWNSHIP: pb.NORMATIVE_MAKER_DEPARTMENT,
        body_pb2.BODY_KIND_AUTHORISED: pb.NORMATIVE_MAKER_AUTHORISED,
    }
)
"""An entrusted organisation makes none, and what the registry does not know neither."""


def put_maker(document: pb.NormativeDocument, body_id: str, tx: Tx, named: str = "") -> None:
    """Who makes the document. Without a body it is the city's government; a body that may not make any leaves it open."""
    document.body_id, document.body_name = body_id, named
    if not body_id and not named:
        document.maker, document.node = GOVERNMENT, tx.city
        document.body_name = tx.parameters.numbering().government
        return
    body = tx.find(Body, body_id) if body_id else None
    if body is not None and body.confirmed:
        document.maker = MAKERS.get(body.kind, pb.NORMATIVE_MAKER_UNSPECIFIED)  # type: ignore[assignment]
        document.body_name, document.node = body.name, body.node


def maker_of(document: pb.NormativeDocument) -> Maker | None:
    name = pb.NormativeMaker.Name(document.maker).removeprefix("NORMATIVE_MAKER_")
    return Maker(name) if document.maker else None


def acts_for(look: Any, body_id: str) -> bool:
    """Whether who calls acts for a body: its own people at its node; for the government the city's legal office."""
    caller = look.caller
    if not body_id:
        return caller.node == look.city and caller.has(Role.ROLE_OVERSIGHT)
    body = look.find(Body, body_id)
    return body is not None and body.confirmed and body.node == caller.node
