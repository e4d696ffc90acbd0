"""Keys, certificates and configuration files of a city's NATS."""

import hashlib
import ssl
from pathlib import Path

import nkeys
import pytest

from services.kit.dial import Trust
from services.node.nats import (
    Listen,
    Server,
    ServerFailed,
    check_conf,
    hub_conf,
    make_keys,
    node_conf,
    public_key,
)
from tests.nodes.actors import local

EXAMPLES = Path(__file__).parents[2] / "infra" / "nats"
NODES = ["city", "shichang", "chengguan", "huanbao"]
TEXT = {
    "hub.conf": """\
# The hub: it carries and aggregates events, and runs no service of the city's.
#
# An example for one server. For three, give each its own server_name and add to every one of them
#   cluster { name: hub, listen: "0.0.0.0:6222", routes: ["nats://hub-1:6222", "nats://hub-2:6222"] }
# with all three as routes. The keeper then needs `replicas = 3`, and the nodes list all three in `urls`.
#
# The keys are examples: put in your own public keys. Do not subscribe to `in.>` or `ctl.>` in account HUB:
# a subscription there makes those subjects a target that a node's consumer may be aimed at.
""",
    "node.conf": """\
# A node's own server, here of department shichang; the city's node has the same with its own id.
#
# leaf.conf beside this file holds the seed of the link's key, in one line and readable by the server only:
#   nkey: "SU…"
# The application's key is an example: put in your own public key.
""",
}


def example_seed(owner: str) -> str:
    raw = hashlib.sha256(f"example key of {owner}".encode()).digest()
    return nkeys.encode_seed(raw, nkeys.PREFIX_BYTE_USER).decode()


def trust(owner: str) -> Trust:
    """Where an owner's files lie in the examples."""
    folder = Path("/etc/nats")
    return Trust(folder / "ca.pem", folder / f"{owner}.pem", folder / f"{owner}-key.pem")


def files(told: Trust) -> tuple[Path, ...]:
    return told.authority, *told.own


def examples() -> dict[str, str]:
    key = lambda owner: public_key(example_seed(owner))  # noqa: E731
    hub = hub_conf(
        city="city",
        leaf_keys={node: key(f"{node} leaf") for node in NODES},
        admin_key=key("hub admin"),
        watch_key=key("hub watch"),
        store_dir="/var/lib/nats",
        client=Listen("127.0.0.1", 4222),
        leaf=Listen("0.0.0.0", 7422),
        monitor=Listen("127.0.0.1", 8222),
        trust=trust("hub"),
    )
    node = node_conf(
        node="shichang",
        app_key=key("shichang app"),
        store_dir="/var/lib/nats",
        client=Listen("127.0.0.1", 4222),
        hub_urls=["tls://hub.city.example:7422"],
        monitor=Listen("127.0.0.1", 8222),
        trust=trust("shichang"),
    )
    return {"hub.conf": TEXT["hub.conf"] + hub, "node.conf": TEXT["node.conf"] + node}


@pytest.mark.parametrize("name", TEXT)
def test_the_examples_are_what_the_program_writes(name):
    assert (EXAMPLES / name).read_text() == examples()[name], "python -m tests.nodes.test_federation_setup"


def test_the_examples_are_accepted_by_the_server(tmp_path):
    keys = make_keys(tmp_path / "keys", ["shichang"])
    for name, text in examples().items():
        there = {
            str(path): ours
            for owner in ("hub", "shichang")
            for path, ours in zip(files(trust(owner)), files(keys.trust(owner)), strict=True)
        }
        for path, ours in there.items():
            text = text.replace(path, str(ours))  # noqa: PLW2901
        conf = keys.leaf_conf("shichang").with_name(name)
        conf.write_text(text)
        check_conf(conf)


def test_a_bad_configuration_is_told_apart(tmp_path):
    conf = tmp_path / "bad.conf"
    conf.write_text("server_name: x\nnonsense: 1\n")

    with pytest.raises(ValueError, match="nonsense"):
        check_conf(conf)


async def test_a_server_that_does_not_start_says_why(tmp_path):
    conf, listen = tmp_path / "bad.conf", local()
    conf.write_text(f'listen: "{listen}"\nnonsense: 1\n')

    with pytest.raises(ServerFailed, match="nonsense"):
        await Server(conf, listen, tmp_path / "log").start()


@pytest.mark.parametrize("node", ["", "A", "a.b", "a*", "a>", "a b", "a/b", "x" * 33, "all", "hub", "ca"])
def test_a_node_id_is_fit_for_a_subject(tmp_path, node):
    with pytest.raises(ValueError, match="node id"):
        make_keys(tmp_path, [node])


def test_the_city_needs_a_link_too(tmp_path):
    with pytest.raises(ValueError, match="leaf key"):
        hub_conf(
            city="city",
            leaf_keys={},
            admin_key="",
            store_dir="",
            client=local(),
            leaf=local(),
            trust=trust("hub"),
        )


def test_keys_stay_when_made_again_and_are_private(tmp_path):
    first = make_keys(tmp_path, ["a"])
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    make_keys(tmp_path, ["a", "b"])

    assert all(path.read_bytes() == content for path, content in before.items())
    assert first.public("a", "leaf") != first.public("b", "leaf") != first.public("b", "app")
    assert {oct(path.stat().st_mode)[-3:] for path in tmp_path.rglob("*") if path.is_file()} == {"600"}


def test_a_certificate_follows_the_hubs_names(tmp_path):
    keys = make_keys(tmp_path, [], hosts=["hub.example"])
    hub = keys.trust("hub").own[0]
    ca, old = keys.ca.read_bytes(), hub.read_bytes()

    make_keys(tmp_path, [], hosts=["hub.example", "10.0.0.1"])

    assert hub.read_bytes() != old
    assert keys.ca.read_bytes() == ca
    context = ssl.create_default_context(cafile=str(keys.ca))
    assert context.cert_store_stats()["x509_ca"] == 1


if __name__ == "__main__":
    for name, text in examples().items():
        (EXAMPLES / name).write_text(text)
