"""What is public of a permit follows its record, and is taken back where that was revoked (ALIC 40; GBF-118 (6))."""

from typing import Any

from yifa.enforcement.v1 import permit_pb2 as pb

from services.enforcement.publication.showing import show
from services.kit.tx import Tx
from services.law.procedures.permit.public_text import public_permit


def show_permit(tx: Tx, permit: pb.Permit, *_told: Any) -> None:
    """Show a permit that was made public as it stands, and keep in the record what everybody sees."""
    if permit.publication.HasField("publish_time") and permit.decision.HasField("decide_time"):
        known = permit.publication.decision.publication_id
        shown = show(tx, permit.permit_id, public_permit(permit), known)
        permit.publication.decision.CopyFrom(shown)
