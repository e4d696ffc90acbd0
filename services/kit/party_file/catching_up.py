"""The files of parties of a database that was there before them: every record is filed as it stands, by the migration that makes
the tables.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from services.kit.party_file.filing import brief
from services.kit.store import Instant, JsonList
from services.kit.time import wall
from services.law.party_file import Filed
from services.law.procedures.penalty.body import plain

AT_ONCE = 5_000


@dataclass
class Party:
    """What is known of a party so far: its id, its volumes that are not sealed, and the newest of them."""

    party_id: str
    first: Filed
    volumes: int = 0
    names: set[str] = field(default_factory=set)
    newest: Filed | None = None
    newest_at: datetime | None = None

    def lay(self, filed: Filed, begin: datetime) -> None:
        if filed.sealed:
            return
        self.volumes += 1
        self.names.add(filed.party_name)
        was = self.newest
        if was is None or (self.newest_at, was.volume_id) < (begin, filed.volume_id):
            self.newest, self.newest_at = filed, begin

    def row(self, key: str) -> dict[str, Any]:
        shown, name = self.newest or self.first, self.newest.party_name if self.newest else ""
        return {
            "party_id": self.party_id,
            "key": key,
            "kind": shown.party_kind,
            "number": shown.number,
            "name": name,
            "plain": plain(name),
            "brief": brief(name),
            "names": tuple(sorted(self.names)),
            "volumes": self.volumes,
            "last_time": self.newest_at,
            "last_id": self.newest.volume_id if self.newest else "",
        }


def tables(op: Any, party: str, volume: str) -> tuple[sa.Table, sa.Table]:
    """Make both tables, with their indexes."""
    parties = op.create_table(
        party,
        *(sa.Column(name, sa.String(), nullable=False) for name in ("party_id", "key")),
        sa.Column("kind", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("number", "name", "plain", "brief")),
        sa.Column("names", JsonList(), nullable=False),
        sa.Column("volumes", sa.Integer(), nullable=False),
        sa.Column("last_time", Instant(), nullable=True),
        sa.Column("last_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("party_id"),
        sa.UniqueConstraint("key"),
    )
    for column in ("plain", "brief"):
        op.create_index(f"ix_{party}_{column}", party, [column])
    op.create_index(f"{party}_last", party, ["last_time", "party_id"])
    volumes = op.create_table(
        volume,
        sa.Column("volume_id", sa.String(), nullable=False),
        sa.Column("party_id", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("begin_time", Instant(), nullable=False),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("volume_id"),
    )
    op.create_index(f"{volume}_party", volume, ["party_id", "begin_time", "volume_id"])
    return parties, volumes


def file_all(
    connection: Any, made: tuple[sa.Table, sa.Table], records: Iterable[Filed], party_id: Callable[[str], str]
) -> None:
    """File all the records of before; one that does not tell when it began, began now."""
    at = wall()
    parties, volumes = made
    known: dict[str, Party] = {}

    def rows() -> Iterator[dict[str, Any]]:
        for filed in records:
            of = known.get(filed.key) or known.setdefault(filed.key, Party(party_id(filed.key), filed))
            begin = filed.begin_time or at
            of.lay(filed, begin)
            yield {
                "volume_id": filed.volume_id,
                "party_id": of.party_id,
                "kind": filed.kind,
                "begin_time": begin,
                "party_name": filed.party_name,
                "sealed": filed.sealed,
            }

    _insert(connection, volumes, rows())
    _insert(connection, parties, (of.row(key) for key, of in known.items()))


def _insert(connection: Any, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    some: list[dict[str, Any]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            connection.execute(sa.insert(table), some)
            some = []
    if some:
        connection.execute(sa.insert(table), some)
