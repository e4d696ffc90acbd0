"""What is public of decisions, for everybody."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from yifa.enforcement.v1 import publication_pb2 as pb

from services.enforcement.publication.model import Published
from services.kit.rpc import read
from services.kit.view import View, packed
from services.law.identity import spelt

NEWEST_FIRST = (Published.publication_id.desc(),)
PAGE = 20


@read
def list_published_decisions(request: pb.ListPublishedDecisionsRequest, view: View) -> bytes:
    """A pb.ListPublishedDecisionsResponse: what is public now, by what everybody sees of it."""
    rows, token = view.page(
        _listed(
            bool(request.party_name),
            bool(request.party_code),
            bool(request.document_number),
            bool(request.publication_id),
            request.credit,
            bool(request.kind),
        ),
        NEWEST_FIRST,
        min(request.page_size or PAGE, PAGE),
        request.page_token,
        wanted_name=request.party_name,
        wanted_code=spelt(request.party_code),
        wanted_number=request.document_number,
        wanted_id=request.publication_id,
        wanted_kind=request.kind,
        now=view.now,
    )
    found = packed(pb.ListPublishedDecisionsResponse.DECISIONS_FIELD_NUMBER, [row.record for row in rows])
    return found + pb.ListPublishedDecisionsResponse(next_page_token=token).SerializeToString()


@cache
def _listed(by_name: bool, by_code: bool, by_number: bool, by_id: bool, credit: bool, of_kind: bool) -> Any:
    """The select of a list, one for each way of narrowing it. What the credit websites showed ends there by itself."""
    statement = select(Published.publication_id, Published.record)
    if by_name:
        statement = statement.where(Published.party_name == bindparam("wanted_name"))
    if by_code:
        statement = statement.where(Published.party_code == bindparam("wanted_code"))
    if by_number:
        statement = statement.where(Published.document_number == bindparam("wanted_number"))
    if by_id:
        statement = statement.where(Published.publication_id == bindparam("wanted_id"))
    if of_kind:
        statement = statement.where(Published.kind == bindparam("wanted_kind"))
    if credit:
        statement = statement.where(
            Published.credit_until >= bindparam("now", type_=Published.credit_until.type)
        )
    return statement
