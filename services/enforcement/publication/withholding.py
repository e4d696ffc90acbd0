"""What is kept from the public, and on which ground of the law."""

from typing import Any

from yifa.enforcement.v1.publication_pb2 import Withholding

from services.kit.tx import Tx
from services.law.moment import put_moment
from services.law.procedures.publishing import LAW, ground_of


def keep_back(kept: Withholding, request: Any, sector: str, tx: Tx) -> None:
    """Put into the record that it is not made public, why, and by which of the articles that bind the body (OGI 14–16)."""
    kept.ground, kept.reason, kept.decider = request.ground, request.reason, tx.caller.subject
    if (ground := ground_of(kept)) is not None:
        kept.law = tx.parameters.cited(LAW[ground], sector)
    put_moment(kept.withhold_time, tx.now)
