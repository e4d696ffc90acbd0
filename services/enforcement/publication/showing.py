"""The row by which the public finds a decision."""

from datetime import datetime

from sqlalchemy import select
from yifa.enforcement.v1 import publication_pb2 as pb

from services.enforcement.publication.model import Published
from services.kit.tx import Tx
from services.law.calendar import SHANGHAI
from services.law.moment import put_moment

PREFIX = "D-"
"""How the id of what is public begins."""


def put_public(
    tx: Tx, public: pb.PublicDecision, credit_until: datetime | None = None, record_id: str = ""
) -> None:
    """Show this to the public, and on the credit websites until `credit_until`; None: not there."""
    row = tx.find(Published, public.publication_id)
    if row is None:
        row = tx.add(
            Published.new(
                publication_id=public.publication_id,
                party_name="",
                party_code="",
                document_number="",
                record_id=record_id,
                record=b"",
            )
        )
    row.kind = public.kind or pb.PUBLIC_KIND_PENALTY
    row.party_name, row.party_code = public.party_name, public.party_code
    row.document_number = public.document_number
    row.credit_until = credit_until
    if public.HasField("credit"):
        public.credit.shown = credit_until is not None
    row.record = public.SerializeToString(deterministic=True)


def parties_named(tx: Tx, sector: str) -> bool:
    """Whether the rules name parties in public here, as they are today."""
    today = tx.now.astimezone(SHANGHAI).date()
    return bool(tx.parameters.value("publicity.party_named", today, sector).value)


def show(tx: Tx, record_id: str, public: pb.PublicDecision, known_id: str = "") -> pb.PublicDecision:
    """Show what is public of a record as it stands now, in a new version where that is otherwise than it was; what is shown.
    `known_id` is that by which the record knows it, where its row was lost.
    """
    [known] = tx.query(select(Published).where(Published.record_id == record_id).limit(1)) or [None]
    was = pb.PublicDecision.FromString(known.record) if known is not None else None
    if was is not None and (was.text, was.explanation) == (public.text, public.explanation):
        return was
    public.publication_id = was.publication_id if was is not None else known_id or tx.new_id(PREFIX)
    public.version = was.version + 1 if was is not None else 1
    if not public.HasField("withdraw_time"):
        put_moment(public.publish_time, tx.now)
    put_public(tx, public, record_id=record_id)
    return public
