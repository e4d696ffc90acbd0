"""Who works at a node and in which roles: its own data alone say so, the list in its settings and the rosters of its services."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.kit.roster import Person
from services.kit.settings import BadSettings, Settings
from services.kit.text import good_text
from services.kit.words import ROLES
from services.law.written import toml_of

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True)
class Staff:
    """The list of `[access] staff`, read anew at each sign-in: who is struck off it signs in no more."""

    file: Path | None
    personas: bool = False

    @staticmethod
    def of(settings: Settings) -> "Staff":
        """Raises BadSettings for a list that is wrong, and for personas at a node that others than this machine reach."""
        section = settings.section("access")
        staff = Staff(settings.file("access", "staff") if "staff" in section else None, personas_of(settings))
        staff.people()
        return staff

    def people(self) -> tuple[Person, ...]:
        """Raises BadSettings."""
        if self.file is None:
            return ()
        try:
            return tuple(person_of(entry) for entry in toml_of(self.file)["staff"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
            raise BadSettings(f"{self.file}: {wrong!r}") from None

    def who(self, login: str) -> Person | None:
        """The person of a login at the identity provider."""
        return next((p for p in self.people() if (p.login or p.subject) == login), None)

    def named(self, subject: str) -> Person | None:
        return next((p for p in self.people() if p.subject == subject), None)


def personas_of(settings: Settings) -> bool:
    """Whether anybody may sign in as anybody of the list: at a demonstration on one machine, and nowhere else."""
    wanted = settings.section("access").get("personas", False)
    host = str(settings.section("grpc").get("listen", "127.0.0.1:0")).rpartition(":")[0]
    if wanted is True and host not in LOOPBACK:
        raise BadSettings(
            f"{settings.path}: [access] personas lets anybody sign in as anybody, and {host} is no loopback address"
        )
    return wanted is True


def person_of(entry: Any) -> Person:
    """Raises ValueError, KeyError or TypeError for an entry that is none."""
    person = Person(entry["subject"], entry.get("name", ""), tuple(entry["roles"]), entry.get("login", ""))
    texts = [person.subject, *(text for text in (person.name, person.login) if text)]
    if not all(isinstance(text, str) and good_text(text) for text in texts):
        raise ValueError(f"{entry} says who somebody is in no plain text")
    if not person.roles or (unknown := set(person.roles) - set(ROLES)):
        raise ValueError(
            f"{person.subject} has no role, or one that there is not: {sorted(unknown) if person.roles else ''}"
        )
    return person
