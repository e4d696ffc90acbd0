"""The kit's rows of checkpoints and of the trees that they are of."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, or_, select

from services.kit.checkpoint.origin import GOOD, first_of
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


def put_tree(tx: Tx, kit: KitTables, origin: str, tree: Growing, last: bytes, **more: Any) -> None:
    """`through` ends a tree with an entry, `after` is the entry that it goes on from, where that is not the one before."""
    known = tx.reader.execute(select(kit.tree).where(kit.tree.c.origin == origin)).first()
    kept = dict(known._mapping) if known is not None else {"through": None, "after": 0}
    put(
        tx,
        kit.tree,
        {**kept, "origin": origin, "size": tree.size, "roots": tree.pack(), "hash": last, **more},
    )


def of_journal(table: Table, whole: str) -> Any:
    """The condition for rows of one journal, of all its epochs."""
    return or_(table.c.origin == whole, table.c.origin.startswith(f"{whole}/", autoescape=True))


def reach(row: Any) -> int:
    """The number of the last entry that a checkpoint, or a tree, covers."""
    return first_of(row.origin) + int(row.size) - 1


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
