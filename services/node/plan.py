"""A whole city on one machine: who stands where, and the files that say so."""

import json
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from services.kit.access import make_key, mint
from services.kit.settings import BadSettings
from services.node.accounts import access_settings, let_sign, write_staff
from services.node.failure import Failure
from services.node.nats import Listen, hub_conf, make_keys, node_conf

HOST = "127.0.0.1"
BASE = 8600
# Places after a node's own base port.
GRPC, NATS, METRICS = 0, 1, 2
# Places after the city's base port.
CONSOLE, OTLP, HUB, HUB_LEAF = 0, 1, 2, 3


@dataclass(frozen=True)
class Site:
    """One node: its id, its names, the services it runs, its first port."""

    id: str
    kind: str
    title_zh: str
    title_en: str
    services: tuple[str, ...]
    port: int

    @property
    def grpc(self) -> str:
        return f"{HOST}:{self.port + GRPC}"

    @property
    def nats(self) -> Listen:
        return Listen(HOST, self.port + NATS)

    @property
    def metrics(self) -> str:
        return f"{HOST}:{self.port + METRICS}"


DEPARTMENTS = (
    ("huanbao", "市生态环境局", "Bureau of Ecology and Environment"),
    ("chengguan", "市城市管理综合执法局", "Bureau of Urban Management and Law Enforcement"),
)


@dataclass(frozen=True)
class Plan:
    """The city: where its files lie, its first port, its nodes. `share` of calls is traced."""

    var: Path
    base: int
    city: Site
    departments: tuple[Site, ...]
    share: float = 1.0

    @property
    def sites(self) -> tuple[Site, ...]:
        return (self.city, *self.departments)

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def clock(self) -> Path:
        return self.var / "clock"

    @property
    def console(self) -> str:
        return f"http://{HOST}:{self.base + CONSOLE}"

    @property
    def hub(self) -> Listen:
        return Listen(HOST, self.base + HUB)

    @property
    def hub_leaf(self) -> Listen:
        return Listen(HOST, self.base + HUB_LEAF)

    def settings(self, site_id: str) -> Path:
        return self.var / f"{site_id}.toml"

    def nats_conf(self, site_id: str) -> Path:
        return self.var / "nats" / f"{site_id}.conf"

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def token(self, subject: str, node: str, *roles: str, name: str = "") -> str:
        """A token of a node, by its own key. Raises ValueError for an unknown role, Failure for a node without a key."""
        return mint(self.token_key(node).read_bytes(), subject, node, roles, name=name)

    def token_key(self, node: str) -> Path:
        """The key that a node's tokens are signed with. Raises Failure for a node that has none."""
        key = self.keys / node / "token.key"
        if not key.exists():
            raise Failure(
                f"{key} does not exist: is {node} a node, and was the city started once with `make run`?"
            )
        return key

    @property
    def issuers(self) -> Path:
        """Whose tokens count, and what was revoked."""
        return self.keys / "issuers.json"


def plan(
    var: Path | None = None,
    base: int | None = None,
    departments: Sequence[tuple[str, str, str]] = DEPARTMENTS,
    share: float = 1.0,
) -> Plan:
    """The city under `var` (YIFA_VAR, else ./var) on ports from `base` (YIFA_PORT_BASE, else 8600). Raises BadSettings."""
    var = (var or Path(os.environ.get("YIFA_VAR", "var"))).absolute()
    text = os.environ.get("YIFA_PORT_BASE", str(BASE))
    if base is None:
        if not text.isdecimal() or not 1024 <= int(text) <= 65000:
            raise BadSettings(f"YIFA_PORT_BASE={text}: must be a port from 1024 to 65000")
        base = int(text)
    city = Site(
        "city",
        "city",
        "市司法局",
        "City Legal Office",
        ("registry", "supervision", "notifications"),
        base + 10,
    )
    sites = tuple(
        Site(id, "department", zh, en, ("registry", "enforcement", "notifications"), base + 20 + 10 * n)
        for n, (id, zh, en) in enumerate(departments)
    )
    return Plan(var, base, city, sites, share)


def running_plan() -> Plan:
    """The plan of the city that runs, or ran last, under YIFA_VAR. Raises Failure when there was none."""
    wanted = plan()
    try:
        left = json.loads((wanted.var / "up.json").read_text())
    except (OSError, ValueError):
        raise Failure(f"no city runs under {wanted.var}: start it with `make run` or `yifa up`") from None
    return wanted if "YIFA_PORT_BASE" in os.environ else plan(wanted.var, left["base"])


