"""A whole city on one machine: who stands where, and the files that say so."""

import json
import os
import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from services.kit.access import make_key, mint
from services.kit.algorithm import ALGORITHMS, ED25519, algorithm_in
from services.kit.dial import FILES, Target, Trust
from services.kit.directory import with_key
from services.kit.private import private_folder
from services.kit.settings import BadSettings
from services.kit.signing import signer_in
from services.node import roster
from services.node.accounts import access_settings, let_sign, write_staff
from services.node.failure import Failure
from services.node.nats import (
    Cluster,
    Keys,
    Listen,
    cluster_conf,
    hub_conf,
    keep_cluster,
    make_keys,
    node_conf,
)

HOST = "127.0.0.1"
OF_CITY, OF_DEPARTMENT = (
    ("registry", "supervision", "notifications"),
    ("registry", "enforcement", "notifications"),
)
"""The services of each kind of node."""
BASE = 8600
# Places after a node's own base port.
GRPC, NATS, METRICS, MACHINES = 0, 1, 2, 3
# Places after the city's base port.
CONSOLE, OTLP, HUB, HUB_LEAF, HUB_ROUTE = 0, 1, 2, 3, 14


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
    def machines(self) -> str:
        """Where the node hears who shows a certificate."""
        return f"{HOST}:{self.port + MACHINES}"

    @property
    def nats(self) -> Listen:
        return Listen(HOST, self.port + NATS)

    @property
    def metrics(self) -> str:
        return f"{HOST}:{self.port + METRICS}"


@dataclass(frozen=True)
class Hub:
    """One server of the hub: where it listens for clients, for the nodes' links, and for the other servers."""

    name: str
    client: Listen
    leaf: Listen
    route: Listen


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
    former: tuple[Site, ...] = ()
    """Departments that were removed: their records stay under their names."""
    hub_servers: int = 1
    """One, or three that go on when one of them is lost."""
    checkpoint: float = 60.0
    """Seconds between two checkpoints of a journal; 0 for none."""
    sign: str = ED25519.name
    """What nodes sign with that have no key yet."""

    @property
    def sites(self) -> tuple[Site, ...]:
        return (self.city, *self.departments)

    @property
    def keys(self) -> Path:
        return self.var / "keys"

    @property
    def directory(self) -> Path:
        """The public keys of all nodes."""
        return self.keys / "nodes.toml"

    def sign_key(self, site_id: str) -> Path:
        """The key that a node signs with."""
        return self.keys / site_id / "sign.key"

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

    @property
    def hubs(self) -> tuple[Hub, ...]:
        """The servers of the hub, the first one first."""
        name = ("hub", "hub2", "hub3")
        at = [Listen(HOST, self.base + HUB + n) for n in range(2 * self.hub_servers)]
        routes = [Listen(HOST, self.base + HUB_ROUTE + n) for n in range(self.hub_servers)]
        return tuple(Hub(name[n], at[2 * n], at[2 * n + 1], routes[n]) for n in range(self.hub_servers))

    @property
    def hub_urls(self) -> list[str]:
        """Where who speaks to the hub itself may do so."""
        return [f"tls://{hub.client}" for hub in self.hubs]

    def settings(self, site_id: str) -> Path:
        return self.var / f"{site_id}.toml"

    def nats_conf(self, site_id: str) -> Path:
        return self.var / "nats" / f"{site_id}.conf"

    def log(self, name: str) -> Path:
        return self.var / "log" / f"{name}.log"

    def trust(self, owner: str) -> Trust:
        """By what the hub or a node is known here, and whom it believes."""
        return Keys(self.keys).trust(owner)

    def target(self, site_id: str) -> Target:
        """How this machine calls a node: where it hears those who show a certificate, with the node's own."""
        site = next(site for site in self.sites if site.id == site_id)
        return Target(site.machines, self.trust(site.id))

    @property
    def targets(self) -> dict[str, Target]:
        """The same of every node, by its id."""
        return {site.id: self.target(site.id) for site in self.sites}

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
    hub_servers: int | None = None,
    checkpoint: float = 60.0,
    sign: str | None = None,
) -> Plan:
    """The city under `var` (YIFA_VAR, else ./var) on ports from `base` (YIFA_PORT_BASE, else 8600), with one or three servers of
    the hub (YIFA_HUB_SERVERS, else 1), its nodes' new keys of one algorithm (YIFA_SIGN, else ed25519). Raises BadSettings.
    """
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
        OF_CITY,
        base + 10,
    )
    if hub_servers is None:
        said = os.environ.get("YIFA_HUB_SERVERS", "1")
        if said not in ("1", "3"):
            raise BadSettings(
                f"YIFA_HUB_SERVERS={said}: a hub has one server, or three that go on without one of them"
            )
        hub_servers = int(said)
    if (sign := sign or os.environ.get("YIFA_SIGN", ED25519.name)) not in ALGORITHMS:
        raise BadSettings(f"YIFA_SIGN={sign}: 须为其一 · it must be one of {', '.join(ALGORITHMS)}")
    entries = roster.of(var, departments)
    sites = tuple(department(base, e) for e in entries if not e.gone)
    former = tuple(department(base, e) for e in entries if e.gone)
    return Plan(var, base, city, sites, share, former, hub_servers, checkpoint, sign)


