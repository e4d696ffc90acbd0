"""What the enforcement tests speak of: moments, people, amounts, cases."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1.penalty_pb2 import Penalty
from yifa.registry.v1 import certificate_pb2

from services.given.case import fine, yuan
from services.given.people import CITY, CLERK, FINANCE, HEAD, HOST, REVIEWER, UNIT
from services.given.people import officer as handling
from services.given.say import Who
from services.law.calendar import SHANGHAI

__all__ = [
    "CITY", "CLERK", "DAY", "FINANCE", "HEAD", "HOST", "HOUR", "INSTANT", "NODE", "REVIEWER", "SECOND", "START", "UNIT",
    "WINDOW_END",
    "Dossier", "Officer", "Who", "fine", "serial", "stamp", "yuan",
]  # fmt: skip

NODE = "huanbao"
# A Monday; the five working days of a window that starts here end on Monday the 9th.
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
WINDOW_END = datetime(2026, 3, 9, 23, 59, 59, 999999, tzinfo=SHANGHAI)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)

serial = itertools.count(1)


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at)
    return made


@dataclass
class Officer:
    """A person with a certificate as the city knows it."""

    officer_id: str
    certificate: certificate_pb2.Certificate

    @property
    def who(self) -> Who:
        return handling(self.officer_id)


@dataclass
class Dossier:
    """A case with the people and the body it belongs to."""

    case_id: str
    body_id: str
    officers: list[Officer] = field(default_factory=list)
    proposal: Penalty = field(default_factory=lambda: fine(30_000))
    lost: str = ""
    """The paper that shows that the party cannot be found."""

    @property
    def ids(self) -> list[str]:
        return [o.officer_id for o in self.officers]

    @property
    def who(self) -> Who:
        return self.officers[0].who
