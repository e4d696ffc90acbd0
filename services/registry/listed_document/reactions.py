"""What the registry learns of the list of documents in force: items that rest on what ceased to be a basis are reviewed."""

from google.protobuf.message import Message
from sqlalchemy import select
from yifa.registry.v1 import basis_pb2
from yifa.supervision.v1 import document_list_pb2 as lists
from yifa.supervision.v1 import events_pb2 as supervision

from services.kit.tx import Tx
from services.law.document_use import key_of_title
from services.law.moment import moment_at
from services.registry.basis.model import LegalBasis
from services.registry.listed_document.model import ListedDocument
from services.registry.power.record import put_under_review
from services.registry.replica import Reaction, of_city

DOCUMENT = basis_pb2.BASIS_LEVEL_NORMATIVE_DOCUMENT


def on_listed(event: supervision.ListedDocumentTold, tx: Tx) -> None:
    """The newest word on a document holds. Of two that go by one title the one on the list is meant."""
    told, title = event.listed, key_of_title(event.listed.title)
    row = tx.find(ListedDocument, title)
    if row is None:
        row = tx.add(ListedDocument.new(title=title, document_id=told.document_id, version=-1))
    if row.document_id == told.document_id and row.version >= told.version:
        return
    if row.document_id != told.document_id and row.on_list and not told.on_list:
        return
    was_basis, stopped = row.on_list, set(row.suspended)
    row.document_id, row.number, row.on_list = told.document_id, told.number, told.on_list
    row.suspended, row.version = tuple(told.suspended_clauses), told.version
    for name in ("effect_time", "expire_time", "off_time"):
        setattr(row, name, moment_at(told, name))
    ceased = (was_basis and not told.on_list) or bool(set(told.suspended_clauses) - stopped)
    if ceased and tx.node == tx.city:
        review_items(tx, told, title)


def review_items(tx: Tx, told: lists.ListedDocument, title: str) -> None:
    """Put the items under review that rest on the document; the list of powers is the city's."""
    for row in tx.query(select(LegalBasis).where(LegalBasis.level == DOCUMENT)):
        if key_of_title(row.law) == title and row.until_time is None:
            basis = basis_pb2.LegalBasis.FromString(row.record)
            at = moment_at(told, "off_time") or tx.now
            put_under_review(tx, basis, basis_pb2.BASIS_CHANGE_REPEALED, at)


REACTIONS: dict[type[Message], Reaction] = {supervision.ListedDocumentTold: of_city(on_listed)}
