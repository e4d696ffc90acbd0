"""Many complaints about one unit or one person: counted as they are accepted, and no more once they are merged (EW-18)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import select
from yifa.supervision.v1 import complaint_pb2 as pb

from services.kit.tx import Tx
from services.law.moment import moment_of
from services.supervision.complaint.model import Complained
from services.supervision.warning.catalogue import watching
from services.supervision.warning.model import Warning
from services.supervision.warning.runner import WITHDRAWN, end, raise_about, warning_id

REASONS = {True: "COMPLAINTS_ON_OFFICER", False: "COMPLAINTS_ON_UNIT"}


@dataclass(frozen=True)
class SeenComplained:
    """A unit or a person, with when each complaint about it was accepted that still counts. The warning stays with the city: a
    department learns of no complaint about it.
    """

    look: Any
    about: str
    person: bool
    name: str
    accepted: tuple[datetime, ...]
    node: str

    @property
    def subject(self) -> str:
        return self.about

    @property
    def named(self) -> dict[str, str]:
        return {"case_number": self.name}

    def case(self) -> None:
        return None


def count(tx: Tx, complaint: pb.Complaint) -> None:
    """A complaint was accepted."""
    at = moment_of(complaint.accept_time)
    for about, _ in of(complaint):
        key = f"{complaint.complaint_id}/{about}"
        if tx.find(Complained, key) is None:
            row = {"key": key, "about": about, "complaint_id": complaint.complaint_id, "accept_time": at}
            tx.add(Complained.new(**row))
    look_at(tx, complaint)


def count_no_more(tx: Tx, complaint: pb.Complaint) -> None:
    """A complaint was merged with another about the same act."""
    for about, _ in of(complaint):
        if (row := tx.find(Complained, f"{complaint.complaint_id}/{about}")) is not None:
            row.counted = False
    look_at(tx, complaint)


def of(complaint: pb.Complaint) -> Iterable[tuple[str, bool]]:
    """The unit and the people that a complaint is about, each with whether it is a person."""
    about = complaint.about
    return (
        *(((about.body_id, False),) if about.body_id else ()),
        *((each, True) for each in about.officer_ids),
    )


def seen(look: Any, complaint: pb.Complaint) -> list[SeenComplained]:
    """How often those were complained of whom a complaint is about. `look` is a transaction or a view."""
    found = []
    for about, person in of(complaint):
        rows = look.query(select(Complained).where(Complained.about == about, Complained.counted))
        times = tuple(sorted(row.accept_time for row in rows))
        name = about if person else complaint.about.body_name
        found.append(SeenComplained(look, about, person, name, times, look.city))
    return found


def look_at(tx: Tx, complaint: pb.Complaint) -> None:
    """Raise what is found about them, and withdraw what is found no longer."""
    for each in seen(tx, complaint):
        reason = REASONS[each.person]
        for kind in watching("complained"):
            its = [finding for finding in kind.find(each) if finding.reason == reason]
            for finding in its:
                raise_about(tx, kind, each, finding)
            if not its:
                end(tx, tx.find(Warning, warning_id(reason, each.about)), WITHDRAWN)