def lay_out(plan: Plan) -> None:
    """Write every file that the city needs and has not yet; keys and data that are there stay."""
    plan.var.mkdir(parents=True, exist_ok=True)
    (plan.var / "log").mkdir(exist_ok=True)
    (plan.var / "nats").mkdir(exist_ok=True)
    keys = make_keys(plan.keys, [s.id for s in plan.sites])
    hub = hub_conf(
        city=plan.city.id,
        leaf_keys={s.id: keys.public(s.id, "leaf") for s in plan.sites},
        admin_key=keys.public("hub", "admin"),
        watch_key=keys.public("hub", "watch"),
        store_dir=plan.var / "nats" / "hub",
        client=plan.hub,
        leaf=plan.hub_leaf,
        cert=keys.hub_cert,
        key=keys.hub_key,
    )
    plan.nats_conf("hub").write_text(hub)
    plan.settings("hub").write_text(hub_settings(plan))
    for site in plan.sites:
        make_key(plan.keys / site.id, "sign")
        let_sign(plan.keys / site.id, plan.issuers, site.id)
        write_staff(plan.var / "staff" / f"{site.id}.toml", site.kind)
        conf = node_conf(
            node=site.id,
            app_key=keys.public(site.id, "app"),
            store_dir=plan.var / "nats" / site.id,
            client=site.nats,
            hub_urls=[f"tls://{plan.hub_leaf}"],
            ca=keys.ca,
            leaf_conf=os.path.relpath(keys.leaf_conf(site.id), plan.var / "nats"),
        )
        plan.nats_conf(site.id).write_text(conf)
        plan.settings(site.id).write_text(site_settings(plan, site))


def hub_settings(plan: Plan) -> str:
    nodes = ", ".join(f'"{s.id}"' for s in plan.sites)
    return f"""# The hub's keeper.
[node]
id = "hub"
kind = "hub"
city = "{plan.city.id}"
services = ["hub"]

[nats]
url = "nats://{plan.hub}"
nkey = "keys/hub/admin.nk"
nodes = [{nodes}]
"""


def site_settings(plan: Plan, site: Site) -> str:
    services = ", ".join(f'"{name}"' for name in site.services)
    text = f"""# {site.title_zh} / {site.title_en}
[node]
id = "{site.id}"
kind = "{site.kind}"
city = "{plan.city.id}"
title_zh = "{site.title_zh}"
title_en = "{site.title_en}"
services = [{services}]

[grpc]
listen = "{site.grpc}"

[nats]
url = "nats://{site.nats}"
nkey = "keys/{site.id}/app.nk"

[token]
issuers = "keys/issuers.json"
key = "keys/{site.id}/token.key"

[sign]
key = "keys/{site.id}/sign.key"

# The keys of who may unseal. Keep the folder apart from the databases and from their copies: docs/sealed.md
[seal]
folder = "keys/{site.id}/seal"

[clock]
file = "clock"

# Whose rules bind here besides the nation's: a city names its province, its own layer, and each agency its own.
[law]
layers = ["guangdong", "example-city", "example-agency"]
layer = "example-city"

# Papers: where their QR codes lead. `templates` may name a folder of the city's own, `fonts` folders with fonts.
[papers]
public = "{plan.console}"

[telemetry]
otlp = "http://{HOST}:{plan.base + OTLP}"
share = {plan.share}
metrics = "{site.metrics}"
"""
    text += access_settings(site.id)
    return text + (console_settings(plan) if site is plan.city else "")


def console_settings(plan: Plan) -> str:
    text = f"""
[console]
listen = "{HOST}:{plan.base + CONSOLE}"
otlp = "{HOST}:{plan.base + OTLP}"
spans = "console/spans.db"
supervision = "{plan.city.grpc}"
"""
    for s in plan.sites:
        text += f"""
[[console.nodes]]
id = "{s.id}"
title_zh = "{s.title_zh}"
title_en = "{s.title_en}"
grpc = "{s.grpc}"
"""
    return text


def taken_ports(plan: Plan) -> list[tuple[int, str]]:
    """The ports of the plan that something else listens on, each with what it is for."""
    wanted = [
        (plan.base + CONSOLE, "console"),
        (plan.base + OTLP, "traces (OTLP)"),
        (plan.base + HUB, "hub"),
        (plan.base + HUB_LEAF, "hub leaf links"),
    ]
    for s in plan.sites:
        wanted += [
            (s.port + GRPC, f"{s.id} gRPC"),
            (s.port + NATS, f"{s.id} NATS"),
            (s.port + METRICS, f"{s.id} metrics"),
        ]
    return [(port, what) for port, what in wanted if _listens(port)]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
