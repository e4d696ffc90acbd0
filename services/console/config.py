"""What the console is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from services.kit.dial import Target, Trust
from services.law.parameters import Layers, national

# A bearer token, or what gives a fresh one: tokens run out while the console runs on.
Token = str | Callable[[], str]


@dataclass(frozen=True)
class NodeTarget:
    """One node to watch: its id, its name for people, and where its gRPC server listens."""

    id: str
    title_zh: str
    title_en: str
    target: Target
    token: Token | None = None  # the console's own when None


@dataclass(frozen=True)
class ConsoleConfig:
    """Where to listen, whom to ask, and how many spans to keep, of how many bytes.

    `port` and `otlp_port` 0 let the system choose; `otlp_port` None receives no traces. With `trust` only who shows a
    certificate of the authority hands in traces, without it who calls from this machine. `hosts` are the names, beside
    the loopback's, by which browsers may address the console. `public` is the address that QR codes lead to; the
    console's own when empty. Of the console the public needs /open, /p/, /v/, /static/ and /language only. `public_token` has
    the role of the public and nothing else: with it the pages under /open ask, so that they cannot show more than the public is
    told. `former` are nodes that were removed, whose records are shown under their names. `law` and `sectors` are what binds in
    the city: its layers, and the packs of fields that no pack names itself.
    """

    supervision: Target
    token: Token = ""
    public_token: Token = ""
    nodes: tuple[NodeTarget, ...] = ()
    former: tuple[NodeTarget, ...] = ()
    host: str = "127.0.0.1"
    port: int = 8080
    otlp_host: str = "127.0.0.1"
    otlp_port: int | None = 4317
    spans: Path = field(default=Path("spans.db"))
    span_limit: int = 200_000
    span_bytes: int = 1024**3
    trust: Trust | None = None
    hosts: tuple[str, ...] = ()
    public: str = ""
    law: Layers = field(default_factory=lambda: Layers(national()))
    sectors: Mapping[str, str] = field(default_factory=dict)

    def sector_of(self, field: str) -> str:
        """The pack that a body of a field goes by, empty where there is none."""
        return self.sectors.get(field) or self.law.sector_of(field)
