"""The files of parties over all departments, and the volumes that lie in them (一户一档), as their events told last."""

from hashlib import sha256

from sqlalchemy import Index

from services.kit.party_file.filing import Filing
from services.kit.party_file.row import PartyRow, VolumeRow
from services.supervision.row import Row


class PartyView(Row, PartyRow, table=True):
    """A party with a file. `key` is its credit code; of a person, whose number is masked here, that and the name."""

    __table_args__ = (Index("partyview_last", "last_time", "party_id"),)


class PartyVolumeView(Row, VolumeRow, table=True):
    """A record of a department that lies in the file of a party."""

    __table_args__ = (Index("partyvolumeview_party", "party_id", "begin_time", "volume_id"),)


def party_id(key: str) -> str:
    """The id of a party, which follows from its key: that tells no more than every reader of a record sees."""
    return f"PY-{sha256(key.encode()).hexdigest()[:32]}"


FILES = Filing(PartyView, PartyVolumeView, lambda _tx, key: party_id(key))
