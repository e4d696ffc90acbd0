"""Keys and certificates of a city's NATS servers, kept in one folder per owner.

`ca/`, `hub/` and one folder per node: in production each owner makes its own and hands over public keys only.
A seed (`.nk`) is the private half of an Ed25519 nkey; nothing but its public half ever stands in a
configuration file, except in the one-line `leaf.conf` that a node's server includes.
"""

import datetime
import ipaddress
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import nkeys
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NODE_ID = re.compile(r"[a-z0-9_-]{1,32}")
RESERVED = {"all", "ca", "hub"}
LIFETIME = datetime.timedelta(days=3650)
RENEW_BEFORE = datetime.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Keys:
    """The key folder of one city, or the part of it that one machine holds."""

    folder: Path

    @property
    def ca(self) -> Path:
        return self.folder / "ca" / "ca.pem"

    @property
    def hub_cert(self) -> Path:
        return self.folder / "hub" / "hub.pem"

    @property
    def hub_key(self) -> Path:
        return self.folder / "hub" / "hub-key.pem"

    def leaf_conf(self, node: str) -> Path:
        """The file a node's server includes to prove to the hub who it is."""
        return self.folder / node / "leaf.conf"

    def cluster_conf(self, server: str) -> Path:
        """The file a server of a hub of several includes to find the others, and to prove to them that it is one."""
        return self.folder / "hub" / f"{server}-cluster.conf"

    def seed(self, owner: str, use: str) -> str:
        """The private seed of an owner's key: `("hub", "admin")`, `("hub", "watch")`, `(node, "leaf")` or `(node, "app")`."""
        return (self.folder / owner / f"{use}.nk").read_text().strip()

    def public(self, owner: str, use: str) -> str:
        """The public half, fit for a configuration file."""
        return public_key(self.seed(owner, use))


def public_key(seed: str) -> str:
    return str(nkeys.from_seed(bytearray(seed, "ascii")).public_key, "ascii")


def check_node_id(node: str) -> str:
    """Return the id, or raise ValueError: it becomes part of subjects, stream names and account names."""
    if not NODE_ID.fullmatch(node) or node in RESERVED:
        raise ValueError(
            f"node id {node!r} must match {NODE_ID.pattern} and not be one of {sorted(RESERVED)}"
        )
    return node


def make_keys(
    folder: Path, nodes: Iterable[str], *, hosts: Sequence[str] = ("localhost", "127.0.0.1")
) -> Keys:
    """Make what is missing of the hub's and the nodes' keys; keep everything that is there.

    `hosts` are the names and addresses by which nodes reach the hub. The hub's certificate is made again when
    it does not name one of them or is about to expire. Raises ValueError for a bad node id.
    """
    keys = Keys(folder)
    _keep_seed(folder / "hub" / "admin.nk")
    _keep_seed(folder / "hub" / "watch.nk")
    for node in nodes:
        check_node_id(node)
        _keep_seed(folder / node / "app.nk")
        seed = _keep_seed(folder / node / "leaf.nk")
        _write_private(keys.leaf_conf(node), f'nkey: "{seed}"\n'.encode())
    _keep_certificates(keys, hosts)
    return keys


def _keep_seed(path: Path) -> str:
    if not path.exists():
        _write_private(path, nkeys.encode_seed(os.urandom(32), nkeys.PREFIX_BYTE_USER) + b"\n")
    return path.read_text().strip()


def keep_cluster(keys: Keys, confs: Mapping[str, Callable[[str], str]]) -> None:
    """Write the cluster file of each server of the hub, all with one secret that is made once."""
    file = keys.folder / "hub" / "cluster.secret"
    if not file.exists():
        _write_private(file, os.urandom(24).hex().encode())
    secret = file.read_text().strip()
    for server, conf in confs.items():
        _write_private(keys.cluster_conf(server), conf(secret).encode())


def _write_private(path: Path, content: bytes) -> None:
    """Write whole or not at all, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _keep_certificates(keys: Keys, hosts: Sequence[str]) -> None:
    ca_key_path = keys.ca.with_name("ca-key.pem")
    if not (keys.ca.exists() and ca_key_path.exists()):
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name("Yifa hub authority")
        ca = _builder(name, name, key).add_extension(x509.BasicConstraints(True, 0), critical=True)
        _write_private(ca_key_path, _pem(key))
        _write_private(keys.ca, _signed(ca, key))
        keys.hub_cert.unlink(missing_ok=True)
    if _is_good(keys.hub_cert, hosts) and keys.hub_key.exists():
        return
    ca_cert = x509.load_pem_x509_certificate(keys.ca.read_bytes())
    ca_key = serialization.load_pem_private_key(ca_key_path.read_bytes(), None)
    assert isinstance(ca_key, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    hub = (
        _builder(_name("Yifa hub"), ca_cert.subject, key)
        .add_extension(x509.BasicConstraints(False, None), critical=True)
        .add_extension(x509.SubjectAlternativeName([_host(host) for host in hosts]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    )
    _write_private(keys.hub_key, _pem(key))
    _write_private(keys.hub_cert, _signed(hub, ca_key))


def _is_good(path: Path, hosts: Sequence[str]) -> bool:
    if not path.exists():
        return False
    cert = x509.load_pem_x509_certificate(path.read_bytes())
    named = cert.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    fresh = cert.not_valid_after_utc - datetime.datetime.now(datetime.UTC) > RENEW_BEFORE
    return fresh and all(_host(host) in named for host in hosts)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey
) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + LIFETIME)
    )


def _signed(builder: x509.CertificateBuilder, key: ec.EllipticCurvePrivateKey) -> bytes:
    return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _host(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)