def again(plan_was: Plan) -> Plan:
    """The plan as its files say now."""
    return plan(
        plan_was.var,
        plan_was.base,
        share=plan_was.share,
        hub_servers=plan_was.hub_servers,
        checkpoint=plan_was.checkpoint,
        sign=plan_was.sign,
    )


def department(base: int, entry: roster.Entry) -> Site:
    """A department of a city, on its own ports."""
    return Site(
        entry.id, "department", entry.title_zh, entry.title_en, OF_DEPARTMENT, base + 20 + 10 * entry.place
    )


def running_plan() -> Plan:
    """The plan of the city that runs, or ran last, under YIFA_VAR. Raises Failure when there was none."""
    wanted = plan()
    try:
        left = json.loads((wanted.var / "up.json").read_text())
    except (OSError, ValueError):
        raise Failure(f"no city runs under {wanted.var}: start it with `make run` or `yifa up`") from None
    base = None if "YIFA_PORT_BASE" in os.environ else left["base"]
    return plan(wanted.var, base, hub_servers=left.get("hub_servers", 1))


def lay_out(plan: Plan) -> None:
    """Write every file that the city needs and has not yet; keys and data that are there stay."""
    for folder in (plan.var, plan.var / "log", plan.var / "nats", plan.keys):
        private_folder(folder)
    keys = make_keys(plan.keys, [s.id for s in plan.sites])
    lay_out_hub(plan, keys)
    roster.put(plan.settings("hub"), hub_settings(plan))
    for site in plan.sites:
        public = keep_key(plan, site)
        let_sign(plan.keys / site.id, plan.issuers, site.id)
        write_staff(plan.var / "staff" / f"{site.id}.toml", site.kind)
        with_key(plan.directory, site.id, public)
        conf = node_conf(
            node=site.id,
            app_key=keys.public(site.id, "app"),
            store_dir=plan.var / "nats" / site.id,
            client=site.nats,
            hub_urls=[f"tls://{hub.leaf}" for hub in plan.hubs],
            trust=keys.trust(site.id),
            leaf_conf=os.path.relpath(keys.leaf_conf(site.id), plan.var / "nats"),
        )
        roster.put(plan.nats_conf(site.id), conf)
        roster.put(plan.settings(site.id), site_settings(plan, site))


def keep_key(plan: Plan, site: Site) -> bytes:
    """The public half of the key that a node signs with, which is made where there is none. Raises BadSettings."""
    try:
        make_key(plan.keys / site.id, "sign", ALGORITHMS[plan.sign])
        return signer_in(plan.sign_key(site.id).read_bytes()).public_key
    except ValueError as wrong:
        raise BadSettings(f"{plan.sign_key(site.id)}: {wrong}") from None


def lay_out_hub(plan: Plan, keys: Keys) -> None:
    """Write the configuration of the hub's server, or of its servers and how they know each other."""
    several = len(plan.hubs) > 1
    if several:
        routes = [hub.route for hub in plan.hubs]
        keep_cluster(keys, {h.name: partial(cluster_conf, h.route, routes) for h in plan.hubs})
    for hub in plan.hubs:
        conf = hub_conf(
            city=plan.city.id,
            leaf_keys={s.id: keys.public(s.id, "leaf") for s in plan.sites},
            admin_key=keys.public("hub", "admin"),
            watch_key=keys.public("hub", "watch"),
            store_dir=plan.var / "nats" / hub.name,
            client=hub.client,
            leaf=hub.leaf,
            trust=keys.trust("hub"),
            cluster=Cluster(hub.name, os.path.relpath(keys.cluster_conf(hub.name), plan.var / "nats"))
            if several
            else None,
        )
        roster.put(plan.nats_conf(hub.name), conf)


def hub_settings(plan: Plan) -> str:
    nodes = ", ".join(f'"{s.id}"' for s in plan.sites)
    return f"""# The hub's keeper.
[node]
id = "hub"
kind = "hub"
city = "{plan.city.id}"
services = ["hub"]

[nats]
url = {json.dumps(plan.hub_urls)}
nkey = "keys/hub/admin.nk"
nodes = [{nodes}]
replicas = {len(plan.hubs)}

# `yifa backup` copies what is named above and what lies beside it, and this.
[backup]
also = ["nats/hub.conf", "keys/ca"]

{tls_settings(plan, "hub")}"""


