"""Whose tokens count in a test that runs one service alone: one key that signs for every node that its callers come from."""

from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.kit.access import AUDIENCE, make_key
from services.kit.issuers import Issuers, enrol, kid_of, public_of

NODES = ("city", "huanbao", "chengguan")
SECTION = '[token]\nissuers = "issuers.json"\n'


def issuing(folder: Path, *more: str) -> Issuers:
    """Let the folder's token.key sign for the nodes; a node's settings say the same by SECTION."""
    make_key(folder)
    for node in (*NODES, *more):
        enrol(folder / "issuers.json", node, public_of((folder / "token.key").read_bytes()))
    return Issuers(folder / "issuers.json")


def signed_by(private_key: bytes, by: str, /, **claims: Any) -> str:
    """What the key of a node would sign if it were made to: claims as they come."""
    headers = {"kid": kid_of(by, public_of(private_key))}
    said = {"aud": AUDIENCE, "exp": 2**33, "iat": 1.0, "jti": "J-1", **claims}
    return jwt.encode(said, load_pem_private_key(private_key, None), "EdDSA", headers=headers)  # type: ignore[arg-type]
