"""A record is filed under its party, once; told otherwise later, it is moved. What a party has of its volumes follows from them,
whatever the order in which they came.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from services.kit.party_file.row import PartyRow, VolumeRow
from services.kit.tx import Tx
from services.law.party_file import Filed
from services.law.procedures.penalty.body import plain

PLACE = re.compile(r"^.{1,12}[省市区县州旗](?=.{2})")
"""The place with which the name of an enterprise begins."""


def brief(name: str) -> str:
    """A name as it is looked for, without the place."""
    return PLACE.sub("", plain(name))


class Filing:
    """The files that a service keeps: its tables, and how an id of a party is made from its key."""

    def __init__(
        self, party: type[PartyRow], volume: type[VolumeRow], party_id: Callable[[Tx, str], str]
    ) -> None:
        self.party, self.volume, self._party_id = party, volume, party_id

    def file(self, tx: Tx, filed: Filed) -> None:
        """Put a record into the file of its party, or leave it where it lies as it was told before. Where it does not tell when
        it began, that is now.
        """
        party: Any = self._of(tx, filed)
        row: Any = tx.find(self.volume, filed.volume_id)
        begin = filed.begin_time or (row.begin_time if row is not None else tx.now)
        said = {
            "party_id": party.party_id,
            "kind": filed.kind,
            "begin_time": begin,
            "party_name": filed.party_name,
            "sealed": filed.sealed,
        }
        if row is None:
            tx.add(self.volume.new(volume_id=filed.volume_id, **said))
            if not filed.sealed:
                self._lay(party, filed, begin)
        elif changed := {name: value for name, value in said.items() if getattr(row, name) != value}:
            left = row.party_id
            for name, value in changed.items():
                setattr(row, name, value)
            if changed.keys() == {"begin_time"} and self._dated(party, row):
                return
            for party_id in {left, party.party_id}:
                self._count(tx, party_id)

    def _of(self, tx: Tx, filed: Filed) -> Any:
        """The party of a record; a new one where nothing was on record about it."""
        known = tx.among(self.party, "key", [filed.key])
        if known:
            return known[0]
        row: Any = self.party.new(
            party_id=self._party_id(tx, filed.key), key=filed.key, kind=filed.party_kind, number=filed.number
        )
        return tx.add(row)

    @staticmethod
    def _lay(party: Any, filed: Filed, begin: datetime) -> None:
        """One more volume that is not sealed."""
        party.volumes += 1
        if filed.party_name not in party.names:
            party.names = tuple(sorted({*party.names, filed.party_name}))
        if party.last_time is None or (party.last_time, party.last_id) < (begin, filed.volume_id):
            party.last_time, party.last_id = begin, filed.volume_id
            party.kind, party.number = filed.party_kind, filed.number
            _name(party, filed.party_name)

    @staticmethod
    def _dated(party: Any, row: Any) -> bool:
        """Another time of a volume, where what the party has of the others need not be looked at to tell the newest."""
        if row.sealed:
            return True
        newer = (party.last_time, party.last_id) <= (row.begin_time, row.volume_id)
        if not newer and party.volumes > 1:
            return bool(party.last_id != row.volume_id)
        party.last_time, party.last_id = row.begin_time, row.volume_id
        _name(party, row.party_name)
        return True

    def _count(self, tx: Tx, party_id: str) -> None:
        """What a party has of its volumes, counted anew."""
        volume: Any = self.volume
        party: Any = tx.get(self.party, party_id)
        its = select(volume).where(volume.party_id == party_id, volume.sealed.is_(False))
        newest: list[Any] = tx.query(its.order_by(volume.begin_time.desc(), volume.volume_id.desc()).limit(1))
        counted = select(func.count()).where(volume.party_id == party_id, volume.sealed.is_(False))
        names = (
            select(volume.party_name).where(volume.party_id == party_id, volume.sealed.is_(False)).distinct()
        )
        party.volumes = tx.db.execute(counted).scalar_one()
        party.names = tuple(sorted(tx.db.scalars(names)))
        party.last_time = newest[0].begin_time if newest else None
        party.last_id = newest[0].volume_id if newest else ""
        _name(party, newest[0].party_name if newest else "")


def _name(party: Any, name: str) -> None:
    party.name, party.plain, party.brief = name, plain(name), brief(name)
