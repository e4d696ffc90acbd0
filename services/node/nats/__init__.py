"""Keys, configuration and processes of the NATS servers of a city."""

from services.node.nats.conf import HUB_API, Cluster, Listen, cluster_conf, hub_conf, node_conf
from services.node.nats.keys import Keys, check_node_id, keep_cluster, make_keys, public_key
from services.node.nats.server import Server, ServerFailed, check_conf, find_binary

__all__ = [
    "HUB_API",
    "Cluster",
    "Keys",
    "Listen",
    "Server",
    "ServerFailed",
    "check_conf",
    "check_node_id",
    "cluster_conf",
    "find_binary",
    "hub_conf",
    "keep_cluster",
    "make_keys",
    "node_conf",
    "public_key",
]
