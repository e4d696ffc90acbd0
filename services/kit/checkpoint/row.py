"""The kit's rows of checkpoints and of the trees that they are of."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, select

from services.kit.checkpoint.origin import GOOD
from services.kit.note import Checkpoint
from services.kit.sql import upsert
from services.kit.store import KitTables, micros
from services.kit.time import wall
from services.kit.tree import Growing
from services.kit.tx import Tx

if TYPE_CHECKING:
    from services.kit.service import Running


def key_of(checkpoint: Checkpoint) -> str:
    """Two checkpoints of one size with different roots are two."""
    return f"{checkpoint.origin}/{checkpoint.size}/{checkpoint.root.hex()[:16]}"


def rows_apart(running: "Running", statement: Any) -> Any:
    """What a long select finds, on a connection of its own: callers need not wait for it."""
    with running.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        return connection.execute(statement).all()


def put(tx: Tx, table: Table, values: dict[str, Any]) -> None:
    """Write a row at once, so that the same transaction finds it."""
    _ = tx.raw
    tx.batch.run(upsert(table, tx.batch.dialect.name), [values])


def put_checkpoint(
    tx: Tx, kit: KitTables, checkpoint: Checkpoint, note: str, state: str, **more: Any
) -> None:
    values = {
        "key": key_of(checkpoint),
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root,
        "note": note,
        "from_size": 0,
        "leaves": b"",
        "state": state,
        "why": "",
        "cosigned": 0,
        "at": micros(wall()),
        **more,
    }
    put(tx, kit.checkpoint, values)


def put_tree(tx: Tx, kit: KitTables, origin: str, tree: Growing, last: bytes) -> None:
    put(tx, kit.tree, {"origin": origin, "size": tree.size, "roots": tree.pack(), "hash": last})


def tree_in(row: Any) -> Growing:
    return Growing.unpack(row.size, bytes(row.roots)) if row is not None else Growing()


def forget_older(tx: Tx, kit: KitTables, origin: str) -> None:
    """Let go of checkpoints that a later one with as many signatures says the same as: what is kept does not grow."""
    c = kit.checkpoint.c
    wanted = select(c.key, c.size, c.note).where(c.origin == origin, c.state == GOOD).order_by(c.size.desc())
    most, gone = -1, []
    for row in tx.reader.execute(wanted):
        if (signatures := row.note.count("\n— ")) <= most:
            gone.append(row.key)
        most = max(most, signatures)
    if gone:
        tx.raw.execute(delete(kit.checkpoint).where(c.key.in_(gone)))
