"""What a node is told: one TOML file, read once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from services.law.written import toml_of

WRONG = 78
"""What a process ends with whose settings are wrong (EX_CONFIG of sysexits.h): to start it again mends nothing."""


class BadSettings(Exception):
    """The settings file lacks something or says it wrongly; the message names file and key."""


@dataclass(frozen=True)
class Settings:
    """One node. Relative paths are relative to the folder of the file."""

    path: Path
    node: str
    kind: str
    city: str
    title_zh: str
    title_en: str
    services: tuple[str, ...]
    sections: Mapping[str, Mapping[str, Any]]

    @staticmethod
    def load(path: Path | str) -> "Settings":
        """Read and check a node's file. Raises BadSettings."""
        path = Path(path).resolve()
        try:
            raw = toml_of(path)
        except (OSError, ValueError) as wrong:
            raise BadSettings(f"{path}: {wrong}") from None
        node = raw.get("node", {})
        for key in ("id", "kind", "city"):
            if not isinstance(node.get(key), str):
                raise BadSettings(f"{path}: [node] {key} is missing")
        if node["kind"] not in KINDS:
            raise BadSettings(f"{path}: [node] kind must be one of {', '.join(KINDS)}")
        titles = node.get("title_zh", node["id"]), node.get("title_en", node["id"])
        if not all(isinstance(each, str) for each in titles):
            raise BadSettings(f"{path}: [node] title_zh and title_en are names")
        services = node.get("services", [])
        if not isinstance(services, list) or not all(isinstance(each, str) for each in services):
            raise BadSettings(f"{path}: [node] services is a list of names")
        return Settings(
            path,
            node["id"],
            node["kind"],
            node["city"],
            *titles,
            tuple(services),
            {name: table for name, table in raw.items() if isinstance(table, dict)},
        )

    def fresh(self) -> "Settings":
        """What the file says now; what it said before, where it cannot be read."""
        try:
            return Settings.load(self.path)
        except BadSettings:
            return self

    def section(self, name: str) -> Mapping[str, Any]:
        """A section of the file, empty when absent."""
        return self.sections.get(name, {})

    def file(self, section: str, key: str) -> Path:
        """A path from the file. Raises BadSettings when it is missing."""
        value = self.section(section).get(key)
        if not isinstance(value, str):
            raise BadSettings(f"{self.path}: [{section}] {key} is missing")
        return self.path.parent / value

    def database(self, service: str) -> str:
        """The URL of a service's database; default is a SQLite file beside the settings. `{service}`, `{node}` and `{home}` in it
        are filled in: the last is a mark of the settings' folder, so that several cities may use one server.
        """
        url: str = os.environ.get("YIFA_DATABASE_URL") or self.section("database").get("url", "")
        if not url:
            return f"sqlite:///{self.path.parent / self.node / f'{service}.db'}"
        home = sha256(str(self.path.parent).encode()).hexdigest()[:12]
        return url.format(service=service, node=self.node, home=home)

    def template(self, service: str) -> str:
        """The database that a new one of a service is a copy of; empty for none."""
        said: str = os.environ.get("YIFA_DATABASE_TEMPLATE") or self.section("database").get("template", "")
        return said.format(service=service, node=self.node)


KINDS = ("city", "department", "hub")