def tls_settings(plan: Plan, owner: str) -> str:
    """Whose certificates are believed, and the own: files of the operator's take their place by lying there."""
    trust = plan.trust(owner)
    lines = (
        f'{name} = "{path.relative_to(plan.var)}"'
        for name, path in zip(FILES, (trust.authority, *trust.own), strict=True)
    )
    return "[tls]\n" + "\n".join(lines) + "\n"


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

{tls_settings(plan, site.id)}
# `machines` is for those who show a certificate of the authority: a machine of another node is let in nowhere else.
[grpc]
listen = "{site.grpc}"
machines = "{site.machines}"

[nats]
url = "tls://{site.nats}"
nkey = "keys/{site.id}/app.nk"

[token]
issuers = "keys/issuers.json"
key = "keys/{site.id}/token.key"

[sign]
key = "keys/{site.id}/sign.key"
algorithm = "{algorithm_in(plan.sign_key(site.id).read_bytes()).name}"
directory = "keys/nodes.toml"

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

# How often the node signs its journals, in seconds.
[checkpoint]
seconds = {plan.checkpoint}

# `yifa backup` copies what is named above and what lies beside it, and this.
[backup]
also = ["nats/{site.id}.conf", "keys/ca/ca.pem", "staff/{site.id}.toml"]

[telemetry]
otlp = "https://{HOST}:{plan.base + OTLP}"
share = {plan.share}
metrics = "{site.metrics}"

# Who starts the processes here, and what it had to start again.
[supervisor]
state = "supervisor.json"
"""
    text += access_settings(site.id)
    return text + (console_settings(plan) if site is plan.city else "")


def console_settings(plan: Plan) -> str:
    text = f"""
[console]
listen = "{HOST}:{plan.base + CONSOLE}"
otlp = "{HOST}:{plan.base + OTLP}"
spans = "console/spans.db"
supervision = "{plan.city.machines}"
"""
    for s in plan.sites:
        text += f"""
[[console.nodes]]
id = "{s.id}"
title_zh = "{s.title_zh}"
title_en = "{s.title_en}"
grpc = "{s.machines}"
"""
    return text + former_settings(plan)


def former_settings(plan: Plan) -> str:
    """What the city still has to know of departments that were removed: their names, and that nobody waits to hear of them."""
    if not plan.former:
        return ""
    text = "\n[supervision]\nformer = [" + ", ".join(f'"{s.id}"' for s in plan.former) + "]\n"
    for s in plan.former:
        text += f"""
[[console.former]]
id = "{s.id}"
title_zh = "{s.title_zh}"
title_en = "{s.title_en}"
"""
    return text


def taken_ports(plan: Plan) -> list[tuple[int, str]]:
    """The ports of the plan that something else listens on, each with what it is for."""
    wanted = [
        (plan.base + CONSOLE, "console"),
        (plan.base + OTLP, "traces (OTLP)"),
    ]
    for hub in plan.hubs:
        wanted += ports_of_server(plan, hub.name)
    for s in plan.sites:
        wanted += ports_of(s)
    return taken_among(wanted)


def ports_of_server(plan: Plan, name: str) -> list[tuple[int, str]]:
    """The ports of a NATS server, of the hub's or of a node's, each with what it is for."""
    for hub in plan.hubs:
        if hub.name == name:
            ports = [(hub.client.port, hub.name), (hub.leaf.port, f"{hub.name} leaf links")]
            return ports + [(hub.route.port, f"{hub.name} routes")] * (len(plan.hubs) > 1)
    return [(site.nats.port, f"{site.id} NATS") for site in plan.sites if site.id == name]


def ports_of(site: Site) -> list[tuple[int, str]]:
    """The ports of a node, each with what it is for."""
    return [
        (site.port + GRPC, f"{site.id} gRPC"),
        (site.port + MACHINES, f"{site.id} gRPC of machines"),
        (site.port + NATS, f"{site.id} NATS"),
        (site.port + METRICS, f"{site.id} metrics"),
    ]


def taken_among(ports: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    return [(port, what) for port, what in ports if _listens(port)]


def told_of(taken: Iterable[tuple[int, str]]) -> str:
    """What to say of ports that are taken."""
    ports = "; ".join(f"{port} ({what})" for port, what in taken)
    return (
        f"端口已被占用，请停止占用它的程序，或以 YIFA_PORT_BASE 另设起始端口 · port taken: {ports}. "
        "Stop what listens there, or set YIFA_PORT_BASE to another base port"
    )


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return True
    return False
