"""Who is calling, and whether the method is theirs to call."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from yifa.law.v1 import options_pb2

from services.kit.refusal import Denied, Unauthenticated
from services.kit.time import wall

AUDIENCE = "yifa"
Role = options_pb2.Role


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a person or a machine of one node, with roles."""

    subject: str
    name: str
    node: str
    roles: frozenset[int]
    expires: float = float("inf")

    def has(self, role: int) -> bool:
        return role in self.roles


@dataclass(frozen=True)
class Access:
    """Who may call one method, and where it may be called."""

    roles: frozenset[int]
    home: int
    writes: bool


def access_of(method: Any, writes: bool) -> Access:
    """The access rule in a method's contract. A method that names no role is open to nobody."""
    access = method.GetOptions().Extensions[options_pb2.access]
    return Access(frozenset(access.roles), access.home, writes)


class Gate:
    """Verifies a token once, then knows its bearer until it expires."""

    def __init__(self, public_key: bytes, node: str, city: str, limit: int = 10_000):
        self.key, self.node, self.city, self.limit = public_key, node, city, limit
        self.known: dict[bytes, Caller] = {}

    def admit(self, headers: Mapping[str, str], access: Access) -> Caller:
        """The caller. Raises Unauthenticated for a bad token, Denied for a good one without the right."""
        token = headers.get("authorization", "").removeprefix("Bearer ")
        digest = sha256(token.encode()).digest()
        caller = self.known.get(digest)
        if caller is None or caller.expires <= time.time():
            caller = self.verify(token)
            self.known[digest] = caller
        if access.roles.isdisjoint(caller.roles):
            wanted = ", ".join(sorted(Role.Name(r).removeprefix("ROLE_") for r in access.roles))
            raise Denied("ROLE_REQUIRED", f"needs one of the roles {wanted}", f"需要以下角色之一：{wanted}")
        if caller.node != self.node and not self.visits(caller, access):
            raise Denied(
                "OTHER_DEPARTMENT",
                f"the token was issued for node {caller.node}, not for {self.node}",
                f"该令牌属于节点{caller.node}，不能用于节点{self.node}",
                node=self.node,
                token_node=caller.node,
            )
        return caller

    def visits(self, caller: Caller, access: Access) -> bool:
        """Whether a caller of another node may call here: machines, the public, and the city's people where they only read."""
        if caller.has(Role.ROLE_SYSTEM) or caller.has(Role.ROLE_PUBLIC):
            return True
        return caller.node == self.city and not access.writes

    def verify(self, token: str) -> Caller:
        if not token:
            raise Unauthenticated("TOKEN_MISSING", "no bearer token in the call's metadata", "调用未附带令牌")
        if len(self.known) >= self.limit:
            self.known.clear()
        try:
            claims = jwt.decode(
                token, self.key, ["EdDSA"], audience=AUDIENCE, options={"require": ["exp", "sub", "node"]}
            )
            roles = frozenset(Role.Value(f"ROLE_{name}") for name in claims.get("roles", ()))
        except jwt.ExpiredSignatureError:
            raise Unauthenticated("TOKEN_EXPIRED", "the token has expired", "令牌已过期") from None
        except (jwt.InvalidTokenError, ValueError) as wrong:
            raise Unauthenticated("TOKEN_INVALID", f"the token is not valid: {wrong}", "令牌无效") from None
        return Caller(claims["sub"], claims.get("name", ""), claims["node"], roles, claims["exp"])


def role_names() -> list[str]:
    """The names that `mint` takes."""
    return sorted(name.removeprefix("ROLE_") for name in Role.keys() if name != "ROLE_UNSPECIFIED")


def make_key(folder: Path, name: str = "token") -> None:
    """A key pair to sign with, made once: NAME.key (0600) and NAME.pub. "token" is the one that tokens are signed with."""
    private = folder / f"{name}.key"
    if private.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    private.touch(0o600)
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (folder / f"{name}.pub").write_bytes(public)


def mint(
    private_key: bytes,
    subject: str,
    node: str,
    roles: tuple[str, ...],
    *,
    name: str = "",
    lifetime: timedelta = timedelta(hours=12),
) -> str:
    """A token for one caller. Roles are names without ROLE_, as "REGISTRAR". Raises ValueError for an unknown one."""
    for role in roles:
        Role.Value(f"ROLE_{role}")
    key = load_pem_private_key(private_key, None)
    claims: dict[str, Any] = {
        "sub": subject,
        "name": name,
        "node": node,
        "roles": list(roles),
        "aud": AUDIENCE,
    }
    claims["exp"] = int((wall() + lifetime).timestamp())

    return jwt.encode(claims, key, "EdDSA")  # type: ignore[arg-type]
