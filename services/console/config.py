"""What the console is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.kit.dial import Target, Trust
from services.law.parameters import Layers, national


@dataclass(frozen=True)
class Identity:
    """The identity provider by which people sign in (OpenID Connect), and as whose client the console asks it."""

    issuer: str
    client_id: str
    client_secret: str = ""


@dataclass(frozen=True)
class NodeTarget:
    """One node to watch: its id, its name for people, and where its gRPC server listens."""

    id: str
    title_zh: str
    title_en: str
    target: Target


@dataclass(frozen=True)
class ConsoleConfig:
    """Where to listen, whom to ask, and how many spans to keep, of how many bytes.

    `port` and `otlp_port` 0 let the system choose; `otlp_port` None receives no traces. With `trust` only who shows a
    certificate of the authority hands in traces, without it who calls from this machine. `hosts` are the names, beside
    the loopback's, by which browsers may address the console. `public` is the address that QR codes lead to; the
    console's own when empty. Of the console the public needs /open, /p/, /v/, /i/, /static/ and /language only. It has no token
    and no key: it asks with that of whoever is signed in, and for the public pages with the public's. `identity` is by which
    people sign in; without one they sign in as personas, where nodes let them. `secure` says that browsers come by https
    though something else ends it. `law` and `sectors` are what binds in the city: its layers, and the packs of fields that no
    pack names itself. `former` are nodes that were removed, whose records are shown under their names.
    """

    supervision: Target
    nodes: tuple[NodeTarget, ...] = ()
    former: tuple[NodeTarget, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8080
    otlp_host: str = "127.0.0.1"
    otlp_port: int | None = 4317
    spans: Path = field(default=Path("spans.db"))
    sessions: Path = field(default=Path("sessions.db"))
    span_limit: int = 200_000
    span_bytes: int = 1024**3
    trust: Trust | None = None
    hosts: tuple[str, ...] = ()
    public: str = ""
    identity: Identity | None = None
    secure: bool = False
    law: Layers = field(default_factory=lambda: Layers(national()))
    sectors: Mapping[str, str] = field(default_factory=dict)

    def sector_of(self, field: str) -> str:
        """The pack that a body of a field goes by, empty where there is none."""
        return self.sectors.get(field) or self.law.sector_of(field)
