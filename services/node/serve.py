"""What runs at a node: the only place that knows every service, and reads the code of those alone that it runs."""

import asyncio
import importlib
from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from services.kit.binding import binding
from services.kit.dial import Target, context, renewed, trust_of
from services.kit.lifetime import run
from services.kit.settings import BadSettings, Settings

if TYPE_CHECKING:
    from services.console.config import ConsoleConfig, Identity
    from services.kit.service import Service

RECORDS = ("registry", "enforcement", "supervision", "notifications")


def service(name: str) -> "Service":
    """A service by its name."""
    found: Service = importlib.import_module(f"services.{name}.__main__").SERVICE
    return found


async def keep_the_hub(settings: Settings) -> None:
    """The hub's own process: keeps its streams in being."""
    from services.kit.bus import connect
    from services.node.giving import handing_on
    from services.node.hub import keep_hub
    from services.node.hub_size import measuring

    nats = settings.section("nats")
    seed = settings.file("nats", "nkey").read_text().strip()
    nc = await connect(nats["url"], nkey_seed=seed, name="hub-keeper", tls=context(trust_of(settings)))
    try:
        replicas = nats.get("replicas", 1)
        async with handing_on(nc, settings.city, lambda: nodes_of(settings)):
            await keep_hub(nc, lambda: nodes_of(settings), replicas=replicas, measured=measuring(settings))
    finally:
        await nc.close()


def nodes_of(settings: Settings) -> list[str]:
    """Whose streams the hub keeps, as its file says now: a node is added to it while the hub runs."""
    return [*settings.fresh().section("nats").get("nodes", settings.section("nats")["nodes"])]


async def show_the_console(settings: Settings) -> None:
    """The console's web pages and its trace store. It ends, to be begun anew, when the certificate that it shows was renewed."""
    from services.console.app import serve as serve_pages

    works = [asyncio.create_task(serve_pages(console_config(settings)))]
    if (trust := trust_of(settings)) is not None:
        works.append(asyncio.create_task(renewed(trust)))
    try:
        done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for work in works:
            work.cancel()
        await asyncio.gather(*works, return_exceptions=True)
    for work in done:
        work.result()


def console_config(settings: Settings) -> "ConsoleConfig":
    """What the [console] section says. The console has no key: it asks with the tokens of whoever is signed in."""
    from services.console.config import ConsoleConfig, NodeTarget

    section, (layers, sectors) = settings.section("console"), binding(settings)
    host, _, port = section["listen"].rpartition(":")
    otlp_host, _, otlp_port = section["otlp"].rpartition(":")
    trust = trust_of(settings)
    return ConsoleConfig(
        supervision=Target(section["supervision"], trust),
        nodes=tuple(
            NodeTarget(n["id"], n["title_zh"], n["title_en"], Target(n["grpc"], trust))
            for n in section["nodes"]
        ),
        former=tuple(
            NodeTarget(n["id"], n["title_zh"], n["title_en"], Target("", trust))
            for n in section.get("former", ())
        ),
        trust=trust,
        host=host,
        port=int(port),
        otlp_host=otlp_host,
        otlp_port=int(otlp_port),
        spans=settings.file("console", "spans"),
        sessions=settings.path.parent / section["sessions"]
        if "sessions" in section
        else settings.file("console", "spans").with_name("sessions.db"),
        span_limit=section.get("span_limit", ConsoleConfig.span_limit),
        span_bytes=section.get("span_bytes", ConsoleConfig.span_bytes),
        public=section.get("public", ""),
        identity=identity_of(settings),
        secure=section.get("public", "").startswith("https://"),
        law=layers,
        sectors=sectors,
    )


def identity_of(settings: Settings) -> "Identity | None":
    """The identity provider of `[console.oidc]`, if there is one. Raises BadSettings."""
    from services.console.config import Identity

    section = settings.section("console").get("oidc")
    if section is None:
        return None
    try:
        secret = section.get("secret_file", "")
        return Identity(
            section["issuer"],
            section["client_id"],
            (settings.path.parent / secret).read_text().strip() if secret else "",
        )
    except (KeyError, OSError) as wrong:
        raise BadSettings(f"{settings.path}: [console.oidc] {wrong}") from None


EXTRAS: dict[str, Callable[[Settings], Awaitable[None]]] = {"hub": keep_the_hub, "console": show_the_console}


def serve(settings: Settings, only: Sequence[str] = ()) -> None:
    """Run a node's services, or some of them, in this process. Raises BadSettings."""
    names = only or settings.services
    if unknown := [n for n in names if n not in RECORDS and n not in EXTRAS]:
        raise BadSettings(f"{settings.path}: no such service: {', '.join(unknown)}")
    records = [service(name) for name in names if name in RECORDS]
    run(settings, records, *(EXTRAS[name] for name in names if name in EXTRAS))
