"""A city whose nodes sign: keys for each, the directory of their public halves, an office that reads by it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from services.kit.access import make_key
from services.kit.directory import with_key
from services.kit.settings import Settings
from services.kit.signing import OwnKey, Signer, public_of
from tests.supervision.office import CITY, ENVIRONMENT, URBAN, Office, running_office

NODES = (CITY, ENVIRONMENT, URBAN)


@dataclass
class Keys:
    """The keys of a city's nodes, in a folder for each."""

    folder: Path

    @property
    def directory(self) -> Path:
        return self.folder / "nodes.toml"

    def make(self, node: str) -> Signer:
        """The node's key, made where it has none, and put into the directory."""
        made = self.stranger(node)
        with_key(self.directory, node, made.public_key)
        return made

    def stranger(self, name: str) -> Signer:
        """A key that the directory does not know."""
        make_key(self.folder / name, "sign")
        public_of((self.folder / name / "sign.pub").read_bytes())
        said = Settings(
            self.folder / "x.toml",
            name,
            "department",
            CITY,
            "",
            "",
            (),
            {"sign": {"key": f"{name}/sign.key"}},
        )
        return OwnKey(said).signer


@asynccontextmanager
async def signing_office(folder: Path) -> AsyncIterator[tuple[Office, Keys]]:
    """The city's supervision, which knows the keys of the city and two departments; their journals are signed."""
    keys = Keys(folder)
    signers = {node: keys.make(node) for node in NODES}
    section = {"key": f"{CITY}/sign.key", "directory": "nodes.toml"}
    async with running_office(folder, sign=section, checkpoint={"seconds": 0}) as office:
        office.signers = signers
        yield office, keys
