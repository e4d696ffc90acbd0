"""Configuration of the hub's and a node's nats-server.

What a node may do at the hub is exactly the list in `_account` and `_exports`: every line is a subject that
crosses between the node's own account and the hub's. The hub never reads from a node's streams: it only takes
what nodes push.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from services.kit.bus import stream_of
from services.kit.dial import Trust
from services.node.nats.keys import check_node_id

MAX_PAYLOAD = "1MB"
# A link that has gone silent is given up after some 15 seconds and made again.
_COMMON = f"""max_payload: {MAX_PAYLOAD}
ping_interval: "5s"
ping_max: 2"""
HUB_API = "HUB.API"
"""How a node addresses the hub's JetStream; `$JS.API` would be answered by the node's own server."""

WATCHER = "WATCH"
WATCH_INBOX, WATCH_GET = "_WATCH", "$JS.API.DIRECT.GET.ALL"
"""All that the key of who only watches may do at the hub: ask for a message of ALL here, and hear the answer there."""


@dataclass(frozen=True, slots=True)
class Listen:
    host: str
    port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One server of a hub of several: its name, where it listens for the others, and the file, readable by it alone, that says
    how they know each other.
    """

    server: str
    conf: str


def cluster_conf(listen: Listen, all_of_them: Iterable[Listen], secret: str) -> str:
    """What that file holds. Who does not know the secret is no part of the hub."""
    routes = ", ".join(f'"nats-route://hub:{secret}@{each}"' for each in all_of_them)
    return f"""name: hub
listen: "{listen}"
no_advertise: true
authorization {{ user: hub, password: "{secret}", timeout: 2 }}
routes: [{routes}]
"""


def hub_conf(
    *,
    city: str,
    leaf_keys: Mapping[str, str],
    admin_key: str,
    watch_key: str = "",
    store_dir: Path | str,
    client: Listen,
    leaf: Listen,
    trust: Trust,
    monitor: Listen | None = None,
    max_store: str = "100GB",
    cluster: Cluster | None = None,
) -> str:
    """The hub's configuration, or that of one of its servers. `leaf_keys` has the public key of every node's link, the city's
    included.

    Whoever holds `watch_key` may read all events, and nothing else. A link has to show a certificate of the authority.
    """
    nodes = sorted(check_node_id(node) for node in leaf_keys)
    if city not in leaf_keys:
        raise ValueError(f"the city's node {city!r} has no leaf key")
    exports = [line for node in nodes for line in _exports(node, city)]
    everyone = ", ".join(_account_name(node) for node in nodes)
    departments = ", ".join(_account_name(node) for node in nodes if node != city)
    exports.append(f'{{ service: "$JS.FC.ALL.>", accounts: [{everyone}] }}')
    if watch_key:
        exports.append(f'{{ service: "{WATCH_GET}", accounts: [{WATCHER}], response_type: Stream }}')
    if departments:
        exports.append(f'{{ service: "{_create("$JS.API", "all")}", accounts: [{departments}] }}')
    accounts = "\n".join(_account(node, leaf_keys[node], city) for node in nodes)
    return f"""server_name: {cluster.server if cluster else "hub"}
listen: "{client}"
{_tls(trust)}
{_monitor(monitor)}{_cluster(cluster, trust)}{_COMMON}
jetstream {{ store_dir: "{store_dir}", domain: hub, max_file_store: {max_store} }}
leafnodes {{
  listen: "{leaf}"
  no_advertise: true
  {_tls(trust, verify=True)}
}}
system_account: SYS
accounts {{
  SYS {{}}
  HUB {{
    jetstream: enabled
    users: [ {{ nkey: {admin_key} }} ]
    exports: [
{_indent(exports, 6)}
    ]
  }}
{accounts}{_watcher(watch_key)}
}}
"""


def node_conf(
    *,
    node: str,
    app_key: str,
    store_dir: Path | str,
    client: Listen,
    hub_urls: Sequence[str],
    trust: Trust,
    leaf_conf: str = "leaf.conf",
    monitor: Listen | None = None,
    max_store: str = "100GB",
) -> str:
    """A node's configuration.

    `leaf_conf` holds the seed of the leaf link, in a file of its own with mode 0600; its path is relative to
    this one. Every acknowledged event is on disk (`sync_interval: "1s"`): what the hub loses comes back
    from here, what a node loses has no other copy on the bus. The hub may put nothing on the node's own
    subjects (`deny_imports`).
    """
    check_node_id(node)
    urls = ", ".join(f'"{url}"' for url in hub_urls)
    return f"""server_name: {node}
listen: "{client}"
{_tls(trust)}
{_monitor(monitor)}{_COMMON}
jetstream {{ store_dir: "{store_dir}", domain: {node}, max_file_store: {max_store}, sync_interval: "1s" }}
leafnodes {{
  reconnect: "1s"
  remotes: [
    {{
      urls: [{urls}]
      account: LAW
      include "{leaf_conf}"
      {_tls(trust, verify=True)}
      deny_imports: ["$JS.API.>", "$JS.*.API.>", "$JS.ACK.>", "$JS.FC.{stream_of(node)}.>", "evt.>", "local.>"]
      deny_exports: ["evt.>", "local.>"]
    }}
  ]
}}
system_account: SYS
accounts {{
  SYS {{}}
  LAW {{ jetstream: enabled, users: [ {{ nkey: {app_key} }} ] }}
}}
"""


