"""The bodies of this department: what others keep is entered by themselves."""

from services.enforcement.body.model import Body
from services.kit.refusal import Missing
from services.kit.tx import Tx


def own_body(tx: Tx, body_id: str) -> Body:
    """A body of this department by its id. Raises Missing for one that nobody announced, and for one of another department."""
    body = tx.get(Body, body_id)
    if body.node != tx.node:
        raise Missing(Body.__name__, body_id)
    return body
