"""The files of parties at this department, and the volumes that lie in them (一户一档)."""

from sqlalchemy import Index

from services.enforcement.row import Row
from services.kit.party_file.filing import Filing
from services.kit.party_file.row import PartyRow, VolumeRow


class Party(Row, PartyRow, table=True):
    """A party with a file here. `key` is its whole number where that is known."""

    __table_args__ = (Index("party_last", "last_time", "party_id"),)


class PartyVolume(Row, VolumeRow, table=True):
    """A record that lies in the file of a party: a case, an inspection, a visit, a permit, a penalty of before."""

    __table_args__ = (Index("partyvolume_party", "party_id", "begin_time", "volume_id"),)


# Of a whole number no id can be made that would not tell it to who tries all numbers.
FILES = Filing(Party, PartyVolume, lambda tx, _key: tx.new_id("PY-"))
