"""The one way to call a node, and what a node shows who calls: TLS by the authority that the settings name. Plain text goes only
where the settings say so, or where who dials names no authority.
"""

import asyncio
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc

from services.kit.settings import BadSettings, Settings

Options = Sequence[tuple[str, Any]]
FILES = ("authority", "certificate", "key")


@dataclass(frozen=True)
class Trust:
    """Whose certificates are believed, and the own one with its key: who has none calls as anybody may."""

    authority: Path
    certificate: Path | None = None
    key: Path | None = None

    @property
    def own(self) -> tuple[Path, Path]:
        """The own certificate and its key. Raises BadSettings where there is none."""
        if self.certificate is None or self.key is None:
            raise BadSettings("[tls] certificate and key are missing: a server has to show one")
        return self.certificate, self.key


@dataclass(frozen=True)
class Target:
    """Where a node listens, and by what it is known. Without trust it is spoken to in plain text."""

    address: str
    trust: Trust | None = None

    def __str__(self) -> str:
        return self.address


def trust_of(settings: Settings) -> Trust | None:
    """What `[tls]` says: three files, or `plain = true` for plain text. Raises BadSettings when it says neither, or both."""
    section = settings.section("tls")
    if section.get("plain") is True:
        if set(section) != {"plain"}:
            raise BadSettings(f"{settings.path}: [tls] names certificates and says plain = true")
        return None
    if not section:
        named = ", ".join(FILES)
        raise BadSettings(
            f"{settings.path}: [tls] is missing: name {named}, or say plain = true for plain text"
        )
    trust = Trust(*(settings.file("tls", name) for name in FILES))
    if absent := [path for path in (trust.authority, *trust.own) if not path.is_file()]:
        raise BadSettings(f"{settings.path}: [tls] there is no file {absent[0]}")
    return trust


def channel(target: Target, options: Options = ()) -> grpc.aio.Channel:
    """A channel to a node. Raises OSError for a certificate that cannot be read."""
    if target.trust is None:
        return grpc.aio.insecure_channel(target.address, options)
    return grpc.aio.secure_channel(target.address, shown(target.trust), options)


def blocking_channel(target: Target, options: Options = ()) -> grpc.Channel:
    """The same for who does not run on a loop."""
    if target.trust is None:
        return grpc.insecure_channel(target.address, options)
    return grpc.secure_channel(target.address, shown(target.trust), options)


def shown(trust: Trust) -> grpc.ChannelCredentials:
    """What a client believes and shows."""
    key = trust.key.read_bytes() if trust.key else None
    certificate = trust.certificate.read_bytes() if trust.certificate else None
    return grpc.ssl_channel_credentials(trust.authority.read_bytes(), key, certificate)


def open_port(server: Any, address: str, trust: Trust | None, *, known_only: bool = False) -> int:
    """Let a gRPC server listen; with `known_only` who calls has to show a certificate of the authority. A certificate that was
    renewed is shown from the next connection on. Raises BadSettings when the port is taken.
    """
    try:
        if trust is None:
            return int(server.add_insecure_port(address))
        credentials = grpc.dynamic_ssl_server_credentials(
            _shown_by_server(trust, known_only), _renewed(trust, known_only), known_only
        )
        return int(server.add_secure_port(address, credentials))
    except RuntimeError:
        raise BadSettings(taken(address)) from None


def taken(address: str) -> str:
    """What to say where something else listens."""
    return f"{address} 端口已被占用，无法监听 · cannot listen on {address}: the port is taken"


def _shown_by_server(trust: Trust, known_only: bool) -> grpc.ServerCertificateConfiguration:
    certificate, key = trust.own
    authority = trust.authority.read_bytes() if known_only else None
    return grpc.ssl_server_certificate_configuration(
        [(key.read_bytes(), certificate.read_bytes())], authority
    )


def _renewed(trust: Trust, known_only: bool) -> Callable[[], grpc.ServerCertificateConfiguration | None]:
    """Asked at every handshake: what to show from now on, nothing where that is as it was."""

    def written() -> tuple[int, ...]:
        return tuple(path.stat().st_mtime_ns for path in (trust.authority, *trust.own))

    last = written()

    def look() -> grpc.ServerCertificateConfiguration | None:
        nonlocal last
        try:
            if (now := written()) == last:
                return None
            made = _shown_by_server(trust, known_only)
        except OSError:  # between two of the operator's copies
            return None
        last = now
        return made

    return look


async def renewed(trust: Trust, every: float = 60.0) -> None:
    """Return once the own certificate is another: what dials shows for as long as it lives what it began with."""
    first = trust.own[0].stat().st_mtime_ns
    while True:
        await asyncio.sleep(every)
        with suppress(OSError):
            if trust.own[0].stat().st_mtime_ns != first:
                return


def context(trust: Trust | None) -> ssl.SSLContext | None:
    """The same trust for a client of NATS."""
    if trust is None:
        return None
    made = ssl.create_default_context(cafile=trust.authority)
    if trust.certificate is not None:
        made.load_cert_chain(*trust.own)
    return made
