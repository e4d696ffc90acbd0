"""Certificates for a node that a test sets up by itself."""

from pathlib import Path

from services.kit.dial import Target, Trust
from services.node.certificates import certificate_of, keep_certificates

HOST = "127.0.0.1"
PLAIN = "[tls]\nplain = true\n"
"""What the file of a node says that speaks plain text."""


def tls(folder: Path, node: str) -> str:
    """Certificates for a node under `folder`, and what its file there says of them."""
    keep_certificates(folder, [node])
    return (
        f'[tls]\nauthority = "ca/ca.pem"\ncertificate = "{node}/{node}.pem"\nkey = "{node}/{node}-key.pem"\n'
    )


def trusted(folder: Path, node: str, port: int) -> Target:
    """How that node is called, with its own certificate."""
    return Target(f"{HOST}:{port}", Trust(folder / "ca" / "ca.pem", *certificate_of(folder / node, node)))
