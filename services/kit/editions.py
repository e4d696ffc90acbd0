"""The editions of the law data by which a service counted: kept for good, so that it can be told what a wrong row touched.

An edition is written down when the service starts with one that is not the last. The clocks that were counted by what is
otherwise in it are then counted anew; the row tells how far that has got, and a process that is killed goes on from there.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from services.kit.store import KitTables
from services.law.edition import Edition

Known = Mapping[str, Mapping[str, str]]
"""The rows of editions by their marks: the hash of each by its name."""


def begin_edition(connection: Connection, kit: KitTables, edition: Edition, now: int) -> None:
    """Write down by which edition is counted from now on. Where it is the last one already, nothing is written.

    The first of a database has nothing to count anew. One that comes back is counted by anew as any other.
    """
    table = kit.edition
    rows = connection.execute(select(table.c.mark, table.c.number).order_by(table.c.number)).all()
    if rows and rows[-1].mark == edition.mark:
        return
    values = {
        "number": rows[-1].number + 1 if rows else 1,
        "since": now,
        "done": not rows,
        "cursor": "",
        "seen": 0,
        "moved": 0,
        "updated": now,
    }
    if edition.mark in {row.mark for row in rows}:
        connection.execute(update(table).where(table.c.mark == edition.mark).values(values))
    else:
        record = json.dumps(dict(edition.rows), sort_keys=True).encode()
        connection.execute(insert(table).values(mark=edition.mark, record=record, **values))


def known_of(rows: Any) -> Known:
    """The editions as they are kept."""
    return {row.mark: json.loads(row.record) for row in rows}
