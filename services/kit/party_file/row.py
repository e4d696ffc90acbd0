"""The rows of the files of parties. Each service that keeps them has its own tables."""

from datetime import datetime

from sqlmodel import Field

from services.kit.store import Instant, JsonList, Row


class PartyRow(Row):
    """A party with a file. `key` is by what it is known, and goes to nobody. What lies sealed counts for nothing here: `name`,
    `brief`, `volumes` and `last_*` are of what does not; a party of which all lies sealed has no `last_time` and no name.
    """

    party_id: str = Field(primary_key=True)
    key: str = Field(unique=True)
    kind: int = 0
    number: str = ""
    name: str = ""
    """As it stands in the newest volume; `plain` as it is looked for, `brief` that without the place it begins with. `names`:
    all under which it stands in a volume, in the order of their signs.
    """
    plain: str = Field(default="", index=True)
    brief: str = Field(default="", index=True)
    names: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    volumes: int = 0
    last_time: datetime | None = Field(default=None, sa_type=Instant)
    last_id: str = ""


class VolumeRow(Row):
    """A record that lies in the file of a party, as of some kind."""

    volume_id: str = Field(primary_key=True)
    party_id: str
    kind: int
    begin_time: datetime = Field(sa_type=Instant)
    party_name: str = ""
    sealed: bool = False
