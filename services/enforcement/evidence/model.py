"""Pieces of evidence."""

from datetime import datetime

from sqlmodel import Field

from services.enforcement.row import Row
from services.kit.store import Instant, JsonList


class Evidence(Row, table=True):
    evidence_id: str = Field(primary_key=True)
    case_id: str = Field(index=True)
    kind: int
    title: str
    source: str
    collector_ids: tuple[str, ...] = Field(sa_type=JsonList)
    collect_time: datetime = Field(sa_type=Instant)
    sha256: bytes
    location: str
    certificate_shown: bool
    area_code: str = ""
    record_time: datetime | None = Field(default=None, sa_type=Instant)
    late: bool = False
    certificates: tuple[str, ...] = Field(default=(), sa_type=JsonList)
    file: bytes = b""
    """The file that this node holds, as a yifa.enforcement.v1.File; empty where it holds none."""
    responsibility: int = 0
    """What an expert's opinion finds, as a yifa.enforcement.v1.Responsibility."""
    verification: bytes = b""
    exclusion: bytes = b""
    """How it was verified, or why left out, as a yifa.enforcement.v1.Verification or Exclusion; empty while it was not."""
    inquiry: bytes = b""
    """How somebody was questioned, as a yifa.enforcement.v1.Inquiry; empty where it is no record of that."""
    handed_in: bool = False
    origin: int = 0
    """How it was got, as a yifa.enforcement.v1.EvidenceOrigin."""
    site_minutes: bytes = b""
    """What a site record says, as a yifa.enforcement.v1.SiteMinutes; empty where it is none."""
    circumstances: tuple[int, ...] = Field(default=(), sa_type=JsonList)
    """Those that mitigate and that it shows, as yifa.enforcement.v1.LenienceGround."""
    sampling: bytes = b""
    monitoring: bytes = b""
    """How it was taken, as a yifa.enforcement.v1.Sampling or Monitoring; empty where it is neither."""
