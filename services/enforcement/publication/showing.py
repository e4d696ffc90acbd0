"""The row by which the public finds a decision."""

from datetime import datetime

from yifa.enforcement.v1 import publication_pb2 as pb

from services.enforcement.publication.model import Published
from services.kit.tx import Tx


def put_public(tx: Tx, public: pb.PublicDecision, credit_until: datetime | None) -> None:
    """Show this to the public, and on the credit websites until `credit_until`; None: not there."""
    row = tx.find(Published, public.publication_id)
    if row is None:
        row = tx.add(
            Published.new(
                publication_id=public.publication_id,
                party_name="",
                party_code="",
                document_number="",
                record=b"",
            )
        )
    row.party_name, row.party_code = public.party_name, public.party_code
    row.document_number = public.document_number
    row.credit_until = credit_until
    if public.HasField("credit"):
        public.credit.shown = credit_until is not None
    row.record = public.SerializeToString(deterministic=True)
