"""One kind of notice: an event, who is told of it where, how urgent it is, and the words in both languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from google.protobuf.message import Message
from yifa.notifications.v1 import notification_pb2 as pb

from services.notifications.notices.template import LANGUAGES, Path, Saying, one_text

INFO, YELLOW = pb.NOTIFICATION_LEVEL_INFO, pb.NOTIFICATION_LEVEL_YELLOW
ORANGE, RED = pb.NOTIFICATION_LEVEL_ORANGE, pb.NOTIFICATION_LEVEL_RED
LEVELS = {"INFO": INFO, "YELLOW": YELLOW, "ORANGE": ORANGE, "RED": RED}
GRAVE = frozenset({ORANGE, RED})

CITY, DEPARTMENT = "city", "department"
PEOPLE = "people"
"""Stands for the persons that the event names: the handling officers, or the holder of a certificate."""
TEXTS = tuple(f"{part}_{language}" for part in ("title", "body") for language in LANGUAGES)


@dataclass(frozen=True)
class Audience:
    """Who is told at one kind of place; `grave`: only if it is orange or red."""

    place: str
    recipients: tuple[str, ...]
    grave: bool


@dataclass(frozen=True)
class Entry:
    """One entry of the tables, ready to use. The paths lead from the event to what they are named for.

    node: the department that it is about, None where the city tells its own people alone. origin: the node that must have said
    so, where a department says it. office: the agency whose liaison is told too. before: it goes where notices went
    before the change that it tells of.
    """

    event: type[Message]
    says: str
    node: Path | None
    origin: Path | None
    case_id: Path | None
    case_number: Path | None
    people: tuple[Path, ...]
    people_else: str
    office: Path | None
    before: bool
    level: Callable[[Any], int]
    audiences: tuple[Audience, ...]
    texts: Mapping[str, Saying]

    def speaker(self, event: Any, city: str) -> str:
        """The node that may announce the event."""
        return city if self.says == CITY or self.origin is None else one_text(self.origin, event)

    def department(self, event: Any) -> str:
        """The node that it is about."""
        return one_text(self.node, event) if self.node is not None else ""

    def recipients(self, event: Any, node: str, city: str) -> tuple[str, ...]:
        """Who is told at a node, each once; nobody where it is neither the city nor the department concerned."""
        here = {CITY: node == city, DEPARTMENT: node == self.department(event)}
        level = self.level(event)
        told: list[str] = []
        for audience in self.audiences:
            if here[audience.place] and (level in GRAVE or not audience.grave):
                for recipient in audience.recipients:
                    told += self.persons(event) if recipient == PEOPLE else (recipient,)
        return tuple(dict.fromkeys(told))

    def persons(self, event: Any) -> tuple[str, ...]:
        """Those whom the event names; where it names none, whoever stands in for them."""
        named = tuple(person for path in self.people for person in path.values(event) if person)
        return named or ((self.people_else,) if self.people_else else ())

    def to_office(self, event: Any, node: str) -> str:
        """The agency at a node whose liaison is told too; empty for none."""
        return (
            one_text(self.office, event) if self.office is not None and node == self.department(event) else ""
        )

    def words(self, event: Any) -> dict[str, str]:
        """Titles and bodies, filled."""
        return {name: self.texts[name](event) for name in TEXTS}

    def case(self, event: Any) -> dict[str, str]:
        """The case that it is about, if it is about one."""
        paths = {"case_id": self.case_id, "case_number": self.case_number}
        return {name: one_text(path, event) if path else "" for name, path in paths.items()}