def _tls(trust: Trust, *, verify: bool = False) -> str:
    """What a server shows, and whether who is at the other end has to show a certificate of the same authority."""
    certificate, key = trust.own
    files = f'cert_file: "{certificate}", key_file: "{key}"'
    if verify:
        files += f', ca_file: "{trust.authority}", verify: true'
    return f"tls {{ {files}, timeout: 5 }}"


def _watcher(key: str) -> str:
    """An account of its own, so that an answer goes to nobody but who asked, whatever subject he names for it."""
    if not key:
        return ""
    allowed = f'publish {{ allow: ["{WATCH_GET}"] }}, subscribe {{ allow: ["{WATCH_INBOX}.>"] }}'
    return f"""
  {WATCHER} {{
    limits {{ max_subscriptions: 4096, max_payload: {MAX_PAYLOAD} }}
    users: [ {{ nkey: {key}, permissions {{ {allowed} }} }} ]
    imports: [ {{ service: {{ account: HUB, subject: "{WATCH_GET}" }} }} ]
  }}"""


def _account_name(node: str) -> str:
    return f"NODE_{node}"


def _create(api: str, to: str) -> str:
    """Creating a consumer of ALL whose filter is part of the subject, so that the filter can be enforced."""
    return f"{api}.CONSUMER.CREATE.ALL.*.law.{to}.>"


def _create_any(api: str) -> list[str]:
    """Creating any consumer of ALL, with one filter or several: only the city may."""
    return [f"{api}.CONSUMER.CREATE.ALL.*", f"{api}.CONSUMER.CREATE.ALL.*.law.>"]


def _creates(api: str, node: str, city: str) -> list[str]:
    return _create_any(api) if node == city else [_create(api, node), _create(api, "all")]


def _exports(node: str, city: str) -> list[str]:
    only = f"accounts: [{_account_name(node)}]"
    own = _create_any("$JS.API") if node == city else [_create("$JS.API", node)]
    return [
        f'{{ service: "in.{node}.>", {only} }}',
        f'{{ service: "ctl.{node}.>", {only} }}',
        f'{{ service: "$JS.API.STREAM.MSG.GET.UP_{node}", {only} }}',
        *(f'{{ service: "{create}", {only} }}' for create in own),
        f'{{ stream: "D.dn.{node}.>", {only} }}',
    ]


def _account(node: str, leaf_key: str, city: str) -> str:
    msg_get = f"STREAM.MSG.GET.UP_{node}"
    publish = [f"in.{node}.>", f"ctl.{node}.>", f"{HUB_API}.{msg_get}", "$JS.FC.ALL.>"]
    publish += _creates(HUB_API, node, city)
    services = [f"in.{node}.>", f"ctl.{node}.>", "$JS.FC.ALL.>"]
    mapped = [(f"$JS.API.{msg_get}", f"{HUB_API}.{msg_get}")]
    mapped += zip(_creates("$JS.API", node, city), _creates(HUB_API, node, city), strict=True)
    imports = [f'{{ service: {{ account: HUB, subject: "{subject}" }} }}' for subject in services]
    imports += [f'{{ service: {{ account: HUB, subject: "{at}" }}, to: "{to}" }}' for at, to in mapped]
    imports.append(f'{{ stream: {{ account: HUB, subject: "D.dn.{node}.>" }} }}')
    allowed = ", ".join(f'"{subject}"' for subject in publish)
    return f"""  {_account_name(node)} {{
    limits {{ max_leafnodes: 4, max_subscriptions: 4096, max_payload: {MAX_PAYLOAD} }}
    users: [ {{
      nkey: {leaf_key}
      allowed_connection_types: ["LEAFNODE"]
      permissions {{
        publish {{ allow: [{allowed}] }}
        subscribe {{ allow: ["D.dn.{node}.>"] }}
      }}
    }} ]
    imports: [
{_indent(imports, 6)}
    ]
  }}"""


def _cluster(cluster: Cluster | None, trust: Trust) -> str:
    return f'cluster {{\n  include "{cluster.conf}"\n  {_tls(trust, verify=True)}\n}}\n' if cluster else ""


def _monitor(listen: Listen | None) -> str:
    return f'http: "{listen}"\n' if listen else ""


def _indent(lines: Iterable[str], width: int) -> str:
    return "\n".join(" " * width + line for line in lines)
