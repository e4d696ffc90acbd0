"""The note of what supervision did of its own accord, and when."""

from services.kit.ids import uuid7
from services.kit.tx import Tx
from services.supervision.event.model import Source, Worked


def note(tx: Tx, name: str, entry: int, keys: tuple[str, ...]) -> None:
    """Note that work of this name was done in this transaction, after that entry of the journal."""
    every = tx.find(Source, "*")
    position = every.events if every is not None else 0
    tx.add(Worked.new(key=uuid7(), name=name, position=position, entry=entry, at=tx.now, keys=keys))
