"""What an early warning is tried on, and short ways to tell a history."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from yifa.enforcement.v1 import evidence_pb2

from tests.supervision.office import Office, at, lawful, new_case

NEW: list[str] = []
"""The records of a history, the last of which a warning may be about: their ids are new each time."""
History = Callable[[Office], Awaitable[None]]
MAJOR_FINE = 5_000_000


@dataclass(frozen=True)
class Examples:
    """Histories of one finding. `subject` and `about` are of the warning that they raise or not.

    `last_lawful` and `first_unlawful` are the two sides of its boundary.
    """

    unlawful: History
    lawful: History
    last_lawful: History
    first_unlawful: History
    subject: str = "C-1"
    about: str = ""


class OfNew(Examples):
    """What the warning is about is the last record of the history."""

    def __init__(self, about: str, **sides: History) -> None:
        for name, side in (sides | {"about": about}).items():
            object.__setattr__(self, name, side)

    subject = property(lambda self: NEW[-1])  # type: ignore[assignment]


@dataclass(frozen=True)
class NotJudged:
    """A history of a rule that cannot be judged at the city: it is listed as that, with these words, and not raised."""

    history: History
    why: str


def decided(fine: int = 1_000_000, when: str = "2026-03-20 10:00", **more: Any) -> History:
    """A case is decided, lawfully but for what `change(case)` does to it."""
    change = more.get("change", lambda case: None)

    async def told(office: Office) -> None:
        office.clock("2026-03-25 09:00")
        case = lawful(new_case(), fine, when)
        change(case)
        await office.tell(case, "DecisionMade", when)

    return told


def collected(
    when: str = "2026-03-05 10:00", *officers: str, area: str = "", before: History | None = None
) -> History:
    """Evidence is collected by officers who were certified for years, but for what came `before`."""

    async def told(office: Office) -> None:
        if before is not None:
            await before(office)
        else:
            await certified(office)
        names = officers or ("O-1", "O-2")
        evidence = evidence_pb2.Evidence(
            evidence_id="E-1",
            case_id="C-1",
            collector_ids=names,
            collect_time=at(when),
            area_code=area,
            source="现场检查",
            certificate_shown=True,
        )
        await office.tell(new_case(), "EvidenceRecorded", when, evidence=evidence)

    return told


async def certified(office: Office, *officers: str, **more: Any) -> None:
    """The officers of a case hold certificates; `more` is of the second's."""
    await office.certify("O-1")
    await office.certify("O-2", **more)
