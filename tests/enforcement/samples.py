"""What the enforcement tests speak of: moments, people, amounts, cases."""

import itertools
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from yifa.enforcement.v1 import case_pb2 as cases
from yifa.law.v1.law_pb2 import Money
from yifa.registry.v1 import certificate_pb2

from services.law.calendar import SHANGHAI

NODE, CITY = "huanbao", "city"
# A Monday; the five working days of a window that starts here end on Monday the 9th.
START = datetime(2026, 3, 2, 9, 0, tzinfo=SHANGHAI)
WINDOW_END = datetime(2026, 3, 9, 23, 59, 59, 999999, tzinfo=SHANGHAI)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
INSTANT = timedelta(microseconds=1)

HEAD = ("head-1", "AGENCY_HEAD")
UNIT = ("unit-1", "UNIT_HEAD")
REVIEWER = ("reviewer-1", "LEGAL_REVIEWER")
CLERK = ("clerk-1", "CLERK")
FINANCE = ("finance-1", "FINANCE")
Who = tuple[str, ...]

serial = itertools.count(1)


def stamp(at: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(at)
    return made


def yuan(amount: float) -> Money:
    return Money(fen=round(amount * 100))


def fine(amount: float, **parts: Any) -> cases.Penalty:
    """A fine inside band 1 of the shared benchmark (20,000 to 200,000 yuan), with all that a penalty needs."""
    values = {
        "kinds": [cases.PENALTY_KIND_FINE],
        "fine": yuan(amount),
        "benchmark_id": "示例法:1-1",
        "band_code": "1",
        "correction_order": "立即改正",
    }
    return cases.Penalty(**(values | parts))


@dataclass
class Officer:
    """A person with a certificate as the city knows it."""

    officer_id: str
    certificate: certificate_pb2.Certificate

    @property
    def who(self) -> Who:
        return (self.officer_id, "HANDLING_OFFICER")


@dataclass
class Dossier:
    """A case with the people and the body it belongs to."""

    case_id: str
    body_id: str
    officers: list[Officer] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        return [o.officer_id for o in self.officers]

    @property
    def who(self) -> Who:
        return self.officers[0].who
